"""The face check: is the person in the footage the one on the document, and the one of before?"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.finding import Finding
from models.named_face import NamedFace
from models.person import Band, EarlierCapture, FaceTemplate, TemplateKind
from models.policy import GalleryCoverage
from verifiers.face_engine import FaceEngine
from verifiers.faces import findings as say
from verifiers.faces import footage_findings
from verifiers.faces.choosing import Chosen, choose, reference_of
from verifiers.faces.comparison import Beside
from verifiers.faces.continuity import continuity
from verifiers.faces.matching import BANDS
from verifiers.faces.naming import NobodyNamed
from verifiers.faces.portrait_match import FaceMatch, good, live_of, match_portrait
from verifiers.faces.portraits import Portrait, find_portrait, find_portraits
from verifiers.faces.second import SecondEngine
from verifiers.faces.signed_portrait import against_chips
from verifiers.faces.templates import template
from verifiers.faces.tracks import Track, follow
from verifiers.page import Page
from verifiers.picture import Clip, Picture


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
    """The candidate's tracks, the one that was chosen first."""
    how_chosen: str
    """How the candidate was told from others, in a sentence or two."""
    others: tuple[Track, ...]
    """Tracks that are surely not the candidate's."""
    matches: tuple[FaceMatch, ...]
    """Of each portrait, the best one first: those that an issuer signed on a chip before those in
    print. Empty where there was nothing to compare (the findings say why)."""

    @property
    def match(self) -> FaceMatch | None:
        """That of the best portrait."""
        return self.matches[0] if self.matches else None


def verify_faces(
    engine: FaceEngine,
    portraits: Sequence[Picture],
    clips: Sequence[Clip],
    *,
    pages: Sequence[Page] = (),
    chips: Sequence[Picture] = (),
    earlier: Sequence[EarlierCapture] | None = None,
    others: Sequence[SecondEngine] = (),
    unheard: Sequence[str] = (),
    gallery: Sequence[FaceTemplate] = (),
    coverage: GalleryCoverage | None = None,
    in_footage: FaceEngine | None = None,
    candidate_at: NamedFace | None = None,
) -> FaceResult:
    """Compare the portraits with the candidate in the footage, and with the earlier stages.

    `portraits` are pictures of the candidate's documents or of their portraits; `pages` the pages
    on them whose place is known; `chips` face images of chips, each signed for a trusted issuer;
    `clips` all footage; `earlier` what was kept at earlier verifications: `None` where nobody asks
    whether it is the same person as before, empty where that is asked and there was none; `others`
    engines without whose support no portrait matches the footage, `unheard` why installed ones
    could not be asked: with any, none does; `gallery` templates of other
    candidates, one each, that a match must stand beside, and `coverage` the operator's word that
    these are people like the applicants; `in_footage` finds the faces there, and describes them as
    `engine` does; `candidate_at` is the face that the recruiter names as the candidate's.
    """
    seen = portraits_on(engine, portraits, pages)
    signed = tuple(find_portrait(engine, picture) for picture in chips)
    # Signed ones first: nobody can have exchanged them, and no printer has been at them.
    found = [
        portrait
        for group in (signed, seen)
        for portrait in sorted((one for one in group if one.face), key=_worth, reverse=True)
    ]
    followed = follow(in_footage or engine, clips, candidate_at)
    chosen = choose(engine, followed, reference_of(engine, found, earlier or ()))
    live = live_of(engine, chosen)
    matches = [
        match_portrait(
            engine,
            portrait,
            portrait.cut,
            live,
            Beside(others, unheard, gallery, coverage, portrait in signed),
        )
        for portrait in found
        if portrait.cut and live
    ]

    findings = [
        *about_ghosts(seen),
        *against_chips(engine, seen, signed),
        *_about_footage(chosen, clips, measured=engine.name in BANDS),
    ]
    if not found:
        problems = [portrait.problem for portrait in seen if portrait.problem]
        findings.append(say.portrait_not_found(problems, [p.file for p in portraits]))
    findings += [match.finding for match in matches]
    if earlier is not None:
        findings += continuity(
            live.template if live else None,
            earlier,
            problems=live.doubts if live else (),
            where=live.where if live else (),
            others=(*(other.name for other in others), *unheard),
        )
    first = found[0].face if found else None
    kept = [template(engine, TemplateKind.PORTRAIT, [first])] if first and good(first) else []
    return FaceResult(
        findings=tuple(findings),
        portraits=seen,
        templates=(*kept, live.template) if live and not live.doubts else tuple(kept),
        tracks=chosen.tracks,
        candidate=chosen.candidate,
        how_chosen=chosen.told,
        others=chosen.others,
        matches=tuple(matches),
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


def _about_footage(chosen: Chosen, clips: Sequence[Clip], *, measured: bool) -> list[Finding]:
    """`measured`: how far apart two people are is known of this engine; else nobody is another."""
    findings = [chosen.named.finding] if isinstance(chosen.named, NobodyNamed) else []
    if not chosen.candidate:
        return [*findings, footage_findings.no_face([clip.file for clip in clips])]
    changes = chosen.changes if measured else ()
    findings += [footage_findings.person_changed(change) for change in changes]
    for track in chosen.elsewhere:
        apart = track.distance(chosen.candidate[0].descriptor)
        sure = measured and chosen.is_other(track)
        findings.append(footage_findings.other_recording(track, apart, sure=sure))
    return (
        [*findings, footage_findings.second_person(chosen.beside, chosen.in_front)]
        if chosen.beside
        else findings
    )


def _worth(portrait: Portrait) -> tuple[bool, float]:
    """Which of several portraits to go by: a good one, then the one that shows most."""
    quality = portrait.cut.quality if portrait.cut else None
    return (quality.good, quality.rank) if quality else (False, 0.0)
