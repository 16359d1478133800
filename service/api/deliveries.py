"""Events on their way to receivers: listed, looked at, sent again."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from models.base import Model
from service.api.caller import SeesDeliveries
from service.api.openapi import problems
from service.api.views import Limit
from service.store.deliveries import DeliveryState
from service.store.tables import Delivery, DeliveryAttempt

router = APIRouter(prefix="/v1/deliveries", tags=["Deliveries"])


class Wanted(Model):
    """Which deliveries to list; everything left out matches all."""

    verification: UUID | None = None
    state: DeliveryState | None = None
    after: UUID | None = None
    """The `next` of the page before."""
    limit: Limit = 50


class DeliveryView(Model):
    """One event, without its address and body."""

    id: UUID
    verification_id: UUID
    webhook_id: str
    """The same at every try: a receiver that knows it has seen the event."""
    event: str
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None
    finished_at: datetime | None


class DeliveryPage(Model):
    """Some deliveries, the newest first."""

    items: tuple[DeliveryView, ...]
    next: UUID | None


class AttemptView(Model):
    """One try."""

    at: datetime
    status: int | None
    """What the receiver answered; `None` where it did not."""
    problem: str | None
    milliseconds: int


class DeliveryDetail(DeliveryView):
    """One event with every try."""

    tries: tuple[AttemptView, ...]


@router.get("", summary="List deliveries", responses=problems(404))
def list_deliveries(caller: SeesDeliveries, wanted: Annotated[Wanted, Query()]) -> DeliveryPage:
    """What was sent to receivers, the newest first."""
    with caller.transaction(reads_only=True) as t:
        if wanted.verification:
            t.verifications.get(wanted.verification)
        rows = t.deliveries.list(
            verification=wanted.verification,
            state=wanted.state,
            after=wanted.after,
            limit=wanted.limit + 1,
        )
        shown = rows[: wanted.limit]
        return DeliveryPage(
            items=tuple(DeliveryView(**_told(row)) for row in shown),
            next=shown[-1].id if len(rows) > wanted.limit else None,
        )


@router.get("/{delivery}", summary="One delivery", responses=problems(404))
def read_delivery(caller: SeesDeliveries, delivery: UUID) -> DeliveryDetail:
    """An event with every try to deliver it."""
    with caller.transaction(reads_only=True) as t:
        row = t.deliveries.get(delivery)
        tries = tuple(_attempt(attempt) for attempt in t.deliveries.attempts(delivery))
        return DeliveryDetail(**_told(row), tries=tries)


@router.post(
    "/{delivery}/replay",
    status_code=202,
    summary="Send it again",
    responses=problems(404, 409),
)
def replay(caller: SeesDeliveries, delivery: UUID) -> DeliveryView:
    """From the beginning, with the same `webhook_id`: a receiver that saw it sees no second one."""
    with caller.transaction() as t:
        return DeliveryView(**_told(t.deliveries.replay(delivery)))


def _told(row: Delivery) -> dict[str, object]:
    columns = DeliveryView.model_fields
    return {name: getattr(row, name) for name in columns} | {"state": DeliveryState(row.state)}


def _attempt(attempt: DeliveryAttempt) -> AttemptView:
    return AttemptView(
        at=attempt.at,
        status=attempt.status,
        problem=attempt.problem,
        milliseconds=attempt.milliseconds,
    )
