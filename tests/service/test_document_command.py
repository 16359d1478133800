"""`bonafide document`: one object a document, its sides together, with its pictures if asked."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from samples.holder import ANNA
from samples.mrz_lines import Format
from samples.photograph import jpeg, photograph
from samples.portraits import identity_one
from samples.specimen import render
from tests.service.conftest import Bonafide, Ran

LONG = f"{'passport ' * 27}.jpg"
"""As long as a file's name may be, nearly: what is written of it must not be longer."""


def objects(ran: Ran) -> list[dict[str, Any]]:
    assert "Traceback" not in ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Photographs of Anna's passport with a ghost portrait and of both sides of her card."""
    folder = tmp_path_factory.mktemp("sent")

    def put(name: str, format: Format, side: int, tilt: float) -> None:
        image = render(ANNA, format, identity_one(), ghost=True).sides[side].image
        picture = photograph(image, tilt_degrees=tilt, keystone_degrees=6, blur=0.5, noise=2)
        (folder / name).write_bytes(jpeg(picture.image))

    put(LONG, "TD3", 0, 84)
    put("front.jpg", "TD1", 0, -3)
    put("back.jpg", "TD1", 1, 178)
    Image.new("RGB", (640, 480), "white").save(folder / "nothing.png")
    (folder / "empty.jpg").touch()
    return lambda name: folder / name


@pytest.fixture(scope="module")
def answers(
    bonafide: Bonafide, sent: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Ran, list[dict[str, Any]], Path]:
    """One run over all of them."""
    crops = tmp_path_factory.mktemp("out") / "crops"
    names = (LONG, "empty.jpg", "nothing.png", "back.jpg", "front.jpg")
    ran = bonafide("document", "--json", "--crops", crops, *(sent(name) for name in names))
    return ran, objects(ran), crops


def test_every_document_is_answered_once_and_an_unusable_file_is_said(
    answers: tuple[Ran, list[dict[str, Any]], Path], sent: Callable[[str], Path]
) -> None:
    ran, (passport, empty, nothing, card), _ = answers
    assert ran.status == 2
    formats = [answer["format"] for answer in (passport, empty, nothing, card)]
    assert formats == ["TD3", None, None, "TD1"]
    assert passport["file"] == str(sent(LONG))
    assert "0 bytes" in empty["problem"]
    assert nothing["problem"]
    assert nothing["portrait"]["problem"]
    assert {frozenset(answer) for answer in (passport, empty, nothing, card)} == {
        frozenset(passport)
    }


def test_both_zones_are_told_field_by_field_with_what_they_amount_to(
    answers: tuple[Ran, list[dict[str, Any]], Path],
) -> None:
    passport = answers[1][0]
    assert passport["valid"] is True
    assert passport["lines"][1].startswith("L898902C36UTO7408122F")
    birth = passport["fields"]["birth_date"]
    assert birth["zone"] == {"value": "1974-08-12", "status": "valid", "reason": None}
    assert birth["printed"]["text"] == "12 AUG 1974"
    assert len(birth["printed"]["region"]) == 4
    assert birth["agreement"]["status"] == "agrees"
    assert passport["fields"]["surname"]["zone"]["value"] == "ERIKSSON"
    assert "document.specimen" in {finding["code"] for finding in passport["findings"]}
    assert all(request["action"] for request in passport["requests"])


def test_a_back_and_the_front_that_follows_it_are_one_document_whatever_came_before(
    answers: tuple[Ran, list[dict[str, Any]], Path], sent: Callable[[str], Path]
) -> None:
    card = answers[1][3]
    assert card["sides"] == [
        {"file": str(sent("front.jpg")), "page": 1},
        {"file": str(sent("back.jpg")), "page": 1},
    ]
    assert card["fields"]["document_number"]["agreement"]["status"] == "agrees"
    assert card["portrait"]["quality"]["good"] is True


def test_portrait_and_ghost_are_told_and_written_for_their_owner_alone(
    answers: tuple[Ran, list[dict[str, Any]], Path],
) -> None:
    _, (passport, _, nothing, card), crops = answers
    assert passport["portrait"]["quality"]["inter_eye_distance"] > 60
    assert passport["ghost"]["distance"] < 0.45
    assert set(passport["crops"]) == {"portrait", "ghost", "zone"}
    assert nothing["crops"] == {}
    for name in (*passport["crops"].values(), *card["crops"].values()):
        file = crops / name
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        with Image.open(file) as picture:
            assert picture.format == "JPEG"
    with Image.open(crops / passport["crops"]["portrait"]) as portrait:
        assert portrait.height > portrait.width
    with Image.open(crops / passport["crops"]["zone"]) as zone:
        assert zone.width > 5 * zone.height


def test_without_json_a_person_reads_fields_portrait_and_what_is_asked(
    bonafide: Bonafide, sent: Callable[[str], Path]
) -> None:
    ran = bonafide("document", sent(LONG), sent("empty.jpg"))
    assert ran.status == 2
    assert "TD3, read surely" in ran.out
    assert "12 AUG 1974" in ran.out
    assert "pixels between the eyes" in ran.out
    assert "ask: " in ran.out
    assert "is empty (0 bytes)" in ran.out


def test_crops_go_into_a_folder_and_nothing_else(
    bonafide: Bonafide, sent: Callable[[str], Path]
) -> None:
    ran = bonafide("document", "--crops", sent("empty.jpg"), sent("empty.jpg"))
    assert ran.status == 2
    assert "is a file" in ran.err
    assert "Traceback" not in ran.err


def test_it_has_help_with_examples(bonafide: Bonafide) -> None:
    ran = bonafide("document", "--help")
    assert ran.status == 0
    assert "Example" in ran.out
    assert "--crops" in ran.out
