"""What is compared at a later stage: the same person's earlier captures, the oldest first."""

from datetime import timedelta
from uuid import UUID

from service.store.actor import SYSTEM
from tests.service.store.building import House, a_template, a_verdict, an_order


def captured(house: House, reference: str, first: float) -> UUID:
    house.clock.pass_by(timedelta(days=1))
    verification = house.ordered(an_order(reference, claims=True, keep_template=True))
    house.concluded(a_verdict(templates=(a_template(first),)), house.submitted(verification))
    return verification


def earlier(house: House, verification: UUID) -> list[tuple[UUID, float]]:
    with house.acting(SYSTEM) as t:
        captures = t.results.earlier_captures(verification)
    return [(c.verification, round(c.templates[0].vector[0], 6)) for c in captures]


def test_earlier_captures_are_the_same_persons_alone_the_oldest_first(house: House) -> None:
    first = captured(house, "ada", 0.1)
    captured(house, "bob", 0.2)
    second = captured(house, "ada", 0.3)
    today = house.ordered(an_order("ada", claims=True))
    assert earlier(house, today) == [(first, 0.1), (second, 0.3)]
    assert earlier(house, second) == [(first, 0.1)]
    assert earlier(house, first) == []


def test_the_day_of_the_capture_counts_not_the_day_of_the_order(house: House) -> None:
    ordered_first = house.ordered(an_order("ada", claims=True, keep_template=True))
    house.clock.pass_by(timedelta(days=1))
    captured_first = captured(house, "ada", 0.1)
    house.clock.pass_by(timedelta(days=1))
    house.concluded(a_verdict(templates=(a_template(0.2),)), house.submitted(ordered_first))
    house.clock.pass_by(timedelta(days=1))
    today = house.ordered(an_order("ada", claims=True))
    assert [found for found, _ in earlier(house, today)] == [captured_first, ordered_first]


def test_the_newest_verdict_of_an_earlier_verification_is_the_one_compared(house: House) -> None:
    first = captured(house, "ada", 0.1)
    house.concluded(a_verdict(templates=(a_template(0.2),)), house.submitted(first))
    today = house.ordered(an_order("ada", claims=True))
    assert earlier(house, today) == [(first, 0.2)]


def test_what_has_no_verdict_yet_was_not_captured(house: House) -> None:
    house.submitted(house.ordered(an_order("ada", claims=True)))
    house.ordered(an_order("ada", claims=True))
    assert earlier(house, house.ordered(an_order("ada"))) == []


def test_another_tenants_capture_under_the_same_reference_is_never_compared(house: House) -> None:
    captured(house, "ada", 0.1)
    house.tenant = house.store.add_tenant("Globex")
    assert earlier(house, house.ordered(an_order("ada"))) == []
