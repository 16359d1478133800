"""A store with one tenant, and what it takes to put cases into it in a line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from models.challenge import Act, Challenge, ChallengeAnswer, ChallengeStep
from models.history import Claims
from models.order import Candidate, Consent, VerificationOrder
from models.person import FaceTemplate, TemplateKind
from models.stage import Stage
from models.verdict import Outcome, Reason, Verdict
from models.verification import EvidenceKind, Verification
from service.store.actor import SYSTEM, Actor, Role
from service.store.blobs import DiskBlobs
from service.store.keys import Key
from service.store.results import Work
from service.store.store import OfTenant, Store

PROGRAM = Actor.key(uuid4())
RECRUITER = Actor.user(uuid4(), Role.RECRUITER)
REVIEWER = Actor.user(uuid4(), Role.REVIEWER)
COMPLIANCE = Actor.user(uuid4(), Role.COMPLIANCE)


class TakenBack(Exception):
    """Ends a transaction of which nothing is to be kept."""


@dataclass
class Clock:
    """The time of a test, which passes only when told."""

    now: datetime = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, pause: timedelta) -> None:
        self.now += pause


@dataclass
class House:
    """A store on an empty database, with one tenant."""

    url: str
    folder: Path
    clock: Clock = field(default_factory=Clock)
    master: Key = field(default_factory=Key.new)

    def __post_init__(self) -> None:
        self.store = self.open()
        self.store.migrate()
        self.tenant = self.store.add_tenant("Acme")

    def open(self) -> Store:
        """The same store as another process opens it."""
        return Store(self.url, self.master, DiskBlobs(self.folder / "blobs"), clock=self.clock)

    @contextmanager
    def acting(self, actor: Actor = PROGRAM, tenant: UUID | None = None) -> Iterator[OfTenant]:
        with self.store.tenant(tenant or self.tenant, actor) as t:
            yield t

    def ordered(self, order: VerificationOrder | None = None) -> UUID:
        """A verification that waits for evidence."""
        with self.acting() as t:
            return t.verifications.order(order or an_order())[0].id

    def sent(
        self, verification: UUID, name: str = "passport.jpg", content: bytes = b"pixels"
    ) -> UUID:
        """A document of this verification, all of it there."""
        with self.acting() as t:
            upload = t.evidence.announce(verification, EvidenceKind.DOCUMENT, name, len(content))
        self.store.blobs.append(upload.id, upload.key, [content], at=0)
        whole = self.store.blobs.finish(upload.id, upload.key)
        with self.acting() as t:
            t.evidence.finish(upload.id, size_bytes=whole.size, sha256=whole.sha256.hex())
        return upload.id

    def asked(self, verification: UUID) -> UUID:
        """A challenge that was given out."""
        with self.acting() as t:
            return t.challenges.give(verification, a_challenge(t.now)).id

    def submitted(self, verification: UUID | None = None) -> Work:
        """A submission that waits for a worker."""
        verification = verification or self.ordered(an_order(claims=True))
        with self.acting() as t:
            return Work(verification, t.verifications.submit(verification).generation)

    def concluded(self, verdict: Verification | None = None, work: Work | None = None) -> Work:
        """A submission with its verdict."""
        work = work or self.submitted()
        with self.acting(SYSTEM) as t:
            assert t.results.begin(work, "verdict") is not None
            assert t.results.conclude(work, verdict or a_verdict())
        return work


def an_order(
    reference: str | None = "candidate-1",
    *,
    claims: bool = False,
    follows: UUID | None = None,
    keep_template: bool = False,
) -> VerificationOrder:
    return VerificationOrder(
        candidate=Candidate(reference=reference, name="Ada Adams", email="ada@example.com"),
        stage=Stage.INTERVIEW,
        claims=Claims() if claims else None,
        consent=Consent(verification=True, keep_template=keep_template),
        follows=follows,
    )


def a_verdict(
    outcome: Outcome = Outcome.VERIFIED, templates: tuple[FaceTemplate, ...] = ()
) -> Verification:
    return Verification(
        id=uuid4(),
        stage=Stage.INTERVIEW,
        created_at=datetime(2026, 5, 4, 9, 0, tzinfo=UTC),
        software="bonafide 0",
        evidence=(),
        findings=(),
        verdict=Verdict(
            outcome=outcome,
            reasons=(Reason(rule="test", text="A test said so."),),
            checks=(),
            policy="default 1",
        ),
        templates=templates,
    )


def a_challenge(now: datetime) -> Challenge:
    return Challenge(
        nonce="0123456789abcdef" * 2,
        issued_at=now,
        expires_at=now + timedelta(minutes=3),
        steps=(ChallengeStep(act=Act.LOOK, begins=0, seconds=2),),
    )


def an_answer() -> ChallengeAnswer:
    return ChallengeAnswer(nonce="0123456789abcdef" * 2, shown=(0.0,))


def a_template(first: float = 1.0, engine: str = "test 1") -> FaceTemplate:
    rest = (1 - first**2) ** 0.5
    return FaceTemplate(
        kind=TemplateKind.LIVE, engine=engine, vector=(first, rest, *[0.0] * 30), faces=3
    )
