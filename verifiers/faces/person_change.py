"""Someone else in the candidate's place, and whether the picture around them stayed the same."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import TrackedFace
from verifiers.picture import Frame


@dataclass(frozen=True, eq=False)
class PersonChange:
    """The moment when the face in one place became someone else's."""

    before: TrackedFace
    after: TrackedFace
    distance: float
    """Between what was before and what came after."""
    same_scene: bool
    """The rest of the picture stayed as it was: not a switch of the view to another speaker."""


def same_scene(before: TrackedFace, after: TrackedFace) -> bool:
    """Whether what surrounds the two faces is the same, by its correlation at 64 by 36 pixels."""
    looks = [_surroundings(face.frame) for face in (before, after)]
    hidden = np.zeros((36, 64), dtype=bool)
    for seen in (before, after):
        height, width = seen.frame.pixels.shape[:2]
        face = seen.face
        left, right = (v / width * 64 for v in (face.left, face.right))
        margin = (right - left) / 2
        # The head with its hair, and the body below it.
        top = max(0, round((face.top - (face.bottom - face.top) / 2) / height * 36))
        hidden[top:, max(0, round(left - margin)) : round(right + margin)] = True
    if (~hidden).sum() < 100:
        return False
    one, two = (look[~hidden] for look in looks)
    if min(one.std(), two.std()) < 2:
        return bool(abs(one.mean() - two.mean()) < 12)
    return bool(np.corrcoef(one, two)[0, 1] > 0.7)


def _surroundings(frame: Frame) -> NDArray[np.float64]:
    grey = cv2.cvtColor(frame.pixels, cv2.COLOR_RGB2GRAY)
    return cv2.resize(grey, (64, 36), interpolation=cv2.INTER_AREA).astype(np.float64)
