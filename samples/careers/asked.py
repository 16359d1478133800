"""What registries, name servers, code hosts and carriers answer about a generated life.

Assumed: one answer in thirty does not come, and for one life in fifty a source is down altogether.
An answer is keyed by what was asked as it was claimed: a domain, an employer's name, a login.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from random import Random
from typing import TypeVar

from models.outside import (
    Answer,
    CommitTimes,
    DomainRegistration,
    EmailDomain,
    EmploymentConfirmation,
    GithubAccount,
    LineType,
    MailServers,
    OffsetCount,
    Outcome,
    Outside,
)
from samples.careers import world
from samples.careers.truth import Domain, Truth

T = TypeVar("T")

_SOURCES = ("RDAP", "DNS", "a company registry", "a list of institutions", "GitHub", "a carrier")


class _Asking:
    """One life's questions, some of which nobody answers."""

    def __init__(self, random: Random, truth: Truth) -> None:
        self._random = random
        self._at = datetime.combine(truth.applied, time(9), UTC)
        self._down = random.choice(_SOURCES) if random.random() < 0.02 else None

    def ask(self, source: str, question: str, value: T | None) -> Answer[T]:
        """The answer; `value` None is that they do not have it."""
        silent = self._random.random() < 0.033 or source == self._down
        if silent:
            outcome, why, value = Outcome.UNKNOWN, "did not answer in time", None
        else:
            outcome, why = (Outcome.ABSENT if value is None else Outcome.FOUND), None
        return Answer(source=source, question=question, outcome=outcome, why=why, value=value,
                      fetched_at=self._at)  # fmt: skip


def ask(random: Random, truth: Truth) -> Outside:
    """All answers of all stages; `SampleLife.at` leaves out what is asked for later."""
    asking = _Asking(random, truth)
    domains = _domains(truth)
    email_domain = truth.email.partition("@")[2]
    listed = {course.institution: course.listed for course in truth.courses}
    github = truth.github
    return Outside(
        domains=tuple(
            asking.ask(
                "RDAP",
                one.name,
                DomainRegistration(domain=one.name, registered_on=one.registered),
            )
            for one in domains
        ),
        mail=tuple(
            asking.ask(
                "DNS", name, MailServers(domain=name, hosts=(f"mx.{name}",)) if mail else None
            )
            for name, mail in _mail(truth, domains)
        ),
        email_domains=(
            asking.ask(
                "a shipped list",
                email_domain,
                EmailDomain(domain=email_domain, disposable=truth.email_disposable),
            ),
        ),
        companies=tuple(
            asking.ask("a company registry", job.employer.name, job.employer.registry or None)
            for job in truth.jobs
            if job.employer.registry is not None
        ),
        institutions=tuple(
            asking.ask("a list of institutions", name, (entry,) if entry else None)
            for name, entry in listed.items()
        ),
        github=() if github is None else (
            asking.ask("GitHub", github.login, GithubAccount(
                login=github.login, id=random.randrange(10**7), created_on=github.created,
                name=github.name, public_email=github.public_email,
                repositories=github.repositories, proven=github.proven)),
        ),
        commits=() if github is None or not github.offsets else (
            asking.ask("GitHub", f"{github.login}/project-0", CommitTimes(
                repository=f"{github.login}/project-0",
                offsets=tuple(OffsetCount(year=y, offset_minutes=m, commits=c)
                              for y, m, c in github.offsets))),
        ),
        line_types=(asking.ask("a carrier", truth.phone, LineType(kind=truth.line)),),
        employments=tuple(
            asking.ask("a background-check provider", job.employer.name, EmploymentConfirmation(
                employer=job.employer.name, confirmation=job.confirmation))
            for job in truth.jobs[-4:]
            if job.confirmation and truth.employers_speak
        ),
    )  # fmt: skip


def _domains(truth: Truth) -> list[Domain]:
    owned = [job.employer.domain for job in truth.jobs]
    owned += [course.contact_domain for course in truth.courses if course.contact_domain]
    if truth.portfolio:
        owned.append(truth.portfolio)
    return list({domain.name: domain for domain in owned}.values())


def _mail(truth: Truth, domains: Iterable[Domain]) -> Iterable[tuple[str, bool]]:
    known = {domain.name: domain.mail for domain in domains}
    told = truth.email.partition("@")[2]
    known.setdefault(told, told in world.WEBMAIL + world.DISPOSABLE)
    return known.items()
