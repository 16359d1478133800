"""Documents in, findings out: each fraud case beside its benign look-alike."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from models.context import Context
from models.document import MrzFormat
from models.finding import Finding, Status, Strength
from models.history import Basics, Claims, Identity
from models.stage import Stage
from samples import tampering
from samples.holder import ANNA, MARTHA
from samples.licence import render_licence
from samples.licence_payload import ANNA_DRIVES, Cardholder
from samples.mrz_lines import FORMATS, Format
from samples.portraits import identity_one
from samples.specimen import Specimen
from samples.tampering import printed_birth_date
from tests.documents.known_documents import KnownLines, pictures, reader_of, specimen, text_of
from tests.documents.print_readers import Blind, remembering
from tests.documents.zones import a_passport
from verifiers.documents.mrz_build import build
from verifiers.documents.reading import MrzReader
from verifiers.documents.verify import DocumentResult, verify_documents
from verifiers.picture import Picture

pytestmark = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)

TODAY = date(2026, 6, 1)
CONTEXT = Context(stage=Stage.INTERVIEW, today=TODAY)
ANNAS_CLAIMS = Claims(
    identity=Identity(
        full_name="Anna Maria Eriksson",
        birth_date=date(1974, 8, 12),
        document_number="L898902C3",
    )
)


def verify(
    *documents: Specimen,
    claims: Claims | None = ANNAS_CLAIMS,
    today: date = TODAY,
    specimens_allowed: bool = True,
) -> DocumentResult:
    sent = [picture for document in documents for picture in pictures(document)]
    context = Context(stage=Stage.INTERVIEW, today=today)
    return verify_documents(
        sent, claims, context, specimens_allowed, reader_of(*documents), remembering()
    )


def contradictions(result: DocumentResult) -> dict[str, Finding]:
    return {f.code: f for f in result.findings if f.status is Status.CONTRADICTS}


def support(result: DocumentResult) -> Strength | None:
    found = [f.strength for f in result.findings if f.status is Status.SUPPORTS and f.strength]
    return max(found, default=None)


def codes(result: DocumentResult) -> set[str]:
    return {f.code for f in result.findings}


@pytest.mark.parametrize("format", FORMATS)
def test_a_valid_document_that_agrees_with_print_and_claims_supports_moderately(
    format: Format,
) -> None:
    result = verify(specimen(ANNA, format))
    assert contradictions(result) == {}
    assert support(result) is Strength.MODERATE
    assert codes(result) == {"document.consistent", "document.specimen"}


def test_without_claims_the_document_still_has_to_agree_with_itself() -> None:
    assert support(verify(specimen(), claims=None)) is Strength.MODERATE


def test_a_specimen_contradicts_strongly_where_the_policy_does_not_allow_specimens() -> None:
    result = verify(specimen(), specimens_allowed=False)
    assert contradictions(result)["document.specimen"].strength is Strength.STRONG
    assert support(result) is None


def test_a_clearly_printed_wrong_check_digit_contradicts_and_shows_both_digits_and_the_place() -> (
    None
):
    document = specimen(tampering=(WRONG_DIGIT,))
    finding = contradictions(verify(document))["document.mrz.check_digit"]
    assert finding.strength is Strength.STRONG
    assert "line 2, character 20: check digit printed 3, computed 2" in finding.for_recruiter
    assert finding.indicators == ("DPRK-DOC-01",)
    digit = next(s for s in finding.seen if s.what.startswith("check digit of the birth date"))
    zone = document.mrz_side.boxes["mrz"]
    assert digit.region is not None
    left, top, right, bottom = digit.region.bounds
    assert left == pytest.approx(zone.left + zone.width * 19 / 44, abs=0.5)
    assert right - left == pytest.approx(zone.width / 44, abs=0.5)
    assert top > zone.top + zone.height / 2
    assert bottom == pytest.approx(zone.top + zone.height, abs=0.5)


def test_the_same_wrong_digit_read_unsurely_is_a_request_for_a_better_picture() -> None:
    document = specimen(tampering=(WRONG_DIGIT,))
    reader = KnownLines([(document.mrz_side.image, text_of(document, unsure=((1, 19),)))])
    result = verify_documents(
        pictures(document), ANNAS_CLAIMS, CONTEXT, True, reader, remembering()
    )
    assert contradictions(result) == {}
    assert support(result) is None
    finding = next(f for f in result.findings if f.code == "document.mrz.unsure")
    assert "line 2 character 20" in finding.for_recruiter
    assert finding.question is not None


@pytest.mark.parametrize(
    ("altered", "fields"),
    [
        (tampering.printed_birth_date(date(1984, 8, 12)), {"birth_date"}),
        (tampering.printed_name("LINDQVIST", "BIRGITTA"), {"surname", "given_names"}),
        (tampering.printed_number("K112233A4"), {"document_number"}),
        (tampering.mrz_birth_date(date(1991, 2, 3)), {"birth_date"}),
    ],
    ids=lambda value: value.kind if isinstance(value, tampering.Tampering) else "",
)
@pytest.mark.parametrize("format", ["TD3", "TD1"])
def test_a_zone_that_was_altered_alone_contradicts_the_other_field_by_field(
    altered: tampering.Tampering, fields: set[str], format: Format
) -> None:
    found = contradictions(verify(specimen(ANNA, format, (altered,)), claims=None))
    assert set(found) == {f"document.mrz_print.{field}" for field in fields}
    for finding in found.values():
        assert finding.strength is Strength.STRONG
        assert len(finding.seen) == 2
        assert all(seen.region for seen in finding.seen)


@pytest.mark.parametrize("days", [0, 1])
def test_a_document_is_valid_on_its_last_day_and_expired_on_the_next(days: int) -> None:
    result = verify(specimen(), today=ANNA.expiry + timedelta(days=days))
    if days == 0:
        assert support(result) is Strength.MODERATE
    else:
        expired = contradictions(result)["document.expired"]
        assert expired.strength is Strength.MODERATE
        assert expired.question is not None
        assert support(result) is None


@pytest.mark.parametrize(
    "claimed", ["willeke de vries", "DE VRIES Willeke", "W. de Vries", "Willeke A. de Vries-Bos"]
)
def test_another_way_of_writing_the_same_name_is_no_contradiction(claimed: str) -> None:
    result = real_passport(Claims(identity=Identity(full_name=claimed)))
    assert codes(result) == {"document.consistent", "document.print.not_compared"}


def test_another_name_contradicts_moderately_and_asks() -> None:
    claims = Claims(identity=Identity(full_name="John Smith"))
    finding = contradictions(real_passport(claims))["document.claims.name"]
    assert finding.strength is Strength.MODERATE
    assert finding.question is not None


def test_a_preferred_given_name_is_asked_about_and_not_held_against_anyone() -> None:
    result = verify(specimen(), claims=Claims(identity=Identity(full_name="Nea Eriksson")))
    assert contradictions(result) == {}
    assert "document.claims.name" in codes(result)
    assert support(result) is Strength.WEAK


def test_the_name_of_the_resume_counts_where_no_legal_name_is_claimed() -> None:
    claims = Claims(basics=Basics(name="John Smith"))
    assert "document.claims.name" in contradictions(real_passport(claims))


def test_another_birth_date_or_number_contradicts_the_claim_moderately() -> None:
    claimed = Identity(birth_date=date(1965, 10, 3), document_number="X1234567")
    found = contradictions(real_passport(Claims(identity=claimed)))
    assert set(found) == {"document.claims.birth_date", "document.claims.number"}
    assert {f.strength for f in found.values()} == {Strength.MODERATE}


def test_a_claimed_birth_date_that_the_document_leaves_open_is_no_contradiction() -> None:
    claims = Claims(identity=Identity(birth_date=date(1965, 10, 3)))
    assert contradictions(real_passport(claims, lines=passport_lines(birth_date="65<<<<"))) == {}


def test_spaces_in_a_claimed_number_do_not_matter() -> None:
    claims = Claims(identity=Identity(document_number="speri 2014"))
    assert contradictions(real_passport(claims)) == {}


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ({"document_number": "IDCARD999"}, set()),
        ({"document_number": "IDCARD999", "secondary_identifier": "W"}, set()),
        ({"birth_date": "650311"}, {"document.several"}),
        ({"primary_identifier": "BAKKER", "secondary_identifier": "JAN"}, {"document.several"}),
    ],
)
def test_documents_of_two_people_contradict_and_two_of_one_person_do_not(
    second: dict[str, str], found: set[str]
) -> None:
    document = specimen()
    one, two = document.mrz_side.image, document.mrz_side.image.copy()
    reader = KnownLines(
        [
            (one, text_of(document, lines=passport_lines())),
            (two, text_of(document, lines=passport_lines(**second))),
        ]
    )
    sent = [Picture(file="one.png", pixels=one), Picture(file="two.png", pixels=two)]
    result = verify_documents(sent, None, CONTEXT, False, reader, Blind())
    assert set(contradictions(result)) == found
    assert len(result.documents) == 2


def test_a_second_blurred_picture_of_the_same_document_adds_nothing() -> None:
    document = specimen()
    again = document.mrz_side.image.copy()
    lines = (document.mrz[0], "K" + document.mrz[1][1:])
    blurred = text_of(document, lines=lines, unsure=((1, 0),))
    reader = KnownLines([(again, blurred), (document.mrz_side.image, text_of(document))])
    sent = [Picture(file="again.png", pixels=again), *pictures(document)]
    result = verify_documents(sent, ANNAS_CLAIMS, CONTEXT, True, reader, remembering())
    assert len(result.documents) == 1
    assert support(result) is Strength.MODERATE


def test_print_that_cannot_be_compared_leaves_support_weak_and_says_why() -> None:
    result = real_passport()
    assert contradictions(result) == {}
    assert support(result) is Strength.WEAK
    unknown = next(f for f in result.findings if f.code == "document.print.not_compared")
    assert "too little print could be read" in unknown.for_recruiter


@pytest.mark.parametrize(
    ("field", "value"), [("nationality", "D"), ("sex", "<"), ("birth_date", "65<<<<")]
)
def test_what_is_merely_unusual_in_a_zone_contradicts_nothing(field: str, value: str) -> None:
    result = real_passport(lines=passport_lines(**{field: value}))
    assert contradictions(result) == {}
    assert support(result) is Strength.WEAK


@pytest.mark.parametrize(
    ("fields", "code", "strength"),
    [
        ({"birth_date": "651345"}, "document.mrz.impossible_date", Strength.MODERATE),
        ({"nationality": "QQQ"}, "document.mrz.not_as_icao", Strength.WEAK),
        ({"document_number_check_digit": "<"}, "document.mrz.not_as_icao", Strength.WEAK),
    ],
)
def test_what_9303_does_not_allow_contradicts_as_far_as_it_goes(
    fields: dict[str, str], code: str, strength: Strength
) -> None:
    found = contradictions(real_passport(lines=passport_lines(**fields)))
    assert {c: f.strength for c, f in found.items()} == {code: strength}
    assert found[code].question is not None


def test_a_picture_without_a_zone_asks_for_another_one_and_says_which_file() -> None:
    pixels = np.zeros((60, 80, 3), dtype=np.uint8)
    sent = [Picture(file="cat.jpg", pixels=pixels)]
    result = verify_documents(sent, None, CONTEXT, False, KnownLines([]), Blind())
    finding, *defects = result.findings
    assert (finding.code, finding.status) == ("document.mrz.not_found", Status.UNKNOWN)
    assert "document.picture.too_small" in [defect.code for defect in defects]
    assert {defect.status for defect in defects} == {Status.UNKNOWN}
    assert "cat.jpg: no lines were found" in finding.for_candidate
    assert finding.question is not None


def test_no_document_at_all_is_unknown() -> None:
    (finding,) = verify_documents([], None, CONTEXT, False, KnownLines([]), Blind()).findings
    assert (finding.code, finding.status) == ("document.missing", Status.UNKNOWN)


def test_a_card_whose_front_was_not_sent_is_supported_only_weakly() -> None:
    card = specimen(ANNA, "TD1")
    back = pictures(card)[1:]
    result = verify_documents(back, ANNAS_CLAIMS, CONTEXT, True, reader_of(card), remembering())
    assert support(result) is Strength.WEAK
    assert "document.print.not_compared" in codes(result)


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_another_document_of_the_same_holder_is_never_taken_for_the_front_of_a_card(
    order: tuple[int, int, int],
) -> None:
    card = specimen(ANNA, "TD1")
    other = specimen(replace(ANNA, number="K44556677", expiry=date(2031, 2, 9)))
    cut = other.mrz_side.image[: int(other.mrz_side.boxes["mrz"].top) - 10]
    sent = [*pictures(card), Picture(file="passport, its zone cut off.png", pixels=cut)]
    result = verify_documents(
        [sent[place] for place in order],
        ANNAS_CLAIMS,
        CONTEXT,
        True,
        reader_of(card),
        remembering(),
    )
    assert contradictions(result) == {}
    assert support(result) is Strength.MODERATE


def test_a_passport_beside_the_card_on_one_picture_is_not_the_cards_front() -> None:
    passport = specimen().mrz_side.image
    card = specimen(replace(ANNA, number="K44556677", expiry=date(2031, 2, 9)), "TD1")
    below = card.mrz_side.image
    table = np.full((passport.shape[0] + below.shape[0] + 180, 1200, 3), 90, np.uint8)
    for picture, top in ((passport, 60), (below, passport.shape[0] + 120)):
        table[top : top + picture.shape[0], 80 : 80 + picture.shape[1]] = picture
    sent = [Picture(file="both.png", pixels=table)]
    result = verify_documents(sent, ANNAS_CLAIMS, CONTEXT, True, MrzReader(), remembering())
    assert {d.text.format for d in result.documents} == {MrzFormat.TD3, MrzFormat.TD1}
    assert contradictions(result) == {}
    assert support(result) is Strength.MODERATE


def test_anothers_front_is_not_the_front_of_this_card() -> None:
    mine, others = specimen(ANNA, "TD1"), specimen(MARTHA, "TD1")
    sent = [pictures(others)[0], pictures(mine)[1]]
    result = verify_documents(sent, None, CONTEXT, True, reader_of(mine), remembering())
    (read,) = result.documents
    assert read.printed_on is read.picture
    assert "the printed side of the card was not found" in (read.printed.problem or "")
    assert contradictions(result) == {}


def test_an_altered_front_is_not_hidden_by_a_second_one_that_is_in_order() -> None:
    forged = specimen(ANNA, "TD1", (printed_birth_date(date(1984, 8, 12)),))
    clean, back = pictures(specimen(ANNA, "TD1"))
    altered = Picture(file="altered.png", pixels=forged.face_side.image)
    reader = reader_of(specimen(ANNA, "TD1"))
    sent = [clean, back, altered]
    result = verify_documents(sent, ANNAS_CLAIMS, CONTEXT, True, reader, remembering())
    assert set(contradictions(result)) == {"document.mrz_print.birth_date"}


def test_a_page_that_prints_another_birth_date_supports_nothing() -> None:
    claims = Claims(identity=Identity(full_name="Anna Eriksson", birth_date=date(1979, 8, 12)))
    found = next(f for f in a_licence(claims).findings if f.code == "document.print.claims")
    assert found.status is Status.UNKNOWN
    assert "12 AUG 1974" in found.for_recruiter


def a_licence(claims: Claims | None) -> DocumentResult:
    """Something with the holder's data and no zone: the front of a card alone."""
    front = Picture(file="licence.jpg", pixels=specimen(ANNA, "TD1").face_side.image)
    return verify_documents([front], claims, CONTEXT, False, KnownLines([]), remembering())


def test_a_document_without_a_zone_that_prints_what_was_claimed_supports_weakly() -> None:
    result = a_licence(ANNAS_CLAIMS)
    found = next(f for f in result.findings if f.code == "document.print.claims")
    assert (found.status, found.strength) == (Status.SUPPORTS, Strength.WEAK)
    assert "name, birth date and document number" in found.for_recruiter
    assert all(seen.region and seen.file == "licence.jpg" for seen in found.seen)
    assert [seen.value for seen in found.seen][1:] == ["12 AUG 1974", "L898902C3"]


def test_a_document_without_a_zone_that_prints_something_else_says_nothing_against_anyone() -> None:
    claims = Claims(identity=Identity(full_name="John Smith", birth_date=date(1974, 8, 12)))
    result = a_licence(claims)
    found = next(f for f in result.findings if f.code == "document.print.claims")
    assert found.status is Status.UNKNOWN
    assert "claimed name could not be found" in found.for_recruiter
    assert found.question is not None
    assert contradictions(result) == {}


def test_without_claims_there_is_nothing_to_look_for_in_print() -> None:
    assert codes(a_licence(None)) == {"document.mrz.not_found"}


def test_the_word_specimen_across_a_page_makes_it_a_specimen_whatever_its_numbers_say() -> None:
    document = specimen(replace(ANNA, issuer="NLD", nationality="NLD", number="XR8K2L4M7"))
    reader = reader_of(document)
    strict = verify_documents(pictures(document), None, CONTEXT, False, reader, remembering())
    found = contradictions(strict)["document.specimen"]
    assert found.strength is Strength.STRONG
    assert found.seen[0].region
    allowed = verify_documents(pictures(document), None, CONTEXT, True, reader, remembering())
    assert contradictions(allowed) == {}


def test_a_licence_beside_a_passport_is_held_against_the_claims_too() -> None:
    passport = specimen()
    licence = Picture(file="licence.jpg", pixels=specimen(ANNA, "TD1").face_side.image)
    sent = [*pictures(passport), licence]
    result = verify_documents(sent, ANNAS_CLAIMS, CONTEXT, True, reader_of(passport), remembering())
    assert codes(result) >= {"document.consistent", "document.print.claims"}
    assert support(result) is Strength.MODERATE


@pytest.mark.parametrize(
    ("holder", "told"),
    [(ANNA_DRIVES, set()), (replace(ANNA_DRIVES, family="OKAFOR"), {"document.several"})],
)
def test_a_passport_and_a_licence_are_to_be_of_one_person(
    holder: Cardholder, told: set[str]
) -> None:
    passport = specimen()
    licence = render_licence(holder, identity_one(), dpi=200)
    sent = [*pictures(passport), Picture("back.jpg", licence.back)]
    result = verify_documents(sent, None, CONTEXT, True, reader_of(passport), remembering())
    assert set(contradictions(result)) == told
    assert len(result.licences) == 1
    assert "document.mrz.not_found" not in codes(result)


WRONG_DIGIT = tampering.wrong_check_digit()


def passport_lines(**fields: str) -> tuple[str, ...]:
    """The zone of a passport whose issuer draws no specimens, with these fields instead."""
    return build(MrzFormat.TD3, a_passport(**fields))


def real_passport(claims: Claims | None = None, *, lines: Sequence[str] = ()) -> DocumentResult:
    """A passport whose print cannot be read, or one with these lines."""
    document = specimen()
    text = text_of(document, lines=lines or passport_lines())
    reader = KnownLines([(document.mrz_side.image, text)])
    return verify_documents(pictures(document), claims, CONTEXT, False, reader, Blind())
