"""What nobody is working on, and what is long done: adopt the one, forget the other.

DBOS leaves three kinds of rows behind, which one thread of every worker looks after:

- The cases of an executor that died. DBOS takes up an executor's cases only when that executor
  starts again, and a worker of ours on PostgreSQL never comes back under its old id. Two workers
  may find the same dead one; the lock on its id (`claim.py`) lets one of them at a time look.
- A case whose thread in this process died of the engine itself, such as a full disk. It is ours,
  it is pending, and nobody runs it. A case that failed so badly that DBOS wrote it off is parked.
- Finished cases. DBOS keeps them for good; we keep them for a while, so that a case which is
  enqueued again in a race is still known to be done, and then delete them.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from dbos import DBOS, WorkflowStatus

from service.workflow.claim import Claim, Lost

log = structlog.get_logger()

PASS_SECONDS = 1.0
"""Between two looks at who is alive; a dead worker's cases wait at most so long."""

SWEEP_SECONDS = 60.0
"""Between two looks at what is finished, or ours and idle."""

BATCH = 500

SWEEPER = "sweeper"
"""An id that no executor has: whoever holds its lock is the one who sweeps."""

WRITTEN_OFF = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


class Reaper:
    """The thread that looks after what is left behind; DBOS must be launched."""

    def __init__(
        self,
        claim: Claim,
        executor_id: str,
        *,
        queue: str,
        present: Callable[[], frozenset[str]],
        park: Callable[[str, str], bool],
        keep: timedelta,
        lost: Callable[[], None],
    ) -> None:
        """What it looks after, and whom it asks.

        Args:
            claim: Ours, taken already.
            executor_id: Ours.
            queue: Where adopted cases go.
            present: Names the cases that a thread of this process has.
            park: Hands a case to a person, for a reason; false where that must be tried again.
            keep: How long finished cases are remembered.
            lost: Called once, if the claim goes.
        """
        self._claim = claim
        self._executor_id = executor_id
        self._queue = queue
        self._present = present
        self._park = park
        self._keep = keep
        self._lost = lost
        self._idle_before: frozenset[str] = frozenset()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="bonafide-reaper", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; it uses the claim, which may be released afterwards."""
        self._stopping.set()
        self._thread.join(timeout=10.0)

    def _work(self) -> None:
        sweep_at = time.monotonic()
        while True:
            try:
                self._claim.confirm()
                if self._claim.shared:
                    self._adopt()
                if time.monotonic() >= sweep_at:
                    sweep_at = time.monotonic() + SWEEP_SECONDS
                    self._sweep()
            except Lost as error:
                if not self._stopping.is_set():
                    log.error("claim lost", executor=self._executor_id, reason=str(error))
                    self._lost()
                return
            except Exception as error:  # The database hiccups; the next pass tries again.
                log.warning("reaper", error=type(error).__name__)
            if self._stopping.wait(PASS_SECONDS if self._claim.shared else SWEEP_SECONDS):
                return

    def _adopt(self) -> None:
        """Enqueue again what dead executors had begun."""
        owners = {case.executor_id for case in self._pending() if case.executor_id}
        for owner in owners - {self._executor_id}:
            with self._claim.seize(owner) as dead:
                if not dead:
                    continue
                # Read again under the lock: another reaper may have been here meanwhile, and
                # what it adopted bears a new owner.
                for case in self._pending(owner):
                    self._resume(case.workflow_id, owner)

    def _sweep(self) -> None:
        """Look after our own idle cases; one of all workers deletes what is finished."""
        ours = frozenset(case.workflow_id for case in self._pending(self._executor_id))
        idle = ours - self._present()
        # Between the claim of a case and its first step, and after its last, it is idle for a
        # moment; one that is so at two sweeps is left behind.
        for case in idle & self._idle_before:
            self._resume(case, self._executor_id)
        self._idle_before = idle
        with self._claim.seize(SWEEPER) as alone:
            if alone:
                self._park_written_off()
                self._forget_finished()

    def _park_written_off(self) -> None:
        for case in DBOS.list_workflows(status=WRITTEN_OFF, load_input=False, load_output=False):
            log.error("case written off by the engine", case=case.workflow_id, status=case.status)
            if self._park(case.workflow_id, "the workflow engine could not go on with this case"):
                DBOS.delete_workflow(case.workflow_id)

    def _forget_finished(self) -> None:
        before = (datetime.now(UTC) - self._keep).isoformat()
        while not self._stopping.is_set():
            finished = DBOS.list_workflows(
                status="SUCCESS",
                completed_before=before,
                limit=BATCH,
                load_input=False,
                load_output=False,
            )
            if not finished:
                return
            DBOS.delete_workflows([case.workflow_id for case in finished])

    def _pending(self, executor_id: str | None = None) -> list[WorkflowStatus]:
        return DBOS.list_workflows(
            status="PENDING", executor_id=executor_id, load_input=False, load_output=False
        )

    def _resume(self, case: str, owner: str) -> None:
        # Takes the case from whoever still has it, by a token that DBOS checks at every write.
        DBOS.resume_workflow(case, queue_name=self._queue)
        log.info("case adopted", case=case, owner=owner)
