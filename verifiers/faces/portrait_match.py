"""A document's portrait against the candidate in the footage: the match, and what to show of it."""

from dataclasses import dataclass

from models.finding import Finding, Seen
from models.person import Band, FaceTemplate, TemplateKind
from verifiers.face_engine import FaceEngine, aligned_chip
from verifiers.faces import findings as say
from verifiers.faces.choosing import Chosen
from verifiers.faces.cohort import CohortAnswer
from verifiers.faces.comparison import Beside, Judgement, judge
from verifiers.faces.cutout import CutFace
from verifiers.faces.matching import FULL_FACES, Bands, bands_for, distance
from verifiers.faces.portraits import Portrait
from verifiers.faces.quality import FaceQuality
from verifiers.faces.templates import DescribedFace, template
from verifiers.picture import Pixels

MOST_FRAMES = 9
"""That go into one live template, over all recordings."""

_SHOWN = 320
"""Pixels of a face that people compare."""


@dataclass(frozen=True, eq=False)
class FaceShown:
    """One face as the report shows it."""

    chip: Pixels
    """`(320, 320, 3)`, upright, eyes level: people can compare what is equally large."""
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
    """`unknown` where a side is too poor to count, the cohort test fails or another engine does not
    agree, whatever the distance; one above the distance's own where the finding says why."""
    bands: Bands
    """The scale that the distance was read on."""
    judgement: Judgement | None
    """What else was heard; `None` where a side is too poor to count."""
    person: FaceTemplate
    """The candidate's, made of the frames of the pairs."""
    pairs: tuple[FacePair, ...]
    """The portrait with each frame that went into the candidate's template."""
    finding: Finding


@dataclass(frozen=True, eq=False)
class Live:
    """The candidate in the footage, ready to compare."""

    frames: tuple[DescribedFace, ...]
    template: FaceTemplate
    problems: tuple[str, ...]
    """Why none of the frames is good; empty where some are."""
    chosen: tuple[Seen, ...]
    """How they were told from others, where there are any."""
    doubt: str | None
    """Why it may be a picture of somebody that was chosen; see `choosing`."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the template tells nothing of the candidate; empty where it does."""
        return (*self.problems, self.doubt) if self.doubt else self.problems

    @property
    def where(self) -> tuple[Seen, ...]:
        frames = (
            say.seen_face("a frame compared, inter-eye pixels", round(_eyes(frame), 1), frame)
            for frame in self.frames
        )
        return (*frames, *self.chosen)

    @property
    def may_settle(self) -> str:
        """What to ask for where a person has to look."""
        alike = self.template.faces < FULL_FACES
        return f"{say.MAY_SETTLE} {say.TURN_THE_HEAD}" if alike else say.MAY_SETTLE


def live_of(engine: FaceEngine, chosen: Chosen) -> Live | None:
    """The candidate's best frames as one template; `None` where nobody was seen."""
    described = [face for track in chosen.candidate for face in track.described]
    if not described:
        return None
    best = [face for face in described if good(face)][:MOST_FRAMES]
    frames = best or described
    problems = () if best else tuple(p for face in frames for p in face.rated.quality.problems[:1])
    return Live(
        tuple(frames),
        template(engine, TemplateKind.LIVE, frames),
        # One sentence a kind of problem is enough: every frame words it with its own figures.
        tuple({problem.split(";")[-1]: problem for problem in problems}.values()),
        chosen.seen,
        chosen.doubt,
    )


def match_portrait(
    engine: FaceEngine, portrait: Portrait, cut: CutFace, live: Live, beside: Beside
) -> FaceMatch:
    """What the portrait and the candidate's template say, with all that was heard `beside` them."""
    problems = [f"{portrait.picture.file}: {problem}" for problem in cut.quality.problems]
    problems += live.problems
    judged = judge(engine, cut.described, live.frames, Beside() if problems else beside)
    apart, bands = judged.distance, judged.bands
    place = say.seen_portrait("the portrait, inter-eye pixels", portrait.picture, cut)
    seen = say.compared(apart, bands, (place, *live.where))
    pairs = tuple(_pair(engine, cut.described, frame) for frame in live.frames)
    if problems:
        finding = say.poor_quality(problems, seen)
        return FaceMatch(apart, Band.UNKNOWN, bands, None, live.template, pairs, finding)
    if beside.gallery:
        seen += (say.beside_others(judged.cohort),)
    seen += tuple(say.second_opinion(told) for told in judged.opinions)
    if judged.raised:
        seen += (say.raised(judged.raised),)
    # A picture on the wall neither is the candidate nor speaks for them.
    doubt = live.doubt if judged.band is not Band.CONTRADICTS else None
    band = Band.UNKNOWN if doubt else judged.band
    if band is Band.UNKNOWN:
        why = doubt or _why_undecided(judged)
        finding = say.undecided(why, seen, say.ALONE if doubt else live.may_settle)
    else:
        finding = say.match(band, seen, apart)
    return FaceMatch(apart, band, bands, judged, live.template, pairs, finding)


def _why_undecided(judged: Judgement) -> str:
    if judged.disagreement:
        return judged.disagreement
    apart = judged.distance
    by_distance = judged.bands.band(apart)
    if by_distance in (Band.STRONG, Band.MODERATE) and judged.cohort.answer is CohortAnswer.FAILED:
        return (
            f"By the distance {apart:.2f} alone the candidate is the person on the document, but "
            "the cohort test does not bear it out, so a person must look at both: "
            f"{judged.cohort.told}."
        )
    return (
        f"At good quality the distance {apart:.2f} between document and footage fits the same "
        "person as well as two people: a person must look at both."
    )


def good(face: DescribedFace) -> bool:
    """Of good quality."""
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
        chip=aligned_chip(seen.frame.pixels, seen.face, side=_SHOWN),
        file=seen.file,
        frame_seconds=None if on_document else seen.frame.seconds,
        quality=face.rated.quality,
    )
