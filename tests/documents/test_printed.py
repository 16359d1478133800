"""The printed zone of our own specimens, read and held against the machine readable zone."""

import shutil
from datetime import date

import cv2
import numpy as np
import pytest

from models.document import MrzFormat, MrzText, PrintedField
from models.finding import Region
from samples import layout as drawn
from samples.holder import ANNA, MARTHA, Holder
from samples.mrz_lines import FORMATS, Format
from samples.specimen import Specimen
from tests.documents.known_documents import specimen, text_of
from verifiers.documents import specimen_layout
from verifiers.documents.agreement import FieldAgreement, compare_zones
from verifiers.documents.dates import printed_date
from verifiers.documents.mrz import understand
from verifiers.documents.names import Agreement
from verifiers.documents.printed import PrintedZone, read_again, read_printed
from verifiers.picture import Pixels

TODAY = date(2026, 6, 1)
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


def read(document: Specimen, pixels: Pixels | None = None) -> PrintedZone:
    """The printed zone, from a flat scan or from this picture of it."""
    text = None if document.format == "TD1" else text_of(document)
    image = document.face_side.image if pixels is None else pixels
    return read_printed(image, understand(document.mrz, today=TODAY), text)


def compared(document: Specimen, zone: PrintedZone) -> dict[str, FieldAgreement]:
    mrz = understand(document.mrz, today=TODAY)
    image = document.face_side.image
    found = compare_zones(mrz, zone, lambda field: read_again(image, field))
    return {field.name: field for field in found}


def zone_of(**values: str) -> PrintedZone:
    """A printed zone that was read with full confidence."""
    return PrintedZone(
        fields=tuple(
            PrintedField(
                name=name, value=value, text=value, confidence=0.95, region=Region.box(0, 0, 9, 9)
            )
            for name, value in values.items()
        )
    )


@pytest.mark.parametrize("format", FORMATS)
def test_the_table_of_places_is_that_by_which_specimens_are_drawn(format: Format) -> None:
    ours, theirs = specimen_layout.LAYOUTS[MrzFormat(format)], drawn.LAYOUTS[format]
    assert (ours.width, ours.height) == (theirs.width, theirs.height)
    assert ours.label_height == theirs.label_height
    assert set(ours.fields) == set(theirs.fields)
    for name, box in theirs.fields.items():
        assert ours.fields[name] == pytest.approx(tuple(box), abs=0.011), name
    for name, first_word in specimen_layout.LABELS.items():
        assert drawn.LABELS[name].split()[0] == first_word
    if ours.mrz is not None:
        rows, columns = MrzFormat(format).shape
        assert ours.mrz == pytest.approx(tuple(drawn.mrz_box(theirs, rows, columns)), abs=0.01)


@needs_tesseract
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("holder", [ANNA, MARTHA], ids=["Anna", "Martha"])
def test_every_field_of_a_clean_specimen_is_read_as_printed(holder: Holder, format: Format) -> None:
    document = specimen(holder, format)
    zone = read(document)
    assert zone.problem is None
    for name in ("document_number", "surname", "given_names", "birth_date", "sex", "expiry_date"):
        field = zone.field(name)
        assert field is not None, name
        assert field.value == document.printed[name]
        assert field.confidence >= 0.8


@needs_tesseract
@pytest.mark.parametrize("format", ["TD3", "TD2"])
def test_a_page_seen_at_an_angle_is_read_all_the_same(format: Format) -> None:
    document = specimen(ANNA, format)
    pixels, text = photographed(document)
    zone = read_printed(pixels, understand(text, today=TODAY), text)
    agreed = compare_zones(understand(text, today=TODAY), zone, lambda f: read_again(pixels, f))
    assert {c.agreement for c in agreed} == {Agreement.AGREES}


@needs_tesseract
def test_a_blank_page_above_a_zone_gives_a_reason_and_no_difference() -> None:
    document = specimen()
    blank = np.full_like(document.face_side.image, 200)
    zone = read(document, blank)
    assert zone.fields == ()
    assert "blurred" in (zone.problem or "")


def test_the_layout_of_a_real_issuer_is_not_known() -> None:
    document = specimen()
    lines = tuple(line.replace("UTO", "NLD") for line in document.mrz)
    mrz = understand(lines, today=TODAY)
    zone = read_printed(document.face_side.image, mrz, text_of(document, lines=lines))
    assert zone.problem == "the layout of this issuer's document is not known yet"


def test_a_machine_without_tesseract_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert "not installed" in (read(specimen()).problem or "")


def test_a_field_that_was_not_read_is_unknown() -> None:
    assert compared(specimen(), PrintedZone())["surname"].agreement is Agreement.UNKNOWN


def test_a_value_read_with_little_confidence_never_contradicts() -> None:
    document = specimen()
    field = zone_of(birth_date="13 AUG 1974").fields[0].model_copy(update={"confidence": 0.7})
    mrz = understand(document.mrz, today=TODAY)
    agreed = compare_zones(mrz, PrintedZone(fields=(field,)), lambda _: "13 AUG 1974")
    assert {c.agreement for c in agreed} == {Agreement.UNKNOWN}


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("13 AUG 1974", Agreement.DIFFERS),
        ("12 AUG 1974", Agreement.UNKNOWN),
        ("", Agreement.UNKNOWN),
    ],
)
def test_a_value_contradicts_only_where_a_second_reading_says_so_too(
    again: str, expected: Agreement
) -> None:
    mrz = understand(specimen().mrz, today=TODAY)
    agreed = compare_zones(mrz, zone_of(birth_date="13 AUG 1974"), lambda _: again)
    assert next(c for c in agreed if c.name == "birth_date").agreement is expected


def test_a_doubt_of_the_first_reading_is_cleared_by_the_second() -> None:
    mrz = understand(specimen().mrz, today=TODAY)
    agreed = compare_zones(mrz, zone_of(sex="FF"), lambda _: "F")
    assert next(c for c in agreed if c.name == "sex").agreement is Agreement.AGREES


@needs_tesseract
def test_blur_that_takes_the_labels_leaves_the_values() -> None:
    document = specimen()
    soft = cv2.GaussianBlur(document.face_side.image, (0, 0), 1.0)
    found = compared(document, read(document, np.asarray(soft, dtype=np.uint8)))
    assert {c.agreement for c in found.values()} == {Agreement.AGREES}


@needs_tesseract
@pytest.mark.parametrize("sigma", [1.5, 2.0, 3.0])
def test_blur_makes_honest_print_unknown_and_never_different(sigma: float) -> None:
    document = specimen(MARTHA)
    soft = cv2.GaussianBlur(document.face_side.image, (0, 0), sigma)
    found = compared(document, read(document, np.asarray(soft, dtype=np.uint8)))
    assert Agreement.DIFFERS not in {c.agreement for c in found.values()}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("L898902C3", Agreement.AGREES),
        ("L89890 2C3", Agreement.AGREES),
        ("LB98902C3", Agreement.UNKNOWN),  # 8 read as B
        ("L8989O2C3", Agreement.UNKNOWN),  # 0 read as O
        ("L898902C", Agreement.UNKNOWN),  # the last character lost
        ("L898902C7", Agreement.DIFFERS),
        ("K112233A4", Agreement.DIFFERS),
    ],
)
def test_a_number_differs_only_beyond_look_alikes(number: str, expected: Agreement) -> None:
    mrz = understand(specimen().mrz, today=TODAY)
    agreed = compare_zones(mrz, zone_of(document_number=number), lambda _: number)
    assert next(c for c in agreed if c.name == "document_number").agreement is expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 AUG 1974", date(1974, 8, 12)),
        ("12 AUG/AOUT 1974", date(1974, 8, 12)),
        ("12 August 1974", date(1974, 8, 12)),
        ("12.08.1974", date(1974, 8, 12)),
        ("1974-08-12", date(1974, 8, 12)),
        ("12 ‘AUG 1974", date(1974, 8, 12)),  # a speck, read as a quotation mark
        ("04/05/1974", None),  # which of them is the month?
        ("31 FEB 1974", None),
        ("12 AUC 1974", None),
    ],
)
def test_printed_dates_are_read_only_where_they_can_mean_one_day(
    text: str, day: date | None
) -> None:
    assert printed_date(text) == day


def photographed(document: Specimen) -> tuple[Pixels, MrzText]:
    """The specimen on a table, seen from the side; its zone where the picture has it."""
    image = document.face_side.image
    height, width = image.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    moved = flat + 120 + np.array([[70, 15], [-40, 0], [0, 40], [0, 0]], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(flat, moved.astype(np.float32))
    size = width + 240, height + 240
    picture = cv2.warpPerspective(image, turn, size, borderValue=(90, 80, 70))
    text = text_of(document)
    corners = np.array([text.region.corners], dtype=np.float32)
    quad = [(float(x), float(y)) for x, y in cv2.perspectiveTransform(corners, turn)[0]]
    region = Region(corners=(quad[0], quad[1], quad[2], quad[3]))
    return np.asarray(picture, dtype=np.uint8), text.model_copy(update={"region": region})
