"""The document section of a report: people look at what differs, and at both portraits."""

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import numpy as np
import pytest
from PIL import Image

from models.context import Context
from models.finding import Region
from models.history import Claims, Identity
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from models.verification import Verification
from samples import tampering
from samples.holder import ANNA
from samples.portraits import identity_one, identity_two
from samples.specimen import Specimen, render
from service.report.documents import documents_shown
from service.report.figures import marked_picture
from service.report.named import pictures
from service.report.page import render as render_page
from service.report.portraits import portraits_shown
from service.report.shown import Shown
from tests.documents.known_documents import reader_of
from verifiers.decision import decide
from verifiers.documents.print_reader import ocr_reader
from verifiers.documents.reading import MrzReader
from verifiers.documents.sides import Sides, sides_of_each
from verifiers.documents.upright import quarter_turns
from verifiers.documents.verify import verify_documents
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import portraits_on
from verifiers.picture import Picture

CLAIMS = Claims(identity=Identity(full_name="Anna Eriksson", birth_date=date(1979, 8, 12)))
CONTEXT = Context(stage=Stage.INTERVIEW, today=date(2026, 6, 1))
FORGED = (tampering.printed_birth_date(date(1979, 8, 12)), tampering.wrong_check_digit())


def read(document: Specimen) -> tuple[Sides, ...]:
    """The document as its sides are known after reading; each side is a picture."""
    sent = [Picture(f"{side.name}.png", side.image) for side in document.sides]
    result = verify_documents(sent, CLAIMS, CONTEXT, True, reader_of(document), ocr_reader())
    return sides_of_each(sent, result.documents)


@pytest.fixture(scope="module")
def forged() -> tuple[Sides, ...]:
    """A passport whose print was altered, with another person's portrait and the old ghost."""
    alterations = (*FORGED, tampering.swapped_portrait(identity_two()))
    return read(render(ANNA, "TD3", identity_one(), ghost=True, tampering=alterations))


@pytest.fixture(scope="module")
def shown(forged: tuple[Sides, ...]) -> Shown:
    sent = [picture for sides in forged for picture in sides.pictures]
    pages = [page for sides in forged for page in sides.pages]
    return Shown(
        documents=documents_shown(forged, CLAIMS, CONTEXT),
        portraits=portraits_shown(forged, portraits_on(OnnxEngine(), sent, pages)),
    )


def page_of(shown: Shown) -> str:
    verification = Verification(
        id=UUID(int=1),
        stage=Stage.INTERVIEW,
        created_at=datetime(2026, 6, 1, tzinfo=UTC),
        software="bonafide",
        evidence=(),
        findings=(),
        verdict=decide((), DEFAULT_POLICY, Stage.INTERVIEW, claims_given=False),
    )
    return render_page(verification, shown)


def test_what_differs_is_cut_out_of_both_zones_and_what_agrees_is_not(shown: Shown) -> None:
    (document,) = shown.documents
    rows = {row.key: row for row in document.rows}
    birth = rows["birth_date"]
    assert (birth.mrz, birth.printed, birth.claimed) == ("1974-08-12", "12 AUG 1979", "1979-08-12")
    assert birth.tone == "bad"
    assert birth.mrz_picture
    assert birth.printed_picture
    assert rows["surname"].tone == "good"
    assert rows["surname"].mrz_picture is None
    assert rows["surname"].printed_picture is None
    assert rows["issue_date"].printed == "15 APR 2024"


def test_every_cut_out_has_a_name_to_fetch_it_by(shown: Shown) -> None:
    named = pictures(shown)
    assert list(named)[:4] == ["document-1", "portrait-1", "ghost-1", "zone-1"]
    assert {"field-1-birth_date-zone", "field-1-birth_date-print"} <= set(named)
    for caption, jpeg in named.values():
        assert caption
        with Image.open(BytesIO(jpeg)) as picture:
            assert picture.format == "JPEG"


def test_portrait_and_ghost_stand_side_by_side_with_what_they_say(shown: Shown) -> None:
    portrait = shown.portrait_of(0)
    assert portrait
    assert portrait.portrait
    assert portrait.ghost
    assert any("ghost portrait" in words for words in portrait.words)
    page = page_of(shown)
    assert portrait.portrait.uri in page
    assert portrait.ghost.uri in page


def test_the_page_shows_every_picture_and_no_word_twice_in_the_table(shown: Shown) -> None:
    page = page_of(shown)
    for _, (caption, _) in pictures(shown).items():
        assert caption in page
    assert page.count('<img class="cut"') == sum(
        bool(row.mrz_picture) + bool(row.printed_picture)
        for document in shown.documents
        for row in document.rows
    )


def test_a_card_is_one_document_with_its_front_first() -> None:
    (sides,) = read(render(ANNA, "TD1", identity_one(), dpi=200))
    (document,) = documents_shown((sides,), None, CONTEXT)
    assert [picture.caption for picture in document.pictures] == ["front.png", "back.png"]
    assert document.title == "Card (TD1) in front.png and back.png"
    front, back = document.pictures
    assert len(front.marks) >= 5
    assert [mark.label for mark in back.marks] == ["machine readable zone"]


def test_a_page_that_was_sent_lying_on_its_side_is_shown_upright() -> None:
    upright = render(ANNA, "TD3", identity_one(), dpi=200)
    turned = np.ascontiguousarray(np.rot90(upright.mrz_side.image, -1))
    sent = [Picture("turned.png", turned)]
    result = verify_documents(sent, CLAIMS, CONTEXT, True, MrzReader(), ocr_reader())
    (document,) = documents_shown(sides_of_each(sent, result.documents), CLAIMS, CONTEXT)
    (picture,) = document.pictures
    assert picture.width > picture.height
    (zone,) = [mark for mark in picture.marks if mark.label == "machine readable zone"]
    left, top, right, bottom = zone.region.bounds
    assert right - left > 5 * (bottom - top)
    assert top > turned.shape[1] / 2


def test_each_document_has_the_portrait_that_was_found_on_it(shown: Shown) -> None:
    (first,) = shown.portraits
    second = first.model_copy(update={"document": 1, "words": ("The second.",)})
    both = Shown(documents=(*shown.documents, *shown.documents), portraits=(first, second))
    assert both.portrait_of(1) == second
    assert "The second." in page_of(both)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_what_was_sent_turned_is_shown_upright_with_its_marks_in_place(quarters: int) -> None:
    sheet = np.full((300, 500, 3), 255, np.uint8)
    sheet[40:60, 100:200] = 0
    mark = Region.box(100, 40, 200, 60)
    for _ in range(quarters):  # As the sender turned it, clockwise.
        height = sheet.shape[0]
        sheet = np.ascontiguousarray(np.rot90(sheet, -1))
        corners = [(height - y, x) for x, y in mark.corners]
        mark = Region.model_validate({"corners": corners})
    turn = quarter_turns(mark)
    assert turn == quarters
    shown = marked_picture(sheet, "turned.png", [(mark, "", "bad")], quarters=turn)
    # A small picture is drawn large, its marks with it.
    assert (shown.width, shown.height) == (1000, 600)
    assert (shown.marks[0].region, shown.marks[0].scale) == (Region.box(100, 40, 200, 60), 2)
    with Image.open(BytesIO(shown.jpeg)) as picture:
        assert np.array(picture)[45:55, 110:190].mean() < 30


def test_reports_that_were_stored_before_still_open() -> None:
    old = {
        "documents": [
            {
                "title": "TD3",
                "pictures": [],
                "mrz": "P<UTO",
                "rows": [
                    {
                        "name": "sex",
                        "mrz": "F",
                        "printed": None,
                        "claimed": None,
                        "result": "read",
                        "tone": "good",
                        "reason": None,
                    }
                ],
            }
        ]
    }
    assert "P&lt;UTO" in page_of(Shown.model_validate(old))
