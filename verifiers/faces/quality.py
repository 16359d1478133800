"""Is this face good enough to compare? Components of ISO/IEC 29794-5, with reasons to act on.

Quality, not the comparison's outcome, decides which pictures count. The limits are where the dlib
descriptor starts to move, measured on photographs of serengil/deepface and krasserm's LFW subset:
a change of .10 to .15 in unit distance, against .26 between two photographs of one person.
No limit looks at the brightness of skin: exposure is judged by what the sensor lost.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import Face, aligned_chip
from verifiers.head_pose import HeadPose, head_pose
from verifiers.picture import Pixels

MIN_INTER_EYE_PIXELS = 30
"""33 faces shrunk to 40, 30, 24, 18 pixels moved by .04, .07, .10, .14 (medians). The engine's own
chip has 52, so more pixels than that add nothing."""
MAX_TURN_DEGREES = 30
"""50 LFW photographs against the same person's other nine: no trend up to 30 degrees (.21 to .23),
none beyond to measure."""
MIN_SHARPNESS = 0.30
"""As photographed .36 to .69; blurred by 1.5 pixels of the chip .29 to .35 (moved by .14), by 2
pixels .23 to .30 (.18)."""
MAX_BURNT_SHARE = 0.30
"""Sensor doubled: 32 to 90 % of the face burnt out, moved by .26; as photographed at most 3 %."""
MAX_BLACK_SHARE = 0.50
"""Light cut to a tenth: 54 to 100 % black, moved by .20; as photographed at most 19 %."""
MIN_CONTRAST = 9.0
"""Contrast cut to 15 %: 6 to 9 grey levels, moved by .19; as photographed at least 27."""


@dataclass(frozen=True)
class FaceQuality:
    """How well one face is shown. `good` says whether it may count; `problems` what to do."""

    inter_eye_distance: float
    """Pixels between the centres of the eyes."""
    pose: HeadPose
    sharpness: float
    """0 (no detail) to 1, by re-blurring: how much local change a further blur would take away."""
    burnt_share: float
    """Share of the face that is nearly white (over 245 of 255)."""
    black_share: float
    """Share of the face that is nearly black (under 20 of 255)."""
    contrast: float
    """Standard deviation of luminance over the face, in grey levels of 255."""
    problems: tuple[str, ...]
    """What keeps it from being good and what to do about it, one sentence each."""

    @property
    def good(self) -> bool:
        return not self.problems

    @property
    def rank(self) -> float:
        """For choosing among good frames only: 0 to 1, higher where the engine sees more."""
        size = min(1.0, self.inter_eye_distance / 52)
        frontal = float(np.cos(np.radians(min(self.pose.from_frontal, 90.0))))
        return size * frontal * min(1.0, self.sharpness / 0.45)


def assess(pixels: Pixels, face: Face) -> FaceQuality:
    """The quality of a face on a picture of any size; costs about 2 ms."""
    grey = cv2.cvtColor(aligned_chip(pixels, face), cv2.COLOR_RGB2GRAY)[20:150, 20:140]
    measured = FaceQuality(
        inter_eye_distance=face.inter_eye_distance,
        pose=_pose_as_seen(face),
        sharpness=_sharpness(grey.astype(np.float32)),
        burnt_share=float((grey > 245).mean()),
        black_share=float((grey < 20).mean()),
        contrast=float(grey.std()),
        problems=(),
    )
    return FaceQuality(**{**vars(measured), "problems": _problems(measured)})


def _pose_as_seen(face: Face) -> HeadPose:
    # Relative to the line from camera to face, as alignment sees it, wherever on the picture it is.
    low, high = face.landmarks.min(axis=0), face.landmarks.max(axis=0)
    side = 2 * float((high - low).max())
    return head_pose(face.landmarks - (low + high) / 2 + side / 2, side, side)


def _sharpness(grey: NDArray[np.float32]) -> float:
    # Crete et al., "The blur effect" (SPIE 2007): of the differences between neighbours, the share
    # that a 9-pixel blur along the same direction removes; the worse direction counts.
    shares = []
    for axis, kernel in ((0, (1, 9)), (1, (9, 1))):
        before = np.abs(np.diff(grey, axis=axis))
        after = np.abs(np.diff(cv2.blur(grey, kernel), axis=axis))
        shares.append(np.maximum(0, before - after).sum() / max(float(before.sum()), 1e-9))
    return float(min(shares))


def _problems(quality: FaceQuality) -> tuple[str, ...]:
    problems = []
    if quality.inter_eye_distance < MIN_INTER_EYE_PIXELS:
        problems.append(
            f"The face is {quality.inter_eye_distance:.0f} pixels between the eyes; come closer or "
            f"send a larger picture ({MIN_INTER_EYE_PIXELS} needed)."
        )
    if abs(quality.pose.yaw) > MAX_TURN_DEGREES:
        problems.append(
            f"The head is turned {abs(quality.pose.yaw):.0f} degrees to the side; look into the "
            f"camera (at most {MAX_TURN_DEGREES})."
        )
    if abs(quality.pose.pitch) > MAX_TURN_DEGREES:
        way = "up" if quality.pose.pitch > 0 else "down"
        problems.append(
            f"The face looks {abs(quality.pose.pitch):.0f} degrees {way}; hold the camera at the "
            f"height of your eyes (at most {MAX_TURN_DEGREES})."
        )
    if quality.sharpness < MIN_SHARPNESS:
        problems.append(
            f"The face is blurred (sharpness {quality.sharpness:.2f}, {MIN_SHARPNESS:.2f} needed); "
            "hold still, wipe the lens and let it focus."
        )
    if quality.burnt_share > MAX_BURNT_SHARE:
        problems.append(
            f"{quality.burnt_share:.0%} of the face is burnt out to white; turn away from the lamp "
            "or window, or tilt the page until the glare is off the portrait."
        )
    if quality.black_share > MAX_BLACK_SHARE:
        problems.append(
            f"{quality.black_share:.0%} of the face is black; put a light in front of the face."
        )
    elif quality.contrast < MIN_CONTRAST:
        problems.append(
            f"The face has almost no contrast ({quality.contrast:.0f} grey levels, "
            f"{MIN_CONTRAST:.0f} needed); add light from the front and avoid haze or reflections."
        )
    return tuple(problems)
