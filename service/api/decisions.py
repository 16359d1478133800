"""What people decide beside the verdict. A program may record a decision, but is no person."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field

from models.base import Model
from models.order import Choice
from service.api.bodies import documented, json_body
from service.api.caller import Decides, Reads
from service.api.openapi import problems
from service.ats.port import Event, announce
from service.errors import Refused
from service.store.decisions import Decided

router = APIRouter(prefix="/v1/verifications/{verification}", tags=["Decisions"])


class DecisionRequest(Model):
    """What was decided, and why."""

    choice: Choice
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class DecisionView(Model):
    """One decision."""

    id: UUID
    generation: int
    """On the verdict of which submission."""
    choice: Choice
    reason: str
    decided_by: str
    """`user:…` or `key:…`."""
    decided_at: datetime
    needs_approval: bool
    """Whether a second person has to agree: it proceeds against a hold."""
    approved_by: str | None
    approved_at: datetime | None
    stands: bool
    """Whether it is in force, unless a later one is."""


class DecisionList(Model):
    """All decisions, the first one first."""

    items: tuple[DecisionView, ...]


@router.post(
    "/decisions",
    status_code=201,
    summary="Record a decision",
    responses=problems(400, 404, 409, 413, 415),
    openapi_extra=documented(
        DecisionRequest, ask={"choice": "ask_candidate", "reason": "Page 2 is missing."}
    ),
)
def decide(
    caller: Decides,
    verification: UUID,
    decision: Annotated[DecisionRequest, Depends(json_body(DecisionRequest))],
) -> DecisionView:
    """What was decided on the latest verdict. To proceed against a hold takes two people, on the
    page of the verification: a program gets a problem `second-person-needed`.
    """
    with caller.transaction() as t:
        decided = t.decisions.add(verification, decision.choice, decision.reason)
        if not decided.stands and caller.actor.role is None:
            # Raised inside the transaction, so that nothing of it is kept.
            raise Refused(
                403,
                "second-person-needed",
                "To proceed against a hold takes two people who are signed in: "
                "decide on the page of this verification.",
            )
        if decided.stands:
            row = t.verifications.get(verification)
            announce(t, row, Event.UPDATED, caller.parts.settings.url)
        return _view(decided)


@router.get("/decisions", summary="List decisions", responses=problems(404))
def list_decisions(caller: Reads, verification: UUID) -> DecisionList:
    """What was decided, by whom and why."""
    with caller.transaction() as t:
        return DecisionList(items=tuple(_view(d) for d in t.decisions.list(verification)))


def _view(decided: Decided) -> DecisionView:
    return DecisionView(
        id=decided.id,
        generation=decided.generation,
        choice=decided.choice,
        reason=decided.reason,
        decided_by=decided.decided_by,
        decided_at=decided.decided_at,
        needs_approval=decided.needs_approval,
        approved_by=decided.approved_by,
        approved_at=decided.approved_at,
        stands=decided.stands,
    )
