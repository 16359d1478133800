"""The presence check: was a live person in front of the camera, as far as the footage can show it?

No challenge is given here, so the best answer is `moderate` support: a head, not a picture, turned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.finding import Finding, Seen
from verifiers.face_engine import TrackedFace
from verifiers.liveness import findings as say
from verifiers.liveness.geometry import Geometry, Shape, Turn, measure_geometry
from verifiers.liveness.motion import Motion, measure_motion
from verifiers.picture import Clip


class Role(StrEnum):
    """What a frame shows in the report."""

    FRONTAL = "frontal"
    TURNED = "turned"


@dataclass(frozen=True, eq=False)
class LivenessFrame:
    """A frame the report shows, with the pose that was measured on it."""

    tracked: TrackedFace
    role: Role
    yaw: float
    """Degrees, positive where the nose points to the right of the picture."""
    pitch: float
    """Degrees, positive where the face looks up."""


@dataclass(frozen=True, eq=False)
class LivenessResult:
    """What the footage says about presence."""

    findings: tuple[Finding, ...]
    frames: tuple[LivenessFrame, ...]
    """Of each clip with a measured turn: the most frontal one and both ends of the turn."""
    measures: tuple[Seen, ...]
    """Every figure measured, with its file, whether or not a finding rests on it."""


@dataclass(frozen=True, eq=False)
class _ClipJudged:
    clip: Clip
    geometry: Geometry
    motion: Motion


def verify_liveness(clips: Sequence[Clip], candidate: Sequence[TrackedFace]) -> LivenessResult:
    """Geometry and motion of each clip at the candidate's face.

    `candidate` are the faces of the one person who is verified, over the sampled frames of the
    clips (their `file` says of which); nothing is detected again. Clips whose geometry could not be
    judged are named only where no other clip could be: one good recording is enough.
    """
    if not clips:
        return LivenessResult((say.missing(),), (), ())
    judged, unusable = [], []
    for clip in clips:
        faces = sorted(
            (tracked for tracked in candidate if tracked.file == clip.file),
            key=lambda tracked: tracked.frame.seconds,
        )
        if not faces:
            unusable.append(say.no_face(clip.file, len(clip.frames)))
        elif len(clip.frames) == 1:
            unusable.append(say.photograph(clip.file))
        else:
            motion = measure_motion(clip, faces)
            judged.append(_ClipJudged(clip, measure_geometry(faces), motion))
    told = [_on_geometry(each) for each in judged]
    decided = [finding for finding in told if finding.strength is not None]
    found = decided or [*told, *unusable]
    found += [finding for each in judged for finding in _on_motion(each)]
    return LivenessResult(
        findings=tuple(found),
        frames=tuple(frame for each in judged for frame in _frames_shown(each.geometry.turn)),
        measures=tuple(seen for each in judged for seen in _measures(each)),
    )


def _on_geometry(judged: _ClipJudged) -> Finding:
    file, geometry = judged.clip.file, judged.geometry
    if geometry.shape is Shape.FLAT:
        return say.flat(file, geometry)
    if geometry.shape is Shape.DEPTH_SEEN and geometry.turn:
        return say.depth_seen(file, geometry, geometry.turn)
    return say.not_judged(file, geometry)


def _on_motion(judged: _ClipJudged) -> Iterator[Finding]:
    clip, motion = judged.clip, judged.motion
    if motion.frozen:
        yield say.frozen(clip, motion)
        return
    if motion.looped:
        yield say.looped(clip, motion)
    if motion.stalled:
        yield say.stalled(clip, *motion.stalled)
    if motion.blinks:
        yield say.blink(clip, motion)


def _frames_shown(turn: Turn | None) -> Iterator[LivenessFrame]:
    if turn is None:
        return
    roles = ((turn.frontal, Role.FRONTAL), *((end, Role.TURNED) for end in turn.ends))
    for face, role in roles:
        yield LivenessFrame(face.tracked, role, face.pose.yaw, face.pose.pitch)


def _measures(judged: _ClipJudged) -> tuple[Seen, ...]:
    file = judged.clip.file
    return say.geometry_seen(file, judged.geometry) + say.motion_seen(file, judged.motion)
