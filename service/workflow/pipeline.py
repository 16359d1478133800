"""A verification as steps whose results are data: what is asked, and what each step found.

The steps themselves are in `verifying`, the verdict in `conclusion`. Whoever only orders steps and
stores their results needs this module, which touches no pixels and loads no models.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import AwareDatetime

from models.barcode import Licence
from models.base import Model
from models.challenge import AnsweredChallenge, ChallengeJudged
from models.chip import ChipReading
from models.circumstances import Circumstances, Listed, Shared
from models.document import Mrz, MrzText
from models.finding import Finding, Point, Region
from models.fingerprint import DocumentFingerprint
from models.footage import FootageFacts
from models.footage_print import FootagePrint
from models.forensics import Look
from models.history import Claims
from models.link import Identifier, Link
from models.named_face import NamedFace
from models.outside import Outside
from models.person import EarlierCapture, FaceTemplate
from models.policy import Policy
from models.rule import RuleJudged
from models.stage import Stage
from models.verification import EvidenceFile, EvidenceKind
from service.report.shown import Shown
from service.workflow.names import distinct
from verifiers.unusable import shown_name


class Step(StrEnum):
    """The steps of a verification, in order."""

    DOCUMENTS = "documents"
    """Reads the documents and the claims, and judges the documents by both."""
    CHIP = "chip"
    """Checks what was read from a document's chip, also against the printed zone."""
    FACES = "faces"
    """Reads the footage and finds the candidate in it."""
    FORENSICS = "forensics"
    """Looks for signs of tampering on the pictures of documents."""
    PRESENCE = "presence"
    SOURCES = "sources"
    """Asks outside sources about what is claimed. A job has no network: the service does it."""
    SCREENING = "screening"
    """Looks for the candidate, and for whom the claims name, on sanctions lists: in the service."""
    SURROUNDINGS = "surroundings"
    """Places what the company sees around the candidate by its own databases: in the service."""
    LINKAGE = "linkage"
    """Looks for other candidates who have the same: in the service, which holds the store."""
    HISTORY = "history"

    @property
    def needs(self) -> tuple["Step", ...]:
        """The steps whose results it cannot be taken without."""
        return _NEEDS[self]


_NEEDS = {
    Step.DOCUMENTS: (),
    Step.CHIP: (Step.DOCUMENTS,),
    Step.FACES: (Step.DOCUMENTS, Step.CHIP),
    Step.FORENSICS: (Step.DOCUMENTS, Step.FACES),
    Step.PRESENCE: (Step.FACES,),
    Step.SOURCES: (),
    Step.SCREENING: (Step.DOCUMENTS,),
    Step.SURROUNDINGS: (),
    Step.LINKAGE: (Step.DOCUMENTS, Step.FACES, Step.FORENSICS, Step.PRESENCE),
    Step.HISTORY: (
        Step.DOCUMENTS,
        Step.SOURCES,
        Step.SCREENING,
        Step.SURROUNDINGS,
        Step.LINKAGE,
    ),
}


class Submitted(Model):
    """The files as they were sent. Each is called by its name on disk, unless told otherwise."""

    documents: tuple[Path, ...] = ()
    chips: tuple[tuple[Path, ...], ...] = ()
    """Files that came together: of one chip, or of several that their names tell apart."""
    footage: tuple[Path, ...] = ()
    footage_names: tuple[str, ...] = ()
    """What each recording was sent as, where that is known better."""
    claims: Path | None = None

    @property
    def recordings(self) -> tuple[str, ...]:
        """What each recording is called, the useless ones counted: by this a face is named."""
        return self.footage_names or tuple(distinct(map(shown_name, self.footage)))


class Order(Model):
    """What is asked for: the evidence, the stage and the policy."""

    submitted: Submitted
    stage: Stage
    policy: Policy
    now: AwareDatetime
    """The moment that expiry and intervals are judged at; the same for all steps."""
    earlier: tuple[EarlierCapture, ...] | None = None
    """Of the same candidate, to be compared with; `None` where that was not asked for."""
    candidate_at: NamedFace | None = None
    """Who is the candidate in the footage, where the recruiter says so."""
    gallery: tuple[FaceTemplate, ...] = ()
    """Of other candidates of the same company, one each, that a match must stand beside."""
    keep_template: bool = False
    chip_lists: tuple[Path, ...] = ()
    """The operator's master lists, certificates and revocation lists, and folders of them."""
    chip_challenge: str | None = None
    """Ours, in hexadecimal, where a chip could be asked to answer it."""
    challenges: tuple[AnsweredChallenge, ...] = ()
    """What was asked of the person in front of the camera, for each recording that answers; the
    latest last."""
    weights: Path | None = None
    """The operator's folder of models installed beside Bonafide's own."""


class PageFound(Model):
    """Where a page of a document lies on its picture."""

    picture: int
    """Its place among all pictures and pages that were sent and could be used, from 0."""
    width: float
    """Millimetres."""
    height: float
    zone_top: float
    to_picture: tuple[tuple[float, float, float], ...]
    """3 x 3, from millimetres on the page to pixels of the picture."""


class DocumentFound(Model):
    """On which pictures a document is: what is left of it without the pixels."""

    pictures: tuple[int, ...]
    """Their places among all pictures and pages that were sent and could be used, from 0."""
    pages: tuple[PageFound, ...]
    """Those whose place on a picture is known."""
    zone: Mrz | None = None
    """Its machine readable zone, where one was read."""
    licence: Licence | None = None
    """What its barcode says, where it is a licence."""
    barcode: Region | None = None
    """Where that lies on the last of the pictures."""


class ZoneFound(Model):
    """A machine readable zone as it was read, on whichever pictures show it."""

    picture: int
    """Its place among all pictures and pages that were sent and could be used, from 0."""
    text: MrzText


class PortraitFound(Model):
    """A portrait on a picture of a document, with the head around it."""

    picture: int
    """Its place among all pictures and pages that were sent and could be used, from 0."""
    region: Region
    ghost: Region | None
    """Its second print on the same page."""


class FaceFound(Model):
    """The candidate's face in one frame of footage: what is left of it without the pixels."""

    file: str
    frame: int
    """Its place among the sampled frames of the clip, from 0."""
    seconds: float
    box: tuple[float, float, float, float]
    """Left, top, right, bottom in pixels of the frame."""
    landmarks: tuple[Point, ...]
    """The 68 points of iBUG 300-W."""


class StepResult(Model):
    """What one step found: all that later steps, the verdict and the report need of it.

    Its JSON can be stored and read back word for word. It holds no pixels but those of `shown`.
    """

    step: Step
    findings: tuple[Finding, ...]
    evidence: tuple[EvidenceFile, ...] = ()
    """The files that this step was the first to read, in the order they were sent."""
    claims: Claims | None = None
    """Of DOCUMENTS: the claims, where they could be used."""
    birth_date: date | None = None
    """Of DOCUMENTS: the document's where one was surely read, or what the candidate claims."""
    documents: tuple[DocumentFound, ...] = ()
    """Of DOCUMENTS: each document, and each picture on which none was read, as `shown` has them."""
    zones: tuple[ZoneFound, ...] = ()
    """Of DOCUMENTS: every zone on every picture, also of one document twice."""
    chips: tuple[ChipReading, ...] = ()
    """Of CHIP: each chip, as far as it could be read."""
    footage: tuple[FootageFacts, ...] = ()
    """Of FACES: the recordings that could be used."""
    portraits: tuple[PortraitFound, ...] = ()
    """Of FACES: those on the pictures of documents."""
    looks: tuple[Look, ...] = ()
    """Of FORENSICS: what was looked for, and what it came to."""
    fingerprints: tuple[DocumentFingerprint, ...] = ()
    """Of FORENSICS: by which the pictures are found again under another candidate."""
    candidate_at: NamedFace | None = None
    """Of FACES: who was named as the candidate."""
    candidate: tuple[FaceFound, ...] = ()
    """Of FACES: the candidate in every frame they were found in."""
    templates: tuple[FaceTemplate, ...] = ()
    """Of FACES, and only where they are to be kept."""
    challenges: tuple[ChallengeJudged, ...] = ()
    """Of PRESENCE: how far each recording answers what was asked."""
    footage_prints: tuple[FootagePrint, ...] = ()
    """Of PRESENCE: by which the same footage is found again."""
    outside: Outside = Outside()
    """Of SOURCES: what each source said; empty where nobody was asked."""
    listed: tuple[Listed, ...] | None = None
    """Of SCREENING: who is on a list; `None` where no list was searched."""
    seen: Circumstances = Circumstances()
    """Of SURROUNDINGS: visits with their places, devices, shipments, pay."""
    rooms: tuple[str, ...] = ()
    """Of PRESENCE: by which what lies behind the candidate is found again."""
    identifiers: tuple[Identifier, ...] = ()
    """Of LINKAGE: what the candidate has that others could have."""
    links: tuple[Link, ...] = ()
    """Of LINKAGE: those who have it, as far as two independent kinds tie them."""
    shared: tuple[Shared, ...] | None = None
    """Of LINKAGE: the same counted, for the rules; `None` where nobody looked."""
    judged: tuple[RuleJudged, ...] = ()
    """Of HISTORY: every rule, and what it came to."""
    notes: tuple[str, ...] = ()
    """Of FACES: what a reader must know of how it was compared."""
    shown: Shown = Shown()

    @property
    def usable(self) -> dict[EvidenceKind, tuple[bool, ...]]:
        """Of each kind of file that this step read: which of them, in order, could be used."""
        return {
            kind: tuple(file.problem is None for file in self.evidence if file.kind is kind)
            for kind in EvidenceKind
        }


def result_of(step: Step, results: Sequence[StepResult]) -> StepResult:
    """The result of this step; raises `ValueError` where it is not among them."""
    for result in results:
        if result.step is step:
            return result
    raise ValueError(f"the step {step.value} has not been taken")
