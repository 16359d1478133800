"""`bonafide keys webhooks`: the secrets that sign what comes in and goes out, and where it goes.

Secrets are those of Standard Webhooks (`whsec_…`). One is replaced in three steps, so that nothing
is lost in between: `rotate` puts a new one beside the old, the other side is told, `drop-previous`
ends the old one.
"""

from enum import StrEnum
from typing import Annotated

import typer
from rich.markup import escape

from service import console
from service.commands.opened import (
    DEFAULT_TENANT,
    Tenant,
    load_settings,
    of_tenant,
    opened,
    refuse,
    tenant_named,
)
from service.store.actor import OPERATOR

NAME = "webhooks"
app = typer.Typer(help="Webhooks: orders that come in, events that go out.", no_args_is_help=True)


class Which(StrEnum):
    """The secret that others sign orders with, or the one that events are signed with."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


Secret = Annotated[Which, typer.Argument(help="Of orders that come in, or events that go out.")]


@app.command()
def show(
    tenant: Tenant = DEFAULT_TENANT,
    secrets: Annotated[
        bool, typer.Option("--secrets", help="Show them as well, which is recorded.")
    ] = False,
) -> None:
    """Show where orders come in and where events go, and how many secrets each way has."""
    base_url = load_settings().url.rstrip("/")
    with of_tenant(tenant) as t:
        hooks = t.access.view_hooks() if secrets else t.access.hooks()
        address = f"{base_url}/v1/hooks/{t.tenant_id}/orders"
    for title, where, held in (
        ("orders come in at", address, hooks.incoming),
        ("events go to", hooks.url or "the callback of each order only", hooks.outgoing),
    ):
        console.out.print(f"{title}  {where}", markup=False)
        if secrets:
            for secret, which in zip(held, ("signed with", "or, until dropped,"), strict=False):
                console.out.print(f"  {which}  {secret}", markup=False)
        else:
            console.out.print(f"  {_counted(len(held))}", markup=False)


@app.command(
    "set", epilog="Example: [b]bonafide keys webhooks set --url https://ats.example/in[/b]"
)
def set_address(
    url: Annotated[str, typer.Option(help="Where events go whose order names no callback.")],
    tenant: Tenant = DEFAULT_TENANT,
) -> None:
    """Say where events go. An empty address sends none but to the callbacks of orders."""
    from dataclasses import replace

    from service.notify.egress import Egress, Refused

    if url:
        try:
            Egress(development=load_settings().development).check(url)
        except Refused as error:
            raise refuse(f"Nothing would be sent to {url}: {error}") from None
    with of_tenant(tenant) as t:
        t.access.set_hooks(replace(t.access.hooks(), url=url or None))
    console.out.print(f"Events go to {url or 'callbacks only'} from now on.", markup=False)


@app.command()
def rotate(which: Secret, tenant: Tenant = DEFAULT_TENANT) -> None:
    """Make a new secret and print it; the one before stays good until `drop-previous`."""
    from service.access import tenants

    with opened() as store:
        secret = tenants.rotate(store, tenant_named(store, tenant), which.value, actor=OPERATOR)
    console.err.print(
        f"The new {which.value} secret of tenant {escape(tenant)} follows; the one before stays "
        f"good beside it until [b]bonafide keys webhooks drop-previous {which.value}[/b]."
    )
    console.out.print(secret, markup=False)


@app.command("drop-previous")
def drop_previous(which: Secret, tenant: Tenant = DEFAULT_TENANT) -> None:
    """End the secret before the newest one."""
    from service.access import tenants

    with opened() as store:
        tenants.drop_previous(store, tenant_named(store, tenant), which.value, actor=OPERATOR)
    console.out.print(f"Only the newest {which.value} secret is good now.", markup=False)


def _counted(secrets: int) -> str:
    if not secrets:
        return "no secret yet"
    return "one secret" if secrets == 1 else f"{secrets} secrets, the older one until it is dropped"
