"""What installed attack detectors make of a few frames: a figure, or a weak word with a threshold.

They do not transfer between cameras (`face_engines.antispoof` has the measurements), so without a
threshold that was measured on the deployment itself nothing is said, and with one at most `weak`.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from models.finding import Finding, Seen
from models.weights import LiveFrom
from verifiers.face_engine import Face, TrackedFace
from verifiers.liveness.signs import Signs, weak_sign
from verifiers.picture import Pixels

FRAMES = 8
"""At 6 ms each."""


class AttackDetector(Protocol):
    """One installed network."""

    @property
    def name(self) -> str: ...

    @property
    def live_from(self) -> LiveFrom | None:
        """The threshold, where one was measured for this deployment."""
        ...

    def look(self, pixels: Pixels, face: Face) -> float:
        """0, surely a presentation attack, to 1, surely a live person."""
        ...


def learned_signs(detectors: Sequence[AttackDetector], faces: Sequence[TrackedFace]) -> Signs:
    """The mean of each detector over frames spread through one clip."""
    if not faces:
        return Signs()
    at = np.unique(np.linspace(0, len(faces) - 1, FRAMES).round().astype(int))
    shown = [faces[i] for i in at]
    signs = Signs()
    for detector in detectors:
        scores = [detector.look(tracked.frame.pixels, tracked.face) for tracked in shown]
        signs += _judged(detector, float(np.mean(scores)), shown)
    return signs


def _judged(detector: AttackDetector, score: float, shown: Sequence[TrackedFace]) -> Signs:
    file = shown[0].file
    seen = (
        Seen(what=f"live, by {detector.name} (0 to 1)", value=round(score, 3), file=file),
        Seen(what="frames it looked at", value=len(shown), file=file),
    )
    threshold = detector.live_from
    if threshold is None or score >= threshold.score:
        return Signs((), seen)
    bound = Seen(what="live from", value=threshold.score, source=threshold.source)
    return Signs((_attack(file, detector.name, score, (*seen, bound)),), seen)


def _attack(file: str, name: str, score: float, seen: tuple[Seen, ...]) -> Finding:
    return weak_sign(
        "presence.passive.learned",
        seen=seen,
        for_recruiter=f"To {name} the face in {file} looks like a picture or a screen "
        f"({score:.2f}). Such models err on cameras they were not trained with.",
        for_candidate="To a program your recording looks like one of a picture.",
        innocent="A camera, a light or a compression that the model does not know.",
    )
