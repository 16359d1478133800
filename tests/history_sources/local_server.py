"""A server on this machine that says what a test lets it say, well or badly."""

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Says:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0
    """Bytes that are announced and never sent."""
    hangs: bool = False
    """Says nothing until the server ends."""


def says(value: Any, status: int = 200, **headers: str) -> Says:
    """An answer in JSON; `Retry_After` becomes `Retry-After`."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Says(json.dumps(value).encode(), status, named)


NOT_FOUND = says({"message": "Not Found"}, 404)
HANGS = Says(hangs=True)


@dataclass(frozen=True)
class Asked:
    """One request that came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


class LocalServer:
    """Answers by path. A list of answers is said one after the other, the last for ever."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.host = urlsplit(url).netloc
        self.answers: dict[str, Says | list[Says]] = {}
        self.otherwise = NOT_FOUND
        self.asked: list[Asked] = []
        self.ended = threading.Event()
        self.takes = 0.0
        """Seconds for each answer."""
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()

    def of(self, path: str) -> list[Asked]:
        """The requests for one path."""
        return [asked for asked in self.asked if asked.path == path]

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While a request is answered."""
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        self.ended.wait(self.takes)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def say(self, asked: Asked) -> Says:
        """What is answered now."""
        self.asked.append(asked)
        answer = self.answers.get(asked.path, self.otherwise)
        if isinstance(answer, list):
            return answer.pop(0) if len(answer) > 1 else answer[0]
        return answer


class Listening(ThreadingHTTPServer):
    """Listens without a word about clients that went away."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing."""


@contextmanager
def local_server(tls: ssl.SSLContext | None = None) -> Iterator[LocalServer]:
    """A server until the block ends; over HTTPS where `tls` is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            length = int(self.headers.get("content-length", "0"))
            headers = {name.lower(): text for name, text in self.headers.items()}
            body = self.rfile.read(length)
            with server.answering():
                said = server.say(Asked(self.command, parts.path, query, headers, body))
            if said.hangs:
                server.ended.wait()
                self.close_connection = True
                return
            self.send_response(said.status)
            for name, text in said.headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(said.body) + said.missing))
            self.end_headers()
            self.wfile.write(said.body)
            self.close_connection = self.close_connection or said.missing > 0

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    listening = Listening(("127.0.0.1", 0), Handler)
    if tls:
        listening.socket = tls.wrap_socket(listening.socket, server_side=True)
    server = LocalServer(f"{'https' if tls else 'http'}://127.0.0.1:{listening.server_address[1]}")
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        listening.shutdown()
        thread.join()
        listening.server_close()
