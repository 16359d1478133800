"""The tables read as they should: every row can be applied, and none twice."""

import pytest

from tests.documents.formats.numbers import sample
from verifiers.documents.formats.checks import CHECKS
from verifiers.documents.formats.document_numbers import DOCUMENT_NUMBERS
from verifiers.documents.formats.pattern import birth_digits, fits
from verifiers.documents.formats.personal_numbers import PERSONAL_NUMBERS
from verifiers.documents.formats.rows import DocumentNumber, PersonalNumber, Row
from verifiers.documents.formats.validity_periods import VALIDITY_PERIODS
from verifiers.documents.issuers import state
from verifiers.documents.mrz_fields import FILLER, LAYOUTS

ROWS: tuple[Row, ...] = (*DOCUMENT_NUMBERS, *PERSONAL_NUMBERS, *VALIDITY_PERIODS)
FIELDS = {field.name for layout in LAYOUTS.values() for field in layout.fields}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.state}-{row.source}")
def test_a_row_names_a_state_documents_and_where_it_is_published(row: Row) -> None:
    assert state(row.state.ljust(3, FILLER)).known
    assert row.documents
    assert row.source


@pytest.mark.parametrize(
    "row", [*DOCUMENT_NUMBERS, *PERSONAL_NUMBERS], ids=lambda row: f"{row.state}-{row.pattern}"
)
def test_a_pattern_can_be_met_within_its_field(row: DocumentNumber | PersonalNumber) -> None:
    places = row.pattern.replace(" ", "")
    assert fits(row.pattern, sample(row.pattern))
    assert not fits(row.pattern, sample(row.pattern) + "0")
    assert row.check is None or row.check in CHECKS
    if isinstance(row, PersonalNumber):
        assert row.field in FIELDS
        assert len(places) <= 15
        assert not set(places) & {"y", "m", "d"} or birth_digits(row.pattern, "0" * len(places))


def test_no_row_stands_twice() -> None:
    assert len(set(ROWS)) == len(ROWS)
    ages = [(row.state, code, row.from_age) for row in VALIDITY_PERIODS for code in row.documents]
    assert len(set(ages)) == len(ages)


def test_every_validity_begins_at_birth_and_grows_with_age() -> None:
    for row in VALIDITY_PERIODS:
        of_kind = [
            r for r in VALIDITY_PERIODS if (r.state, r.documents) == (row.state, row.documents)
        ]
        years = [r.years or 99 for r in sorted(of_kind, key=lambda r: r.from_age)]
        assert min(r.from_age for r in of_kind) == 0
        assert years == sorted(years)


def test_every_check_is_used() -> None:
    used = {row.check for row in DOCUMENT_NUMBERS} | {row.check for row in PERSONAL_NUMBERS}
    assert used - {None} == set(CHECKS)


@pytest.mark.parametrize(
    ("check", "number"),
    [
        ("Polish card", "ABA300000"),
        ("Polish passport", "ZS0000177"),
        ("Taiwanese identity number", "A123456789"),
        ("stdnum be.eid", "591191706458"),
        ("stdnum be.nn", "85073003328"),
        ("stdnum fi.hetu", "131052<308T"),
        ("stdnum luhn", "198112189876"),
        ("stdnum nl.bsn", "999999990"),
    ],
)
def test_published_examples_pass_and_fail_when_a_digit_is_changed(check: str, number: str) -> None:
    assert CHECKS[check](number) is True
    place = len(number) - 2
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert CHECKS[check](wrong) is False


def test_an_unknown_sign_in_a_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is known by"):
        fits("nn?n", "1234")
