"""The service says honestly whether it lives and whether it can work."""

import socket

from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings


def _client(database_url: str | None = None) -> TestClient:
    settings = Settings(database_url=database_url)
    return TestClient(create_app(settings), raise_server_exceptions=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
