"""Fetching lists: what is whole is put in force as one, and the old stays where anything fails."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.lists.folder import ListsFolder
from tests.screening.lists.made import eu_export, un_list
from tests.service.conftest import Bonafide
from tests.service.lists.conftest import Publisher, Update
from verifiers.screening.lists import read_list


def _entries(folder: Path) -> int:
    """Of the UN's list that is in force."""
    kept = ListsFolder(folder)
    (un,) = (one for one in kept.kept() if one.name == "un")
    return len(kept.read(un).entries)


def test_a_list_is_fetched_and_told(folder: Path, update: Update, publisher: Publisher) -> None:
    publisher.publish(un_list(3))
    ran = update("--json")
    assert ran.status == 0, ran.err
    told = json.loads(ran.out)
    assert (told["name"], told["entries"], told["published_on"]) == ("un", 3, "2026-11-18")
    assert (told["age_days"], told["old"], told["problem"]) == (0, False, None)
    assert "q7f3secret" not in ran.out + ran.err + (folder / "un.json").read_text()
    assert _entries(folder) == 3
    assert len(read_list(folder)) == 1


def test_a_newer_list_takes_the_place_of_the_old(
    folder: Path, update: Update, publisher: Publisher
) -> None:
    for people in (3, 4):
        publisher.publish(un_list(people))
        assert update().status == 0
    assert _entries(folder) == 4
    assert len(list(folder.glob("un-*"))) == 1


def test_a_server_in_trouble_or_a_transfer_that_breaks_off_is_asked_again(
    folder: Path, update: Update, publisher: Publisher
) -> None:
    publisher.publish(500, (200, un_list(3), True), un_list(3))
    ran = update("--json")
    assert ran.status == 0, ran.err
    assert json.loads(ran.out)["entries"] == 3
    assert publisher.asked == 3
    assert _entries(folder) == 3


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (503, "answers 503"),
        (404, "answers 404"),
        ((200, un_list(4), True), "cannot be reached"),
        (un_list(4)[:-60], "is damaged or cut off"),
        ("<!doctype html><html>Sign in</html>", "is a web page, not a list"),
        ("", "is empty"),
        (eu_export(), "is the list EU, not UN Security Council"),
        (un_list(1), "it has 1 entries where the one before has 3"),
    ],
)
def test_the_old_list_stays_where_the_new_one_is_not_right(
    folder: Path,
    update: Update,
    publisher: Publisher,
    published: str | int | tuple[int, str, bool],
    told: str,
) -> None:
    publisher.publish(un_list(3))
    assert update().status == 0
    before = (folder / "un.json").read_bytes()
    publisher.publish(published)
    ran = update()
    assert ran.status == 2
    assert told in ran.err
    assert "It was not updated." in ran.err
    assert str(folder) not in ran.err
    assert "q7f3secret" not in ran.err
    assert (folder / "un.json").read_bytes() == before
    assert _entries(folder) == 3
    assert not list(folder.glob(".new-*"))


def test_a_list_that_really_shrank_is_taken_when_told_so(
    folder: Path, update: Update, publisher: Publisher
) -> None:
    for people in (3, 1):
        publisher.publish(un_list(people))
        assert update("--allow-smaller").status == 0
    assert _entries(folder) == 1


def test_an_answer_without_an_end_is_cut_off(
    folder: Path, publisher: Publisher, tmp_path: Path
) -> None:
    from service.lists.fetch import Unfetched, fetch

    publisher.publish(un_list(3))
    with pytest.raises(Unfetched, match="sends more than 100 bytes"):
        fetch(publisher.url, tmp_path / "list.xml", lambda _: None, largest=100)
    assert not folder.exists()


_STOPPED = """
import os, sys
from pathlib import Path
from service.lists.folder import ListsFolder
from service.lists.updating import add_list
real, left = Path.replace, [int(sys.argv[3])]
def replace(self, target):
    left[0] -= 1
    if left[0] < 0:
        os._exit(9)
    return real(self, target)
Path.replace = replace
add_list(Path(sys.argv[1]), ListsFolder(Path(sys.argv[2])))
"""


@pytest.mark.parametrize("renames", [0, 1, 2])
def test_a_machine_that_stops_before_the_swap_keeps_the_old_list(
    folder: Path, bonafide: Bonafide, tmp_path: Path, renames: int
) -> None:
    new = tmp_path / "consolidated.xml"
    new.write_text(un_list(3))
    assert bonafide("add", new).status == 0
    new.write_text(un_list(4))
    command = [sys.executable, "-c", _STOPPED, str(new), str(folder), str(renames)]
    assert subprocess.run(command, check=False).returncode == 9
    assert _entries(folder) == 3
    assert bonafide("status").status == 0
    assert bonafide("add", new).status == 0
    assert _entries(folder) == 4
    assert sorted(p.name for p in folder.iterdir() if p.is_dir()) == [
        next(one.folder for one in ListsFolder(folder).kept())
    ]


def test_lists_are_added_from_files_with_their_age(
    folder: Path, bonafide: Bonafide, tmp_path: Path
) -> None:
    row = '1,"DOE, Jane","individual","CYBER2",' + "-0- ," * 7 + '"DOB 1980."\n'
    (tmp_path / "sdn.csv").write_text(row)
    (tmp_path / "alt.csv").write_text('1,7,"aka","DOH, Jane",-0- \n')
    written = (datetime.now(UTC) - timedelta(days=9)).timestamp()
    os.utime(tmp_path / "sdn.csv", (written, written))
    ran = bonafide("add", tmp_path / "sdn.csv", tmp_path / "alt.csv")
    assert ran.status == 0, ran.err
    assert "ofac-sdn  1 entries  fetched 9 days ago" in ran.out
    (found,) = read_list(folder)
    assert [name.text for name in found.entries[0].names] == ["DOE, Jane", "DOH, Jane"]
    told = bonafide("status", "--json")
    answers = {one["name"]: one for one in map(json.loads, told.out.splitlines())}
    assert (answers["ofac-sdn"]["age_days"], answers["ofac-sdn"]["old"]) == (9, True)
    assert "older than 7 days" in told.err
    assert {name for name, one in answers.items() if not one["installed"]} == {
        "ofac-consolidated",
        "un",
        "eu",
    }


def test_a_list_that_was_changed_on_disk_is_told(
    folder: Path, bonafide: Bonafide, tmp_path: Path
) -> None:
    (tmp_path / "un.xml").write_text(un_list(3))
    bonafide("add", tmp_path / "un.xml")
    (kept,) = folder.glob("un-*/un.xml")
    kept.write_text(un_list(2))
    ran = bonafide("status")
    assert ran.status == 2
    assert "un: It is damaged: un.xml was changed since it was installed." in ran.err
    (folder / "un.json").write_text("{")
    assert "what is known of it cannot be read" in bonafide("status").err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["update", "nato"], "There is no list 'nato'. There are ofac-sdn"),
        (["update", "un", "--url", "nato=https://x.example"], "There is no list 'nato'"),
        (["update", "un", "--url", "un"], "needs an address that begins with https://"),
        (["add", "gone.csv"], "gone.csv: It was not added. gone.csv cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told(
    folder: Path, bonafide: Bonafide, arguments: list[str], told: str
) -> None:
    ran = bonafide(*arguments)
    assert ran.status == 2
    assert told in ran.err
    assert not list(folder.glob("*.json"))
