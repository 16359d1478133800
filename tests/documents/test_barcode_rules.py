"""Licences in, findings out: each fraud case beside its benign look-alike."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from models.barcode import BarcodeText, Symbology
from models.context import Context
from models.document import PrintedField
from models.finding import Finding, Region, Status, Strength
from models.history import Claims, Identity
from models.stage import Stage
from samples import licence_tampering as tampering
from samples.licence import render_licence
from samples.licence_payload import ANNA_DRIVES, Cardholder, assembled, elements, payload
from samples.licence_tampering import LicenceTampering
from samples.photograph import photograph
from samples.portraits import identity_one
from tests.documents.print_readers import remembering
from tests.documents.print_sheets import page
from verifiers.documents import rules_barcode_print
from verifiers.documents.aamva import understand_licence
from verifiers.documents.barcode_front import compare_print, strangers
from verifiers.documents.barcode_verify import LicenceResult, find_licences, verify_licences
from verifiers.documents.printed import NO_FRONT, PrintedZone, read_printed
from verifiers.documents.rules_several import bearers, several
from verifiers.names import Agreement
from verifiers.picture import Picture

TODAY = date(2026, 6, 1)
ANNAS_CLAIMS = Claims(
    identity=Identity(
        full_name="Anna Maria Eriksson", birth_date=date(1974, 8, 12), document_number="X4471209"
    )
)
OTHER = Cardholder(
    family="LINDQVIST",
    first="BIRGITTA",
    middle="",
    number="K1122334",
    birth_date=date(1991, 2, 3),
    expiry=date(2030, 2, 3),
)
BACK = Picture("back.jpg", photograph(render_licence(OTHER, identity_one()).back).image)
FRONT = Picture("front.jpg", render_licence(ANNA_DRIVES, identity_one()).front)
PLACE = Region.box(10, 10, 300, 80)

HONEST = {
    "document_number": "X4471209",
    "surname": "ERIKSSON",
    "given_names": "ANNA MARIA",
    "birth_date": "08/12/1974",
    "sex": "F",
    "expiry_date": "08/12/2032",
}


def verify(
    text: str,
    printed: PrintedZone | None = None,
    claims: Claims | None = ANNAS_CLAIMS,
    other_numbers: Sequence[str] = (),
    specimens_allowed: bool = True,
) -> LicenceResult:
    """A barcode with this text, and a front that was read."""
    found = BarcodeText(symbology=Symbology.PDF417, text=text, region=PLACE)
    pages = [] if printed is None else [(FRONT, printed)]
    return verify_licences(
        [(BACK, found, understand_licence(text))],
        pages,
        claims,
        Context(stage=Stage.INTERVIEW, today=TODAY),
        specimens_allowed=specimens_allowed,
        other_numbers=other_numbers,
    )


def photographed(*done: LicenceTampering, holder: Cardholder = ANNA_DRIVES) -> LicenceResult:
    """Both sides of a licence, photographed and read."""
    drawn = render_licence(holder, identity_one(), tampering=done)
    sides = [
        Picture(name, photograph(image, tilt_degrees=1.5, noise=2).image)
        for name, image in (("front.jpg", drawn.front), ("back.jpg", drawn.back))
    ]
    pages = [(side, read_printed(side.pixels, None, remembering())) for side in sides]
    context = Context(stage=Stage.INTERVIEW, today=TODAY)
    return verify_licences(find_licences(sides), pages, None, context, specimens_allowed=True)


def contradictions(result: LicenceResult) -> dict[str, Finding]:
    return {f.code: f for f in result.findings if f.status is Status.CONTRADICTS}


def support(result: LicenceResult) -> list[Strength | None]:
    return [f.strength for f in result.findings if f.status is Status.SUPPORTS]


def test_a_barcode_that_agrees_with_front_and_claims_supports_weakly_and_says_why() -> None:
    result = verify(payload(ANNA_DRIVES), page(**HONEST))
    assert contradictions(result) == {}
    assert support(result) == [Strength.WEAK]
    consistent = next(f for f in result.findings if f.status is Status.SUPPORTS)
    assert "not signed" in consistent.for_recruiter
    (read,) = result.licences
    assert read.printed_on is FRONT
    assert {c.name for c in read.comparisons} == set(HONEST)
    beside = {row.name: row for row in read.beside}
    born = beside["birth_date"]
    assert (born.barcode, born.printed, born.agreement) == (
        "1974-08-12",
        "08/12/1974",
        Agreement.AGREES,
    )
    assert born.on_barcode == PLACE
    assert born.on_front is not None
    assert (beside["address"].printed, beside["address"].agreement) == (None, None)


def test_a_barcode_without_a_front_supports_nothing_and_asks_for_it() -> None:
    result = verify(payload(ANNA_DRIVES))
    assert support(result) == []
    asked = next(f for f in result.findings if f.code == "document.barcode.print_not_compared")
    assert asked.status is Status.UNKNOWN
    assert NO_FRONT in asked.for_recruiter
    assert "front" in str(asked.question)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize(
    ("done", "codes"),
    [
        (None, set()),
        (tampering.barcode_of(OTHER), {"document.barcode.other_front"}),
        (
            tampering.printed_as(ANNA_DRIVES, birth_date="08/12/1984"),
            {"document.barcode_print.birth_date"},
        ),
    ],
    ids=["honest", "another's barcode", "another birth date"],
)
def test_a_front_that_says_something_else_than_the_barcode_is_caught_field_by_field(
    done: LicenceTampering | None, codes: set[str]
) -> None:
    found = contradictions(photographed(*([done] if done else [])))
    assert set(found) == codes
    for finding in found.values():
        barcode, printed = finding.seen[:2]
        assert (barcode.file, printed.file) == ("back.jpg", "front.jpg")
        assert barcode.region is not None
        assert printed.region is not None
        single = "barcode_print" in finding.code
        assert finding.strength is (Strength.STRONG if single else Strength.MODERATE)


def test_the_front_of_another_card_of_the_same_person_is_asked_about_not_called_forged() -> None:
    renewed = HONEST | {"document_number": "X9920416", "expiry_date": "08/12/2040"}
    read = replace(
        verify(payload(ANNA_DRIVES)).licences[0],
        printed=page(**renewed),
        printed_on=FRONT,
        comparisons=tuple(
            compare_print(understand_licence(payload(ANNA_DRIVES)), page(**renewed), _as_printed)
        ),
    )
    (finding,) = rules_barcode_print.print_differs(read)
    assert (finding.code, finding.strength) == ("document.barcode.other_front", Strength.MODERATE)
    assert "another card of the same person" in finding.for_recruiter


def test_a_front_of_which_one_field_cannot_be_read_is_no_strangers() -> None:
    licence = understand_licence(payload(OTHER))
    assert len(strangers(licence, page(**HONEST), _as_printed)) == 3
    for unread in ("document_number", "surname", "birth_date"):
        assert strangers(licence, page(**HONEST | {unread: ""}), _as_printed) == []
        assert strangers(licence, page(**HONEST), lambda field: field.text[::-1]) == []


def _as_printed(field: PrintedField) -> str:
    return field.text


def test_a_structure_that_strays_is_weak_and_asks_nothing() -> None:
    result = verify(payload(ANNA_DRIVES).replace("DL0041", "DL0048"), page(**HONEST))
    (finding,) = contradictions(result).values()
    assert finding.code == "document.barcode.structure"
    assert finding.strength is Strength.WEAK
    assert finding.question is None
    assert "begins at 41, not at 48" in finding.for_recruiter
    assert support(result) == [Strength.WEAK]


def test_a_day_that_no_calendar_has_is_no_mere_stray_of_structure() -> None:
    result = verify(payload(ANNA_DRIVES).replace("DBB0812", "DBB0231"))
    assert set(contradictions(result)) == {"document.barcode.impossible_date"}
    leap = replace(ANNA_DRIVES, birth_date=date(1976, 2, 29))
    assert contradictions(verify(payload(leap), claims=None)) == {}


@pytest.mark.parametrize(
    ("holder", "odd"),
    [
        (replace(ANNA_DRIVES, expiry=date(2026, 6, 2), issue_date=date(2026, 6, 2)), True),
        (replace(ANNA_DRIVES, expiry=date(2026, 6, 1), issue_date=date(2026, 6, 1)), False),
        (replace(ANNA_DRIVES, expiry=date(2026, 7, 1), issue_date=date(2026, 5, 1)), False),
        (replace(ANNA_DRIVES, issue_date=date(2033, 1, 1)), True),
        (replace(ANNA_DRIVES, issue_date=date(1974, 8, 11)), True),
        (replace(ANNA_DRIVES, birth_date=date(2026, 6, 2)), True),
    ],
    ids=["issued tomorrow", "one day", "a month", "after expiry", "before birth", "unborn"],
)
def test_dates_that_exclude_each_other_contradict(holder: Cardholder, odd: bool) -> None:
    found = contradictions(verify(payload(holder), claims=None))
    assert set(found) == ({"document.barcode.dates"} if odd else set())


def test_a_licence_is_valid_to_the_end_of_its_last_day() -> None:
    last = verify(payload(replace(ANNA_DRIVES, expiry=TODAY)))
    assert contradictions(last) == {}
    over = verify(payload(replace(ANNA_DRIVES, expiry=date(2026, 5, 31))), page(**HONEST))
    assert contradictions(over)["document.expired"].strength is Strength.MODERATE
    assert support(over) == []


def test_a_licence_without_end_is_not_asked_for_again() -> None:
    codes = {f.code for f in verify(payload(ANNA_DRIVES).replace("08122032", "INDEF")).findings}
    assert not codes & {"document.expired", "document.expiry_unknown"}
    without = payload(ANNA_DRIVES).replace("DBA08122032\n", "")
    assert "document.expiry_unknown" in {f.code for f in verify(without).findings}


@pytest.mark.parametrize(
    ("until", "odd"),
    [("08121995", False), ("08111995", False), ("19950812", False), ("08121996", True)],
)
def test_under_21_until_another_day_than_the_birthday_is_weak(until: str, odd: bool) -> None:
    text = payload(ANNA_DRIVES).replace("DDAF\n", f"DDAF\nDDJ{until}\n")
    found = contradictions(verify(text)).get("document.barcode.ages")
    assert (found is not None) == odd
    assert found is None or found.strength is Strength.WEAK


def test_somebody_born_on_a_29_february_turns_21_on_either_day_beside_it() -> None:
    leap = replace(ANNA_DRIVES, birth_date=date(1976, 2, 29))
    for until in ("02281997", "03011997"):
        text = assembled({"DL": (*elements(leap, 10), ("DDJ", until))}, 10)
        assert contradictions(verify(text, claims=None)) == {}


def test_another_person_than_claimed_contradicts_and_supports_nothing() -> None:
    words = HONEST | {
        "document_number": OTHER.number,
        "surname": "LINDQVIST",
        "given_names": "BIRGITTA",
        "birth_date": "02/03/1991",
        "expiry_date": "02/03/2030",
    }
    result = verify(payload(OTHER), page(**words))
    assert set(contradictions(result)) == {
        "document.claims.name",
        "document.claims.birth_date",
        "document.claims.number",
    }
    assert support(result) == []


@pytest.mark.parametrize(
    ("identity", "codes"),
    [
        ({"full_name": "Eriksson Anna"}, set()),
        ({"full_name": "Ánna Eríksson-Berg"}, set()),
        ({"document_number": "x 447 1209"}, set()),
        ({"document_number": "L898902C3"}, {"document.claims.number"}),
        ({"birth_date": date(1974, 12, 8)}, {"document.claims.birth_date"}),
    ],
    ids=str,
)
def test_ways_of_writing_are_no_contradiction(identity: dict[str, object], codes: set[str]) -> None:
    claims = Claims(identity=ANNAS_CLAIMS.identity.model_copy(update=identity))
    assert set(contradictions(verify(payload(ANNA_DRIVES), claims=claims))) == codes


def test_a_claimed_number_may_be_that_of_another_document_that_was_sent() -> None:
    claims = Claims(identity=Identity(document_number="L898902C3"))
    result = verify(payload(ANNA_DRIVES), claims=claims, other_numbers=["L898902C3"])
    assert contradictions(result) == {}


def test_a_number_that_stands_for_none_is_not_compared() -> None:
    text = payload(replace(ANNA_DRIVES, number="NONE"))
    assert "document.claims.number" not in contradictions(verify(text))


def test_a_specimen_contradicts_unless_the_policy_lets_it_count() -> None:
    strict = verify(payload(ANNA_DRIVES), page(**HONEST), specimens_allowed=False)
    assert contradictions(strict)["document.specimen"].strength is Strength.STRONG
    assert support(strict) == []
    of_a_state = payload(ANNA_DRIVES).replace("999999", "636015")
    assert "document.specimen" not in {
        f.code for f in verify(of_a_state, specimens_allowed=False).findings
    }


def test_licences_of_two_people_contradict_and_the_same_twice_does_not() -> None:
    barcodes = [
        (BACK, BarcodeText(symbology=Symbology.PDF417, text=text, region=PLACE),
         understand_licence(text))
        for text in (payload(ANNA_DRIVES), payload(ANNA_DRIVES, 8), payload(OTHER))
    ]  # fmt: skip
    context = Context(stage=Stage.INTERVIEW, today=TODAY)
    same = verify_licences(barcodes[:2], [], None, context, specimens_allowed=True)
    assert list(several(bearers((), same.licences))) == []
    two = verify_licences(barcodes[1:], [], None, context, specimens_allowed=True)
    (found,) = several(bearers((), two.licences))
    assert (found.code, found.status) == ("document.several", Status.CONTRADICTS)


def test_a_barcode_that_is_no_licence_is_passed_over() -> None:
    assert [text.text for _, text, _ in find_licences([BACK, FRONT, BACK])] == [payload(OTHER)]
