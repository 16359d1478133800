"""The printed zone as it is read from pictures: our specimens, and how they are photographed."""

import shutil
from datetime import date

import cv2
import numpy as np
import pytest

from models.document import MrzText
from models.finding import Region
from samples.holder import ANNA, MARTHA, Holder
from samples.mrz_lines import FORMATS, Format
from samples.photograph import photograph
from samples.specimen import Specimen
from samples.tampering import printed_birth_date
from tests.documents.known_documents import specimen, text_of
from tests.documents.print_readers import remembering
from verifiers.documents import print_reader
from verifiers.documents.agreement import compare_zones
from verifiers.documents.mrz import understand
from verifiers.documents.print_reader import OcrReader
from verifiers.documents.printed import PrintedZone, read_again, read_printed
from verifiers.names import Agreement
from verifiers.picture import Pixels

TODAY = date(2026, 6, 1)
FIELDS = (
    *("document_number", "surname", "given_names", "birth_date", "sex", "nationality"),
    "expiry_date",
)
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


def read(
    document: Specimen, pixels: Pixels | None = None, text: MrzText | None = None
) -> PrintedZone:
    """The printed zone, from a flat scan or from this picture of it."""
    if pixels is None:
        pixels = document.face_side.image
        text = text_of(document) if document.face_side is document.mrz_side else None
    return read_printed(pixels, text, remembering())


def agreed(
    document: Specimen, zone: PrintedZone, pixels: Pixels | None = None
) -> dict[str, Agreement]:
    image = document.face_side.image if pixels is None else pixels
    mrz = understand(document.mrz, today=TODAY)
    return {c.name: c.agreement for c in compare_zones(mrz, zone, lambda f: read_again(image, f))}


@pytest.mark.parametrize(
    ("holder", "format"), [*((ANNA, format) for format in FORMATS), (MARTHA, "TD3")]
)
def test_every_field_of_a_clean_specimen_is_read_at_its_label(
    holder: Holder, format: Format
) -> None:
    document = specimen(holder, format)
    zone = read(document)
    assert zone.problem is None
    for name in (*FIELDS, "issue_date"):
        field = zone.field(name)
        assert field is not None, name
        assert field.value == document.printed[name]
        assert field.confidence >= 0.8


@pytest.mark.parametrize(
    "shot",
    [
        {"tilt_degrees": 9.0, "keystone_degrees": 20.0},
        {"blur": 1.0, "jpeg_quality": 40},
        {"noise": 10.0},
    ],
    ids=str,
)
def test_an_honest_page_photographed_by_hand_agrees_in_all_that_support_asks_for(
    shot: dict[str, float],
) -> None:
    document = specimen()
    pixels, text = photographed(document, **shot)
    found = agreed(document, read(document, pixels, text), pixels)
    assert Agreement.DIFFERS not in found.values()
    for name in ("document_number", "surname", "given_names", "birth_date", "expiry_date"):
        assert found[name] is Agreement.AGREES, name


@needs_tesseract
@pytest.mark.parametrize("blur", [2.0, 3.5])
def test_blur_makes_honest_print_unknown_and_never_different(blur: float) -> None:
    document = specimen(MARTHA)
    pixels, text = photographed(document, blur=blur)
    found = agreed(document, read(document, pixels, text), pixels)
    assert Agreement.DIFFERS not in found.values()


@needs_tesseract
def test_one_altered_digit_of_a_birth_date_is_seen_on_a_photograph_by_hand() -> None:
    document = specimen(tampering=(printed_birth_date(date(1974, 8, 17)),))
    pixels, text = photographed(document, tilt_degrees=3, keystone_degrees=7, blur=0.6, noise=2)
    found = agreed(document, read(document, pixels, text), pixels)
    assert {name for name, a in found.items() if a is Agreement.DIFFERS} == {"birth_date"}


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_the_front_of_a_card_is_read_whichever_way_up_it_was_sent(quarters: int) -> None:
    document = specimen(ANNA, "TD1")
    turned = np.ascontiguousarray(np.rot90(document.face_side.image, quarters))
    found = agreed(document, read(document, turned), turned)
    assert set(found.values()) == {Agreement.AGREES}


def test_both_sides_of_a_card_in_one_picture_are_told_apart() -> None:
    document = specimen(ANNA, "TD1")
    front, back = document.face_side.image, document.mrz_side.image
    gap = np.full((60, front.shape[1], 3), 90, np.uint8)
    picture = np.vstack([np.rot90(front, 2), gap, back])
    down = front.shape[0] + gap.shape[0]
    text = text_of(document)
    moved = [(x, y + down) for x, y in text.region.corners]
    region = Region(corners=(moved[0], moved[1], moved[2], moved[3]))
    zone = read(document, picture, text.model_copy(update={"region": region}))
    assert set(agreed(document, zone, picture).values()) == {Agreement.AGREES}


def test_a_field_is_shown_where_it_stands_on_the_picture() -> None:
    document = specimen()
    pixels, text = photographed(document, tilt_degrees=9)
    field = read(document, pixels, text).field("birth_date")
    assert field is not None
    left, top, right, bottom = field.region.bounds
    shot = photograph(document.face_side.image, tilt_degrees=9)
    x, y = shot.corners_of(document.face_side.boxes["birth_date"]).mean(axis=0)
    assert left - 20 <= x <= right + 20
    assert top <= y <= bottom


def test_a_blank_page_above_a_zone_gives_a_reason_and_no_fields() -> None:
    document = specimen()
    blank = np.full_like(document.face_side.image, 200)
    zone = read(document, blank, text_of(document))
    assert zone.fields == ()
    assert "too little print" in (zone.problem or "")


def test_a_machine_without_the_models_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_reader, "find_spec", lambda _: None)
    document = specimen()
    zone = read_printed(document.face_side.image, text_of(document), OcrReader())
    assert "rapidocr" in (zone.problem or "")
    assert "not installed" in (zone.problem or "")


def test_reading_print_tells_nobody_what_it_read(capfd: pytest.CaptureFixture[str]) -> None:
    small = cv2.resize(specimen().face_side.image, None, fx=0.4, fy=0.4)
    read_printed(np.asarray(small, np.uint8), None, OcrReader())
    assert capfd.readouterr() == ("", "")


def test_a_machine_without_tesseract_confirms_no_difference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = specimen(tampering=(printed_birth_date(date(1984, 8, 12)),))
    zone = read(document)
    monkeypatch.setenv("PATH", "/nonexistent")
    assert agreed(document, zone)["birth_date"] is Agreement.UNKNOWN


def photographed(document: Specimen, **how: float) -> tuple[Pixels, MrzText]:
    """The specimen on a table, and its zone where the picture has it."""
    shot = photograph(document.face_side.image, **how)  # type: ignore[arg-type]
    corners = shot.corners_of(document.mrz_side.boxes["mrz"])
    quad = [(float(x), float(y)) for x, y in corners]
    region = Region(corners=(quad[0], quad[1], quad[2], quad[3]))
    return shot.image, text_of(document).model_copy(update={"region": region})
