"""The grammar of the machine readable zone: promises, with the published vectors."""

import csv
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import ascii_uppercase

import pytest

from models.document import FieldStatus, MrzFormat
from tests.documents.zones import (
    EXAMPLES_OF_9303,
    TD1,
    TD3,
    TODAY,
    a_card,
    a_passport,
    changed,
    read_unsurely,
    status,
)
from verifiers.documents.check_digit import check_digit
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build
from verifiers.documents.mrz_fields import (
    CHARACTERS,
    FRENCH_CARD,
    LAYOUTS,
    OLD_US_CARD,
    Layout,
)


@pytest.mark.parametrize("layout", [*LAYOUTS.values(), FRENCH_CARD, OLD_US_CARD])
def test_every_character_of_a_zone_belongs_to_exactly_one_field(layout: Layout) -> None:
    rows, columns = layout.format.shape
    covered = sorted((f.line, c) for f in layout.fields for c in range(f.start, f.end))
    assert covered == [(row, column) for row in range(rows) for column in range(columns)]


@pytest.mark.parametrize(("text", "digit"), [("520727", 3), ("D23145890734", 9), ("AB2134<<<", 5)])
def test_check_digits_are_those_of_the_standards_examples(text: str, digit: int) -> None:
    assert check_digit(text) == digit


def test_the_example_of_every_part_of_9303_is_understood_without_a_fault() -> None:
    for name, lines in EXAMPLES_OF_9303.items():
        mrz = understand(lines, today=TODAY)
        assert mrz.format == name
        assert mrz.invalid == (), name
        assert (mrz.primary_identifier, mrz.secondary_identifier) == ("ERIKSSON", "ANNA MARIA")
        assert mrz.specimen


def test_fields_have_values_without_filler_and_dates_in_iso_8601() -> None:
    mrz = understand(TD3, today=TODAY)
    assert mrz.value("document_number") == "L898902C3"
    assert mrz.value("personal_number") == "ZE184226B"
    assert mrz.birth_date == date(1974, 8, 12)
    assert mrz.value("birth_date") == "1974-08-12"
    assert mrz.expiry_date == date(2012, 4, 15)
    assert mrz.value("sex") == "F"


def test_a_clearly_printed_wrong_check_digit_is_reported_not_repaired() -> None:
    mrz = understand(changed(TD3, 1, 19, "3"), today=TODAY)
    field = mrz.fields["birth_date_check_digit"]
    assert field.status is FieldStatus.INVALID
    assert field.reason == "line 2, character 20: check digit printed 3, computed 2"
    assert field.value == "3"
    assert status(mrz, "birth_date") is FieldStatus.INVALID
    assert mrz.value("birth_date") == "1974-08-12", "the date stays as it was printed"


def test_a_wrong_composite_digit_names_both_digits() -> None:
    mrz = understand(changed(TD1, 1, 29, "7"), today=TODAY)
    assert [f.name for f in mrz.invalid] == ["composite_check_digit"]
    assert mrz.invalid[0].reason == "line 2, character 30: check digit printed 7, computed 6"


def test_a_wrong_digit_among_characters_not_read_surely_is_unsure_and_says_where() -> None:
    mrz = understand(read_unsurely(changed(TD3, 1, 3, "7"), (1, 3)), today=TODAY)
    for name in ("document_number", "document_number_check_digit", "composite_check_digit"):
        assert status(mrz, name) is FieldStatus.UNSURE
        assert mrz.fields[name].reason == "not read surely: line 2 character 4"
    assert mrz.invalid == ()


def test_a_fitting_check_digit_does_not_make_an_unsure_reading_sure() -> None:
    mrz = understand(read_unsurely(TD3, (1, 13)), today=TODAY)
    assert status(mrz, "birth_date") is FieldStatus.UNSURE
    assert mrz.birth_date is None


def test_an_unsure_letter_of_a_name_leaves_numbers_and_dates_alone() -> None:
    mrz = understand(read_unsurely(TD3, (0, 7)), today=TODAY)
    assert status(mrz, "name") is FieldStatus.UNSURE
    assert status(mrz, "document_number") is FieldStatus.VALID
    assert mrz.birth_date == date(1974, 8, 12)


@pytest.mark.parametrize(
    ("printed", "value", "reason"),
    [
        ("7408<<", "1974-08", "the day of birth is unknown"),
        ("74<<<<", "1974", "the month and day of birth are unknown"),
        ("740000", "1974", "the month and day of birth are unknown"),
        ("2606<<", "2026-06", "the day of birth is unknown"),
        ("2607<<", "1926-07", "the day of birth is unknown"),
        ("74<<12", "1974", "the month of birth is unknown"),
        ("<<0812", None, "the year of birth is unknown"),
        ("<<<<<<", None, "the birth date is unknown"),
        ("000000", None, "the birth date is unknown, or in 2000"),
        ("00<<<<", "2000", "the month and day of birth are unknown"),
    ],
)
def test_an_unknown_part_of_a_birth_date_is_no_fault(
    printed: str, value: str | None, reason: str
) -> None:
    lines = build(MrzFormat.TD3, a_passport(birth_date=printed))
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert mrz.value("birth_date") == value
    assert mrz.fields["birth_date"].reason == f"line 2, characters 14 to 19: {reason}"
    assert mrz.birth_date is None


@pytest.mark.parametrize("printed", ["741312", "740832", "740431", "750229", "7<0812", "<<0230"])
def test_an_impossible_birth_date_is_invalid_though_its_digit_fits(printed: str) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(birth_date=printed)), today=TODAY)
    assert [f.name for f in mrz.invalid] == ["birth_date"]
    assert "cannot be a date" in (mrz.fields["birth_date"].reason or "")


def test_a_leap_day_is_a_day() -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(birth_date="000229")), today=TODAY)
    assert mrz.birth_date == date(2000, 2, 29)


@pytest.mark.parametrize(
    ("printed", "born"),
    [
        ("260601", date(2026, 6, 1)),  # born today
        ("260602", date(1926, 6, 2)),  # would be born tomorrow
        ("740812", date(1974, 8, 12)),
        ("050101", date(2005, 1, 1)),
    ],
)
def test_nobody_is_born_in_the_future_nor_more_than_a_hundred_years_ago(
    printed: str, born: date
) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(birth_date=printed)), today=TODAY)
    assert mrz.birth_date == born


@pytest.mark.parametrize(
    ("printed", "expires"),
    [
        ("991230", date(1999, 12, 30)),
        ("360101", date(2036, 1, 1)),
        ("660101", date(2066, 1, 1)),
        ("670101", date(1967, 1, 1)),
    ],
)
def test_the_century_of_expiry_is_the_one_near_today(printed: str, expires: date) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(expiry_date=printed)), today=TODAY)
    assert mrz.expiry_date == expires


@pytest.mark.parametrize("printed", ["<<<<<<", "990101", "991231", "999999", "000000"])
def test_a_card_without_expiry_is_not_at_fault(printed: str) -> None:
    mrz = understand(build(MrzFormat.TD1, a_card(expiry_date=printed)), today=TODAY)
    assert status(mrz, "expiry_date") is FieldStatus.EMPTY
    assert mrz.fields["expiry_date"].reason
    assert mrz.expiry_date is None
    assert mrz.invalid == ()


def test_an_expiry_that_no_calendar_has_is_invalid() -> None:
    mrz = understand(build(MrzFormat.TD1, a_card(expiry_date="341301")), today=TODAY)
    assert [f.name for f in mrz.invalid] == ["expiry_date"]


def test_an_unspecified_sex_is_empty_and_an_x_is_accepted() -> None:
    for printed, expected in (("<", FieldStatus.EMPTY), ("X", FieldStatus.VALID)):
        mrz = understand(build(MrzFormat.TD3, a_passport(sex=printed)), today=TODAY)
        assert status(mrz, "sex") is expected
        assert mrz.invalid == ()


@pytest.mark.parametrize("digit", ["<", "0"])
def test_an_unused_personal_number_may_have_a_filler_or_a_zero_for_its_digit(digit: str) -> None:
    lines = changed(build(MrzFormat.TD3, a_passport()), 1, 42, digit)
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert status(mrz, "personal_number") is FieldStatus.EMPTY
    assert status(mrz, "personal_number_check_digit") is FieldStatus.EMPTY


def test_a_name_that_fills_its_field_may_be_cut_off_and_one_that_does_not_is_whole() -> None:
    long = a_passport(
        primary_identifier="PAPANDROPOULOUS", secondary_identifier="JONATHON ALEC" * 2
    )
    assert understand(build(MrzFormat.TD3, long), today=TODAY).name_truncated
    assert not understand(TD3, today=TODAY).name_truncated


def test_a_mononym_has_no_secondary_identifier() -> None:
    lines = build(
        MrzFormat.TD3, a_passport(primary_identifier="Arkfreith", secondary_identifier="")
    )
    mrz = understand(lines, today=TODAY)
    assert (mrz.primary_identifier, mrz.secondary_identifier) == ("ARKFREITH", None)
    assert mrz.invalid == ()


@pytest.mark.parametrize("printed", ["00000000000000", "<<<<<<<<<<<<<<"])
def test_optional_data_of_fillers_or_zeros_are_empty(printed: str) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(personal_number=printed)), today=TODAY)
    assert status(mrz, "personal_number") is FieldStatus.EMPTY
    assert mrz.invalid == ()


def test_lines_without_any_filler_are_read() -> None:
    card = a_card(
        document_code="ID",
        document_number="ABCDEFGH1",
        optional_data="123456789012345",
        optional_data_2="12345678901",
        name="A" * 30,
    )
    lines = build(MrzFormat.TD1, card)
    assert "<" not in "".join(lines)
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert (mrz.primary_identifier, mrz.secondary_identifier) == ("A" * 30, None)


@pytest.mark.parametrize(
    ("name", "expected", "primary", "secondary"),
    [
        ("ESPANOLA<ESPANOLA<CARMEN", FieldStatus.VALID, "ESPANOLA ESPANOLA CARMEN", None),
        ("<<SURESH", FieldStatus.VALID, "SURESH", None),
        ("AL<ALI<<MOHAMMED<<HASSAN", FieldStatus.VALID, "AL ALI", "MOHAMMED HASSAN"),
        ("<SURESH", FieldStatus.INVALID, "SURESH", None),
        ("ERIKSSON<<ANNA<<<MARIA", FieldStatus.INVALID, "ERIKSSON", "ANNA MARIA"),
        ("ER1KSSON<<ANNA", FieldStatus.INVALID, "ER1KSSON", "ANNA"),
        ("", FieldStatus.EMPTY, None, None),
    ],
)
def test_names_are_judged_by_their_fillers(
    name: str, expected: FieldStatus, primary: str | None, secondary: str | None
) -> None:
    lines = changed(build(MrzFormat.TD3, a_passport(name="")), 0, 5, name)
    mrz = understand(lines, today=TODAY)
    assert status(mrz, "name") is expected
    assert (mrz.primary_identifier, mrz.secondary_identifier) == (primary, secondary)


def test_lines_that_are_no_zone_are_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match="not the lines of any"):
        understand(["HELLO", "WORLD"], today=TODAY)
    with pytest.raises(ValueError, match="may hold é"):
        understand(changed(TD3, 0, 7, "é"), today=TODAY)


def labelled_zones() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """File, lines and what is said of the digits, of the documents kept for measuring."""
    table = Path(os.environ["BONAFIDE_DATA"]) / "documents" / "labels.csv"
    with table.open(newline="") as file:
        for row in csv.DictReader(file):
            if row["mrz"] and not set(row["mrz"]) - set(CHARACTERS) - {"\n"}:
                yield row["file"], tuple(row["mrz"].split("\n")), row["check_digits"]


@pytest.mark.skipif("BONAFIDE_DATA" not in os.environ, reason="BONAFIDE_DATA is not set")
def test_check_digits_of_labelled_documents_are_judged_as_labelled() -> None:
    zones = list(labelled_zones())
    assert zones
    for file, lines, digits in zones:
        wrong = [f.name for f in understand(lines, today=TODAY).invalid if f.name.endswith("digit")]
        old_card = lines[0].startswith(("C1USA", "C2USA"))
        assert bool(wrong) is (digits != "all valid" and not old_card), file


@pytest.mark.skipif("BONAFIDE_DATA" not in os.environ, reason="BONAFIDE_DATA is not set")
def test_the_fields_of_labelled_documents_build_their_lines_again() -> None:
    zones = list(labelled_zones())
    assert zones
    for file, lines, _ in zones:
        mrz = understand(lines, today=TODAY)
        raw = {field.name: field.raw for field in mrz.fields.values()}
        if raw["nationality"].strip(ascii_uppercase + "<"):
            continue  # One mock-up has digits there, which nothing builds.
        assert build(mrz.format, raw) == lines, file
