"""Mends what a crash may leave between two systems: the store's commit and the engine's queue.

A submission is committed as `queued` before it is handed to the engine, so that none is lost; the
sweeper hands over what a crash kept from being handed over. Doing it twice is doing it once, as the
engine knows a case by its name. It also has the store tidy up what crashes left there and bring
over what an older version stored elsewhere, and the indexes of faces drop what other processes
deleted.
"""

import threading
import time

import structlog

from service.linkage.faces import FaceIndexes
from service.store.results import Work
from service.store.store import Store
from service.workflow.engine import Engine

log = structlog.get_logger()

EVERY_SECONDS = 5.0
AGAIN_SECONDS = 600.0
"""A case that waits in a long queue is not handed over at every round."""
MOST_AT_ONCE = 200
"""In one round: a long queue must not keep a process from answering."""


def case_name(work: Work) -> str:
    """By what the engine knows a submission."""
    return f"{work.verification}/{work.generation}"


class Sweeper:
    """A thread that looks after work that waits."""

    def __init__(self, store: Store, engine: Engine, faces: FaceIndexes) -> None:
        self._store = store
        self._faces = faces
        self._engine = engine
        self._handed_over: dict[Work, float] = {}
        self._templates_left = True
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Sweep once now, then every few seconds."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the round under way."""
        self._ending.set()
        self._thread.join()

    def sweep(self) -> None:
        """One round."""
        self._faces.catch_up()  # First: what was deleted leaves memory, whatever else fails.
        now = time.monotonic()
        waiting = self._store.queued_work()
        known = set(waiting)
        self._handed_over = {w: t for w, t in self._handed_over.items() if w in known}
        due = [
            w for w in waiting if now - self._handed_over.get(w, -AGAIN_SECONDS) >= AGAIN_SECONDS
        ]
        for work in due[:MOST_AT_ONCE]:
            self._engine.enqueue(case_name(work))
            self._handed_over[work] = now
        self._store.tidy()
        # New verdicts hold none: once there is nothing left, there never will be.
        self._templates_left = self._templates_left and self._store.take_over_templates()

    def _run(self) -> None:
        while True:
            try:
                self.sweep()
            except Exception as error:
                # A database that is down for a moment: the next round does what this one did not.
                log.warning("sweep failed", error=type(error).__name__)
            if self._ending.wait(EVERY_SECONDS):
                return
