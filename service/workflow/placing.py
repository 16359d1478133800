"""Evidence out of the store and into the private folder of a case, each file under its own name."""

from collections.abc import Sequence
from pathlib import Path

from models.challenge import AnsweredChallenge
from models.history import Claims
from models.verification import EvidenceKind
from service.store.blobs import Blobs
from service.store.challenges import Answered
from service.store.evidence import File
from service.workflow.names import distinct
from service.workflow.pipeline import Submitted
from service.workflow.scratch import place


def recordings(files: Sequence[File]) -> tuple[str, ...]:
    """What the footage among these is called, in its order: in reports, and to name a face in."""
    return tuple(distinct(file.name for file in files if file.kind is EvidenceKind.FOOTAGE))


def asked_in(files: Sequence[File], asked: Sequence[Answered]) -> tuple[AnsweredChallenge, ...]:
    """What was asked of the person in these recordings, each by the name it has in reports."""
    footage = [file.id for file in files if file.kind is EvidenceKind.FOOTAGE]
    names = dict(zip(footage, recordings(files), strict=True))
    return tuple(one.called(names[one.evidence]) for one in asked if one.evidence in names)


def place_evidence(
    blobs: Blobs, files: Sequence[File], claims: Claims | None, folder: Path
) -> Submitted:
    """Open all that was sent, in `folder`, for the one process that decodes it.

    Raises `Missing` or `Unopenable` where the bytes of a file are gone or damaged, and `OSError`
    where the disk does not take them.
    """
    sent: dict[EvidenceKind, list[Path]] = {kind: [] for kind in EvidenceKind}
    for position, file in enumerate(files, start=1):
        path = place(folder, position, file.name)
        with path.open("xb") as out:
            out.writelines(blobs.read(file.id, file.key))
        sent[file.kind].append(path)
    told = None
    if claims is not None:
        told = place(folder, 0, "claims.json")
        told.write_text(claims.model_dump_json(by_alias=True), encoding="utf-8")
    return Submitted(
        documents=tuple(sent[EvidenceKind.DOCUMENT]),
        chips=(tuple(sent[EvidenceKind.CHIP]),) if sent[EvidenceKind.CHIP] else (),
        footage=tuple(sent[EvidenceKind.FOOTAGE]),
        footage_names=recordings(files),
        claims=told,
    )
