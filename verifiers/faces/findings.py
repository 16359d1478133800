"""What the face check says of portraits and matches, in sentences: one function per finding.

The engine gives distances; nothing here judges looks, origin, age or gender, and no sentence names
them. Indicator ids name signs of fraud that published advisories on remote IT workers describe.
"""

from collections.abc import Sequence

from models.finding import Check, EvidenceClass, Finding, Region, Seen, Status, Strength
from models.person import Band
from verifiers.face_engine import Face
from verifiers.faces.cohort import CohortTest
from verifiers.faces.cutout import CutFace
from verifiers.faces.ghost import Ghost
from verifiers.faces.matching import NOT_MEASURED, Bands
from verifiers.faces.person_change import PersonChange
from verifiers.faces.raising import Raise
from verifiers.faces.second import Opinion
from verifiers.faces.templates import DescribedFace
from verifiers.picture import Picture

STANDS_IN = "DPRK-ID-01"
"""Someone else sits the interview."""
SOMEONE_ELSE_WORKS = "DPRK-ID-02"
"""Someone else works than was interviewed."""
SEVERAL_PEOPLE = "DPRK-ID-13"
FORGED = "DPRK-DOC-01"
"""The document was altered."""

LOOK_ALIKE = (
    "Years between the pictures, a beard, glasses, make-up, illness, strong light from one side "
    "or a poor print move the distance; so does a portrait printed in black and white."
)
MAY_SETTLE = (
    "A more recent document, or a recording without glasses and in even light, may settle it."
)
ALONE = "Please send a recording in which only you are seen."
TURN_THE_HEAD = "Please turn your head a little to each side while you record."
"""Frames that differ make a full template, which is read on wider bands of support."""


def region(face: Face) -> Region:
    """The face's box on its picture."""
    return Region.box(face.left, face.top, face.right, face.bottom)


def seen_face(what: str, value: float | str, face: DescribedFace | PersonChange) -> Seen:
    """A value at the place and time where its face was seen."""
    seen = face.after if isinstance(face, PersonChange) else face.rated.seen
    return Seen(
        what=what,
        value=value,
        file=seen.file,
        frame_seconds=seen.frame.seconds,
        region=region(seen.face),
    )


def seen_portrait(what: str, picture: Picture, cut: CutFace) -> Seen:
    """A portrait's size in pixels at its place on the page that was sent."""
    return Seen(
        what=what,
        value=round(cut.quality.inter_eye_distance, 1),
        file=picture.file,
        page=picture.page,
        region=cut.box,
    )


def compared(distance: float, bands: Bands, places: Sequence[Seen]) -> tuple[Seen, ...]:
    """A distance, the scale it is read on, and where both faces are."""
    scale = (
        f"strong to {bands.strong:.2f}, moderate to {bands.moderate:.2f}, "
        f"a person looks to {bands.unknown:.2f}, contradicts above. {bands.impostors}"
        if bands.measured
        else NOT_MEASURED
    )
    return (
        Seen(what="distance between the faces", value=round(distance, 3), unit="unit distance"),
        Seen(what="bands of this kind of pair", value=scale),
        *places,
    )


def match(band: Band, seen: tuple[Seen, ...], distance: float) -> Finding:
    """The portrait on the document against the candidate in the footage, both of good quality.

    `band` says something; where it is `unknown`, see `undecided`.
    """
    if band is Band.CONTRADICTS:
        return Finding(
            code="face.match.other_person",
            check=Check.FACE,
            status=Status.CONTRADICTS,
            strength=Strength.STRONG,
            evidence_class=EvidenceClass.BIOMETRIC,
            seen=seen,
            indicators=(STANDS_IN,),
            for_recruiter=f"The face in the footage is not the one on the document: the distance "
            f"{distance:.2f} lies where no two pictures of one person were measured.",
            for_candidate="The face in your recording does not match your document's portrait.",
            innocent_explanation=LOOK_ALIKE + " The document may be another person's, sent by "
            "mistake.",
            question="Please send a new recording in even light and a sharp picture of a recent "
            "document of your own.",
        )
    return Finding(
        code="face.match.supported",
        check=Check.FACE,
        status=Status.SUPPORTS,
        strength=Strength(band.value),
        evidence_class=EvidenceClass.BIOMETRIC,
        seen=seen,
        indicators=(STANDS_IN,),
        for_recruiter=f"The candidate in the footage is the person on the document (distance "
        f"{distance:.2f}, band {band.value}); a twin would be too.",
        for_candidate="Your recording shows the person on your document.",
    )


def undecided(why: str, seen: tuple[Seen, ...], question: str) -> Finding:
    """A match of good quality that a person has to look at, and why."""
    return unknown(
        "face.match.undecided",
        why,
        "We could not tell by machine whether your recording shows the person on your document; a "
        "person will look at both.",
        seen=seen,
        innocent=LOOK_ALIKE,
        question=question,
    )


def poor_quality(problems: Sequence[str], seen: tuple[Seen, ...]) -> Finding:
    """A comparison that was not made, because one side does not show enough."""
    retake = " ".join(dict.fromkeys(problems))
    return unknown(
        "face.match.poor_quality",
        f"Document and footage could not be compared: {retake}",
        f"Please send it again. {retake}",
        seen=seen,
        question=retake,
    )


def second_opinion(opinion: Opinion) -> Seen:
    """What another engine says of the same faces."""
    return Seen(what="another engine", value=opinion.told)


def raised(step: Raise) -> Seen:
    """Why the band is one above that of the distance."""
    return Seen(what="band raised", value=step.told)


def beside_others(test: CohortTest) -> Seen:
    """How the pair stands beside the tenant's other candidates."""
    return Seen(what="compared with other people", value=test.told)


def portrait_not_found(problems: Sequence[str], files: Sequence[str]) -> Finding:
    """No portrait to compare with: why, and what to send."""
    why = " ".join(dict.fromkeys(problems)) or "No document was sent."
    return unknown(
        "face.portrait.not_found",
        f"There is no portrait to compare the footage with. {why}",
        f"We need the portrait of your document. {why}",
        seen=tuple(Seen(what="searched for a portrait", value=file, file=file) for file in files),
        question="Please send the page with your portrait, flat, whole and in even light.",
    )


def other_ghost(portrait: Picture, main: CutFace, ghost: Ghost) -> Finding:
    """The ghost portrait on the page clearly shows another person than the main portrait."""
    places = (("the portrait", main), ("the ghost portrait", ghost.cut))
    return Finding(
        code="document.ghost_portrait",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=compared(
            ghost.distance,
            ghost.bands,
            [seen_portrait(f"{what}, inter-eye pixels", portrait, cut) for what, cut in places],
        ),
        indicators=(FORGED,),
        for_recruiter="The small second portrait on the document shows another person than the "
        f"large one (distance {ghost.distance:.2f}): the large one may have been exchanged.",
        for_candidate="The two portraits on your document do not seem to show the same person.",
        innocent_explanation="Some documents show a public figure or an ornament with a face; a "
        "second portrait that is printed poorly or under glare may not resemble the first.",
        question="Please send a sharper picture of the page without glare, or another document.",
    )


def unknown(
    code: str,
    for_recruiter: str,
    for_candidate: str,
    *,
    seen: tuple[Seen, ...],
    question: str,
    innocent: str | None = None,
    indicators: tuple[str, ...] = (),
) -> Finding:
    """What could not be judged, and what to ask for."""
    return Finding(
        code=code,
        check=Check.FACE,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.BIOMETRIC,
        seen=seen,
        indicators=indicators,
        for_recruiter=for_recruiter,
        for_candidate=for_candidate,
        innocent_explanation=innocent,
        question=question,
    )
