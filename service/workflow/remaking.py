"""Templates made anew of the evidence that is still there, once another engine makes them.

Templates of two engines are never compared, so a new engine would begin with nobody. What a verdict
said stays as it is: only the steps up to the faces are taken once more, in a child process as
ever, and of what they find the templates alone are kept. Each verification is done when its
templates are replaced, in one transaction: whoever is interrupted starts again, and goes on with
those that are left.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import structlog

from models.named_face import NamedFace
from models.order import VerificationOrder
from models.person import EarlierCapture
from models.policy import Policy
from models.verification import EvidenceKind
from service.settings import Settings
from service.store.actor import OPERATOR
from service.store.blobs import Missing
from service.store.errors import NotFound
from service.store.evidence import File
from service.store.keys import Unopenable
from service.store.store import OfTenant, Store
from service.store.templates import Concluded
from service.workflow.job import Job, JobEnded, NoJobs
from service.workflow.pipeline import Order, Step, StepResult
from service.workflow.placing import place_evidence
from service.workflow.scratch import Scratch

log = structlog.get_logger()

_SEEN_IN = (EvidenceKind.DOCUMENT, EvidenceKind.CHIP, EvidenceKind.FOOTAGE)
_STEPS = (Step.DOCUMENTS, Step.CHIP, Step.FACES)


class Came(StrEnum):
    """What came of one verification's templates."""

    REMADE = "remade"
    IMAGES_GONE = "images gone"
    """Its images are deleted or damaged."""
    NO_GOOD_FACE = "no good face"
    """The present engine finds none to make a template of; the old ones stay."""
    FAILED = "failed"
    """Its process died, took too long or met a defect of ours; the log says which."""
    NOT_NEEDED = "not needed any more"
    """It is being verified anew, was withdrawn or deleted meanwhile."""


@dataclass(frozen=True)
class _Task:
    """What making them anew needs to know, read in one transaction."""

    concluded: Concluded
    order: VerificationOrder
    candidate_at: NamedFace | None
    """Who was named by then: another may be named since, whom the verdict says nothing of."""
    policy: Policy
    files: tuple[File, ...]
    earlier: tuple[EarlierCapture, ...]
    chip_challenge: bytes | None


class Remaking:
    """The templates of one tenant that are another engine's."""

    def __init__(self, store: Store, settings: Settings, tenant: UUID, engine: str) -> None:
        """`engine`: the name of the one that makes templates now."""
        self._store = store
        self._settings = settings
        self._tenant = tenant
        self._engine = engine
        self._scratch = Scratch(settings.home)
        self._scratch.sweep()
        self._stopped = threading.Event()
        with store.tenant(tenant, OPERATOR, reads_only=True) as t:
            self._candidates = list(t.templates.of_other_engines(engine).values())

    def __len__(self) -> int:
        """How many verifications are left to do."""
        return sum(map(len, self._candidates))

    def look(self) -> dict[Came, int]:
        """What can be expected, by evidence there is; changes nothing and reads no image."""
        found: dict[Came, int] = {}
        for verification in (one for each in self._candidates for one in each):
            with self._store.tenant(self._tenant, OPERATOR, reads_only=True) as t:
                task = _task(t, verification)
            came = (
                Came.NOT_NEEDED
                if task is None
                else Came.REMADE
                if _seen(task)
                else Came.IMAGES_GONE
            )
            found[came] = found.get(came, 0) + 1
        return found

    def run(self, on_each: Callable[[Came], None]) -> None:
        """Make all anew, several candidates at a time; `on_each` is called after each verification.

        Raises:
            NoJobs, OSError, sqlalchemy.exc.SQLAlchemyError: this machine, its disk or the database
                cannot do it at present; what was done until then is done.
        """
        left = iter(self._candidates)
        under_way: set[Future[None]] = set()
        with ThreadPoolExecutor(self._settings.concurrency) as pool:
            try:
                while True:
                    while len(under_way) < self._settings.concurrency and (one := next(left, None)):
                        under_way.add(pool.submit(self._candidate, one, on_each))
                    if not under_way:
                        return
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    for each in done:
                        each.result()
            finally:
                self._stopped.set()  # The others end after the verification they are in.

    def _candidate(self, verifications: Sequence[UUID], on_each: Callable[[Came], None]) -> None:
        """The oldest first: a later one may be told by the faces of an earlier one."""
        for verification in verifications:
            if self._stopped.is_set():
                return
            on_each(self._one(verification))

    def _one(self, verification: UUID) -> Came:
        try:
            with self._store.tenant(self._tenant, OPERATOR, reads_only=True) as t:
                task = _task(t, verification)
            if task is None:
                return Came.NOT_NEEDED
            if not _seen(task):
                return Came.IMAGES_GONE
            faces = self._faces(task)
            if not faces.templates:
                return Came.NO_GOOD_FACE
            with self._store.tenant(self._tenant, OPERATOR) as t:
                replaced = t.templates.replace(task.concluded.work, faces.templates)
        except NotFound:
            return Came.NOT_NEEDED
        except (Missing, Unopenable):
            return Came.IMAGES_GONE
        except NoJobs:
            raise
        except JobEnded as error:
            log.warning("templates not remade", verification=str(verification), how=str(error))
            return Came.FAILED
        return Came.REMADE if replaced else Came.NOT_NEEDED

    def _faces(self, task: _Task) -> StepResult:
        size = sum(file.size_bytes for file in task.files)
        with self._scratch.folder(size) as folder:
            submitted = place_evidence(self._store.blobs, task.files, task.order.claims, folder)
            order = Order(
                submitted=submitted,
                stage=task.order.stage,
                policy=task.policy,
                now=task.concluded.decided_at,
                candidate_at=task.candidate_at,
                earlier=task.earlier or None,
                keep_template=True,
                chip_lists=(self._settings.chip_lists,),
                chip_challenge=task.chip_challenge.hex() if task.chip_challenge else None,
                weights=self._settings.weights_folder,
            )
            found: list[StepResult] = []
            with Job(order, folder) as job:
                for step in _STEPS:
                    found.append(job.step(step, found, seconds=self._settings.step_seconds))
            return found[-1]


def _task(t: OfTenant, verification: UUID) -> _Task | None:
    concluded = t.templates.concluded(verification)
    if concluded is None:
        return None
    row = t.verifications.get(verification)
    files = (f for f in t.evidence.list(verification) if f.ready)
    faces = t.results.result_of(verification, concluded.work.generation, Step.FACES.value)
    return _Task(
        concluded=concluded,
        order=t.verifications.order_of(row),
        candidate_at=StepResult.model_validate_json(faces).candidate_at if faces else None,
        policy=t.verifications.policy_of(row),
        files=tuple(f for f in files if f.announced_at <= concluded.decided_at),
        earlier=t.results.earlier_captures(verification),
        chip_challenge=t.chips.handed_out(verification),
    )


def _seen(task: _Task) -> bool:
    """Whether there is anything to see a face in."""
    return any(file.kind in _SEEN_IN for file in task.files)
