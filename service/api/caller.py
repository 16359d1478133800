"""Who calls, and whether they may: an API key as a bearer token (RFC 6750)."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.access.roles import Right, may
from service.api.queries import refuse_unknown_queries
from service.errors import Refused
from service.settings import Settings
from service.store.access import KEY_PREFIX
from service.store.actor import Actor
from service.store.store import OfTenant, Store


class Enqueues(Protocol):
    """The part of the workflow engine that requests need."""

    def enqueue(self, case: str) -> None:
        """Have a submission verified; again is no second time."""


class ChecksAddresses(Protocol):
    """The part of the egress guard that requests need."""

    def check(self, url: str) -> object:
        """Raises `service.notify.egress.Refused` where nothing would be sent there."""


class Parts(Protocol):
    """A `Runtime`, as requests see it."""

    @property
    def settings(self) -> Settings: ...
    @property
    def store(self) -> Store: ...
    @property
    def egress(self) -> ChecksAddresses: ...
    @property
    def engine(self) -> Enqueues: ...


def parts_of(request: Request) -> Parts:
    """What this application runs on."""
    parts: Parts = request.app.state.runtime
    return parts


@dataclass(frozen=True)
class Caller:
    """Who came in: a program with a good key; where people alone may, somebody signed in."""

    tenant: UUID
    actor: Actor
    parts: Parts

    def transaction(self, *, reads_only: bool = False) -> AbstractContextManager[OfTenant]:
        """One transaction of the caller's tenant."""
        return self.parts.store.tenant(self.tenant, self.actor, reads_only=reads_only)


bearer = HTTPBearer(
    auto_error=False,
    scheme_name="API key",
    description="An API key, `bonafide_…`. `bonafide keys create` makes one.",
)


def caller_of(
    request: Request,
    parts: Annotated[Parts, Depends(parts_of)],
    given: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
) -> Caller:
    """Whose key this is. Raises `Refused` (401)."""
    secret = given.credentials.strip() if given else ""
    holder = parts.store.key_holder(secret) if secret.startswith(KEY_PREFIX) else None
    if holder is None:
        raise Refused(
            401,
            "unauthenticated",
            "Send a good API key: `Authorization: Bearer bonafide_…`.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    # Here, since every operation with a caller comes by, and a stranger hears 401 first.
    refuse_unknown_queries(request)
    return Caller(*holder, parts)


def _who(right: Right) -> Callable[[Caller], Awaitable[Caller]]:
    async def holder(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
        return require(caller, right)

    return holder


def require(caller: Caller, right: Right) -> Caller:
    """The caller, who has this right. Raises `Refused` (403)."""
    if not may(caller.actor, right):
        raise Refused(403, "forbidden", f"This caller has no right to `{right.value}`.")
    return caller


Orders = Annotated[Caller, Depends(_who(Right.ORDER))]
Reads = Annotated[Caller, Depends(_who(Right.READ))]
Decides = Annotated[Caller, Depends(_who(Right.DECIDE))]
Deletes = Annotated[Caller, Depends(_who(Right.DELETE))]
SeesDeliveries = Annotated[Caller, Depends(_who(Right.DELIVERIES))]
Audits = Annotated[Caller, Depends(_who(Right.AUDIT))]
