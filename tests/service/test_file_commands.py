"""The commands over many files: one object a line, whatever the file."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.service.conftest import Bonafide, Demo, Ran


def _objects(ran: Ran) -> list[dict[str, Any]]:
    assert "Traceback" not in ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    """A picture of nothing."""
    path = tmp_path / "nothing.png"
    Image.new("RGB", (640, 480), "white").save(path)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A file of no bytes."""
    path = tmp_path / "empty.jpg"
    path.touch()
    return path


def test_mrz_answers_for_every_file_and_says_that_one_was_unusable(
    bonafide: Bonafide, demo: Demo, nothing: Path, empty: Path
) -> None:
    passport = demo.sample("genuine", "document.jpg")
    ran = bonafide("mrz", "--json", empty, passport, nothing)
    assert ran.status == 2
    first, second, third = _objects(ran)
    assert [answer["file"] for answer in (first, second, third)] == [
        str(empty),
        str(passport),
        str(nothing),
    ]
    assert (first["lines"], first["valid"]) == ([], False)
    assert "0 bytes" in first["problem"]
    assert second["format"] == "TD3"
    assert second["lines"][1] == "L898902C36UTO7408122F3404148ZE184226B<<<<<12"
    assert second["valid"] is True
    assert second["problem"] is None
    assert second["fields"]["birth_date"]["value"] == "1974-08-12"
    assert (third["format"], third["lines"], third["valid"]) == (None, [], False)
    assert third["problem"]


def test_a_clearly_printed_wrong_check_digit_is_reported_not_repaired(
    bonafide: Bonafide, demo: Demo
) -> None:
    ran = bonafide("mrz", "--json", demo.sample("altered_document", "document.jpg"))
    assert ran.status == 0
    (answer,) = _objects(ran)
    assert answer["valid"] is True
    digit = answer["fields"]["birth_date_check_digit"]
    assert digit["status"] == "invalid"
    assert digit["reason"]


def test_compare_gives_distance_band_and_quality(
    bonafide: Bonafide, demo: Demo, nothing: Path
) -> None:
    passport = demo.sample("genuine", "document.jpg")
    card = demo.sample("identity_card", "document_front.jpg")
    same, none = _objects(bonafide("compare", "--json", passport, card, nothing))
    assert same["band"] == "strong"
    assert same["distance"] < 0.2
    assert same["quality"]["good"] is True
    assert same["problem"] is None
    assert (none["distance"], none["band"]) == (None, "unknown")
    assert "face" in none["problem"]


def test_a_portrait_that_cannot_be_used_is_said(bonafide: Bonafide, empty: Path) -> None:
    ran = bonafide("compare", empty, empty)
    assert ran.status == 2
    assert "0 bytes" in ran.err


def test_liveness_tells_a_head_from_a_picture_and_from_a_photograph(
    bonafide: Bonafide, demo: Demo
) -> None:
    ran = bonafide(
        "liveness",
        "--json",
        demo.sample("genuine", "footage.mp4"),
        demo.sample("flat_picture", "footage.mp4"),
        demo.sample("genuine", "document.jpg"),
    )
    assert ran.status == 0
    head, flat, photograph = _objects(ran)
    assert head["status"] == "supports"
    assert flat["status"] == "contradicts"
    assert photograph["status"] == "unknown"
    assert photograph["findings"]
    judged = {one["aspect"]: one["judged"] for one in head["judged"]}
    assert judged == {"challenge": False, "depth": True, "motion": True, "camera": False}


def test_a_recording_that_does_not_answer_the_challenge_is_asked_for_again(
    bonafide: Bonafide, demo: Demo, tmp_path: Path
) -> None:
    asked, footage = tmp_path / "asked.json", demo.sample("genuine", "footage.mp4")
    assert bonafide("challenge", "new", "--out", asked).status == 0
    ran = bonafide("liveness", "--json", "--challenge", asked, footage)
    (told,) = _objects(ran)
    assert told["status"] == "unknown"
    assert [one["supports"] for one in told["challenges"]] == [False]
    assert "ends after 6 of" in told["findings"][0]["for_recruiter"]


def test_what_is_no_challenge_is_said_with_what_would_be_one(
    bonafide: Bonafide, empty: Path
) -> None:
    ran = bonafide("liveness", "--challenge", empty, empty)
    assert ran.status == 2
    assert "bonafide challenge new --out FILE" in ran.err


def test_with_neither_head_nor_light_the_command_says_what_else_there_is(
    bonafide: Bonafide,
) -> None:
    ran = bonafide("challenge", "new", "--without", "head", "--without", "light")
    assert ran.status == 2
    assert "in person" in ran.err


@pytest.mark.parametrize(
    "command", ["verify", "demo", "mrz", "faces", "compare", "liveness", "serve"]
)
def test_every_command_has_help_with_an_example(bonafide: Bonafide, command: str) -> None:
    ran = bonafide(command, "--help")
    assert ran.status == 0
    assert "Example" in ran.out


def test_without_json_the_answers_are_plain_lines(bonafide: Bonafide, empty: Path) -> None:
    ran = bonafide("mrz", empty)
    assert ran.status == 2
    assert "is empty (0 bytes)" in ran.out
