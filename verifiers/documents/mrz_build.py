"""The machine readable zone that given data make: the grammar of 9303, the other way round."""

from collections.abc import Mapping

from models.document import MrzFormat
from verifiers.documents.check_digit import check_digit
from verifiers.documents.mrz_fields import FILLER, Field, Kind, Layout, layout_of
from verifiers.transliteration import transliterate


def build(format: MrzFormat, fields: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of a zone; fields that are not given are filled, check digits are computed.

    Names are given as `primary_identifier` and `secondary_identifier` in any Latin, Cyrillic or
    Arabic writing, or as `name`, like everything else, as the zone has it. Dates are `YYMMDD`.
    Document numbers of more than nine characters continue in the optional data where the format
    allows that (9303-5 and -6 §4.2.2.2). Raises `ValueError` for names of fields that the layout
    does not have and for what does not fit. The fields of a zone, as they stand, give its lines.
    """
    head = fields.get("document_code", "").ljust(2, FILLER)
    layout = layout_of(format, [head + fields.get("issuing_state", "").ljust(3, FILLER)])
    given = dict(fields)
    if layout.has("name"):
        name = _name(given.pop("primary_identifier", ""), given.pop("secondary_identifier", ""))
        given.setdefault("name", _cut_off(name, layout.field("name").width))
    else:
        given |= {f.name: _part(f, given.get(f.name, "")) for f in layout.fields if _is_name(f)}
    if len(given.get("document_number", "")) > layout.field("document_number").width:
        _continue_number(given, layout)
    unknown = [name for name in given if not layout.has(name)]
    if unknown:
        raise ValueError(f"a {layout.title} has no field {', '.join(unknown)}")
    raw = {f.name: _filled(f, given.get(f.name, "")) for f in layout.fields}
    for check in layout.checks:
        covered = "".join(raw[name] for name in check.covers)
        empty = check.may_be_filler and not covered.strip(FILLER)
        if check.digit not in given and not empty:
            raw[check.digit] = str(check_digit(covered))
    lines, _ = format.shape
    return tuple(
        "".join(raw[f.name] for f in layout.fields if f.line == line) for line in range(lines)
    )


def _name(primary: str, secondary: str) -> str:
    one, two = (transliterate(n).replace(" ", FILLER) for n in (primary, secondary))
    return f"{one}{FILLER * 2}{two}"


def _is_name(field: Field) -> bool:
    return field.kind is Kind.NAME


def _part(field: Field, name: str) -> str:
    """A name that has a field of its own, as it stands where it is one for the zone already."""
    if set(name) <= set(field.kind.alphabet):
        return name
    return transliterate(name).replace(" ", FILLER)[: field.width]


def _cut_off(name: str, width: int) -> str:
    """The name within its field; where it is cut off, a letter in the last place says so."""
    if len(name.rstrip(FILLER)) <= width or name[width - 1] != FILLER:
        return name[:width]
    gap = len(name[:width].rstrip(FILLER))
    letter = len(name) - len(name[gap:].lstrip(FILLER))
    return name[: width - (letter - gap) - 1] + name[gap : letter + 1]


def _continue_number(given: dict[str, str], layout: Layout) -> None:
    if layout.format not in (MrzFormat.TD1, MrzFormat.TD2):
        raise ValueError(f"a {layout.title} holds document numbers of up to nine characters")
    number = given["document_number"]
    filler = FILLER if layout.long_number_weighs_filler else ""
    rest = f"{number[9:]}{check_digit(number[:9] + filler + number[9:])}{FILLER}"
    given["document_number"] = number[:9]
    given["document_number_check_digit"] = FILLER
    given["optional_data"] = rest + given.get("optional_data", "")


def _filled(field: Field, value: str) -> str:
    if len(value) > field.width:
        raise ValueError(f"{field.name} holds {field.width} characters, not {len(value)}")
    if strange := set(value) - set(field.kind.alphabet):
        raise ValueError(f"{field.name} cannot hold {' '.join(sorted(strange))}")
    return value.ljust(field.width, FILLER)
