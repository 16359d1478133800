"""What the report shows of a challenge: every act with the frame that shows it best."""

from models.challenge import Act, AnsweredChallenge, Origin, StepOutcome
from service.report.figures import small_picture
from service.report.shown import ActShown, ChallengeShown
from verifiers.liveness import ChallengeResult, LivenessResult
from verifiers.liveness.challenge import StepMeasured

_NAMES: dict[Act, str] = {
    Act.LOOK: "Look into the camera",
    Act.TURN_LEFT: "Turn the head left",
    Act.TURN_RIGHT: "Turn the head right",
    Act.LOOK_UP: "Look up",
    Act.LOOK_DOWN: "Look down",
    Act.NOD: "Nod",
    Act.BLINK_TWICE: "Close the eyes, twice",
    Act.MOVE_CLOSER: "Move closer",
    Act.HAND_ACROSS: "A hand across the face",
    Act.READ_DIGITS: "Read digits aloud",
    Act.COLOURS: "The screen in colours",
}
_ANSWERS = {
    StepOutcome.DONE: ("seen", "good"),
    StepOutcome.MISSED: ("not seen", "unknown"),
    StepOutcome.NOT_JUDGED: ("not judged", "plain"),
}


def challenges_shown(result: LivenessResult) -> tuple[ChallengeShown, ...]:
    """Every recording in which something was asked for."""
    return tuple(_shown(answered, answer) for answered, answer in result.challenges)


def _shown(answered: AnsweredChallenge, answer: ChallengeResult) -> ChallengeShown:
    by = "the interviewer" if answered.challenge.origin is Origin.INTERVIEWER else "the service"
    return ChallengeShown(
        title=f"What {by} asked for: {answered.file}",
        said=" ".join(finding.for_recruiter for finding in answer.findings),
        acts=tuple(_act(step) for step in answer.steps),
    )


def _act(measured: StepMeasured) -> ActShown:
    step, tracked = measured.step, measured.shown
    answer, tone = _ANSWERS[measured.outcome]
    asked = f" ({step.digits})" if step.digits else ""
    asked += f" ({', '.join(step.colours)})" if step.colours else ""
    words = f"{measured.why[:1].upper()}{measured.why[1:]}."
    if measured.outcome is StepOutcome.DONE and measured.responded_after is not None:
        words += f" Began {measured.responded_after:.1f} s after it was shown."
    return ActShown(
        name=f"{_NAMES[step.act]}{asked}",
        asked_at=step.begins,
        answer=answer,
        tone=tone,
        words=words,
        picture=small_picture(tracked.frame.pixels, f"frame at {tracked.frame.seconds:.1f} s")
        if tracked
        else None,
    )
