"""The evidence of one verification: files on disk, decoded where they can be.

A file that cannot be used is never dropped silently: it stays in the list with its problem, and
becomes an `unknown` finding of the check that it was sent for. That is said once, by the step that
reads the file first; a later process that needs the pixels again reads the usable ones only.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from models.finding import Check, EvidenceClass, Finding, Seen, Status
from models.verification import EvidenceFile, EvidenceKind
from verifiers.imaging import UnusableInput
from verifiers.picture import Clip
from verifiers.unusable import shown_name

Loaded = TypeVar("Loaded")


@dataclass(frozen=True)
class FilesRead(Generic[Loaded]):
    """What could be made of the files of one kind."""

    loaded: tuple[Loaded, ...]
    """Of those that could be used."""
    files: tuple[EvidenceFile, ...]
    """All of them."""
    findings: tuple[Finding, ...]
    """One `unknown` for each file that could not be used."""


_SENT_FOR = {
    EvidenceKind.DOCUMENT: (Check.DOCUMENT, EvidenceClass.DOCUMENT),
    EvidenceKind.CHIP: (Check.DOCUMENT, EvidenceClass.DOCUMENT),
    EvidenceKind.FOOTAGE: (Check.PRESENCE, EvidenceClass.PRESENCE),
    EvidenceKind.CLAIMS: (Check.HISTORY, EvidenceClass.HISTORY),
}


def read_files(
    kind: EvidenceKind,
    paths: Sequence[Path],
    loader: Callable[[Path], Loaded],
    on_step: Callable[[str], None],
    names: Sequence[str] = (),
) -> FilesRead[Loaded]:
    """Load the files, each in a child process of its own, and keep what went wrong with each.

    They are called by their `names`, or else as they are on disk.
    """
    loaded: list[Loaded] = []
    files: list[EvidenceFile] = []
    findings: list[Finding] = []
    for path, name in zip(paths, names or map(shown_name, paths), strict=True):
        on_step(f"reading {name}")
        problem = None
        try:
            loaded.append(loader(path))
        except UnusableInput as error:
            problem = error.told
            findings.append(unusable(kind, UnusableInput(name, error.problem, error.action)))
        files.append(described(path, name, kind, problem))
    return FilesRead(tuple(loaded), tuple(files), tuple(findings))


def read_again(
    paths: Sequence[Path], usable: Sequence[bool], loader: Callable[[Path], Loaded]
) -> tuple[Loaded, ...]:
    """Load once more the files that could be used before.

    Raises:
        UnusableInput: one of them cannot be used now; the machine is to blame, not the file.
    """
    return tuple(loader(path) for path, good in zip(paths, usable, strict=True) if good)


def called(clips: Sequence[Clip], names: Sequence[str], usable: Sequence[bool]) -> tuple[Clip, ...]:
    """The usable recordings by the names of all: faces are matched to them by name."""
    theirs = (name for name, good in zip(names, usable, strict=True) if good)
    return tuple(replace(clip, file=name) for clip, name in zip(clips, theirs, strict=True))


def unusable(kind: EvidenceKind, error: UnusableInput) -> Finding:
    """What is said of a file that could not be used."""
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


def described(path: Path, name: str, kind: EvidenceKind, problem: str | None) -> EvidenceFile:
    """A file as the list of evidence has it."""
    digest, size = None, 0
    if path.is_file():
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = path.stat().st_size
        except OSError:
            problem = problem or "cannot be read. Check its permissions."
    return EvidenceFile(name=name, kind=kind, sha256=digest, size_bytes=size, problem=problem)
