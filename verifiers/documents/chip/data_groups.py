"""What lies in EF.COM, DG1, DG11 and DG12 (9303-10 §4.6.1, §4.7.1, §4.7.11, §4.7.12)."""

from collections.abc import Iterator
from datetime import date

from models.document import Mrz
from verifiers.documents.chip.tlv import Malformed, Tlv, read_values, value_of
from verifiers.documents.mrz import understand

_TAGS_IN_ORDER = (
    *(0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68),
    *(0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70),
)
GROUP_TAGS = {tag: number for number, tag in enumerate(_TAGS_IN_ORDER, start=1)}
"""Numbers of data groups by the tags of their files."""

_LINES = {90: 3, 72: 2, 88: 2}
"""How many lines a zone of so many characters has: TD1, TD2, TD3."""

_DETAILS = {
    0x5F0E: "full_name",
    0x5F0F: "other_names",
    0x5F10: "personal_number",
    0x5F2B: "full_birth_date",
    0x5F11: "birth_place",
    0x5F42: "address",
    0x5F12: "telephone",
    0x5F13: "profession",
    0x5F14: "title",
    0x5F15: "personal_summary",
    0x5F17: "other_document_numbers",
    0x5F18: "custody_information",
    0x5F19: "issuing_authority",
    0x5F26: "issue_date",
    0x5F1A: "other_persons",
    0x5F1B: "endorsements",
    0x5F1C: "tax_exit_requirements",
    0x5F55: "personalisation_time",
    0x5F56: "personalisation_system",
}
"""Fields of DG11 and DG12 that are text; pictures of pages are left where they are."""
_DATES = {0x5F2B, 0x5F26, 0x5F55}
_LISTS = {0xA0, 0xA1}
_LONGEST = 500
"""Characters of one field."""


def lds_version(com: bytes) -> str | None:
    """The version of the data structure that EF.COM states: `1.7`."""
    stated = value_of(com, 0x60, 0x5F01)
    if stated is None or len(stated) != 4 or not stated.isdigit():
        return None
    return f"{int(stated[:2])}.{int(stated[2:])}"


def listed_groups(com: bytes) -> frozenset[int]:
    """The data groups that EF.COM says there are; nobody signs it."""
    return frozenset(
        GROUP_TAGS[tag] for tag in value_of(com, 0x60, 0x5C) or b"" if tag in GROUP_TAGS
    )


def read_zone(dg1: bytes, *, today: date) -> Mrz:
    """The machine readable zone in DG1.

    Raises:
        Malformed: there is none that 9303 knows.
    """
    stored = value_of(dg1, 0x61, 0x5F1F)
    if stored is None or len(stored) not in _LINES or not stored.isascii():
        raise Malformed("holds no machine readable zone")
    text, rows = stored.decode("ascii"), _LINES[len(stored)]
    columns = len(text) // rows
    try:
        return understand(
            [text[i : i + columns] for i in range(0, len(text), columns)], today=today
        )
    except ValueError:
        raise Malformed("holds characters that no machine readable zone has") from None


def read_details(file: bytes) -> dict[str, str]:
    """What DG11 or DG12 says, by the names of its fields.

    Raises:
        Malformed: it is not built as it should be.
    """
    (whole,) = read_values(file)
    said: dict[str, str] = {}
    for part in _fields(whole.value):
        name = _DETAILS.get(part.tag)
        text = _day(part.value) if part.tag in _DATES else _text(part.value)
        if name and text:
            said[name] = f"{said[name]}; {text}" if name in said else text
    return said


def issue_date(details: dict[str, str]) -> date | None:
    """The day of issue, where DG12 states one that a calendar has."""
    try:
        return date.fromisoformat(details.get("issue_date", ""))
    except ValueError:
        return None


def _fields(value: bytes) -> Iterator[Tlv]:
    """Fields in order, those in lists among them."""
    for part in read_values(value):
        if part.tag in _LISTS:
            yield from read_values(part.value)
        else:
            yield part


def _text(value: bytes) -> str:
    read = value.decode("utf-8", "replace").replace("<", " ")
    shown = "".join(c if c.isprintable() else " " for c in read)
    return " ".join(shown.split())[:_LONGEST]


def _day(value: bytes) -> str:
    """Eight digits or more, as text or two to a byte, as an ISO date; otherwise as they are."""
    digits = value.decode("ascii", "replace") if len(value) >= 8 else value.hex()
    if len(digits) >= 8 and digits[:8].isdigit():
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    return _text(value)
