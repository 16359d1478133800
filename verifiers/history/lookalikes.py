"""Domains made to be taken for another's: HIST-06 and HIST-13.

Compared is with the real domains of the very firm or school that is named. One that is anybody's
real domain is nobody's imitation, and one that was registered years ago was not made for this.
"""

from collections.abc import Iterator
from datetime import timedelta

from models.finding import EvidenceClass, Seen, Strength
from models.history import Education, Work
from models.rule import Fact
from verifiers.case import Case
from verifiers.domains import differs_in_ending_only, looks_like, own_domain
from verifiers.history.answers import (
    company_key,
    every_official_domain,
    official_domains_of,
    operators_domains_of,
    registered_on,
    said,
)
from verifiers.life import Entry, EntryKind
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_YOUNG = timedelta(days=730)
"""Imitations are made for the occasion; groups hold the names of their branches for long."""
_FOR_OTHERS = frozenset(
    {
        "digitary.net", "hedd.ac.uk", "mycreds.ca", "myequals.net", "parchment.com",
        "studentclearinghouse.org", "truecopycredentials.com",
    }
)  # fmt: skip
"""Services that confirm degrees for many schools."""


@_registry.rule(
    id="HIST-06",
    version=1,
    strength=Strength.STRONG,
    evidence_class=EvidenceClass.CONTACT,
    indicators=("DPRK-RES-06", "DPRK-RES-05"),
    benign="A branch, a brand or another country's ending of the same group.",
    question="Is this address the employer's own, and is there one at its main domain?",
)
def domain_like_the_employers(case: Case) -> Judgement:
    """A contact or site of an employer is at a domain that looks like the employer's real one."""
    everyone = every_official_domain(case)
    for told, employer, domain, entries in _employers_contacts(case):
        if domain in everyone:
            continue
        real = official_domains_of(case, employer, _works_at(case, employer))
        if not real:
            yield Missing(Fact.OFFICIAL_DOMAIN, entries)
            continue
        likeness = ((official, looks_like(domain, official)) for official in real)
        alike = [(official, why) for official, why in likeness if why]
        if not alike:
            continue
        told_by_operator = operators_domains_of(case, employer)
        # A registry may not know under which endings a group is, so such a one tells nothing.
        sure = [
            (official, why)
            for official, why in alike
            if official in told_by_operator or not differs_in_ending_only(domain, official)
        ]
        young, age = _young(case, domain)
        if young is False:
            continue
        if young is None:
            # An old one clears it, so a registry that does not answer must not tell against it.
            yield Missing(Fact.DOMAIN_REGISTRATION, entries)
            continue
        if not sure:
            yield Missing(Fact.OFFICIAL_DOMAIN, entries)
            continue
        official, why = sure[0]
        yield Clash(
            f"{told} is at a domain that looks like the employer's: {why}.",
            (Seen(what=told, value=domain), real[official], *age),
            entries,
        )


@_registry.rule(
    id="HIST-13",
    version=1,
    strength=Strength.STRONG,
    evidence_class=EvidenceClass.CONTACT,
    indicators=("DPRK-DOC-08", "DPRK-RES-05"),
    benign="A department, an alumni office or a service that confirms degrees for the school.",
    question="Can you name the school's own office for degrees, as its own site gives it?",
)
def contact_not_the_schools(case: Case) -> Judgement:
    """The contact that shall confirm a course is at a new domain that is not the school's."""
    everyone = every_official_domain(case)
    for entry in case.life.of_kind(EntryKind.EDUCATION):
        claim = entry.claim
        domain = own_domain(claim.contact_email) if isinstance(claim, Education) else None
        if domain is None or not isinstance(claim, Education) or not claim.institution:
            continue
        if domain in everyone | _FOR_OTHERS:
            continue
        real = official_domains_of(case, claim.institution)
        if not real:
            yield Missing(Fact.OFFICIAL_DOMAIN, (entry,))
            continue
        young, age = _young(case, domain)
        if young is False:
            continue
        if young is None:
            yield Missing(Fact.DOMAIN_REGISTRATION, (entry,))
            continue
        yield Clash(
            f"The contact for {entry.label} is at {domain}, which is not the school's domain.",
            (Seen(what="contact's domain", value=domain), *real.values(), *age),
            (entry,),
        )


RULES = _registry.rules


def _employers_contacts(
    case: Case,
) -> Iterator[tuple[str, str | None, str, tuple[Entry, ...]]]:
    """What is at an employer's domain: what it is, the employer, the domain, the entries."""
    for entry in case.life.of_kind(EntryKind.WORK):
        site = own_domain(entry.claim.url)
        if isinstance(entry.claim, Work) and site and entry.place:
            yield f"The site of {entry.label}", entry.claim.name, site, (entry,)
    claimed = dict.fromkeys(work.name for work in case.claims.work if work.name)
    for number, reference in enumerate(case.claims.references, start=1):
        mail = own_domain(reference.email)
        for employer in (reference.employer,) if reference.employer else claimed:
            if mail:
                yield f"The address of reference {number}", employer, mail, ()


def _works_at(case: Case, employer: str | None) -> list[Work]:
    wanted = company_key(employer or "")
    return [w for w in case.claims.work if wanted and company_key(w.name or "") == wanted]


def _young(case: Case, domain: str) -> tuple[bool | None, tuple[Seen, ...]]:
    """Whether it was registered lately; `None` where the day is not known. With who says so."""
    answer = registered_on(case, domain)
    if answer is None or answer.value is None or answer.value.registered_on is None:
        return None, ()
    day = answer.value.registered_on
    return case.today - day < _YOUNG, (said(f"{domain}, registered", day.isoformat(), answer),)
