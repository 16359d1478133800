"""Challenges by API: asked for, answered, listed; and the link by which candidates answer them."""

import random
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from models.base import Model
from models.challenge import Challenge, Need
from service.api.answering import FORM, Answering
from service.api.bodies import documented, json_body
from service.api.caller import Orders, Reads
from service.api.openapi import problems
from service.api.streaming import Body
from service.errors import Refused
from service.store.challenges import ChallengeState, Given
from service.store.store import OfTenant
from verifiers.liveness import NothingToAsk, new_challenge

router = APIRouter(prefix="/v1/verifications/{verification}", tags=["Challenges"])


class ChallengeRequest(Model):
    """What a person would rather not be asked for."""

    without: tuple[Need, ...] = Field(default=(), max_length=20)


class ChallengeView(Model):
    """What became of a challenge. What was asked, and what was left out, is not told again."""

    id: UUID
    state: ChallengeState
    issued_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    """When the answer began to arrive."""
    evidence_id: UUID | None
    """The recording of the answer."""


class NewChallenge(Model):
    """A challenge that was given out this moment."""

    id: UUID
    challenge: Challenge


class ChallengeList(Model):
    """Challenges, the first one first."""

    items: tuple[ChallengeView, ...]


class CaptureLinkView(Model):
    """A page for the candidate, which needs no account."""

    url: str
    """Whoever has it may answer in the candidate's place: give it to nobody else. It is told this
    once."""
    expires_at: datetime


def view(given: Given, now: datetime) -> ChallengeView:
    """A challenge as it is told."""
    return ChallengeView(
        id=given.id,
        state=given.state(now),
        issued_at=given.issued_at,
        expires_at=given.expires_at,
        answered_at=given.answered_at,
        evidence_id=given.evidence,
    )


def give(t: OfTenant, verification: UUID, wanted: ChallengeRequest) -> NewChallenge:
    """Choose a challenge and give it out; raises what `Challenges.give` does, and `Refused`."""
    without = frozenset(wanted.without)
    try:
        challenge = new_challenge(random.SystemRandom(), now=t.now, without=without)
    except NothingToAsk as nothing:
        raise Refused(422, "nothing-to-ask", str(nothing)) from None
    given = t.challenges.give(verification, challenge)
    return NewChallenge(id=given.id, challenge=given.challenge)


@router.post(
    "/challenges",
    status_code=201,
    summary="Ask for a challenge",
    responses=problems(400, 404, 409, 413, 415),
    openapi_extra=documented(ChallengeRequest, any={}, sitting_still={"without": ["head"]}),
)
def ask(
    caller: Orders,
    verification: UUID,
    wanted: Annotated[ChallengeRequest, Depends(json_body(ChallengeRequest))],
) -> NewChallenge:
    """What to show a person before a camera, step by step; t = 0 is the first frame.

    `without` names what they cannot do, or would rather not: other acts take the place of those,
    and as much can be shown. It is answered once, and soon.
    """
    with caller.transaction() as t:
        return give(t, verification, wanted)


@router.get("/challenges", summary="List challenges", responses=problems(404))
def list_challenges(caller: Reads, verification: UUID) -> ChallengeList:
    """When something was asked for, and what became of it."""
    with caller.transaction(reads_only=True) as t:
        items = [view(given, t.now) for given in t.challenges.list(verification)]
    return ChallengeList(items=tuple(items))


@router.post(
    "/challenges/{challenge}/answer",
    status_code=201,
    summary="Answer a challenge",
    responses=problems(400, 404, 408, 409, 410, 413, 415, 423),
    openapi_extra=FORM,
)
async def answer(
    caller: Orders, verification: UUID, challenge: UUID, request: Request, body: Body
) -> ChallengeView:
    """The frames with their times, and when each step was shown.

    The frames become a recording like any other. The moment this request begins is when the answer
    counts as received.
    """
    store = caller.parts.store
    received_at = store.clock()
    answering = Answering(store, caller.tenant, caller.actor, verification, challenge, received_at)
    return view(await answering.receive(request, body), received_at)


@router.post(
    "/capture-link",
    status_code=201,
    summary="Make a link for the candidate",
    responses=problems(404, 409),
)
def make_link(caller: Orders, verification: UUID) -> CaptureLinkView:
    """A page that asks the candidate before their camera; a link made before ends with this one."""
    with caller.transaction() as t:
        link = t.links.make(verification)
    return CaptureLinkView(
        url=link_url(caller.parts.settings.url, link.token), expires_at=link.expires_at
    )


def link_url(base: str, token: str) -> str:
    """Where the page is."""
    return f"{base.rstrip('/')}/capture/{token}"
