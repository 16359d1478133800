"""What the API says of a verification: where it stands, and what the candidate is asked for."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field

from models.base import Model
from models.order import Choice, State
from models.request import CandidateRequest
from models.stage import Stage
from models.verdict import Outcome
from service.store.tables import Verification


class VerificationView(Model):
    """Where a verification stands."""

    id: UUID
    candidate_id: UUID
    """The same person at every stage, where the orders named the same reference."""
    stage: Stage
    state: State
    step: str | None
    """What is being done now."""
    generation: int
    """How often it was submitted."""
    outcome: Outcome | None
    """Of the latest submission, once it has its verdict."""
    label: str | None
    """The outcome in words."""
    policy: str | None
    """Name and version of the policy that was applied."""
    problem: str | None
    """Why it is parked."""
    decision: Choice | None
    """What a person decided on the latest verdict."""
    requests: tuple[CandidateRequest, ...] | None
    """What the candidate is asked to send or explain, once the latest submission has its verdict;
    `null` in lists, which open nothing."""
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    finished_at: datetime | None
    links: dict[str, str]
    """`self`, `evidence`, `page` (for people) and, once there is one, `verdict` and `report`."""


class VerificationPage(Model):
    """Some verifications, the newest first."""

    items: tuple[VerificationView, ...]
    next: UUID | None
    """To be sent as `after` for those that follow; `None` at the end."""


def view(
    row: Verification, base_url: str, requests: tuple[CandidateRequest, ...] | None = ()
) -> VerificationView:
    """A row as the API tells it."""
    outcome = Outcome(row.present_outcome) if row.present_outcome else None
    address = f"{base_url.rstrip('/')}/v1/verifications/{row.id}"
    links = {
        "self": address,
        "evidence": f"{address}/evidence",
        "page": f"{base_url.rstrip('/')}/verifications/{row.id}",
    }
    if row.outcome:
        links |= {"verdict": f"{address}/verdict", "report": f"{address}/report"}
    return VerificationView(
        id=row.id,
        candidate_id=row.subject_id,
        stage=Stage(row.stage),
        state=State(row.state),
        step=row.step,
        generation=row.generation,
        outcome=outcome,
        label=outcome.label if outcome else None,
        policy=row.policy,
        problem=row.problem,
        decision=Choice(row.choice) if row.choice else None,
        requests=requests,
        created_at=row.created_at,
        updated_at=row.updated_at,
        submitted_at=row.submitted_at,
        finished_at=row.finished_at,
        links=links,
    )


def _of_our_time(moment: datetime) -> datetime:
    # Databases and time zones have ends; the year 1 in Tokyo is before the beginning of UTC.
    if not 2000 <= moment.year < 2200:
        raise ValueError("lies outside the years 2000 to 2199")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
"""A moment to filter by, with its time zone."""
Limit = Annotated[int, Field(ge=1, le=100)]
"""Of one page."""
