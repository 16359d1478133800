"""What is said of a challenge, in sentences: one function per finding.

A challenge that was not answered is asked again, by the name of what was missed; it is never held
against anyone, because cameras, light and bodies differ.
"""

from collections.abc import Iterator, Sequence

from models.challenge import Act, AnsweredChallenge, Origin, StepOutcome
from models.finding import Finding, Seen, Status, Strength
from verifiers.liveness.challenges.measured import StepMeasured
from verifiers.liveness.signs import presence_finding

ASKED: dict[Act, str] = {
    Act.LOOK: "look into the camera",
    Act.TURN_LEFT: "turn your head to the left",
    Act.TURN_RIGHT: "turn your head to the right",
    Act.LOOK_UP: "look up",
    Act.LOOK_DOWN: "look down",
    Act.NOD: "nod",
    Act.BLINK_TWICE: "close your eyes for a moment, twice",
    Act.MOVE_CLOSER: "move closer to the camera and back",
    Act.HAND_ACROSS: "move a hand slowly across your face",
    Act.READ_DIGITS: "read the digits aloud",
    Act.COLOURS: "keep still while the screen changes its colour",
}
"""What a person is asked to do, to follow "please"."""

OTHERWISE = (
    "If it does not work, you can leave out what you cannot do, take a phone instead, read the "
    "chip of your document with it, or meet us in a call or in person."
)
NOT_EXCLUDED = (
    "What a browser delivers cannot exclude software that makes such a picture in the camera's "
    "place: where that matters, have the document's chip read with a phone, ask in a live call, "
    "or meet."
)
_ONCE_MORE = "Please start a new challenge. "


def answered_as_asked(
    answered: AnsweredChallenge, steps: Sequence[StepMeasured], volume: Sequence[str]
) -> Finding:
    """Everything that was asked for was seen, in its time, on something in the round."""
    done = [step for step in steps if step.outcome is StepOutcome.DONE]
    server = answered.challenge.origin is Origin.SERVER
    if server:
        what = f"{len(done)} of {len(steps)} acts, chosen at random a moment before, were answered "
        what += f"in their order and time ({_acts(done)}), and there was {' and '.join(volume)}."
    else:
        what = f"{len(done)} of {len(steps)} things that an interviewer asked for were done "
        what += f"({_acts(done)})."
    return presence_finding(
        "presence.challenge.answered",
        Status.SUPPORTS,
        Strength.STRONG if server else Strength.MODERATE,
        seen=tuple(_seen(answered.file, steps)),
        for_recruiter=f"{what} {NOT_EXCLUDED}",
        for_candidate="You did what was asked of you.",
    )


def missed(answered: AnsweredChallenge, steps: Sequence[StepMeasured]) -> Finding:
    """Something was not seen, or not in its time: that is asked again, by its name."""
    left = [step for step in steps if step.outcome is StepOutcome.MISSED]
    again = "; ".join(f"{ASKED[step.step.act]} ({step.why})" for step in left)
    return _unknown(
        "presence.challenge.missed",
        answered,
        steps,
        f"{len(left)} of {len(steps)} acts were not seen as asked: {_acts(left, why=True)}.",
        f"We did not see everything: {again}.",
        f"{_ONCE_MORE}When it says so: {_please(left)}. {OTHERWISE}",
    )


def not_judged(answered: AnsweredChallenge, steps: Sequence[StepMeasured], why: str) -> Finding:
    """The recording does not allow to say."""
    return _unknown(
        "presence.challenge.not_judged",
        answered,
        steps,
        f"Whether the challenge was answered cannot be told: {why}.",
        f"We could not judge your recording: {why}.",
        f"{_ONCE_MORE}Sit in even light, with your whole face in the picture, and let the page "
        f"run to its end. {OTHERWISE}",
    )


def no_volume(answered: AnsweredChallenge, steps: Sequence[StepMeasured]) -> Finding:
    """All was done, and a bent or reenacted picture might have done it."""
    return _unknown(
        "presence.challenge.no_volume",
        answered,
        steps,
        "Everything asked for was seen, but nothing that shows a head rather than a picture.",
        "We saw what you did, but could not see depth.",
        f"{_ONCE_MORE}Turn your head further to both sides, or sit where the screen is brighter "
        f"than the room. {OTHERWISE}",
    )


def too_late(answered: AnsweredChallenge) -> Finding:
    """It expired, so that there was time to prepare an answer; or nobody knows when it came."""
    return _unknown(
        "presence.challenge.too_late",
        answered,
        (),
        "The answer to the challenge did not begin to arrive while it was valid.",
        "Your recording came after the challenge had expired.",
        f"{_ONCE_MORE}It is valid for a few minutes. {OTHERWISE}",
    )


def too_soon(answered: AnsweredChallenge) -> Finding:
    """It came before all of it can have been filmed: it was made before it was asked for."""
    seconds = answered.challenge.seconds
    return _unknown(
        "presence.challenge.too_soon",
        answered,
        (),
        f"The answer began to arrive before the {seconds:.0f} seconds of the challenge, counted "
        "from when it was given, were over: it cannot have been filmed for it.",
        "Your recording came before all that was asked can have been filmed.",
        f"{_ONCE_MORE}Let the page run to its end: it takes {seconds:.0f} seconds. {OTHERWISE}",
    )


def another(answered: AnsweredChallenge) -> Finding:
    """The page says it showed another challenge."""
    return _unknown(
        "presence.challenge.another",
        answered,
        (),
        "The recording answers another challenge than the one that was given.",
        "Your recording belongs to another challenge.",
        f"{_ONCE_MORE}{OTHERWISE}",
    )


def _acts(steps: Sequence[StepMeasured], *, why: bool = False) -> str:
    return ", ".join(
        f"{_name(step.step.act)} ({step.why})" if why else _name(step.step.act) for step in steps
    )


def _name(act: Act) -> str:
    return act.value.replace("_", " ")


def _please(steps: Sequence[StepMeasured]) -> str:
    return ", ".join(dict.fromkeys(ASKED[step.step.act] for step in steps))


def _seen(file: str, steps: Sequence[StepMeasured]) -> Iterator[Seen]:
    for step in steps:
        yield Seen(
            what=f"{_name(step.step.act)}: {step.why}",
            value=step.outcome.value,
            file=file,
            frame_seconds=step.shown.frame.seconds if step.shown else step.step.begins,
        )
        if step.responded_after is not None:
            yield Seen(
                what=f"{_name(step.step.act)}: began after it was shown",
                value=step.responded_after,
                unit="s",
                file=file,
            )
        yield from (each.model_copy(update={"file": file}) for each in step.measured)


def _unknown(
    code: str,
    answered: AnsweredChallenge,
    steps: Sequence[StepMeasured],
    for_recruiter: str,
    for_candidate: str,
    question: str,
) -> Finding:
    seen = tuple(_seen(answered.file, steps))
    return presence_finding(
        code,
        Status.UNKNOWN,
        None,
        seen=seen,
        for_recruiter=for_recruiter,
        for_candidate=f"{for_candidate} {question}",
        question=question,
    )
