"""Where a page lies, told by its zone, and which pictures show one document."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from models.finding import Region
from samples.holder import ANNA
from samples.layout import LAYOUTS, Box
from samples.mrz_lines import FORMATS, Format
from samples.photograph import photograph
from tests.documents.known_documents import pictures, specimen, text_of
from verifiers.documents.evidence import DocumentRead
from verifiers.documents.mrz import understand
from verifiers.documents.print_lines import PrintLine, Sheet
from verifiers.documents.printed import PrintedZone
from verifiers.documents.reading import MrzReader
from verifiers.documents.sides import sides_of_each
from verifiers.documents.upright import front_of_card, page_of, quarter_turns
from verifiers.page import Page, inverse, through
from verifiers.picture import Picture


def off(page: Page, true: NDArray[np.float64], width: float, height: float) -> float:
    """How far the corners of the page are from where they truly are, millimetres at most."""
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    apart = [
        np.hypot(*np.subtract(through(page.to_picture, corner), place))
        for corner, place in zip(corners, true, strict=True)
    ]
    return float(max(apart)) / page.pixels_per_mm


def a_region(corners: NDArray[np.float64]) -> Region:
    return Region.model_validate({"corners": [tuple(map(float, corner)) for corner in corners]})


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("tilt", "keystone", "millimetres"), [(0, 0, 2), (100, 0, 2), (-30, 25, 21)]
)
def test_a_zone_tells_where_its_page_lies(
    format: Format, tilt: float, keystone: float, millimetres: float
) -> None:
    document = specimen(ANNA, format)
    photo = photograph(document.mrz_side.image, tilt_degrees=tilt, keystone_degrees=keystone)
    sent = Picture("page.png", photo.image)
    (text,) = MrzReader().read(sent.pixels).readings
    plan = LAYOUTS[format]
    height, width = document.mrz_side.image.shape[:2]
    true = photo.corners_of(Box(0, 0, width, height))
    assert off(page_of(sent, text), true, plan.width, plan.height) < millimetres


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_print_tells_how_to_turn_its_picture(quarters: int) -> None:
    (page,) = pictures(specimen())
    turned = np.ascontiguousarray(np.rot90(page.pixels, quarters))
    (text,) = MrzReader().read(turned).readings
    # What was turned anticlockwise is upright after the rest of the circle.
    assert quarter_turns(text.region) == (4 - quarters) % 4


@pytest.mark.parametrize("tilt", [0, 170])
def test_the_print_of_a_front_tells_where_it_lies(tilt: float) -> None:
    side = specimen(ANNA, "TD1").face_side
    photo = photograph(side.image, tilt_degrees=tilt)
    fields = [box for name, box in side.boxes.items() if name != "portrait"]
    title = Box(side.boxes["portrait"].left, 24, 160, 24)
    lines = [a_region(photo.corners_of(box)) for box in [*fields, title]]
    page = front_of_card(Picture("front.png", photo.image), lines)
    assert page
    whole = photo.corners_of(side.boxes["portrait"])
    for x, y in whole:
        column, row = through(inverse(page.to_picture), (float(x), float(y)))
        assert 0 <= column <= page.width
        assert 0 <= row <= page.height


def test_too_little_print_tells_nothing() -> None:
    (page, *_) = pictures(specimen())
    assert front_of_card(page, [Region.box(0, 0, 10, 2)] * 3) is None


def test_a_cards_two_pictures_are_one_document_and_a_third_is_another() -> None:
    card = specimen(ANNA, "TD1")
    front, back = pictures(card)
    text = text_of(card)
    other = replace(front, file="selfie.png")
    line = PrintLine("ERIKSSON", (1.0,) * 8, (0.5,) * 8, (0, 0, 8, 1), Region.box(0, 0, 80, 10))
    read = DocumentRead(
        picture=back,
        text=text,
        mrz=understand(text, today=ANNA.issue_date),
        printed=PrintedZone(sheets=(Sheet((line,)),)),
        printed_on=front,
        comparisons=(),
    )
    first, second = sides_of_each([other, front, back], [read])
    assert first.pictures == (front, back)
    assert first.read is read
    assert [page.picture for page in first.pages] == [back]
    assert (second.pictures, second.pages, second.read) == ((other,), (), None)
