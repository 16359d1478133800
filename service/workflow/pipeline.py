"""One verification from evidence to verdict: the steps, in order, and nothing else.

The command line runs it in one process; each step is a pure function of what came before it, so a
durable workflow can run the same steps one at a time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from models.context import Context
from models.footage import FootageFacts
from models.history import Claims
from models.person import FaceTemplate
from models.policy import Policy
from models.stage import Stage
from models.verification import Verification
from service.settings import SOFTWARE
from service.workflow.evidence import Evidence, Submitted, load
from verifiers.decision import decide
from verifiers.documents.reading import MrzReader
from verifiers.documents.upright import turn_upright
from verifiers.documents.verify import DocumentResult, verify_documents
from verifiers.face_engine import DlibEngine, FaceEngine, TrackedFace
from verifiers.faces import FaceResult, verify_faces
from verifiers.history import HistoryResult, verify_history
from verifiers.liveness import LivenessResult, verify_liveness
from verifiers.picture import Clip, Picture

STEPS = 4
"""Steps of a verification beside the reading of each file: documents, faces, presence, history."""


@dataclass(frozen=True)
class Engines:
    """The models a verification needs; make them once and keep them."""

    mrz: MrzReader
    faces: FaceEngine

    @classmethod
    def default(cls) -> "Engines":
        """Our own MRZ reader and the reference face engine."""
        return cls(mrz=MrzReader(), faces=DlibEngine())


@dataclass(frozen=True)
class Order:
    """What is asked for: the evidence, the stage and the policy."""

    submitted: Submitted
    stage: Stage
    policy: Policy
    earlier: tuple[FaceTemplate, ...] | None = None
    """Templates of an earlier verification, to be compared with; `None` where there was none."""
    keep_template: bool = False


@dataclass(frozen=True)
class Exhibits:
    """What was seen, with its pictures: the report shows them, the verification only names them."""

    pages: tuple[Picture, ...]
    documents: DocumentResult
    faces: FaceResult
    liveness: LivenessResult
    history: HistoryResult


def run(
    order: Order, engines: Engines, now: datetime, on_step: Callable[[str], None]
) -> tuple[Verification, Exhibits]:
    """Verify. `now` is the moment that expiry and intervals are judged at, with its time zone."""
    evidence = load(order.submitted, on_step)
    context = Context(stage=order.stage, today=now.date())

    on_step("reading the documents")
    pages = turn_upright(evidence.pictures, engines.mrz)
    documents = verify_documents(
        pages,
        evidence.claims,
        context,
        policy_allows_specimens=order.policy.allow_specimens,
        reader=engines.mrz,
    )
    on_step("comparing faces")
    faces = verify_faces(engines.faces, pages, evidence.clips, earlier=order.earlier)
    on_step("looking for a live person")
    liveness = verify_liveness(evidence.clips, candidate_faces(faces))
    on_step("checking the history")
    history = verify_history(evidence.claims, context, _birth_date(documents, evidence.claims))

    findings = (
        *evidence.findings,
        *documents.findings,
        *faces.findings,
        *liveness.findings,
        *history.findings,
    )
    verification = Verification(
        id=uuid4(),
        stage=order.stage,
        created_at=now,
        software=SOFTWARE,
        evidence=evidence.files,
        footage=tuple(_facts(clip) for clip in evidence.clips),
        claims=evidence.claims,
        findings=findings,
        verdict=decide(
            findings, order.policy, order.stage, claims_given=_history_claimed(evidence)
        ),
        templates=faces.templates if order.keep_template else (),
        notes=_notes(evidence.clips, order.policy, [f.code for f in documents.findings]),
    )
    return verification, Exhibits(pages, documents, faces, liveness, history)


def candidate_faces(faces: FaceResult) -> tuple[TrackedFace, ...]:
    """The candidate's face in every frame it was found in."""
    return tuple(face for track in faces.candidate for face in track.faces)


def _birth_date(documents: DocumentResult, claims: Claims | None) -> date | None:
    """The document's where one was surely read, or what the candidate claims."""
    read = [d.mrz.birth_date for d in documents.documents if d.text.sure and d.mrz.birth_date]
    return read[0] if read else (claims.identity.birth_date if claims else None)


def _history_claimed(evidence: Evidence) -> bool:
    if evidence.claims is None:
        # Claims that could not be read still owe an answer.
        return evidence.claims_sent
    return evidence.claims.tells_history


def _facts(clip: Clip) -> FootageFacts:
    height, width = clip.frames[0].pixels.shape[:2]
    return FootageFacts(
        file=clip.file,
        duration_seconds=clip.duration_seconds,
        frames_per_second=clip.frames_per_second,
        width=width,
        height=height,
        frames_used=len(clip.frames),
        simulated=clip.simulated,
    )


def _notes(clips: Sequence[Clip], policy: Policy, codes: Sequence[str]) -> tuple[str, ...]:
    notes = []
    if any(clip.simulated for clip in clips):
        notes.append("Simulated footage: rendered by the samples, not filmed.")
    if policy.allow_specimens and "document.specimen" in codes:
        notes.append("The document is a specimen, which this policy allows.")
    return tuple(notes)
