"""What a row of the tables holds: the format of a number, or how long a document is valid."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ORDINARY_PASSPORT = ("P", "PP")
"""Document codes of ordinary passports; what a state numbers otherwise (diplomatic, emergency,
refugees' documents) has other letters, and no rows here."""
IDENTITY_CARD = ("I", "ID")


class Certainty(StrEnum):
    """How sure a row is."""

    PUBLISHED = "published"
    """The issuer publishes the rule, and its specimens show the number in its place."""
    OBSERVED = "observed"
    """Known from documents: the rule, or its place in the zone, is not the issuer's word."""


@dataclass(frozen=True)
class DocumentNumber:
    """How the numbers of one kind of document look; several rows of a kind are alternatives."""

    state: str
    """As the zone has it, without fillers: `D` is Germany."""
    documents: tuple[str, ...]
    """Codes of the documents, without fillers."""
    pattern: str
    """See `pattern`."""
    source: str
    certainty: Certainty = Certainty.PUBLISHED
    check: str | None = None
    """Name of a check in `checks`, over the whole number."""
    since: int | None = None
    """First and last year in which documents were issued with such numbers."""
    until: int | None = None


@dataclass(frozen=True)
class PersonalNumber:
    """How the holder's number looks, and in which field of the zone it stands.

    Other things may stand there, so what does not fit is not judged.
    """

    state: str
    documents: tuple[str, ...]
    field: str
    """As `mrz_fields` names it."""
    pattern: str
    name: str
    """What the issuer calls the number."""
    source: str
    certainty: Certainty = Certainty.PUBLISHED
    check: str | None = None
    month_adds: tuple[int, ...] = (0,)
    """What may be added to the month of birth, and to the day."""
    day_adds: tuple[int, ...] = (0,)
    birth_date_may_differ: str | None = None
    """Why the date in an honest number may be another."""
    without_birth_date: tuple[str, ...] = ()
    """How numbers begin that hold none."""
    lacks_birth_date: bool = False
    """Whether the zone leaves the six digits of birth out, after the first digit."""


@dataclass(frozen=True)
class Validity:
    """For how long a document is valid at most, by the holder's age at issue."""

    state: str
    documents: tuple[str, ...]
    from_age: int
    """Whole years at issue from which the row holds, until the next row's."""
    years: int | None
    """`None`: without end."""
    source: str
    extra_months: int = 0
    """Months of the document before that may be added."""
    extra_until: date | None = None
    """The last day of issue on which they were."""


Row = DocumentNumber | PersonalNumber | Validity
