"""The candidate as a recruiter names them: whose face is at that place, at that moment.

A name only says whom to compare. Where it does not surely lead to one face, nobody is picked in
its stead: the reason is told, and the candidate is looked for as if nobody had been named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from models.finding import Check, EvidenceClass, Finding, Region, Seen, Status
from models.named_face import FramePoint, NamedFace
from verifiers.face_engine import Face, TrackedFace
from verifiers.picture import Clip, Frame

LOOKED_AT_WITHIN = 2.0
"""Seconds. Of a long recording few frames are at hand: at 30 s from one, a call may show others."""
REACH = 1.0
"""Widths of a face, from its middle: a point on the hair or on the shirt still names somebody."""


@dataclass(frozen=True, eq=False)
class FaceNamed:
    """The face that was named."""

    named: NamedFace
    face: TrackedFace


@dataclass(frozen=True)
class NobodyNamed:
    """Why a name leads to no face."""

    named: NamedFace
    problem: str
    """A sentence: what there is instead, and what to name."""
    faces: tuple[Seen, ...] = ()
    """Those at that moment."""
    no_such_moment: bool = False
    """It is a slip of whoever named, which the candidate cannot help with."""

    @property
    def finding(self) -> Finding:
        """What is said of it. It weighs nothing."""
        asked = Seen(what="named as the candidate", value=str(self.named), file=self.named.file)
        return Finding(
            code="face.footage.named_nobody",
            check=Check.FACE,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.BIOMETRIC,
            seen=(asked, *self.faces),
            for_recruiter="Who was named as the candidate could not be told, so the candidate was "
            f"looked for as if nobody had been named. {self.problem}",
            for_candidate="We could not tell by a moment named to us which of the people in your "
            "recording you are.",
            question=None if self.no_such_moment else _WHICH_ARE_YOU,
        )


_WHICH_ARE_YOU = (
    "Please say when and where in the picture you are seen, or send a recording of you alone."
)


def frame_named(clips: Sequence[Clip], named: NamedFace) -> tuple[Clip, int] | NobodyNamed:
    """The recording, and the place in it of the frame nearest to the named moment."""
    clip = next((clip for clip in clips if clip.file == named.file), None)
    if clip is None:
        there = ", ".join(clip.file for clip in clips) or "none"
        return _no_such_moment(
            named, f"No recording {named.file} could be used; those that could: {there}."
        )
    moments = np.array([frame.seconds for frame in clip.frames])
    end = max(clip.duration_seconds, float(moments[-1]))
    if named.is_after(end):
        return _no_such_moment(
            named, f"{named.file} ends at {end:.1f} s, before {named.seconds:.1f} s."
        )
    apart = np.abs(moments - named.seconds)
    if apart.min() <= LOOKED_AT_WITHIN:
        return clip, int(apart.argmin())
    near = " or ".join(f"{moment:.1f}" for moment in sorted(moments[np.argsort(apart)[:2]]))
    return _no_such_moment(
        named,
        f"Of so long a recording not every moment is looked at; near {named.seconds:.1f} s of "
        f"{named.file}, name a face at {near} s.",
    )


def _no_such_moment(named: NamedFace, problem: str) -> NobodyNamed:
    return NobodyNamed(named, problem, no_such_moment=True)


def face_named(
    faces: Sequence[TrackedFace], frame: Frame, named: NamedFace
) -> FaceNamed | NobodyNamed:
    """Whose face is at the named place, of all `faces` in this frame."""
    when = f"At {frame.seconds:.1f} s of {named.file}"
    if not faces:
        return NobodyNamed(named, f"{when} no face is seen; name another moment.")
    if named.point is None:
        if len(faces) == 1:
            return FaceNamed(named, faces[0])
        problem = f"{when} there are {len(faces)} faces; name one by its place"
    else:
        near = _near(faces, frame, named.point)
        if len(near) == 1:
            return FaceNamed(named, near[0])
        x, y = named.point.x, named.point.y
        whose = "more than one face is near" if near else "nobody is near"
        problem = f"{when} {whose} {x:g},{y:g}; name a face"
    places = " or ".join(_written(place_of(each)) for each in faces)
    return NobodyNamed(named, f"{problem}, at {places}.", tuple(_seen(faces)))


def unclear(named: NamedFace) -> NobodyNamed:
    """The answer where the face named is not clearly the person before and after it."""
    return NobodyNamed(
        named,
        f"The face at {named.seconds:.1f} s of {named.file} does not clearly belong to who is seen "
        "there before and after; name it at another moment, facing the camera.",
    )


def place_of(seen: TrackedFace) -> NamedFace:
    """How a recruiter would name this face."""
    height, width = seen.frame.pixels.shape[:2]
    across, down = _middle(seen.face)
    x, y = (min(1.0, max(0.0, round(share, 2))) for share in (across / width, down / height))
    return NamedFace(
        file=seen.file, seconds=round(seen.frame.seconds, 2), point=FramePoint(x=x, y=y)
    )


def _near(faces: Iterable[TrackedFace], frame: Frame, point: FramePoint) -> list[TrackedFace]:
    """The face that the point lies on, or else those within reach."""
    height, width = frame.pixels.shape[:2]
    x, y = point.x * width, point.y * height

    def apart(seen: TrackedFace) -> float:
        across, down = _middle(seen.face)
        return float(np.hypot(x - across, y - down)) / (seen.face.right - seen.face.left)

    on = [f for f in faces if f.face.left <= x <= f.face.right and f.face.top <= y <= f.face.bottom]
    return sorted(on, key=apart)[:1] or [f for f in faces if apart(f) <= REACH]


def _middle(face: Face) -> tuple[float, float]:
    return (face.left + face.right) / 2, (face.top + face.bottom) / 2


def _written(place: NamedFace) -> str:
    return f"{place.point.x:g},{place.point.y:g}" if place.point else ""


def _seen(faces: Iterable[TrackedFace]) -> Iterable[Seen]:
    for each in faces:
        face = each.face
        yield Seen(
            what="a face there",
            value=_written(place_of(each)),
            file=each.file,
            frame_seconds=each.frame.seconds,
            region=Region.box(face.left, face.top, face.right, face.bottom),
        )
