"""The steps of one verification at work: files and models in, results out.

Each step takes the results of those before it as data, whether they were found in this process or
in one that has died: pixels are decoded again then, everything else is in the results. Decoding and
every model here are deterministic, so both ways give the same verification.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from models.context import Context
from models.footage import FootageFacts
from models.history import Claims
from models.verification import EvidenceKind, Verification
from service.report.challenges import challenges_shown
from service.report.chips import chips_shown
from service.report.documents import documents_shown
from service.report.faces import faces_shown
from service.report.forensics import looks_shown
from service.report.people import people_shown
from service.report.portraits import portraits_shown
from service.report.presence import frames_shown
from service.report.shown import Shown, together
from service.report.timeline import lay_out
from service.workflow.chips import check_chips, chip_portraits
from service.workflow.circumstances import circumstances
from service.workflow.conclusion import conclude
from service.workflow.evidence import called, read_again, read_files
from service.workflow.footage import face_found, rooms_behind, tracked_face
from service.workflow.forensics import portraits_found, subjects
from service.workflow.names import distinct
from service.workflow.pages import document_found, found_sides, place
from service.workflow.pipeline import (
    Order,
    Step,
    StepResult,
    ZoneFound,
    result_of,
)
from service.workflow.presence import Recordings, judged, look_for_presence
from service.workflow.rules import ALL_RULES
from verifiers.case import Case
from verifiers.claims import load_claims
from verifiers.documents.chip.check import ChipResult
from verifiers.documents.forensics.look import findings, look
from verifiers.documents.forensics.reuse import fingerprint
from verifiers.documents.print_reader import PrintReader, ocr_reader
from verifiers.documents.reading import MrzReader
from verifiers.documents.sides import sides_of_each
from verifiers.documents.verify import DocumentResult, MrzReaderProtocol, verify_documents
from verifiers.face_engine import FaceEngine, TrackedFace
from verifiers.face_engines.installed import Installed, installed
from verifiers.face_engines.served import served_engine, served_notes
from verifiers.faces import FaceResult, verify_faces
from verifiers.history import verify_history
from verifiers.imaging import load_pictures
from verifiers.picture import Clip, Picture


@dataclass(frozen=True)
class Engines:
    """The models a verification needs; make them once and keep them."""

    mrz: MrzReaderProtocol
    faces: FaceEngine
    print: PrintReader
    installed: Installed
    """What the operator's models add to the face engine."""

    @classmethod
    def default(cls, weights: Path | None) -> "Engines":
        """Ours, and what is installed in the folder of weights, if there is one."""
        reader, models = ocr_reader(), installed(served_engine(), weights)
        return cls(MrzReader(second=reader), models.engine, reader, models)


class Verifying:
    """One verification in this process: what was decoded for one step is kept for the next."""

    def __init__(
        self, order: Order, engines: Engines, on_step: Callable[[str], None] = lambda _: None
    ) -> None:
        self._order = order
        self._faces = engines.faces
        self._installed = engines.installed
        self._mrz = engines.mrz
        self._print = engines.print
        self._on_step = on_step
        self._recordings = Recordings(order.submitted, order.challenges)
        self._context = Context(stage=order.stage, today=order.now.date())
        self._pages: tuple[Picture, ...] | None = None
        self._clips: tuple[Clip, ...] | None = None
        self._chips: tuple[ChipResult, ...] | None = None

    def step(self, step: Step, before: Sequence[StepResult]) -> StepResult:
        """Take a step, given at least the results that it needs (`Step.needs`).

        Raises:
            ValueError: one of those is missing.
            UnusableInput: a file that could be used in an earlier process cannot be used now.
        """
        needed = [result_of(earlier, before) for earlier in step.needs]
        match step:
            case Step.DOCUMENTS:
                return self._read_documents()
            case Step.CHIP:
                return self._check_chip(*needed)
            case Step.FACES:
                return self._compare_faces(*needed)
            case Step.FORENSICS:
                return self._look_for_tampering(*needed)
            case Step.PRESENCE:
                return self._look_for_presence(*needed)
            case Step.SOURCES | Step.SCREENING | Step.SURROUNDINGS | Step.LINKAGE:
                # Whoever has a network, the lists or the store asks; from here nobody does.
                return StepResult(step=step, findings=())
            case Step.HISTORY:
                return self._check_history(*needed)

    def _read_documents(self) -> StepResult:
        sent = self._order.submitted
        files = read_files(EvidenceKind.DOCUMENT, sent.documents, load_pictures, self._on_step)
        resumes = read_files(
            EvidenceKind.CLAIMS, [sent.claims] if sent.claims else [], load_claims, self._on_step
        )
        claims = resumes.loaded[0] if resumes.loaded else None
        self._on_step("reading the documents")
        pages = self._pages = _all_pages(files.loaded)
        documents = verify_documents(
            pages,
            claims,
            self._context,
            policy_allows_specimens=self._order.policy.allow_specimens,
            reader=self._mrz,
            print_reader=self._print,
        )
        sides = sides_of_each(pages, documents.documents, documents.licences)
        return StepResult(
            step=Step.DOCUMENTS,
            findings=(*files.findings, *resumes.findings, *documents.findings),
            evidence=(*files.files, *resumes.files),
            claims=claims,
            birth_date=_birth_date(documents, claims),
            documents=tuple(document_found(each, pages) for each in sides),
            zones=tuple(
                ZoneFound(picture=place(picture, pages), text=text)
                for picture, text in documents.zones
            ),
            shown=Shown(
                documents=documents_shown(sides, claims, self._context, documents.findings)
            ),
        )

    def _check_chip(self, documents: StepResult) -> StepResult:
        checked = check_chips(self._order, documents, self._on_step)
        self._chips = checked.results
        return StepResult(
            step=Step.CHIP,
            findings=checked.findings,
            evidence=checked.evidence,
            chips=tuple(result.reading for result in checked.results),
            shown=Shown(chips=chips_shown(checked.results)),
        )

    def _compare_faces(self, documents: StepResult, chip: StepResult) -> StepResult:
        pages = self._pages_of(documents)
        sent = self._order.submitted
        footage = read_files(
            EvidenceKind.FOOTAGE,
            sent.footage,
            self._recordings.load,
            self._on_step,
            sent.recordings,
        )
        usable = [file.problem is None for file in footage.files]
        clips = self._clips = called(footage.loaded, sent.recordings, usable)
        self._on_step("comparing faces")
        sides = [found_sides(found, pages) for found in documents.documents]
        if self._chips is None and chip.chips:
            self._chips = check_chips(self._order, documents, self._on_step).results
        faces = verify_faces(
            self._faces,
            pages,
            clips,
            pages=[page for each in sides for page in each.pages],
            chips=tuple(chip_portraits(self._chips or ())),
            earlier=self._order.earlier,
            others=self._installed.others,
            unheard=self._installed.unheard,
            gallery=self._order.gallery,
            coverage=self._order.policy.gallery_coverage,
            in_footage=self._installed.in_footage,
            candidate_at=self._order.candidate_at,
        )
        return StepResult(
            step=Step.FACES,
            findings=(*footage.findings, *faces.findings),
            evidence=footage.files,
            footage=tuple(_facts(clip) for clip in clips),
            portraits=portraits_found(faces.portraits, pages),
            candidate_at=self._order.candidate_at,
            candidate=tuple(face_found(face, clips) for face in candidate_faces(faces)),
            templates=faces.templates if self._order.keep_template else (),
            notes=self._installed.notes + served_notes(self._faces),
            shown=Shown(
                faces=faces_shown(faces),
                people=people_shown(faces),
                portraits=portraits_shown(sides, faces.portraits),
            ),
        )

    def _look_for_tampering(self, documents: StepResult, faces: StepResult) -> StepResult:
        self._on_step("looking for signs of tampering")
        pages = self._pages_of(documents)
        looked_at = subjects(pages, documents, faces.portraits)
        looked = look(looked_at)
        return StepResult(
            step=Step.FORENSICS,
            findings=tuple(findings([one.look for one in looked])),
            looks=tuple(one.look for one in looked),
            fingerprints=tuple(fingerprint(subject) for subject in looked_at),
            shown=Shown(looks=looks_shown(looked, pages)),
        )

    def _pages_of(self, documents: StepResult) -> tuple[Picture, ...]:
        """The pictures of documents, decoded once more where another process did so."""
        if self._pages is None:
            usable = documents.usable[EvidenceKind.DOCUMENT]
            files = read_again(self._order.submitted.documents, usable, load_pictures)
            self._pages = _all_pages(files)
        return self._pages

    def _look_for_presence(self, faces: StepResult) -> StepResult:
        if self._clips is None:
            usable = faces.usable[EvidenceKind.FOOTAGE]
            sent = self._order.submitted
            files = read_again(sent.footage, usable, self._recordings.load)
            self._clips = called(files, sent.recordings, usable)
        self._on_step("looking for a live person")
        by_name = {clip.file: clip for clip in self._clips}
        candidate = [tracked_face(face, by_name[face.file]) for face in faces.candidate]
        liveness = look_for_presence(
            self._faces,
            self._installed.in_footage,
            self._clips,
            candidate,
            self._order.challenges,
            self._installed.attack_detectors,
        )
        return StepResult(
            step=Step.PRESENCE,
            findings=liveness.findings,
            challenges=judged(liveness),
            footage_prints=liveness.prints,
            rooms=rooms_behind(faces.candidate, by_name),
            shown=Shown(
                challenges=challenges_shown(liveness),
                frames=frames_shown(liveness),
                judged=liveness.judged,
                measures=liveness.measures,
            ),
        )

    def _check_history(
        self,
        documents: StepResult,
        sources: StepResult,
        screening: StepResult,
        surroundings: StepResult,
        linkage: StepResult,
    ) -> StepResult:
        self._on_step("checking the history")
        case = Case(
            documents.claims or Claims(),
            self._context,
            documents.birth_date,
            sources.outside,
            circumstances(
                self._order.stage,
                documents,
                seen=surroundings.seen,
                listed=screening.listed,
                shared=linkage.shared,
            ),
        )
        history = verify_history(case, ALL_RULES)
        timeline = lay_out(history, sources.outside, self._context.today, case.claims)
        return StepResult(
            step=Step.HISTORY,
            findings=history.findings,
            judged=history.judged,
            shown=Shown(timeline=timeline),
        )


def verify(
    order: Order, engines: Engines, on_step: Callable[[str], None]
) -> tuple[Verification, Shown]:
    """All steps in this process, and what they amount to."""
    verifying = Verifying(order, engines, on_step)
    results: list[StepResult] = []
    for step in Step:
        results.append(verifying.step(step, results))
    verification = conclude(
        results, id=uuid4(), now=order.now, stage=order.stage, policy=order.policy
    )
    return verification, together(result.shown for result in results)


def candidate_faces(faces: FaceResult) -> tuple[TrackedFace, ...]:
    """The candidate's face in every frame it was found in."""
    return tuple(face for track in faces.candidate for face in track.faces)


def _all_pages(files: Sequence[tuple[Picture, ...]]) -> tuple[Picture, ...]:
    """Of all files; those of one name stay two, since what is asked for names the file."""
    names = distinct(file[0].file for file in files)
    return tuple(
        replace(page, file=name) for file, name in zip(files, names, strict=True) for page in file
    )


def _birth_date(documents: DocumentResult, claims: Claims | None) -> date | None:
    read = [d.mrz.birth_date for d in documents.documents if d.text.sure and d.mrz.birth_date]
    return read[0] if read else (claims.identity.birth_date if claims else None)


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
