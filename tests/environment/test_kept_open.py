"""The databases of a running service: replaced, damaged, cut short; and what a report then says."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from models.finding import Finding
from models.order import VerificationOrder
from models.surroundings import Inventory, Surroundings
from service.report.surroundings import surroundings_shown
from service.workflow.surroundings import Places
from tests.environment.inventories import NOON
from tests.environment.network_folder import AT, LONDON, database
from verifiers.environment.surrounded import circumstances_of
from verifiers.environment.visits import NetworkDatabases

_ORDER = VerificationOrder.model_validate(
    {
        "candidate": {"reference": "c-1"},
        "consent": {"verification": True},
        "surroundings": {"visits": [{"at": AT, "ip": LONDON}]},
    }
)


def _asked(places: Places) -> tuple[str | None, tuple[Finding, ...]]:
    result = places.step(_ORDER)
    assert result.seen
    return result.seen.sessions[0].country_code, result.findings


def _cut_short(file: Path) -> None:
    with file.open("r+b") as open_file:
        open_file.truncate(4096)


def _overwritten(file: Path) -> None:
    with file.open("r+b") as open_file:
        open_file.write(b"\xff" * 20_000)


@pytest.mark.parametrize("damage", [_cut_short, _overwritten])
def test_the_databases_of_before_answer_where_new_ones_cannot_be_read(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    file = tmp_path / "city.mmdb"
    shutil.copy(database("GeoIP2-City"), file)
    places = Places(tmp_path)
    assert _asked(places) == ("GB", ())
    damage(file)
    country, (told,) = _asked(places)
    assert country == "GB"
    assert "The ones of before say" in told.for_recruiter
    shutil.copy(database("GeoIP2-City"), tmp_path / "new.mmdb")
    (tmp_path / "new.mmdb").rename(file)
    assert _asked(places) == ("GB", ())


def test_with_nothing_that_can_be_read_visits_have_no_place_and_the_report_says_so(
    tmp_path: Path,
) -> None:
    (tmp_path / "city.mmdb").write_bytes(b"<html>please log in</html>")
    country, (told,) = _asked(Places(tmp_path))
    assert country is None
    assert "Where visits came from is not known" in told.for_recruiter


def _shown(tmp_path: Path, **told: Any) -> Any:
    surroundings = Surroundings.model_validate(told)
    seen = circumstances_of(surroundings, NetworkDatabases(tmp_path))
    return surroundings_shown(surroundings, seen)


def test_times_are_shown_in_utc_whatever_zone_they_were_told_in(tmp_path: Path) -> None:
    at = datetime.fromisoformat("2026-05-04T09:30:00+09:00")
    (visit,) = _shown(tmp_path, visits=[{"at": at, "ip": "192.0.2.1"}]).visits
    assert visit.name == "4 May 2026, 00:30 UTC"


def test_visits_of_one_moment_are_each_shown_with_their_own_network(tmp_path: Path) -> None:
    (tmp_path / "tor.txt").write_text("9.9.9.9\n", "utf-8")
    visits = [{"at": AT, "ip": ip} for ip in ("8.8.8.8", "9.9.9.9")]
    shown = _shown(tmp_path, visits=visits).visits
    assert [(one.words, one.answer) for one in shown] == [
        ("from 8.8.8.8", "not known"),
        ("from 9.9.9.9", "hidden (Tor)"),
    ]


def test_a_virtual_machine_is_shown_as_the_one_that_a_rule_tells_of(tmp_path: Path) -> None:
    machine = Inventory(source="us", reported_at=NOON, vendor="VMware, Inc.", model="VMware20,1")
    (device,) = _shown(tmp_path, inventories=[machine]).devices
    assert device.answer == "virtual machine"
