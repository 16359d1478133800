"""An answer looked at while the candidate is still there, so that the page can ask again.

What comes of it is advice and nothing else: the submission judges every recording anew.
"""

import threading
import time
from contextlib import ExitStack
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from models.base import Model
from models.challenge import Act, StepOutcome
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from service.settings import Settings
from service.store.actor import SYSTEM
from service.store.blobs import Missing
from service.store.errors import NotFound
from service.store.keys import Unopenable
from service.store.store import Store
from service.workflow.job import Job, JobEnded
from service.workflow.pipeline import Order, Step, StepResult
from service.workflow.placing import asked_in, place_evidence
from service.workflow.scratch import Scratch

log = structlog.get_logger()

SECONDS = 30.0
"""Longer nobody waits for a page; a usual answer takes three."""
_NOT_JUDGED = (JobEnded, NotFound, Missing, Unopenable, OSError, SQLAlchemyError)
"""The answer is stored: whatever goes wrong now, it has arrived."""


class MissedStep(Model):
    """Something that was asked for and not seen."""

    act: Act


class Look(StrEnum):
    """What came of looking at an answer."""

    ANSWERED = "answered"
    AGAIN = "again"
    """It shows too little."""
    NOT_LOOKED_AT = "not_looked_at"
    """Nobody can say now."""


class Advice(Model):
    """What the page is told of an answer."""

    outcome: Look
    missed: tuple[MissedStep, ...] = ()
    """Of `again`. Where it names none, all of it was too dark, too short or the like."""


NOT_LOOKED_AT = Advice(outcome=Look.NOT_LOOKED_AT)


class Judges(Protocol):
    """Whoever can look at an answer at once."""

    def judge(self, tenant: UUID, verification: UUID, challenge: UUID) -> Advice:
        """Whether the answer to this challenge does, or should be given once more."""


class JobJudges:
    """Judges in a child process, as submissions are: one answer at a time."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._weights = settings.weights_folder
        self._scratch = Scratch(settings.home)
        self._one_at_a_time = threading.Lock()

    def judge(self, tenant: UUID, verification: UUID, challenge: UUID) -> Advice:
        """See `Judges`. Nobody waits for another's turn: the verdict comes in any case."""
        if not self._one_at_a_time.acquire(blocking=False):
            return NOT_LOOKED_AT
        try:
            return self._judge(tenant, verification, challenge)
        except _NOT_JUDGED as error:
            log.warning("answer not judged at once", how=type(error).__name__)
            return NOT_LOOKED_AT
        finally:
            self._one_at_a_time.release()

    def _judge(self, tenant: UUID, verification: UUID, challenge: UUID) -> Advice:
        ends = time.monotonic() + SECONDS
        with self._store.tenant(tenant, SYSTEM, reads_only=True) as t:
            recording = t.challenges.get(verification, challenge).evidence
            files = [file for file in t.evidence.list(verification) if file.id == recording]
            asked = asked_in(files, t.challenges.answered(verification))
            stage = Stage(t.verifications.get(verification).stage)
            now = t.now
        results = [StepResult(step=step, findings=()) for step in (Step.DOCUMENTS, Step.CHIP)]
        with ExitStack() as resources:
            size = sum(file.size_bytes for file in files)
            folder = resources.enter_context(self._scratch.folder(size))
            order = Order(
                submitted=place_evidence(self._store.blobs, files, None, folder),
                stage=stage,
                policy=DEFAULT_POLICY,
                now=now,
                challenges=asked,
                weights=self._weights,
            )
            job = resources.enter_context(Job(order, folder))
            for step in (Step.FACES, Step.PRESENCE):
                left = max(0.1, ends - time.monotonic())
                results.append(job.step(step, results, seconds=left))
        return _advice(results[-1])


def _advice(presence: StepResult) -> Advice:
    """By the acts alone: whoever tries to deceive learns no more than what they left out."""
    if not presence.challenges:
        return NOT_LOOKED_AT
    (judged,) = presence.challenges
    if judged.supports:
        return Advice(outcome=Look.ANSWERED)
    missed = [one.step.act for one in judged.steps if one.outcome is not StepOutcome.DONE]
    acts = [act for act in dict.fromkeys(missed) if act is not Act.LOOK]
    return Advice(outcome=Look.AGAIN, missed=tuple(MissedStep(act=act) for act in acts))
