"""What people decide: one is enough, except to proceed against a hold, which takes two."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from models.order import Choice
from models.verdict import Outcome
from service.store.actor import HOOK, Actor, Role
from service.store.decisions import Decided
from service.store.errors import Conflict
from tests.service.store.building import (
    PROGRAM,
    RECRUITER,
    REVIEWER,
    House,
    a_verdict,
)


def decide(house: House, about: UUID, choice: Choice, actor: Actor = RECRUITER) -> Decided:
    with house.acting(actor) as t:
        return t.decisions.add(about, choice, "They explained it on the phone.")


def approve(house: House, decision: UUID, actor: Actor = REVIEWER) -> Decided:
    with house.acting(actor) as t:
        return t.decisions.approve(decision)


def choice_of(house: House, about: UUID) -> str | None:
    with house.acting() as t:
        return t.verifications.get(about).choice


def why_not(act: Callable[[], object]) -> str:
    with pytest.raises(Conflict) as refused:
        act()
    return refused.value.name


@pytest.fixture
def on_hold(house: House) -> UUID:
    return house.concluded(a_verdict(Outcome.HOLD)).verification


def test_a_decision_on_anything_but_a_hold_stands_at_once(house: House) -> None:
    about = house.concluded(a_verdict(Outcome.REVIEW)).verification
    decision = decide(house, about, Choice.PROCEED)
    assert decision.stands
    assert choice_of(house, about) == "proceed"
    assert why_not(lambda: approve(house, decision.id)) == "no-approval-needed"


def test_the_last_decision_that_stands_is_in_force_and_all_are_kept(house: House) -> None:
    about = house.concluded().verification
    decide(house, about, Choice.PROCEED)
    decide(house, about, Choice.ASK_CANDIDATE, REVIEWER)
    assert choice_of(house, about) == "ask_candidate"
    with house.acting() as t:
        assert len(t.decisions.list(about)) == 2


def test_there_is_nothing_to_decide_before_a_verdict(house: House) -> None:
    waiting = house.ordered()
    assert why_not(lambda: decide(house, waiting, Choice.PROCEED)) == "no-verdict-yet"
    queued = house.submitted().verification
    assert why_not(lambda: decide(house, queued, Choice.PROCEED)) == "no-verdict-yet"


def test_to_proceed_against_a_hold_takes_a_second_person(house: House, on_hold: UUID) -> None:
    decision = decide(house, on_hold, Choice.PROCEED)
    assert not decision.stands
    assert choice_of(house, on_hold) is None
    assert why_not(lambda: approve(house, decision.id, RECRUITER)) == "second-person-needed"
    assert choice_of(house, on_hold) is None
    assert approve(house, decision.id).stands
    assert choice_of(house, on_hold) == "proceed"
    assert why_not(lambda: approve(house, decision.id)) == "no-approval-needed"


def test_the_same_person_in_another_role_is_no_second_person(house: House, on_hold: UUID) -> None:
    person = uuid4()
    decision = decide(house, on_hold, Choice.PROCEED, Actor.user(person, Role.RECRUITER))
    again = Actor.user(person, Role.OWNER)
    assert why_not(lambda: approve(house, decision.id, again)) == "second-person-needed"


@pytest.mark.parametrize("choice", [Choice.ASK_CANDIDATE, Choice.DO_NOT_PROCEED])
def test_to_heed_a_hold_takes_one(house: House, on_hold: UUID, choice: Choice) -> None:
    assert decide(house, on_hold, choice).stands
    assert choice_of(house, on_hold) == choice


@pytest.mark.parametrize("program", [PROGRAM, HOOK])
def test_a_program_is_neither_of_the_two(house: House, on_hold: UUID, program: Actor) -> None:
    by_program = decide(house, on_hold, Choice.PROCEED, program)
    assert not by_program.stands
    assert why_not(lambda: approve(house, by_program.id)) == "people-needed"
    by_person = decide(house, on_hold, Choice.PROCEED)
    assert why_not(lambda: approve(house, by_person.id, program)) == "people-needed"
    assert choice_of(house, on_hold) is None


def test_a_program_may_record_any_other_decision(house: House, on_hold: UUID) -> None:
    assert decide(house, on_hold, Choice.DO_NOT_PROCEED, PROGRAM).stands


def test_an_approval_that_a_newer_verdict_overtook_is_refused(house: House, on_hold: UUID) -> None:
    decision = decide(house, on_hold, Choice.PROCEED)
    house.concluded(a_verdict(Outcome.HOLD), house.submitted(on_hold))
    assert why_not(lambda: approve(house, decision.id)) == "overtaken"
    assert choice_of(house, on_hold) is None


def test_a_newer_submission_ends_the_decision_on_the_older(house: House) -> None:
    about = house.concluded().verification
    decide(house, about, Choice.PROCEED)
    house.submitted(about)
    assert choice_of(house, about) is None


def test_a_hold_cannot_be_shaken_off_by_a_submission_that_gets_parked(
    house: House, on_hold: UUID
) -> None:
    work = house.submitted(on_hold)
    with house.acting() as t:
        assert t.results.park(work, "It kills its process.")
    decision = decide(house, on_hold, Choice.PROCEED)
    assert not decision.stands
    assert approve(house, decision.id).stands


def test_another_submission_is_no_way_around_the_second_person(house: House, on_hold: UUID) -> None:
    house.concluded(a_verdict(Outcome.NEEDS_INFO), house.submitted(on_hold))
    assert not decide(house, on_hold, Choice.PROCEED).stands
    assert choice_of(house, on_hold) is None


def test_a_decision_that_a_later_one_overtook_can_no_longer_be_approved(
    house: House, on_hold: UUID
) -> None:
    proceed = decide(house, on_hold, Choice.PROCEED)
    house.clock.pass_by(timedelta(minutes=1))
    decide(house, on_hold, Choice.DO_NOT_PROCEED, REVIEWER)
    assert why_not(lambda: approve(house, proceed.id)) == "overtaken"
    assert choice_of(house, on_hold) == "do_not_proceed"


def test_evidence_that_a_verdict_rests_on_stays_for_the_second_person(house: House) -> None:
    about = house.ordered()
    used = house.sent(about)
    house.concluded(a_verdict(Outcome.HOLD), house.submitted(about))
    house.clock.pass_by(timedelta(minutes=1))
    late = house.sent(about, "better.jpg")
    with house.acting() as t:
        assert why_not(lambda: t.evidence.remove(used)) == "part-of-a-verdict"
        t.evidence.remove(late)
