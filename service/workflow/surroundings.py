"""The step that places what a company sees around a candidate by the operator's own databases.

It runs in the service's own process: the databases are read into memory once, and asked for every
case.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import structlog

from models.finding import Check, EvidenceClass, Finding, Seen, Status
from models.order import VerificationOrder
from models.surroundings import Surroundings
from service.report.shown import Shown
from service.report.surroundings import surroundings_shown
from service.workflow.pipeline import Step, StepResult
from verifiers.environment.surrounded import circumstances_of
from verifiers.environment.visits import NetworkDatabases, UnreadableDatabase

log = structlog.get_logger()


class Places:
    """The network databases of this installation, opened anew where the folder's files changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._seen: frozenset[tuple[str, int, int]] | None = None
        self._databases: NetworkDatabases | None = None
        self._problem: str | None = None

    def step(self, order: VerificationOrder) -> StepResult:
        """The result of the step."""
        told = order.surroundings
        opened, problem = self._open()
        databases = opened.for_a_case()
        seen = circumstances_of(told, databases, order.claims)
        findings = tuple(_problems(problem, databases)) if _needs_places(told) else ()
        return StepResult(
            step=Step.SURROUNDINGS,
            findings=findings,
            seen=seen,
            shown=Shown(surroundings=surroundings_shown(told, seen)),
        )

    def _open(self) -> tuple[NetworkDatabases, str | None]:
        with self._lock:
            files = frozenset(_files(self._folder))
            if self._databases is None or files != self._seen:
                self._seen = files
                self._problem = None
                try:
                    self._databases = NetworkDatabases(self._folder)
                except (UnreadableDatabase, OSError) as error:
                    # What was opened before goes on, whatever became of its files: it is in memory.
                    # With nothing open, visits have no place.
                    self._problem = _told(error)
                    log.warning("network database unreadable", problem=self._problem)
                    self._databases = self._databases or NetworkDatabases(self._folder / "none")
            return self._databases, self._problem


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    try:
        for path in folder.iterdir():
            with suppress(FileNotFoundError):  # It is just being replaced.
                stat = path.stat()
                yield path.name, stat.st_mtime_ns, stat.st_size
    except OSError:
        return  # There is none, or it may not be looked into, which opening it tells.


def _told(error: UnreadableDatabase | OSError) -> str:
    if isinstance(error, UnreadableDatabase):
        return str(error)
    return f"The folder of network databases cannot be read: {error.strerror}."


def _needs_places(told: Surroundings) -> bool:
    return bool(told.visits) or any(device.ip for device in told.inventories)


_NOTHING_KNOWN = "Where visits came from is not known: a database of networks cannot be read."
_OLDER_ANSWERED = (
    "A newer database of networks cannot be read. The ones of before say where visits came from."
)
_PARTLY_KNOWN = "Where some visits came from may not be known: a database of networks is damaged."


def _problems(problem: str | None, asked: NetworkDatabases) -> Iterator[Finding]:
    """What could not be read, now or when the databases were last replaced."""
    if problem:
        yield _unreadable(_OLDER_ANSWERED if asked.files else _NOTHING_KNOWN, (problem,))
    if asked.problems:
        yield _unreadable(_PARTLY_KNOWN, asked.problems)


def _unreadable(words: str, problems: Iterable[str]) -> Finding:
    return Finding(
        code="network.databases_unreadable",
        check=Check.ENVIRONMENT,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.NETWORK,
        seen=tuple(Seen(what="database", value=problem) for problem in problems),
        for_recruiter=f"{words} That is held against nobody; whoever runs the service should "
        "replace it.",
        for_candidate="Something of ours could not be read; that is no fault of yours.",
    )
