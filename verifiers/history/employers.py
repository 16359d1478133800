"""Employers as registries and providers know them: HIST-01 to HIST-03 and HIST-60.

A company is the claimed employer only where that is sure (`answers`), and every registry that knows
it must disagree with the claim; what its predecessors or successors explain is no clash.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from models.finding import Strength
from models.history import Work
from models.outside import Answer, Company, Confirmation, EmploymentConfirmation, Outcome
from models.rule import Fact
from verifiers.case import Case
from verifiers.domains import own_domain
from verifiers.history.answers import about_domain, about_employer, company_key, employer_in, said
from verifiers.life import Entry, EntryKind, birthday, folded
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_BEFORE_THE_PAPERS = timedelta(days=90)
"""Founders work before a company is registered."""
_WINDING_UP = timedelta(days=180)
"""Staff stay on for a while to close a company."""
_LAST_YEARS = 5
"""What a provider's search reaches back to, in years."""

Known = tuple[Answer[tuple[Company, ...]], Company]


@_registry.rule(
    id="HIST-01",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-01", "DPRK-RES-11"),
    benign="The employer was incorporated anew, renamed or bought, or traded before it was a "
    "company.",
    question="Under which name did you begin there, and can you send a contract or a payslip?",
)
def employed_before_the_employer(case: Case) -> Judgement:
    """A position began more than 90 days before its employer was founded, by every registry."""
    for entry, work in positions(case):
        known, first = _known(case, work), entry.start or entry.end
        if not known:
            yield Missing(Fact.COMPANY_REGISTRY, (entry,))
            continue
        if first is None:
            yield Missing(Fact.DATES, (entry,))
            continue
        founded = [_founded(case, company) for _, company in known]
        if any(day and day - first.latest <= _BEFORE_THE_PAPERS for day in founded):
            continue
        if None in founded or _several(known):
            yield Missing(Fact.COMPANY_REGISTRY, (entry,))
            continue
        day = min(day for day in founded if day)
        yield Clash(
            f"{entry.label} begins ({first}) before the employer was founded ({day}).",
            (
                *entry.dates,
                *(
                    said(f"{company.name} ({company.number}), founded", str(founded_on), answer)
                    for (answer, company), founded_on in zip(known, founded, strict=True)
                ),
            ),
            (entry,),
        )


@_registry.rule(
    id="HIST-02",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-01", "DPRK-RES-11"),
    benign="Another company took the business over, or staff stayed to wind it up.",
    question="Who took the business over, and can you send a payslip from the last months there?",
)
def employed_after_the_employer(case: Case) -> Judgement:
    """A position goes on for more than 180 days after its employer was dissolved."""
    for entry, work in positions(case):
        # Without an end a position may have ended at any time after its start.
        known, last = _known(case, work), entry.end or entry.start
        if not known:
            yield Missing(Fact.COMPANY_REGISTRY, (entry,))
            continue
        if last is None:
            yield Missing(Fact.DATES, (entry,))
            continue
        dissolved = [_dissolved(case, company) for _, company in known]
        if any(day and last.earliest - day <= _WINDING_UP for day in dissolved):
            continue
        if None in dissolved or _several(known):
            yield Missing(Fact.COMPANY_REGISTRY, (entry,))
            continue
        day = max(day for day in dissolved if day)
        yield Clash(
            f"{entry.label} goes on ({last}) after the employer was dissolved ({day}).",
            (
                *entry.dates,
                *(
                    said(f"{company.name} ({company.number}), dissolved", str(ended_on), answer)
                    for (answer, company), ended_on in zip(known, dissolved, strict=True)
                ),
            ),
            (entry,),
        )


@_registry.rule(
    id="HIST-03",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-RES-10", "DPRK-RES-11"),
    benign="A sole trader, an association, a country whose registry was not asked, or a firm "
    "that is long gone.",
    question=None,
)
def employer_not_found(case: Case) -> Judgement:
    """No registry that was asked has the employer, and its claimed domain is not registered."""
    for entry, work in positions(case):
        domain = own_domain(work.url)
        if domain is None:
            continue
        registries = about_employer(case.outside.companies, work.name)
        network: tuple[Answer[Any], ...] = (
            *about_domain(case.outside.domains, domain),
            *about_domain(case.outside.mail, domain),
        )
        asked: tuple[Answer[Any], ...] = (*registries, *network)
        if any(a.outcome is Outcome.FOUND for a in asked):
            continue
        if not _all_absent(registries):
            yield Missing(Fact.COMPANY_REGISTRY, (entry,))
        elif not _all_absent(network):
            yield Missing(Fact.DOMAIN_REGISTRATION, (entry,))
        else:
            yield Clash(
                f"The employer of {entry.label} was found in no registry that was asked, and its "
                f"domain {domain} is not registered.",
                tuple(said(f"{a.question}, asked for", "not there", a) for a in asked),
                (entry,),
            )


@_registry.rule(
    id="HIST-60",
    version=1,
    # The published severity is moderate, but that nobody has a record is never evidence by itself.
    strength=Strength.WEAK,
    indicators=("DPRK-RES-01", "DPRK-GOV-04"),
    benign="A company that keeps out of sight, freelance work, or an employer lost to war, flight "
    "or bankruptcy.",
    question="Which could you send for any of these: payslips, tax records, or a contract, with "
    "the amounts blacked out?",
)
def nothing_independent(case: Case) -> Judgement:
    """Of no employment of the last five years is there any record but the candidate's word."""
    recent = [(e, work) for e, work in positions(case) if in_last_years(e, case.today)]
    recent = [(e, work) for e, work in recent if not _for_oneself(work)]
    answers = [(e, independent_answers(case, work)) for e, work in recent]
    if any(
        a.value and a.value.confirmation is not Confirmation.NO_RECORD
        for _, told in answers
        for a in told
    ):
        return
    unasked = tuple(entry for entry, told in answers if not told)
    if unasked:
        yield Missing(Fact.EMPLOYER_CONFIRMATION, unasked)
    elif answers:
        yield Clash(
            f"Of the {_counted(len(answers))} of the last five years nobody asked has a record.",
            tuple(
                said(f"record of {entry.label}", "none", a) for entry, told in answers for a in told
            ),
            tuple(entry for entry, _ in answers),
        )


RULES = _registry.rules


def independent_answers(case: Case, work: Work) -> tuple[Answer[EmploymentConfirmation], ...]:
    """What was said of this employment by contacts found without the candidate's help."""
    return tuple(
        a
        for a in about_employer(case.outside.employments, work.name)
        if a.value and a.value.independent
    )


def in_last_years(entry: Entry, today: date) -> bool:
    """Whether a position surely lasted into the last five years."""
    last = entry.end or entry.start
    return last is not None and (
        entry.open_on(today) or birthday(last.earliest, _LAST_YEARS) >= today
    )


def positions(case: Case) -> Iterator[tuple[Entry, Work]]:
    """The positions that name their employer."""
    for entry in case.life.of_kind(EntryKind.WORK):
        if isinstance(entry.claim, Work) and entry.place:
            yield entry, entry.claim


def _known(case: Case, work: Work) -> tuple[Known, ...]:
    """What each registry that was asked surely knows as this employer."""
    answers = about_employer(case.outside.companies, work.name)
    return tuple((a, company) for a in answers for company in employer_in(a, work))


def _several(known: tuple[Known, ...]) -> bool:
    """Whether one registry has several of that name, so that it is not known which."""
    sources = [answer.source for answer, _ in known]
    return len(set(sources)) < len(sources)


def _founded(case: Case, company: Company) -> date | None:
    """The day on which it, or what it came of, began; `None` where that is not known."""
    family = _family(case, company)
    days = [one.created_on for one in family if one and one.created_on]
    return min(days) if len(days) == len(family) else None


def _dissolved(case: Case, company: Company) -> date | None:
    """The day on which it and what came of it had ended; the last of days where any goes on."""
    family = _family(case, company)
    days = [one.dissolved_on or date.max for one in family if one]
    return max(days) if date.max in days or len(days) == len(family) else None


def _family(case: Case, company: Company) -> list[Company | None]:
    """It and its predecessors and successors; `None` for one that no registry answered about."""
    every = [one for answer in case.outside.companies for one in answer.value or ()]
    related = map(company_key, company.successors)
    return [
        company,
        *(next((o for o in every if company_key(o.name) == name), None) for name in related),
    ]


def _all_absent(answers: tuple[Answer[Any], ...]) -> bool:
    return bool(answers) and all(a.outcome is Outcome.ABSENT for a in answers)


_OWN_ACCOUNT = ("self-employed", "self employed", "freelance", "freelancer", "own company")


def _for_oneself(work: Work) -> bool:
    """Nobody else could confirm it."""
    return any(folded(text) in _OWN_ACCOUNT for text in (work.name, work.position))


def _counted(positions: int) -> str:
    return "one position" if positions == 1 else f"{positions} positions"
