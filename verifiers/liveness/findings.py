"""What the presence check says, in sentences: one function per finding, benign look-alike beside.

Strengths follow docs/decision.md: depth over a turn supports `moderate`, since a recording of the
right person can be played back; a flat, frozen or looped picture contradicts `strong`.
"""

from models.finding import Finding, Region, Seen, Status, Strength
from verifiers.face_engine import TrackedFace
from verifiers.liveness.geometry import (
    DEPTH_RESIDUAL,
    FLAT_RESIDUAL,
    TURN_DEGREES,
    Geometry,
    Shape,
    Turn,
)
from verifiers.liveness.motion import RETURN_DIFFERENCE, Motion
from verifiers.liveness.motion_returns import STILL_DIFFERENCE
from verifiers.liveness.signs import presence_finding
from verifiers.picture import Clip

FEED_SOFTWARE = "DPRK-ID-09"
"""Software that feeds a prepared picture in the camera's place."""

TURN_PLEASE = (
    "Please record about 10 seconds: look into the camera, turn your head slowly to the left and "
    "the right by about 20 degrees, and come back."
)
_ONCE_MORE = "Please make a new recording with your own camera. " + TURN_PLEASE


def depth_seen(file: str, geometry: Geometry, turn: Turn) -> Finding:
    """The nose moves against the eyes as only something in the round does."""
    return presence_finding(
        "presence.geometry.depth_seen",
        Status.SUPPORTS,
        Strength.MODERATE,
        seen=geometry_seen(file, geometry),
        for_recruiter=f"The head turned by {turn.degrees:.0f} degrees and showed depth: no flat "
        "picture moves like this. A recording played back would.",
        for_candidate="Your recording shows a head that turns.",
    )


def flat(file: str, geometry: Geometry) -> Finding:
    """A picture held up to the camera."""
    widest = max(fit.tilt_degrees for fit in geometry.flat)
    return presence_finding(
        "presence.geometry.flat",
        Status.CONTRADICTS,
        Strength.STRONG,
        seen=geometry_seen(file, geometry),
        for_recruiter=f"The face in {file} is flat: it was tilted by up to {widest:.0f} degrees, "
        f"and one plane explains {len(geometry.flat)} of {len(geometry.tilted)} frames.",
        for_candidate="Your recording seems to show a picture of a face.",
        innocent=(
            "The camera was pointed at a photograph or a screen by mistake, a profile picture was "
            "shown instead of the camera, or a camera moved around someone's picture on the wall."
        ),
        question=_ONCE_MORE,
    )


def not_judged(file: str, geometry: Geometry) -> Finding:
    """Depth could not be judged: why, and what to do."""
    turned = f"{geometry.turn.degrees:.0f}" if geometry.turn else "?"
    reasons = {
        Shape.NOT_ENOUGH_TURN: (
            "not_enough_turn",
            f"the head turned by {turned} degrees, and {TURN_DEGREES:.0f} are needed",
            TURN_PLEASE,
        ),
        Shape.UNDECIDED: (
            "undecided",
            "what was measured lies between a head and a flat picture",
            "Please record yourself in even light, holding the camera still. " + TURN_PLEASE,
        ),
        Shape.TOO_FEW_FRAMES: (
            "too_few_frames",
            f"the face was seen in {geometry.frames} frames only",
            TURN_PLEASE,
        ),
        Shape.TOO_SMALL: (
            "face_too_small",
            f"the eyes are only {geometry.eye_distance:.0f} pixels apart",
            "Please come closer to the camera, so that your face fills a third of the height. "
            + TURN_PLEASE,
        ),
    }
    name, why, what_to_do = reasons[geometry.shape]
    return presence_finding(
        f"presence.geometry.{name}",
        Status.UNKNOWN,
        None,
        seen=geometry_seen(file, geometry),
        for_recruiter=f"Whether {file} shows a head or a flat picture cannot be told: {why}.",
        for_candidate=f"We could not see depth in your recording: {why}. {what_to_do}",
        question=what_to_do,
    )


def photograph(file: str) -> Finding:
    """One picture shows no presence."""
    return presence_finding(
        "presence.footage.photograph",
        Status.UNKNOWN,
        None,
        seen=(Seen(what="frames", value=1, file=file),),
        for_recruiter=f"{file} is a single picture, which cannot show that anybody was present.",
        for_candidate="A photograph cannot show that you are present. " + TURN_PLEASE,
        question=TURN_PLEASE,
    )


def no_face(file: str, frames: int) -> Finding:
    """Nobody to judge."""
    return presence_finding(
        "presence.footage.no_face",
        Status.UNKNOWN,
        None,
        seen=(Seen(what="frames without the candidate's face", value=frames, file=file),),
        for_recruiter=f"The candidate's face was not found in {file}, so presence was not judged.",
        for_candidate="Your face was not found in the recording. " + TURN_PLEASE,
        question="Please sit in even light, with your whole face in the picture. " + TURN_PLEASE,
    )


def missing() -> Finding:
    """No footage at all."""
    return presence_finding(
        "presence.footage.missing",
        Status.UNKNOWN,
        None,
        seen=(),
        for_recruiter="No footage was sent, so presence was not judged.",
        for_candidate="There is no recording of you yet. " + TURN_PLEASE,
        question=TURN_PLEASE,
    )


def frozen(clip: Clip, motion: Motion) -> Finding:
    """One still from start to end."""
    return presence_finding(
        "presence.motion.frozen",
        Status.CONTRADICTS,
        Strength.STRONG,
        seen=motion_seen(clip.file, motion),
        indicators=(FEED_SOFTWARE,),
        for_recruiter=f"For {motion.seconds:.0f} seconds of {clip.file} nothing on the face moves: "
        "a still picture shown as video.",
        for_candidate="Your recording shows a still picture.",
        innocent=(
            "The connection froze while the recording went on, or the call showed a profile "
            "picture because the camera was off."
        ),
        question=_ONCE_MORE,
    )


def stalled(clip: Clip, start: float, end: float) -> Finding:
    """A part stands still: what a poor connection does."""
    return presence_finding(
        "presence.motion.stalled",
        Status.UNKNOWN,
        None,
        seen=(
            Seen(
                what="stands still from",
                value=round(start, 2),
                unit="s",
                file=clip.file,
                frame_seconds=start,
            ),
            Seen(
                what="stands still until",
                value=round(end, 2),
                unit="s",
                file=clip.file,
                frame_seconds=end,
            ),
        ),
        for_recruiter=f"{clip.file} stands still from {start:.1f} to {end:.1f} s and then goes on.",
        for_candidate=f"Your recording stands still from {start:.1f} to {end:.1f} s.",
        innocent="A slow connection, a busy computer or a paused recording.",
    )


def looped(clip: Clip, motion: Motion) -> Finding:
    """The same piece again and again."""
    return presence_finding(
        "presence.motion.looped",
        Status.CONTRADICTS,
        Strength.STRONG,
        seen=motion_seen(clip.file, motion),
        indicators=(FEED_SOFTWARE,),
        for_recruiter=f"{clip.file} repeats itself: its frames come back after "
        f"{motion.return_seconds:.1f} s, more alike than two neighbouring frames.",
        for_candidate="Your recording repeats itself.",
        innocent=(
            "An editing program or a messenger repeated a short clip, or a recording was joined "
            "twice by mistake."
        ),
        question=_ONCE_MORE,
    )


def blink(clip: Clip, motion: Motion) -> Finding:
    """Eyes that close and open; a recording blinks too, hence weak."""
    times = ", ".join(f"{seconds:.1f}" for seconds in motion.blinks)
    return presence_finding(
        "presence.motion.blink",
        Status.SUPPORTS,
        Strength.WEAK,
        seen=tuple(
            Seen(what="both eyes closed", value=True, file=clip.file, frame_seconds=seconds)
            for seconds in motion.blinks
        ),
        for_recruiter=f"The candidate blinks in {clip.file} (at {times} s).",
        for_candidate="Your recording shows you blink.",
    )


def geometry_seen(file: str, geometry: Geometry) -> tuple[Seen, ...]:
    """The figures under a finding on geometry, with the bounds they are held against."""
    seen = [
        Seen(what="frames with the face", value=geometry.frames, file=file),
        Seen(
            what="distance between the eyes",
            value=round(geometry.eye_distance, 1),
            unit="pixels",
            file=file,
        ),
    ]
    if geometry.turn:
        one, other = geometry.turn.ends
        seen += [
            Seen(
                what="turn of the head",
                value=round(geometry.turn.degrees, 1),
                unit="degrees",
                file=file,
            ),
            Seen(
                what=f"landmarks off one plane (depth from {DEPTH_RESIDUAL})",
                value=round(geometry.turn.residual, 4),
                unit="eye distances",
                file=file,
            ),
            face_seen("one end of the turn, yaw in degrees", one.pose.yaw, one.tracked),
            face_seen("other end of the turn, yaw in degrees", other.pose.yaw, other.tracked),
        ]
    seen += [
        Seen(what="frames tilted as a plane", value=len(geometry.tilted), file=file),
        Seen(what="of them explained by one plane", value=len(geometry.flat), file=file),
    ]
    if geometry.flat:
        widest = max(geometry.flat, key=lambda fit: fit.tilt_degrees)
        seen += [
            Seen(
                what="tilt of the plane",
                value=round(widest.tilt_degrees, 1),
                unit="degrees",
                file=file,
                frame_seconds=widest.seconds,
            ),
            Seen(
                what=f"texture off that plane (flat to {FLAT_RESIDUAL})",
                value=round(widest.residual, 4),
                unit="eye distances",
                file=file,
                frame_seconds=widest.seconds,
            ),
        ]
    return tuple(seen)


def motion_seen(file: str, motion: Motion) -> tuple[Seen, ...]:
    """The figures under a finding on motion, with the bounds they are held against."""
    seen = [
        Seen(what="frames compared", value=motion.frames, file=file),
        Seen(
            what="time between first and last", value=round(motion.seconds, 2), unit="s", file=file
        ),
        Seen(what="difference of neighbouring frames", value=round(motion.step, 3), file=file),
        Seen(
            what=f"difference to the middle frame (still to {STILL_DIFFERENCE})",
            value=round(motion.spread, 3),
            file=file,
        ),
        Seen(what="blinks", value=len(motion.blinks), file=file),
    ]
    if motion.return_seconds:
        seen += [
            Seen(
                what="a frame that comes back, over what its neighbours leave "
                f"(repeated to {RETURN_DIFFERENCE})",
                value=round(motion.return_difference, 3),
                file=file,
            ),
            Seen(
                what="time until it comes",
                value=round(motion.return_seconds, 2),
                unit="s",
                file=file,
            ),
        ]
    return tuple(seen)


def face_seen(what: str, value: float, tracked: TrackedFace) -> Seen:
    """A value at the place and time of a face."""
    face = tracked.face
    return Seen(
        what=what,
        value=round(value, 1),
        file=tracked.file,
        frame_seconds=tracked.frame.seconds,
        region=Region.box(face.left, face.top, face.right, face.bottom),
    )
