"""Everyone in the footage as film strips: a row for a person, their faces in order of time.

Beside anybody else's row stands what to name them by, should they be the candidate.
"""

from collections.abc import Sequence

from service.report.figures import small_picture
from service.report.shown import PeopleShown, PersonShown
from verifiers.face_engine import TrackedFace, aligned_chip
from verifiers.faces import FaceResult
from verifiers.faces.naming import place_of
from verifiers.faces.tracks import Track

FACES_A_ROW = 8
_SIDE = 96
"""Pixels of a face."""


def people_shown(result: FaceResult) -> PeopleShown:
    """The candidate in each recording first, then everyone else, as they come.

    A stretch in which somebody else has the candidate's place is a row of its own.
    """
    files = dict.fromkeys(track.file for track in result.tracks)
    mine = [[t for t in result.candidate if t.file == file] for file in files]
    rows = [_row("The candidate", "good", tracks) for tracks in mine if tracks]
    # An interviewer is someone else too: what it means is for the findings to say.
    other = (track for track in result.tracks if track not in result.candidate)
    for number, track in enumerate(other, start=1):
        who = "Someone else" if track in result.others else "Not surely anybody"
        tone = "plain" if track in result.others else "unknown"
        rows.append(_row(f"{who} ({number})", tone, [track]))
    return PeopleShown(how_chosen=result.how_chosen, rows=tuple(rows))


def _row(who: str, tone: str, tracks: Sequence[Track]) -> PersonShown:
    faces = sorted((f for t in tracks for f in t.faces), key=lambda face: face.frame.seconds)
    return PersonShown(
        who=who,
        tone=tone,
        file=faces[0].file,
        seen_from=faces[0].frame.seconds,
        seen_to=faces[-1].frame.seconds,
        named_as=str(place_of(faces[len(faces) // 2])),
        faces=tuple(
            small_picture(
                aligned_chip(face.frame.pixels, face.face, side=_SIDE),
                f"{face.frame.seconds:.1f} s",
            )
            for face in _spread(faces)
        ),
    )


def _spread(faces: Sequence[TrackedFace]) -> list[TrackedFace]:
    """At most `FACES_A_ROW`, evenly, with the first and the last."""
    count = min(len(faces), FACES_A_ROW)
    steps = max(1, count - 1)
    return [faces[round(i * (len(faces) - 1) / steps)] for i in range(count)]
