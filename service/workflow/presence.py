"""Presence as steps and commands look for it: faces followed closely where something was asked."""

from collections.abc import Sequence
from pathlib import Path

from models.challenge import AnsweredChallenge, Challenge, ChallengeJudged, Origin, StepJudged
from models.finding import Status
from service.workflow.pipeline import Submitted
from verifiers.face_engine import FaceEngine, TrackedFace
from verifiers.faces.following import every_face
from verifiers.faces.identity import one_person
from verifiers.imaging import load_clip
from verifiers.liveness import Asked, ChallengeResult, LivenessResult, verify_liveness
from verifiers.liveness.passive_learned import AttackDetector
from verifiers.picture import Clip

ANSWER_FRAMES_PER_SECOND = 10.0
"""Of a recording that answers a challenge, at most: a blink is over between two samples of others.
Pages send five."""
MOST_ANSWER_FRAMES = 150
"""Of such a recording: half a minute of five a second."""
BEFORE_PROMPT, AFTER_PROMPT = 2.0, 2.0
"""Seconds looked at closely about what an interviewer asked for: the person at rest, and done."""


class Recordings:
    """How each recording is read: closely where something was asked in it."""

    def __init__(self, submitted: Submitted, challenges: Sequence[AnsweredChallenge]) -> None:
        asked = {one.file: one.challenge for one in challenges}
        named = zip(submitted.footage, submitted.recordings, strict=True)
        self._asked = {path: asked[name] for path, name in named if name in asked}

    def load(self, path: Path) -> Clip:
        """Raises `UnusableInput`."""
        return load_recording(path, self._asked.get(path))


def load_recording(path: Path, asked: Challenge | None) -> Clip:
    """A recording in which this was asked, if anything. Raises `UnusableInput`."""
    if asked is None:
        return load_clip(path)
    if asked.origin is Origin.SERVER:
        return load_clip(
            path, frames_per_second=ANSWER_FRAMES_PER_SECOND, max_frames=MOST_ANSWER_FRAMES
        )
    spans = [
        (max(0.0, step.begins - BEFORE_PROMPT), step.ends + AFTER_PROMPT) for step in asked.steps
    ]
    return load_clip(path, closely=spans)


def look_for_presence(
    engine: FaceEngine,
    finder: FaceEngine,
    clips: Sequence[Clip],
    candidate: Sequence[TrackedFace],
    challenges: Sequence[AnsweredChallenge],
    detectors: Sequence[AttackDetector] = (),
) -> LivenessResult:
    """The whole check; `candidate` are the faces that the face check found.

    `finder` finds faces in footage, and `engine` tells whether they are one person's; `detectors`
    are those that the operator installed.
    """
    by_file = {clip.file: clip for clip in clips}
    asked = [
        _asked(engine, finder, by_file[one.file], candidate, one)
        for one in challenges
        if one.file in by_file
    ]
    return verify_liveness(clips, candidate, asked, detectors)


def judged(result: LivenessResult) -> tuple[ChallengeJudged, ...]:
    """The answers to challenges as data."""
    return tuple(_judged(answered, answer) for answered, answer in result.challenges)


def _asked(
    engine: FaceEngine,
    finder: FaceEngine,
    clip: Clip,
    candidate: Sequence[TrackedFace],
    answered: AnsweredChallenge,
) -> Asked:
    faces = every_face(finder, clip, candidate)
    return Asked(answered, faces, one_person(engine, faces).kept)


def _judged(answered: AnsweredChallenge, answer: ChallengeResult) -> ChallengeJudged:
    return ChallengeJudged(
        file=answered.file,
        origin=answered.challenge.origin,
        steps=tuple(
            StepJudged(
                step=step.step,
                outcome=step.outcome,
                why=step.why,
                measured=step.measured,
                responded_after=step.responded_after,
            )
            for step in answer.steps
        ),
        supports=any(finding.status is Status.SUPPORTS for finding in answer.findings),
    )
