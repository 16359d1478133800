"""How much of a recording could be judged, aspect by aspect, in words."""

from collections.abc import Iterator

from models.challenge import StepOutcome
from models.presence import Aspect, AspectJudged
from verifiers.liveness.challenge import ChallengeResult
from verifiers.liveness.geometry import TURN_DEGREES, Geometry, Shape
from verifiers.liveness.motion import FEWEST_FRAMES, SHORTEST_SECONDS, Motion
from verifiers.liveness.one_clip import ClipJudged

_OWN_PAGE = "Our page recorded it, and told what the browser says of the camera and of its times."
_NO_PAGE = "It is a file: which camera made it, and when each frame came, is not known."


def aspects(judged: ClipJudged) -> Iterator[AspectJudged]:
    """Each aspect of one recording, judged or not and why."""
    file, geometry, motion = judged.clip.file, judged.geometry, judged.motion
    yield _on_challenge(file, judged.answer)
    yield AspectJudged(
        file=file,
        aspect=Aspect.DEPTH,
        judged=geometry.shape in (Shape.DEPTH_SEEN, Shape.FLAT),
        said=_depth(geometry),
    )
    yield AspectJudged(
        file=file,
        aspect=Aspect.MOTION,
        judged=motion.judged,
        said=_motion(motion),
    )
    answer = judged.asked.answered.answer if judged.asked else None
    known = answer is not None and answer.camera is not None
    said = _OWN_PAGE if known else _NO_PAGE
    yield AspectJudged(file=file, aspect=Aspect.CAMERA, judged=known, said=said)


def _on_challenge(file: str, answer: ChallengeResult | None) -> AspectJudged:
    if answer is None:
        said = "Nothing was asked of the person, so whether they answer was not seen."
        return AspectJudged(file=file, aspect=Aspect.CHALLENGE, judged=False, said=said)
    done = [step for step in answer.steps if step.outcome is StepOutcome.DONE]
    said = f"{len(done)} of {len(answer.steps)} acts were seen as asked."
    if not answer.steps:
        (finding,) = answer.findings
        said = finding.for_recruiter
    return AspectJudged(file=file, aspect=Aspect.CHALLENGE, judged=bool(answer.steps), said=said)


def _depth(geometry: Geometry) -> str:
    turned = f"{geometry.turn.degrees:.0f}" if geometry.turn else "?"
    match geometry.shape:
        case Shape.DEPTH_SEEN:
            return f"The head turned by {turned} degrees and showed depth."
        case Shape.FLAT:
            return "The face is flat."
        case Shape.NOT_ENOUGH_TURN:
            return f"The head turned by {turned} degrees; {TURN_DEGREES:.0f} are needed."
        case Shape.UNDECIDED:
            return "What was measured lies between a head and a flat picture."
        case Shape.TOO_FEW_FRAMES:
            return f"The face was seen in {geometry.frames} frames only."
        case Shape.TOO_SMALL:
            return f"The eyes are only {geometry.eye_distance:.0f} pixels apart."


def _motion(motion: Motion) -> str:
    if not motion.judged:
        return (
            f"{motion.frames} frames in {motion.seconds:.1f} s are too few to tell a still or a "
            f"loop: {FEWEST_FRAMES} in {SHORTEST_SECONDS} s are needed."
        )
    if motion.frozen:
        return "Nothing moves."
    return "It repeats itself." if motion.looped else "It moves, and does not repeat itself."
