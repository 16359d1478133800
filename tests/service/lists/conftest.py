"""A publisher of lists on this machine, and the folder in which they are kept."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import stamina
from typer.testing import CliRunner

from service.cli import app
from tests.service.conftest import Bonafide, Ran

Answer = tuple[int, str, bool]
"""Status, body, and whether the connection breaks off half-way."""


def _answer(told: str | int | Answer) -> Answer:
    if isinstance(told, str):
        return 200, told, False
    return (told, "", False) if isinstance(told, int) else told


class Publisher:
    """Answers what it was told to, in turn; the last answer again and again."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: list[Answer] = []
        self.asked = 0

    def publish(self, *answers: str | int | Answer) -> None:
        """Bodies that come with 200, statuses that come without a body, or both."""
        self.answers = [_answer(one) for one in answers]

    def next(self) -> Answer:
        """What is answered now."""
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where lists are kept."""
    monkeypatch.setenv("BONAFIDE_LISTS", str(tmp_path / "lists"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "lists"


@pytest.fixture
def bonafide() -> Bonafide:
    """The command line, in this process: starting one takes longer than all that is tested here."""

    def run(*arguments: str | Path) -> Ran:
        done = CliRunner().invoke(app, ["lists", *map(str, arguments)])
        return Ran(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A web server; asking it again takes no time."""
    made: list[Publisher] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, breaks_off = made[0].next()
            data = body.encode()
            self.send_response(status)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if breaks_off else data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.append(Publisher(f"http://127.0.0.1:{server.server_port}/list.xml?key=q7f3secret"))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    with stamina.set_testing(True, attempts=4):
        yield made[0]
    server.shutdown()
    server.server_close()


Update = Callable[..., Ran]


@pytest.fixture
def update(folder: Path, bonafide: Bonafide, publisher: Publisher) -> Update:  # noqa: ARG001
    """Fetch the UN's list from the publisher on this machine."""
    return lambda *more: bonafide("update", "un", "--url", f"un={publisher.url}", *more)
