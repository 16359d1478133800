"""The life of a verification, walked at random beside a small model of it.

Whatever is asked in whatever order, also by a worker that comes late with an old generation: one
verdict a generation, none after a cancellation, and every attempt at a step counted.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from models.history import Claims
from models.order import State
from models.verdict import Outcome
from service.store.actor import SYSTEM
from service.store.errors import Conflict, NotFound
from service.store.results import Results, Work
from service.store.store import OfTenant
from tests.service.store.building import House, a_verdict, an_order

STEPS = ("documents", "faces")
AGES = st.integers(min_value=0, max_value=2)
"""How many generations behind a worker is; 0 works on what is asked now."""


class Life(RuleBasedStateMachine):
    """One verification, and what it must look like."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        self.id = self.house.ordered(an_order(None, claims=True))
        self.state = State.AWAITING_EVIDENCE
        self.generation = 0
        self.attempts: dict[tuple[int, str], int] = {}
        self.found: dict[tuple[int, str], bytes] = {}
        self.verdicts: dict[int, Outcome] = {}

    # What people do.

    @rule()
    def submit(self) -> None:
        allowed = not self.state.in_work and self.state is not State.CANCELLED
        if self._allows(allowed, lambda t: t.verifications.submit(self.id)):
            self.state, self.generation = State.QUEUED, self.generation + 1

    @rule()
    def cancel(self) -> None:
        allowed = self.state is not State.COMPLETED
        if self._allows(allowed, lambda t: t.verifications.cancel(self.id)):
            self.state = State.CANCELLED

    @rule()
    def amend(self) -> None:
        allowed = not self.state.in_work and self.state is not State.CANCELLED
        self._allows(allowed, lambda t: t.verifications.amend_order(self.id, claims=Claims()))

    # What workers do.

    @rule(age=AGES, step=st.sampled_from(STEPS))
    def begin(self, age: int, step: str) -> None:
        work, welcome = self._worker(age)
        with self.house.acting(SYSTEM) as t:
            begun = t.results.begin(work, step)
        place = (work.generation, step)
        if not welcome:
            assert begun is None
        elif place in self.found:
            assert begun
            assert begun.done
        else:
            self.attempts[place] = self.attempts.get(place, 0) + 1
            self.state = State.RUNNING
            assert begun
            assert not begun.done
            assert begun.attempt == self.attempts[place]

    @rule(step=st.sampled_from(STEPS))
    def give_back(self, step: str) -> None:
        with self.house.acting(SYSTEM) as t:
            t.results.give_back(Work(self.id, self.generation), step)
        place = (self.generation, step)
        if place not in self.found and self.attempts.get(place):
            self.attempts[place] -= 1

    @rule(age=AGES, step=st.sampled_from(STEPS), said=st.binary(max_size=3))
    def finish(self, age: int, step: str, said: bytes) -> None:
        work, welcome = self._worker(age)
        with self.house.acting(SYSTEM) as t:
            t.results.finish(work, step, said)
        place = (work.generation, step)
        if welcome and place in self.attempts:
            self.found.setdefault(place, said)

    @rule(age=AGES, outcome=st.sampled_from(Outcome))
    def conclude(self, age: int, outcome: Outcome) -> None:
        work, welcome = self._worker(age)
        if self._works(lambda r: r.conclude(work, a_verdict(outcome)), welcome):
            assert work.generation not in self.verdicts
            self.verdicts[work.generation] = outcome
            self.state = State.COMPLETED

    @rule(age=AGES)
    def park(self, age: int) -> None:
        work, welcome = self._worker(age)
        if self._works(lambda r: r.park(work, "It kills its process."), welcome):
            self.state = State.PARKED

    # What must hold.

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        with self.house.acting(SYSTEM) as t:
            row = t.verifications.get(self.id)
            assert (row.state, row.generation) == (self.state, self.generation)
            assert row.problem is None or self.state in (State.PARKED, State.CANCELLED)
            decided = {generation: outcome for generation, outcome, _ in t.results.decided(self.id)}
            assert decided == self.verdicts
            for generation in range(1, self.generation + 1):
                found = t.results.found(Work(self.id, generation))
                assert found == {s: f for (g, s), f in self.found.items() if g == generation}
        waiting = Work(self.id, self.generation) in self.house.store.queued_work()
        assert waiting == self.state.in_work

    @invariant()
    def the_newest_verdict_is_the_one_that_is_read(self) -> None:
        with self.house.acting(SYSTEM) as t:
            if self.verdicts:
                newest = self.verdicts[max(self.verdicts)]
                assert t.results.verified(self.id).verdict.outcome is newest
                assert t.verifications.get(self.id).outcome == newest
            else:
                with pytest.raises(NotFound):
                    t.results.verified(self.id)

    def _worker(self, age: int) -> tuple[Work, bool]:
        """The work of a worker of this age, and whether it is still wanted."""
        return Work(self.id, self.generation - age), age == 0 and self.state.in_work

    def _works(self, act: Callable[[Results], bool], welcome: bool) -> bool:
        with self.house.acting(SYSTEM) as t:
            assert act(t.results) == welcome
        return welcome

    def _allows(self, allowed: bool, ask: Callable[[OfTenant], object]) -> bool:
        try:
            with self.house.acting() as t:
                ask(t)
        except Conflict:
            assert not allowed
            return False
        assert allowed
        return True


def test_a_life_in_any_order_keeps_to_the_model(house: House) -> None:
    machine = type("LifeHere", (Life,), {"house": house})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=15, stateful_step_count=25, deadline=None)
    )


def test_submitting_without_anything_to_verify_says_what_is_missing(house: House) -> None:
    verification = house.ordered()
    with house.acting() as t, pytest.raises(Conflict) as refused:
        t.verifications.submit(verification)
    assert refused.value.name == "no-evidence"


def test_two_workers_that_conclude_at_once_decide_once(house: House) -> None:
    for _ in range(5):
        work, start = house.submitted(), Barrier(2)

        def conclude(outcome: Outcome, work: Work = work, start: Barrier = start) -> bool:
            start.wait()
            with house.acting(SYSTEM) as t:
                return t.results.conclude(work, a_verdict(outcome))

        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(conclude, [Outcome.VERIFIED, Outcome.HOLD]))
        assert sorted(answers) == [False, True]
        with house.acting(SYSTEM) as t:
            assert len(t.results.decided(work.verification)) == 1


def test_a_cancellation_and_a_verdict_at_the_same_moment_are_one_or_the_other(house: House) -> None:
    for _ in range(5):
        work, start = house.submitted(), Barrier(2)

        def conclude(work: Work = work, start: Barrier = start) -> bool:
            start.wait()
            with house.acting(SYSTEM) as t:
                return t.results.conclude(work, a_verdict())

        def cancel(work: Work = work, start: Barrier = start) -> bool:
            start.wait()
            try:
                with house.acting() as t:
                    t.verifications.cancel(work.verification)
            except Conflict:
                return False
            return True

        with ThreadPoolExecutor(2) as threads:
            concluded, cancelled = threads.submit(conclude), threads.submit(cancel)
        assert concluded.result() != cancelled.result()
