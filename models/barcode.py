"""Barcodes of driver licences and identification cards: AAMVA DL/ID Card Design Standard, Annex D.

A barcode is error-corrected, so that its characters are sure where it was read at all. It is not
signed: anybody can print one that says anything.
"""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from models.base import Model
from models.document import FieldStatus
from models.finding import Region


class Symbology(StrEnum):
    """The stacked barcodes that are read (ISO/IEC 15438 and 24728)."""

    PDF417 = "PDF417"
    COMPACT_PDF417 = "CompactPDF417"
    MICRO_PDF417 = "MicroPDF417"


class BarcodeText(Model):
    """One barcode of a picture, read."""

    symbology: Symbology
    text: str
    region: Region
    """Where it lies on the upright picture."""


class BarcodeSearch(Model):
    """What looking for barcodes on one picture gave."""

    readings: tuple[BarcodeText, ...] = ()
    problem: str | None = None
    """Why nothing was read, or not everything, and what to do about it."""


class AnomalyKind(StrEnum):
    """How a payload may stray from the standard; printers of some issuers do so always."""

    HEADER = "header"
    """Annex D §12.3: compliance indicator, separators, file type, version, number of entries."""
    DESIGNATOR = "designator"
    """§12.4: a subfile's entry in the header that cannot be read."""
    OFFSET = "offset"
    """A subfile that begins elsewhere than its designator says."""
    LENGTH = "length"
    """A subfile longer or shorter than its designator says."""
    SUBFILE = "subfile"
    """A subfile that does not begin with its type, or that is not there."""
    SEPARATOR = "separator"
    """Elements that run together, or are set apart by something else than a line feed."""
    STRAY = "stray"
    """Characters that belong to no element."""
    REPEATED = "repeated"
    """An element that occurs twice and says two things."""
    MISSING = "missing"
    """A mandatory element that is not there."""
    ISSUER = "issuer"
    """An issuer identification number that AAMVA has not published, or is another jurisdiction's
    than the address."""
    DATE_ORDER = "date_order"
    """A date in the order of another country or version."""
    VALUE = "value"
    """An element that holds what the standard does not allow."""


class Anomaly(Model):
    """One thing about a payload that is not as the standard asks, and where."""

    kind: AnomalyKind
    told: str = Field(min_length=1)
    """One sentence without its full stop."""
    start: int = Field(ge=0)
    """The payload's character at which it is, from 0."""
    element: str | None = None


class LicenceElement(Model):
    """One data element as it stands in the payload."""

    id: str = Field(pattern=r"^[A-Z][A-Z][A-Z0-9]$")
    """As the standard names it (`DCS`); of a jurisdiction's own (`ZVA`) or of a magnetic stripe,
    the one that means the same."""
    subfile: str
    """`DL`, `ID`, `EN`, a jurisdiction's own (`ZV`), or empty where the payload names none."""
    raw: str
    """Without control characters and the spaces that fill it."""
    start: int = Field(ge=0)
    """The payload's characters that the value takes, from 0."""
    end: int = Field(ge=0)
    guessed: bool = False
    """Whether its limits are a guess, since nothing stands between it and another element."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError("a value ends where it begins, or later")
        return self


class LicenceField(Model):
    """One field of a licence, with the elements that it comes from."""

    name: str
    """`family_name`, `birth_date`, `number`: as the fields of a machine readable zone."""
    value: str | None
    """Dates as ISO 8601; `None` where nothing can be said."""
    status: FieldStatus
    """`unsure` where the value is a guess: it contradicts nothing."""
    reason: str | None = None
    elements: tuple[LicenceElement, ...] = ()


class Licence(Model):
    """A payload understood: header, fields by name, every element, and what is odd about it."""

    issuer: str | None = None
    """Issuer identification number, six digits."""
    jurisdiction: str | None = None
    """Two letters: by the issuer's number or else by the address."""
    version: int | None = None
    """Of the standard: 1 (2000) to 10 (2020) and 11 (2025)."""
    jurisdiction_version: int | None = None
    magnetic: bool = False
    """Whether it is a magnetic stripe's text printed as a barcode (Annex F; British Columbia)."""
    fields: dict[str, LicenceField] = Field(default_factory=dict)
    elements: tuple[LicenceElement, ...] = ()
    """In their order, those of unknown meaning too."""
    anomalies: tuple[Anomaly, ...] = ()
    birth_date: date | None = None
    issue_date: date | None = None
    expiry_date: date | None = None
    name_truncated: bool = False
    """Whether a part of the name was cut off (DDE, DDF, DDG)."""
    problem: str | None = None
    """Why this is no licence, or not a whole one; `None` where name, birth date and number are
    there."""

    def value(self, name: str) -> str | None:
        """The value of a field; `None` where the licence does not have it or it is empty."""
        field = self.fields.get(name)
        return field.value if field else None

    def guesses(self, *names: str) -> bool:
        """Whether one of these fields, or any at all, is a guess."""
        of = names or tuple(self.fields)
        return any(n in self.fields and self.fields[n].status is FieldStatus.UNSURE for n in of)

    @property
    def invalid(self) -> tuple[LicenceField, ...]:
        """The fields that cannot be as the standard asks."""
        return tuple(f for f in self.fields.values() if f.status is FieldStatus.INVALID)
