"""The grammar of the machine readable zone: promises, with the published vectors."""

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from models.document import FieldStatus, Mrz, MrzFormat, MrzText
from models.finding import Region
from tests.documents.zones import a_card, a_passport, changed
from verifiers.documents.check_digit import check_digit
from verifiers.documents.mrz import format_of, understand
from verifiers.documents.mrz_build import build
from verifiers.documents.mrz_fields import (
    CHARACTERS,
    FRENCH_CARD,
    LAYOUTS,
    OLD_US_CARD,
    Layout,
)

TODAY = date(2026, 6, 1)

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
EXAMPLES_OF_9303 = {"TD3": TD3, "TD1": TD1, "TD2": TD2, "MRV-A": MRV_A, "MRV-B": MRV_B}


def read_unsurely(lines: tuple[str, ...], *unsure: tuple[int, int]) -> MrzText:
    """What a reader gives that is not sure of these places."""
    format = format_of(lines)
    assert format is not None
    rows, columns = format.shape
    return MrzText(
        format=format,
        lines=lines,
        confidence=((1.0,) * columns,) * rows,
        unsure=unsure,
        region=Region.box(0, 0, 1000, 90),
    )


def status(mrz: Mrz, name: str) -> FieldStatus:
    return mrz.fields[name].status


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
    assert field.reason == "check digit printed 3, computed 2"
    assert field.value == "3"
    assert status(mrz, "birth_date") is FieldStatus.INVALID
    assert mrz.value("birth_date") == "1974-08-12", "the date stays as it was printed"


def test_a_wrong_composite_digit_names_both_digits() -> None:
    mrz = understand(changed(TD1, 1, 29, "7"), today=TODAY)
    assert [f.name for f in mrz.invalid] == ["composite_check_digit"]
    assert mrz.invalid[0].reason == "check digit printed 7, computed 6"


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
        ("74<<<<", "1974", "the month and day of birth is unknown"),
        ("740000", "1974", "the month and day of birth is unknown"),
        ("<<<<<<", None, "the birth date is unknown"),
    ],
)
def test_an_unknown_part_of_a_birth_date_is_no_fault(
    printed: str, value: str | None, reason: str
) -> None:
    lines = build(MrzFormat.TD3, a_passport(birth_date=printed))
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert mrz.value("birth_date") == value
    assert mrz.fields["birth_date"].reason == reason
    assert mrz.birth_date is None


@pytest.mark.parametrize("printed", ["741312", "740832", "750229", "7<0812"])
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
    [("991231", date(1999, 12, 31)), ("360101", date(2036, 1, 1)), ("660101", date(2066, 1, 1))],
)
def test_the_century_of_expiry_is_the_one_near_today(printed: str, expires: date) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(expiry_date=printed)), today=TODAY)
    assert mrz.expiry_date == expires


def test_a_card_without_expiry_is_not_at_fault() -> None:
    mrz = understand(build(MrzFormat.TD1, a_card(expiry_date="<<<<<<")), today=TODAY)
    assert status(mrz, "expiry_date") is FieldStatus.EMPTY
    assert mrz.expiry_date is None


@pytest.mark.parametrize(
    "code",
    [
        *("D<<", "UTO", "XXA", "XXB", "XXC", "XOM", "EUE", "UNO", "UNA", "UNK", "RKS", "XPO"),
        *("GBD", "GBN", "GBO", "GBP", "GBS", "GBR", "TWN", "ZZZ"),
    ],
)
def test_codes_of_9303_are_known_and_others_are_said_to_be_unknown(code: str) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(nationality=code)), today=TODAY)
    expected = FieldStatus.INVALID if code == "ZZZ" else FieldStatus.VALID
    assert status(mrz, "nationality") is expected
    assert mrz.value("nationality") == code.rstrip("<")


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


def test_a_long_document_number_continues_in_the_optional_data() -> None:
    for format in (MrzFormat.TD1, MrzFormat.TD2):
        lines = build(format, a_card(document_number="123456789012", optional_data=""))
        mrz = understand(lines, today=TODAY)
        assert mrz.value("document_number") == "123456789012"
        assert mrz.value("optional_data") is None
        assert mrz.invalid == ()


def test_the_standards_long_number_has_the_digit_nine() -> None:
    lines = changed(TD1, 0, 5, "D23145890<7349<")
    mrz = understand(changed(lines, 1, 29, "6"), today=TODAY)
    assert mrz.value("document_number") == "D23145890734"
    assert status(mrz, "document_number_check_digit") is FieldStatus.VALID


def test_a_long_number_may_take_all_of_the_optional_data() -> None:
    number = "123456789012345"
    lines = build(MrzFormat.TD2, a_card(document_number=number[:14]))
    full = changed(lines, 1, 28, f"{number[9:]}{check_digit(number)}")
    mrz = understand(full, today=TODAY)
    assert mrz.value("document_number") == number
    assert mrz.value("optional_data") is None


def test_a_wrong_digit_of_a_long_number_is_found() -> None:
    mrz = understand(changed(TD1, 0, 5, "D23145890<7348<"), today=TODAY)
    assert mrz.fields["document_number_check_digit"].reason == "check digit printed 8, computed 9"


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


def test_the_old_french_card_is_read_by_its_own_layout() -> None:
    lines = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert mrz.value("document_number") == "880692310285"
    assert (mrz.primary_identifier, mrz.secondary_identifier) == ("BERTHIER", "CORINNE")
    assert mrz.birth_date == date(1965, 12, 6)
    assert mrz.expiry_date is None


def test_digits_of_old_us_cards_are_not_judged_and_the_reason_says_so() -> None:
    lines = changed(build(MrzFormat.TD1, a_card()), 0, 0, "C1USA")
    mrz = understand(changed(lines, 0, 14, "9" if lines[0][14] != "9" else "8"), today=TODAY)
    field = mrz.fields["document_number_check_digit"]
    assert field.status is FieldStatus.UNSURE
    assert "predates 9303-5" in (field.reason or "")
    assert mrz.invalid == ()


def test_specimens_are_flagged_and_documents_are_not() -> None:
    assert not understand(build(MrzFormat.TD3, a_passport()), today=TODAY).specimen
    for field in ({"issuing_state": "UTO"}, {"document_number": "L898902C3"}):
        assert understand(build(MrzFormat.TD3, a_passport() | field), today=TODAY).specimen


def test_a_stateless_person_is_not_taken_for_a_specimen() -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(nationality="XXA")), today=TODAY)
    assert not mrz.specimen
    assert mrz.invalid == ()


def test_lines_that_are_no_zone_are_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match="not the lines of any"):
        understand(["HELLO", "WORLD"], today=TODAY)
    with pytest.raises(ValueError, match="may hold é"):
        understand(changed(TD3, 0, 7, "é"), today=TODAY)


@pytest.mark.skipif("BONAFIDE_DATA" not in os.environ, reason="BONAFIDE_DATA is not set")
def test_check_digits_of_labelled_documents_are_judged_as_labelled() -> None:
    table = Path(os.environ["BONAFIDE_DATA"]) / "documents" / "labels.csv"
    with table.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["mrz"]]
    assert rows
    for row in rows:
        lines = row["mrz"].split("\n")
        if set("".join(lines)) - set(CHARACTERS):
            continue
        wrong = [f.name for f in understand(lines, today=TODAY).invalid if f.name.endswith("digit")]
        old_card = lines[0].startswith(("C1USA", "C2USA"))
        assert bool(wrong) is (row["check_digits"] != "all valid" and not old_card), row["file"]
