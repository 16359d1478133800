"""The camera page and the two requests that it makes; whoever has its link is the candidate.

Nothing of the candidate is shown on it, and it loads nothing from elsewhere. Its policy leaves no
way to run anything but its one script, or to send anything anywhere else.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated
from uuid import UUID

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.staticfiles import StaticFiles

from models.challenge import Need
from models.order import State
from service.access.candidate_links import Guest, LinkOver, LinkThrottle
from service.access.throttle import TooManyAttempts
from service.api.answering import Answering
from service.api.bodies import json_body
from service.api.caller import parts_of
from service.api.challenges import ChallengeRequest, NewChallenge, give
from service.api.streaming import Incoming
from service.capture.judging import NOT_LOOKED_AT, Advice, Judges
from service.errors import Refused
from service.store.actor import CANDIDATE

router = APIRouter(prefix="/capture", include_in_schema=False)

AT_ONCE = 16
"""Answers of candidates received at once; more wait. It is apart from those of whoever has a key,
and more than the challenges that one link may ask for in a day."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

NEEDS = {
    Need.HEAD: "I cannot turn, nod or lean my head",
    Need.HANDS: "I cannot hold a hand before my face",
    Need.SIGHT: "I cannot see or read the screen well",
    Need.SPEECH: "I cannot speak",
    Need.EYES: "I cannot blink when asked to",
    Need.LIGHT: "Changing colours on a screen are bad for me",
}

_OVER = (
    "This link has ended",
    "Ask whoever sent it to you for a new one. Nothing is wrong with you.",
)
_BUSY = (
    "There is nothing to do now",
    "What was sent is being looked at. If something more is needed, you will be asked.",
)


def install(app: FastAPI, judges: Judges | None) -> None:
    """Add the page to an application."""
    app.state.judges = judges
    app.state.candidate_links = LinkThrottle()
    app.state.candidates = CapacityLimiter(AT_ONCE)
    static = StaticFiles(directory=Path(__file__).parent / "static")
    app.mount("/capture/static", static, name="capture")
    app.include_router(router)


def _guest(request: Request, token: str) -> Guest:
    throttle: LinkThrottle = request.app.state.candidate_links
    client = request.client.host if request.client else ""
    try:
        return throttle.come_in(parts_of(request).store, token, client)
    except TooManyAttempts as refused:
        raise Refused(
            429,
            "too-many-requests",
            "That was too often. Please wait a quarter of an hour.",
            headers={"Retry-After": str(refused.seconds)},
        ) from None
    except LinkOver:
        raise Refused(404, "not-found", " ".join(_OVER)) from None


Candidate = Annotated[Guest, Depends(_guest)]


class _FromCandidate(Incoming):
    """A body that takes none of the places of whoever has a key."""

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self._senders = request.app.state.candidates


@router.get("/{token}")
def show(request: Request, token: str) -> HTMLResponse:
    try:
        guest = _guest(request, token)
    except Refused as refused:
        title, said = _OVER if refused.status == 404 else ("Please wait", refused.detail)
        return _page("closed.html", refused.status, refused.headers, title=title, said=said)
    with parts_of(request).store.tenant(guest.tenant, CANDIDATE, reads_only=True) as t:
        state = State(t.verifications.get(guest.verification).state)
    if state.in_work:
        return _page("closed.html", title=_BUSY[0], said=_BUSY[1])
    return _page("capture.html", needs=NEEDS)


@router.post("/{token}/challenges", status_code=201)
def ask(
    request: Request,
    guest: Candidate,
    wanted: Annotated[ChallengeRequest, Depends(json_body(ChallengeRequest))],
) -> NewChallenge:
    with parts_of(request).store.tenant(guest.tenant, CANDIDATE) as t:
        return give(t, guest.verification, wanted)


@router.post("/{token}/challenges/{challenge}/answer", status_code=201)
async def answer(
    request: Request,
    guest: Candidate,
    challenge: UUID,
    body: Annotated[Incoming, Depends(_FromCandidate)],
) -> Advice:
    store = parts_of(request).store
    tenant, verification = guest.tenant, guest.verification
    answering = Answering(store, tenant, CANDIDATE, verification, challenge, store.clock())
    await answering.receive(request, body)
    judges: Judges | None = request.app.state.judges
    if judges is None:
        return NOT_LOOKED_AT
    return await to_thread.run_sync(judges.judge, tenant, verification, challenge)


def _page(
    template: str, status: int = 200, headers: Mapping[str, str] | None = None, **shown: object
) -> HTMLResponse:
    html = _templates().get_template(template).render(**shown)
    return HTMLResponse(html, status, headers={**HEADERS, **(headers or {})})


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("service.capture"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
