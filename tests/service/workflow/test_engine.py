"""A case that was queued is finished or handed to a person, whatever happens to the process."""

import multiprocessing
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from structlog.testing import capture_logs

from service.workflow import engine as engine_module
from service.workflow.engine import AlreadyRunning, Cases, Engine, NotNow, Stop
from service.workflow.reaper import PASS_SECONDS
from tests.service.workflow.worker import STEPS, Journal, Orders, work

CASE = "0199a1c2-4a5e-7c11-9d3a-5f2b8e6d7c01/1"
BOUND_SECONDS = 90.0
"""Only ends a test that would wait for ever; no promise about time."""


def until(holds: Callable[[], object]) -> None:
    """Wait for something that another process or thread brings about."""
    deadline = time.monotonic() + BOUND_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


Start = Callable[[Orders], ForkServerProcess]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start workers as processes; those still alive at the end are killed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.service.workflow.worker"])
    processes: list[ForkServerProcess] = []

    def run(orders: Orders) -> ForkServerProcess:
        process = context.Process(target=work, args=(orders,))
        process.start()
        processes.append(process)
        return process

    yield run
    for process in processes:
        process.kill()
        process.join()


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


class Scripted:
    """Cases of this process: each step does what the test says."""

    def __init__(self, perform: Callable[[str], None], steps: Sequence[str] = STEPS) -> None:
        self.steps = steps
        self._perform = perform
        self.performed: list[str] = []
        self.parked: list[str] = []

    def perform(self, case: str, step: str) -> None:
        assert case == CASE
        self.performed.append(step)
        self._perform(step)

    def park(self, case: str, reason: str) -> None:
        assert case == CASE
        self.parked.append(reason)


@contextmanager
def running(
    url: str, cases: Cases, *, concurrency: int = 1, keep: timedelta = timedelta(hours=1)
) -> Iterator[Engine]:
    engine = Engine(url, cases, concurrency=concurrency, keep=keep)
    engine.start()
    try:
        yield engine
    finally:
        assert engine.stop() == frozenset()


@contextmanager
def tables_of_the_engine(url: str) -> Iterator[tuple[sqlalchemy.Connection, str]]:
    """The database of DBOS, and what its tables are prefixed with."""
    address, prefix = sqlalchemy.make_url(url), ""
    if address.get_backend_name() == "sqlite":
        address = address.set(database=str(Path(str(address.database)).parent / "workflow.sqlite"))
    else:
        address, prefix = address.set(drivername="postgresql+psycopg"), "dbos."
    database = sqlalchemy.create_engine(address)
    with database.connect() as connection:
        yield connection, prefix
    database.dispose()


def everything_written(url: str) -> str:
    """Every row of every table of DBOS, as text."""
    with tables_of_the_engine(url) as (connection, prefix):
        known = sqlalchemy.MetaData()
        known.reflect(connection, schema=prefix.rstrip(".") or None)
        return "\n".join(
            str(tuple(row))
            for table in known.sorted_tables
            for row in connection.execute(table.select())
        )


def states(url: str) -> list[str]:
    """What DBOS takes each case to be."""
    with tables_of_the_engine(url) as (connection, prefix):
        select = sqlalchemy.text(f"SELECT status FROM {prefix}workflow_status")
        return [str(state) for state in connection.execute(select).scalars()]


def allowed_everywhere(url: str) -> int:
    """The cases that DBOS hands to any one worker at a time."""
    with tables_of_the_engine(url) as (connection, prefix):
        select = sqlalchemy.text(f"SELECT worker_concurrency FROM {prefix}queues")
        return int(connection.execute(select).scalar() or 0)


def ended(url: str) -> int:
    """How many cases are no longer queued or under way."""
    return len([state for state in states(url) if state not in ("ENQUEUED", "PENDING")])


def nothing(_step: str) -> None:
    """A step that succeeds."""


@pytest.fixture
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BACKOFF_SECONDS", 0.01)


def test_a_case_goes_through_every_step_in_order(database_url: str) -> None:
    cases = Scripted(nothing)
    with running(database_url, cases) as engine:
        engine.enqueue(CASE)
        until(lambda: ended(database_url))
    assert cases.performed == list(STEPS)
    assert cases.parked == []


def test_a_process_killed_anywhere_costs_no_case_and_no_recorded_step(
    database_url: str, journal: Journal, start: Start
) -> None:
    with running(database_url, Scripted(nothing), concurrency=0) as engine:
        engine.enqueue(CASE)
    for step in STEPS:
        for what in ("begun", "done"):
            orders = Orders(database_url, journal.path, die_when=(what, step))
            worker = start(orders)
            worker.join(BOUND_SECONDS)
            assert worker.exitcode == -9
    start(Orders(database_url, journal.path))
    until(lambda: ended(database_url))
    # Each was begun by the two that died in it and the one that got through, and never again
    # after that: "begun" of the next step is the boundary behind the record of the one before.
    assert journal.steps("begun", CASE) == [step for step in STEPS for _ in range(3)]
    assert journal.steps("done", CASE) == [step for step in STEPS for _ in range(2)]
    assert journal.entries("parked") == []


def test_a_graceful_stop_loses_no_work_and_fails_no_step(
    database_url: str, journal: Journal, start: Start
) -> None:
    with running(database_url, Scripted(nothing), concurrency=0) as engine:
        engine.enqueue(CASE)
    worker = start(Orders(database_url, journal.path, wait_in="faces"))
    until(lambda: "faces" in journal.steps("begun", CASE))
    worker.terminate()
    worker.join(BOUND_SECONDS)
    assert worker.exitcode == 0
    start(Orders(database_url, journal.path))
    until(lambda: ended(database_url))
    assert journal.steps("begun", CASE) == ["documents", "faces", "faces", "decision"]
    assert journal.entries("parked") == []


def test_a_second_process_on_the_same_sqlite_folder_is_told_so(
    new_sqlite_database: str, tmp_path: Path, journal: Journal, start: Start
) -> None:
    first = start(Orders(new_sqlite_database, journal.path))
    until((tmp_path / "workflow.sqlite").exists)
    engine = Engine(new_sqlite_database, Scripted(nothing), concurrency=1)
    with pytest.raises(AlreadyRunning, match=rf"already running on .* \(process {first.pid}\)"):
        engine.start()
    first.kill()
    first.join()
    with running(new_sqlite_database, Scripted(nothing)):
        pass  # A process that was killed leaves no lock behind.


def test_a_living_worker_adopts_the_cases_of_a_dead_one_and_only_those(
    new_postgresql_database: str, journal: Journal, start: Start
) -> None:
    url, other = new_postgresql_database, "another-case/1"
    with running(url, Scripted(nothing), concurrency=0) as engine:
        engine.enqueue(CASE)
        first = start(Orders(url, journal.path, name="first", wait_in="faces"))
        until(lambda: "faces" in journal.steps("begun", CASE))
        start(Orders(url, journal.path, name="second"))
        engine.enqueue(other)
        until(lambda: journal.steps("done", other) == list(STEPS))
        time.sleep(3 * PASS_SECONDS)  # The second worker looks at the first, which lives.
        assert {entry.worker for entry in journal.entries("begun", CASE)} == {"first"}
        first.kill()
        until(lambda: ended(url) == 2)
    by_whom = [(entry.step, entry.worker) for entry in journal.entries("begun", CASE)]
    assert by_whom == [
        ("documents", "first"),
        ("faces", "first"),
        ("faces", "second"),
        ("decision", "second"),
    ]


def test_a_dead_worker_is_adopted_once_by_many(
    new_postgresql_database: str, journal: Journal, start: Start
) -> None:
    url = new_postgresql_database
    cases = [f"case-{number}/1" for number in range(8)]
    with running(url, Scripted(nothing), concurrency=0) as engine:
        for case in cases:
            engine.enqueue(case)
    dead = start(Orders(url, journal.path, name="dead", concurrency=8, wait_in="faces"))
    until(lambda: len([e for e in journal.entries("begun") if e.step == "faces"]) == 8)
    for name in ("second", "third"):
        start(Orders(url, journal.path, name=name, concurrency=8))
    dead.kill()
    until(lambda: ended(url) == 8)
    for case in cases:
        assert journal.steps("begun", case) == ["documents", "faces", "faces", "decision"]


def test_a_small_worker_is_not_overrun_where_a_large_one_was_started_later(
    new_postgresql_database: str, journal: Journal, start: Start
) -> None:
    url = new_postgresql_database
    with running(url, Scripted(nothing), concurrency=0) as engine:
        start(Orders(url, journal.path, name="small", concurrency=1, wait_in="faces"))
        engine.enqueue(CASE)
        until(lambda: "faces" in journal.steps("begun", CASE))
        large = start(Orders(url, journal.path, name="large", concurrency=8))
        until(lambda: allowed_everywhere(url) == 8)
        large.kill()
        large.join()
        engine.enqueue("second/1")
        engine.enqueue("third/1")
        until(lambda: states(url) == ["PENDING"] * 3)
        time.sleep(PASS_SECONDS)
    assert {entry.case for entry in journal.entries("begun")} == {CASE}


def test_a_worker_whose_claim_is_gone_is_told_to_end(new_postgresql_database: str) -> None:
    told: list[bool] = []
    engine = Engine(
        new_postgresql_database, Scripted(nothing), concurrency=1, lost=lambda: told.append(True)
    )
    engine.start()
    with psycopg.connect(new_postgresql_database, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name LIKE 'bonafide worker %'"
        )
    until(lambda: told)
    engine.stop()
    assert told == [True]


def test_two_workers_cannot_share_a_name(
    new_postgresql_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.workflow.claim.PATIENCE_SECONDS", 0.1)
    cases = Scripted(nothing)
    first = Engine(new_postgresql_database, cases, concurrency=1, executor_id="here")
    first.start()
    try:
        second = Engine(new_postgresql_database, cases, concurrency=1, executor_id="here")
        with pytest.raises(AlreadyRunning, match="running as here"):
            second.start()
    finally:
        first.stop()


def test_a_case_enqueued_twice_runs_once(database_url: str) -> None:
    cases = Scripted(nothing)
    with running(database_url, cases) as engine:
        engine.enqueue(CASE)
        engine.enqueue(CASE)
        until(lambda: ended(database_url))
        engine.enqueue(CASE)
    with running(database_url, cases):
        assert ended(database_url) == 1
    assert cases.performed == list(STEPS)


def test_a_process_that_only_enqueues_leaves_the_work_to_others(database_url: str) -> None:
    idle, working = Scripted(nothing), Scripted(nothing)
    with running(database_url, idle, concurrency=0) as engine:
        engine.enqueue(CASE)
    with running(database_url, working):
        until(lambda: ended(database_url))
    assert idle.performed == []
    assert working.performed == list(STEPS)


@pytest.mark.usefixtures("no_backoff")
def test_a_step_that_fails_is_tried_again(new_sqlite_database: str) -> None:
    failures = iter([OSError("once"), OSError("twice")])

    def perform(step: str) -> None:
        if step == "faces" and (failure := next(failures, None)):
            raise failure

    cases = Scripted(perform)
    with running(new_sqlite_database, cases) as engine:
        engine.enqueue(CASE)
        until(lambda: ended(new_sqlite_database))
    assert cases.performed == ["documents", "faces", "faces", "faces", "decision"]
    assert cases.parked == []


@pytest.mark.usefixtures("no_backoff")
def test_a_machine_in_trouble_puts_a_case_off_as_long_as_it_takes_and_parks_nothing(
    new_sqlite_database: str,
) -> None:
    troubles = iter([NotNow("OSError")] * 5)

    def perform(step: str) -> None:
        if step == "faces" and (trouble := next(troubles, None)):
            raise trouble

    cases = Scripted(perform)
    with running(new_sqlite_database, cases) as engine:
        engine.enqueue(CASE)
        until(lambda: ended(new_sqlite_database))
    assert cases.performed == ["documents", *["faces"] * 6, "decision"]
    assert cases.parked == []


class ReadingFailed(Exception):
    """Quotes what it read, as exceptions do."""


@pytest.mark.usefixtures("no_backoff")
def test_a_step_that_keeps_failing_parks_the_case_and_tells_nobody_what_it_read(
    database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    def perform(step: str) -> None:
        if step == "faces":
            raise ReadingFailed("ERIKSSON<<ANNA<MARIA")

    cases = Scripted(perform)
    with capture_logs() as logged, running(database_url, cases) as engine:
        engine.enqueue(CASE)
        until(lambda: ended(database_url))
    assert cases.performed == ["documents", "faces", "faces", "faces"]
    assert cases.parked == ["step faces failed 3 times (ReadingFailed)"]
    written = everything_written(database_url)
    assert CASE in written
    assert "ReadingFailed" in written
    told = written + str(logged) + "".join(capfd.readouterr())
    assert "ERIKSSON" not in told


@pytest.mark.usefixtures("no_backoff")
def test_a_case_that_cannot_be_parked_at_once_is_parked_later(
    new_sqlite_database: str,
) -> None:
    def perform(_step: str) -> None:
        raise OSError

    class Stubborn(Scripted):
        refusals = 2

        def park(self, case: str, reason: str) -> None:
            if self.refusals:
                self.refusals -= 1
                raise OSError
            super().park(case, reason)

    cases = Stubborn(perform)
    with running(new_sqlite_database, cases) as engine:
        engine.enqueue(CASE)
        until(lambda: ended(new_sqlite_database))
    assert cases.parked == ["step documents failed 3 times (OSError)"]


def test_a_case_that_needs_nothing_more_ends_quietly(new_sqlite_database: str) -> None:
    def perform(step: str) -> None:
        if step == "faces":
            raise Stop

    cases = Scripted(perform)
    with running(new_sqlite_database, cases) as engine:
        engine.enqueue(CASE)
        until(lambda: ended(new_sqlite_database))
    assert cases.performed == ["documents", "faces"]
    assert cases.parked == []


def test_a_case_begun_by_an_older_version_finishes_with_the_steps_of_the_newer(
    database_url: str, journal: Journal, start: Start
) -> None:
    with running(database_url, Scripted(nothing), concurrency=0) as engine:
        engine.enqueue(CASE)
    older = Orders(
        database_url,
        journal.path,
        steps=("documents", "dropped", "faces", "decision"),
        die_when=("begun", "decision"),
    )
    start(older).join(BOUND_SECONDS)
    newer = Scripted(nothing, steps=("documents", "added", "faces", "decision"))
    with running(database_url, newer):
        until(lambda: ended(database_url))
    assert journal.steps("done", CASE) == ["documents", "dropped", "faces"]
    assert newer.performed == ["added", "faces", "decision"]


def test_a_case_that_the_engine_wrote_off_is_parked(new_sqlite_database: str) -> None:
    cases = Scripted(nothing)
    with running(new_sqlite_database, cases, concurrency=0) as engine:
        engine.enqueue(CASE)
    file = str(sqlalchemy.make_url(new_sqlite_database).database)
    with sqlite3.connect(Path(file).parent / "workflow.sqlite") as connection:
        connection.execute("UPDATE workflow_status SET status = 'ERROR'")
    connection.close()
    with running(new_sqlite_database, cases):
        until(lambda: cases.parked)
    assert cases.performed == []


def test_finished_cases_are_forgotten_after_a_while(database_url: str) -> None:
    with running(database_url, Scripted(nothing)) as engine:
        engine.enqueue(CASE)
        until(lambda: ended(database_url))
    with running(database_url, Scripted(nothing), keep=timedelta(0)):
        until(lambda: not ended(database_url))
    assert CASE not in everything_written(database_url)
