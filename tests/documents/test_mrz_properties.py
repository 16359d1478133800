"""The grammar of the machine readable zone, both ways: what holds for every document."""

from datetime import date
from string import ascii_uppercase, digits

from hypothesis import given
from hypothesis import strategies as st

from models.document import FieldStatus, MrzFormat
from tests.documents.zones import a_passport, changed
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build
from verifiers.documents.mrz_fields import CHARACTERS, LAYOUTS, Kind

TODAY = date(2026, 6, 1)

_words = st.lists(st.text(ascii_uppercase, min_size=1, max_size=5), min_size=1, max_size=2)
_days = st.dates(date(1930, 1, 1), date(2025, 12, 31)).map(lambda d: d.strftime("%y%m%d"))
_fields = st.fixed_dictionaries(
    {
        "issuing_state": st.sampled_from(["NLD", "D", "UTO", "XOM", "GBR"]),
        "primary_identifier": _words.map(" ".join),
        "secondary_identifier": _words.map(" ".join),
        "document_number": st.text(ascii_uppercase + digits, min_size=1, max_size=9),
        "nationality": st.sampled_from(["NLD", "D", "UTO", "XXB", "RKS"]),
        "birth_date": _days,
        "sex": st.sampled_from("FM"),
        "expiry_date": st.dates(date(2000, 1, 1), date(2060, 1, 1)).map(
            lambda d: d.strftime("%y%m%d")
        ),
    }
)
_formats = st.sampled_from(MrzFormat)
_CODES = {"TD1": "I", "TD2": "I", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}


@given(_formats, _fields)
def test_what_is_built_is_understood_as_it_was_given(
    format: MrzFormat, fields: dict[str, str]
) -> None:
    lines = build(format, fields | {"document_code": _CODES[format]})
    mrz = understand(lines, today=TODAY)
    assert mrz.format is format
    assert mrz.invalid == ()
    assert mrz.primary_identifier == fields["primary_identifier"]
    assert mrz.secondary_identifier == fields["secondary_identifier"]
    for name in ("issuing_state", "nationality", "document_number", "sex"):
        assert mrz.value(name) == fields[name]
    for name in ("birth_date", "expiry_date"):
        assert (mrz.value(name) or "").replace("-", "")[2:] == fields[name]


@given(_words.map(" ".join), st.text(ascii_uppercase + " ", min_size=40, max_size=80))
def test_a_name_too_long_for_its_field_ends_in_a_letter(primary: str, secondary: str) -> None:
    secondary = f"A{secondary}Z"
    fields = a_passport(primary_identifier=primary, secondary_identifier=secondary)
    mrz = understand(build(MrzFormat.TD3, fields), today=TODAY)
    if len(f"{primary}  {' '.join(secondary.split())}") > 39:
        assert mrz.name_truncated
        assert mrz.fields["name"].raw[-1].isalpha()


@given(_formats, _fields, st.data())
def test_one_wrong_character_is_caught_except_where_731_is_blind(
    format: MrzFormat, fields: dict[str, str], data: st.DataObject
) -> None:
    lines = build(format, fields | {"document_code": _CODES[format]})
    layout = LAYOUTS[format]
    covered = [layout.field(c.covers[0]) for c in layout.checks if len(c.covers) == 1]
    # An unused personal number has no digit that could catch anything.
    field = data.draw(st.sampled_from([f for f in covered if f.cut(lines).strip("<")]))
    column = data.draw(st.integers(field.start, field.end - 1))
    old = lines[field.line][column]
    alphabet = digits if field.kind is not Kind.NUMBER else CHARACTERS
    new = data.draw(st.sampled_from(sorted(set(alphabet) - {old})))
    mrz = understand(changed(lines, field.line, column, new), today=TODAY)
    caught = f"{field.name}_check_digit" in [f.name for f in mrz.invalid]
    blind = (int_value(old) - int_value(new)) % 10 == 0
    assert caught is not blind


def int_value(character: str) -> int:
    """9303-3 §4.9: what a character weighs."""
    return 0 if character == "<" else int(character, 36)


@given(_formats, st.data())
def test_any_text_of_the_right_shape_is_answered(format: MrzFormat, data: st.DataObject) -> None:
    rows, columns = format.shape
    line = st.text(CHARACTERS, min_size=columns, max_size=columns)
    lines = tuple(data.draw(line) for _ in range(rows))
    mrz = understand(lines, today=TODAY)
    assert all(f.status is not FieldStatus.INVALID or f.reason for f in mrz.fields.values())
