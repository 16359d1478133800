"""One portrait against photographs of one person: how far apart, and what that allows to be said.

The same judgement that a verification makes of a portrait and of footage, without any footage:
`judge` is shared by both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.person import Band, FaceTemplate, TemplateKind
from models.policy import GalleryCoverage
from verifiers.face_engine import FaceEngine
from verifiers.faces.cohort import CohortTest, cohort_test, with_cohort
from verifiers.faces.matching import NOT_MEASURED, Bands, bands_for, colourless, distance, pair_kind
from verifiers.faces.portraits import Portrait, find_portrait
from verifiers.faces.quality import FaceQuality
from verifiers.faces.raising import Raise, raised
from verifiers.faces.second import (
    Opinion,
    SecondEngine,
    disagreeing,
    disagreement,
    not_asked,
    opinion,
)
from verifiers.faces.templates import DescribedFace, template
from verifiers.picture import Picture


@dataclass(frozen=True)
class Beside:
    """What a comparison is held against besides its own distance."""

    others: Sequence[SecondEngine] = ()
    """Engines without whose support there is no match."""
    unheard: Sequence[str] = ()
    """Why an installed one could not be asked, for each of these; with any there is no match."""
    gallery: Sequence[FaceTemplate] = ()
    """Of other people, one each; see `cohort`."""
    coverage: GalleryCoverage | None = None
    """The operator's word that the gallery covers the applicants."""
    signed: bool = False
    """The portrait is that of a chip, signed for an issuer that is trusted; see `raising`."""


@dataclass(frozen=True)
class Judgement:
    """Two templates, judged as if of good quality."""

    distance: float
    bands: Bands
    """The scale that the distance was read on."""
    cohort: CohortTest
    opinions: tuple[Opinion, ...]
    raised: Raise | None
    """Why the band is one above that of the distance; `None` where it is not."""
    band: Band
    """After all that was asked; `unknown` where another engine does not agree."""
    disagreement: str | None
    """Why the band is `unknown` whatever the distance, for the person who is to look: which engine
    does not agree, or could not be asked, or has no bands."""


@dataclass(frozen=True)
class FaceComparison:
    """A portrait and another person's photographs compared, or why they could not be."""

    judgement: Judgement | None
    """`None` where there was nothing to compare. Its own band knows nothing of poor pictures."""
    band: Band
    """`unknown` also where a picture is too poor to count, whatever the distance."""
    portrait_quality: FaceQuality | None
    face_quality: FaceQuality | None
    """Of the best of the photographs."""
    problem: str | None
    """What is wrong with which picture and what to do, or which engine does not agree."""

    @property
    def distance(self) -> float | None:
        return self.judgement.distance if self.judgement else None

    @property
    def raised(self) -> Raise | None:
        """Why the band is one above that of the distance; `None` where it is not."""
        return self.judgement.raised if self.judgement else None

    @property
    def opinions(self) -> tuple[Opinion, ...]:
        """What each other engine says of the two faces."""
        return self.judgement.opinions if self.judgement else ()


def compare(
    engine: FaceEngine,
    portrait: Picture,
    *faces: Picture,
    others: Sequence[SecondEngine] = (),
    unheard: Sequence[str] = (),
    gallery: Sequence[FaceTemplate] = (),
    coverage: GalleryCoverage | None = None,
) -> FaceComparison:
    """A portrait against one photograph, or against several of one person that make one template.

    A match needs the support of the `others` too, which may raise its band, and must stand beside
    the people of a `gallery` of 20 or more. Of several photographs, those too poor to count are
    named and left out.
    """
    if not faces:
        raise ValueError("there is no photograph to compare with")
    one, *rest = sides = [find_portrait(engine, picture) for picture in (portrait, *faces)]
    problems = [problem for side in sides for problem in _problems(side)]
    found = sorted((f for side in rest if (f := side.face)), key=_rank, reverse=True)
    good = [face for face in found if face.rated.quality.good]
    shown = one.face.rated.quality if one.face else None
    best = found[0].rated.quality if found else None
    if one.face is None or not found:
        return FaceComparison(None, Band.UNKNOWN, shown, best, " ".join(problems))
    judgement = judge(engine, one.face, good or found, Beside(others, unheard, gallery, coverage))
    if judgement.disagreement:
        problems.append(judgement.disagreement)
    counts = good and one.face.rated.quality.good
    return FaceComparison(
        judgement=judgement,
        band=judgement.band if counts else Band.UNKNOWN,
        portrait_quality=shown,
        face_quality=best,
        problem=" ".join(problems) or None,
    )


def judge(
    engine: FaceEngine, portrait: DescribedFace, person: Sequence[DescribedFace], beside: Beside
) -> Judgement:
    """A portrait against a person's faces, one or more, as one template."""
    one = template(engine, TemplateKind.PORTRAIT, [portrait])
    two = template(engine, TemplateKind.LIVE, person)
    apart, bands = distance(one, two), bands_for(one, two)
    test = cohort_test(one, two, beside.gallery)
    sides = [[face.rated.seen for face in side] for side in ([portrait], person)]
    opinions = tuple(opinion(other, *sides) for other in beside.others)
    left = with_cohort(
        bands.band(apart),
        apart,
        pair_kind(one, two),
        test,
        beside.coverage if bands.measured else None,
        colourless=colourless(one, two),
    )
    step = (
        raised(apart, bands, left, test, opinions, signed=beside.signed)
        if bands.measured
        and not beside.unheard
        and all(face.rated.quality.good for face in (portrait, *person))
        else None
    )
    band = step.band if step else left
    against = disagreeing(band, opinions)
    told = [disagreement(against)] if against else []
    if beside.unheard and band in (Band.STRONG, Band.MODERATE):
        told.append(not_asked(beside.unheard))
    if not bands.measured:
        told.append(f"A person must look: {NOT_MEASURED}, {engine.name}.")
    return Judgement(
        distance=apart,
        bands=bands,
        cohort=test,
        opinions=opinions,
        raised=step,
        band=Band.UNKNOWN if told else band,
        disagreement=" ".join(told) or None,
    )


def person_template(engine: FaceEngine, pictures: Sequence[Picture]) -> FaceTemplate | None:
    """One person's template from their photographs; `None` where none shows a good face."""
    faces = [face for picture in pictures if (face := find_portrait(engine, picture).face)]
    good = [face for face in faces if face.rated.quality.good]
    return template(engine, TemplateKind.LIVE, good) if good else None


def _problems(side: Portrait) -> list[str]:
    if side.face is None:
        return [side.problem] if side.problem else []
    return [f"{side.picture.file}: {problem}" for problem in side.face.rated.quality.problems]


def _rank(face: DescribedFace) -> float:
    return face.rated.quality.rank
