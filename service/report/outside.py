"""What sources outside said, as lives on the axis of the claims: a company's, a domain's.

Only what was found and has a date is drawn. What was not found, or not answered, is told in words
(`service.report.asked`): a picture of an absence would look like evidence, and it is none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from models.finding import Finding, Status
from models.history import Education, Work
from models.outside import (
    Answer,
    Company,
    Confirmation,
    DomainRegistration,
    GithubAccount,
    Institution,
    Outside,
)
from service.report.timeline_shown import TIMELINE_WIDTH, Bar, Gap, Lane
from verifiers.domains import own_domain
from verifiers.history.answers import company_key, employer_in, school_in
from verifiers.history.timeline import TimelineEntry
from verifiers.life import folded

_MARKS = 40
"""First commits that are drawn of one account."""


@dataclass(frozen=True)
class Axis:
    """Days as pixels."""

    first: date
    last: date
    today: date

    def x(self, day: date) -> float:
        """The place of a day; one outside the axis is at its end."""
        days = max(1, (self.last - self.first).days)
        place = (day - self.first).days / days * TIMELINE_WIDTH
        return round(min(max(place, 0.0), TIMELINE_WIDTH), 1)


@dataclass(frozen=True)
class Numbered:
    """One claimed entry under the number that the report gives it."""

    number: int
    entry: TimelineEntry
    claim: Work | Education
    contradicted: frozenset[str]
    """Codes of the contradictions that concern it."""

    @cached_property
    def domain(self) -> str | None:
        """Of its employer or institution."""
        return own_domain(self.claim.url)

    @cached_property
    def contact_domain(self) -> str | None:
        """Of the office that is said to confirm it."""
        return own_domain(self.claim.contact_email) if isinstance(self.claim, Education) else None

    def named(self, name: str) -> bool:
        """Whether this is its employer's or its institution's name."""
        if isinstance(self.claim, Work):
            return company_key(name) == company_key(self.claim.name or "")
        return folded(name) == folded(self.claim.institution)


@dataclass(frozen=True)
class _Life:
    """What a source says lasted."""

    kind: str
    label: str
    answer: Answer[Any]
    begins: date | None
    """The first day it can have been; `None` where that is not told."""
    ends: date | None
    """The last day it can have been; `None` where it goes on, or that is not told."""
    dates: str
    marks: tuple[date, ...] = ()


def lanes_of(
    outside: Outside,
    claims: Sequence[Numbered],
    bars: Sequence[Bar],
    findings: Sequence[Finding],
    axis: Axis,
) -> tuple[Lane, ...]:
    """Each life that was found, those of the first claim first."""
    lanes = [_lane(life, claims, findings, axis) for life in _lives(outside, claims)]
    lanes += _confirmed(outside, claims, bars)
    return tuple(sorted(lanes, key=lambda lane: lane.about or (len(claims) + 1,)))


def spoken_of(answer: Answer[Any], claims: Iterable[Numbered]) -> tuple[Numbered, ...]:
    """The claims whose employer, institution or domain was asked for."""
    domain = own_domain(answer.question)
    return tuple(
        one
        for one in claims
        if one.named(answer.question) or (domain and domain in (one.domain, one.contact_domain))
    )


def employers_in(
    answer: Answer[tuple[Company, ...]], claims: Iterable[Numbered]
) -> tuple[Company, ...]:
    """Of what a registry found, those that may be the employer: it finds what sounds alike too."""
    positions = [one.claim for one in spoken_of(answer, claims) if isinstance(one.claim, Work)]
    meant = {c.number for work in positions for c in employer_in(answer, work)}
    return tuple(company for company in answer.value or () if company.number in meant)


def schools_in(
    answer: Answer[tuple[Institution, ...]], claims: Iterable[Numbered]
) -> tuple[Institution, ...]:
    """Of what a list has, those that may be the institution."""
    courses = [one.claim for one in spoken_of(answer, claims) if isinstance(one.claim, Education)]
    meant = [school for course in courses for school in school_in(answer, course)]
    return tuple(school for school in answer.value or () if school in meant)


def contradicted_by(
    answer: Answer[Any], claims: Iterable[Numbered], findings: Iterable[Finding]
) -> tuple[Numbered, ...]:
    """Of the claims that an answer is about, those that a contradiction rests on it for."""
    codes = {
        finding.code
        for finding in findings
        if finding.status is Status.CONTRADICTS
        and any(seen.source == answer.source for seen in finding.seen)
    }
    return tuple(one for one in spoken_of(answer, claims) if codes & one.contradicted)


def _lane(life: _Life, claims: Sequence[Numbered], findings: Sequence[Finding], axis: Axis) -> Lane:
    about = spoken_of(life.answer, claims)
    against = contradicted_by(life.answer, claims, findings)
    left = axis.x(life.begins) if life.begins else 0.0
    right = axis.x(min(life.ends or axis.today, axis.today))
    return Lane(
        about=tuple(one.number for one in about),
        kind=life.kind,
        label=life.label,
        dates=life.dates,
        source=life.answer.source,
        left=left,
        width=max(3.0, right - left),
        cut_left=life.begins is not None and life.begins < axis.first,
        begins=life.begins is not None,
        ends=life.ends is not None,
        marks=tuple(axis.x(day) for day in life.marks),
        troubled=bool(against),
        gaps=tuple(gap for one in against for gap in _gaps(one, life, axis)),
    )


def _gaps(claim: Numbered, life: _Life, axis: Axis) -> Iterator[Gap]:
    """How far the claim surely reaches beyond the life, before it and after it."""
    start, end = claim.entry.start, claim.entry.end
    if start and life.begins and start.latest < life.begins:
        left, right = axis.x(start.latest), axis.x(life.begins)
        words = f"begins {_how_long(start.latest, life.begins)} earlier"
        yield Gap(claim=claim.number, left=left, width=max(2.0, right - left), words=words)
    until = end.earliest if end else (axis.today if claim.entry.ongoing else None)
    if until and life.ends and until > life.ends:
        left, right = axis.x(life.ends), axis.x(until)
        words = f"goes on {_how_long(life.ends, until)} longer"
        yield Gap(claim=claim.number, left=left, width=max(2.0, right - left), words=words)


def _lives(outside: Outside, claims: Sequence[Numbered]) -> Iterator[_Life]:
    for domain in outside.domains:
        if domain.value and domain.value.registered_on:
            yield _domain(domain, domain.value, domain.value.registered_on)
    for company in outside.companies:
        employers = employers_in(company, claims)
        if any(one.created_on or one.dissolved_on for one in employers):
            yield _company(company, employers)
    for institution in outside.institutions:
        schools = schools_in(institution, claims)
        if any(one.established for one in schools):
            yield _institution(institution, schools)
    for account in outside.github:
        if account.value:
            yield _account(account, account.value)


def _domain(answer: Answer[Any], found: DomainRegistration, since: date) -> _Life:
    return _Life("domain", found.domain, answer, since, None, f"since {since}")


def _company(answer: Answer[Any], found: Sequence[Company]) -> _Life:
    # A registry often has several of a name. All that surely holds is when the first began and,
    # where all are gone, when the last ended.
    begins = _all_known([one.created_on for one in found], min)
    ends = _all_known([one.dissolved_on for one in found], max)
    one = found[0]
    label = one.name if len(found) == 1 else f"{len(found)} companies named {answer.question}"
    return _Life("company", label, answer, begins, ends, _from_to(begins, ends))


def _institution(answer: Answer[Any], found: Sequence[Institution]) -> _Life:
    year = _all_known([one.established for one in found], min)
    closed = _all_known([None if one.active else one.closed for one in found], max)
    return _Life(
        "institution",
        found[0].name if len(found) == 1 else f"{len(found)} institutions so named",
        answer,
        date(year, 1, 1) if year else None,
        date(closed, 12, 31) if closed else None,
        _from_to(year, closed),
    )


def _account(answer: Answer[Any], found: GithubAccount) -> _Life:
    # The commits of a fork are mostly others'.
    own = [one for one in found.repositories if one.first_authored_on and not one.fork]
    marks = sorted(one.first_authored_on for one in own if one.first_authored_on)
    count = f", {len(own)} {'repository' if len(own) == 1 else 'repositories'}" if own else ""
    return _Life(
        "account",
        found.login,
        answer,
        found.created_on,
        None,
        f"since {found.created_on}{count}",
        tuple(marks[:_MARKS]),
    )


def _confirmed(outside: Outside, claims: Sequence[Numbered], bars: Sequence[Bar]) -> Iterator[Lane]:
    for answer in outside.employments:
        said = answer.value
        if said is None or said.confirmation is not Confirmation.CONFIRMED:
            continue
        for one in spoken_of(answer, claims):
            if one.number <= len(bars):
                bar = bars[one.number - 1]
                yield Lane(
                    about=(one.number,),
                    kind="employment",
                    label=said.employer,
                    dates="confirmed" if said.independent else "confirmed by a contact they named",
                    source=answer.source,
                    left=bar.left,
                    width=bar.width,
                    ends=not one.entry.ongoing,
                )


def _from_to(begins: date | int | None, ends: date | int | None) -> str:
    return f"{begins or '?'} to {ends}" if ends else f"since {begins or '?'}"


def _all_known(values: Sequence[Any], choose: Any) -> Any:
    return None if any(value is None for value in values) else choose(values)


def _how_long(begin: date, end: date) -> str:
    months = round((end - begin).days / 30.44)
    if months < 1:
        days = (end - begin).days
        return f"{days} {'day' if days == 1 else 'days'}"
    years, rest = divmod(months, 12)
    parts = [(years, "year"), (rest, "month")]
    return " ".join(f"{n} {unit}{'s' if n > 1 else ''}" for n, unit in parts if n)
