"""The face check: is the person in the footage the one on the document, and the one of before?

`verify_faces` answers for a verification, `compare` for two photographs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.finding import Finding, Seen
from models.person import Band, EarlierCapture, FaceTemplate, TemplateKind
from verifiers.face_engine import FaceEngine, aligned_chip
from verifiers.faces import findings as say
from verifiers.faces.continuity import continuity
from verifiers.faces.cutout import CutFace
from verifiers.faces.matching import Bands, bands_for, distance
from verifiers.faces.portraits import Portrait, find_portrait, find_portraits
from verifiers.faces.quality import FaceQuality
from verifiers.faces.signed_portrait import against_chips
from verifiers.faces.templates import DescribedFace, template
from verifiers.faces.tracks import Chosen, Track, choose, follow
from verifiers.page import Page
from verifiers.picture import Clip, Picture, Pixels

MOST_FRAMES = 9
"""That go into one live template, over all recordings."""


@dataclass(frozen=True, eq=False)
class FaceShown:
    """One face as the report shows it."""

    chip: Pixels
    """`(160, 160, 3)`, upright, eyes level."""
    file: str
    frame_seconds: float | None
    """`None` on a document."""
    quality: FaceQuality


@dataclass(frozen=True, eq=False)
class FacePair:
    """A portrait beside one frame of the footage, with how far apart the two alone are."""

    portrait: FaceShown
    frame: FaceShown
    distance: float
    band: Band
    """Of these two pictures alone, by the bands of one photograph against another."""


@dataclass(frozen=True)
class FaceMatch:
    """One portrait against the candidate in the footage, template against template."""

    distance: float
    band: Band
    """`unknown` where a side is too poor to count, whatever the distance."""
    bands: Bands
    """The scale that the distance was read on."""
    finding: Finding


@dataclass(frozen=True, eq=False)
class FaceResult:
    """What the face check saw and says."""

    findings: tuple[Finding, ...]
    portraits: tuple[Portrait, ...]
    """Of every picture at least one, found or not, in the order of the pictures."""
    templates: tuple[FaceTemplate, ...]
    """Of the portrait and of the candidate in the footage, where there was a good one."""
    tracks: tuple[Track, ...]
    """Of everyone in the footage; liveness uses their faces again."""
    candidate: tuple[Track, ...]
    """The candidate's tracks, the one that agrees best with the portrait first."""
    pairs: tuple[FacePair, ...]
    """The portrait with each frame that went into the candidate's template."""
    match: FaceMatch | None
    """Of the best portrait; `None` where there was nothing to compare (the findings say why)."""


@dataclass(frozen=True)
class FaceComparison:
    """Two photographs compared, or why they could not be."""

    portrait_file: str
    face_file: str
    distance: float | None
    band: Band
    """`unknown` also where a picture is too poor to count, whatever the distance."""
    portrait_quality: FaceQuality | None
    face_quality: FaceQuality | None
    problem: str | None
    """What is wrong with which picture and what to do."""


def compare(engine: FaceEngine, portrait: Picture, face: Picture) -> FaceComparison:
    """One photograph against another, by the bands of two photographs."""
    sides = [find_portrait(engine, picture) for picture in (portrait, face)]
    problems = [side.problem for side in sides if side.problem]
    qualities = [side.face.rated.quality if side.face else None for side in sides]
    apart: float | None = None
    band = Band.UNKNOWN
    one, two = (side.face for side in sides)
    if one and two:
        pair = _pair(engine, one, two)
        apart = pair.distance
        problems += [
            f"{side.picture.file}: {problem}"
            for side, quality in zip(sides, qualities, strict=True)
            for problem in (quality.problems if quality else ())
        ]
        band = pair.band if not problems else Band.UNKNOWN
    return FaceComparison(
        portrait_file=portrait.file,
        face_file=face.file,
        distance=apart,
        band=band,
        portrait_quality=qualities[0],
        face_quality=qualities[1],
        problem=" ".join(problems) or None,
    )


def verify_faces(
    engine: FaceEngine,
    portraits: Sequence[Picture],
    clips: Sequence[Clip],
    *,
    pages: Sequence[Page] = (),
    chips: Sequence[Picture] = (),
    earlier: Sequence[EarlierCapture] | None = None,
) -> FaceResult:
    """Compare the portraits with the candidate in the footage, and with the earlier stages.

    `portraits` are pictures of the candidate's documents or of their portraits; `pages` the pages
    on them whose place is known; `chips` face images of chips that an issuer signed; `clips` all
    footage; `earlier` what was kept at earlier verifications: `None` where nobody asks whether it
    is the same person as before, empty where that is asked and there was none.
    """
    seen = portraits_on(engine, portraits, pages)
    signed = tuple(find_portrait(engine, picture) for picture in chips)
    # Signed ones first: nobody can have exchanged them, and no printer has been at them.
    found = [
        portrait
        for group in (signed, seen)
        for portrait in sorted((one for one in group if one.face), key=_worth, reverse=True)
    ]
    chosen = choose(engine, follow(engine, clips), _reference(engine, found, earlier or ()))
    live = _live(engine, chosen)
    matches = [
        _match(engine, portrait, portrait.cut, live) for portrait in found if portrait.cut and live
    ]

    findings = [
        *about_ghosts(seen),
        *against_chips(engine, seen, signed),
        *_about_footage(chosen, clips),
    ]
    if not found:
        problems = [portrait.problem for portrait in seen if portrait.problem]
        findings.append(say.portrait_not_found(problems, [p.file for p in portraits]))
    findings += [match.finding for match in matches]
    if earlier is not None:
        findings += continuity(
            live.template if live else None,
            earlier,
            problems=live.problems if live else (),
            where=live.where if live else (),
        )
    first = found[0].face if found else None
    kept = [template(engine, TemplateKind.PORTRAIT, [first])] if first and _good(first) else []
    return FaceResult(
        findings=tuple(findings),
        portraits=seen,
        templates=(*kept, live.template) if live and not live.problems else tuple(kept),
        tracks=chosen.tracks,
        candidate=chosen.candidate,
        pairs=tuple(_pair(engine, first, frame) for frame in live.frames) if first and live else (),
        match=matches[0] if matches else None,
    )


def portraits_on(
    engine: FaceEngine, pictures: Sequence[Picture], pages: Sequence[Page]
) -> tuple[Portrait, ...]:
    """The portraits on these pictures of documents, at least one answer for each picture."""
    return tuple(
        portrait
        for picture in pictures
        for portrait in find_portraits(
            engine, picture, [page for page in pages if page.picture is picture]
        )
    )


def about_ghosts(portraits: Sequence[Portrait]) -> list[Finding]:
    """What ghost portraits contradict; one that agrees, or is not clear, is only shown."""
    return [
        say.other_ghost(portrait.picture, portrait.cut, portrait.ghost)
        for portrait in portraits
        if portrait.cut and portrait.ghost and portrait.ghost.band is Band.CONTRADICTS
    ]


@dataclass(frozen=True, eq=False)
class _Live:
    """The candidate in the footage, ready to compare."""

    frames: tuple[DescribedFace, ...]
    template: FaceTemplate
    problems: tuple[str, ...]
    """Why none of the frames is good; empty where some are."""

    @property
    def where(self) -> tuple[Seen, ...]:
        return tuple(
            say.seen_face("a frame compared, inter-eye pixels", round(_eyes(frame), 1), frame)
            for frame in self.frames
        )


def _live(engine: FaceEngine, chosen: Chosen) -> _Live | None:
    described = [face for track in chosen.candidate for face in track.described]
    if not described:
        return None
    good = [face for face in described if _good(face)][:MOST_FRAMES]
    frames = good or described
    problems = () if good else tuple(p for face in frames for p in face.rated.quality.problems[:1])
    return _Live(
        tuple(frames),
        template(engine, TemplateKind.LIVE, frames),
        # One sentence a kind of problem is enough: every frame words it with its own figures.
        tuple({problem.split(";")[-1]: problem for problem in problems}.values()),
    )


def _match(engine: FaceEngine, portrait: Portrait, cut: CutFace, live: _Live) -> FaceMatch:
    one = template(engine, TemplateKind.PORTRAIT, [cut.described])
    apart, bands = distance(one, live.template), bands_for(one, live.template)
    place = say.seen_portrait("the portrait, inter-eye pixels", portrait.picture, cut)
    seen = say.compared(apart, bands, (place, *live.where))
    problems = [f"{portrait.picture.file}: {problem}" for problem in cut.quality.problems]
    problems += live.problems
    band = bands.band(apart) if not problems else Band.UNKNOWN
    return FaceMatch(
        distance=apart,
        band=band,
        bands=bands,
        finding=say.poor_quality(problems, seen) if problems else say.match(band, seen, apart),
    )


def _about_footage(chosen: Chosen, clips: Sequence[Clip]) -> list[Finding]:
    if not chosen.candidate:
        return [say.no_face([clip.file for clip in clips])]
    findings = [say.person_changed(change) for change in chosen.changes]
    for track in chosen.elsewhere:
        apart = track.distance(chosen.candidate[0].descriptor)
        sure = chosen.is_other(track)
        findings.append(say.other_recording(track, apart, sure=sure))
    return [*findings, say.second_person(chosen.beside)] if chosen.beside else findings


def _reference(
    engine: FaceEngine, found: Sequence[Portrait], earlier: Sequence[EarlierCapture]
) -> NDArray[np.float64] | None:
    """Whom the candidate is looked for by: the portrait now, that of then, or the footage then.

    Of several kept, the latest: it is the nearest in age.
    """
    if found and found[0].face:
        return found[0].face.descriptor
    latest_first = sorted(earlier, key=lambda capture: capture.captured_at, reverse=True)
    kept = [t for capture in latest_first for t in capture.templates if t.engine == engine.name]
    portraits_first = sorted(kept, key=lambda t: t.kind is TemplateKind.LIVE)
    return np.array(portraits_first[0].vector) if portraits_first else None


def _worth(portrait: Portrait) -> tuple[bool, float]:
    """Which of several portraits to go by: a good one, then the one that shows most."""
    quality = portrait.cut.quality if portrait.cut else None
    return (quality.good, quality.rank) if quality else (False, 0.0)


def _good(face: DescribedFace) -> bool:
    return face.rated.quality.good


def _eyes(face: DescribedFace) -> float:
    return face.rated.quality.inter_eye_distance


def _pair(engine: FaceEngine, portrait: DescribedFace, frame: DescribedFace) -> FacePair:
    one, two = (template(engine, TemplateKind.PORTRAIT, [face]) for face in (portrait, frame))
    apart = distance(one, two)
    shown = _shown(portrait, on_document=True), _shown(frame, on_document=False)
    return FacePair(*shown, apart, bands_for(one, two).band(apart))


def _shown(face: DescribedFace, *, on_document: bool) -> FaceShown:
    seen = face.rated.seen
    return FaceShown(
        chip=aligned_chip(seen.frame.pixels, seen.face),
        file=seen.file,
        frame_seconds=None if on_document else seen.frame.seconds,
        quality=face.rated.quality,
    )
