"""What sanctions lists say, and what compliance judges: for people of that role, and nobody else.

A program has no right to any of it, so no API key opens these: they answer to the session of
somebody who is signed in, as the pages do.
"""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials
from pydantic import Field

from models.base import Model
from models.sanctions import ListEntry, Party
from service.access.roles import Right
from service.access.sessions import SESSION_COOKIE
from service.api.bodies import documented, json_body
from service.api.caller import Caller, Parts, bearer, caller_of, parts_of, require
from service.api.openapi import problems
from service.api.queries import refuse_unknown_queries
from service.api.views import Limit
from service.errors import Refused
from service.portal.visitors import Forbidden, same_origin
from service.store.actor import Actor
from service.store.screening import Judgement, Raised
from service.workflow.screening import judge

router = APIRouter(prefix="/v1/screening", tags=["Screening"])

LONGEST_REASON = 2000

_session = APIKeyCookie(
    name=SESSION_COOKIE,
    auto_error=False,
    scheme_name="Session",
    description="The session of a person who is signed in, as browsers keep it.",
)


def _compliance(
    request: Request,
    parts: Annotated[Parts, Depends(parts_of)],
    token: Annotated[str | None, Security(_session)],
    given: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
) -> Caller:
    """Somebody of compliance, signed in; a key is known, and refused."""
    session = parts.store.signed_in(token) if token and not given else None
    if session is None:
        caller = caller_of(request, parts, given)
    else:
        _refuse_other_sites(request)
        refuse_unknown_queries(request)
        actor = Actor.user(session.user, session.role)
        caller = Caller(session.tenant, actor, parts)
    return require(caller, Right.SCREENING)


def _refuse_other_sites(request: Request) -> None:
    # A cookie comes along with whatever a page of another site makes the browser send.
    try:
        same_origin(request)
    except Forbidden as refused:
        raise Refused(403, "forbidden", str(refused)) from None


Screens = Annotated[Caller, Depends(_compliance)]


class Wanted(Model):
    """Which hits to list."""

    judged: bool = False
    """Those that were judged instead of those that wait."""
    after: UUID | None = None
    """The `next` of the page before."""
    limit: Limit = 50


class JudgedView(Model):
    """What compliance judged."""

    judgement: Judgement
    reason: str
    by: str
    """`user:…`."""
    at: datetime


class HitSummary(Model):
    """One hit, in a list."""

    id: UUID
    verification: UUID
    candidate_id: UUID
    found_at: datetime
    role: str
    """Who agrees with the entry: "candidate", "employer", "reference", "payout"."""
    names: tuple[str, ...]
    """Of whom."""
    list_name: str
    matched_name: str
    agrees_in: tuple[str, ...]
    """Beside the name."""
    judged: JudgedView | None


class HitPage(Model):
    """Some hits, the oldest first."""

    items: tuple[HitSummary, ...]
    next: UUID | None


class HitView(Model):
    """One hit, all of it."""

    summary: HitSummary
    party: Party
    """Who was looked for, with all that was compared."""
    entry: ListEntry
    """As the list has it."""
    score: float
    """How well the names agree, 0 to 1."""
    explanation: str
    """Why they agree."""
    list_published_on: date | None
    list_fetched_at: datetime | None


class JudgementRequest(Model):
    """What compliance says of a hit, and why."""

    judgement: Judgement
    reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON, pattern=r"\S")]


class JudgementView(JudgedView):
    """What was recorded, and what it set off."""

    verified_anew: tuple[UUID, ...]
    """Verifications that were submitted again, to have a verdict without this hit."""


@router.get("", summary="List hits on sanctions lists", responses=problems(404))
def list_hits(caller: Screens, wanted: Annotated[Wanted, Query()]) -> HitPage:
    """Those that wait for a judgement, the oldest first. The view is recorded.

    For people of compliance who are signed in; no API key opens it.
    """
    with caller.transaction() as t:
        found = t.screening.list(judged=wanted.judged, after=wanted.after, limit=wanted.limit + 1)
    shown = found[: wanted.limit]
    return HitPage(
        items=tuple(_summary(one) for one in shown),
        next=shown[-1].id if len(found) > wanted.limit else None,
    )


@router.get("/{hit}", summary="One hit with its entry", responses=problems(404))
def read_hit(caller: Screens, hit: UUID) -> HitView:
    """The party beside the entry of the list, and why they agree. The view is recorded.

    For people of compliance who are signed in; no API key opens it.
    """
    with caller.transaction() as t:
        raised = t.screening.get(hit)
    found = raised.hit
    return HitView(
        summary=_summary(raised),
        party=found.party,
        entry=found.entry,
        score=found.score,
        explanation=found.explanation,
        list_published_on=found.list_published_on,
        list_fetched_at=found.list_fetched_at,
    )


@router.post(
    "/{hit}/judgement",
    status_code=201,
    summary="Judge a hit",
    responses=problems(400, 404, 409, 413, 415),
    openapi_extra=documented(
        JudgementRequest,
        another={"judgement": "another_person", "reason": "Born in another country and year."},
    ),
)
def judge_hit(
    caller: Screens,
    hit: UUID,
    said: Annotated[JudgementRequest, Depends(json_body(JudgementRequest))],
) -> JudgementView:
    """What compliance says of it, once. It is recorded.

    `another_person`: the hit is not raised again for this candidate, and a case that it alone kept
    with compliance is verified anew without it. `the_same`: the case stays on hold until people
    decide. For people of compliance who are signed in; no API key opens it.
    """
    with caller.transaction() as t:
        anew = judge(t, hit, said.judgement, said.reason)
        recorded = JudgementView(
            judgement=said.judgement,
            reason=said.reason,
            by=caller.actor.label,
            at=t.now,
            verified_anew=tuple(UUID(case.partition("/")[0]) for case in anew),
        )
    for case in anew:  # After the commit: a worker must find it queued.
        caller.parts.engine.enqueue(case)
    return recorded


def _summary(raised: Raised) -> HitSummary:
    hit, judged = raised.hit, raised.judged
    return HitSummary(
        id=raised.id,
        verification=raised.verification,
        candidate_id=raised.candidate,
        found_at=raised.found_at,
        role=hit.party.role,
        names=hit.party.names,
        list_name=hit.entry.list_name,
        matched_name=hit.matched_name,
        agrees_in=hit.agrees_in,
        judged=JudgedView(
            judgement=judged.judgement, reason=judged.reason, by=judged.by, at=judged.at
        )
        if judged
        else None,
    )
