"""A store whose clock begins now, with a dispatcher of its own."""

from uuid import UUID

from service.access.tenants import create_tenant
from service.notify.dispatcher import Dispatcher
from service.notify.egress import Egress
from service.store.actor import SYSTEM
from service.store.deliveries import DeliveryState
from service.store.tables import DeliveryAttempt
from tests.service.store.building import House, an_order


class Office(House):
    """A tenant with secrets and the dispatcher that sends its events."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.tenant = create_tenant(self.store, "Office")
        self.dispatcher = Dispatcher(self.store, Egress(development=True), poll_seconds=0.05)

    @property
    def secrets(self) -> tuple[str, ...]:
        with self.acting(SYSTEM) as t:
            return t.access.hooks().outgoing

    def put(self, url: str, count: int = 1) -> list[UUID]:
        """Events to this address about a verification of its own."""
        verification = self.ordered(an_order(None))
        with self.acting(SYSTEM) as t:
            return [
                t.deliveries.add(verification, "verification.completed", url, b'{"number":1}').id
                for _ in range(count)
            ]

    def state(self, delivery: UUID) -> DeliveryState:
        with self.acting() as t:
            return next(DeliveryState(d.state) for d in t.deliveries.list() if d.id == delivery)

    def tries(self, delivery: UUID) -> list[DeliveryAttempt]:
        with self.acting() as t:
            return list(t.deliveries.attempts(delivery))

    def pass_to_next_try(self, delivery: UUID) -> None:
        with self.acting() as t:
            due = next(d.next_attempt_at for d in t.deliveries.list() if d.id == delivery)
        assert due
        self.clock.now = max(due, self.clock.now)
