"""The age of an employer's domain against the position claimed there: HIST-04 and HIST-05.

Companies get domains late, lose them and change them, so a domain that a registry or an operator
gives for that very company says nothing, nor does one of a company that was renamed.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from models.finding import Strength
from models.history import Work
from models.rule import Fact
from verifiers.case import Case
from verifiers.domains import own_domain
from verifiers.history.answers import (
    official_domains_of,
    registered_on,
    said,
    was_renamed,
)
from verifiers.life import Entry, EntryKind
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_EVERYBODY_HAD_ONE = date(2005, 1, 1)
"""A domain registered earlier may be the first of a company that is much older than it."""
_YOUNG = timedelta(days=180)


@_registry.rule(
    id="HIST-04",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-11", "DPRK-RES-10"),
    benign="The employer has another name and site by now, or let its domain lapse and registered "
    "it again.",
    question="Which site did the employer have when you worked there, and who can confirm it?",
)
def domain_after_the_job(case: Case) -> Judgement:
    """An employer's domain was registered only after the position there had ended."""
    for entry, domain in _sites(case):
        answer = registered_on(case, domain)
        if entry.end is None and entry.dated:
            continue
        if answer is None or answer.value is None or answer.value.registered_on is None:
            yield Missing(Fact.DOMAIN_REGISTRATION, (entry,))
        elif entry.end is None:
            yield Missing(Fact.DATES, (entry,))
        elif (day := answer.value.registered_on) > entry.end.latest and day >= _EVERYBODY_HAD_ONE:
            yield Clash(
                f"{entry.label} ended ({entry.end}) before the employer's domain {domain} was "
                f"registered ({day}).",
                (*entry.dates, said(f"{domain}, registered", day.isoformat(), answer)),
                (entry,),
            )


@_registry.rule(
    id="HIST-05",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-11", "DPRK-RES-10"),
    benign="A young company that worked for months before it had a site, or that moved to a new "
    "domain.",
    question="Which site did the employer have before, and who there can confirm your work?",
)
def domain_of_this_half_year(case: Case) -> Judgement:
    """An employer's domain is younger than 180 days, and the position there began before it."""
    for entry, domain in _sites(case):
        answer = registered_on(case, domain)
        if answer is None or answer.value is None or answer.value.registered_on is None:
            yield Missing(Fact.DOMAIN_REGISTRATION, (entry,))
            continue
        day, first = answer.value.registered_on, entry.start or entry.end
        if not timedelta(0) <= case.today - day < _YOUNG:
            continue
        if first is None:
            yield Missing(Fact.DATES, (entry,))
        elif first.latest < day:
            yield Clash(
                f"{entry.label} begins ({first}) before the employer's domain {domain} was "
                f"registered ({day}), less than 180 days ago.",
                (*entry.dates, said(f"{domain}, registered", day.isoformat(), answer)),
                (entry,),
            )


RULES = _registry.rules


def _sites(case: Case) -> Iterator[tuple[Entry, str]]:
    """Positions with the claimed domain of the employer, where nobody vouches for it."""
    for entry in case.life.of_kind(EntryKind.WORK):
        if not isinstance(entry.claim, Work):
            continue
        domain = own_domain(entry.claim.url)
        if (
            domain
            and domain not in official_domains_of(case, entry.claim.name)
            and not was_renamed(case, entry.claim)
        ):
            yield entry, domain
