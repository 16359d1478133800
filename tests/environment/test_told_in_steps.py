"""What a company tells piece by piece becomes one picture, and nothing that it told is lost."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from models.surroundings import Dispatch, Payroll, Surroundings
from tests.models.surroundings_drawn import SURROUNDINGS

_START = datetime(2026, 3, 2, 9, tzinfo=UTC)
_HOME = {"address": "1 Oak Street", "city": "Austin", "countryCode": "US"}
_DROP = {"address": "99 Elm Road Suite 4", "city": "Nashville", "countryCode": "US"}
_PLANNED = {"to": _HOME, "mail_drop": False, "latitude": 30.3, "longitude": -97.7}
_REDIRECTED = {"to": _DROP, "changes": [{"on": "2026-03-08", "to": _DROP}], "mail_drop": True}


def _told(*steps: dict[str, Any]) -> Surroundings:
    known = Surroundings()
    for step in steps:
        known = known.and_also(Surroundings.model_validate(step))
    return known


def _sent(*steps: dict[str, Any]) -> tuple[Dispatch, ...]:
    return _told(*({"dispatches": [step]} for step in steps)).dispatches


@pytest.mark.parametrize("number", [{"serial": "SN-1234"}, {}], ids=["with its number", "without"])
def test_a_shipment_that_is_planned_then_redirected_and_sent_is_one(number: dict[str, str]) -> None:
    (one,) = _sent(
        {**_PLANNED, **number}, {**_REDIRECTED, **number}, {"dispatched_on": "2026-03-10", **number}
    )
    assert one.to
    assert (one.to.city, one.mail_drop) == ("Nashville", True)
    assert (one.dispatched_on, one.changes[0].on) == (date(2026, 3, 10), date(2026, 3, 8))
    # Of the address before it went elsewhere.
    assert (one.latitude, one.longitude) == (None, None)


def test_a_plan_is_what_is_sent_once_its_number_is_known() -> None:
    (one,) = _sent(_PLANNED, {"serial": "SN1", "dispatched_on": "2026-03-10"})
    assert one == Dispatch.model_validate(
        {**_PLANNED, "serial": "SN1", "dispatched_on": date(2026, 3, 10)}
    )


def test_what_is_sent_later_is_another_shipment() -> None:
    days = [{"serial": f"SN{n}", "dispatched_on": f"2026-03-0{n}"} for n in (1, 2)]
    assert [one.serial for one in _sent(*days)] == ["SN1", "SN2"]
    together = _told({"dispatches": [{"to": _HOME}, {"to": _HOME, "serial": "SN1"}]})
    assert len(together.dispatches) == 2


def test_a_plan_that_arrives_once_more_after_the_dispatch_changes_nothing() -> None:
    steps: list[dict[str, Any]] = [
        {"to": _HOME},
        {"to": _HOME, "serial": "SN1", "dispatched_on": "2026-03-10"},
    ]
    assert _sent(*steps, steps[0]) == _sent(*steps)


_LAPTOP = {"to": _HOME, "serial": "LAPTOP-1", "dispatched_on": "2026-03-12"}
_SCREEN = {"to": _DROP, "serial": "SCREEN-1", "dispatched_on": "2026-03-10"}


def test_a_screen_to_one_place_does_not_take_the_plan_of_a_laptop_to_another() -> None:
    planned, screen = _sent(_PLANNED, _SCREEN)
    assert (planned.serial, planned.mail_drop, screen.serial) == (None, False, "SCREEN-1")
    assert [one.serial for one in _sent(_PLANNED, _SCREEN, _LAPTOP)] == ["SCREEN-1", "LAPTOP-1"]
    # The same place, told more fully.
    fuller = {**_LAPTOP, "to": {**_HOME, "address": "1 OAK STREET", "postalCode": "78701"}}
    assert len(_sent(_PLANNED, fuller)) == 1


def test_an_address_that_was_replaced_stays_as_a_change() -> None:
    (planned,) = _sent({"to": _HOME, "serial": "SN1"}, {"to": _DROP, "serial": "SN1"})
    assert [one.on for one in planned.changes] == [None]
    (on_its_way,) = _sent(_LAPTOP, {"to": _DROP, "serial": "LAPTOP-1"})
    assert [one.on for one in on_its_way.changes] == [date(2026, 3, 12)]
    (moved,) = _sent({**_LAPTOP, "delivered_on": "2026-03-14"}, {"to": _DROP, "serial": "LAPTOP-1"})
    assert [one.on for one in moved.changes] == [None]
    (said,) = _sent({"to": _HOME, "serial": "SN1"}, {**_REDIRECTED, "serial": "SN1"})
    assert [one.on for one in said.changes] == [date(2026, 3, 8)]
    for one in (planned, on_its_way, moved, said):
        (change,) = one.changes
        assert change.replaced
        assert change.to
        assert (change.replaced.city, change.to.city) == ("Austin", "Nashville")
    corrected = {**_LAPTOP, "to": {**_HOME, "address": "1, OAK STREET"}}
    assert _sent(_LAPTOP, corrected)[0].changes == ()


@settings(max_examples=30, deadline=None)
@given(SURROUNDINGS, SURROUNDINGS)
def test_what_was_told_last_may_be_told_again(known: Surroundings, told: Surroundings) -> None:
    once = Surroundings().and_also(known).and_also(told)
    assert Surroundings.model_validate_json(once.model_dump_json()) == once
    assert once.and_also(told) == once


# Pay.

_PAID = {"holder": "Anna Example", "iban": "DE89 3704 0044 0532 0130 00", "holder_matches": True}


def _pay(*steps: dict[str, Any]) -> Payroll:
    payroll = _told(*({"payroll": step} for step in steps)).payroll
    assert payroll
    return payroll


def test_what_payroll_does_not_tell_anew_stays() -> None:
    paid = _pay(_PAID, {"region": "TX"}, {"iban": "DE89370400440532013000"})
    assert (paid.holder, paid.holder_matches, paid.region) == ("Anna Example", True, "TX")


def test_days_of_changes_add_up() -> None:
    days = ["2026-03-10", "2026-03-01", "2026-03-10"]
    paid = _pay(*({"changed_on": [day]} for day in days))
    assert paid.changed_on == (date(2026, 3, 1), date(2026, 3, 10))


def test_the_banks_word_on_one_account_says_nothing_of_the_next() -> None:
    paid = _pay({**_PAID, "region": "TX"}, {"iban": "GB29 NWBK 6016 1331 9268 19"})
    assert (paid.holder, paid.holder_matches, paid.region) == (None, None, "TX")


def test_an_account_that_was_replaced_stays_by_its_number() -> None:
    other = {"iban": "GB29 NWBK 6016 1331 9268 19"}
    paid = _pay(_PAID, other, other, {"account": "021000021 1234567890", "iban": None})
    assert [one.iban for one in paid.earlier_accounts] == [_PAID["iban"], other["iban"]]
    assert _pay(_PAID, _PAID).earlier_accounts == ()


# Devices.


def _report(day: int, **values: Any) -> dict[str, Any]:
    at = _START + timedelta(days=day)
    return {"source": "osquery", "serial": "SN1", "reported_at": at, "virtual": False, **values}


def _days(reports: Iterable[dict[str, Any]]) -> list[int]:
    known = _told(*({"inventories": [report]} for report in reports))
    return [(one.reported_at - _START).days for one in known.inventories]


def test_of_each_device_the_first_report_and_the_newest_stay() -> None:
    assert _days(_report(day, software=[]) for day in range(30)) == [0, 29]
    assert _days(_report(day, serial=f"SN{day % 2}") for day in range(30)) == [0, 1, 28, 29]


def test_the_report_of_the_first_start_stays_and_the_newest_with_each_list() -> None:
    told = [_report(day) for day in range(10)]
    told[2]["first_seen_at"] = _START
    told[4]["usb"] = told[6]["usb"] = []
    assert _days(told) == [2, 6, 9]


def test_of_many_devices_those_that_reported_last_stay() -> None:
    assert _days(_report(day, serial=f"SN{day}") for day in range(25)) == list(range(5, 25))


# Days that cannot be.


@pytest.mark.parametrize(
    "told",
    [
        {"visits": [{"at": "9999-12-31T23:59:59Z", "ip": "192.0.2.1"}]},
        {"visits": [{"at": "0001-01-01T00:00:00+14:00", "ip": "192.0.2.1"}]},
        {"dispatches": [{"dispatched_on": "9999-12-31"}]},
        {"dispatches": [{"delivered_on": "1989-12-31"}]},
        {"dispatches": [{"changes": [{"on": "2101-01-01"}]}]},
        {"payroll": {"changed_on": ["9999-12-31"]}},
        {"payroll": {"started_on": "9999-12-31"}},
        {"inventories": [{"source": "us", "reported_at": "9999-12-31T23:59:59Z"}]},
        {"inventories": [_report(0, first_seen_at="1970-01-01T00:00:00Z")]},
        {"inventories": [_report(0, exported_at="9999-01-01T00:00:00Z")]},
    ],
    ids=str,
)
def test_a_day_that_stands_for_none_is_refused_in_words(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="must lie in the years 1990 to 2100"):
        Surroundings.model_validate(told)
