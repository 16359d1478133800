"""What goes out to an ATS: the `Result` of a verification, as events and the API tell it.

It says what came out and where to read why. Nothing that identifies the candidate is in it beyond
the orderer's own reference: the evidence stays behind the sign-in.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from models.base import Model
from models.order import Choice, State
from models.request import requests_of
from models.stage import Stage
from models.verdict import Outcome
from models.verification import Verification as Verified
from service.access.screening import told_to
from service.store.store import OfTenant
from service.store.tables import Verification


class Event(StrEnum):
    """What is told. The names are stable; a receiver ignores those that it does not know."""

    COMPLETED = "verification.completed"
    """The first verdict of a submission."""
    UPDATED = "verification.updated"
    """Something else changed: parked, cancelled, decided by a person."""


class Result(Model):
    """Where a verification stands."""

    id: UUID
    reference: str | None
    """The orderer's own id of the candidate."""
    stage: Stage
    state: State
    generation: int
    """How often it was submitted; a receiver keeps the highest, then the latest `updated_at`."""
    outcome: Outcome | None
    label: str | None
    """The outcome in words, for the ATS to show."""
    reasons: tuple[str, ...] = ()
    """Of `completed`: why, in plain words, without personal data."""
    requests: tuple[str, ...] = ()
    """Of `completed`: what the candidate is asked for, as codes; the words are behind the key."""
    problem: str | None = None
    """Why there is no verdict, where it is parked."""
    decision: Choice | None
    """What a person decided, where somebody did."""
    report_url: str
    updated_at: datetime


class Notice(Model):
    """The body of an event (Standard Webhooks: type, timestamp, data)."""

    type: Event
    timestamp: datetime
    data: Result


def result_of(row: Verification, base_url: str, *, reference: str | None) -> Result:
    """The result as it stands."""
    outcome = Outcome(row.present_outcome) if row.present_outcome else None
    return Result(
        id=row.id,
        reference=reference,
        stage=Stage(row.stage),
        state=State(row.state),
        generation=row.generation,
        outcome=outcome,
        label=outcome.label if outcome else None,
        problem=row.problem,
        decision=Choice(row.choice) if row.choice else None,
        report_url=f"{base_url.rstrip('/')}/verifications/{row.id}",
        updated_at=row.updated_at,
    )


def announce_verdict(t: OfTenant, row: Verification, verified: Verified, base_url: str) -> None:
    """Tell of a verdict: an event leaves the service, so what lists say is never in it."""
    told = told_to(verified, may_see=False)
    announce(
        t,
        row,
        Event.COMPLETED,
        base_url,
        reasons=tuple(reason.text for reason in told.verdict.reasons),
        requests=tuple(dict.fromkeys(one.code for one in requests_of(told))),
    )


def announce(
    t: OfTenant,
    row: Verification,
    event: Event,
    base_url: str,
    *,
    reasons: tuple[str, ...] = (),
    requests: tuple[str, ...] = (),
) -> None:
    """Put an event on its way within this transaction, where somebody wants to be told."""
    order = t.verifications.order_of(row)
    url = order.callback or t.access.hooks().url
    if url is None:
        return
    result = result_of(row, base_url, reference=order.candidate.reference)
    told = result.model_copy(update={"reasons": reasons, "requests": requests})
    notice = Notice(type=event, timestamp=t.now, data=told)
    t.deliveries.add(row.id, event.value, url, notice.model_dump_json().encode())
