"""The cases as the engine drives them: evidence out of the store, steps in a child, results back.

Four steps stay in this process, since a child has neither network nor store: outside sources,
sanctions lists, the operator's network databases and other candidates are asked here.

A step is counted in the store before it begins. Whatever ends it (the child that does the work, or
this whole process), the count stays, and a case whose step has ended its process three times is
parked: a person reads why, and the queue goes on.
"""

import threading
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from models.person import FaceTemplate
from models.verification import EvidenceKind
from service.ats.port import Event, announce, announce_verdict
from service.linkage.faces import FaceIndexes
from service.settings import Settings
from service.store.actor import SYSTEM
from service.store.keys import Unopenable
from service.store.results import Begun, Work
from service.store.store import OfTenant, Store
from service.workflow.conclusion import conclude
from service.workflow.engine import NotNow, Stop
from service.workflow.job import Job, JobDied, JobEnded, JobFailed, NoJobs
from service.workflow.linking import linkage_step
from service.workflow.links import (
    faces_seen_before,
    read_faces,
    remember,
    reused_footage,
    reused_pictures,
)
from service.workflow.pipeline import Order, Step, StepResult, result_of
from service.workflow.placing import asked_in, place_evidence
from service.workflow.scratch import Scratch
from service.workflow.screening import SearchesLists, screening_step
from service.workflow.sources import Interrupted, sources_of, sources_step
from service.workflow.surroundings import Places
from service.workflow.task import Task, task_of, work_of
from verifiers.face_engines.dlib_weights import engine_name, models_folder
from verifiers.face_engines.unusable import UnusableWeights

log = structlog.get_logger()

VERDICT = "verdict"
MOST_ATTEMPTS = 3
"""A step that ended its process so often is not begun again."""

_IN_GALLERY = 500
"""Other candidates whose faces a match must stand beside: the newest."""

_SHOWS = (EvidenceKind.DOCUMENT, EvidenceKind.FOOTAGE)
"""Files that are the same only where somebody sent them twice; of claims the text is compared."""

_DOING = {
    Step.DOCUMENTS: "Reading the documents",
    Step.CHIP: "Checking the chip",
    Step.FACES: "Comparing the faces",
    Step.FORENSICS: "Looking for signs of tampering",
    Step.PRESENCE: "Looking for a live person",
    Step.SOURCES: "Asking outside sources",
    Step.SCREENING: "Searching the sanctions lists",
    Step.SURROUNDINGS: "Placing visits and devices",
    Step.LINKAGE: "Looking for others who have the same",
    Step.HISTORY: "Checking the history",
}


class _Case:
    """One case open for work: its evidence on the scratch, its child process."""

    def __init__(self, job: Job, resources: ExitStack) -> None:
        self.job = job
        self._resources = resources

    def close(self) -> None:
        """End the child and remove the evidence."""
        self._resources.close()


class StoredCases:
    """Cases of the store. Each is worked on by one thread at a time, several cases side by side."""

    steps = (*(step.value for step in Step), VERDICT)

    def __init__(self, store: Store, settings: Settings, faces: FaceIndexes) -> None:
        self._store = store
        self._outside = sources_of(settings, store.clock)
        self._faces = faces
        self._places = Places(settings.network_folder)
        self._lists = SearchesLists(settings)
        self._settings = settings
        self._scratch = Scratch(settings.home)
        self._open: dict[str, _Case] = {}
        self._lock = threading.Lock()
        self._interrupted = threading.Event()
        self._scratch.sweep()

    def perform(self, case: str, step: str) -> None:
        """Do a step of a submission and store its result.

        Raises:
            Stop: this submission is no longer to be worked on, or was parked here.
            NotNow: this machine, its disk or the database cannot do it at present.
        """
        work = work_of(case)
        try:
            tenant = self._store.tenant_of(work.verification)
        except SQLAlchemyError as error:
            raise NotNow(type(error).__name__) from None
        if tenant is None:
            self._close(case)
            raise Stop
        try:
            self._perform(case, work, tenant, step)
        except Stop:
            self._close(case)
            raise
        except (OSError, SQLAlchemyError, NoJobs) as error:
            # A full disk or a database that is away would otherwise park the whole queue.
            self._close(case)
            with suppress(SQLAlchemyError), self._store.tenant(tenant, SYSTEM) as t:
                t.results.give_back(work, step)
            raise NotNow(type(error).__name__) from None

    def park(self, case: str, reason: str) -> None:
        """Leave a case to a person."""
        self._close(case)
        work = work_of(case)
        tenant = self._store.tenant_of(work.verification)
        if tenant is not None:
            self._park(work, tenant, f"It could not be finished: {reason}.")

    def interrupt(self) -> None:
        """End every child, because this process is about to stop."""
        self._interrupted.set()
        self._outside.interrupt()
        with self._lock:
            cases = list(self._open)
        for case in cases:
            self._close(case)

    def _perform(self, case: str, work: Work, tenant: UUID, step: str) -> None:
        with self._store.tenant(tenant, SYSTEM) as t:
            begun = t.results.begin(work, step)
            task = task_of(t, work) if begun and not begun.done else None
        if begun is None:
            raise Stop
        if task is None:
            return
        if begun.attempt > MOST_ATTEMPTS:
            # Earlier attempts ended this very process, so nothing could say so at the time.
            self._park(work, tenant, _gave_up(step, "it ended the process that verifies"))
            raise Stop
        if step == VERDICT:
            self._conclude(work, tenant, task)
            self._close(case)
            return
        if step == Step.SOURCES:
            self._ask_outside(work, tenant, task)
        elif step == Step.SCREENING:
            self._screen(work, tenant, task)
        elif step == Step.SURROUNDINGS:
            self._finish(work, tenant, self._places.step(task.order))
        elif step == Step.LINKAGE:
            self._link(work, tenant, task)
        else:
            self._verify(case, work, tenant, Step(step), begun, task)

    def _ask_outside(self, work: Work, tenant: UUID, task: Task) -> None:
        try:
            # What was ordered, not what a job read of it: no evidence has a say in who is asked.
            result = sources_step(self._outside, task.order.claims, task.account_proof)
        except Interrupted:
            with self._store.tenant(tenant, SYSTEM) as t:
                t.results.give_back(work, Step.SOURCES)
            raise
        self._finish(work, tenant, result)

    def _screen(self, work: Work, tenant: UUID, task: Task) -> None:
        (documents,) = task.needed(Step.SCREENING)
        searched = self._lists.search(task.order, documents)
        with self._store.tenant(tenant, SYSTEM) as t:
            result = screening_step(t, work.verification, searched)
        self._finish(work, tenant, result)

    def _link(self, work: Work, tenant: UUID, task: Task) -> None:
        files = [file.sha256 for file in task.files if file.sha256 and file.kind in _SHOWS]
        found = task.needed(Step.LINKAGE)
        with self._store.tenant(tenant, SYSTEM, reads_only=True) as t:
            read_faces(t, self._faces, result_of(Step.FACES, found).templates)
        with self._store.tenant(tenant, SYSTEM) as t:
            # Asked and remembered in one transaction that holds the tenant: of two at once the
            # second sees the first.
            result = linkage_step(t, self._faces, work.verification, task.order, found, files)
        self._finish(work, tenant, result)

    def _verify(
        self, case: str, work: Work, tenant: UUID, step: Step, begun: Begun, task: Task
    ) -> None:
        try:
            job = self._case(case, tenant, task).job
            result = job.step(step, task.before(step), seconds=self._settings.step_seconds)
        except NoJobs:
            raise
        except JobEnded as error:
            self._close(case)
            if self._interrupted.is_set():
                with self._store.tenant(tenant, SYSTEM) as t:
                    t.results.give_back(work, step)
                raise
            log.warning("step ended badly", case=case, step=step.value, how=str(error))
            if begun.attempt >= MOST_ATTEMPTS:
                # Where in our code it failed is for the log, not for a recruiter.
                why = "an error of ours" if isinstance(error, JobFailed) else str(error)
                self._park(work, tenant, _gave_up(step, why))
                raise Stop from None
            raise
        if result.notes:  # A job has no log of its own.
            log.warning("faces compared otherwise", case=case, notes=result.notes)
        self._finish(work, tenant, result)

    def _finish(self, work: Work, tenant: UUID, result: StepResult) -> None:
        with self._store.tenant(tenant, SYSTEM) as t:
            t.results.finish(work, result.step, result.model_dump_json().encode())

    def _conclude(self, work: Work, tenant: UUID, task: Task) -> None:
        results = [StepResult.model_validate_json(task.found[step.value]) for step in Step]
        prints = result_of(Step.FORENSICS, results).fingerprints
        footage = result_of(Step.PRESENCE, results).footage_prints
        templates = result_of(Step.FACES, results).templates
        with self._store.tenant(tenant, SYSTEM, reads_only=True) as t:
            read_faces(t, self._faces, templates)
        with self._store.tenant(tenant, SYSTEM) as t:
            verified = conclude(
                results,
                id=work.verification,
                now=task.submitted_at,
                stage=task.order.stage,
                policy=task.policy,
                linked=(
                    *reused_pictures(t, work.verification, prints),
                    *reused_footage(t, work.verification, footage),
                    *faces_seen_before(t, self._faces, work.verification, templates),
                ),
                answers=task.order.answers,
            )
            if t.results.conclude(work, verified):
                remember(t, work.verification, prints, footage)
                row = t.verifications.get(work.verification)
                announce_verdict(t, row, verified, self._settings.url)

    def _park(self, work: Work, tenant: UUID, problem: str) -> None:
        try:
            with self._store.tenant(tenant, SYSTEM) as t:
                if t.results.park(work, problem):
                    row = t.verifications.get(work.verification)
                    announce(t, row, Event.UPDATED, self._settings.url)
        except (ValidationError, Unopenable) as error:
            # An order that cannot be read names no receiver. A case that could not even be parked
            # would hold its place in the queue for ever.
            log.error("parked untold", id=str(work.verification), error=type(error).__name__)
            with self._store.tenant(tenant, SYSTEM) as t:
                t.results.park(work, problem)

    def _case(self, case: str, tenant: UUID, task: Task) -> _Case:
        """The case, opened where it is not: after a crash that is in the middle of its steps."""
        with self._lock:
            if case in self._open:
                return self._open[case]
        with self._store.tenant(tenant, SYSTEM, reads_only=True) as t:
            gallery = gallery_beside(t, task.subject, self._engine)
        with ExitStack() as resources:
            size = sum(file.size_bytes for file in task.files)
            folder = resources.enter_context(self._scratch.folder(size))
            job = resources.enter_context(Job(self._order(task, gallery, folder), folder))
            opened = _Case(job, resources.pop_all())
        with self._lock:
            self._open[case] = opened
        if self._interrupted.is_set():  # It came too late for `interrupt` to see it.
            self._close(case)
            raise JobDied("this process is ending")
        return opened

    def _order(self, task: Task, gallery: tuple[FaceTemplate, ...], folder: Path) -> Order:
        return Order(
            submitted=place_evidence(self._store.blobs, task.files, task.order.claims, folder),
            stage=task.order.stage,
            policy=task.policy,
            now=task.submitted_at,
            earlier=task.compared_with,
            candidate_at=task.order.candidate_at,
            gallery=gallery,
            keep_template=task.order.consent.keep_template,
            chip_lists=(self._settings.chip_lists,),
            chip_challenge=task.chip_challenge.hex() if task.chip_challenge else None,
            challenges=asked_in(task.files, task.asked),
            weights=self._settings.weights_folder,
        )

    @cached_property
    def _engine(self) -> str | None:
        """By whose templates faces are compared; `None` where it cannot be read, as a step says."""
        try:
            return engine_name(models_folder())
        except UnusableWeights:
            return None

    def _close(self, case: str) -> None:
        with self._lock:
            opened = self._open.pop(case, None)
        if opened:
            opened.close()


def gallery_beside(t: OfTenant, subject: UUID, engine: str | None) -> tuple[FaceTemplate, ...]:
    """Of each of the newest other candidates one template; where from and of how many is not told.

    Others are told by their account, never by closeness.
    """
    if engine is None:
        return ()
    others = t.faces.gallery(engine, without=subject, limit=_IN_GALLERY)
    return tuple(template for _, template in others)


def _gave_up(step: str, why: str) -> str:
    doing = _DOING[Step(step)] if step != VERDICT else "Reaching the verdict"
    return (
        f"{doing} was tried {MOST_ATTEMPTS} times and failed each time: {why}. "
        "Look at the evidence, replace what may be damaged, and submit it again."
    )
