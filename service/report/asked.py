"""Who was asked outside, and what became of it, in words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from models.finding import Finding
from models.outside import (
    Answer,
    CertificateStatus,
    CommitTimes,
    Company,
    Confirmation,
    DomainRegistration,
    EmailDomain,
    EmploymentConfirmation,
    GithubAccount,
    Institution,
    LineKind,
    LineType,
    MailServers,
    Outcome,
    Outside,
)
from service.report.outside import Numbered, contradicted_by, employers_in, schools_in, spoken_of
from service.report.timeline_shown import Asked

T = TypeVar("T")

_LONGEST = 80
"""Characters of what was asked for; a claim may hold thousands."""
_NAMED = 3
"""Of several companies, so many are named."""


def who_was_asked(
    outside: Outside, claims: Sequence[Numbered], findings: Sequence[Finding]
) -> tuple[Asked, ...]:
    """One row a question, in the order that sources are kept in."""
    return tuple(
        _row(answer, what, said, claims, findings)
        for answer, what, said in _answers(outside, claims)
    )


def _answers(
    outside: Outside, claims: Sequence[Numbered]
) -> Iterator[tuple[Answer[Any], str, str]]:
    """Each answer, what kind of thing was asked for, and what was found in words."""
    yield from _told(outside.domains, "domain", _domain)
    yield from _told(outside.mail, "mail of", _mail)
    yield from _told(outside.email_domains, "address at", _email)
    for companies in outside.companies:
        employers = employers_in(companies, claims)
        yield companies, "company", _several([_company(one) for one in employers])
    for institutions in outside.institutions:
        schools = schools_in(institutions, claims)
        yield institutions, "institution", _several([_institution(one) for one in schools])
    yield from _told(outside.github, "account", _account)
    yield from _told(outside.commits, "commits of", _commits)
    yield from _told(outside.line_types, "telephone", _line)
    yield from _told(outside.employments, "employment at", _employment)
    yield from _told(outside.certificates, "certificate", _certificate)


def _told(
    answers: Iterable[Answer[T]], what: str, in_words: Callable[[T], str]
) -> Iterator[tuple[Answer[Any], str, str]]:
    for answer in answers:
        yield answer, what, in_words(answer.value) if answer.value is not None else ""


def _row(
    answer: Answer[Any],
    what: str,
    said: str,
    claims: Sequence[Numbered],
    findings: Sequence[Finding],
) -> Asked:
    if answer.outcome is Outcome.FOUND:
        result, tone = "found", "plain"
    elif answer.outcome is Outcome.ABSENT:
        result, tone, said = "not found", "plain", "Not there."
    else:
        result, tone, said = "no answer", "unknown", f"{_capital(answer.why or '')}."
    if contradicted_by(answer, claims, findings):
        result, tone = "does not fit", "bad"
    return Asked(
        source=answer.source,
        question=f"{what} {_short(answer.question)}",
        answer=said,
        tone=tone,
        result=result,
        asked_on=answer.fetched_at.date().isoformat(),
        about=tuple(one.number for one in spoken_of(answer, claims)),
    )


def _domain(found: DomainRegistration) -> str:
    since = f"on {found.registered_on}" if found.registered_on else "on a day that is not told"
    return f"Registered {since}."


def _mail(found: MailServers) -> str:
    return f"Takes mail at {_count(len(found.hosts), 'server')}."


def _email(found: EmailDomain) -> str:
    return f"{'On' if found.disposable else 'Not on'} the list of disposable addresses."


def _company(one: Company) -> str:
    dates = [f"created {one.created_on}"] if one.created_on else []
    dates += [f"dissolved {one.dissolved_on}"] if one.dissolved_on else []
    dates += [f"formerly {_short(name)}" for name in one.former_names[:1]]
    return ", ".join((f"{_short(one.name)} ({one.number})", *dates))


def _institution(one: Institution) -> str:
    dates = [f"established {one.established}"] if one.established else []
    if not one.active:
        dates.append(f"closed {one.closed}" if one.closed else "closed")
    return ", ".join((_short(one.name), *dates))


def _account(found: GithubAccount) -> str:
    proven = {True: ", control shown", False: ", control not shown", None: ""}[found.proven]
    count = _count(len(found.repositories), "repository", "repositories")
    return f"Created {found.created_on}, {count} looked at{proven}."


def _commits(found: CommitTimes) -> str:
    years = sorted({one.year for one in found.offsets})
    if not years:
        return "No commits of this author."
    count = sum(one.commits for one in found.offsets)
    span = str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
    return f"{_count(count, 'commit')}, {span}."


def _line(found: LineType) -> str:
    kind = "internet telephony" if found.kind is LineKind.VOIP else found.kind.value
    return f"{_capital(kind)}{f', {_short(found.carrier)}' if found.carrier else ''}."


_CONFIRMED = {
    Confirmation.CONFIRMED: "Confirmed.",
    Confirmation.DIFFERS: "Knows the candidate, with other dates or another title.",
    Confirmation.DENIED: "Looked, and knows of no such person.",
    Confirmation.NO_COMMENT: "Says nothing about anybody.",
    Confirmation.NO_RECORD: "Has no record.",
}


def _employment(found: EmploymentConfirmation) -> str:
    return _CONFIRMED[found.confirmation]


_CERTIFICATE = {
    CertificateStatus.VALID: "Valid.",
    CertificateStatus.EXPIRED: "Issued, and expired.",
    CertificateStatus.NOT_ISSUED: "Not issued under this number.",
}


def _certificate(found: CertificateStatus) -> str:
    return _CERTIFICATE[found]


def _several(told: Sequence[str]) -> str:
    if not told:
        return "Only others, of a name like it."
    more = f"; and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return f"{'; '.join(told[:_NAMED])}{more}."


def _count(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
