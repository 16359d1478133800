"""The machine readable zones of ICAO 9303 (8th edition) as a table that reads like the standard.

One `Layout` a format: which field stands on which line and columns (from 0; `end` is the column
after the last), what characters it may hold, and which fields each check digit covers, in order.
Four national cards that keep to them in part stand beside the five formats, named as what they are.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from string import ascii_uppercase, digits

from models.document import MrzFormat

FILLER = "<"
CHARACTERS = digits + ascii_uppercase + FILLER
"""9303-3 §4.3: all that a machine readable zone may hold."""


class Kind(StrEnum):
    """What a field holds."""

    DOCUMENT_CODE = "document code"
    STATE = "issuing state or nationality"
    NAME = "name"
    NUMBER = "number"
    """A document number, a personal number, or whatever the issuer puts in its optional data."""
    BIRTH_DATE = "birth date"
    EXPIRY_DATE = "expiry date"
    SEX = "sex"
    CHECK_DIGIT = "check digit"

    @property
    def alphabet(self) -> str:
        """The characters that the field may hold (X for sex against 9303, as some print it)."""
        match self:
            case Kind.DOCUMENT_CODE | Kind.NUMBER:
                return CHARACTERS
            case Kind.STATE | Kind.NAME:
                return ascii_uppercase + FILLER
            case Kind.BIRTH_DATE | Kind.EXPIRY_DATE | Kind.CHECK_DIGIT:
                return digits + FILLER
            case Kind.SEX:
                return "FMX" + FILLER


@dataclass(frozen=True)
class Field:
    """One field: where it stands and what it holds."""

    name: str
    line: int
    start: int
    end: int
    kind: Kind

    @property
    def width(self) -> int:
        return self.end - self.start

    def cut(self, lines: Sequence[str]) -> str:
        """The characters of this field."""
        return lines[self.line][self.start : self.end]


@dataclass(frozen=True)
class Check:
    """A check digit, and the fields that it covers in the order in which they are weighed."""

    digit: str
    covers: tuple[str, ...]
    may_be_filler: bool = False
    """9303-4 §4.2.2.2: the personal number's digit may be a filler where that field is unused."""


@dataclass(frozen=True)
class Layout:
    """One machine readable zone."""

    format: MrzFormat
    title: str
    first_letters: str
    """What the document code may begin with."""
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    digits_not_judged: str | None = None
    """Why wrong check digits say nothing on documents of this kind."""
    long_number_weighs_filler: bool = False
    """Whether the filler in the digit's place is weighed with a long document number."""
    remarks: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)
    """What fields hold against or beyond the standard, by field name."""

    def field(self, name: str) -> Field:
        """The field of this name; `KeyError` where the format has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.title} has no field {name}")

    def has(self, name: str) -> bool:
        return any(field.name == name for field in self.fields)

    def at(self, line: int, column: int) -> Field:
        """The field that this character belongs to."""
        for field in self.fields:
            if field.line == line and field.start <= column < field.end:
                return field
        raise KeyError(f"{self.title} has no character {column} on line {line}")

    def covering(self, name: str) -> tuple[Check, ...]:
        """The check digits that a wrong character in this field would disturb."""
        return tuple(check for check in self.checks if name in check.covers)


def _first_line(width: int) -> tuple[Field, ...]:
    """Line 1 of every two-line zone: code, issuer, name."""
    return (
        Field("document_code", 0, 0, 2, Kind.DOCUMENT_CODE),
        Field("issuing_state", 0, 2, 5, Kind.STATE),
        Field("name", 0, 5, width, Kind.NAME),
    )


_SECOND_LINE = (
    Field("document_number", 1, 0, 9, Kind.NUMBER),
    Field("document_number_check_digit", 1, 9, 10, Kind.CHECK_DIGIT),
    Field("nationality", 1, 10, 13, Kind.STATE),
    Field("birth_date", 1, 13, 19, Kind.BIRTH_DATE),
    Field("birth_date_check_digit", 1, 19, 20, Kind.CHECK_DIGIT),
    Field("sex", 1, 20, 21, Kind.SEX),
    Field("expiry_date", 1, 21, 27, Kind.EXPIRY_DATE),
    Field("expiry_date_check_digit", 1, 27, 28, Kind.CHECK_DIGIT),
)
"""Line 2 of every two-line zone begins alike."""

_SINGLE = (
    Check("document_number_check_digit", ("document_number",)),
    Check("birth_date_check_digit", ("birth_date",)),
    Check("expiry_date_check_digit", ("expiry_date",)),
)
_NUMBER_AND_DATES = (
    *("document_number", "document_number_check_digit", "birth_date", "birth_date_check_digit"),
    *("expiry_date", "expiry_date_check_digit"),
)

TD1 = Layout(
    MrzFormat.TD1,
    "TD1 card (9303-5)",
    "ACI",
    (
        Field("document_code", 0, 0, 2, Kind.DOCUMENT_CODE),
        Field("issuing_state", 0, 2, 5, Kind.STATE),
        Field("document_number", 0, 5, 14, Kind.NUMBER),
        Field("document_number_check_digit", 0, 14, 15, Kind.CHECK_DIGIT),
        Field("optional_data", 0, 15, 30, Kind.NUMBER),
        Field("birth_date", 1, 0, 6, Kind.BIRTH_DATE),
        Field("birth_date_check_digit", 1, 6, 7, Kind.CHECK_DIGIT),
        Field("sex", 1, 7, 8, Kind.SEX),
        Field("expiry_date", 1, 8, 14, Kind.EXPIRY_DATE),
        Field("expiry_date_check_digit", 1, 14, 15, Kind.CHECK_DIGIT),
        Field("nationality", 1, 15, 18, Kind.STATE),
        Field("optional_data_2", 1, 18, 29, Kind.NUMBER),
        Field("composite_check_digit", 1, 29, 30, Kind.CHECK_DIGIT),
        Field("name", 2, 0, 30, Kind.NAME),
    ),
    (
        *_SINGLE,
        Check(
            "composite_check_digit",
            (
                *("document_number", "document_number_check_digit", "optional_data"),
                *("birth_date", "birth_date_check_digit"),
                *("expiry_date", "expiry_date_check_digit", "optional_data_2"),
            ),
        ),
    ),
)
TD2 = Layout(
    MrzFormat.TD2,
    "TD2 card (9303-6)",
    "ACIP",
    (
        *_first_line(36),
        *_SECOND_LINE,
        Field("optional_data", 1, 28, 35, Kind.NUMBER),
        Field("composite_check_digit", 1, 35, 36, Kind.CHECK_DIGIT),
    ),
    (*_SINGLE, Check("composite_check_digit", (*_NUMBER_AND_DATES, "optional_data"))),
)
TD3 = Layout(
    MrzFormat.TD3,
    "TD3 passport (9303-4)",
    "P",
    (
        *_first_line(44),
        *_SECOND_LINE,
        Field("personal_number", 1, 28, 42, Kind.NUMBER),
        Field("personal_number_check_digit", 1, 42, 43, Kind.CHECK_DIGIT),
        Field("composite_check_digit", 1, 43, 44, Kind.CHECK_DIGIT),
    ),
    (
        *_SINGLE,
        Check("personal_number_check_digit", ("personal_number",), may_be_filler=True),
        Check(
            "composite_check_digit",
            (*_NUMBER_AND_DATES, "personal_number", "personal_number_check_digit"),
        ),
    ),
)
MRV_A = Layout(
    MrzFormat.MRV_A,
    "MRV-A visa (9303-7)",
    "V",
    (*_first_line(44), *_SECOND_LINE, Field("optional_data", 1, 28, 44, Kind.NUMBER)),
    _SINGLE,
)
MRV_B = Layout(
    MrzFormat.MRV_B,
    "MRV-B visa (9303-7)",
    "V",
    (*_first_line(36), *_SECOND_LINE, Field("optional_data", 1, 28, 36, Kind.NUMBER)),
    _SINGLE,
)

LAYOUTS: dict[MrzFormat, Layout] = {
    layout.format: layout for layout in (TD1, TD2, TD3, MRV_A, MRV_B)
}
"""The five formats of the standard."""

FRENCH_CARD = Layout(
    MrzFormat.TD2,
    "French identity card of 1988 to 2021 (two lines of 36, not 9303)",
    "I",
    (
        Field("document_code", 0, 0, 2, Kind.DOCUMENT_CODE),
        Field("issuing_state", 0, 2, 5, Kind.STATE),
        Field("primary_identifier", 0, 5, 30, Kind.NAME),
        Field("issuing_office", 0, 30, 36, Kind.NUMBER),
        Field("document_number", 1, 0, 12, Kind.NUMBER),
        Field("document_number_check_digit", 1, 12, 13, Kind.CHECK_DIGIT),
        Field("secondary_identifier", 1, 13, 27, Kind.NAME),
        Field("birth_date", 1, 27, 33, Kind.BIRTH_DATE),
        Field("birth_date_check_digit", 1, 33, 34, Kind.CHECK_DIGIT),
        Field("sex", 1, 34, 35, Kind.SEX),
        Field("composite_check_digit", 1, 35, 36, Kind.CHECK_DIGIT),
    ),
    (
        Check("document_number_check_digit", ("document_number",)),
        Check("birth_date_check_digit", ("birth_date",)),
        Check(
            "composite_check_digit",
            (
                *("document_code", "issuing_state", "primary_identifier", "issuing_office"),
                *("document_number", "document_number_check_digit", "secondary_identifier"),
                *("birth_date", "birth_date_check_digit", "sex"),
            ),
        ),
    ),
    remarks={
        "document_code": "French identity card of 1988 to 2021, whose layout is its own, without "
        "nationality and expiry date",
        "issuing_office": "department and office of issue",
        "document_number": "year and month of issue, department of issue, and a number",
    },
)

ROMANIAN_CARD = replace(
    TD2,
    title="Romanian identity card of 1997 to 2021 (two lines of 36)",
    remarks={
        "document_code": "Romanian identity card of 1997 to 2021",
        "optional_data": "first and last six digits of the personal number (CNP), between which "
        "the birth date belongs",
    },
)

PORTUGUESE_CARD = replace(
    TD1,
    title="Portuguese citizen card (TD1)",
    long_number_weighs_filler=True,
    remarks={
        "document_number_check_digit": "computed with the filler before it, as Portuguese cards "
        "do against 9303-5",
    },
)

OLD_US_CARD = replace(
    TD1,
    title="US permanent resident card of before 2010",
    first_letters="C",
    digits_not_judged="US permanent resident cards of before 2010 do not compute their check "
    "digits as 9303-5 asks, so this one says nothing",
)


def layout_of(format: MrzFormat, lines: Sequence[str]) -> Layout:
    """The layout that these lines follow, by what only their first five characters can tell."""
    return _NATIONAL_CARDS.get((format, lines[0][:5]), LAYOUTS[format])


_NATIONAL_CARDS = {
    (MrzFormat.TD2, "IDFRA"): FRENCH_CARD,
    (MrzFormat.TD2, "IDROU"): ROMANIAN_CARD,
    (MrzFormat.TD1, "I<PRT"): PORTUGUESE_CARD,
    (MrzFormat.TD1, "C1USA"): OLD_US_CARD,
    (MrzFormat.TD1, "C2USA"): OLD_US_CARD,
}
