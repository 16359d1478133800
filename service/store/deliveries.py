"""Events on their way out, a row for each and one for every try.

The row is written in the transaction that made the event, so no event is lost; its `webhook_id` is
the same at every try, so that a receiver that deduplicates sees one effect.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import SystemRandom, token_urlsafe
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session as Transaction

from service.store.errors import Conflict, NotFound
from service.store.scope import Scope, to_json
from service.store.tables import Delivery, DeliveryAttempt, Verification
from service.store.verifications import LARGEST_PAGE


class DeliveryState(StrEnum):
    """Where an event is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"
    """Tried for days in vain. It can be replayed."""


SCHEDULE = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""The pauses between tries that Standard Webhooks proposes: 5 seconds to a day, 3 days in all.
Up to a tenth is added by chance, or receivers that were down together would be met together."""
_CHANCE = SystemRandom()


@dataclass(frozen=True)
class Letter:
    """What is to be sent, opened."""

    id: UUID
    webhook_id: str
    event: str
    url: str
    body: bytes
    attempts: int


class Deliveries:
    """The deliveries of one tenant."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def add(self, verification: UUID, event: str, url: str, body: bytes) -> Delivery:
        """Put an event on its way; a dispatcher sends it after this transaction.

        Raises `NotFound`.
        """
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        delivery = Delivery(
            id=uuid4(),
            tenant_id=self._in.tenant_id,
            verification_id=verification,
            webhook_id=f"msg_{token_urlsafe(18)}",
            event=event,
            state=DeliveryState.PENDING.value,
            attempts=0,
            created_at=self._in.now,
            next_attempt_at=self._in.now,
            sealed=b"",
        )
        key = self._in.subject_key(row.subject_id)
        delivery.sealed = key.seal(
            to_json({"url": url, "body": body.decode()}), about=f"delivery/{delivery.id}"
        )
        self._in.session.add(delivery)
        self._in.session.flush()
        return delivery

    def open(self, delivery: UUID) -> Letter:
        """What to send, for the dispatcher. Raises `NotFound`."""
        row = self._get(delivery)
        verification = self._in.session.get_one(Verification, row.verification_id)
        key = self._in.subject_key(verification.subject_id)
        said = json.loads(key.open(row.sealed, about=f"delivery/{row.id}"))
        return Letter(
            row.id, row.webhook_id, row.event, said["url"], said["body"].encode(), row.attempts
        )

    def record(
        self,
        delivery: UUID,
        *,
        status: int | None,
        problem: str | None,
        milliseconds: int,
        at_least: timedelta = timedelta(0),
        gone: bool = False,
    ) -> DeliveryState:
        """Write down a try: delivered where `problem` is `None`, else when to try again.

        `at_least` is the pause that the receiver asked for; one that is `gone` is given up at once.
        Raises `NotFound` where the verification was deleted meanwhile.
        """
        row = self._held(delivery)
        self._in.session.add(
            DeliveryAttempt(
                id=uuid4(),
                tenant_id=self._in.tenant_id,
                delivery_id=delivery,
                at=self._in.now,
                status=status,
                problem=problem,
                milliseconds=milliseconds,
            )
        )
        row.attempts += 1
        row.claimed_until = None
        if row.state != DeliveryState.PENDING:
            # This try outlived its lease, and another one settled it meanwhile.
            return DeliveryState(row.state)
        if problem is None:
            row.state, row.next_attempt_at = DeliveryState.DELIVERED.value, None
            row.finished_at = self._in.now
        elif gone or row.attempts > len(SCHEDULE):
            row.state, row.next_attempt_at = DeliveryState.GIVEN_UP.value, None
            row.finished_at = self._in.now
        else:
            pause = max(SCHEDULE[row.attempts - 1], min(at_least, SCHEDULE[-1]))
            row.next_attempt_at = self._in.now + pause * _CHANCE.uniform(1, 1.1)
        return DeliveryState(row.state)

    def replay(self, delivery: UUID) -> Delivery:
        """Send it again from the beginning, with the same id.

        Raises:
            NotFound: no such delivery.
            Conflict: it is still being tried.
        """
        row = self._held(delivery)
        if row.state == DeliveryState.PENDING:
            raise Conflict("still-pending", "This delivery is still being tried by itself.")
        row.state, row.attempts = DeliveryState.PENDING.value, 0
        row.next_attempt_at, row.finished_at = self._in.now, None
        self._in.record("delivery.replayed", f"delivery:{delivery}")
        return row

    def list(
        self,
        *,
        verification: UUID | None = None,
        state: DeliveryState | None = None,
        after: UUID | None = None,
        limit: int = 50,
    ) -> Sequence[Delivery]:
        """The newest first."""
        query = sa.select(Delivery).where(Delivery.tenant_id == self._in.tenant_id)
        if verification:
            query = query.where(Delivery.verification_id == verification)
        if state:
            query = query.where(Delivery.state == state.value)
        if after:
            last = self._get(after)
            query = query.where(
                sa.tuple_(Delivery.created_at, Delivery.id) < (last.created_at, last.id)
            )
        newest = (Delivery.created_at.desc(), Delivery.id.desc())
        return self._in.session.scalars(
            query.order_by(*newest).limit(min(limit, LARGEST_PAGE))
        ).all()

    def get(self, delivery: UUID) -> Delivery:
        """One delivery, not opened. Raises `NotFound`."""
        return self._get(delivery)

    def attempts(self, delivery: UUID) -> Sequence[DeliveryAttempt]:
        """Every try of a delivery, the first one first. Raises `NotFound`."""
        self._get(delivery)
        return self._in.session.scalars(
            sa.select(DeliveryAttempt)
            .where(
                DeliveryAttempt.tenant_id == self._in.tenant_id,
                DeliveryAttempt.delivery_id == delivery,
            )
            .order_by(DeliveryAttempt.at)
        ).all()

    def _held(self, delivery: UUID) -> Delivery:
        """The row, held until the end of the transaction so that no try is counted over."""
        self._get(delivery)
        row = self._in.session.scalar(
            sa.select(Delivery)
            .where(Delivery.tenant_id == self._in.tenant_id, Delivery.id == delivery)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if row is None:
            raise NotFound("delivery")
        return row

    def _get(self, delivery: UUID) -> Delivery:
        row = self._in.session.get(Delivery, delivery)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("delivery")
        return row


def claim_due(
    session: Transaction, now: datetime, lease: timedelta, limit: int
) -> list[tuple[UUID, UUID]]:
    """Deliveries of all tenants whose time has come, as (tenant, delivery); theirs for the lease.

    Several dispatchers may ask at once: a claim is a row changed, and only one changes it. A
    dispatcher that dies leaves its claims to whoever asks after the lease.
    """
    free = sa.or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < now)
    due = session.scalars(
        sa.select(Delivery)
        .where(Delivery.state == DeliveryState.PENDING.value, Delivery.next_attempt_at <= now, free)
        .order_by(Delivery.next_attempt_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in due:
        row.claimed_until = now + lease
    return [(row.tenant_id, row.id) for row in due]
