"""The service says honestly whether it lives and whether it can work."""

import socket
from pathlib import Path

from fastapi.testclient import TestClient

from service.app import create_app
from service.notify.egress import Egress
from service.settings import Settings
from service.store.blobs import DiskBlobs
from service.store.keys import Key
from service.store.store import Store
from tests.service.api.conftest import Parts, Queue


def _client(home: Path, database_url: str | None = None) -> TestClient:
    settings = Settings(folder=home, database_url=database_url)
    store = Store(settings.database, Key.new(), DiskBlobs(home / "blobs"))
    return TestClient(create_app(Parts(settings, store, Egress(), Queue())))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_process_says_that_it_lives(tmp_path: Path) -> None:
    assert _client(tmp_path).get("/livez").json() == {"status": "alive"}


def test_a_single_machine_with_its_own_database_is_ready(tmp_path: Path) -> None:
    assert _client(tmp_path).get("/readyz").json() == {"status": "ready"}


def test_it_is_ready_while_its_database_answers(postgresql: str, tmp_path: Path) -> None:
    assert _client(tmp_path, postgresql).get("/readyz").status_code == 200


def test_a_database_that_is_down_makes_it_not_ready_without_telling_where_it_is(
    tmp_path: Path,
) -> None:
    port = _free_port()
    client = _client(tmp_path, f"postgresql://someone:secret@127.0.0.1:{port}/cases")
    for path in ("/readyz", "/v1/verifications"):
        answer = client.get(path, headers={"Authorization": "Bearer bonafide_x"})
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:bonafide:problem:not-ready"
        assert "secret" not in answer.text
        assert str(port) not in answer.text
    assert client.get("/livez").status_code == 200


def test_an_unknown_address_is_a_problem_of_a_stable_type(tmp_path: Path) -> None:
    answer = _client(tmp_path).get("/v1/nothing-here")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:bonafide:problem:not-found"
