"""Tenants and the secrets of their webhooks (Standard Webhooks, `whsec_…`).

A secret is replaced in three steps, so that no event is lost: `rotate` puts a new one beside the
old, the other side is told, `drop_previous` ends the old one.
"""

from dataclasses import replace
from typing import Literal
from uuid import UUID

from service.notify import signing
from service.store.access import Hooks
from service.store.actor import SYSTEM, Actor
from service.store.store import Store

Which = Literal["incoming", "outgoing"]
"""The secret that orders are signed with, or the one that we sign events with."""


def create_tenant(store: Store, name: str, *, actor: Actor = SYSTEM) -> UUID:
    """A new tenant with fresh secrets for both ways. Raises `Conflict` where the name is taken."""
    tenant = store.add_tenant(name)
    with store.tenant(tenant, actor) as t:
        t.access.set_hooks(Hooks((signing.new_secret(),), (signing.new_secret(),)))
    return tenant


def rotate(store: Store, tenant: UUID, which: Which, *, actor: Actor = SYSTEM) -> str:
    """A new secret, good at once; the one before stays good beside it until `drop_previous`.

    A second rotation before that drops the oldest: there are never more than two.
    """
    secret = signing.new_secret()
    with store.tenant(tenant, actor) as t:
        hooks = t.access.hooks()
        t.access.set_hooks(_with(hooks, which, (secret, *_of(hooks, which)[:1])))
    return secret


def drop_previous(store: Store, tenant: UUID, which: Which, *, actor: Actor = SYSTEM) -> None:
    """End the secret before the newest one."""
    with store.tenant(tenant, actor) as t:
        hooks = t.access.hooks()
        t.access.set_hooks(_with(hooks, which, _of(hooks, which)[:1]))


def _of(hooks: Hooks, which: Which) -> tuple[str, ...]:
    return hooks.incoming if which == "incoming" else hooks.outgoing


def _with(hooks: Hooks, which: Which, secrets: tuple[str, ...]) -> Hooks:
    if which == "incoming":
        return replace(hooks, incoming=secrets)
    return replace(hooks, outgoing=secrets)
