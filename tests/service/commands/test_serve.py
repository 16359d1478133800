"""The running service as its operator meets it: started, asked, ended."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.service.commands.conftest import Running
from tests.service.conftest import Bonafide

Start = Callable[..., Running]


def _address(running: Running) -> str:
    return running.wait_for("listens on").split("listens on ")[1].split()[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_answers_and_ends_in_order(
    folder: Path, start: Start, number: signal.Signals
) -> None:
    service = start("serve", "--port", "0")
    url = _address(service)
    assert httpx.get(f"{url}/livez").json() == {"status": "alive"}
    assert httpx.get(f"{url}/readyz").json() == {"status": "ready"}
    service.stop(number)
    assert service.status == 0, service.err
    assert "Traceback" not in service.err
    assert any(str(folder) in line for line in service.said)
    assert (folder / "master.key").stat().st_mode & 0o077 == 0


def test_a_request_to_end_that_comes_before_the_server_runs_is_not_lost() -> None:
    script = (
        "import os, signal, uvicorn\n"
        "from service.commands.stoppable_server import StoppableServer\n"
        "from service.commands.stopping import Stopping\n"
        "stopping = Stopping()\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
        "StoppableServer(stopping, uvicorn.Config(lambda: None, port=0, lifespan='off')).run()\n"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=120, check=False).returncode == 0


@pytest.mark.usefixtures("folder")
def test_the_first_start_prints_the_way_to_the_first_owner(start: Start) -> None:
    service = start("serve", "--port", "0")
    url = _address(service)
    link = service.wait_for("/setup?token=").split()[-1]
    assert link.startswith(url)
    assert httpx.get(link).status_code == 200
    service.stop()


@pytest.mark.usefixtures("operator")
def test_where_there_are_users_no_such_link_is_printed(start: Start) -> None:
    service = start("serve", "--port", "0")
    _address(service)
    service.stop()
    assert not any("token" in line for line in service.said)


def test_a_second_service_on_the_folder_is_turned_away(
    folder: Path, start: Start, bonafide: Bonafide
) -> None:
    service = start("serve", "--port", "0")
    _address(service)
    ran = bonafide("serve", "--port", "0")
    assert ran.status == 2
    assert f"already running on {folder}" in ran.err
    assert "Traceback" not in ran.err
    service.stop()
    assert service.status == 0


@pytest.mark.usefixtures("folder")
def test_a_port_that_is_taken_is_told(bonafide: Bonafide) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        ran = bonafide("serve", "--port", str(other.getsockname()[1]))
    assert ran.status == 2
    assert "Cannot listen" in ran.err


@pytest.mark.usefixtures("folder")
def test_a_service_that_others_reach_says_that_it_has_no_tls(start: Start) -> None:
    service = start("serve", "--host", "0.0.0.0", "--port", "0")
    assert _address(service).startswith("http://127.0.0.1:")
    service.stop()
    assert "without TLS" in service.err


@pytest.mark.usefixtures("folder")
def test_the_log_has_no_word_of_what_was_asked(start: Start) -> None:
    service = start("serve", "--port", "0")
    url = _address(service)
    answer = httpx.get(f"{url}/v1/verifications/Anna?reference=Eriksson")
    assert "server" not in answer.headers
    httpx.get(f"{url}/livez")
    service.stop()
    assert not {"Anna", "Eriksson"} & set(service.err.replace("/", " ").replace("=", " ").split())
    logged = [json.loads(line) for line in service.err.splitlines()]
    assert {"request"} <= {line["event"] for line in logged}
    assert all(line["timestamp"] and line["level"] for line in logged)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", [("serve", "--no-worker"), ("worker",)])
def test_with_sqlite_one_process_does_everything(
    bonafide: Bonafide, command: tuple[str, ...]
) -> None:
    ran = bonafide(*command)
    assert ran.status == 2
    assert "SQLite" in ran.err
    assert "PostgreSQL" in ran.err


def test_a_request_to_end_that_another_thread_takes_is_not_lost() -> None:
    # Which thread a signal interrupts is the kernel's choice; only the main one can be waiting.
    script = (
        "import signal, threading, time\n"
        "from service.commands.stopping import Stopping\n"
        "stopping = Stopping()\n"
        "def take() -> None:\n"
        "    time.sleep(1)\n"
        "    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)\n"
        "threading.Thread(target=take).start()\n"
        "stopping.wait()\n"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=120, check=False).returncode == 0


@pytest.mark.usefixtures("folder")
def test_a_worker_on_postgresql_says_when_it_is_ready_and_ends_in_order(
    start: Start, new_postgresql_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAFIDE_DATABASE_URL", new_postgresql_database)
    workers = [start("worker", "--concurrency", "2"), start("worker", "--concurrency", "2")]
    for worker in workers:
        assert "2 at a time" in worker.wait_for("Ready")
    for worker in workers:
        worker.stop()
        assert worker.status == 0, worker.err
        assert "Traceback" not in worker.err
