"""Zones held against the tables: what goes with a row, what does not, and what is not judged."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.document import Mrz, MrzFormat
from tests.documents.formats.numbers import of_person, sample
from tests.documents.zones import TODAY, a_card, a_passport, changed, read_unsurely
from verifiers.documents.formats.check import FormatResult, Looked, Outcome, check_formats
from verifiers.documents.formats.document_numbers import DOCUMENT_NUMBERS
from verifiers.documents.formats.personal_numbers import PERSONAL_NUMBERS
from verifiers.documents.formats.rows import DocumentNumber, PersonalNumber
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build

CHECKED = [row for row in PERSONAL_NUMBERS if row.check]
DATED = [row for row in PERSONAL_NUMBERS if "y" in row.pattern and not row.lacks_birth_date]
BORN = st.dates(date(1954, 1, 1), date(1995, 12, 28)).filter(lambda day: day.day <= 28)
SEEDS = st.integers(0, 99_999_999)


def results(mrz: Mrz, issued: date | None = None) -> dict[Looked, FormatResult]:
    return {r.looked: r for r in check_formats(mrz, issued=issued, today=TODAY)}


def outcome(mrz: Mrz, looked: Looked, issued: date | None = None) -> Outcome:
    return results(mrz, issued)[looked].outcome


def document(state: str, code: str, **fields: str) -> Mrz:
    """A passport, or a card where the code says so, of this issuer."""
    given = {"issuing_state": state, "nationality": state, "document_code": code} | fields
    if code.startswith("P"):
        lines = build(MrzFormat.TD3, a_passport(**given))
    else:
        format = MrzFormat.TD2 if state == "ROU" else MrzFormat.TD1
        lines = build(format, a_card(**given))
    return understand(lines, today=TODAY)


def bearing(row: PersonalNumber, number: str, born: date) -> Mrz:
    """A document of this row with this personal number."""
    if row.lacks_birth_date:
        number = number[:1] + number[7:]
    fields = {row.field: number, "birth_date": f"{born:%y%m%d}"}
    return document(row.state, row.documents[0], **fields)


def wrong_check(number: str) -> str:
    """The number with its check digit changed."""
    last = number[-1]
    other = "B" if last == "A" else "A"
    return number[:-1] + (str((int(last) + 1) % 10) if last.isdigit() else other)


@settings(max_examples=80)
@given(st.sampled_from(PERSONAL_NUMBERS), BORN, SEEDS)
def test_a_number_made_by_its_rule_agrees(row: PersonalNumber, born: date, seed: int) -> None:
    found = results(bearing(row, of_person(row, born, seed), born))
    checked = Outcome.AGREES if row.check else Outcome.NOT_JUDGED
    assert found[Looked.PERSONAL_NUMBER].outcome is checked
    assert (Looked.BIRTH_DATE in found) is (row in DATED)
    if row in DATED:
        assert found[Looked.BIRTH_DATE].outcome is Outcome.AGREES


@settings(max_examples=80)
@given(st.sampled_from(CHECKED), BORN, SEEDS)
def test_a_wrong_check_digit_is_named(row: PersonalNumber, born: date, seed: int) -> None:
    number = wrong_check(of_person(row, born, seed))
    found = results(bearing(row, number, born))[Looked.PERSONAL_NUMBER]
    assert found.outcome is Outcome.DEVIATES
    assert number in found.explanation
    assert found.row in PERSONAL_NUMBERS


@settings(max_examples=80)
@given(st.sampled_from(DATED), BORN, SEEDS, st.integers(1, 4000))
def test_another_birth_date_than_the_zones_is_named(
    row: PersonalNumber, born: date, seed: int, days: int
) -> None:
    number = of_person(row, born, seed)
    later = born + timedelta(days=days)
    assert outcome(bearing(row, number, born), Looked.BIRTH_DATE) is Outcome.AGREES
    assert outcome(bearing(row, number, later), Looked.BIRTH_DATE) is Outcome.DEVIATES


@pytest.mark.parametrize(
    ("state", "number", "born"),
    [
        ("CZE", "695622061", "690622"),  # 50 for a woman
        ("SWE", "7101790006", "710119"),  # 60 to the day: a coordination number
        ("BGR", "0141010000", "010101"),  # 40 for a birth after 1999
        ("LVA", "321234<12345", "900505"),  # since 2017 without a date
    ],
)
def test_what_states_add_to_a_date_or_leave_out_is_known(
    state: str, number: str, born: str
) -> None:
    mrz = document(state, "P", personal_number=number, birth_date=born)
    found = results(mrz).get(Looked.BIRTH_DATE)
    assert found is None or found.outcome is Outcome.AGREES


def test_a_number_that_was_given_without_a_full_date_is_not_judged_by_it() -> None:
    card = document("BEL", "ID", optional_data_2="85000000149", birth_date="850705")
    assert outcome(card, Looked.BIRTH_DATE) is Outcome.NOT_JUDGED


def test_something_else_in_the_field_of_the_number_is_not_judged() -> None:
    for said in ("", "ZE184226B", "12<34", "0000000000"):
        mrz = document("CZE", "P", personal_number=said)
        assert outcome(mrz, Looked.PERSONAL_NUMBER) is Outcome.NOT_JUDGED


def test_a_state_without_rows_is_not_judged_at_all() -> None:
    found = results(document("UZB", "P", personal_number="12345678901234"))
    assert {r.outcome for r in found.values()} == {Outcome.NO_RULE}
    assert all(r.row is None and r.explanation for r in found.values())


def test_an_unusual_kind_of_document_is_not_held_against_the_rows_of_ordinary_ones() -> None:
    for code in ("PD", "PS", "PE"):
        found = results(document("GBR", code, document_number="A12"))
        assert {r.outcome for r in found.values()} == {Outcome.NO_RULE}


@pytest.mark.parametrize("row", DOCUMENT_NUMBERS, ids=lambda row: f"{row.state}-{row.pattern}")
def test_a_number_of_a_series_agrees_or_breaks_the_check_within_it(row: DocumentNumber) -> None:
    if row.state == "FRA" and len(row.pattern) > 9:
        return  # The layout of that card has no expiry date; see below.
    mrz = document(
        row.state, row.documents[0], document_number=sample(row.pattern), expiry_date="240101"
    )
    found = results(mrz)[Looked.NUMBER]
    assert found.outcome is Outcome.AGREES or row.check
    assert found.outcome is not Outcome.NO_RULE


@pytest.mark.parametrize(
    ("state", "code", "honest", "odd"),
    [
        ("D", "P", "C4CH9N2K1", "C4CH9A2K1"),
        ("D", "ID", "L4CH9N2K1", "O4CH9N2K1"),
        ("USA", "P", "583920174", "AB3920174"),
        ("CAN", "P", "GA302922", "GA30292X"),
        ("POL", "I", "ABA300000", "ABA400000"),
        ("POL", "P", "ZS0000177", "ZS1000177"),
        ("PRT", "I", "000000000ZZ4", "000000000ZZ5"),
        ("NLD", "P", "XR1001R58", "XRO001R58"),
        ("GBR", "P", "707797979", "70779797A"),
    ],
)
def test_a_number_of_no_series_deviates_and_its_neighbour_agrees(
    state: str, code: str, honest: str, odd: str
) -> None:
    assert outcome(document(state, code, document_number=honest), Looked.NUMBER) is Outcome.AGREES
    found = results(document(state, code, document_number=odd))[Looked.NUMBER]
    assert found.outcome is Outcome.DEVIATES
    assert odd in found.explanation


def test_a_series_that_began_later_does_not_go_with_an_earlier_expiry() -> None:
    new = {"document_number": "A12345678"}
    assert (
        outcome(document("USA", "P", **new, expiry_date="310601"), Looked.NUMBER) is Outcome.AGREES
    )
    early = results(document("USA", "P", **new, expiry_date="190601"))[Looked.NUMBER]
    assert early.outcome is Outcome.DEVIATES
    assert "since 2021" in early.explanation


@pytest.mark.parametrize(
    ("number", "expected"),
    [("880692310285", Outcome.AGREES), ("882992310285", Outcome.DEVIATES)],
)
def test_the_old_french_card_begins_with_year_and_month(number: str, expected: Outcome) -> None:
    lines = build(
        MrzFormat.TD2,
        {
            "document_code": "ID",
            "issuing_state": "FRA",
            "primary_identifier": "BERTHIER",
            "secondary_identifier": "CORINNE",
            "document_number": number,
            "birth_date": "651206",
            "sex": "F",
        },
    )
    assert outcome(understand(lines, today=TODAY), Looked.NUMBER) is expected


@pytest.mark.parametrize(
    ("state", "born", "issued", "expires", "expected"),
    [
        ("USA", "900101", date(2020, 5, 1), "300430", Outcome.AGREES),
        ("USA", "900101", date(2020, 5, 1), "310430", Outcome.DEVIATES),
        ("USA", "900101", date(2020, 5, 1), "210430", Outcome.AGREES),  # limited ones are shorter
        ("USA", "060101", date(2021, 5, 1), "310501", Outcome.DEVIATES),  # 15 at issue
        ("USA", "050101", date(2021, 5, 1), "310501", Outcome.AGREES),  # 16
        ("D", "000601", date(2023, 5, 1), "330430", Outcome.DEVIATES),  # 22
        ("D", "900601", date(2023, 5, 1), "330430", Outcome.AGREES),
        ("GBR", "900101", date(2017, 5, 1), "280201", Outcome.AGREES),  # nine months were added
        ("GBR", "900101", date(2019, 5, 1), "300201", Outcome.DEVIATES),
        ("FIN", "900101", date(2023, 5, 1), "330501", Outcome.DEVIATES),
        ("UZB", "900101", date(2023, 5, 1), "400501", Outcome.NO_RULE),
        ("GBR", "900101", date(1985, 5, 1), "300501", Outcome.NOT_JUDGED),
    ],
)
def test_nothing_is_valid_for_longer_than_its_law_says(
    state: str, born: str, issued: date, expires: str, expected: Outcome
) -> None:
    mrz = document(state, "P", birth_date=born, expiry_date=expires)
    assert outcome(mrz, Looked.VALIDITY, issued) is expected


def test_an_expiry_beyond_the_longest_period_from_today_deviates_without_a_day_of_issue() -> None:
    far = document("GBR", "P", document_number="707797979", expiry_date="390101")
    near = document("GBR", "P", document_number="707797979", expiry_date="360501")
    assert outcome(far, Looked.VALIDITY) is Outcome.DEVIATES
    assert outcome(near, Looked.VALIDITY) is Outcome.AGREES


def test_a_spanish_card_of_the_aged_is_valid_without_end() -> None:
    card = document("ESP", "ID", birth_date="400101", expiry_date="600101")
    assert outcome(card, Looked.VALIDITY) is Outcome.NOT_JUDGED


@pytest.mark.parametrize(("line", "column"), [(0, 3), (1, 3), (1, 9), (1, 30), (1, 42), (1, 15)])
def test_what_was_not_read_surely_never_deviates(line: int, column: int) -> None:
    fields = {"document_number": "99A0385", "personal_number": "6956220613"}
    lines = build(MrzFormat.TD3, a_passport(issuing_state="CZE", **fields))
    doubtful = understand(read_unsurely(lines, (line, column)), today=TODAY)
    sure = results(understand(lines, today=TODAY))
    assert {at.value for at, r in sure.items() if r.outcome is Outcome.DEVIATES} == {
        "document number",
        "personal number",
        "birth date in the personal number",
    }
    judged = {
        at for at, r in results(doubtful).items() if r.outcome in (Outcome.AGREES, Outcome.DEVIATES)
    }
    spoilt = {
        (0, 3): set(Looked),
        (1, 3): {Looked.NUMBER},
        (1, 9): {Looked.NUMBER},
        (1, 30): {Looked.PERSONAL_NUMBER, Looked.BIRTH_DATE},
        (1, 42): {Looked.PERSONAL_NUMBER, Looked.BIRTH_DATE},
        (1, 15): {Looked.BIRTH_DATE, Looked.VALIDITY},
    }[line, column]
    assert not judged & spoilt


def test_a_wrong_check_digit_in_the_zone_is_left_to_the_rules_of_the_zone() -> None:
    lines = changed(build(MrzFormat.TD3, a_passport(issuing_state="GBR")), 1, 9, "0")
    assert outcome(understand(lines, today=TODAY), Looked.NUMBER) is Outcome.NOT_JUDGED
