"""What the face check says, in sentences: one function per finding.

The engine gives distances; nothing here judges looks, origin, age or gender, and no sentence names
them. Indicator ids name signs of fraud that published advisories on remote IT workers describe.
"""

from collections.abc import Sequence

from models.finding import Check, EvidenceClass, Finding, Region, Seen, Status, Strength
from models.person import Band
from verifiers.face_engine import Face
from verifiers.faces.cutout import CutFace
from verifiers.faces.ghost import Ghost
from verifiers.faces.matching import DIFFERENT_PERSON, Bands
from verifiers.faces.person_change import PersonChange
from verifiers.faces.templates import DescribedFace
from verifiers.faces.tracks import Track
from verifiers.picture import Picture

STANDS_IN = "DPRK-ID-01"
"""Someone else sits the interview."""
SOMEONE_ELSE_WORKS = "DPRK-ID-02"
"""Someone else works than was interviewed."""
SEVERAL_PEOPLE = "DPRK-ID-13"
FORGED = "DPRK-DOC-01"
"""The document was altered."""

_LOOK_ALIKE = (
    "Years between the pictures, a beard, glasses, make-up, illness, strong light from one side "
    "or a poor print move the distance; so does a portrait printed in black and white."
)


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
        f"a person looks to {bands.unknown:.2f}, contradicts above"
    )
    return (
        Seen(what="distance between the faces", value=round(distance, 3), unit="unit distance"),
        Seen(what="bands of this kind of pair", value=scale),
        *places,
    )


def match(band: Band, seen: tuple[Seen, ...], distance: float) -> Finding:
    """The portrait on the document against the candidate in the footage, both of good quality."""
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
            innocent_explanation=_LOOK_ALIKE + " The document may be another person's, sent by "
            "mistake.",
            question="Please send a new recording in even light and a sharp picture of a recent "
            "document of your own.",
        )
    if band is Band.UNKNOWN:
        return Finding(
            code="face.match.undecided",
            check=Check.FACE,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.BIOMETRIC,
            seen=seen,
            for_recruiter=f"At good quality the distance {distance:.2f} between document and "
            "footage fits the same person as well as two people: a person must look at both.",
            for_candidate="We could not tell by machine whether your recording shows the person on "
            "your document; a person will look at both.",
            innocent_explanation=_LOOK_ALIKE,
            question="A more recent document, or a recording without glasses and in even light, "
            "may settle it.",
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


def poor_quality(problems: Sequence[str], seen: tuple[Seen, ...]) -> Finding:
    """A comparison that was not made, because one side does not show enough."""
    retake = " ".join(dict.fromkeys(problems))
    return _unknown(
        "face.match.poor_quality",
        f"Document and footage could not be compared: {retake}",
        f"Please send it again. {retake}",
        seen=seen,
        question=retake,
    )


def portrait_not_found(problems: Sequence[str], files: Sequence[str]) -> Finding:
    """No portrait to compare with: why, and what to send."""
    why = " ".join(dict.fromkeys(problems)) or "No document was sent."
    return _unknown(
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


def no_face(files: Sequence[str]) -> Finding:
    """Footage without any face, or no footage."""
    why = f"No face was seen in {', '.join(files)}." if files else "No footage was sent."
    return _unknown(
        "face.footage.no_face",
        f"There is nobody in the footage to compare with the document. {why}",
        f"We need a recording of your face. {why}",
        seen=tuple(Seen(what="searched for a face", value=file, file=file) for file in files),
        question="Please record yourself facing the camera, with light from the front.",
    )


def second_person(others: Sequence[Track]) -> Finding:
    """Others beside the candidate: told, and held against nobody."""
    count = max(
        sum(file == track.file for track in others) for file in {track.file for track in others}
    )
    people = "another person is" if count == 1 else f"{count} other people are"
    return _unknown(
        "face.footage.second_person",
        f"Beside the candidate {people} in the picture; only the candidate was compared.",
        f"In your recording {people} in the picture.",
        seen=tuple(
            seen_face("another person, frames seen", float(len(track.rated)), track.described[0])
            for track in others
        ),
        innocent=(
            "An interviewer's tile, a passer-by, family, a photograph or a screen on the wall."
        ),
        question="If someone was with you, please say who; best is a recording of you alone.",
        indicators=(SEVERAL_PEOPLE,),
    )


def person_changed(change: PersonChange) -> Finding:
    """The face in one place of the picture became someone else's."""
    first = change.before
    seen = (
        Seen(
            what="before",
            value="one person",
            file=first.file,
            frame_seconds=first.frame.seconds,
            region=region(first.face),
        ),
        seen_face("after", "another person", change),
        Seen(what="distance between them", value=round(change.distance, 3), unit="unit distance"),
        Seen(what="the rest of the picture stayed the same", value=change.same_scene),
    )
    when = f"{first.frame.seconds:.1f} and {change.after.frame.seconds:.1f} s of {first.file}"
    # A recorded meeting in speaker view switches the whole picture to whoever speaks: a question,
    # not a suspicion. Another face before the same wall is another matter.
    strength = Strength.WEAK
    if change.same_scene:
        sure = change.distance > DIFFERENT_PERSON
        strength = Strength.STRONG if sure else Strength.MODERATE
    return Finding(
        code="face.footage.person_changed",
        check=Check.FACE,
        status=Status.CONTRADICTS,
        strength=strength,
        evidence_class=EvidenceClass.BIOMETRIC,
        seen=seen,
        indicators=(STANDS_IN,),
        for_recruiter=f"Between {when} another person takes the candidate's place, or gives it back"
        + (", before the same background." if change.same_scene else "; the picture switches too."),
        for_candidate=f"Between {when} someone else is in your place in the recording.",
        innocent_explanation="The meeting's view switched to another speaker, two recordings were "
        "joined, or two people took turns at one computer.",
        question="Please send one recording, unedited, in which only you are seen.",
    )


def other_recording(track: Track, distance: float, *, sure: bool) -> Finding:
    """A recording whose most prominent face is surely not, or not surely, the candidate."""
    seen = (
        seen_face("another face, frames seen", float(len(track.rated)), track.described[0]),
        Seen(what="distance to the candidate", value=round(distance, 3), unit="unit distance"),
    )
    question = f"Who is seen in {track.file}? Please send a recording that shows you."
    if not track.good:
        problems = {p for face in track.described for p in face.rated.quality.problems[:1]}
        return poor_quality([f"{track.file}: {problem}" for problem in sorted(problems)[:1]], seen)
    if not sure:
        return _unknown(
            "face.match.undecided",
            f"Whether the person in {track.file} is the candidate of the other recording cannot be "
            f"told at the distance {distance:.2f}: a person must look.",
            f"We could not tell by machine whether {track.file} shows you.",
            seen=seen,
            innocent=_LOOK_ALIKE,
            question=question,
        )
    return Finding(
        code="face.footage.person_changed",
        check=Check.FACE,
        status=Status.CONTRADICTS,
        strength=Strength.STRONG,
        evidence_class=EvidenceClass.BIOMETRIC,
        seen=seen,
        indicators=(STANDS_IN,),
        for_recruiter=f"The person in {track.file} is not the candidate of the other recording.",
        for_candidate=f"The recording {track.file} shows someone other than your other recording.",
        innocent_explanation="The wrong file was sent, or a view that shows the interviewer only.",
        question=question,
    )


def _unknown(
    code: str,
    for_recruiter: str,
    for_candidate: str,
    *,
    seen: tuple[Seen, ...],
    question: str,
    innocent: str | None = None,
    indicators: tuple[str, ...] = (),
) -> Finding:
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
