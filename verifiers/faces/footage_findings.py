"""What the face check says of people in the footage, in sentences: one function per finding."""

from collections.abc import Sequence

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from verifiers.faces.findings import (
    LOOK_ALIKE,
    SEVERAL_PEOPLE,
    STANDS_IN,
    poor_quality,
    region,
    seen_face,
    unknown,
)
from verifiers.faces.matching import DIFFERENT_PERSON
from verifiers.faces.person_change import PersonChange
from verifiers.faces.tracks import Track


def no_face(files: Sequence[str]) -> Finding:
    """Footage without any face, or no footage."""
    why = f"No face was seen in {', '.join(files)}." if files else "No footage was sent."
    return unknown(
        "face.footage.no_face",
        f"There is nobody in the footage to compare with the document. {why}",
        f"We need a recording of your face. {why}",
        seen=tuple(Seen(what="searched for a face", value=file, file=file) for file in files),
        question="Please record yourself facing the camera, with light from the front.",
    )


def second_person(others: Sequence[Track], in_front: Sequence[Track]) -> Finding:
    """Others beside the candidate, some `in_front` of them: told, and held against nobody."""
    count = max(
        sum(file == track.file for track in others) for file in {track.file for track in others}
    )
    people = "another person is" if count == 1 else f"{count} other people are"
    larger = any(track in in_front for track in others)
    look = " A face is larger than the candidate's: look who is the candidate." if larger else ""
    return unknown(
        "face.footage.second_person",
        f"Beside the candidate {people} in the picture; only the candidate was compared.{look}",
        f"In your recording {people} in the picture.",
        seen=tuple(
            seen_face(
                "another person, larger than the candidate, frames seen"
                if track in in_front
                else "another person, frames seen",
                float(len(track.rated)),
                track.described[0],
            )
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
        return unknown(
            "face.match.undecided",
            f"Whether the person in {track.file} is the candidate of the other recording cannot be "
            f"told at the distance {distance:.2f}: a person must look.",
            f"We could not tell by machine whether {track.file} shows you.",
            seen=seen,
            innocent=LOOK_ALIKE,
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
