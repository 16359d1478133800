"""Claimed history: what a candidate says of their life, as intervals with a stated precision.

The shape is JSON Resume's (`basics`, `work`, `education`) with an `identity` beside it for what a
document can confirm. A year is a year: "2019" is some moment from 1 January to 31 December, and a
rule may contradict only what no moment in the interval allows.
"""

import calendar
import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_serializer,
    model_validator,
)

from models.base import Model


class Precision(StrEnum):
    """How exactly a claimed date is stated."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_ISO_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class ClaimedDate(Model):
    """A moment somewhere between two days, both included, with the precision it was stated in."""

    earliest: date
    latest: date
    precision: Precision

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return dict(cls.parse(value)) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self != self.parse(str(self)):
            raise ValueError("earliest and latest are the bounds of one day, month or year")
        return self

    @classmethod
    def parse(cls, text: str) -> "ClaimedDate":
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601, as JSON Resume asks)."""
        match = _ISO_PARTIAL.match(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        try:
            if month is None:
                bounds = date(year, 1, 1), date(year, 12, 31), Precision.YEAR
            elif day is None:
                last = calendar.monthrange(year, month)[1]
                bounds = date(year, month, 1), date(year, month, last), Precision.MONTH
            else:
                bounds = date(year, month, day), date(year, month, day), Precision.DAY
        except (ValueError, calendar.IllegalMonthError) as error:
            raise ValueError(f"{text!r} is not a day of the calendar") from error
        earliest, latest, precision = bounds
        return cls.model_construct(earliest=earliest, latest=latest, precision=precision)

    @model_serializer
    def _as_stated(self) -> str:
        return str(self)

    def __str__(self) -> str:
        size = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]
        return self.earliest.isoformat()[:size]

    def surely_before(self, other: "ClaimedDate") -> bool:
        """Whether no moment of this interval is as late as any moment of the other."""
        return self.latest < other.earliest


def _blank_is_missing(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


OptionalDate = Annotated[ClaimedDate | None, BeforeValidator(_blank_is_missing)]
OptionalText = Annotated[
    Annotated[str, Field(max_length=2000)] | None, BeforeValidator(_blank_is_missing)
]


class _ResumePart(BaseModel):
    """JSON Resume allows fields of one's own; they are kept out, not refused."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Period(_ResumePart):
    """Something that lasted. No end means that it goes on, or that none was given."""

    start: OptionalDate = Field(default=None, alias="startDate")
    end: OptionalDate = Field(default=None, alias="endDate")


class Work(Period):
    """One position at one employer."""

    name: OptionalText = None
    """The employer."""
    position: OptionalText = None
    location: OptionalText = None
    url: OptionalText = None
    summary: OptionalText = None
    full_time: bool | None = Field(default=None, alias="fullTime")
    """Not in JSON Resume. `None` where the candidate did not say."""

    @property
    def label(self) -> str:
        """How the report names it."""
        return " at ".join(part for part in (self.position, self.name) if part) or "a position"


class Education(Period):
    """One course of study at one institution."""

    institution: OptionalText = None
    area: OptionalText = None
    study_type: OptionalText = Field(default=None, alias="studyType")
    url: OptionalText = None

    @property
    def label(self) -> str:
        """How the report names it."""
        what = " ".join(part for part in (self.study_type, self.area) if part)
        return " at ".join(part for part in (what, self.institution) if part) or "a course"


class Basics(_ResumePart):
    """Who the candidate says they are, as on a résumé."""

    name: OptionalText = None
    label: OptionalText = None
    email: OptionalText = None
    phone: OptionalText = None
    url: OptionalText = None


def _real_person_dates(value: date | None) -> date | None:
    if value is not None and value.year < 1900:
        raise ValueError("the birth date lies before 1900")
    return value


class Identity(Model):
    """What the candidate claims and a document can confirm. Not part of JSON Resume."""

    full_name: OptionalText = Field(default=None, alias="fullName")
    birth_date: Annotated[date | None, AfterValidator(_real_person_dates)] = Field(
        default=None, alias="birthDate"
    )
    document_number: OptionalText = Field(default=None, alias="documentNumber")
    model_config = ConfigDict(populate_by_name=True)


class Claims(_ResumePart):
    """All that a candidate claims: a JSON Resume with an `identity`."""

    basics: Basics = Basics()
    identity: Identity = Identity()
    work: tuple[Work, ...] = Field(default=(), max_length=200)
    education: tuple[Education, ...] = Field(default=(), max_length=200)

    @property
    def full_name(self) -> str | None:
        """The claimed legal name where one is given, or the name on the résumé."""
        return self.identity.full_name or self.basics.name

    @property
    def tells_history(self) -> bool:
        """Whether there is any position or course to judge."""
        return bool(self.work or self.education)
