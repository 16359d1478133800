"""What the tests of the service share: the demo, run once, and real databases, empty each time."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from models.verification import Verification


@dataclass(frozen=True)
class Ran:
    """What a run of `bonafide` answered."""

    status: int
    out: str
    err: str


Bonafide = Callable[..., Ran]


@pytest.fixture(scope="session")
def bonafide() -> Bonafide:
    """Run the command line as a user would, in a process of its own."""

    def run(*arguments: str | Path, cwd: Path | None = None, stdin: str = "") -> Ran:
        command = [str(Path(sys.executable).with_name("bonafide")), *map(str, arguments)]
        environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
        done = subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@dataclass(frozen=True)
class Demo:
    """Where the demo wrote, and what it printed."""

    folder: Path
    ran: Ran

    def sample(self, name: str, file: str) -> Path:
        """A file that was sent for a sample candidate."""
        return self.folder / "samples" / name / file

    def page(self, name: str) -> str:
        """The report of a sample candidate as a page."""
        return (self.folder / name / "report.html").read_text(encoding="utf-8")

    def verification(self, name: str) -> Verification:
        """The report of a sample candidate as data."""
        text = (self.folder / name / "report.json").read_text(encoding="utf-8")
        return Verification.model_validate_json(text)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, bonafide: Bonafide) -> Demo:
    """The whole demo, run once for all processes that test: the first runs it, others wait."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, told = shared / "demo", shared / "demo.json"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(json.dumps(asdict(bonafide("demo", "--out", folder))))
    return Demo(folder, Ran(**json.loads(told.read_text())))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A real PostgreSQL of the tests' own, on a free port of the loopback."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="bonafide-postgresql-") as folder:
        as_postgres: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root, as which a container tests.
            as_postgres = ["runuser", "-u", "postgres", "--"]
            shutil.chown(folder, "postgres")
        initdb = [str(programs[-1] / "initdb"), "-D", f"{folder}/cluster", "-A", "trust"]
        control = [str(programs[-1] / "pg_ctl"), "-D", f"{folder}/cluster", "-w"]
        # Tests kill processes, not machines: nothing needs to reach the disk.
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        )
        log = ["-l", f"{folder}/log"]
        quiet = subprocess.DEVNULL
        subprocess.run([*as_postgres, *initdb, "-U", "postgres"], check=True, stdout=quiet)
        subprocess.run(
            [*as_postgres, *control, "-o", options, *log, "start"], check=True, stdout=quiet
        )
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        subprocess.run(
            [*as_postgres, *control, "-m", "immediate", "stop"], check=True, stdout=quiet
        )


@pytest.fixture
def new_postgresql_database(postgresql: str) -> Iterator[str]:
    """The address of an empty database of the tests' PostgreSQL."""
    name = f"bonafide_{uuid4().hex}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{postgresql.rpartition('/')[0]}/{name}"
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def new_sqlite_database(tmp_path: Path) -> str:
    """The address of an SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path}/bonafide.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind; PostgreSQL is skipped where it is not installed."""
    return str(request.getfixturevalue(f"new_{request.param}_database"))
