"""What a candidate is told at once of their answer: never that all was seen where it was not."""

from pathlib import Path
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from models.challenge import Act, ChallengeJudged, ChallengeStep, Origin, StepJudged, StepOutcome
from service.capture.judging import NOT_LOOKED_AT, JobJudges, Look, _advice
from service.settings import Settings
from service.store.blobs import DiskBlobs
from service.store.keys import Key
from service.store.store import Store
from service.workflow.pipeline import Step, StepResult


def told(*outcomes: StepOutcome, supports: bool) -> tuple[Look, list[Act]]:
    """What the page says of an answer whose acts came out like this."""
    acts = (Act.TURN_LEFT, Act.NOD)
    steps = [
        StepJudged(step=ChallengeStep(act=act, begins=4 * n, seconds=3), outcome=outcome, why="…")
        for n, (act, outcome) in enumerate(zip(acts, outcomes, strict=False))
    ]
    judged = ChallengeJudged(
        file="challenge", origin=Origin.SERVER, steps=tuple(steps), supports=supports
    )
    advice = _advice(StepResult(step=Step.PRESENCE, findings=(), challenges=(judged,)))
    return advice.outcome, [missed.act for missed in advice.missed]


@pytest.mark.parametrize("second", [StepOutcome.MISSED, StepOutcome.NOT_JUDGED])
def test_what_was_not_seen_is_asked_again_by_name(second: StepOutcome) -> None:
    assert told(StepOutcome.DONE, second, supports=False) == (Look.AGAIN, [Act.NOD])


def test_an_answer_that_supports_nothing_is_asked_again_though_no_act_was_missed() -> None:
    assert told(supports=False) == (Look.AGAIN, [])  # Too dark, or cut short.
    assert told(StepOutcome.DONE, StepOutcome.DONE, supports=False) == (Look.AGAIN, [])


def test_an_answer_that_supports_is_enough_though_one_act_was_beyond_judging() -> None:
    assert told(StepOutcome.DONE, StepOutcome.NOT_JUDGED, supports=True) == (Look.ANSWERED, [])


def test_where_nobody_looked_nothing_is_claimed() -> None:
    assert _advice(StepResult(step=Step.PRESENCE, findings=())) == NOT_LOOKED_AT


def test_a_database_that_fails_after_the_answer_does_not_make_it_look_lost(tmp_path: Path) -> None:
    without_tables = Store(f"sqlite:///{tmp_path}/empty.sqlite", Key.new(), DiskBlobs(tmp_path))
    judges = JobJudges(without_tables, Settings(folder=tmp_path))
    with capture_logs() as logs:
        assert judges.judge(uuid4(), uuid4(), uuid4()) == NOT_LOOKED_AT
    assert [entry["how"] for entry in logs] == ["OperationalError"]
    without_tables.close()
