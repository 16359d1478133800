"""Travel and identity documents: the machine readable zone of ICAO 9303, as text and as fields."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from models.base import Model
from models.finding import Region


class MrzFormat(StrEnum):
    """The five machine readable zones of ICAO 9303 parts 4 to 7."""

    TD1 = "TD1"
    """Cards of credit-card size, three lines of 30 (9303-5)."""
    TD2 = "TD2"
    """Larger cards, two lines of 36 (9303-6)."""
    TD3 = "TD3"
    """Passports, two lines of 44 (9303-4)."""
    MRV_A = "MRV-A"
    """Visas, two lines of 44 (9303-7)."""
    MRV_B = "MRV-B"
    """Smaller visas, two lines of 36 (9303-7)."""

    @property
    def shape(self) -> tuple[int, int]:
        """Lines, and characters a line."""
        return {
            MrzFormat.TD1: (3, 30),
            MrzFormat.TD2: (2, 36),
            MrzFormat.TD3: (2, 44),
            MrzFormat.MRV_A: (2, 44),
            MrzFormat.MRV_B: (2, 36),
        }[self]


class MrzText(Model):
    """The characters of one zone as read from a picture, each with how sure it is."""

    format: MrzFormat
    lines: tuple[str, ...]
    confidence: tuple[tuple[float, ...], ...]
    """For each character, 0 to 1: the chosen one against its runner-up."""
    unsure: tuple[tuple[int, int], ...] = ()
    """Line and column, from 0, of the characters that were not read surely."""
    region: Region
    """Where the zone lies on the upright picture."""
    rotation: float = 0.0
    """Degrees clockwise by which the text is turned on the picture, -180 to 180."""

    @model_validator(mode="after")
    def _shaped(self) -> Self:
        lines, columns = self.format.shape
        if len(self.lines) != lines or any(len(line) != columns for line in self.lines):
            raise ValueError(f"{self.format} has {lines} lines of {columns} characters")
        if [len(row) for row in self.confidence] != [columns] * lines:
            raise ValueError("there is one confidence a character")
        return self

    @property
    def sure(self) -> bool:
        """Whether every character was read surely (its check digits may still be wrong)."""
        return not self.unsure


class MrzSearch(Model):
    """What looking for machine readable zones on one picture gave."""

    readings: tuple[MrzText, ...] = ()
    problem: str | None = None
    """Why nothing was read, or not surely, and what to do about it."""


class FieldStatus(StrEnum):
    """What can be said of one field of a zone."""

    VALID = "valid"
    INVALID = "invalid"
    UNSURE = "unsure"
    EMPTY = "empty"


class MrzField(Model):
    """One field of a machine readable zone, with the reason for what is said of it."""

    name: str
    """As 9303 names it, in snake case: `document_number`, `birth_date`, `composite_check_digit`."""
    raw: str
    """The characters as printed, filler included."""
    value: str | None
    """Without filler; dates as ISO 8601; `None` where nothing can be said."""
    status: FieldStatus
    reason: str | None = None
    line: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    """The column after its last character."""


class Mrz(Model):
    """A machine readable zone understood: its fields by name, and what they say."""

    format: MrzFormat
    lines: tuple[str, ...]
    fields: dict[str, MrzField]
    primary_identifier: str | None
    """Family name, transliterated, words separated by one space."""
    secondary_identifier: str | None
    name_truncated: bool = False
    birth_date: date | None
    expiry_date: date | None
    specimen: bool = False
    """Whether the issuer or number belongs to published specimens (UTO, for one)."""

    def value(self, name: str) -> str | None:
        """The value of a field; `None` where the format has no such field or it is empty."""
        field = self.fields.get(name)
        return field.value if field else None

    @property
    def invalid(self) -> tuple[MrzField, ...]:
        """The fields that were read but cannot be as 9303 asks."""
        return tuple(f for f in self.fields.values() if f.status is FieldStatus.INVALID)


class PrintedField(Model):
    """One field read from the visual inspection zone."""

    name: str
    value: str | None
    text: str
    """As printed."""
    confidence: float = Field(ge=0, le=1)
    region: Region
