"""The demo's candidates: files on disk as a recruiter would receive them, and what to expect.

`write` makes them from code in some seconds; files written by the same code before are used again.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from models.verdict import Outcome
from samples import careers, footage, tampering
from samples.careers import Resume
from samples.holder import ANNA, Holder
from samples.mrz_lines import Format
from samples.photograph import jpeg, photograph
from samples.portraits import identity_one
from samples.specimen import render
from samples.tampering import Tampering


@dataclass(frozen=True)
class Shot:
    """How the document is photographed: `photograph`'s scale and blur."""

    scale: float = 1
    blur: float = 0.6


@dataclass(frozen=True, eq=False)
class Candidate:
    """A sample candidate as a recipe. `clip` names the footage in `footage.KINDS`."""

    name: str
    title: str
    story: str
    expected: Outcome
    format: Format = "TD3"
    tampering: tuple[Tampering, ...] = ()
    shot: Shot = Shot()
    clip: str = "genuine"
    career: Callable[[Holder], Resume] = careers.coherent
    claimed: Holder = ANNA
    """Whom they claim to be. The document's holder is always `ANNA`."""


@dataclass(frozen=True, eq=False)
class CandidateFiles:
    """A sample candidate's evidence, written to disk."""

    name: str
    title: str
    story: str
    expected: Outcome
    documents: tuple[Path, ...]
    footage: tuple[Path, ...]
    claims: Path


_FORGED_BIRTH_DATE = date(1979, 8, 12)

CANDIDATES: tuple[Candidate, ...] = (
    Candidate(
        name="genuine",
        title="Genuine candidate",
        story="A passport in order, the same person live on camera, a history that fits together.",
        expected=Outcome.VERIFIED,
    ),
    Candidate(
        name="altered_document",
        title="Altered passport",
        story="Five years were taken off the printed birth date, and a check digit does not fit.",
        expected=Outcome.REVIEW,
        tampering=(
            tampering.printed_birth_date(_FORGED_BIRTH_DATE),
            tampering.wrong_check_digit(),
        ),
        claimed=replace(ANNA, birth_date=_FORGED_BIRTH_DATE),
    ),
    Candidate(
        name="flat_picture",
        title="Picture held up to the camera",
        story="Nobody is at the camera: a phone showing the passport's owner is turned before it.",
        expected=Outcome.REVIEW,
        clip="flat",
    ),
    Candidate(
        name="someone_else",
        title="Someone else at the camera",
        story="The passport is in order, but another person came to the interview.",
        expected=Outcome.REVIEW,
        clip="someone_else",
    ),
    Candidate(
        name="contradicting_history",
        title="History that contradicts itself",
        story="Passport and face agree; the résumé has work at the age of five.",
        expected=Outcome.NEEDS_INFO,
        career=careers.contradicting,
    ),
    Candidate(
        name="expired_document",
        title="Expired passport",
        story="Everything agrees, but the passport ran out in 2019.",
        expected=Outcome.NEEDS_INFO,
        tampering=(tampering.expired(date(2019, 5, 3)),),
    ),
    Candidate(
        name="identity_card",
        title="Identity card, both sides",
        story="A genuine candidate with a card: the face on its front, the MRZ on its back.",
        expected=Outcome.VERIFIED,
        format="TD1",
    ),
    Candidate(
        name="poor_picture",
        title="Genuine candidate, poor picture",
        story="The passport was photographed from too far away to be read.",
        expected=Outcome.NEEDS_INFO,
        shot=Shot(scale=0.13),
    ),
)


def write(
    folder: Path,
    names: Iterable[str] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> list[CandidateFiles]:
    """Write the named candidates (all of them by default), each into a folder of its own.

    `progress` is told in a few words what is being made; it hears nothing where files written
    by the same version of the samples are already there.
    """
    known = {candidate.name: candidate for candidate in CANDIDATES}
    wanted = list(known if names is None else names)
    if unknown := [name for name in wanted if name not in known]:
        raise ValueError(f"no sample candidate {', '.join(unknown)}; there are {', '.join(known)}")
    clips: dict[str, Path] = {}
    return [_write_one(known[name], folder / name, clips, progress) for name in wanted]


def _write_one(
    candidate: Candidate, folder: Path, clips: dict[str, Path], tell: Callable[[str], None]
) -> CandidateFiles:
    """`clips` holds the footage written so far, by kind: several candidates show the same."""
    sides = {"TD1": ("document_front.jpg", "document_back.jpg")}
    documents = tuple(folder / name for name in sides.get(candidate.format, ("document.jpg",)))
    film, claims, stamp = folder / "footage.mp4", folder / "claims.json", folder / "version"
    files = CandidateFiles(
        name=candidate.name,
        title=candidate.title,
        story=candidate.story,
        expected=candidate.expected,
        documents=documents,
        footage=(film,),
        claims=claims,
    )
    complete = all(path.exists() for path in (*documents, film, claims, stamp))
    if not complete or stamp.read_text() != version():
        folder.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        tell(f"{candidate.title}: document")
        pictures = _documents(candidate.format, candidate.tampering, candidate.shot)
        for path, picture in zip(documents, pictures, strict=True):
            path.write_bytes(picture)
        claims.write_text(
            json.dumps(candidate.career(candidate.claimed), indent=2, ensure_ascii=False)
        )
        if candidate.clip in clips:
            shutil.copyfile(clips[candidate.clip], film)
        else:
            tell(f"{candidate.title}: footage")
            footage.write(footage.KINDS[candidate.clip](0), film)
        # Last: a folder left half written has no stamp and is made anew.
        stamp.write_text(version())
    clips[candidate.clip] = film
    return files


@cache
def _documents(format: Format, tampering: tuple[Tampering, ...], shot: Shot) -> tuple[bytes, ...]:
    """The document's sides as photographs, JPEG. A phone's camera, good light, held by hand."""
    specimen = render(ANNA, format, identity_one(), tampering=tampering)
    pictures = []
    for turn, side in enumerate(specimen.sides):
        picture = photograph(
            side.image,
            tilt_degrees=2.5 - 4 * turn,
            keystone_degrees=7,
            scale=shot.scale,
            blur=shot.blur,
            noise=2,
            seed=turn,
        )
        pictures.append(jpeg(picture.image))
    return tuple(pictures)


@cache
def version() -> str:
    """A digest of the samples' own source: changed code makes the files anew."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
