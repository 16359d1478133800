"""From what a company tells, through an operator's databases, to what a recruiter reads."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.context import Context
from models.finding import Finding, Status
from models.history import Claims
from models.stage import Stage
from models.surroundings import Surroundings
from tests.environment.network_folder import AT, LONDON, a_folder
from verifiers.case import Case
from verifiers.environment import RULES
from verifiers.environment.surrounded import circumstances_of
from verifiers.judging import judge

_LONDON_HOME = {"addresses": [{"city": "London", "countryCode": "GB"}]}
_CHANGCHUN, _LINKOPING = "175.16.199.1", "89.160.20.113"


def _visits(*ips: str, hours: float = 24) -> dict[str, Any]:
    return {
        "visits": [{"at": AT + timedelta(hours=n * hours), "ip": ip} for n, ip in enumerate(ips)]
    }


def _findings(
    tmp_path: Path,
    told: dict[str, Any],
    *databases: str,
    lists: dict[str, str] | None = None,
    claims: dict[str, Any] = _LONDON_HOME,
) -> dict[str, Finding]:
    """The findings by their codes."""
    claimed = Claims.model_validate(claims)
    places = a_folder(tmp_path, *databases, lists=lists)
    seen = circumstances_of(Surroundings.model_validate(told), places, claimed)
    case = Case(claimed, Context(stage=Stage.ONBOARDING, today=AT.date()), seen=seen)
    return {found.code: found for found in judge(RULES, case).contradictions}


_BOTH = ("GeoIP2-City", "GeoIP2-Anonymous-IP")


def test_visits_from_another_country_are_asked_about(tmp_path: Path) -> None:
    found = _findings(tmp_path, _visits(_CHANGCHUN, _CHANGCHUN, hours=7 * 24), *_BOTH)
    assert list(found) == ["network.visits_from_another_country"]
    assert {seen.value for seen in found["network.visits_from_another_country"].seen} == {"CN"}


def test_a_page_that_is_loaded_again_is_no_other_visit(tmp_path: Path) -> None:
    for number, told in enumerate(
        (
            _visits(*[_CHANGCHUN] * 5, hours=1 / 3600),
            _visits(*[_CHANGCHUN] * 4, hours=48),  # Six days: one journey.
            _visits(*[LONDON] * 5, hours=0.5),
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert _findings(folder, told, *_BOTH) == {}


def test_a_visit_that_goes_on_past_midnight_is_one(tmp_path: Path) -> None:
    told = _visits(LONDON, LONDON, LONDON, hours=14.9)  # On two days, and ten minutes of a third.
    assert AT.hour == 9
    assert _findings(tmp_path, told, "GeoIP2-Anonymous-IP") == {}


def test_one_visit_from_home_among_a_journeys_is_enough(tmp_path: Path) -> None:
    home = {"addresses": [{"city": "Linköping", "countryCode": "SE"}]}
    told = _visits(_CHANGCHUN, _CHANGCHUN, _LINKOPING)
    assert _findings(tmp_path, told, *_BOTH, claims=home) == {}


def test_a_place_is_not_believed_where_nothing_could_tell_a_hidden_address(
    tmp_path: Path,
) -> None:
    assert _findings(tmp_path, _visits(_CHANGCHUN, _CHANGCHUN), "GeoIP2-City") == {}


def test_two_far_places_within_an_hour_are_asked_about(tmp_path: Path) -> None:
    told = _visits(_CHANGCHUN, _LINKOPING, hours=1)
    assert "network.faster_than_an_airliner" in _findings(tmp_path, told, *_BOTH)


@pytest.mark.parametrize("hours", [12, 24])
def test_a_flight_is_not(tmp_path: Path, hours: float) -> None:
    told = _visits(_CHANGCHUN, _LINKOPING, hours=hours)
    assert "network.faster_than_an_airliner" not in _findings(tmp_path, told, *_BOTH)


def test_where_every_visit_is_hidden_it_is_told_by_what(tmp_path: Path) -> None:
    told = _visits("9.9.9.9", LONDON, LONDON)
    lists = {"vpn.txt": "9.9.9.9"}
    found = _findings(tmp_path, told, "GeoIP2-Anonymous-IP", lists=lists)
    (hidden,) = found.values()
    assert [(seen.what.split(": ")[1], seen.value) for seen in hidden.seen] == [
        ("Tor", 2),
        ("VPN", 1),
    ]


def test_private_relays_hide_nobody(tmp_path: Path) -> None:
    lists = {"relays.csv": "81.2.69.0/24,GB,,London\n"}
    assert _findings(tmp_path, _visits(LONDON, LONDON, LONDON), *_BOTH, lists=lists) == {}


def test_a_watched_network_is_for_a_person_before_it_is_for_the_candidate(tmp_path: Path) -> None:
    lists = {"watched-ours.txt": "175.16.199.0/24"}
    found = _findings(tmp_path, _visits(LONDON, _CHANGCHUN), lists=lists)
    watched = found["network.from_a_watched_network"]
    assert watched.question is None
    assert "list" not in watched.for_candidate


def test_the_cleanest_of_addresses_supports_nothing(tmp_path: Path) -> None:
    claimed = Claims.model_validate(_LONDON_HOME)
    told = Surroundings.model_validate(_visits("2.125.160.217", "2.125.160.217"))
    seen = circumstances_of(told, a_folder(tmp_path, *_BOTH), claimed)
    assert [s.anonymous for s in seen.sessions] == [False, False]
    case = Case(claimed, Context(stage=Stage.ONBOARDING, today=AT.date()), seen=seen)
    assert all(found.status is not Status.SUPPORTS for found in judge(RULES, case).findings)


def _device(ip: str, **dispatch: Any) -> dict[str, Any]:
    device = {"source": "osquery", "reported_at": AT, "first_seen_at": AT, "ip": ip}
    to = {"address": "1 Storgatan", "city": "Linköping", "countryCode": "SE"}
    return {"inventories": [device], "dispatches": [{"to": to, "mail_drop": False, **dispatch}]}


def test_a_device_that_wakes_up_on_another_continent_is_told_by_the_distance(
    tmp_path: Path,
) -> None:
    told = _device(_CHANGCHUN, latitude=58.4, longitude=15.6)
    assert "device.device_wakes_up_far_away" in _findings(tmp_path, told, *_BOTH)


def test_or_by_the_country_where_the_distance_is_not_known(tmp_path: Path) -> None:
    found = _findings(tmp_path, _device(_CHANGCHUN), *_BOTH)
    assert "device.device_wakes_up_in_another_country" in found
    assert "device.device_wakes_up_far_away" not in found


def test_a_device_that_wakes_up_where_it_was_sent_is_left_alone(tmp_path: Path) -> None:
    for place in ({}, {"latitude": 58.4, "longitude": 15.6}):
        told = _device(_LINKOPING, **place)
        folder = tmp_path / str(len(place))
        folder.mkdir()
        assert not {code for code in _findings(folder, told, *_BOTH) if "wakes_up" in code}
