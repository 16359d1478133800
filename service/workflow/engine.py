"""Durable runs of cases: queued, taken up again after a crash, given up in the open.

The engine calls the steps of a case in order and writes down which are done. Whatever happens to
the process, a step that was written down is not run again, and every other one is. It decides
nothing and stores nothing of a case: `Cases` does each step, keeps its result and tells when there
is nothing more to do. The engine's tables hold the case's id, the names of its steps and how each
ended; no argument, result, exception or trace of a candidate ever reaches them.

Underneath is DBOS Transact, which shows nowhere outside this file and `reaper.py`. On SQLite one
process works, on PostgreSQL any number (`claim.py`).
"""

import logging
import os
import signal
import socket
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

import sqlalchemy
import structlog
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID, WorkflowHandle

from service.workflow.claim import AlreadyRunning, Claim, DatabaseClaim, FileClaim
from service.workflow.reaper import Reaper
from service.workflow.system_database import folder_of, open_system_database

__all__ = ["AlreadyRunning", "Cases", "Engine", "NotNow", "Stop"]

log = structlog.get_logger()

ATTEMPTS = 3
"""Times a step is tried in one process before its case is parked for a person."""

BACKOFF_SECONDS = 1.0
"""Wait after the first failure of a step; doubled after each further one."""

PARKING_SECONDS = 60.0
"""The longest wait between two tries to park a case: it must reach a person, so we never stop."""

POLL_SECONDS = 0.15
"""Between two looks into the queue. Measured: a case begins 0.09 s (at most 0.17 s) after it was
enqueued; an idle process uses 3.5 % of one core, 1 % of it for what DBOS does besides."""

VERSION = "1"
"""DBOS gives a case only to workers of the version that enqueued it. Ours stays the same, so that
an upgrade takes up older work; `Engine._step` sees to steps that changed meanwhile."""

QUEUE = "cases"
DONE, STOPPED, PARKED = "done", "stopped", "parked"


class Stop(Exception):
    """Raised by a step: nothing more is to be done, the case was cancelled, parked or deleted."""


class NotNow(Exception):
    """Raised by a step: this machine or what it depends on cannot do it; the case is not to blame.

    It is tried again, with growing pauses, for as long as it takes.
    """


class Cases(Protocol):
    """What the engine drives. Calls come from several threads at once, one thread a case."""

    @property
    def steps(self) -> Sequence[str]:
        """The names of the steps, in order."""

    def perform(self, case: str, step: str) -> None:
        """Do a step and store its result. May be called again for a step that is done already.

        Raises `Stop`, or anything else for a failure, which is tried again.
        """

    def park(self, case: str, reason: str) -> None:
        """Hand the case to a person, with the reason. May be called again."""


class _Interrupted(BaseException):
    """The process is ending. No `Exception`: DBOS would write it down as the step's outcome."""


def _end_process() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


class Engine:
    """The queue of cases and the threads that work it off. One a process."""

    def __init__(
        self,
        url: str,
        cases: Cases,
        *,
        concurrency: int,
        executor_id: str | None = None,
        keep: timedelta = timedelta(hours=1),
        lost: Callable[[], None] = _end_process,
    ) -> None:
        """Get ready; nothing runs before `start`.

        Args:
            url: The store's database, `sqlite:///…` or `postgresql://…`.
            cases: What each step does.
            concurrency: Cases at a time in this process; 0 to enqueue only.
            executor_id: This process among several on PostgreSQL; by default a new one.
            keep: How long finished cases are remembered.
            lost: Called when another worker may take over our cases, because the database no
                longer knows that we live. The process must end; by default it is sent SIGTERM.
        """
        self._cases = cases
        self._concurrency = concurrency
        self._keep = keep
        self._on_lost = lost
        self._waiting: set[str] = set()
        self._is_lost = False
        self._running: set[str] = set()
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._left = threading.Event()
        self._reaper: Reaper | None = None
        self._claim: Claim | None = None
        address = sqlalchemy.make_url(url)
        self._database = open_system_database(address, concurrency)
        if address.get_backend_name() == "sqlite":
            self._executor_id = "bonafide"
            self._claim = FileClaim(folder_of(address) / "workflow.lock")
        else:
            self._executor_id = executor_id or f"{socket.gethostname()}-{uuid.uuid4().hex[:12]}"
            if concurrency:
                plain = address.set(drivername="postgresql")
                self._claim = DatabaseClaim(
                    plain.render_as_string(hide_password=False), self._executor_id
                )

    def start(self) -> None:
        """Take up our own unfinished cases and begin to work off the queue.

        Raises `AlreadyRunning` where another process holds the SQLite folder or the executor id.
        """
        if self._claim:
            self._claim.take()
        try:
            self._enqueue = self._launch()
        except BaseException:
            self.stop(grace=0.0)
            raise

    def _launch(self) -> Callable[[str], WorkflowHandle[str]]:
        # DBOS adds a handler of its own to its logger unless there is one.
        logging.getLogger("dbos").addHandler(logging.NullHandler())
        config: DBOSConfig = {
            "name": "bonafide",
            "system_database_url": self._database.url.render_as_string(hide_password=False),
            "system_database_engine": self._database,
            "executor_id": self._executor_id,
            "application_version": VERSION,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "WARNING",
            "enable_otlp": False,
            # We send no notifications; listening costs a hundred wake-ups a second, and the
            # thread that polls for them instead makes `stop` wait for its next look.
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": 0.25,
        }

        # Its attempts are counted by `Cases`, which parks the case in time; DBOS would lose it.
        @DBOS.workflow(name="verify", max_recovery_attempts=None)
        def verify(case: str) -> str:
            with self._under_way(case):
                return self._run(case)

        DBOS(config=config)
        DBOS.listen_queues([QUEUE] if self._concurrency else [])
        DBOS.launch()
        if self._concurrency:
            DBOS.register_queue(
                QUEUE,
                worker_concurrency=self._concurrency,
                polling_interval_sec=POLL_SECONDS,
                on_conflict="always_update",
            )
            if self._claim:
                self._reaper = Reaper(
                    self._claim,
                    self._executor_id,
                    queue=QUEUE,
                    present=self._present,
                    park=self._parked,
                    keep=self._keep,
                    lost=self._lose,
                )
                self._reaper.start()
        return lambda case: DBOS.enqueue_workflow(QUEUE, verify, case)

    def enqueue(self, case: str) -> None:
        """Queue a case, `<verification>/<generation>`. A second time is not a second run."""
        with SetWorkflowID(case):
            self._enqueue(case)

    def stop(
        self, *, grace: float = 5.0, interrupt: Callable[[], None] = lambda: None
    ) -> frozenset[str]:
        """Begin no case and no further step; wait for the steps under way, then leave.

        After `grace` seconds `interrupt` is called once: it must make every `perform` under way
        raise, and that is no failure of the step. After as long again we leave all the same. What
        is unfinished is taken up by the next start, or by another worker at once.

        Returns the cases whose `perform` has still not returned; Python waits for their threads
        at exit, so a process that must end now ends with `os._exit`.
        """
        self._begin_nothing_more()
        if not self._wait_until_idle(grace):
            interrupt()
            self._wait_until_idle(grace)
        self._left.set()
        with self._changed:
            left = frozenset(self._running)
        if self._reaper:
            self._reaper.stop()
        DBOS.destroy(destroy_registry=True)
        self._database.dispose()
        if self._claim:
            self._claim.release()
        return left

    def _run(self, case: str) -> str:
        for step in self._cases.steps:
            outcome = self._step(case, step)
            if outcome == STOPPED:
                return STOPPED
            if outcome != DONE:
                # A step itself, so that a crash between giving up and parking parks all the same.
                DBOS.run_step({"name": "perform"}, self._park, case, f"step {step} {outcome}")
                return PARKED
        return DONE

    def _step(self, case: str, step: str) -> str:
        """How the step ended, now or before a restart."""
        while True:
            # All steps have one name for DBOS, which refuses to go on with a case whose n-th step
            # is called otherwise than before. An upgrade may have added, dropped or moved steps:
            # what the older version wrote down for a step that is not next is passed over. The
            # step then runs again, and `Cases` knows its result.
            name, outcome = DBOS.run_step({"name": "perform"}, self._perform, case, step)
            if name == step or outcome != DONE:
                return outcome

    def _perform(self, case: str, step: str) -> tuple[str, str]:
        attempt, pause = 1, BACKOFF_SECONDS
        while attempt <= ATTEMPTS:
            if self._stopping.is_set():
                raise _Interrupted
            try:
                self._cases.perform(case, step)
            except Stop:
                return step, STOPPED
            except NotNow as error:
                log.error("step put off", case=case, step=step, why=str(error))
                self._stopping.wait(pause)
                pause = min(2 * pause, PARKING_SECONDS)
                continue
            except Exception as error:
                if self._stopping.is_set():
                    raise _Interrupted from None
                # Its kind only: a message may quote a document.
                kind = type(error).__name__
                log.warning("step failed", case=case, step=step, error=kind, attempt=attempt)
            else:
                if self._left.is_set():
                    raise _Interrupted  # Nobody is there to write it down; `Cases` has the result.
                return step, DONE
            if attempt < ATTEMPTS:
                self._stopping.wait(BACKOFF_SECONDS * 2 ** (attempt - 1))
            attempt += 1
        return step, f"failed {ATTEMPTS} times ({kind})"

    def _park(self, case: str, reason: str) -> tuple[str, str]:
        pause = BACKOFF_SECONDS
        while not self._parked(case, reason):
            if self._stopping.wait(pause):
                raise _Interrupted
            pause = min(2 * pause, PARKING_SECONDS)
        return PARKED, DONE

    def _parked(self, case: str, reason: str) -> bool:
        try:
            self._cases.park(case, reason)
        except Stop:
            return True
        except Exception as error:
            log.error("case not parked", case=case, error=type(error).__name__)
            return False
        return True

    @contextmanager
    def _under_way(self, case: str) -> Iterator[None]:
        with self._changed:
            # DBOS keeps the number of the worker started last, for all workers. A smaller machine
            # may be handed more than it can run; what is too much waits here for its turn.
            self._waiting.add(case)
            self._changed.wait_for(
                lambda: self._stopping.is_set() or len(self._running) < self._concurrency
            )
            self._waiting.discard(case)
            if self._stopping.is_set():
                raise _Interrupted
            self._running.add(case)
        try:
            yield
        finally:
            with self._changed:
                self._running.discard(case)
                self._changed.notify_all()

    def _present(self) -> frozenset[str]:
        with self._changed:
            return frozenset(self._waiting | self._running)

    def _wait_until_idle(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: not self._running, timeout=seconds)

    def _begin_nothing_more(self) -> None:
        with self._changed:
            self._stopping.set()
            self._changed.notify_all()

    @property
    def lost(self) -> bool:
        """Whether our cases went to another worker, because the database no longer knew us."""
        return self._is_lost

    def _lose(self) -> None:
        self._is_lost = True
        self._begin_nothing_more()
        self._on_lost()
