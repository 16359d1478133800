"""The step of the chip: files of chips in, readings and findings out, beside the printed zones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from models.barcode import Licence
from models.chip import Step, StepStatus
from models.document import Mrz
from models.finding import Check, EvidenceClass, Finding, Seen, Status
from models.verification import EvidenceFile, EvidenceKind
from service.workflow.evidence import described, unusable
from service.workflow.pipeline import Order, StepResult
from verifiers.documents.barcode_evidence import name_on
from verifiers.documents.chip.bearer import bearers, of_the_candidate
from verifiers.documents.chip.check import ChipResult, check_chip
from verifiers.documents.chip.files import ChipFiles, read_together
from verifiers.documents.chip.lists import load_trust
from verifiers.documents.chip.trust import TrustStore
from verifiers.documents.rules_several import Bearer, of_others, several
from verifiers.imaging import UnusableInput
from verifiers.names import DocumentName
from verifiers.picture import Picture
from verifiers.unusable import shown_name


@dataclass(frozen=True, eq=False)
class ChipsChecked:
    """What became of all files of chips."""

    results: tuple[ChipResult, ...]
    evidence: tuple[EvidenceFile, ...]
    findings: tuple[Finding, ...]


def check_chips(
    order: Order, documents: StepResult, on_step: Callable[[str], None]
) -> ChipsChecked:
    """Check every chip that was sent; nothing is loaded where none was.

    `documents` is what the step of this name found: printed zones, licences, claims.
    """
    files: list[EvidenceFile] = []
    findings: list[Finding] = []
    chips: list[ChipFiles] = []
    for paths in order.submitted.chips:
        on_step("reading the chip")
        problem = None
        try:
            chips += read_together(_name(paths), paths)
        except UnusableInput as error:
            problem = error.told
            findings.append(unusable(EvidenceKind.CHIP, error))
        files += (described(p, shown_name(p), EvidenceKind.CHIP, problem) for p in paths)
    trust = TrustStore()
    if chips:
        try:
            trust = load_trust([path for path in order.chip_lists if path.exists()])
        except UnusableInput as error:
            findings.append(_list_unusable(error.file, error.problem))
        findings += (_list_unusable(f.name, f.problem) for f in trust.files if f.problem)
    printed = [found.zone for found in documents.documents if found.zone]
    licences = [found.licence for found in documents.documents if found.licence]
    numbers = [n for zone in printed if (n := zone.value("document_number"))]
    numbers += [n for licence in licences if (n := licence.value("number"))]
    challenge = bytes.fromhex(order.chip_challenge) if order.chip_challenge else None
    results = tuple(_checked(order, chip, trust, printed, challenge) for chip in chips)
    numbers += [n for r in results if r.reading.zone and (n := _number(r.reading.zone))]
    for result in results:
        findings += of_the_candidate(result.reading, result.findings, documents.claims, numbers)
    people = bearers([result.reading for result in results])
    findings += several(people)
    findings += of_others(product(people, map(_bearer, licences)))
    return ChipsChecked(results, tuple(files), tuple(findings))


def chip_portraits(results: Sequence[ChipResult]) -> Iterator[Picture]:
    """The face images that an issuer vouches for, as pictures to compare with.

    Not those of a signer that was revoked: its key may be in other hands.
    """
    for result in results:
        revoked = result.reading.step(Step.REVOCATION).status is StepStatus.FAILED
        if result.face is not None and result.reading.vouched_for(_FACE) and not revoked:
            yield Picture(f"{result.reading.source} (chip)", result.face)


def _number(zone: Mrz) -> str | None:
    return zone.value("document_number")


def _bearer(licence: Licence) -> Bearer:
    name = name_on(licence) or DocumentName("")
    return Bearer(name, licence.birth_date, (Seen(what="name, barcode", value=str(name)),))


_FACE = 2
"""The data group of the face image (9303-10 §4.7.2)."""


def _checked(
    order: Order,
    chip: ChipFiles,
    trust: TrustStore,
    printed: Sequence[Mrz],
    challenge: bytes | None,
) -> ChipResult:
    today = order.now.date()
    alone = check_chip(chip, trust, today=today, challenge=challenge)
    own = _of_its_document(alone.reading.zone, printed)
    if own is None:
        return alone
    return check_chip(chip, trust, today=today, printed=own, challenge=challenge)


def _of_its_document(zone: Mrz | None, printed: Sequence[Mrz]) -> Mrz | None:
    """The printed zone that this chip lies under: of several, the one that is most like it."""
    if zone is None or not printed:
        return None

    def alike(other: Mrz) -> int:
        pairs = zip("".join(zone.lines), "".join(other.lines), strict=False)
        return sum(one == two for one, two in pairs)

    return max((o for o in printed if o.format is zone.format), key=alike, default=printed[0])


def _list_unusable(name: str, problem: str) -> Finding:
    return Finding(
        code="document.chip.list_unusable",
        check=Check.DOCUMENT,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.DOCUMENT,
        for_recruiter=f"Who vouches for the chip could not be checked wholly: {name}, a list "
        f"of certificates on our side, {problem}.",
        for_candidate="Who signed your document's chip could not be checked; the fault is ours.",
    )


def _name(paths: Sequence[Path]) -> str:
    return shown_name(paths[0]) if len(paths) == 1 else f"{len(paths)} files of a chip"
