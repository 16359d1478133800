"""A verification from evidence to the end: listed, followed, submitted, cancelled, deleted."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from models.base import Model
from models.order import Line, State
from models.request import requests_of
from models.stage import Stage
from models.verdict import Outcome
from service.api.caller import Deletes, Orders, Reads
from service.api.openapi import problems
from service.api.verdicts import verified_by
from service.api.views import Limit, Moment, VerificationPage, VerificationView, view
from service.ats.port import Event, announce
from service.store.verifications import Filter

router = APIRouter(prefix="/v1/verifications", tags=["Verifications"])


class Wanted(Model):
    """Which verifications to list; everything left out matches all."""

    state: State | None = None
    outcome: Outcome | None = None
    stage: Stage | None = None
    reference: Line | None = None
    candidate: UUID | None = None
    created_from: Moment | None = None
    created_before: Moment | None = None
    after: UUID | None = None
    """The `next` of the page before."""
    limit: Limit = 50


@router.get("", summary="List verifications", responses=problems(404))
def list_verifications(caller: Reads, wanted: Annotated[Wanted, Query()]) -> VerificationPage:
    """The newest first; nothing personal is opened."""
    which = Filter(
        state=wanted.state,
        outcome=wanted.outcome,
        stage=wanted.stage,
        reference=wanted.reference,
        subject=wanted.candidate,
        created_from=wanted.created_from,
        created_before=wanted.created_before,
    )
    with caller.transaction(reads_only=True) as t:
        rows = t.verifications.list(which, after=wanted.after, limit=wanted.limit + 1)
        shown = rows[: wanted.limit]
        return VerificationPage(
            items=tuple(view(row, caller.parts.settings.url, requests=None) for row in shown),
            next=shown[-1].id if len(rows) > wanted.limit else None,
        )


@router.get("/{verification}", summary="Where it stands", responses=problems(404))
def read_verification(caller: Reads, verification: UUID) -> VerificationView:
    """Cheap enough to be asked again and again.

    Nothing personal is opened, but for what a verdict other than `verified` asks the candidate for:
    `requests` name files and say what is wrong with them. That view of the verdict is recorded.
    """
    with caller.transaction(reads_only=True) as t:
        told = view(t.verifications.get(verification), caller.parts.settings.url)
    if told.outcome in (None, Outcome.VERIFIED):
        return told
    with caller.transaction() as t:
        verified = verified_by(t, verification, told.generation)
    return told.model_copy(update={"requests": requests_of(verified)})


@router.post(
    "/{verification}/submit", status_code=202, summary="Submit", responses=problems(404, 409)
)
def submit(caller: Orders, verification: UUID) -> VerificationView:
    """Ask for a verdict on the evidence there is; the next generation is queued.

    Refused while a file is half sent, and before there is anything to verify.
    """
    with caller.transaction() as t:
        told = view(t.verifications.submit(verification), caller.parts.settings.url)
    # After the commit: a worker must find it queued. A crash between the two is the sweeper's.
    caller.parts.engine.enqueue(f"{told.id}/{told.generation}")
    return told


@router.post("/{verification}/cancel", summary="Cancel", responses=problems(404, 409))
def cancel(caller: Orders, verification: UUID) -> VerificationView:
    """Stop it; one that is being verified ends after the step that it is in."""
    url = caller.parts.settings.url
    with caller.transaction() as t:
        before = t.verifications.get(verification).state
        row = t.verifications.cancel(verification)
        if row.state != before:
            announce(t, row, Event.UPDATED, url)
        return view(row, url)


@router.delete("/{verification}", status_code=204, summary="Delete", responses=problems(404, 409))
def delete(caller: Deletes, verification: UUID) -> None:
    """Remove it with its evidence. The candidate's key is destroyed with their last one."""
    with caller.transaction() as t:
        t.verifications.delete(verification)
    caller.parts.store.remove_doomed_blobs()
