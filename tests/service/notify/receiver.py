"""A receiver of events as its owner would write it: real HTTP, the `standardwebhooks` library."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks.webhooks import Webhook, WebhookVerificationError


@dataclass
class Receiver:
    """What arrived, and what is to be answered."""

    url: str = ""
    secret: str | None = None
    """Verified where it is set."""
    answers: deque[tuple[int, dict[str, str]]] = field(default_factory=deque)
    """Taken one by one; 204 where there is none."""
    may_answer: threading.Event = field(default_factory=threading.Event)
    """Cleared, it hangs."""
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    ids: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    forged: int = 0
    effects: set[str] = field(default_factory=set)
    """What it did, once for each id."""

    def take(self, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
        """Verify, deduplicate, do it, answer."""
        self.ids.append(headers["webhook-id"])
        self.bodies.append(body)
        self.signatures.append(headers["webhook-signature"])
        if self.secret:
            try:
                Webhook(self.secret).verify(body, headers)
            except WebhookVerificationError:
                self.forged += 1
                return 401, {}
        self.effects.add(headers["webhook-id"])
        self.arrived.release()
        self.may_answer.wait(60)
        return self.answers.popleft() if self.answers else (204, {})

    def wait_for(self, count: int) -> None:
        """Until this many have arrived since the last wait."""
        for _ in range(count):
            assert self.arrived.acquire(timeout=60), "nothing arrived"


@contextmanager
def receiving(secret: str | None = None, host: str = "127.0.0.1") -> Iterator[Receiver]:
    """A receiver on a free port of this machine."""
    receiver = Receiver(secret=secret)
    receiver.may_answer.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more = receiver.take(body, headers)
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://{host}:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.may_answer.set()
        server.shutdown()
        server.server_close()
