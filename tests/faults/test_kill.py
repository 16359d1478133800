"""`kill -9` at each boundary of the work and at random: nothing is lost, nothing is decided twice.

Eight deaths here, every other one on each database; `make faults` has hundreds on both and prints
what it counted.
"""

import random
import time
from pathlib import Path

import pytest

from service.workflow.pipeline import Step
from tests.faults.campaign import Boundary, Campaign, Outcome

EVERYWHERE: tuple[Boundary, ...] = (
    *(
        (point, when, 1)
        for point in ("order", "announce", "received", "submit")
        for when in ("before", "within", "after")
    ),
    ("enqueue", "before", 1),
    ("enqueue", "after", 1),
    *(
        ("begin", when, nth)
        for nth in range(1, len(Step) + 2)
        for when in ("before", "within", "after")
    ),
    *(
        ("finish", when, nth)
        for nth in range(1, len(Step) + 1)
        for when in ("before", "within", "after")
    ),
    *(("conclude", when, 1) for when in ("before", "within", "after")),
    ("post", "before", 1),
    ("post", "after", 1),
    *(("record", when, 1) for when in ("before", "within", "after")),
)
"""Every boundary: the order, the evidence, the submission, each step, the verdict, the event."""

EIGHT: tuple[Boundary, ...] = (
    ("order", "within", 1),
    ("begin", "after", 1),
    ("received", "within", 1),
    ("submit", "within", 1),
    ("finish", "within", 4),
    ("conclude", "within", 1),
    ("post", "after", 1),
    ("record", "within", 1),
)


def _holds(outcome: Outcome) -> None:
    print(f"\n{outcome}")
    assert outcome.lost == []
    assert outcome.decided_twice == []
    assert outcome.effects_wrong == []
    assert outcome.parked_otherwise == []
    assert outcome.left_open == []
    assert outcome.forged == 0
    assert outcome.finished + outcome.parked == outcome.cases
    # Three deaths in one step park a case, and a death may meet both cases that are at work.
    assert outcome.parked <= 2 * outcome.kills // 3
    assert outcome.finished > outcome.parked


def test_killed_at_four_of_eight_boundaries_it_loses_nothing_and_decides_nothing_twice(
    database_url: str, tmp_path: Path
) -> None:
    boundaries = EIGHT[::2] if database_url.startswith("sqlite") else EIGHT[1::2]
    outcome = Campaign(database_url, tmp_path).run(boundaries)
    assert outcome.kills == len(boundaries)
    _holds(outcome)


@pytest.mark.faults
def test_killed_at_every_boundary(database_url: str, tmp_path: Path) -> None:
    boundaries = list(EVERYWHERE)
    random.Random(1).shuffle(boundaries)
    outcome = Campaign(database_url, tmp_path).run(boundaries)
    assert outcome.kills == len(EVERYWHERE)
    _holds(outcome)


@pytest.mark.faults
def test_killed_at_random_moments_two_hundred_times(database_url: str, tmp_path: Path) -> None:
    moments = random.Random(2)

    def at_random(campaign: Campaign) -> None:
        # Killed before it is ready every time, it would never get any work done.
        victim = moments.choice(campaign.processes)
        while not victim.ready:
            time.sleep(0.05)
        # Machines differ; one life in two is long enough for a case.
        time.sleep(moments.uniform(0, 2) * campaign.pace_seconds)
        victim.kill()
        time.sleep(0.1)

    outcome = Campaign(database_url, tmp_path).run(kill=at_random, kills=200)
    assert outcome.kills >= 200
    _holds(outcome)
