"""The pages on a real store, with an engine that walks through the steps instead of verifying."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.order import Candidate, Consent, VerificationOrder
from models.stage import Stage
from models.verdict import CheckResult, Outcome, Reason, Verdict
from models.verification import EvidenceKind, Verification
from service.access.passwords import hash_new_password
from service.access.sessions import SESSION_COOKIE, Setup
from service.app import create_app
from service.portal.pages import install
from service.settings import Settings
from service.store.actor import SYSTEM, Actor, Role
from service.store.blobs import DiskBlobs
from service.store.keys import load_master_key
from service.store.results import Work
from service.store.store import Store
from service.workflow.pipeline import Step, StepResult

Sent = tuple[str, tuple[str | None, bytes]]
"""A file in a form: the field, the file's name and its bytes."""
PASSWORD = "a tidy row of words"


@dataclass
class Walk:
    """An engine whose work is one step whenever the test says so."""

    store: Store
    outcome: Outcome = Outcome.VERIFIED
    queued: list[str] = field(default_factory=list)

    def enqueue(self, case: str) -> None:
        """Note it; nothing happens by itself."""
        self.queued.append(case)

    def begin(self, step: str) -> None:
        """Begin a step of the case queued last."""
        self._do(lambda t, work: t.results.begin(work, step))

    def finish(self, step: Step) -> None:
        """Finish a step of it."""
        result = StepResult(step=step, findings=()).model_dump_json().encode()
        self._do(lambda t, work: t.results.finish(work, step.value, result))

    def conclude(self) -> None:
        """Reach the verdict."""
        self._do(
            lambda t, work: t.results.conclude(work, a_verdict(work.verification, self.outcome))
        )

    def park(self, problem: str) -> None:
        """Leave it to a person."""
        self._do(lambda t, work: t.results.park(work, problem))

    def all_of_it(self) -> None:
        """Everything that is to be done for the case queued last."""
        for step in Step:
            self.begin(step.value)
            self.finish(step)
        self.begin("verdict")
        self.conclude()

    def _do(self, action: Callable[..., object]) -> None:
        verification, _, generation = self.queued[-1].partition("/")
        work = Work(UUID(verification), int(generation))
        tenant = self.store.tenant_of(work.verification)
        assert tenant
        with self.store.tenant(tenant, SYSTEM) as t:
            action(t, work)


def a_verdict(id: UUID, outcome: Outcome) -> Verification:
    """A small verification with this outcome."""
    contradiction = Finding(
        code="document.mrz.check_digit",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.STRONG,
        evidence_class=EvidenceClass.DOCUMENT,
        for_recruiter="The check digit of the document number is printed as 4 and computes to 7.",
        for_candidate="A digit of your document does not fit. Please send a sharper photograph.",
        innocent_explanation="A worn or blurred page can be read wrongly.",
        question="May we see the document once more?",
    )
    found = {Outcome.VERIFIED: (), Outcome.NEEDS_INFO: (contradiction, *bad_pictures())}
    return Verification(
        id=id,
        stage=Stage.INTERVIEW,
        created_at=datetime.now(UTC),
        software="bonafide of the tests",
        evidence=(),
        findings=found.get(outcome, (contradiction,)),
        verdict=Verdict(
            outcome=outcome,
            reasons=(Reason(rule="test", text="It came out so.", findings=()),),
            checks=(CheckResult(check=Check.DOCUMENT, asked=Strength.MODERATE, supported=None),),
            policy="default 1",
        ),
    )


def bad_pictures() -> tuple[Finding, ...]:
    """What is found of two pictures that have to be taken again."""
    return (
        _bad(
            "document.picture.blurred",
            ("passport scan.pdf", 2),
            "The machine readable lines are blurred (edges of letters are 8.1 pixels "
            "wide, at most 4.5 can be read).",
            "Wipe the lens, let the camera focus on the document, and hold still.",
        ),
        _bad(
            "document.picture.glare",
            ("passport scan.pdf", 2),
            "Light is reflected on 14 % of the machine readable lines.",
            "Tilt the document away from the lamp or window, or turn off the flash.",
        ),
        _bad(
            "document.picture.too_small",
            ("thumbnail.jpg", 1),
            "The picture is too small (230 pixels along its longer side, at least 420 are needed).",
            "Send the original photograph, not a preview of it.",
        ),
    )


def _bad(code: str, place: tuple[str, int], told: str, question: str) -> Finding:
    file, page = place
    return Finding(
        code=code,
        check=Check.DOCUMENT,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(Seen(what="measure", value=1.0, file=file, page=page),),
        for_recruiter=told,
        for_candidate=told,
        question=question,
    )


@dataclass(frozen=True)
class _Parts:
    settings: Settings
    store: Store
    egress: "_Anywhere"
    engine: Walk


class _Anywhere:
    """An egress guard that no page asks: orders from pages name no callback."""

    def check(self, url: str) -> None:
        raise AssertionError(url)


@dataclass
class Portal:
    """The application, and what the tests reach around it."""

    app: FastAPI
    pages: FastAPI
    store: Store
    engine: Walk
    setup: Setup
    tenant: UUID
    home: Path

    def add_user(self, role: Role, tenant: UUID | None = None) -> str:
        """Somebody who may sign in; their address."""
        email = f"{role.value}-{threading.get_native_id()}-{len(self._users)}@example.com"
        with self.store.tenant(tenant or self.tenant, SYSTEM) as t:
            digest = self.store.email_digest(email)
            user = t.access.add_user(email, digest, _hash(), role)
        self._users[email] = Actor.user(user, role)
        return email

    def __post_init__(self) -> None:
        self._users: dict[str, Actor] = {}

    def browser(self) -> "Browser":
        """Somebody's browser, signed in nowhere."""
        return Browser(self)

    def signed_in(self, role: Role, tenant: UUID | None = None) -> "Browser":
        """A browser in which a new user of this role is signed in."""
        browser = self.browser()
        browser.email = self.add_user(role, tenant)
        actor = self._users[browser.email]
        user = UUID(actor.label.removeprefix("user:"))
        with self.store.tenant(tenant or self.tenant, SYSTEM) as t:
            token, browser.csrf = t.access.add_session(user)
        browser.client.cookies.set(SESSION_COOKIE, token, domain="portal.test")
        return browser

    def order(self, *, file: bytes | None = b"a picture", tenant: UUID | None = None) -> UUID:
        """A verification with one document."""
        with self.store.tenant(tenant or self.tenant, SYSTEM) as t:
            order = VerificationOrder(
                candidate=Candidate(name="Ada Example", reference="c-1"),
                consent=Consent(verification=True),
            )
            row, _ = t.verifications.order(order)
        if file is not None:
            self.add_file(row.id, file, tenant)
        return row.id

    def add_file(self, id: UUID, data: bytes, tenant: UUID | None = None) -> UUID:
        """One more document of it."""
        with self.store.tenant(tenant or self.tenant, SYSTEM) as t:
            upload = t.evidence.announce(id, EvidenceKind.DOCUMENT, "passport.jpg", len(data))
        self.store.blobs.append(upload.id, upload.key, [data], at=0)
        done = self.store.blobs.finish(upload.id, upload.key)
        with self.store.tenant(tenant or self.tenant, SYSTEM) as t:
            t.evidence.finish(upload.id, size_bytes=done.size, sha256=done.sha256.hex())
        return upload.id

    def decided(self, outcome: Outcome) -> UUID:
        """A verification with a verdict."""
        id = self.order()
        with self.store.tenant(self.tenant, SYSTEM) as t:
            row = t.verifications.submit(id)
        self.engine.outcome = outcome
        self.engine.enqueue(f"{id}/{row.generation}")
        self.engine.all_of_it()
        return id

    def audited(self, about: str) -> list[str]:
        """What the audit says of something, the last thing first."""
        with self.store.tenant(self.tenant, SYSTEM, reads_only=True) as t:
            return [entry.action for entry in t.audit.list(about=about)]


class Browser:
    """A client that keeps cookies, and sends forms as browsers do."""

    def __init__(self, portal: Portal) -> None:
        self.client: httpx.Client = TestClient(
            portal.app,
            base_url="https://portal.test",
            raise_server_exceptions=False,
            follow_redirects=False,
            headers={"sec-fetch-site": "same-origin", "origin": "https://portal.test"},
        )
        self.csrf = ""
        self.email = ""

    def get(self, address: str, **more: str) -> httpx.Response:
        """Ask for a page."""
        return self.client.get(address, headers=more)

    def post(self, address: str, **fields: str) -> httpx.Response:
        """Send a form of the session."""
        return self.client.post(address, data={"csrf": self.csrf, **fields})

    def send(
        self,
        address: str,
        fields: Mapping[str, str] | None = None,
        files: Sequence[Sent] = (),
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Send a form with files, its fields first as our pages have them."""
        said = {"csrf": self.csrf, **(fields or {})}
        parts: list[tuple[str, tuple[str | None, bytes]]] = [
            *((name, (None, value.encode())) for name, value in said.items()),
            *files,
        ]
        return self.client.post(address, files=parts, headers=headers)

    def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        """Fill in the sign-in page."""
        form = hidden_fields(self.get("/sign-in").text)
        return self.client.post("/sign-in", data={**form, "email": email, "password": password})


def hidden_fields(html: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))


@cache
def _hash() -> str:
    # Once for all tests: Argon2 is slow on purpose.
    return hash_new_password(PASSWORD, "")


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a service whose tables are made; each test gets a copy."""
    home = tmp_path_factory.mktemp("portal") / "home"
    home.mkdir()
    store = _open(Settings(folder=home))
    store.migrate()
    store.close()
    return home


@pytest.fixture
def empty_portal(empty_home: Path, tmp_path: Path) -> Iterator[Portal]:
    """The pages of a service that nobody has set up."""
    home = shutil.copytree(empty_home, tmp_path / "home")
    settings = Settings(folder=home, url="https://portal.test")
    store = _open(settings)
    engine = Walk(store)
    app = create_app(_Parts(settings, store, _Anywhere(), engine))
    setup = install(app, app.state.runtime)
    pages = app.router.routes[-1].app  # type: ignore[attr-defined]
    yield Portal(app, pages, store, engine, setup, UUID(int=0), home)
    store.close()


def _open(settings: Settings) -> Store:
    key = load_master_key(None, settings.home / "master.key")
    return Store(settings.database, key, DiskBlobs(settings.home / "blobs"))


@pytest.fixture
def portal(empty_portal: Portal) -> Portal:
    """The pages of a service with a tenant and an owner."""
    empty_portal.tenant = empty_portal.store.add_tenant("default")
    empty_portal.add_user(Role.OWNER)
    return empty_portal
