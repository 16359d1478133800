"""The service's part of the demo: what an applicant tracking system sees of it, from both sides.

A real server on a free port with a folder of its own, which is gone afterwards; orders come in by
signed webhook, the answers go out by signed webhook to a receiver here. Nothing leaves the machine.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from threading import Thread
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import httpx
import typer
from rich.markup import escape
from standardwebhooks.webhooks import Webhook

from models.order import Candidate, Consent, State, VerificationOrder
from models.policy import DEMO_POLICY
from models.stage import Stage
from models.verification import Verification
from samples.candidates import CandidateFiles
from service import console
from service.access.tenants import create_tenant
from service.ats.standard import Requested
from service.commands.verify import summary
from service.runtime import open_store
from service.settings import Settings
from service.store.actor import OPERATOR
from verifiers.claims import load_claims

REFERENCE = "applicant-4711"
"""By what the tracking system knows the candidate, at the interview as on the first day."""
STEPS = 7
"""Shown of one verification: order, evidence, the steps of the verifying, the event."""
PATIENCE_SECONDS = 120.0


class Failed(Exception):
    """The service did not do its part; the message says which."""


def run(candidate: CandidateFiles, someone_else: Sequence[Path], out: Path) -> None:
    """Verify a candidate at the interview, then somebody else on the first day."""
    try:
        with (
            TemporaryDirectory(prefix="bonafide-demo-") as folder,
            _receiver() as receiver,
        ):
            settings = _settings(Path(folder))
            ats = _tracking_system(settings, receiver)
            with _serving(settings) as url:
                _interview(ats, url, candidate, out)
                _first_day(ats, url, someone_else, out)
    except (Failed, httpx.HTTPError) as error:
        console.fail(f"The service's part of the demo failed: {error}")
        raise typer.Exit(1) from None


def _interview(ats: "_TrackingSystem", url: str, candidate: CandidateFiles, out: Path) -> None:
    order = VerificationOrder(
        candidate=Candidate(reference=REFERENCE),
        stage=Stage.INTERVIEW,
        claims=load_claims(candidate.claims),
        consent=Consent(verification=True, keep_template=True, given_at=datetime.now(UTC)),
    )
    files = {"documents": candidate.documents, "footage": candidate.footage}
    _show(
        "The service: ordered and answered by webhook",
        "A tracking system orders by signed webhook and sends the evidence; the genuine candidate.",
        ats.verify(url, order, files),
        out / "service" / "interview.html",
    )


def _first_day(ats: "_TrackingSystem", url: str, footage: Sequence[Path], out: Path) -> None:
    order = VerificationOrder(
        candidate=Candidate(reference=REFERENCE),
        stage=Stage.ONBOARDING,
        consent=Consent(verification=True, given_at=datetime.now(UTC)),
    )
    _show(
        "The first day: someone else comes to work",
        "The same candidate by the tracking system's account, but another person at the camera.",
        ats.verify(url, order, {"footage": footage}),
        out / "service" / "first_day.html",
    )


@dataclass(frozen=True)
class _Answer:
    """What came back: the event as it was signed, and what it pointed to."""

    event: dict[str, Any]
    webhook_id: str
    verification: Verification
    report: str


def _show(title: str, story: str, answer: _Answer, report: Path) -> None:
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    report.touch(mode=0o600)  # Private before anything is in it.
    report.write_text(answer.report, encoding="utf-8")
    console.out.print(f"\n[bold]{escape(title)}[/bold]")
    console.out.print(f"  story    {escape(story)}")
    event, message = answer.event["type"], answer.webhook_id
    console.out.print(f"  event    {event}, its signature good ({message})")
    console.out.print(summary(answer.verification))
    console.out.print(f"  report   {escape(str(report))}")


@dataclass(frozen=True)
class _Received:
    """A request that reached the receiver."""

    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class _Receiver:
    """Where events go: an HTTP server of ours, as a tracking system has one."""

    url: str
    received: "Queue[_Received]"


@contextmanager
def _receiver() -> Iterator[_Receiver]:
    received: Queue[_Received] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", "0"))
            headers = {name.lower(): value for name, value in self.headers.items()}
            received.put(_Received(headers, self.rfile.read(length)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the demo tells what arrived."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, name="receiver", daemon=True)
    thread.start()
    try:
        yield _Receiver(f"http://127.0.0.1:{server.server_port}/events", received)
    finally:
        server.shutdown()
        server.server_close()


def _settings(folder: Path) -> Settings:
    """Those of the demo alone, whatever the environment says."""
    return Settings(
        _env_file=None,
        folder=folder,
        database_url=None,
        master_key=None,
        development=True,  # The receiver is on this machine and has no TLS.
    )


def _tracking_system(settings: Settings, receiver: _Receiver) -> "_TrackingSystem":
    """A tenant as the operator's commands make one, and all that its tracking system needs."""
    store = open_store(settings)
    try:
        tenant = create_tenant(store, "demo", actor=OPERATOR)
        with store.tenant(tenant, OPERATOR) as t:
            t.access.set_policy(DEMO_POLICY)
            _, key = t.access.add_key("demo")
            hooks = t.access.hooks()
    finally:
        store.close()
    return _TrackingSystem(
        receiver, tenant, key, Webhook(hooks.incoming[0]), Webhook(hooks.outgoing[0])
    )


@contextmanager
def _serving(settings: Settings) -> Iterator[str]:
    """`bonafide serve` in a process of its own; its address."""
    others = {k: v for k, v in os.environ.items() if not k.startswith("BONAFIDE_")}
    environment = others | {
        "BONAFIDE_FOLDER": str(settings.folder),
        "BONAFIDE_DEVELOPMENT": "true",
        # A library's first pictures and fonts go to the folder that is removed.
        "MPLCONFIGDIR": str(settings.folder / "matplotlib"),
    }
    command = [sys.executable, "-c", "from service.cli import main; main()"]
    with (settings.folder / "log").open("w+b") as log:
        server = subprocess.Popen(
            [*command, "serve", "--port", "0"],
            cwd=settings.folder,  # No .env of somebody else's is read there.
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        try:
            yield _address(server, log.name)
        finally:
            server.terminate()
            try:
                ended = server.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                ended = server.wait()
            if server.stdout:
                server.stdout.close()
        if ended:
            raise Failed(f"the server ended with status {ended}:\n{_tail(log.name)}")


def _address(server: "subprocess.Popen[bytes]", log: str) -> str:
    """What the server says that it listens on."""
    if server.stdout is None:
        raise Failed("the server says nothing")
    for line in server.stdout:
        _, found, rest = line.decode().partition("listens on ")
        if found:
            return rest.split()[0]
    raise Failed(f"the server did not start:\n{_tail(log)}")


def _tail(log: str) -> str:
    return Path(log).read_text(encoding="utf-8", errors="replace")[-2000:]


@dataclass(frozen=True)
class _TrackingSystem:
    """The other side: it signs orders, sends evidence, waits, and believes signed events only."""

    receiver: _Receiver
    tenant: UUID
    key: str
    orders: Webhook
    events: Webhook

    def verify(
        self, url: str, order: VerificationOrder, files: Mapping[str, Sequence[Path]]
    ) -> _Answer:
        """Everything from the order to the report."""
        bearer = {"Authorization": f"Bearer {self.key}"}
        with (
            httpx.Client(base_url=url, timeout=60.0, headers=bearer, trust_env=False) as api,
            console.progress(f"service, {order.stage.value}", STEPS) as advance,
        ):
            advance("ordering by webhook")
            order = order.model_copy(update={"callback": self.receiver.url})
            path = f"/v1/verifications/{self._order(api, order)}"
            advance("sending the evidence")
            for kind, paths in files.items():
                _send(api, f"{path}/{kind}", paths)
            _good(api.post(f"{path}/submit"))
            last = None
            while (now := _good(api.get(path)).json())["state"] in (State.QUEUED, State.RUNNING):
                if now["step"] not in (None, last):
                    advance(f"verifying: {now['step']}")
                    last = now["step"]
                sleep(0.25)
            if now["state"] != State.COMPLETED:
                raise Failed(f"the verification is {now['state']}: {now['problem']}")
            advance("waiting for the event")
            event, webhook_id = self._event()
            verdict = _good(api.get(f"{path}/verdict")).content
            report = _good(api.get(f"{path}/report")).text
        return _Answer(event, webhook_id, Verification.model_validate_json(verdict), report)

    def _order(self, api: httpx.Client, order: VerificationOrder) -> str:
        """Order by webhook, signed as Standard Webhooks asks; the id of the verification."""
        message, moment = f"msg_{uuid4().hex}", datetime.now(UTC)
        body = Requested(type="verification.requested", timestamp=moment, data=order)
        said = body.model_dump_json(by_alias=True)
        answer = api.post(
            f"/v1/hooks/{self.tenant}/orders",
            content=said,
            headers={
                "content-type": "application/json",
                "webhook-id": message,
                "webhook-timestamp": str(int(moment.timestamp())),
                "webhook-signature": self.orders.sign(message, moment, said),
            },
        )
        return str(_good(answer).json()["id"])

    def _event(self) -> tuple[dict[str, Any], str]:
        """The event that came, once its signature was found good, and its id."""
        try:
            received = self.receiver.received.get(timeout=PATIENCE_SECONDS)
        except Empty:
            raise Failed("no event came") from None
        return self.events.verify(received.body, received.headers), received.headers["webhook-id"]


def _send(api: httpx.Client, path: str, files: Sequence[Path]) -> None:
    _good(api.post(path, files=[("files", (file.name, file.read_bytes())) for file in files]))


def _good(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        raise Failed(f"{answer.request.url.path} answered {answer.status_code}: {answer.text}")
    return answer
