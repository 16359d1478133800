"""Numbers and validity as findings: weak where a table may be old, none where reading is unsure."""

import csv
import os
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.context import Context
from models.document import MrzFormat, MrzText
from models.finding import Finding, Region, Status, Strength
from models.stage import Stage
from tests.documents.zones import TODAY, a_card, a_passport, read_unsurely
from verifiers.documents.evidence import DocumentRead
from verifiers.documents.formats.check import Looked, Outcome
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build
from verifiers.documents.mrz_fields import CHARACTERS
from verifiers.documents.print_fields import Labelled
from verifiers.documents.print_lines import PrintLine
from verifiers.documents.printed import PrintedZone
from verifiers.documents.rules_formats import formats, looked_for
from verifiers.picture import Picture

CONTEXT = Context(stage=Stage.INTERVIEW, today=TODAY)
UNREAD = PrintedZone(problem="not looked at")
A_DUTCH = {"issuing_state": "NLD", "personal_number": "999999990"}
A_CZECH = {"issuing_state": "CZE", "document_number": "99107384", "birth_date": "690622"}
ON_THE_PAGE = (40.0, 40.0, 400.0, 84.0)


def read(
    text: MrzText, printed: PrintedZone = UNREAD, shown: str = "", sheet: int = 120
) -> DocumentRead:
    """A document as it was read; `shown` is what a second reader finds at the day of issue."""
    pixels = np.full((sheet, 480, 3), 255, np.uint8)
    place = (int(ON_THE_PAGE[0]) + 6, int(ON_THE_PAGE[3]) - 10)
    cv2.putText(pixels, shown, place, cv2.FONT_HERSHEY_DUPLEX, 1.1, (0, 0, 0), 2, cv2.LINE_AA)
    picture = Picture(file="page.png", pixels=pixels)
    mrz = understand(text, today=TODAY)
    return DocumentRead(picture, text, mrz, printed, picture, ())


def judged(*unsure: tuple[int, int], **fields: str) -> dict[str, Finding]:
    """The findings on a passport, by code."""
    lines = build(MrzFormat.TD3, a_passport(**fields))
    return {f.code: f for f in formats(read(read_unsurely(lines, *unsure)), CONTEXT)}


def issued(*texts: str, sure: float = 0.95) -> PrintedZone:
    """Print with a day of issue at its label, or several."""
    lines = [
        PrintLine(text, (sure,) * len(text), tuple(np.linspace(0, 1, len(text))), ON_THE_PAGE,
                  Region.box(*ON_THE_PAGE))
        for text in texts
    ]  # fmt: skip
    return PrintedZone(labelled=tuple(Labelled("issue_date", line, (line,)) for line in lines))


def on_validity(printed: PrintedZone, shown: str = "", **fields: str) -> list[Finding]:
    """The findings on a British passport with this print."""
    british = {"issuing_state": "GBR", "document_number": "707797979", "nationality": "GBR"}
    lines = build(MrzFormat.TD3, a_passport(**(british | fields)))
    return list(formats(read(read_unsurely(lines), printed, shown), CONTEXT))


def test_a_document_in_order_gives_no_finding() -> None:
    for fields in (
        {"issuing_state": "NLD"},
        A_DUTCH,
        A_CZECH | {"personal_number": "6956220612"},
        {"issuing_state": "GBR", "document_number": "707797979"},
        {"issuing_state": "UZB", "personal_number": "12345678901234"},
        {"issuing_state": "GBR", "document_code": "PD", "document_number": "A1"},
    ):
        assert judged(**fields) == {}


def test_a_number_of_no_known_series_contradicts_weakly_and_asks_nothing() -> None:
    (finding,) = judged(issuing_state="GBR", document_number="7077979AB").values()
    assert (finding.code, finding.status) == ("document.format.number", Status.CONTRADICTS)
    assert finding.strength is Strength.WEAK
    assert finding.question is None
    assert "7077979AB is not of the pattern nnnnnnnnn" in finding.for_recruiter
    assert "new series" in (finding.innocent_explanation or "")


def test_a_personal_number_against_its_published_rule_contradicts_moderately() -> None:
    (finding,) = judged(**A_DUTCH | {"personal_number": "999999991"}).values()
    assert finding.code == "document.format.personal_number"
    assert finding.strength is Strength.MODERATE
    assert "999999991 does not fit the check digit within it as BSN" in finding.for_recruiter
    assert finding.question


def test_where_only_documents_tell_of_a_number_it_contradicts_weakly() -> None:
    turkish = {"issuing_state": "TUR", "personal_number": "10000000147"}
    (finding,) = judged(**turkish).values()
    assert (finding.code, finding.strength) == ("document.format.personal_number", Strength.WEAK)
    assert judged(**turkish | {"personal_number": "10000000146"}) == {}


def test_another_birth_date_in_the_number_contradicts_moderately_and_shows_both() -> None:
    (finding,) = judged(
        **A_CZECH | {"birth_date": "790622", "personal_number": "6956220612"}
    ).values()
    assert finding.code == "document.format.birth_date_in_number"
    assert finding.strength is Strength.MODERATE
    assert [seen.what for seen in finding.seen] == [
        "personal number, machine readable zone",
        "birth date, machine readable zone",
    ]


def test_a_neighbouring_day_in_a_swedish_number_is_weak_and_says_why() -> None:
    swedish = {
        "issuing_state": "SWE",
        "personal_number": "198112189876",
        "birth_date": "811219",
        "expiry_date": "300309",
    }
    (finding,) = judged(**swedish).values()
    assert (finding.code, finding.strength) == (
        "document.format.birth_date_in_number",
        Strength.WEAK,
    )
    assert "a neighbouring day's are given" in (finding.innocent_explanation or "")


@pytest.mark.parametrize("sex", ["F", "M", "<", "X"])
def test_sex_is_never_held_against_a_number(sex: str) -> None:
    """6956220612 was given to a woman."""
    assert judged(**A_CZECH | {"personal_number": "6956220612", "sex": sex}) == {}


def test_what_was_not_read_surely_gives_no_finding() -> None:
    odd = A_CZECH | {"personal_number": "6956220613", "birth_date": "790622"}
    assert set(judged(**odd)) == {
        "document.format.personal_number",
        "document.format.birth_date_in_number",
    }
    assert judged((1, 30), **odd) == {}
    assert judged((0, 3), **odd) == {}
    assert judged((1, 2), issuing_state="GBR", document_number="7077979AB") == {}


def test_the_invented_numbers_of_specimens_give_no_finding() -> None:
    finnish = {
        "issuing_state": "FIN",
        "personal_number": "211271<426U",
        "birth_date": "711221",
        "expiry_date": "300309",
    }
    assert judged(**finnish, document_number="XP8271602") == {}
    assert set(judged(**finnish, document_number="XP8271603")) == {
        "document.format.personal_number"
    }


def test_a_passport_that_is_valid_for_too_long_contradicts_weakly_and_shows_the_day_of_issue() -> (
    None
):
    (finding,) = on_validity(issued("09.03.2020"), "09.03.2020", expiry_date="340309")
    assert (finding.code, finding.strength) == ("document.format.validity", Strength.WEAK)
    assert "issued on 2020-03-09, it would expire by 2030-03-09" in finding.for_recruiter
    assert [seen.what for seen in finding.seen] == [
        "expiry date, machine readable zone",
        "issue date, printed",
    ]
    assert on_validity(issued("09.03.2024"), "09.03.2024", expiry_date="340309") == []


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (issued("09.03.2020"), "09.03.2025"),  # the second reader reads another day
        (issued("09.03.2020"), ""),
        (issued("09.03.2020", sure=0.5), "09.03.2020"),
        (issued("09.03.2020", "09.03.2021"), "09.03.2020"),  # two labels
        (issued("10.03.1965"), "10.03.1965"),  # the day of birth, at a label that is not its own
        (issued("PASSPORT OFFICE"), "PASSPORT OFFICE"),
        (UNREAD, ""),
    ],
)
def test_a_day_of_issue_that_was_not_surely_read_holds_nothing(
    printed: PrintedZone, shown: str
) -> None:
    assert on_validity(printed, shown, expiry_date="340309") == []


def test_an_expiry_that_no_law_allows_yet_contradicts_without_a_day_of_issue() -> None:
    (finding,) = on_validity(UNREAD, expiry_date="390101")
    assert finding.code == "document.format.validity"
    assert "were it issued today" in finding.for_recruiter


def test_all_that_was_looked_for_is_listed_with_its_source() -> None:
    lines = build(MrzFormat.TD3, a_passport(**A_DUTCH))
    listed = {r.looked: r for r in looked_for(read(read_unsurely(lines)), CONTEXT)}
    assert set(listed) == {Looked.NUMBER, Looked.PERSONAL_NUMBER, Looked.VALIDITY}
    assert {r.outcome for r in listed.values()} == {Outcome.AGREES}
    assert all(r.row is not None and r.row.source for r in listed.values())
    card = build(MrzFormat.TD1, a_card(issuing_state="UZB"))
    listed = {r.looked: r for r in looked_for(read(read_unsurely(card)), CONTEXT)}
    assert {r.outcome for r in listed.values()} == {Outcome.NO_RULE}


def test_the_day_of_issue_that_leaves_most_time_is_taken_where_print_means_several() -> None:
    """04/03 is the fourth of March or the third of April."""
    lines = build(
        MrzFormat.TD3,
        a_passport(issuing_state="GBR", document_number="707797979", expiry_date="300403"),
    )
    document = read(read_unsurely(lines), issued("04/03/2020"))
    found = {r.looked: r for r in looked_for(document, CONTEXT)}[Looked.VALIDITY]
    assert found.outcome is Outcome.AGREES
    assert str(date(2020, 4, 3)) in found.explanation


@pytest.mark.skipif("BONAFIDE_DATA" not in os.environ, reason="BONAFIDE_DATA is not set")
def test_no_labelled_document_is_called_odd() -> None:
    """Issuers give their specimens personal numbers that nobody can have: those are specimens."""
    table = Path(os.environ["BONAFIDE_DATA"]) / "documents" / "labels.csv"
    agreeing = 0
    with table.open(newline="") as file:
        zones = [tuple(row["mrz"].split("\n")) for row in csv.DictReader(file) if row["mrz"]]
    for lines in zones:
        if set("".join(lines)) <= set(CHARACTERS):
            document = read(read_unsurely(lines))
            assert list(formats(document, CONTEXT)) == [], lines
            found = looked_for(document, CONTEXT)
            agreeing += sum(result.outcome is Outcome.AGREES for result in found)
    assert agreeing > 20
