"""What a company tells becomes what rules look at, and no more than was told."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.circumstances import BankAccountSeen, Circumstances, DeviceSeen
from models.history import Claims
from models.surroundings import Surroundings
from tests.environment.network_folder import LONDON, a_folder
from verifiers.environment.surrounded import circumstances_of
from verifiers.environment.visits import NetworkDatabases

_AUSTIN = {"address": "12 Oak Lane", "postalCode": "78701", "city": "Austin", "countryCode": "US"}
_ELSEWHERE = {"address": "904 Elm Street", "postalCode": "37201", "city": "Nashville",
              "countryCode": "US"}  # fmt: skip
_STARTED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _seen(
    tmp_path: Path, claims: dict[str, Any] | None = None, *databases: str, **told: Any
) -> Circumstances:
    surroundings = Surroundings.model_validate(told)
    claimed = Claims.model_validate(claims) if claims else None
    return circumstances_of(surroundings, a_folder(tmp_path, *databases), claimed)


def _device(ip: str | None = None, days: float = 0, **more: Any) -> dict[str, Any]:
    reported = _STARTED + timedelta(days=days)
    told = {"source": "osquery", "ip": ip, "first_seen_at": _STARTED, "reported_at": reported}
    return {**told, **more}


def test_nothing_told_is_nothing_seen(tmp_path: Path) -> None:
    assert _seen(tmp_path) == Circumstances()
    assert circumstances_of(Surroundings(), NetworkDatabases(tmp_path)) == Circumstances()


def test_what_is_told_reaches_the_rules_as_it_is(tmp_path: Path) -> None:
    seen = _seen(
        tmp_path,
        visits=[{"at": _STARTED, "ip": "192.0.2.1", "time_zone": "Europe/Paris"}],
        inventories=[_device()],
        dispatches=[{"to": _AUSTIN, "serial": "C02X"}],
        payroll={"region": "TX"},
        work_country="US",
        allowed_tools=["TeamViewer"],
    )
    assert [session.time_zone for session in seen.sessions] == ["Europe/Paris"]
    assert seen.inventories[0].source == "osquery"
    assert seen.dispatches[0].serial == "C02X"
    assert (seen.work_country, seen.payroll_region) == ("US", "TX")
    assert seen.allowed_tools == ("TeamViewer",)
    assert seen.bank is None


# The clock at home.


@pytest.mark.parametrize(
    ("addresses", "clock"),
    [
        ([{"city": "Berlin", "countryCode": "DE"}], "Europe/Berlin"),
        ([{"city": "Austin", "countryCode": "US"}], None),
        ([{"city": "Berlin"}], None),
        ([{"countryCode": "DE"}, {"countryCode": "PT"}], None),
        ([{"countryCode": "DE"}, {"countryCode": "US", "endDate": "2020"}], "Europe/Berlin"),
        ([{"countryCode": "DE"}, {"countryCode": "US", "kind": "mailing"}], "Europe/Berlin"),
    ],
    ids=["one clock", "many clocks", "no country", "two homes", "an earlier home", "only mail"],
)
def test_the_clock_at_home_is_known_where_the_country_has_one(
    tmp_path: Path, addresses: list[dict[str, Any]], clock: str | None
) -> None:
    assert _seen(tmp_path, {"addresses": addresses}).residence_time_zone == clock


# Shipments.


def test_what_is_sent_last_or_still_to_be_sent_is_the_shipment(tmp_path: Path) -> None:
    old = {"to": _AUSTIN, "dispatched_on": "2026-01-05", "mail_drop": True}
    new = {"to": _ELSEWHERE, "dispatched_on": "2026-03-01", "latitude": 36.1, "longitude": -86.7}
    for told in ([old, new], [new, old]):
        shipment = _seen(tmp_path, dispatches=told).shipment
        assert shipment is not None
        assert shipment.to is not None
        assert (shipment.to.city, shipment.mail_drop) == ("Nashville", None)
        assert (shipment.latitude, shipment.longitude) == (36.1, -86.7)
    waiting = _seen(tmp_path, dispatches=[{"to": _AUSTIN}, new]).shipment
    assert waiting is not None
    assert waiting.dispatched_on is None


def _changed_on(tmp_path: Path, *changes: Any, home: Any = _AUSTIN) -> tuple[date, ...]:
    days = [{"on": f"2026-03-0{n}", "to": to} for n, to in enumerate(changes, start=1)]
    claims = {"addresses": [home]}
    shipment = _seen(tmp_path, claims, dispatches=[{"changes": days}]).shipment
    assert shipment is not None
    return shipment.address_changed_on


def test_a_change_that_leads_home_or_corrects_the_spelling_is_none(tmp_path: Path) -> None:
    corrected = {**_ELSEWHERE, "address": "904 ELM ST., Apt. 2"}
    assert _changed_on(tmp_path, _AUSTIN) == ()
    assert _changed_on(tmp_path, _ELSEWHERE, corrected) == (date(2026, 3, 1),)
    assert _changed_on(tmp_path, _ELSEWHERE, _AUSTIN) == (date(2026, 3, 1),)


def test_a_change_of_which_no_more_is_told_is_one(tmp_path: Path) -> None:
    assert _changed_on(tmp_path, None) == (date(2026, 3, 1),)


def test_a_redirected_parcel_is_a_change_with_a_day_and_a_redirected_plan_has_none(
    tmp_path: Path,
) -> None:
    corrected = {**_ELSEWHERE, "address": "904 ELM ST., Apt. 2"}
    day = date(2026, 3, 10)
    for sent_on, replaced, days in (
        (day, _AUSTIN, (day,)), (None, _AUSTIN, ()), (day, corrected, ())
    ):  # fmt: skip
        change = {"on": sent_on, "to": _ELSEWHERE, "replaced": replaced}
        shipment = _seen(tmp_path, None, dispatches=[{"changes": [change]}]).shipment
        assert shipment is not None
        assert shipment.address_changed_on == days


# The device.


def test_a_device_is_where_it_reported_from_at_its_first_start(tmp_path: Path) -> None:
    seen = _seen(
        tmp_path, None, "GeoIP2-City",
        inventories=[_device(LONDON, 30), _device(LONDON), _device("175.16.199.1", 2)],
    )  # fmt: skip
    assert seen.device is not None
    assert seen.device.first_seen_at == _STARTED
    assert seen.device.country_code == "GB"
    assert seen.device.latitude == pytest.approx(51.5, abs=0.1)


@pytest.mark.parametrize(
    "told", [_device(LONDON, 8), _device(None), _device("10.0.0.3")], ids=["late", "no", "private"]
)
def test_a_device_that_may_have_travelled_since_or_tells_no_address_is_nowhere(
    tmp_path: Path, told: dict[str, Any]
) -> None:
    seen = _seen(tmp_path, None, "GeoIP2-City", inventories=[told])
    assert seen.device == DeviceSeen(first_seen_at=_STARTED)


def test_a_device_that_never_told_its_first_start_is_not_judged_by_it(tmp_path: Path) -> None:
    assert _seen(tmp_path, inventories=[_device(LONDON, first_seen_at=None)]).device is None


def test_of_several_devices_the_one_that_was_sent_counts(tmp_path: Path) -> None:
    seen = _seen(
        tmp_path, None, "GeoIP2-City",
        inventories=[_device("175.16.199.1", serial="OLD"), _device(LONDON, 3, serial="c02x")],
        dispatches=[{"serial": "C02X"}],
    )  # fmt: skip
    assert seen.device is not None
    assert seen.device.country_code == "GB"


# Pay.


def test_an_account_is_in_the_country_of_its_iban(tmp_path: Path) -> None:
    told = {"holder": "Anna Example", "iban": "DE89 3704 0044 0532 0130 00", "country_code": "AE"}
    bank = _seen(tmp_path, payroll={**told, "started_on": "2026-03-01"}).bank
    assert bank == BankAccountSeen(
        holder="Anna Example", country_code="DE", started_on=date(2026, 3, 1)
    )


def test_a_mistyped_iban_is_in_no_country(tmp_path: Path) -> None:
    bank = _seen(tmp_path, payroll={"iban": "DE89 3704 0044 0532 0130 01"}).bank
    assert bank is not None
    assert bank.country_code is None


def test_the_banks_word_and_the_changes_are_kept(tmp_path: Path) -> None:
    bank = _seen(tmp_path, payroll={"holder_matches": False, "changed_on": ["2026-03-04"]}).bank
    assert bank == BankAccountSeen(holder_matches=False, changed_on=(date(2026, 3, 4),))
