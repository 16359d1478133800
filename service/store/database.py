"""The database: SQLite in one file by default, PostgreSQL beyond one machine; the same code."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import make_url

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_SECONDS = 30
"""How long a writer waits for another."""
_MIGRATION_LOCK = 0x626F6E61
"""A number for PostgreSQL's advisory lock: of several processes that start, one migrates."""


def open_database(url: str) -> sa.Engine:
    """An engine for `sqlite:///…` or `postgresql://…`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = sa.create_engine(parsed, connect_args={"timeout": WAIT_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return sa.create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,  # A database that restarted is met again without an error.
        connect_args={
            "connect_timeout": 5,
            # A process that is frozen or cut off must not hold the rows of others for hours.
            "options": "-c idle_in_transaction_session_timeout=60000 -c lock_timeout=30000",
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 60_000,
        },
    )


def migrate(engine: sa.Engine) -> None:
    """Bring the tables up to date. Safe when several processes do it at once."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling begins none for SELECT and commits before DDL; we say
    # BEGIN ourselves.
    connection.isolation_level = None
    run = connection.execute
    _turn_to_wal(run)
    run("PRAGMA synchronous=FULL")  # What was acknowledged survives a power cut.
    run("PRAGMA foreign_keys=ON")
    run("PRAGMA secure_delete=ON")  # A deleted key is overwritten, not only unlinked.


def _turn_to_wal(run: Callable[[str], object]) -> None:
    # Of several that open a new file at once, SQLite fails all but one at this without waiting.
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            run("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads first and then writes would fail at once ("database is locked")
    # where another wrote meanwhile; one that takes the lock first waits its turn.
    reads = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
