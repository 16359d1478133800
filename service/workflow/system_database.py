"""Where the workflow engine keeps its own tables.

SQLite: `workflow.sqlite` beside the store's file. The engine polls and writes often; in a file of
its own it never waits for a transaction of the store, or holds one up. What a power cut may leave
in only one of the two is put right above: a case is committed to the store before it is enqueued,
and a step that the engine does not know to be done is done again.

PostgreSQL: the schema `dbos` of the store's database.
"""

from pathlib import Path
from typing import Any

import sqlalchemy

SPARE_CONNECTIONS = 5
"""Beside one a case: the queue, its housekeeping, and requests that enqueue."""


def folder_of(address: sqlalchemy.URL) -> Path:
    """The folder of an SQLite database."""
    return Path(address.database or "").parent


def open_system_database(address: sqlalchemy.URL, concurrency: int) -> sqlalchemy.Engine:
    """The engine's database that belongs to the store's at `address`."""
    if address.get_backend_name() == "sqlite":
        return _sqlite(folder_of(address) / "workflow.sqlite")
    return _postgresql(address, concurrency + SPARE_CONNECTIONS)


def _sqlite(file: Path) -> sqlalchemy.Engine:
    engine = sqlalchemy.create_engine(sqlalchemy.URL.create("sqlite", database=str(file)))

    @sqlalchemy.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # DBOS asks of an engine that it did not make: write transactions take their lock at once.
        connection.isolation_level = "IMMEDIATE"
        connection.execute("PRAGMA busy_timeout = 30000")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        # A power cut may cost the last steps written down, which run again; it corrupts nothing.
        connection.execute("PRAGMA synchronous = NORMAL")

    return engine


def _postgresql(address: sqlalchemy.URL, connections: int) -> sqlalchemy.Engine:
    # Made here, because DBOS would look for, and create, databases of its own.
    return sqlalchemy.create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_size=connections,
        pool_pre_ping=True,
        connect_args={
            "application_name": "bonafide workflow",
            "connect_timeout": 10,
            # A frozen process must not hold the rows of others for ever.
            "options": "-c idle_in_transaction_session_timeout=60000",
        },
    )
