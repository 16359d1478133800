"""Rendered answers to challenges, with the face found in every frame, once for all tests."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

import cv2

from models.challenge import (
    Act,
    AnsweredChallenge,
    Challenge,
    ChallengeAnswer,
    ChallengeStep,
    Need,
    Origin,
)
from samples import answering
from samples.portraits import identity_one
from tests.liveness.conftest import Recording
from verifiers.face_engine import TrackedFace
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces.following import every_face
from verifiers.liveness.challenge import ChallengeResult, new_challenge, verify_challenge
from verifiers.picture import Clip, Frame

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
FPS = 5
FILE = "answer.zip"


@dataclass(frozen=True, eq=False)
class Answer:
    """A recording, and what is said of it."""

    recording: Recording
    answered: AnsweredChallenge

    @property
    def challenge(self) -> Challenge:
        return self.answered.challenge

    def judged(
        self, *, same_person: bool | None = True, contradicted: bool = False
    ) -> ChallengeResult:
        return verify_challenge(
            self.recording.clip,
            self.recording.faces,
            self.answered,
            same_person=same_person,
            contradicted=contradicted,
        )

    def to(self, challenge: Challenge) -> "Answer":
        """The same recording, handed in for another challenge, whose nonce the page repeats."""
        return replace(self, answered=answer_to(challenge))

    def received(self, seconds: float) -> "Answer":
        """The same, which began to arrive so long after the challenge was given."""
        at = NOW + timedelta(seconds=seconds)
        return replace(self, answered=self.answered.model_copy(update={"received_at": at}))

    def shown(self, later: float) -> "Answer":
        """The same, of which the page says that it showed all but the first look so much later."""
        assert self.answered.answer
        first, *steps = self.answered.answer.shown
        times = (first, *(step + later for step in steps))
        answer = self.answered.answer.model_copy(update={"shown": times})
        return replace(self, answered=self.answered.model_copy(update={"answer": answer}))

    def moved(self, seconds: float) -> "Answer":
        """The same recording, in which all happens so much later, or earlier than that."""
        last = len(self.recording.clip.frames) - 1
        by = round(seconds * FPS)
        order = [min(max(n - by, 0), last) for n in range(last + 1)]
        return replace(self, recording=reordered(self.recording, order))

    def without(self, *acts: Act) -> "Answer":
        """Who keeps still while these acts are asked for: there, the first look comes again."""
        steps = [step for step in self.challenge.steps if step.act in acts]
        frames = self.recording.clip.frames
        still = [n for n, frame in enumerate(frames) if 0.3 < frame.seconds < 1.3]
        order = list(range(len(frames)))
        for n, frame in enumerate(frames):
            if any(step.begins <= frame.seconds <= step.ends + 1.2 for step in steps):
                order[n] = still[n % len(still)]
        return replace(self, recording=reordered(self.recording, order))


def reordered(recording: Recording, order: Sequence[int]) -> Recording:
    """The recording's frames in another order, at the same times."""
    old = recording.clip.frames
    found = {id(tracked.frame): tracked.face for tracked in recording.faces}
    frames = [Frame(frame.seconds, old[n].pixels) for frame, n in zip(old, order, strict=True)]
    faces = [
        TrackedFace(FILE, frame, found[id(old[n])])
        for frame, n in zip(frames, order, strict=True)
        if id(old[n]) in found
    ]
    return Recording(replace(recording.clip, frames=tuple(frames)), tuple(faces))


def a_challenge(seed: int, without: frozenset[Need] = frozenset()) -> Challenge:
    return new_challenge(Random(seed), now=NOW, without=without)


def answer_to(challenge: Challenge) -> AnsweredChallenge:
    """What an honest page says of it: each step shown a moment late, handed in at once."""
    assert challenge.nonce
    answer = ChallengeAnswer(
        nonce=challenge.nonce, shown=tuple(step.begins + 0.03 for step in challenge.steps)
    )
    received = NOW + timedelta(seconds=40)
    return AnsweredChallenge(file=FILE, challenge=challenge, answer=answer, received_at=received)


def prompts(challenge: Challenge) -> AnsweredChallenge:
    """The same acts, as an interviewer asked for them."""
    steps = tuple(step for step in challenge.steps if step.act is not Act.LOOK)
    return AnsweredChallenge(file=FILE, challenge=Challenge(origin=Origin.INTERVIEWER, steps=steps))


def rendered(engine: OnnxEngine, challenge: Challenge, seed: int) -> Answer:
    cv2.setNumThreads(1)
    made = answering.answer(
        identity_one(), challenge, seed=seed, fps=FPS, size=(480, 360), eye_distance=45
    )
    frames = tuple(Frame(n / FPS, pixels) for n, pixels in enumerate(made.frames))
    clip = Clip(FILE, frames, len(frames) / FPS, None)
    first, *_ = engine.detect(frames[0].pixels)
    faces = every_face(engine, clip, [TrackedFace(FILE, frames[0], first)])
    return Answer(Recording(clip, faces), answer_to(challenge))


def a_nod_and_closer() -> Challenge:
    """Two acts that a bent picture could do as well."""
    acts = (Act.LOOK, Act.NOD, Act.LOOK, Act.MOVE_CLOSER, Act.LOOK)
    lengths = (2.0, 3.0, 1.2, 3.0, 1.2)
    steps = tuple(
        ChallengeStep(act=act, begins=sum(lengths[:n]), seconds=lengths[n])
        for n, act in enumerate(acts)
    )
    return a_challenge(1).model_copy(update={"steps": steps})
