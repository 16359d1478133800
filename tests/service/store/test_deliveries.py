"""Deliveries: each is one dispatcher's at a time, tried for days, and counted once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest

from service.store.actor import SYSTEM
from service.store.deliveries import SCHEDULE, DeliveryState
from service.store.errors import Conflict, NotFound
from tests.service.store.building import House

LEASE = timedelta(minutes=1)
A_MOMENT = timedelta(seconds=1)


def put(house: House, count: int = 1) -> list[UUID]:
    verification = house.ordered()
    with house.acting(SYSTEM) as t:
        return [
            t.deliveries.add(verification, "x", "https://ats.example/hook", b"{}").id
            for _ in range(count)
        ]


def claim(house: House, limit: int = 100) -> list[UUID]:
    return [delivery for _, delivery in house.store.claim_due(lease=LEASE, limit=limit)]


def fail(house: House, delivery: UUID, **asked: object) -> DeliveryState:
    with house.acting(SYSTEM) as t:
        return t.deliveries.record(
            delivery,
            status=500,
            problem="It answered 500.",
            milliseconds=3,
            **asked,  # type: ignore[arg-type]
        )


def succeed(house: House, delivery: UUID) -> DeliveryState:
    with house.acting(SYSTEM) as t:
        return t.deliveries.record(delivery, status=200, problem=None, milliseconds=3)


def next_attempt(house: House, delivery: UUID) -> datetime | None:
    with house.acting() as t:
        return next(d.next_attempt_at for d in t.deliveries.list() if d.id == delivery)


def test_a_claim_is_exclusive_for_its_lease_and_free_after_it(house: House) -> None:
    (delivery,) = put(house)
    assert claim(house) == [delivery]
    assert claim(house) == []
    house.clock.pass_by(LEASE)
    assert claim(house) == []
    house.clock.pass_by(A_MOMENT)
    assert claim(house) == [delivery]


def test_dispatchers_that_ask_at_once_never_get_the_same_delivery(house: House) -> None:
    there = put(house, 40)
    start = Barrier(4)

    def take(_: int) -> list[UUID]:
        start.wait()
        return [delivery for _ in range(20) for delivery in claim(house, limit=3)]

    with ThreadPoolExecutor(4) as threads:
        taken = [delivery for one in threads.map(take, range(4)) for delivery in one]
    assert sorted(taken) == sorted(there)


def test_it_is_tried_for_three_days_and_then_given_up(house: House) -> None:
    (delivery,) = put(house)
    began = house.clock.now
    for pause in SCHEDULE:
        assert claim(house) == [delivery]
        assert fail(house, delivery) is DeliveryState.PENDING
        again = next_attempt(house, delivery)
        assert again is not None
        assert pause <= again - house.clock.now <= pause * 1.1
        house.clock.now = again - A_MOMENT
        assert claim(house) == []
        house.clock.now = again
    assert claim(house) == [delivery]
    assert fail(house, delivery) is DeliveryState.GIVEN_UP
    assert timedelta(days=3) < house.clock.now - began < timedelta(days=4)
    house.clock.pass_by(timedelta(days=30))
    assert claim(house) == []
    with house.acting() as t:
        assert len(t.deliveries.attempts(delivery)) == len(SCHEDULE) + 1


def test_a_receiver_that_asks_for_patience_gets_it_up_to_a_day(house: House) -> None:
    (delivery,) = put(house)
    fail(house, delivery, at_least=timedelta(hours=2))
    again = next_attempt(house, delivery)
    assert again is not None
    assert timedelta(hours=2) <= again - house.clock.now <= timedelta(hours=2.2)
    house.clock.now = again
    fail(house, delivery, at_least=timedelta(days=365))
    again = next_attempt(house, delivery)
    assert again is not None
    assert again - house.clock.now <= timedelta(days=1.1)


def test_a_receiver_that_is_gone_is_given_up_at_once(house: House) -> None:
    (delivery,) = put(house)
    assert fail(house, delivery, gone=True) is DeliveryState.GIVEN_UP
    house.clock.pass_by(timedelta(days=30))
    assert claim(house) == []


def test_a_slow_try_that_outlived_its_lease_does_not_undo_what_came_of_the_next(
    house: House,
) -> None:
    (delivery,) = put(house)
    claim(house)
    house.clock.pass_by(LEASE + A_MOMENT)
    claim(house)
    assert succeed(house, delivery) is DeliveryState.DELIVERED
    assert fail(house, delivery) is DeliveryState.DELIVERED
    assert fail(house, delivery, gone=True) is DeliveryState.DELIVERED
    assert next_attempt(house, delivery) is None
    with house.acting() as t:
        assert [a.status for a in t.deliveries.attempts(delivery)].count(500) == 2


def test_tries_recorded_at_the_same_moment_are_all_counted(house: House) -> None:
    (delivery,) = put(house)
    start = Barrier(3)

    def try_it(_: int) -> None:
        start.wait()
        fail(house, delivery)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(try_it, range(3)))
    with house.acting(SYSTEM) as t:
        assert t.deliveries.open(delivery).attempts == 3


def test_a_replay_begins_anew_with_the_same_id(house: House) -> None:
    (delivery,) = put(house)
    with house.acting(SYSTEM) as t:
        before = t.deliveries.open(delivery)
    with house.acting() as t, pytest.raises(Conflict):
        t.deliveries.replay(delivery)
    succeed(house, delivery)
    with house.acting() as t:
        t.deliveries.replay(delivery)
    assert claim(house) == [delivery]
    with house.acting(SYSTEM) as t:
        again = t.deliveries.open(delivery)
    assert (again.webhook_id, again.body) == (before.webhook_id, before.body)
    with house.acting() as t:
        assert "delivery.replayed" in [e.action for e in t.audit.list()]


def test_a_delivery_goes_with_its_verification(house: House) -> None:
    verification = house.ordered()
    with house.acting(SYSTEM) as t:
        delivery = t.deliveries.add(verification, "x", "https://ats.example", b"{}").id
    claim(house)
    with house.acting() as t:
        t.verifications.delete(verification)
    with house.acting(SYSTEM) as t, pytest.raises(NotFound):
        t.deliveries.open(delivery)
    with pytest.raises(NotFound):
        succeed(house, delivery)


def test_a_list_of_deliveries_is_filtered_and_paged(house: House) -> None:
    there = put(house, 5)
    succeed(house, there[0])
    house.clock.pass_by(A_MOMENT)
    newest = put(house)
    with house.acting() as t:
        assert [d.id for d in t.deliveries.list(state=DeliveryState.DELIVERED)] == [there[0]]
        assert t.deliveries.list(limit=1)[0].id == newest[0]
        seen: list[UUID] = []
        while page := t.deliveries.list(after=seen[-1] if seen else None, limit=2):
            seen += [d.id for d in page]
    assert sorted(seen) == sorted([*there, *newest])
