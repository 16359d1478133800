"""The lists that are shipped, what they answer, and the script that brings them up to date."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.outside import Outcome
from tests.history_sources.asking_one import Asking
from verifiers.history.sources import disposable
from verifiers.shipped_lists import (
    disposable_domains,
    remote_tools,
    shipped_lists,
    universities,
)

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "verifiers" / "shipped_lists"

NOBODY = "http://127.0.0.1:1"


def _studied(institution: str, **fields: str) -> dict[str, object]:
    return {"education": [{"institution": institution, **fields}]}


@pytest.mark.parametrize(
    "name",
    [
        "University of Oxford",
        "university of oxford",
        "The University of Oxford",
        "Massachusetts Institute of Technology (MIT)",
        "Fundacao Herminio Ometto",
        "University of California Berkeley",
    ],
)
def test_a_university_is_found_however_its_name_is_written(name: str) -> None:
    assert Asking("universities", NOBODY).one(_studied(name)).outcome is Outcome.FOUND


@pytest.mark.parametrize("name", ["Northern Oxford Global University", "Oxford", "Université 9"])
def test_a_name_that_is_merely_similar_is_absent(name: str) -> None:
    assert Asking("universities", NOBODY).one(_studied(name)).outcome is Outcome.ABSENT


def test_a_name_in_another_language_is_found_by_the_domain_of_the_course() -> None:
    by_name, by_domain = Asking("universities", NOBODY).all(
        _studied("Oxforder Hochschule", contactEmail="registry@admin.ox.ac.uk")
    )
    assert by_name.outcome is Outcome.ABSENT
    assert by_domain.question == "ox.ac.uk"
    assert by_domain.value
    assert by_domain.value[0].name == "University of Oxford"


def test_neither_name_nor_domain_on_the_list_is_told_for_both() -> None:
    answers = Asking("universities", NOBODY).all(
        _studied("Northern Oxford Global University", url="https://www.nogu.example.com/")
    )
    assert [(answer.question, answer.outcome) for answer in answers] == [
        ("Northern Oxford Global University", Outcome.ABSENT),
        ("example.com", Outcome.ABSENT),
    ]


def test_a_university_is_told_with_its_domains() -> None:
    answer = Asking("universities", NOBODY).one(_studied("University of Oxford"))
    assert answer.value
    assert ("ox.ac.uk" in answer.value[0].domains, answer.value[0].country_code) == (True, "GB")


@pytest.mark.parametrize(
    ("address", "disposable"),
    [
        ("anna@mailinator.com", True),
        ("anna@in.Mailinator.com", True),
        ("anna@mailinator.example.org", False),
        ("anna@gmail.com", False),
        ("a.bc12@simplelogin.com", False),
        ("xyz@privaterelay.appleid.com", False),
        ("xyz@mozmail.com", False),
    ],
)
def test_a_domain_is_disposable_with_all_under_it_and_a_forwarding_service_is_not(
    address: str, disposable: bool
) -> None:
    answer = Asking("disposable", NOBODY).one({"emails": [{"address": address}]})
    assert answer.value
    assert answer.value.disposable is disposable


def test_a_forwarding_service_is_not_disposable_even_where_a_list_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed = frozenset({"simplelogin.com", "thrown-away.example"})
    monkeypatch.setattr(disposable, "disposable_domains", lambda: listed)
    assert disposable.is_disposable("in.thrown-away.example")
    assert not disposable.is_disposable("simplelogin.com")
    assert not disposable.is_disposable("a.simplelogin.com")


def test_every_shipped_list_is_whole_and_says_whose_it_is() -> None:
    counts = {one.name: one.entries for one in shipped_lists()}
    assert counts == {
        "universities": len(universities()),
        "disposable_domains": len(disposable_domains()),
        "remote_tools": len(remote_tools()),
    }
    notice = (SHIPPED / "NOTICE.md").read_text(encoding="utf-8")
    for one in shipped_lists():
        assert one.repository in notice
        assert (SHIPPED / f"{one.name}.LICENSE.txt").stat().st_size > 200
    assert sum(path.stat().st_size for path in SHIPPED.iterdir() if path.is_file()) < 500_000


def test_remote_tools_are_named_with_their_programs_and_hosts() -> None:
    (anydesk,) = (tool for tool in remote_tools() if tool.name == "AnyDesk")
    assert "anydesk.exe" in anydesk.processes
    assert any(host.endswith("anydesk.com") for host in anydesk.domains)
    assert all(
        process.replace("*", "") != ".exe" for t in remote_tools() for process in t.processes
    )


def _copies(folder: Path, *, universities: int = 9500) -> Path:
    """What the projects have, as the script takes it."""
    hipo = folder / "Hipo__university-domains-list"
    mail = folder / "disposable-email-domains__disposable-email-domains"
    tools = folder / "magicsword-io__LOLRMM" / "website" / "public" / "api"
    for place in (hipo, mail, tools):
        place.mkdir(parents=True)
    (hipo / "world_universities_and_domains.json").write_text(
        json.dumps(
            [
                {"name": f"U {i}", "alpha_two_code": "GB", "domains": [f"u{i}.ac.uk"]}
                for i in range(universities)
            ]
        )
    )
    (mail / "disposable_email_blocklist.conf").write_text(
        "".join(f"d{i}.example\n" for i in range(3100))
    )
    tool = {
        "Details": {
            "PEMetadata": {"Filename": "Tool.exe"},
            "InstallationPaths": ["C:\\x\\T-*.exe", "*.exe"],
        },
        "Artifacts": {"Network": [{"Domains": ["*.tool.example", "user_managed", "10.0.0.1"]}]},
        "CodeSigning": {"certificates": [{"signer_name": "Tool Ltd"}]},
    }
    (tools / "rmm_tools.json").write_text(
        json.dumps([{"Name": f"T {i:03}", **tool} for i in range(250)])
    )
    for place in (hipo / "LICENSE.txt", mail / "LICENSE.txt"):
        place.write_text("terms")
    (folder / "magicsword-io__LOLRMM" / "LICENSE").write_text("terms")
    return folder


def _update(copies: Path, to: Path) -> "subprocess.CompletedProcess[str]":
    script = [sys.executable, str(ROOT / "scripts" / "update-lists")]
    options = ["--from", str(copies), "--to", str(to), "--date", "2026-03-15"]
    return subprocess.run([*script, *options], capture_output=True, text=True, check=False)


def test_the_script_writes_lists_and_says_what_changed(tmp_path: Path) -> None:
    to = tmp_path / "lists"
    to.mkdir()
    copies = _copies(tmp_path / "copies")
    assert _update(copies, to).returncode == 0
    with (copies / "disposable-email-domains__disposable-email-domains"
          / "disposable_email_blocklist.conf").open("a") as more:  # fmt: skip
        more.write("new.example\n")
    again = _update(copies, to)
    assert "disposable_domains: 3101 entries, 1 new, 0 gone" in again.stdout
    tools = json.loads(gzip.decompress((to / "remote_tools.json.gz").read_bytes()))
    assert tools[0] == ["T 000", ["tool.exe"], ["*.tool.example"], ["Tool Ltd"]]
    assert {entry["date"] for entry in json.loads((to / "index.json").read_text())} == {
        "2026-03-15"
    }


def test_a_list_that_is_suddenly_short_or_odd_is_not_taken_and_the_others_are(
    tmp_path: Path,
) -> None:
    to = tmp_path / "lists"
    to.mkdir()
    _update(_copies(tmp_path / "good"), to)
    kept = (to / "universities.json.gz").read_bytes()
    bad = _copies(tmp_path / "bad", universities=20)
    rmm = bad / "magicsword-io__LOLRMM" / "website" / "public" / "api" / "rmm_tools.json"
    rmm.write_text('[{"Title": "renamed"}]')
    told = _update(bad, to)
    assert told.returncode == 1
    assert "universities: kept as it was: it has 20 entries" in told.stderr
    assert "remote_tools: kept as it was: it does not have the shape" in told.stderr
    assert "disposable_domains: 3100 entries, 0 new, 0 gone" in told.stdout
    assert (to / "universities.json.gz").read_bytes() == kept
    assert len(json.loads((to / "index.json").read_text())) == 3


@pytest.mark.skipif("BONAFIDE_DATA" not in os.environ, reason="BONAFIDE_DATA is not set")
def test_the_script_takes_the_lists_as_their_projects_have_them(tmp_path: Path) -> None:
    assert _update(Path(os.environ["BONAFIDE_DATA"], "lists"), tmp_path).returncode == 0
