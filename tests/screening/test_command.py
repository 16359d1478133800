"""`bonafide screen` at the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from service.cli import app

Screen = Callable[..., Result]
SDN = (
    '99001,"KIM, Se Un","individual","DPRK3",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 02 Apr 1977; Passport 654321098 (Korea, North)."\n'
    '99002,"KOREA SOBAEKSU TRADING COMPANY",-0- ,"DPRK3",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"Registration Number RK77812 (Korea, North)."\n'
)
"""As OFAC writes its rows; the details are made up."""


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A folder with a list in it."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "sdn.csv").write_text(SDN)
    (folder / "alt.csv").write_text('99001,1,"aka","KIM, Se-un",-0- \n')
    (folder / "add.csv").write_text('99001,1,-0- ,-0- ,"Korea, North",-0- \n')
    return folder


@pytest.fixture
def screen(lists: Path) -> Screen:
    """The command with those lists, in this process."""

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, ["screen", *map(str, arguments), "--lists", str(lists)])

    return run


def _lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("dob", ["1977", "1978-03", "1977-04-02"])
def test_a_name_and_a_birth_date_as_far_as_known_surface(screen: Screen, dob: str) -> None:
    """Year, month or day."""
    (told,) = _lines(screen("--name", "Kim Se-un", "--dob", dob, "--json"))
    (hit,) = told["hits"]
    assert hit["agrees_in"] == ["birth date"]
    assert hit["list"] == "OFAC SDN"


def test_by_name_alone_it_says_what_is_needed_and_shows_nothing(screen: Screen) -> None:
    """Nor how many there would be."""
    (told,) = _lines(screen("--name", "Kim Se Un", "--json"))
    assert told["hits"] == []
    assert "birth date" in told["problem"]
    assert "A name alone says nothing" in screen("--name", "Kim Se Un").stdout


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_told_and_no_crash(screen: Screen, name: str) -> None:
    result = screen("--name", name, "--dob", "1977")
    assert result.exit_code == 2
    assert "There is no name." in result.stderr
    assert "Traceback" not in result.output


def test_a_company_is_found_by_its_registration(screen: Screen) -> None:
    """With `--entity`."""
    (told,) = _lines(
        screen("--name", "Sobaeksu Trading Co.", "--entity", "--document", "RK-77812", "--json")
    )
    assert told["hits"][0]["agrees_in"] == ["registration number"]


def test_a_file_is_answered_row_by_row(screen: Screen, tmp_path: Path) -> None:
    """A row that cannot be used is told, and the others go on."""
    people = tmp_path / "people.csv"
    people.write_text(
        "Name,dob,kind\nKim Se Un,1977-04-02,\nAnna Example,1980,person\nAnna,1980-13,\n"
    )
    done = screen("--file", people, "--json")
    assert done.exit_code == 2
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [len(line["hits"]) for line in told] == [1, 0, 0]
    assert "YYYY" in told[2]["problem"]


def test_pairs_are_compared_a_line_each(screen: Screen, tmp_path: Path) -> None:
    """Further columns, whatever they say, are left."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("schema,name1,name2,is_match\nPerson,Bill Harper,William Harper,false\n")
    (told,) = _lines(screen("--pairs", pairs, "--json"))
    assert (told["name1"], told["name2"], told["match"]) == ("Bill Harper", "William Harper", True)
    assert 0.7 <= told["score"] <= 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "Give one of"),
        (("--name", "A", "--dob", "yesterday"), "YYYY"),
        (("--name", "A", "--dob", "2023-02-30"), "YYYY"),
        (("--name", "  "), "no name"),
        (("--name", "A", "--entity", "--dob", "1980"), "no birth date"),
    ],
)
def test_what_cannot_be_asked_is_told(screen: Screen, arguments: tuple[str, ...], why: str) -> None:
    """With status 2."""
    done = screen(*arguments)
    assert done.exit_code == 2
    assert why in done.output


def test_a_file_without_its_columns_is_told(screen: Screen, tmp_path: Path) -> None:
    """By their names."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("left_one,name2\na,b\n")
    done = screen("--pairs", pairs)
    assert done.exit_code == 2
    assert "no name1" in done.output
    pairs.write_bytes(b"name1,name2\n\xff\xfe,b\n")
    assert "UTF-8" in screen("--pairs", pairs).output


def test_without_lists_it_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty installation."""
    monkeypatch.setenv("BONAFIDE_LISTS", str(tmp_path / "none"))
    done = CliRunner().invoke(app, ["screen", "--name", "A B", "--dob", "1980"])
    assert done.exit_code == 2
    assert "bonafide lists update" in done.output
