"""A worker in a process of its own that does nothing but write down what it is told to do.

Each step of a case writes a line when it begins and when its result stands. A worker can be told
to die (by SIGKILL, from within) or to wait at either.
"""

import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from service.workflow.engine import Engine

STEPS = ("documents", "faces", "decision")


@dataclass(frozen=True)
class Entry:
    """One line of the journal."""

    what: str  # "begun", "done" or "parked"
    case: str
    step: str  # The reason, where the case was parked.
    worker: str


class Journal:
    """What all workers did, in order, in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, what: str, case: str, step: str, worker: str) -> None:
        # One write of a short line to a file opened for appending is not torn.
        line = "\t".join((what, case, step, worker)) + "\n"
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(descriptor, line.encode())
        os.close(descriptor)

    def entries(self, what: str, case: str | None = None) -> list[Entry]:
        if not self.path.exists():
            return []
        lines = self.path.read_text(encoding="utf-8").splitlines()
        entries = [Entry(*line.split("\t")) for line in lines]
        return [e for e in entries if e.what == what and case in (None, e.case)]

    def steps(self, what: str, case: str) -> list[str]:
        return [entry.step for entry in self.entries(what, case)]


@dataclass(frozen=True)
class Orders:
    """What a worker is to do; sent to its process."""

    url: str
    journal: Path
    name: str = "worker"
    steps: tuple[str, ...] = STEPS
    concurrency: int = 1
    die_when: tuple[str, str] | None = None
    """`("begun", "faces")`: before anything of the step; `("done", …)`: before it is recorded."""
    wait_in: str | None = None
    """The step that does not end unless the process is told to."""


class Recorded:
    """Cases whose steps are lines of the journal."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self.steps = orders.steps
        self.journal = Journal(orders.journal)
        self.interrupted = threading.Event()

    def perform(self, case: str, step: str) -> None:
        self._reach("begun", case, step)
        if step == self.orders.wait_in:
            self.interrupted.wait()
            raise RuntimeError("interrupted")
        self._reach("done", case, step)

    def park(self, case: str, reason: str) -> None:
        self.journal.write("parked", case, reason, self.orders.name)

    def _reach(self, what: str, case: str, step: str) -> None:
        self.journal.write(what, case, step, self.orders.name)
        if self.orders.die_when == (what, step):
            os.kill(os.getpid(), signal.SIGKILL)


def work(orders: Orders) -> None:
    """Work until told to end (SIGTERM), then gracefully."""
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    cases = Recorded(orders)
    engine = Engine(orders.url, cases, concurrency=orders.concurrency)
    engine.start()
    while not told.is_set():
        time.sleep(0.05)  # `Event.wait` alone would keep the signal from being handled.
    engine.stop(grace=0.2, interrupt=cases.interrupted.set)
