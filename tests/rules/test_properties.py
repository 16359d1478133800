"""What holds for every rule, whatever the case: monotone, silent about the unknown, unordered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.circumstances import (
    Circumstances,
    DocumentDates,
    FacePair,
    ReferenceAnswer,
    Session,
    Shared,
    SharedKind,
)
from models.history import Work
from models.outside import Confirmation, EmailDomain, EmploymentConfirmation, MailServers, Outside
from service.workflow.rules import ALL_RULES
from tests.rules.building import FETCHED, TODAY, found
from tests.rules.coming_to import clashing
from tests.rules.drawn import ANY_CASE, CASE, SEEDS, asked_in_vain, shuffled, silenced
from verifiers.case import Case
from verifiers.judging import judge

some = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@some
@given(ANY_CASE)
def test_no_rule_fails_on_any_case(case: Case) -> None:
    judged = judge(ALL_RULES, case)
    assert [one.rule for one in judged.rules] == [rule.id for rule in ALL_RULES]


# Monotone: what is clean never makes anything worse.


def _with_outside(case: Case, **more: tuple[Any, ...]) -> Case:
    update = {name: (*getattr(case.outside, name), *told) for name, told in more.items()}
    return replace(case, outside=case.outside.model_copy(update=update))


def _with_seen(case: Case, **more: tuple[Any, ...]) -> Case:
    update = {name: (*(getattr(case.seen, name) or ()), *told) for name, told in more.items()}
    return replace(case, seen=case.seen.model_copy(update=update))


def _confirmed(case: Case) -> Case:
    return _with_outside(
        case,
        employments=tuple(
            found(
                work.name,
                EmploymentConfirmation(employer=work.name, confirmation=Confirmation.CONFIRMED),
                "a provider",
            )
            for work in case.claims.work
            if work.name
        ),
    )


def _mail_works(case: Case) -> Case:
    domains = {email.rpartition("@")[2] for email in case.claims.all_emails}
    return _with_outside(
        case,
        mail=tuple(found(d, MailServers(domain=d, hosts=(f"mx.{d}",)), "DNS") for d in domains),
        email_domains=tuple(found(d, EmailDomain(domain=d, disposable=False)) for d in domains),
    )


def _one_more_position(case: Case) -> Case:
    begins, ends = date(2009, 2, 1), date(2009, 4, 30)
    told = (*case.claims.work, *case.claims.education)
    assume(all(not one.start or one.start.earliest > ends for one in told))
    assume(all(one.start for one in told))
    assume(case.birth_date is None or case.birth_date < date(1992, 1, 1))
    assume(not case.outside.domains)  # Work long before a portfolio's domain is what HIST-34 asks.
    earlier = Work.model_validate(
        {
            "name": "Another Employer",
            "position": "Summer help",
            "fullTime": False,
            "startDate": begins.isoformat(),
            "endDate": ends.isoformat(),
        }
    )
    work = (*case.claims.work, earlier)
    return replace(case, claims=case.claims.model_copy(update={"work": work}))


def _one_more_visit(case: Case) -> Case:
    at = datetime(2026, 3, 14, 15, tzinfo=FETCHED.tzinfo)
    zone = case.seen.residence_time_zone
    return _with_seen(case, sessions=(Session(at=at, anonymous=False, time_zone=zone),))


def _nobody_has_it(case: Case) -> Case:
    return _with_seen(case, shared=tuple(Shared(kind=kind, others=0) for kind in SharedKind))


def _same_face(case: Case) -> Case:
    return _with_seen(
        case, face_pairs=(FacePair(one="the interview", other="the first day", same=True),)
    )


def _valid_document(case: Case) -> Case:
    dates = DocumentDates(
        issued_on=TODAY - timedelta(days=900),
        expires_on=TODAY + timedelta(days=900),
        first_used_on=TODAY,
    )
    return _with_seen(case, documents=(dates,))


def _references_took_their_time(case: Case) -> Case:
    answers = tuple(
        ReferenceAnswer(
            reference=number,
            seconds=86_400,
            from_candidates_network=False,
            from_candidates_device=False,
        )
        for number in range(len(case.claims.references))
    )
    return _with_seen(case, reference_answers=answers)


def _not_listed(case: Case) -> Case:
    return _with_seen(case, listed=())


CLEAN: tuple[Callable[[Case], Case], ...] = (
    _confirmed,
    _mail_works,
    _one_more_position,
    _one_more_visit,
    _nobody_has_it,
    _same_face,
    _valid_document,
    _references_took_their_time,
    _not_listed,
)


@settings(some, max_examples=150)
@given(CASE, st.sampled_from(CLEAN))
def test_a_clean_fact_never_adds_a_contradiction(
    case: Case, with_clean_fact: Callable[[Case], Case]
) -> None:
    assert clashing(with_clean_fact(case)) <= clashing(case)


# What is not known changes nothing.


@settings(some, max_examples=100)
@given(st.data())
def test_more_sources_that_do_not_answer_add_no_contradiction(data: st.DataObject) -> None:
    case = data.draw(CASE)
    assert clashing(data.draw(asked_in_vain(case))) <= clashing(case)


CLEARED_BY_EVIDENCE = {
    "HIST-04",
    "HIST-05",
    "HIST-14",
    "HIST-23",
    "HIST-35",
    "HIST-36",
    "ENV-12",
}
"""What does not fit by itself, until other evidence shows why it does."""


@pytest.mark.parametrize("name", Outside.model_fields)
def test_a_source_that_falls_silent_adds_no_contradiction(name: str) -> None:
    for case in SEEDS:
        gained = clashing(silenced(case, name)) - clashing(case)
        assert gained <= CLEARED_BY_EVIDENCE, case


def test_where_nobody_is_asked_and_nothing_seen_nothing_more_contradicts() -> None:
    for case in SEEDS:
        alone = (
            replace(case, outside=Outside()),
            replace(case, seen=Circumstances()),
            replace(case, outside=Outside(), seen=Circumstances()),
        )
        for less in alone:
            assert clashing(less) - clashing(case) <= CLEARED_BY_EVIDENCE, case


@settings(some, max_examples=100)
@given(st.data())
def test_the_order_in_which_things_are_told_changes_no_contradiction(data: st.DataObject) -> None:
    case = data.draw(CASE)
    assert clashing(data.draw(shuffled(case))) == clashing(case)
