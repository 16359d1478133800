"""The clock that commits were written by, against those of the homes that are claimed.

It is evidence beside other evidence and asks nothing: people travel, work at night, and come from
somewhere. The country of a home is looked at for its clocks only.
"""

from collections import Counter
from datetime import MAXYEAR, MINYEAR, date

from models.claimed_part import Period
from models.contact_claims import Address, PostalAddress
from models.finding import Seen, Strength
from models.history import Education, Work
from models.rule import Fact
from verifiers.case import Case
from verifiers.history.github_accounts import logins_of
from verifiers.rule import Clash, Judgement, Missing, Registry
from verifiers.zones import offsets_of_country

_registry = Registry()

_TELLING_COMMITS = 100
_AWAY_SHARE = 0.8
_AWAY_MINUTES = 4 * 60
_DAY_MINUTES = 24 * 60


@_registry.rule(
    id="HIST-30",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-GIT-04",),
    benign="Travel, a computer whose clock is set to another place, or a home not listed here.",
    question=None,
)
def commits_at_another_clock(case: Case) -> Judgement:
    """Nearly all commits of settled years were written hours from any clock at the residences."""
    if not logins_of(case.claims):
        return
    by_year = _commits_by_year(case)
    commits = sum(sum(offsets.values()) for offsets in by_year.values())
    if not by_year:
        yield Missing(Fact.COMMITS)
    if commits < _TELLING_COMMITS:
        return
    clocks = {year: _clocks(case, year) for year in by_year}
    judged = {year: offsets for year, offsets in by_year.items() if clocks[year]}
    total = sum(sum(offsets.values()) for offsets in judged.values())
    if total < _TELLING_COMMITS:
        yield Missing(Fact.ADDRESS)
        return
    away = sum(
        count
        for year, offsets in judged.items()
        for offset, count in offsets.items()
        if all(_apart(offset, clock) >= _AWAY_MINUTES for clock in clocks[year])
    )
    if away / total > _AWAY_SHARE:
        yield Clash(
            f"{away} of {total} commits were written at a clock at least four hours from those "
            "at the claimed residences of the same years.",
            (Seen(what="commits", value=total), Seen(what="of them hours away", value=away)),
        )


RULES = _registry.rules
"""What the clock of commits says."""


def _commits_by_year(case: Case) -> dict[int, Counter[int]]:
    """Commits by their offset in minutes; +0000 is what machines write, and says nothing."""
    by_year: dict[int, Counter[int]] = {}
    for answer in case.outside.commits:
        for counted in answer.value.offsets if answer.value else ():
            if counted.offset_minutes and MINYEAR < counted.year < MAXYEAR:
                offsets = by_year.setdefault(counted.year, Counter())
                offsets[counted.offset_minutes] += counted.commits
    return by_year


def _clocks(case: Case, year: int) -> frozenset[int]:
    """Every clock the candidate may have lived by in a year; empty where that is not told.

    It is told where one dated residence covers the whole year. Whatever other residence or work
    may fall into the year adds its country's clocks.
    """
    first, last = date(year, 1, 1), min(date(year, 12, 31), case.today)
    settled = any(
        isinstance(home, Address)
        and home.country_code
        and home.start
        and home.start.latest <= first
        and (home.end is None or home.end.earliest >= last)
        for home in case.claims.residences
    )
    if not settled:
        return frozenset()
    claims = case.claims
    places: tuple[PostalAddress | Work | Education, ...] = (
        *claims.residences,
        *claims.work,
        *claims.education,
    )
    countries = {
        place.country_code
        for place in places
        if place.country_code and not _surely_outside(place, first, last)
    }
    clocks = [offsets_of_country(country, year) for country in countries]
    return frozenset().union(*clocks) if all(clocks) else frozenset()


def _surely_outside(place: PostalAddress | Work | Education, first: date, last: date) -> bool:
    if not isinstance(place, Period):
        return False
    ended = place.end is not None and place.end.latest < first
    return ended or (place.start is not None and place.start.earliest > last)


def _apart(one: int, other: int) -> int:
    """Minutes between two clocks; a day is a round."""
    distance = abs(one - other) % _DAY_MINUTES
    return min(distance, _DAY_MINUTES - distance)
