"""Print against zone: when it agrees, when it differs, and when nothing can be said."""

from datetime import date

import pytest

from models.document import Mrz, MrzFormat
from tests.documents.print_sheets import label, line, page
from tests.documents.zones import a_passport
from verifiers.documents.agreement import FieldAgreement, compare_zones
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build
from verifiers.documents.print_lines import PrintLine, Sheet
from verifiers.documents.printed import PrintedZone, zone_of
from verifiers.names import Agreement

HONEST = {
    "document_number": "SPERI2014",
    "surname": "DE VRIES",
    "given_names": "WILLEKE",
    "birth_date": "10 MAA/MAR 1965",
    "sex": "V/F",
    "nationality": "Nederlandse",
    "expiry_date": "09 MAA/MAR 2034",
}


def zone(**fields: str) -> Mrz:
    lines = build(MrzFormat.TD3, a_passport(**fields))
    return understand(lines, today=date(2026, 6, 1))


def compared(
    printed: PrintedZone, mrz: Mrz | None = None, again: str | None = None
) -> dict[str, FieldAgreement]:
    """`again`: what the second reading gives instead of the same text."""
    found = compare_zones(
        mrz or zone(), printed, lambda field: field.text if again is None else again
    )
    return {one.name: one for one in found}


def agreement(printed: PrintedZone, name: str, mrz: Mrz | None = None) -> Agreement:
    return compared(printed, mrz)[name].agreement


def test_an_honest_page_agrees_in_every_field() -> None:
    found = compared(page(**HONEST))
    assert {c.agreement for c in found.values()} == {Agreement.AGREES}
    assert set(found) == set(HONEST)


@pytest.mark.parametrize(
    ("field", "forged"),
    [
        ("document_number", "SPERI2077"),
        ("surname", "LINDQVIST"),
        ("given_names", "BIRGITTA"),
        ("birth_date", "10 MAA/MAR 1985"),
        ("birth_date", "11.03.1965"),
        ("sex", "M/M"),
        ("nationality", "BEL"),
        ("expiry_date", "09 MAA/MAR 2036"),
    ],
)
def test_another_value_at_a_label_differs_in_that_field_alone(field: str, forged: str) -> None:
    found = compared(page(**HONEST | {field: forged}))
    expected = Agreement.UNKNOWN if forged == "M/M" else Agreement.DIFFERS
    assert found[field].agreement is expected
    assert all(c.agreement is Agreement.AGREES for n, c in found.items() if n != field)


@pytest.mark.parametrize(
    ("field", "printed", "in_zone"),
    [
        ("surname", "MÜLLER", {"primary_identifier": "MUELLER"}),
        ("surname", "Łukasiewicz-Żółć", {"primary_identifier": "LUKASIEWICZ ZOLC"}),
        ("surname", "MUSTERMANN GEB. GABLER", {"primary_identifier": "MUSTERMANN"}),
        ("given_names", "BIRUTĖ", {"secondary_identifier": "BIRUTE"}),
        ("name", "DE VRIES, WILLEKE", {}),
        ("name", "WILLEKE DE VRIES", {}),
        ("document_number", "SPERI 2014", {}),
        ("document_number", "SPERI2O14", {}),
        ("birth_date", "10.03.65", {}),
        ("birth_date", "1965-03-10", {}),
        ("birth_date", "03/10/1965", {}),
        ("birth_date", "10 MRZ/MARS 65", {}),
        ("sex", "F", {}),
        ("sex", "KVK/F", {}),
        ("sex", "WEIBLICH", {}),
        ("nationality", "NLD", {}),
        ("nationality", "DUTCH", {}),
        ("nationality", "D", {"nationality": "D"}),
        ("nationality", "DEUTSCH", {"nationality": "D"}),
        ("nationality", "BRITISH CITIZEN", {"nationality": "GBR"}),
        ("nationality", "POLSKIE /POLISH", {"nationality": "POL"}),
    ],
)
def test_the_same_in_another_writing_agrees(
    field: str, printed: str, in_zone: dict[str, str]
) -> None:
    honest = {name: HONEST[name] for name in ("document_number", "birth_date", "expiry_date")}
    found = compared(page(**honest | {field: printed}), zone(**in_zone))
    names = ("surname", "given_names") if field == "name" else (field,)
    assert {found[name].agreement for name in names} == {Agreement.AGREES}


def test_a_name_that_the_zone_cuts_off_agrees_with_the_whole_of_it() -> None:
    cut = zone(
        primary_identifier="NILAVADHANANANDA", secondary_identifier="CHAYAPA DEJTHAMRONG KRASUANG"
    )
    assert cut.name_truncated
    whole = page(given_names="CHAYAPA DEJTHAMRONG KRASUANGSUVAN")
    assert agreement(whole, "given_names", cut) is Agreement.AGREES


def test_a_name_over_two_lines_is_one_name() -> None:
    lines = [label("Given names", 300, 0), line("WILLEKE", 300, 22), line("LISELOTTE", 300, 58)]
    printed = zone_of((Sheet(tuple(lines)),))
    both = zone(secondary_identifier="WILLEKE LISELOTTE")
    assert agreement(printed, "given_names", both) is Agreement.AGREES


def test_columns_side_by_side_each_have_their_own_value() -> None:
    lines = [
        label("Date of birth", 0, 0),
        label("Date of expiry", 300, 0),
        line("10 MAR 1965", 0, 22),
        line("09 MAR 2034", 300, 22),
    ]
    found = compared(zone_of((Sheet(tuple(lines)),)))
    assert found["birth_date"].agreement is Agreement.AGREES
    assert found["expiry_date"].agreement is Agreement.AGREES


def test_a_value_without_a_label_is_known_by_what_the_zone_says() -> None:
    lines = [line("DE VRIES", 0, 0), line("10 MAR 1965", 0, 50), line("SPERI2014", 0, 100)]
    found = compared(zone_of((Sheet(tuple(lines)),)))
    for name in ("surname", "birth_date", "document_number"):
        assert found[name].agreement is Agreement.AGREES
        assert "no label was read" in found[name].explanation
    assert found["given_names"].agreement is Agreement.UNKNOWN


FORGED = HONEST | {"birth_date": "10 MAR 1985"}


def test_a_value_read_with_little_confidence_never_differs() -> None:
    rest = {name: value for name, value in HONEST.items() if name != "birth_date"}
    lines = (label("Date of birth", 900, 0), line("10 MAR 1985", 900, 22, sure=0.7))
    assert agreement(page(*lines, **rest), "birth_date") is Agreement.UNKNOWN


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("10 MAR 1985", Agreement.DIFFERS),
        ("10 MAR 1995", Agreement.UNKNOWN),
        ("10 MAR 1965", Agreement.UNKNOWN),
        ("", Agreement.UNKNOWN),
    ],
)
def test_a_value_differs_only_where_a_second_reading_gives_the_same(
    again: str, expected: Agreement
) -> None:
    assert compared(page(**FORGED), again=again)["birth_date"].agreement is expected


def test_a_page_whose_labels_are_not_understood_never_differs() -> None:
    alone = page(birth_date="10 MAR 1985", issue_date="09 MAR 2024", sex="F")
    assert agreement(alone, "birth_date") is Agreement.UNKNOWN


def test_labels_below_their_values_do_not_make_an_honest_page_differ() -> None:
    rows = (
        ("DE VRIES", "Surname"),
        ("WILLEKE", "Given names"),
        ("10 MAR 1965", "Date of birth"),
        ("10 MAR 2024", "Date of issue"),
        ("09 MAR 2034", "Date of expiry"),
        ("SPERI2014", "Passport No."),
    )
    lines: list[PrintLine] = []
    for row, (value, name) in enumerate(rows):
        lines += [line(value, 0, 60 * row), label(name, 0, 60 * row + 32)]
    found = compared(zone_of((Sheet(tuple(lines)),)))
    assert Agreement.DIFFERS not in {c.agreement for c in found.values()}


def test_what_the_zone_says_elsewhere_in_like_type_leaves_it_open() -> None:
    printed = page(line("10 MAR 1965", 900, 500), **FORGED)
    found = compared(printed)["birth_date"]
    assert found.agreement is Agreement.UNKNOWN
    assert "is printed as well" in found.explanation


def test_a_ghost_print_of_the_true_value_does_not_hide_a_forged_one() -> None:
    printed = page(line("10 MAR 1965", 900, 500, height=14), **FORGED)
    assert agreement(printed, "birth_date") is Agreement.DIFFERS


def test_a_signature_does_not_hide_a_forged_name() -> None:
    printed = page(line("Willeke de Vries", 900, 500), **HONEST | {"surname": "LINDQVIST"})
    assert agreement(printed, "surname") is Agreement.DIFFERS


def test_a_doubt_of_the_first_reading_is_cleared_by_the_second() -> None:
    printed = page(**HONEST | {"surname": "DE VRLES"})
    assert agreement(printed, "surname") is Agreement.UNKNOWN
    assert compared(printed, again="DE VRIES")["surname"].agreement is Agreement.AGREES


def test_a_nearly_right_copy_elsewhere_is_a_doubt() -> None:
    printed = page(line("10031966", 900, 500), **FORGED)
    assert agreement(printed, "birth_date") is Agreement.UNKNOWN


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("SPER12014", Agreement.AGREES),  # I and 1 have one shape
        ("SPERI2O14", Agreement.AGREES),
        ("5PERI2014", Agreement.UNKNOWN),  # S read as 5
        ("SPERI201", Agreement.UNKNOWN),  # the last character lost
        ("SPERI2017", Agreement.DIFFERS),
        ("K112233A4", Agreement.DIFFERS),
    ],
)
def test_a_number_differs_only_beyond_look_alikes(number: str, expected: Agreement) -> None:
    assert agreement(page(**HONEST | {"document_number": number}), "document_number") is expected


def test_a_visa_may_print_the_number_of_the_passport_beside_its_own() -> None:
    lines = build(MrzFormat.MRV_A, a_passport(document_code="V"))
    mrz = understand(lines, today=date(2026, 6, 1))
    printed = page(**HONEST | {"document_number": "NM7714305"})
    assert agreement(printed, "document_number", mrz) is Agreement.UNKNOWN


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("birth_date", "ROTTERDAM"),  # the place of birth, its own label unread
        ("document_number", "KONINKRIJK"),
        ("sex", "1,72 m"),
        ("surname", "10 MAR 1965"),
        ("given_names", "林美華"),
    ],
)
def test_a_text_of_another_kind_at_a_label_is_not_its_value(field: str, text: str) -> None:
    assert agreement(page(**HONEST | {field: text}), field) is not Agreement.DIFFERS


def test_a_lone_m_may_be_a_woman_in_some_languages() -> None:
    assert agreement(page(**HONEST | {"sex": "M"}), "sex") is Agreement.UNKNOWN
    assert agreement(page(**HONEST | {"sex": "MALE"}), "sex") is Agreement.DIFFERS


def test_a_small_labelled_copy_of_the_true_value_does_not_excuse_a_forged_one() -> None:
    copy = (label("Date of birth", 900, 500), line("10 MAR 1965", 900, 522, height=10))
    assert agreement(page(*copy, **FORGED), "birth_date") is Agreement.DIFFERS


def test_two_labels_with_two_values_leave_it_open_which_is_meant() -> None:
    copy = (label("Date of birth", 900, 500), line("10 MAR 1965", 900, 522))
    found = compared(page(*copy, **FORGED))["birth_date"]
    assert found.agreement is Agreement.UNKNOWN
    assert "two values" in found.explanation


def test_small_print_vouches_for_nothing_that_has_no_label() -> None:
    large = [line("LINDQVIST", 0, 0), line("10 MAR 1985", 0, 50), line("K112233A4", 0, 100)]
    small = line("DE VRIES 10031965 SPERI2014", 0, 150, height=10)
    found = compared(zone_of((Sheet((*large, small)),)))
    assert Agreement.AGREES not in {one.agreement for one in found.values()}


def test_an_unclear_value_at_a_label_is_not_settled_by_the_right_one_elsewhere() -> None:
    rest = {name: value for name, value in HONEST.items() if name != "birth_date"}
    unclear = (label("Date of birth", 900, 0), line("21 JUN 1985", 900, 22, sure=0.7))
    printed = page(*unclear, line("10 MAR 1965", 900, 500), **rest)
    assert agreement(printed, "birth_date") is Agreement.UNKNOWN


def test_a_name_among_other_words_is_not_the_holders() -> None:
    printed = zone_of(
        (Sheet((line("SINT WILLEKE", 0, 0), line("DE VRIES", 0, 50), line("X", 0, 100))),)
    )
    found = compared(printed)
    assert found["given_names"].agreement is Agreement.UNKNOWN
    assert found["surname"].agreement is Agreement.AGREES


@pytest.mark.parametrize(
    ("in_zone", "printed", "expected"),
    [
        ("M", "F/M", Agreement.AGREES),  # Irish fireann is male
        ("F", "B/F", Agreement.AGREES),
        ("M", "F", Agreement.DIFFERS),
        ("<", "F", Agreement.UNKNOWN),
        ("<", "M", Agreement.UNKNOWN),
    ],
)
def test_a_sex_differs_only_where_no_language_lets_it_agree(
    in_zone: str, printed: str, expected: Agreement
) -> None:
    assert agreement(page(**HONEST | {"sex": printed}), "sex", zone(sex=in_zone)) is expected
