"""Recordings for the benchmarks of presence: filmed or rendered, attacked, judged as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import cv2
import numpy as np

from models.calibration import Rate
from models.challenge import AnsweredChallenge, CameraReport, Challenge, ChallengeAnswer
from samples.portraits import RgbImage
from samples.presentations.take import Frames, Take
from service.workflow.presence import look_for_presence
from service.workflow.verifying import candidate_faces
from verifiers.face_engine import TrackedFace
from verifiers.face_engines.served import ServedEngine
from verifiers.faces import verify_faces
from verifiers.faces.calibration_intervals import measured
from verifiers.faces.following import every_face
from verifiers.liveness import LivenessResult
from verifiers.picture import Clip, Frame

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PAGE_FRAMES_PER_SECOND = 5
"""What the page sends, as JPEG of this quality."""
PAGE_QUALITY = 85

_CAMERA = CameraReport(label="Integrated Camera", width=640, height=480, frame_rate=30.0)


@dataclass(frozen=True, eq=False)
class Judge:
    """The face check and the presence check, as a verification takes them."""

    engine: ServedEngine

    def of(self, clip: Clip, answered: AnsweredChallenge | None = None) -> LivenessResult:
        """All that is said of presence in the clip."""
        faces = verify_faces(self.engine, (), (clip,), earlier=None)
        asked = (answered,) if answered else ()
        found = candidate_faces(faces)
        return look_for_presence(self.engine, self.engine, (clip,), found, asked)

    def faces(self, clip: Clip) -> tuple[TrackedFace, ...]:
        """The largest face of the clip in every frame."""
        first = next(
            (
                TrackedFace(clip.file, frame, faces[0])
                for frame in clip.frames
                if (faces := self.engine.detect(frame.pixels))
            ),
            None,
        )
        return every_face(self.engine, clip, (first,)) if first else ()

    def take(self, clip: Clip, fps: float) -> Take:
        """The clip as what attacks are made of."""
        found = {id(face.frame): face.face.landmarks for face in self.faces(clip)}
        nowhere = np.full((68, 2), np.nan)
        landmarks = np.array([found.get(id(frame), nowhere) for frame in clip.frames])
        return Take(tuple(frame.pixels for frame in clip.frames), fps, landmarks)


def as_sent(frames: Sequence[RgbImage], seed: int, fps: float = PAGE_FRAMES_PER_SECOND) -> Clip:
    """Frames as the page sends them: as JPEG, at times that scatter as a browser's do."""
    random = np.random.default_rng([seed, 98_000])
    sent = []
    for n, pixels in enumerate(frames):
        seconds = 0.0 if n == 0 else n / fps + abs(float(random.normal(0, 0.006)))
        bgr = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
        _, packed = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, PAGE_QUALITY])
        unpacked = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR))
        shown = cv2.cvtColor(unpacked, cv2.COLOR_BGR2RGB)
        sent.append(Frame(round(seconds, 4), np.asarray(shown, np.uint8)))
    return Clip("challenge", tuple(sent), sent[-1].seconds, None)


def as_filmed(frames: Frames, clip: Clip) -> Clip:
    """Other frames at the times of this clip."""
    shown = zip(clip.frames, frames, strict=True)
    made = tuple(Frame(frame.seconds, pixels) for frame, pixels in shown)
    return Clip(clip.file, made, clip.duration_seconds, clip.frames_per_second)


def in_time(challenge: Challenge) -> AnsweredChallenge:
    """The recording as an answer that the page showed on time and sent at once."""
    assert challenge.nonce, "a server's challenge"
    shown = tuple(step.begins + 0.02 for step in challenge.steps)
    return AnsweredChallenge(
        file="challenge",
        challenge=challenge,
        answer=ChallengeAnswer(nonce=challenge.nonce, shown=shown, camera=_CAMERA),
        received_at=NOW + timedelta(seconds=challenge.seconds + 5),
    )


def share(hits: int, of: int, people: int | None = None) -> str:
    """A share in per cent with its interval, which counts `people` where these are fewer."""
    rate: Rate = measured(hits, of, min(of, people) if people else of)
    value = 100 * (rate.value or 0)
    return f"{value:.0f} % ({hits} of {of}; {100 * rate.low:.0f} to {100 * rate.high:.0f})"
