"""What the characters of one field say for themselves: ICAO 9303-3 §4 to §5, check digits apart."""

import re
from dataclasses import dataclass
from datetime import date

from models.document import FieldStatus
from verifiers.documents import dates, issuers
from verifiers.documents.mrz_fields import FILLER, LAYOUTS, Field, Kind, Layout

_KINDS_OF_DOCUMENT = {
    "PP": "ordinary passport",
    "PD": "diplomatic passport",
    "PE": "emergency passport",
    "PL": "laissez-passer",
    "PM": "military passport",
    "PO": "official or service passport",
    "PR": "refugee's travel document (1951 convention)",
    "PS": "stateless person's travel document (1954 convention)",
    "PT": "alien's travel document",
    "PU": "emergency travel document",
    "AC": "crew member certificate",
    "IP": "passport card",
}
"""9303-4 §4.2.2.1, 9303-5 §4.2.2.1, 9303-8. The eighth edition asks for a second letter; `P<` is as
right as it was, and so is any other letter that an issuer chose before."""

_NAME = re.compile(r"(<<)?[A-Z]+(<[A-Z]+)*(<<[A-Z]+(<[A-Z]+)*)*<*")


@dataclass(frozen=True)
class Content:
    """The value of a field, its status, and the reason unless it is simply right."""

    value: str | None
    status: FieldStatus
    reason: str | None = None


def content(field: Field, raw: str, layout: Layout, today: date) -> Content:
    """What these characters say in this field."""
    said = _by_kind(field, raw, layout, today)
    if said.reason is None and said.status is FieldStatus.VALID:
        return Content(said.value, said.status, layout.remarks.get(field.name))
    return said


def words(raw: str) -> str:
    """The characters with a space for every run of fillers."""
    return " ".join(raw.replace(FILLER, " ").split())


def _by_kind(field: Field, raw: str, layout: Layout, today: date) -> Content:
    match field.kind:
        case Kind.DOCUMENT_CODE:
            return _document_code(raw, layout)
        case Kind.STATE:
            return _state(raw)
        case Kind.NAME:
            return _name(raw, layout)
        case Kind.NUMBER:
            return _number(field, raw)
        case Kind.BIRTH_DATE:
            return _date(dates.birth_date(raw, today))
        case Kind.EXPIRY_DATE:
            return _date(dates.expiry_date(raw, today))
        case Kind.SEX:
            return _sex(raw)
        case Kind.CHECK_DIGIT:
            return Content(raw, FieldStatus.VALID)


def _document_code(raw: str, layout: Layout) -> Content:
    if raw[0] not in layout.first_letters:
        letters = " or ".join(layout.first_letters)
        return _invalid(raw, f"the code of a {layout.title} begins with {letters}")
    if raw[1] == "V" and raw[0] in "ACI":
        return _invalid(raw, f"{raw} is no code of a card: V is kept for visas (9303-5 §4.2.2.1)")
    return Content(raw.rstrip(FILLER), FieldStatus.VALID, _KINDS_OF_DOCUMENT.get(raw))


def _state(raw: str) -> Content:
    if raw == FILLER * 3:
        return Content(None, FieldStatus.EMPTY, "no code is given")
    found = issuers.state(raw)
    status = FieldStatus.VALID if found.known else FieldStatus.INVALID
    return Content(raw.rstrip(FILLER), status, found.note)


def _name(raw: str, layout: Layout) -> Content:
    value = words(raw)
    if not value:
        return Content(None, FieldStatus.EMPTY, "no name is given")
    if any(c.isdigit() for c in raw):
        return _invalid(value, "a name holds no digits")
    if layout in LAYOUTS.values() and not _NAME.fullmatch(raw):
        return _invalid(
            value, "one filler parts words, two part family and given names, the rest is filled"
        )
    if raw[-1] != FILLER:
        return Content(value, FieldStatus.VALID, "it fills the whole field and may be cut off")
    if raw[0] == FILLER:
        return Content(value, FieldStatus.VALID, "there is no family name before the given names")
    return Content(value, FieldStatus.VALID)


def _number(field: Field, raw: str) -> Content:
    value = words(raw)
    if not value:
        why = "no number is given" if field.name == "document_number" else None
        return Content(None, FieldStatus.EMPTY, why)
    if field.name != "document_number" and set(value) == {"0"}:
        return Content(None, FieldStatus.EMPTY, "filled with zeros")
    return Content(value, FieldStatus.VALID)


def _date(read: dates.DateRead) -> Content:
    if read.impossible:
        return Content(None, FieldStatus.INVALID, read.impossible)
    status = FieldStatus.VALID if read.value else FieldStatus.EMPTY
    return Content(read.value, status, read.note)


def _sex(raw: str) -> Content:
    if raw in "MF":
        return Content(raw, FieldStatus.VALID)
    if raw == FILLER:
        return Content(None, FieldStatus.EMPTY, "unspecified")
    if raw == "X":
        return Content(raw, FieldStatus.VALID, "unspecified, printed X where 9303 has a filler")
    if raw == "H":
        return Content("M", FieldStatus.VALID, "H, as Mexican cards have where 9303 has M")
    return _invalid(raw, f"{raw} is none of F, M and the filler")


def _invalid(value: str, why: str) -> Content:
    return Content(value, FieldStatus.INVALID, why)
