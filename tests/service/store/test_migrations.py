"""The migrations make the tables that the code expects, whoever comes first."""

import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from threading import Timer

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from service.store.database import migrate, open_database
from service.store.tables import Base


def test_the_migrations_make_exactly_the_tables_of_the_code(database_url: str) -> None:
    engine = open_database(database_url)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_to_migrate_again_changes_nothing(database_url: str) -> None:
    engine = open_database(database_url)
    migrate(engine)
    before = sorted(sa.inspect(engine).get_table_names())
    migrate(engine)
    assert sorted(sa.inspect(engine).get_table_names()) == before
    engine.dispose()


def test_processes_that_start_at_once_all_find_the_tables(database_url: str) -> None:
    start = textwrap.dedent(
        """
        import sys
        import sqlalchemy as sa
        from service.store.database import migrate, open_database
        engine = open_database(sys.argv[1])
        print("ready", flush=True)
        sys.stdin.readline()
        migrate(engine)
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT count(*) FROM verifications"))
        """
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", start, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        _, said = process.communicate()
        assert process.returncode == 0, said


def test_a_new_file_that_another_writes_to_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE others (id)")
    Timer(0.5, other.execute, ["COMMIT"]).start()
    engine = open_database(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        assert sa.inspect(connection).get_table_names() == ["others"]
    engine.dispose()
    other.close()
