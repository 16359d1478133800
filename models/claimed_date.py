"""A date as people state it: a day, a month or a year, kept as the interval that it is.

A year is a year: "2019" is some moment from 1 January to 31 December, and a rule may contradict
only what no moment in the interval allows.
"""

import calendar
import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_serializer, model_validator

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


def blank_is_missing(value: Any) -> Any:
    """Forms send an empty text where nothing was said."""
    return None if isinstance(value, str) and not value.strip() else value


OptionalDate = Annotated[ClaimedDate | None, BeforeValidator(blank_is_missing)]
