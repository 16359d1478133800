"""A service of the tests' own: a real store and real blobs; only the queue is written down."""

import io
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import uvicorn
from fastapi.testclient import TestClient
from PIL import Image

from models.finding import Check, EvidenceClass, Finding, Status, Strength
from models.order import VerificationOrder
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from models.verdict import Outcome
from service.app import create_app
from service.notify.egress import Egress
from service.report.shown import PictureShown, Shown, jpeg_uri
from service.settings import Settings
from service.store.actor import SYSTEM, Actor
from service.store.blobs import DiskBlobs
from service.store.keys import Key
from service.store.results import Work
from service.store.store import Store
from service.workflow.conclusion import conclude
from service.workflow.pipeline import Step, StepResult

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@dataclass
class Queue:
    """The workflow engine's place: what was enqueued, in order."""

    names: list[str] = field(default_factory=list)

    def enqueue(self, case: str) -> None:
        """Write it down."""
        self.names.append(case)


@dataclass(frozen=True)
class Parts:
    """What `service.runtime.Runtime` is to requests."""

    settings: Settings
    store: Store
    egress: Egress
    engine: Queue


@dataclass(frozen=True)
class Service:
    """A running service with two tenants, a key of each, and ways to bring cases along."""

    parts: Parts
    tenant: UUID
    key: str
    other_key: str
    client: TestClient

    @property
    def store(self) -> Store:
        """Its store."""
        return self.parts.store

    @property
    def blob_files(self) -> list[Path]:
        """Every file of evidence there is on disk."""
        folder = self.parts.settings.home / "blobs"
        return [path for path in folder.rglob("*") if path.is_file()]

    def order(self, **more: Any) -> str:
        """The id of a new verification."""
        answer = self.client.post("/v1/verifications", json=an_order(**more))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def send(self, verification: str, *files: tuple[str, bytes], to: str = "documents") -> Any:
        """Send files of these names by multipart."""
        sent = [("files", file) for file in files]
        return self.client.post(f"/v1/verifications/{verification}/{to}", files=sent)

    def submitted(self, **more: Any) -> str:
        """The id of a verification with a document, in the queue."""
        verification = self.order(**more)
        assert self.send(verification, ("a.jpg", a_jpeg())).status_code == 201
        answer = self.client.post(f"/v1/verifications/{verification}/submit")
        assert answer.status_code == 202, answer.text
        return verification

    def completed(self, outcome: Outcome = Outcome.NEEDS_INFO, **more: Any) -> str:
        """The id of a verification with a verdict."""
        verification = self.submitted(**more)
        self.conclude(verification, outcome)
        return verification

    def conclude(self, verification: str, outcome: Outcome = Outcome.NEEDS_INFO) -> None:
        """Do what a worker does, without looking at any pixel."""
        with self.store.tenant(self.tenant, SYSTEM) as t:
            row = t.verifications.get(UUID(verification))
            work = Work(row.id, row.generation)
        results = [StepResult(step=step, findings=findings_for(outcome, step)) for step in Step]
        caption = f"Frame of submission {work.generation}"
        shown = Shown(frames=(PictureShown(uri=jpeg_uri(a_jpeg()), caption=caption),))
        place = list(Step).index(Step.PRESENCE)
        results[place] = results[place].model_copy(update={"shown": shown})
        for result in results:
            with self.store.tenant(self.tenant, SYSTEM) as t:
                assert t.results.begin(work, result.step.value)
                t.results.finish(work, result.step.value, result.model_dump_json().encode())
        verified = conclude(
            results, id=row.id, now=NOW, stage=Stage.INTERVIEW, policy=DEFAULT_POLICY
        )
        assert verified.verdict.outcome is outcome
        with self.store.tenant(self.tenant, SYSTEM) as t:
            assert t.results.conclude(work, verified)

    def park(self, verification: str) -> None:
        """Do what a worker does with a case that kills it."""
        with self.store.tenant(self.tenant, SYSTEM) as t:
            row = t.verifications.get(UUID(verification))
            assert t.results.park(Work(row.id, row.generation), "It stopped three times.")

    def actions(self) -> list[str]:
        """What the audit tells, the oldest first."""
        with self.store.tenant(self.tenant, Actor("test"), reads_only=True) as t:
            return [entry.action for entry in reversed(t.audit.list(limit=200))]


def findings_for(outcome: Outcome, step: Step) -> tuple[Finding, ...]:
    """Findings by which the default policy comes to an outcome."""
    if outcome is Outcome.HOLD and step in (Step.DOCUMENTS, Step.FACES):
        of_document = step is Step.DOCUMENTS
        return (
            Finding(
                code="document.chip.signature" if of_document else "face.match",
                check=Check.DOCUMENT if of_document else Check.FACE,
                status=Status.CONTRADICTS,
                strength=Strength.CONCLUSIVE if of_document else Strength.STRONG,
                evidence_class=(EvidenceClass.DOCUMENT if of_document else EvidenceClass.BIOMETRIC),
                for_recruiter="It contradicts the claim.",
                for_candidate="Something does not agree.",
                innocent_explanation="A damaged chip.",
            ),
        )
    return ()


def an_order(**more: Any) -> dict[str, Any]:
    """The least that can be ordered."""
    return {"consent": {"verification": True}} | more


def a_jpeg() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service with an empty store."""
    with a_service(tmp_path) as made:
        yield made


@contextmanager
def a_service(home: Path) -> Iterator[Service]:
    """A service that keeps its files below `home`."""
    settings = Settings(folder=home, url="https://bonafide.example")
    home.mkdir(exist_ok=True)
    (home / "bonafide.sqlite").write_bytes(_empty_database())
    store = Store(settings.database, Key.new(), DiskBlobs(home / "blobs"))
    keys = []
    for name in ("ours", "another"):
        tenant = store.add_tenant(name)
        with store.tenant(tenant, Actor("test")) as t:
            keys.append((tenant, t.access.add_key("test")[1]))
    parts = Parts(settings, store, Egress(development=True), Queue())
    (tenant, key), (_, other_key) = keys
    client = TestClient(create_app(parts), headers={"Authorization": f"Bearer {key}"})
    yield Service(parts, tenant, key, other_key, client)
    store.close()


@cache
def _empty_database() -> bytes:
    """The tables, made once for all tests of a process."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/empty.sqlite", Key.new(), DiskBlobs(Path(folder)))
        store.migrate()
        store.close()
        return (Path(folder) / "empty.sqlite").read_bytes()


@contextmanager
def served(service: Service) -> Iterator[tuple[str, int]]:
    """The service on a real socket: its host and port."""
    # With its protocol named, or asyncio leaves Nagle on: 40 ms for every answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(100)  # Whoever connects before the server runs waits for it.
    server = uvicorn.Server(
        uvicorn.Config(create_app(service.parts), log_config=None, access_log=False)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield listening.getsockname()[:2]
    finally:
        server.should_exit = True
        thread.join()


def the_order_of(service: Service, verification: str) -> VerificationOrder:
    """What is stored of an order."""
    with service.store.tenant(service.tenant, SYSTEM, reads_only=True) as t:
        return t.verifications.order_of(t.verifications.get(UUID(verification)))
