"""`bonafide barcode`: one object a barcode, from pictures and from the bare text."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from samples.licence import barcode_picture, render_licence
from samples.licence_payload import ANNA_DRIVES, payload
from samples.photograph import jpeg, photograph
from samples.portraits import identity_one
from tests.service.conftest import Bonafide, Ran


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files that somebody sent."""
    folder = tmp_path_factory.mktemp("sent")
    back = render_licence(ANNA_DRIVES, identity_one()).back
    picture = photograph(back, tilt_degrees=12, noise=2).image
    (folder / "back.jpg").write_bytes(jpeg(picture))
    (folder / "wrong.txt").write_text(payload(ANNA_DRIVES).replace("DL0041", "DL0048"), "latin-1")
    (folder / "half.txt").write_text("@\n\x1e\rANSI 636000100102DL00310020DLDCSSAMPLE\r")
    together = "".join(c for c in payload(ANNA_DRIVES) if c.isprintable())
    (folder / "together.txt").write_text(together)
    (folder / "letter.txt").write_text("Dear Anna,\nthe barcode is on the back.\n")
    Image.fromarray(barcode_picture("A TICKET", columns=3)).save(folder / "ticket.png")
    micro = zxingcpp.create_barcode("A PARCEL", zxingcpp.BarcodeFormat.MicroPDF417)
    Image.fromarray(np.asarray(micro.to_image(scale=4))).save(folder / "parcel.png")
    Image.new("RGB", (640, 480), "white").save(folder / "nothing.png")
    (folder / "empty.jpg").touch()
    return folder


NAMES = (
    *("back.jpg", "wrong.txt", "half.txt", "letter.txt", "ticket.png", "nothing.png"),
    *("parcel.png", "together.txt", "empty.jpg"),
)


@pytest.fixture(scope="module")
def ran(bonafide: Bonafide, sent: Path) -> Ran:
    return bonafide("barcode", "--json", *(sent / name for name in NAMES))


@pytest.fixture(scope="module")
def answers(ran: Ran, sent: Path) -> dict[str, dict[str, Any]]:
    """By the name of the file."""
    assert "Traceback" not in ran.err
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["file"] for answer in answers] == [str(sent / name) for name in NAMES]
    return dict(zip(NAMES, answers, strict=True))


def test_every_file_is_answered_in_one_shape_and_unusable_ones_are_said(
    ran: Ran, answers: dict[str, dict[str, Any]]
) -> None:
    assert ran.status == 2
    assert len({frozenset(answer) for answer in answers.values()}) == 1
    assert "0 bytes" in answers["empty.jpg"]["problem"]


def test_a_licence_on_a_picture_is_told_field_by_field(answers: dict[str, dict[str, Any]]) -> None:
    answer = answers["back.jpg"]
    assert (answer["valid"], answer["problem"], answer["page"]) == (True, None, 1)
    assert answer["symbology"] == "PDF417"
    assert len(answer["region"]) == 4
    assert answer["text"] == payload(ANNA_DRIVES)
    fields = answer["fields"]
    assert fields["family_name"] == "ERIKSSON"
    assert fields["given_names"] == "ANNA MARIA"
    assert fields["birth_date"] == "1974-08-12"
    assert fields["number"] == "X4471209"
    assert fields["expiry_date"] == "2032-08-12"
    assert fields["jurisdiction"] == "XX"
    assert fields["address"] == "12 HARBOUR STREET, EXAMPLETON, XX 00501"
    birth = next(e for e in answer["elements"] if e["id"] == "DBB")
    assert answer["text"][birth["start"] : birth["end"]] == "08121974"
    assert answer["anomalies"] == []
    assert answer["guesses"] == {}


def test_a_value_that_nothing_separates_from_the_next_is_said_to_be_a_guess(
    answers: dict[str, dict[str, Any]],
) -> None:
    answer = answers["together.txt"]
    assert answer["valid"] is True
    assert answer["fields"]["family_name"] == "ERIKSSON"
    assert "a guess" in answer["guesses"]["family_name"]
    assert "birth_date" not in answer["guesses"]
    guessed = {element["id"]: element["guessed"] for element in answer["elements"]}
    assert (guessed["DCS"], guessed["DBB"]) == (True, False)


def test_a_payload_as_text_is_read_and_its_anomalies_told(
    answers: dict[str, dict[str, Any]],
) -> None:
    answer = answers["wrong.txt"]
    assert answer["valid"] is True
    assert (answer["page"], answer["region"]) == (None, None)
    (anomaly,) = answer["anomalies"]
    assert anomaly["kind"] == "offset"
    assert "not at 48" in anomaly["told"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("half.txt", "no birth date and no number"),
        ("letter.txt", "no driver licence"),
        ("ticket.png", "no driver licence"),
        ("nothing.png", "No PDF417"),
        ("parcel.png", "a MicroPDF417 is read as text only"),
    ],
)
def test_what_is_no_whole_licence_is_not_valid_and_says_why(
    answers: dict[str, dict[str, Any]], name: str, why: str
) -> None:
    assert answers[name]["valid"] is False
    assert why in answers[name]["problem"]


def test_without_json_a_person_can_read_it(bonafide: Bonafide, sent: Path) -> None:
    ran = bonafide("barcode", sent / "wrong.txt", sent / "ticket.png", sent / "together.txt")
    assert ran.status == 0
    assert "family name: ERIKSSON\n" in ran.out
    assert "family name: ERIKSSON (a guess: " in ran.out
    assert "odd: subfile DL begins at 41, not at 48" in ran.out
    assert "A TICKET" in ran.out
