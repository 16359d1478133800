"""The migrations make the tables that the code expects, whoever comes first."""

import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from threading import Timer

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from service.store.actor import SYSTEM
from service.store.database import MIGRATIONS, migrate, open_database
from service.store.tables import Base
from tests.service.store.building import House, a_template
from tests.service.store.test_templates import as_before_there_was_a_table, concluded, ordered


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


def test_a_verdict_of_the_version_before_is_migrated_and_its_template_taken_over(
    house: House,
) -> None:
    work = concluded(house, ordered(house), a_template())
    as_before_there_was_a_table(house, work, a_template(0.6))
    to_version(house, "0002")
    house.store.migrate()
    with house.acting(SYSTEM) as t:
        assert t.results.verified(work.verification).verdict.outcome == "verified"
        assert t.templates.left_to_take_over() == 1
    assert house.store.take_over_templates()
    assert not house.store.take_over_templates()
    with house.acting(SYSTEM) as t:
        (template,) = t.faces.kept([work.verification])[work.verification]
    assert template.vector == pytest.approx(a_template(0.6).vector, abs=1e-6)


def to_version(house: House, version: str) -> None:
    """The tables as they were in an earlier version, with what is in them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with house.store._engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, version)
        inspector = sa.inspect(connection)
        assert "kept_faces" not in inspector.get_table_names()
        assert "bare" not in {column["name"] for column in inspector.get_columns("verdicts")}


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
