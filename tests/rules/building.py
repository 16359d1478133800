"""Cases in a line: claims as JSON Resume, what sources said, what a company saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from models.circumstances import Circumstances
from models.context import Context
from models.history import Claims
from models.outside import Answer, Outcome, Outside
from models.rule import Fact
from models.stage import Stage
from verifiers.case import Case

TODAY = date(2026, 3, 15)
FETCHED = datetime(2026, 3, 15, 9, 30, tzinfo=UTC)

T = TypeVar("T")


def a_case(
    claims: Mapping[str, Any] | None = None,
    outside: Outside | None = None,
    seen: Circumstances | None = None,
    *,
    born: date | None = date(1990, 6, 1),
) -> Case:
    """A candidate on the day of these tests."""
    return Case(
        Claims.model_validate(claims or {}),
        Context(stage=Stage.INTERVIEW, today=TODAY),
        born,
        outside or Outside(),
        seen or Circumstances(),
    )


def work(
    start: str = "",
    end: str = "",
    *,
    at: str = "Northwind",
    title: str = "Engineer",
    full_time: bool | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A position as JSON Resume writes it."""
    dates = {"startDate": start, "endDate": end}
    return {"name": at, "position": title, "fullTime": full_time, **dates, **more}


def full(start: str = "", end: str = "", *, at: str = "Northwind", **more: Any) -> dict[str, Any]:
    """A position declared full-time."""
    return work(start, end, at=at, full_time=True, **more)


def course(
    start: str = "",
    end: str = "",
    *,
    at: str = "Utopia State",
    kind: str = "Bachelor",
    area: str = "Physics",
    **more: Any,
) -> dict[str, Any]:
    """A course as JSON Resume writes it."""
    dates = {"startDate": start, "endDate": end}
    return {"institution": at, "studyType": kind, "area": area, **dates, **more}


def history(*entries: Mapping[str, Any]) -> dict[str, Any]:
    """Claims with these positions and courses."""
    return {
        "work": [e for e in entries if "position" in e],
        "education": [e for e in entries if "institution" in e],
    }


def told(*entries: Mapping[str, Any], born: date | None = date(1990, 6, 1)) -> Case:
    """A candidate of whom nothing but these positions and courses is known."""
    return a_case(history(*entries), born=born)


def found(question: str, value: T, source: str = "a registry") -> Answer[T]:
    """A source's answer with what it found."""
    return Answer(
        source=source,
        question=question,
        outcome=Outcome.FOUND,
        value=value,
        fetched_at=FETCHED,
    )


def absent(question: str, source: str = "a registry") -> Answer[Any]:
    """A source's answer that it has no such thing."""
    return Answer(source=source, question=question, outcome=Outcome.ABSENT, fetched_at=FETCHED)


def down(question: str, source: str = "a registry") -> Answer[Any]:
    """A source that did not answer."""
    return Answer(
        source=source,
        question=question,
        outcome=Outcome.UNKNOWN,
        why="did not answer in time",
        fetched_at=FETCHED,
    )


@dataclass(frozen=True)
class ThreeCases:
    """What every rule must show."""

    fraud: Case
    honest: Mapping[str, Case]
    """Lives that look the same, by what makes them honest."""
    unknown: Case
    lacking: Fact
    """What the rule says it could not be judged without."""
