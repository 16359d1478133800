"""The service says honestly whether it lives and whether it can work."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import PostgresDsn

from service.app import create_app
from service.settings import Settings


def _client(database_url: str | None = None) -> TestClient:
    url = PostgresDsn(database_url) if database_url else None
    return TestClient(create_app(Settings(database_url=url)), raise_server_exceptions=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """A real PostgreSQL of these tests' own, on a free port of the loopback."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="bonafide-postgresql-") as folder:
        as_postgres: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root, as which a container tests.
            as_postgres = ["runuser", "-u", "postgres", "--"]
            shutil.chown(folder, "postgres")
        initdb = [str(programs[-1] / "initdb"), "-D", f"{folder}/cluster", "-A", "trust"]
        control = [str(programs[-1] / "pg_ctl"), "-D", f"{folder}/cluster", "-w"]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
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


def test_the_process_says_that_it_lives() -> None:
    assert _client().get("/livez").json() == {"status": "alive"}


def test_a_single_machine_without_a_database_is_ready() -> None:
    assert _client().get("/readyz").status_code == 200


def test_it_is_ready_while_its_database_answers(postgresql: str) -> None:
    assert _client(postgresql).get("/readyz").status_code == 200


def test_a_database_that_is_down_makes_it_not_ready_without_telling_where_it_is() -> None:
    port = _free_port()
    answer = _client(f"postgresql://someone:secret@127.0.0.1:{port}/cases").get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:bonafide:problem:not-ready"
    assert "secret" not in answer.text
    assert str(port) not in answer.text


def test_an_unknown_address_is_a_problem_of_a_stable_type() -> None:
    answer = _client().get("/v1/nothing-here")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:bonafide:problem:not-found"
