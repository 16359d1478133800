"""A receiver of events as an ATS has one: it checks the signature and takes each id once."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from standardwebhooks.webhooks import Webhook


class Receiver:
    """Listens on a free port of the loopback."""

    def __init__(self, secret: str) -> None:
        self.effects: list[dict[str, Any]] = []
        """Each event once."""
        self.arrivals: Counter[str] = Counter()
        """How often each id came."""
        self.refused = 0
        lock = threading.Lock()
        webhook = Webhook(secret)
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                try:
                    event = webhook.verify(body, {k.lower(): v for k, v in self.headers.items()})
                except Exception:
                    receiver.refused += 1
                    self._answer(401)
                    return
                with lock:
                    name = self.headers["webhook-id"]
                    receiver.arrivals[name] += 1
                    if receiver.arrivals[name] == 1:
                        receiver.effects.append(event or json.loads(body))
                self._answer(204)

            def _answer(self, status: int) -> None:
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/events"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def completed(self) -> Counter[tuple[str, int]]:
        """How many events of a verdict took effect, by verification and submission."""
        return Counter(
            (event["data"]["id"], event["data"]["generation"])
            for event in list(self.effects)
            if event["type"] == "verification.completed"
        )
