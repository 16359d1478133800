"""Who works as which executor: one living process an id, so that nobody's work is done twice.

DBOS writes into a case which executor began it, and on a restart takes up what bears its own id.
It does not know whether another executor still lives. A claim does:

`FileClaim`      SQLite. One process in all, always under the same id (a restart finds its own
                 work); a lock on a file beside the database turns a second process away.
`DatabaseClaim`  PostgreSQL. Many processes, an id each; an advisory lock held by a connection of
                 its own. The lock goes when the process dies, and whoever gets a dead executor's
                 lock may take over its cases.

Both locks are let go by the kernel or the server, so no crash leaves a stale one behind.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

SILENCE_SECONDS = 60
"""After so long without a word PostgreSQL ends a claim's session: a frozen process, or a machine
that lost its power, never closes its connection, and TCP alone would notice after two hours."""

PATIENCE_SECONDS = 10.0
"""How long an id may still be held by the session of a process that has just died."""


class AlreadyRunning(Exception):
    """Another process works under this id; the message says which."""


class Lost(Exception):
    """The claim is gone: others may take over what this process is working on, so it must end."""


class Claim(Protocol):
    """The right to work as one executor."""

    shared: bool
    """Whether other executors may work beside this one."""

    def take(self) -> None:
        """Claim the id. Raises `AlreadyRunning`."""

    def confirm(self) -> None:
        """Make sure that the claim still stands. Raises `Lost`."""

    def seize(self, executor_id: str, /) -> AbstractContextManager[bool]:
        """Hold another's id for a moment: true where its process is dead. Raises `Lost`."""

    def release(self) -> None:
        """Give the id back."""


class FileClaim:
    """A lock on a file: the one process of an installation on SQLite."""

    shared = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        # Not inherited by programs started from here, so no orphan of ours keeps it locked.
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise AlreadyRunning(
                f"Bonafide is already running on {self._path.parent} (process {holder}). "
                "SQLite serves one process; several need PostgreSQL."
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        self._descriptor = descriptor

    def confirm(self) -> None:
        """A lock on a file is never lost while its process lives."""

    @contextmanager
    def seize(self, _executor_id: str, /) -> Iterator[bool]:
        # There is no other process, under whatever id.
        yield True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class DatabaseClaim:
    """An advisory lock of PostgreSQL, held by one connection for as long as the process lives.

    The connection must reach the server itself: behind a pooler that shares sessions between
    transactions the lock would be held by nobody in particular, which `confirm` finds out.
    """

    shared = True

    def __init__(self, url: str, executor_id: str) -> None:
        self._url = url
        self._executor_id = executor_id
        self._connection: psycopg.Connection | None = None

    def take(self) -> None:
        self._connection = psycopg.connect(
            self._url,
            autocommit=True,
            application_name=f"bonafide worker {self._executor_id}"[:63],
            connect_timeout=10,
            tcp_user_timeout=SILENCE_SECONDS * 1000,
        )
        # Takes no parameters; the value is our own number.
        self._connection.execute(f"SET idle_session_timeout = '{int(SILENCE_SECONDS)}s'")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._ask("SELECT pg_try_advisory_lock(%s)", _key(self._executor_id)):
            if time.monotonic() > deadline:
                self.release()
                raise AlreadyRunning(f"Another worker is running as {self._executor_id}.")
            time.sleep(0.2)
        self.confirm()

    def confirm(self) -> None:
        # pg_locks shows a 64-bit key as two unsigned halves.
        held = self._ask(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
            " AND pid = pg_backend_pid() AND (classid::bigint << 32 | objid::bigint) = %s)",
            _key(self._executor_id),
        )
        if not held:
            raise Lost("the session that answers is not the one that took the lock (a pooler?)")

    @contextmanager
    def seize(self, executor_id: str, /) -> Iterator[bool]:
        key = _key(executor_id)
        dead = self._ask("SELECT pg_try_advisory_lock(%s)", key)
        try:
            yield dead
        finally:
            if dead:
                self._ask("SELECT pg_advisory_unlock(%s)", key)

    def release(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, question: str, key: int) -> bool:
        if self._connection is None:
            raise Lost("the claim was never taken, or given back")
        try:
            row = self._connection.execute(question, (key,)).fetchone()
        except psycopg.Error as error:
            raise Lost(f"the session of the claim ended ({type(error).__name__})") from None
        return bool(row and row[0])


def _key(executor_id: str) -> int:
    digest = hashlib.sha256(f"bonafide executor {executor_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
