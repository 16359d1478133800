"""The grammar of the machine readable zone, both ways: what holds for every document."""

import re
from string import ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import FieldStatus, Mrz, MrzFormat
from tests.documents.zones import TODAY, a_passport, changed
from verifiers.documents.check_digit import check_digit
from verifiers.documents.issuers import (
    ALPHA_2,
    BEYOND_9303,
    EXTENSIONS,
    STATES,
    WITHDRAWN,
    WITHOUT_NATIONALITY,
)
from verifiers.documents.mrz import format_of, understand
from verifiers.documents.mrz_build import build
from verifiers.documents.mrz_fields import CHARACTERS, layout_of
from verifiers.documents.weighed import weighed

_PLACED = re.compile(r"line [123], characters? \d+( to \d+)?: \S.*|not read surely: line \d.*")
_HEADS = {
    MrzFormat.TD1: ("I<NLD", "IDD<<", "ACGBR", "CASI<", "I<PRT", "C1USA"),
    MrzFormat.TD2: ("I<NLD", "IDROU", "IDD<<", "P<UTO"),
    MrzFormat.TD3: ("P<NLD", "PPGBR", "PDD<<", "PSXOM", "P<SUN"),
    MrzFormat.MRV_A: ("V<NLD", "VCD<<"),
    MrzFormat.MRV_B: ("V<NLD", "VCD<<"),
}
_formats = st.sampled_from(MrzFormat)
_words = st.lists(st.text(ascii_uppercase, min_size=1, max_size=5), min_size=1, max_size=2)
_days = st.dates(TODAY.replace(year=1930), TODAY).map(lambda day: day.strftime("%y%m%d"))
_births = st.one_of(
    _days,
    _days.map(lambda day: day[:4] + "<<"),
    _days.map(lambda day: day[:2] + "<<<<"),
    st.just("<<<<<<"),
)
_expiries = st.one_of(
    st.dates(TODAY.replace(year=2000), TODAY.replace(year=2060)).map(
        lambda day: day.strftime("%y%m%d")
    ),
    st.just("<<<<<<"),
)
_states = st.sampled_from(
    sorted(STATES.union(EXTENSIONS, WITHOUT_NATIONALITY, WITHDRAWN, BEYOND_9303))
    + [f"{code}<" for code in sorted(ALPHA_2)]
)
_letters_and_digits = ascii_uppercase + digits


@st.composite
def _documents(draw: st.DrawFn, format: MrzFormat) -> dict[str, str]:
    """The fields of a document of this format, with whatever 9303 and its issuers allow."""
    head = draw(st.sampled_from(_HEADS[format]))
    layout = layout_of(format, [head])
    fields = {
        "document_code": head[:2].rstrip("<"),
        "issuing_state": head[2:].rstrip("<"),
        "primary_identifier": draw(_words.map(" ".join)),
        "secondary_identifier": draw(st.one_of(st.just(""), _words.map(" ".join))),
        "document_number": draw(st.text(_letters_and_digits, min_size=1, max_size=9)),
        "nationality": draw(_states).rstrip("<"),
        "birth_date": draw(_births),
        "sex": draw(st.sampled_from("FMX<")),
        "expiry_date": draw(_expiries),
    }
    for name in ("optional_data", "optional_data_2", "personal_number"):
        if layout.has(name):
            width = layout.field(name).width
            fields[name] = draw(st.text(_letters_and_digits, max_size=width))
    if layout.format in (MrzFormat.TD1, MrzFormat.TD2) and draw(st.booleans()):
        room = layout.field("optional_data").width - 2
        fields["document_number"] = draw(
            st.text(_letters_and_digits, min_size=10, max_size=9 + room)
        )
        fields["optional_data"] = ""
    return fields


_french_cards = st.fixed_dictionaries(
    {
        "document_code": st.just("ID"),
        "issuing_state": st.just("FRA"),
        "primary_identifier": _words.map(" ".join),
        "issuing_office": st.text(_letters_and_digits, max_size=6),
        "document_number": st.text(_letters_and_digits, min_size=12, max_size=12),
        "secondary_identifier": _words.map(" ".join),
        "birth_date": _births,
        "sex": st.sampled_from("FM"),
    }
)


@st.composite
def _zones(draw: st.DrawFn) -> tuple[MrzFormat, dict[str, str]]:
    """A format and the fields of a document of it, French cards among them."""
    if draw(st.integers(0, 5)) == 0:
        return MrzFormat.TD2, draw(_french_cards)
    format = draw(_formats)
    return format, draw(_documents(format))


@given(_zones())
def test_what_is_built_is_understood_as_it_was_given(
    zone: tuple[MrzFormat, dict[str, str]],
) -> None:
    format, fields = zone
    mrz = understand(build(format, fields), today=TODAY)
    assert mrz.format is format
    assert mrz.invalid == ()
    assert mrz.primary_identifier == fields.pop("primary_identifier")
    assert (mrz.secondary_identifier or "") == fields.pop("secondary_identifier")
    for name in ("birth_date", "expiry_date"):
        printed = fields.pop(name, "")
        assert (mrz.value(name) or "").replace("-", "")[2:] == printed.rstrip("<")
    for name, given_value in fields.items():
        empty = mrz.fields[name].status is FieldStatus.EMPTY
        assert (mrz.value(name) or "") == ("" if empty else given_value)
        assert not empty or set(given_value) <= set("<0")


@given(_zones(), st.data())
def test_the_fields_of_a_zone_as_they_stand_build_its_lines_right_or_wrong(
    zone: tuple[MrzFormat, dict[str, str]], data: st.DataObject
) -> None:
    format, fields = zone
    lines = build(format, fields)
    layout = layout_of(format, lines)
    wrong = layout.field(data.draw(st.sampled_from([check.digit for check in layout.checks])))
    lines = changed(lines, wrong.line, wrong.start, data.draw(st.sampled_from(digits)))
    raw = {field.name: field.raw for field in understand(lines, today=TODAY).fields.values()}
    assert build(format, raw) == lines


@given(_words.map(" ".join), st.text(ascii_uppercase + " ", min_size=40, max_size=80))
def test_a_name_too_long_for_its_field_ends_in_a_letter(primary: str, secondary: str) -> None:
    secondary = f"A{secondary}Z"
    fields = a_passport(primary_identifier=primary, secondary_identifier=secondary)
    mrz = understand(build(MrzFormat.TD3, fields), today=TODAY)
    if len(f"{primary}  {' '.join(secondary.split())}") > 39:
        assert mrz.name_truncated
        assert mrz.fields["name"].raw[-1].isalpha()


@given(_zones(), st.data())
def test_one_wrong_character_is_told_by_a_digit_except_where_731_is_blind(
    zone: tuple[MrzFormat, dict[str, str]], data: st.DataObject
) -> None:
    format, fields = zone
    lines = build(format, fields)
    layout = layout_of(format, lines)
    if layout.digits_not_judged:
        return
    covered = sorted({name for check in layout.checks for name in (check.digit, *check.covers)})
    field = layout.field(data.draw(st.sampled_from(covered)))
    column = data.draw(st.integers(field.start, field.end - 1))
    if (field.line, column) < (0, 5):
        return  # Another head is another layout.
    digits = {(one.line, one.column) for one in (weighed(c, layout, lines) for c in layout.checks)}
    old = lines[field.line][column]
    new = data.draw(st.sampled_from(sorted(set(CHARACTERS) - {old})))
    mrz = understand(changed(lines, field.line, column, new), today=TODAY)
    told = _wrong_digits(mrz)
    if (_value(old) - _value(new)) % 10:
        assert told
    elif (field.line, column) not in digits and "<" not in (old, new):
        assert not told


@given(st.text(CHARACTERS, min_size=2, max_size=20), st.data())
def test_a_swap_of_neighbours_is_told_unless_their_values_differ_by_a_multiple_of_five(
    text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text) - 2))
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    blind = (_value(text[at]) - _value(text[at + 1])) % 5 == 0
    assert (check_digit(text) == check_digit(swapped)) is blind


@pytest.mark.parametrize("alike", ["<0AKU", "1BLV", "2CMW", "3DNX", "4EOY", "5FPZ", "6GQ", "9JT"])
def test_characters_that_weigh_alike_are_a_check_digits_blind_spot(alike: str) -> None:
    assert len({check_digit(f"L8{character}8902C3") for character in alike}) == 1


@given(_formats, st.data())
def test_any_text_of_the_right_shape_is_answered_with_reasons_that_say_where(
    format: MrzFormat, data: st.DataObject
) -> None:
    rows, columns = format.shape
    heads = [*_HEADS[format], "IDFRA", ""]
    line = st.text(CHARACTERS, min_size=columns, max_size=columns)
    lines = [data.draw(line) for _ in range(rows)]
    lines[0] = (data.draw(st.sampled_from(heads)) + lines[0])[:columns]
    mrz = understand(lines, today=TODAY)
    for field in mrz.fields.values():
        assert field.reason is None or _PLACED.fullmatch(field.reason), field.reason
        assert field.reason or field.status in (FieldStatus.VALID, FieldStatus.EMPTY)


@given(st.lists(st.text(CHARACTERS, max_size=50), max_size=4))
def test_lines_of_any_other_shape_are_refused_in_one_way(lines: list[str]) -> None:
    if format_of(lines) is None:
        with pytest.raises(ValueError, match="not the lines of any machine readable zone"):
            understand(lines, today=TODAY)


def _wrong_digits(mrz: Mrz) -> list[str]:
    return [field.name for field in mrz.invalid if field.name.endswith("check_digit")]


def _value(character: str) -> int:
    """9303-3 §4.9: what a character weighs."""
    return 0 if character == "<" else int(character, 36)
