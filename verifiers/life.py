"""A claimed life laid out on one line: positions and courses, with what their dates prove.

The same life may be told at several places, in a résumé and again in a form. Each is a telling,
and the life is the fullest of them, so that a job told twice is one job. Dates are intervals, so
every statement here is about what all moments of an interval allow: an overlap is the shortest one
possible, a distance the smallest. Days are the only unit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from models.claimed_date import ClaimedDate
from models.claimed_part import Where
from models.finding import Seen
from models.history import Claims, Education, Work

_LABEL_LENGTH = 80
"""Characters of an entry's label; a résumé may hold thousands, a sentence should not."""


class EntryKind(StrEnum):
    """What the candidate did."""

    WORK = "work"
    EDUCATION = "education"


@dataclass(frozen=True)
class Entry:
    """One position or course. Two entries that read the same are still two entries.

    What is read off it is kept: rules look at every pair of up to two hundred entries.
    """

    position: int
    """Its place among all that is claimed at any place, from 0, work before education."""
    claim: Work | Education

    @property
    def kind(self) -> EntryKind:
        return EntryKind.WORK if isinstance(self.claim, Work) else EntryKind.EDUCATION

    @property
    def where(self) -> Where | None:
        """Where it was told; `None` is the file of claims itself."""
        return self.claim.asserted.where if self.claim.asserted else None

    @property
    def start(self) -> ClaimedDate | None:
        return self.claim.start

    @property
    def end(self) -> ClaimedDate | None:
        return self.claim.end

    @cached_property
    def label(self) -> str:
        text = " ".join(self.claim.label.split())
        return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1].rstrip() + "…"

    @cached_property
    def place(self) -> str:
        """The employer or institution, as it is compared: case and spacing do not count."""
        name = self.claim.name if isinstance(self.claim, Work) else self.claim.institution
        return folded(name)

    @cached_property
    def role(self) -> str:
        """The position or course, as it is compared."""
        if isinstance(self.claim, Work):
            return folded(self.claim.position)
        return folded(" ".join(filter(None, (self.claim.study_type, self.claim.area))))

    @cached_property
    def dates(self) -> tuple[Seen, ...]:
        """Its start and end as stated, as evidence."""
        bounds = (("start", self.start), ("end", self.end))
        return tuple(Seen(what=f"{name}, {self.label}", value=str(d)) for name, d in bounds if d)

    @property
    def dated(self) -> bool:
        """Whether there is any date to place it by."""
        return self.start is not None or self.end is not None

    def open_on(self, today: date) -> bool:
        """Whether it has surely begun and no end is given: it goes on, as far as is told."""
        return self.start is not None and self.end is None and self.start.latest <= today

    def surely_begun_before(self, day: date) -> bool:
        """Whether its first known moment lies before the day, whatever moment that was."""
        first = self.start or self.end
        return first is not None and first.latest < day


@dataclass(frozen=True)
class Life:
    """All that the timeline rules look at."""

    entries: tuple[Entry, ...]
    """Each job and course once: those of the telling that has most of its kind."""
    today: date
    birth_date: date | None
    """For arithmetic with claimed dates, never a feature of its own."""
    told: tuple[Entry, ...] = ()
    """All that is claimed, at whatever place: what only a comparison of tellings looks at."""

    @classmethod
    def of(cls, claims: Claims, today: date, birth_date: date | None) -> "Life":
        """The entries of a claim in the order they were given."""
        claimed: tuple[Work | Education, ...] = (*claims.work, *claims.education)
        told = tuple(Entry(position, claim) for position, claim in enumerate(claimed))
        entries = tuple(entry for kind in EntryKind for entry in _fullest_telling(told, kind))
        return cls(entries=entries, today=today, birth_date=birth_date, told=told)

    def of_kind(self, kind: EntryKind) -> tuple[Entry, ...]:
        """The entries of one kind."""
        return tuple(entry for entry in self.entries if entry.kind is kind)

    def pairs(self, kind: EntryKind) -> Iterator[tuple[Entry, Entry]]:
        """Every two entries of one kind, once."""
        return combinations(self.of_kind(kind), 2)


def _fullest_telling(told: tuple[Entry, ...], kind: EntryKind) -> tuple[Entry, ...]:
    """Positions, or courses, of the place that has most of them.

    Of equals the file itself, then in the order of `Where`, however the claims are sorted.
    Positions and courses are chosen apart: a form may ask for one of them only.
    """
    of_kind = [entry for entry in told if entry.kind is kind]
    tellings = [tuple(e for e in of_kind if e.where is where) for where in (None, *Where)]
    return max(tellings, key=lambda telling: len(telling))


def birthday(birth_date: date, age: int) -> date:
    """The day on which that age is reached; 28 February for those born on the 29th."""
    year = min(birth_date.year + age, date.max.year)
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return birth_date.replace(year=year, day=28)


def surely_apart(one: Entry, other: Entry) -> bool:
    """Whether one surely ended before the other began, whatever is not stated of either."""
    return any(
        first.end and second.start and first.end.surely_before(second.start)
        for first, second in ((one, other), (other, one))
    )


def shortest_overlap_days(one: Entry, other: Entry) -> int:
    """Days, 0 or more, that two entries surely have in common. Both have a start and an end."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        raise ValueError("an overlap is proven only between entries with a start and an end")
    begin = max(one.start.latest, other.start.latest)
    finish = min(one.end.earliest, other.end.earliest)
    return max(0, (finish - begin).days)


def smallest_distance_days(one: ClaimedDate, other: ClaimedDate) -> int:
    """Days, 0 or more, that surely lie between two claimed dates; 0 where they may be the same."""
    early, late = sorted((one, other), key=lambda claimed: (claimed.earliest, claimed.latest))
    return max(0, (late.earliest - early.latest).days)


def folded(text: str | None) -> str:
    """A name as it is compared: case and spacing do not count."""
    return " ".join((text or "").split()).casefold()
