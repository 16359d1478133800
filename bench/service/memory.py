"""Memory and disk as cases pass through: whether they come to rest, and what a case leaves."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.service import usage
from bench.service.running import Service


@dataclass(frozen=True)
class Held:
    """What is held while nothing is being verified."""

    when: str
    cases: int
    memory_megabytes: float
    """PSS of the service's processes."""
    database_memory_megabytes: float
    """PSS of PostgreSQL's own processes."""
    database_megabytes: float
    """On disk, the tables of the store and of the workflow."""
    evidence_megabytes: float
    """On disk, sealed."""


def held(service: Service, when: str, cases: int) -> Held:
    """Once the children of all cases are gone."""
    service.wait_until_idle()
    return Held(
        when,
        cases,
        usage.megabytes(service.pids),
        usage.megabytes([service.cluster.pid]) if service.cluster else 0.0,
        service.database_megabytes(),
        service.evidence_megabytes(),
    )


@dataclass
class Peak:
    """The most memory that was seen, children included."""

    megabytes: float | None = 0.0
    """`None` where we may not look into the children."""


@contextmanager
def peak(service: Service) -> Iterator[Peak]:
    """Look once a second while the block runs; each look costs some milliseconds."""
    seen, ending = Peak(), threading.Event()

    def look() -> None:
        most = 0.0
        while not ending.wait(1.0):
            try:
                most = max(most, usage.megabytes(service.pids))
            except PermissionError:
                seen.megabytes = None
                return
            seen.megabytes = most

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        ending.set()
        looking.join()
