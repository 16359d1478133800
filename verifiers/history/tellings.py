"""One employment told at several places, in a form and in a résumé: HIST-19.

Places may leave entries out, list an employer once as a whole or by role, and be of different days.
Only an employer whose entries agree nowhere between two places is told differently.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from models.claimed_date import ClaimedDate
from models.claimed_part import Where
from models.finding import Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.history.answers import company_key
from verifiers.life import Entry, EntryKind, smallest_distance_days, surely_apart
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_HALF_A_YEAR = 183
"""Days that rounding to seasons explains."""

Pair = tuple[tuple[Entry, ...], tuple[Entry, ...]]


@_registry.rule(
    id="HIST-19",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-01", "DPRK-WEB-01"),
    benign="Dates that were rounded, a slip in a form, or one place that counts an internship or "
    "an extension in.",
    question="What are the right start and end of this employment?",
)
def told_differently_elsewhere(case: Case) -> Judgement:
    """One employment is told at two places with dates more than six months apart for certain."""
    for one, other in _told_at_two_places(case):
        pairs = [pair for pair in product(one, other) if not _two_stints(*pair)]
        if not pairs:
            continue
        compared = [pair for pair in pairs if any(_bounds(*pair))]
        if not compared:
            yield Missing(Fact.DATES, (*one, *other))
            continue
        if any(_apart(*pair) <= _HALF_A_YEAR for pair in compared):
            continue
        if len(one) != len(other) and _as_a_whole(one, other):
            continue
        first, second = min(compared, key=lambda pair: _apart(*pair))
        yield Clash(
            f"{first.label} is told in {_place(first)} and {_place(second)} with dates at least "
            f"{_apart(first, second)} days apart.",
            (*_shown(first), *_shown(second)),
            (first, second),
        )


RULES = _registry.rules

_PLACES = {
    None: "the file of claims",
    Where.RESUME: "the résumé",
    Where.APPLICATION_FORM: "the application form",
    Where.ONLINE_PROFILE: "the online profile",
    Where.INTERVIEW: "the interview",
    Where.OFFER: "the offer",
    Where.ONBOARDING_FORM: "the onboarding form",
}


def _told_at_two_places(case: Case) -> Iterator[Pair]:
    """Each employer's entries at each two places that name it."""
    told: dict[str, dict[Where | None, list[Entry]]] = {}
    for entry in case.life.told:
        if entry.kind is EntryKind.WORK and entry.place:
            places = told.setdefault(company_key(entry.place), {})
            places.setdefault(entry.where, []).append(entry)
    for places in told.values():
        for one, other in combinations(places.values(), 2):
            yield tuple(one), tuple(other)


Bounds = tuple[ClaimedDate, ClaimedDate]


def _bounds(one: Entry, other: Entry) -> tuple[Bounds | None, Bounds | None]:
    """The starts and the ends of two entries, where both tell theirs.

    No end is no statement: it was still going on on the day of one telling.
    """
    starts = (one.start, other.start) if one.start and other.start else None
    ends = (one.end, other.end) if one.end and other.end else None
    return starts, ends


def _apart(one: Entry, other: Entry) -> int:
    """Days, 0 or more, that two tellings surely lie apart at either bound."""
    return max(smallest_distance_days(*both) for both in _bounds(one, other) if both)


def _two_stints(one: Entry, other: Entry) -> bool:
    """Whether each place tells another position at that employer, of another time."""
    return one.role != other.role and surely_apart(one, other)


def _as_a_whole(one: Sequence[Entry], other: Sequence[Entry]) -> bool:
    """Whether the one entry of a place spans what another place tells by role."""
    whole, roles = (one, other) if len(one) < len(other) else (other, one)
    starts = [role.start for role in roles if role.start]
    ends = [role.end for role in roles if role.end]
    begins, finishes = whole[0].start, whole[-1].end
    near_start = (
        not (begins and starts)
        or min(smallest_distance_days(begins, start) for start in starts) <= _HALF_A_YEAR
    )
    near_end = (
        not (finishes and ends)
        or min(smallest_distance_days(finishes, end) for end in ends) <= _HALF_A_YEAR
    )
    return near_start and near_end


def _place(entry: Entry) -> str:
    return _PLACES[entry.where]


def _shown(entry: Entry) -> Iterator[Seen]:
    for seen in entry.dates:
        yield Seen(what=f"{seen.what}, in {_place(entry)}", value=seen.value)
