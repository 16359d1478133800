"""Dates of one life against each other, the birth date and today: HIST-07 to HIST-10, HIST-61 on.

A gap between entries is no rule and never will be.
"""

from datetime import date, timedelta

from models.claimed_date import ClaimedDate, Precision
from models.finding import Seen, Strength
from models.history import Work
from models.rule import Fact
from verifiers.case import Case
from verifiers.history.degrees import claims_a_degree, claims_a_whole_bachelor
from verifiers.life import (
    Entry,
    EntryKind,
    birthday,
    shortest_overlap_days,
    smallest_distance_days,
    surely_apart,
)
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()


@_registry.rule(
    id="HIST-07",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-RES-17",),
    benign="A notice period, contracting, one's own company, or a part-time job listed as full.",
    question="How did these positions run side by side: was one of them part-time or a contract?",
)
def overlapping_full_time(case: Case) -> Judgement:
    """Two positions, both declared full-time, at two employers overlap by more than 60 days."""
    for one, other in case.life.pairs(EntryKind.WORK):
        # Many people list an employer once as a whole and again for each role they had there.
        if False in (_full_time(one), _full_time(other)) or (
            one.place and one.place == other.place
        ):
            continue
        if surely_apart(one, other):
            continue
        declared = _full_time(one) is True and _full_time(other) is True
        if not all((one.start, one.end, other.start, other.end)):
            if declared:
                yield Missing(Fact.DATES, (one, other))
            continue
        days = shortest_overlap_days(one, other)
        if days <= 60:
            continue
        if not declared:
            yield Missing(Fact.HOURS, (one, other))
            continue
        yield Clash(
            f"{one.label} and {other.label}, both full-time, overlap by at least {days} days.",
            (*one.dates, *other.dates, Seen(what="shortest overlap", value=days, unit="days")),
            (one, other),
        )


@_registry.rule(
    id="HIST-08",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-17",),
    benign="A board seat, volunteering, one's own company, or an end date that was left out.",
    question="Which of these positions do you hold today, and how many hours a week is each?",
)
def many_open_full_time(case: Case) -> Judgement:
    """Positions declared full-time at three or more employers have begun and have no end."""
    still_open = [e for e in case.life.of_kind(EntryKind.WORK) if e.open_on(case.today)]
    full = tuple(e for e in still_open if _full_time(e) is True)
    unsaid = tuple(e for e in still_open if _full_time(e) is None)
    if (held := _employers_of(full)) >= 3:
        yield Clash(
            f"{held} full-time positions are claimed as held today.",
            tuple(seen for entry in full for seen in entry.dates),
            full,
        )
    elif _employers_of(full + unsaid) >= 3:
        yield Missing(Fact.HOURS, full + unsaid)


@_registry.rule(
    id="HIST-09a",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-18",),
    benign="A typing error in a date, help in a family business, or work as a child performer.",
    question="Is the start of this position right, and what kind of work was it?",
)
def employed_before_fourteen(case: Case) -> Judgement:
    """A position began before the 14th birthday."""
    for entry in case.life.of_kind(EntryKind.WORK):
        if not entry.dated:
            yield Missing(Fact.DATES, (entry,))
        elif case.birth_date is None:
            yield Missing(Fact.BIRTH_DATE)
        elif entry.surely_begun_before(
            birthday(case.birth_date, 14)
        ) and not entry.surely_begun_before(case.birth_date):
            yield Clash(
                f"{entry.label} begins before the 14th birthday.",
                (*entry.dates, _birth(case.birth_date)),
                (entry,),
            )


@_registry.rule(
    id="HIST-09b",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-18",),
    benign="A typing error in a date, or a gifted student.",
    question="Is the end of this course right, and can you send the degree certificate?",
)
def degree_before_seventeen(case: Case) -> Judgement:
    """A university degree was finished before the 17th birthday."""
    for entry in case.life.of_kind(EntryKind.EDUCATION):
        if not claims_a_degree(entry):
            continue
        if not entry.dated:
            yield Missing(Fact.DATES, (entry,))
        elif case.birth_date is None:
            yield Missing(Fact.BIRTH_DATE)
        elif entry.end and case.birth_date <= entry.end.latest < birthday(case.birth_date, 17):
            yield Clash(
                f"{entry.label} ends before the 17th birthday.",
                (*entry.dates, _birth(case.birth_date)),
                (entry,),
            )


@_registry.rule(
    id="HIST-10a",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-01",),
    benign="Two dates that were swapped, or a typing error in a year.",
    question="What are the right start and end of this entry?",
)
def end_before_start(case: Case) -> Judgement:
    """A position or course ends before it begins."""
    for entry in case.life.entries:
        if entry.start is None:
            yield Missing(Fact.DATES, (entry,))
        elif entry.end is not None and entry.end.surely_before(entry.start):
            yield Clash(
                f"{entry.label} ends ({entry.end}) before it begins ({entry.start}).",
                entry.dates,
                (entry,),
            )


@_registry.rule(
    id="HIST-10b",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-01",),
    benign="An accelerated course, credit from earlier study, or a course that was left early.",
    question="Was this degree awarded, and did earlier study count towards it?",
)
def bachelor_in_under_a_year(case: Case) -> Judgement:
    """A bachelor's degree took less than twelve months from its start to its end."""
    for entry in case.life.of_kind(EntryKind.EDUCATION):
        if not claims_a_whole_bachelor(entry):
            continue
        if entry.start is None:
            yield Missing(Fact.DATES, (entry,))
        elif entry.end is not None and _shorter_than_a_year(entry.start, entry.end):
            yield Clash(
                f"{entry.label} is a bachelor's degree of less than twelve months.",
                entry.dates,
                (entry,),
            )


@_registry.rule(
    id="HIST-61",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-18",),
    benign="A typing error in a year, or in the birth date.",
    question="Which is right: the date of this entry or the birth date?",
)
def before_birth(case: Case) -> Judgement:
    """A position or course begins or ends before the birth date."""
    for entry in case.life.entries:
        if not entry.dated:
            yield Missing(Fact.DATES, (entry,))
        elif case.birth_date is None:
            yield Missing(Fact.BIRTH_DATE)
        elif any(d and d.latest < case.birth_date for d in (entry.start, entry.end)):
            yield Clash(
                f"{entry.label} lies before the birth date.",
                (*entry.dates, _birth(case.birth_date)),
                (entry,),
            )


@_registry.rule(
    id="HIST-62",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-RES-01",),
    benign="An internship or contract that is already agreed, or a typing error in a year.",
    question="Has this position begun, and what are its right dates?",
)
def ended_before_it_could_begin(case: Case) -> Judgement:
    """A position is told with its end although it has not begun today."""
    # Only this is odd about the future: an accepted offer has no end yet, a fixed-term contract
    # has begun, and a course has an expected graduation.
    for entry in case.life.of_kind(EntryKind.WORK):
        if entry.start is None:
            yield Missing(Fact.DATES, (entry,))
        elif entry.end is not None and entry.start.earliest > case.today:
            yield Clash(
                f"{entry.label} is told with its end, and begins only after today.",
                (*entry.dates, Seen(what="today", value=case.today.isoformat())),
                (entry,),
            )


@_registry.rule(
    id="HIST-63",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-01",),
    benign="A typing error, or two projects for oneself or one client under the same title.",
    question="Are these one position or two, and what are the right dates?",
)
def told_twice_differently(case: Case) -> Judgement:
    """The same position or course is told twice: one date agrees, the other by no means."""
    for kind in EntryKind:
        for one, other in case.life.pairs(kind):
            if not one.place or not one.role or (one.place, one.role) != (other.place, other.role):
                continue
            if one.start is None or one.end is None or other.start is None or other.end is None:
                yield Missing(Fact.DATES, (one, other))
                continue
            starts, ends = (one.start, other.start), (one.end, other.end)
            apart = max(smallest_distance_days(*starts), smallest_distance_days(*ends))
            # Half a year is what rounding to seasons explains (as HIST-19 allows).
            if apart > 183 and (_agree(*starts) or _agree(*ends)):
                yield Clash(
                    f"{one.label} is told twice, with dates at least {apart} days apart.",
                    (*one.dates, *other.dates),
                    (one, other),
                )


RULES = _registry.rules


def _full_time(entry: Entry) -> bool | None:
    return entry.claim.full_time if isinstance(entry.claim, Work) else None


def _shorter_than_a_year(start: ClaimedDate, end: ClaimedDate) -> bool:
    # Both days count: a degree of "2019" to "2019" may have filled that year.
    last_day_of_a_year = birthday(start.earliest, 1) - timedelta(days=1)
    return not end.surely_before(start) and end.latest < last_day_of_a_year


def _agree(one: ClaimedDate, other: ClaimedDate) -> bool:
    # Two entries of the same year are too often two projects to be taken for one told twice.
    exact = Precision.YEAR not in (one.precision, other.precision)
    return exact and smallest_distance_days(one, other) == 0


def _employers_of(entries: tuple[Entry, ...]) -> int:
    """Employers, each once for all roles there; a position without one counts by itself."""
    return len({entry.place or number for number, entry in enumerate(entries)})


def _birth(day: date) -> Seen:
    return Seen(what="birth date", value=day.isoformat())
