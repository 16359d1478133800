"""Who asks for a page, and whether a form is really theirs."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from secrets import compare_digest
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from fastapi import Depends, HTTPException, Request

from service.access.roles import Right, may
from service.access.sessions import SESSION_COOKIE
from service.api.caller import Parts, parts_of
from service.store.actor import Actor
from service.store.store import OfTenant

LARGEST_FORM_BYTES = 500_000
"""Of a form without files: a score of answers of 2,000 characters, each percent-encoded."""


class SignedOut(Exception):
    """Nobody is signed in, or no longer."""


class Forbidden(Exception):
    """The visitor may not do this; the message says why."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in."""

    parts: Parts

    tenant: UUID
    user: UUID
    actor: Actor
    email: str
    csrf: str

    def transaction(self, *, reads_only: bool = False) -> AbstractContextManager[OfTenant]:
        """One transaction of the visitor's tenant."""
        return self.parts.store.tenant(self.tenant, self.actor, reads_only=reads_only)

    def may(self, right: Right) -> bool:
        """Whether they have the right, for a page to show what can be done."""
        return may(self.actor, right)


def current_visitor(request: Request) -> Visitor:
    """The visitor. Raises `SignedOut`."""
    parts = parts_of(request)
    store = parts.store
    token = request.cookies.get(SESSION_COOKIE)
    session = store.signed_in(token) if token else None
    if session is None:
        raise SignedOut
    actor = Actor.user(session.user, session.role)
    with store.tenant(session.tenant, actor, reads_only=True) as t:
        email = t.access.person(session.user).email
    visitor = Visitor(parts, session.tenant, session.user, actor, email, session.csrf)
    request.state.visitor = visitor
    return visitor


def with_right(right: Right) -> Callable[[Visitor], Visitor]:
    """A dependency: the visitor, who has this right. Raises `Forbidden`."""

    def check(visitor: Annotated[Visitor, Depends(current_visitor)]) -> Visitor:
        if not visitor.may(right):
            raise Forbidden(
                "Only compliance sees this."
                if right is Right.SCREENING
                else "Your role does not include this. An owner can do it."
            )
        return visitor

    return check


def same_origin(request: Request) -> None:
    """Refuse a form that another site made the browser send. Raises `Forbidden`.

    Browsers say where a request comes from (Fetch Metadata, or Origin on plain http), and no page
    can forge it. A client that says neither is no browser and has nobody's cookies.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = site not in (None, "same-origin", "none")
    if origin is not None:
        foreign = foreign or _host_of(origin) != request.headers.get("host")
    if foreign:
        raise Forbidden("This form was sent from another site.")


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def check_csrf(sent: str, expected: str) -> None:
    """Refuse a form without the token of the session. Raises `Forbidden`."""
    if not compare_digest(sent.encode(), expected.encode()):
        raise Forbidden("This form is out of date. Go back, load the page again and retry.")


async def small_form(
    request: Request, _: Annotated[None, Depends(same_origin)]
) -> Mapping[str, str]:
    """The fields of a form without files, the last of each name."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(400)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM_BYTES:
            raise HTTPException(413)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50))
    except ValueError:
        raise HTTPException(400) from None


Form = Annotated[Mapping[str, str], Depends(small_form)]
"""A form before anybody is signed in."""


def _own_form(
    visitor: Annotated[Visitor, Depends(current_visitor)], form: Form
) -> Mapping[str, str]:
    check_csrf(form.get("csrf", ""), visitor.csrf)
    return form


OwnForm = Annotated[Mapping[str, str], Depends(_own_form)]
"""A form of the visitor's own session."""

SomeVisitor = Annotated[Visitor, Depends(current_visitor)]
Orderer = Annotated[Visitor, Depends(with_right(Right.ORDER))]
Reader = Annotated[Visitor, Depends(with_right(Right.READ))]
Decider = Annotated[Visitor, Depends(with_right(Right.DECIDE))]
Approver = Annotated[Visitor, Depends(with_right(Right.APPROVE))]
Deleter = Annotated[Visitor, Depends(with_right(Right.DELETE))]
Auditor = Annotated[Visitor, Depends(with_right(Right.AUDIT))]
Screener = Annotated[Visitor, Depends(with_right(Right.SCREENING))]
Sender = Annotated[Visitor, Depends(with_right(Right.DELIVERIES))]
