"""What a company saw around one person, judged from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.cli import COMMANDS
from service.commands import environment
from tests.service.conftest import Bonafide

SEEN = {
    "dispatches": [
        {"serial": "PF3ABCDE", "dispatched_on": "2026-02-10", "delivered_on": "2026-02-13"}
    ],
    "payroll": {"holder": "Jo Example", "holder_matches": False},
    "allowed_tools": ["AnyDesk"],
}
INTUNE = {
    "managedDeviceOwnerType": "company",
    "lastSyncDateTime": "2026-03-09T08:15:30Z",
    "manufacturer": "LENOVO",
    "model": "21HMCTO1WW",
    "serialNumber": "5CD1234XYZ",
    "detectedApps": [{"displayName": "AnyDesk"}, {"displayName": "RustDesk"}],
}
CLEAN = INTUNE | {"serialNumber": "PF3ABCDE", "detectedApps": [{"displayName": "Slack"}]}


@pytest.fixture(autouse=True)
def _no_databases(folder: Path) -> None:
    """No operator's databases of networks are asked."""


def _file(folder: Path, name: str, told: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(told), "utf-8")
    return path


def test_files_of_one_person_are_judged_together_a_finding_a_line(
    bonafide: Bonafide, tmp_path: Path
) -> None:
    seen, device = _file(tmp_path, "seen.json", SEEN), _file(tmp_path, "intune.json", INTUNE)
    ran = bonafide("environment", seen, device, "--json")
    assert ran.status == 0, ran.err
    found = {told["code"]: told for told in map(json.loads, ran.out.splitlines())}
    assert found.keys() == {
        "device.remote_access_program",
        "device.another_device_reports",
        "payment.account_is_anothers",
    }
    remote = found["device.remote_access_program"]
    assert remote["strength"] == "weak"
    assert remote["innocent_explanation"]
    assert "RustDesk" in remote["for_recruiter"]


def test_a_clean_device_leaves_nothing_but_what_could_not_be_judged(
    bonafide: Bonafide, tmp_path: Path
) -> None:
    ran = bonafide("environment", _file(tmp_path, "intune.json", CLEAN))
    assert ran.status == 0, ran.err
    assert "0 contradicted" in ran.out
    assert "for want of" in ran.out
    assert "contradicts" not in ran.out


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_judged(
    bonafide: Bonafide, tmp_path: Path
) -> None:
    bad = _file(tmp_path, "bad.json", {"visits": [{"at": "yesterday", "ip": "8.8.8.8"}]})
    other = _file(tmp_path, "other.json", {"hello": "world"})
    device = _file(tmp_path, "intune.json", INTUNE)
    ran = bonafide("environment", bad, other, device, "--json")
    assert ran.status == 2
    *findings, first, second = map(json.loads, ran.out.splitlines())
    assert [told["code"] for told in findings] == ["device.several_ways_in"]
    assert first["file"] == str(bad)
    assert "visits[0].at" in first["problem"]
    assert "yesterday" not in ran.out
    assert "of no kind that is read; expected osquery" in second["problem"]


def test_its_help_says_what_the_list_of_commands_says() -> None:
    assert (environment.run.__doc__ or "").splitlines()[0] == COMMANDS["environment"]
