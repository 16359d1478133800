"""The evidence of one verification: files on disk, decoded where they can be.

A file that cannot be used is never dropped silently: it stays in the list with its problem, and
becomes an `unknown` finding of the check that it was sent for.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from models.finding import Check, EvidenceClass, Finding, Seen, Status
from models.history import Claims
from models.verification import EvidenceFile, EvidenceKind
from verifiers.claims import load_claims
from verifiers.imaging import UnusableInput, load_clip, load_pictures
from verifiers.picture import Clip, Picture


@dataclass(frozen=True)
class Submitted:
    """The files as they were sent."""

    documents: tuple[Path, ...] = ()
    footage: tuple[Path, ...] = ()
    claims: Path | None = None


@dataclass(frozen=True)
class Evidence:
    """What could be made of them."""

    files: tuple[EvidenceFile, ...]
    pictures: tuple[Picture, ...]
    clips: tuple[Clip, ...]
    claims: Claims | None
    claims_sent: bool
    """Whether claims were sent, usable or not."""
    findings: tuple[Finding, ...]
    """One `unknown` for each file that could not be used."""

    @property
    def unusable(self) -> tuple[EvidenceFile, ...]:
        """The files that could not be used."""
        return tuple(file for file in self.files if file.problem)


Loaded = TypeVar("Loaded")

_SENT_FOR = {
    EvidenceKind.DOCUMENT: (Check.DOCUMENT, EvidenceClass.DOCUMENT),
    EvidenceKind.FOOTAGE: (Check.PRESENCE, EvidenceClass.PRESENCE),
    EvidenceKind.CLAIMS: (Check.HISTORY, EvidenceClass.HISTORY),
}


def load(submitted: Submitted, on_step: Callable[[str], None]) -> Evidence:
    """Decode all files, each in a child process of its own, and keep what went wrong with each."""
    files: list[EvidenceFile] = []
    findings: list[Finding] = []

    def attempt(
        kind: EvidenceKind, paths: Iterable[Path], loader: Callable[[Path], Loaded]
    ) -> Sequence[Loaded]:
        loaded: list[Loaded] = []
        for path in paths:
            on_step(f"reading {path.name}")
            problem = None
            try:
                loaded.append(loader(path))
            except UnusableInput as error:
                problem = error.told
                findings.append(_unusable(kind, error))
            files.append(_describe(path, kind, problem))
        return loaded

    pages = attempt(EvidenceKind.DOCUMENT, submitted.documents, load_pictures)
    clips = attempt(EvidenceKind.FOOTAGE, submitted.footage, load_clip)
    claims = attempt(
        EvidenceKind.CLAIMS, [submitted.claims] if submitted.claims else [], load_claims
    )
    return Evidence(
        files=tuple(files),
        pictures=tuple(picture for file in pages for picture in file),
        clips=_distinctly_named(clips),
        claims=claims[0] if claims else None,
        claims_sent=submitted.claims is not None,
        findings=tuple(findings),
    )


def _distinctly_named(clips: Sequence[Clip]) -> tuple[Clip, ...]:
    """Two recordings of one name from two folders stay two: faces are matched to clips by name."""
    named: list[Clip] = []
    for clip in clips:
        same = sum(other.file == clip.file for other in clips[: len(named)])
        named.append(replace(clip, file=f"{clip.file} ({same + 1})") if same else clip)
    return tuple(named)


def _unusable(kind: EvidenceKind, error: UnusableInput) -> Finding:
    check, evidence_class = _SENT_FOR[kind]
    return Finding(
        code=f"{check.value}.file.unusable",
        check=check,
        status=Status.UNKNOWN,
        evidence_class=evidence_class,
        seen=(Seen(what="problem", value=error.problem, file=error.file),),
        for_recruiter=f"{error.file} could not be used: it {error.problem}.",
        for_candidate=f"We could not use {error.file}: it {error.problem}.",
        question=error.action,
    )


def _describe(path: Path, kind: EvidenceKind, problem: str | None) -> EvidenceFile:
    digest, size = None, 0
    if path.is_file():
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = path.stat().st_size
        except OSError:
            problem = problem or "cannot be read. Check its permissions."
    return EvidenceFile(name=path.name, kind=kind, sha256=digest, size_bytes=size, problem=problem)
