"""Head pose from facial landmarks: faces (is this frontal?) and liveness (did it turn?) share it.

The pose is where a generic adult head must stand so that its points fall on the landmarks seen
(perspective-n-point), with angles named as in ISO/IEC 29794-5: yaw, pitch, roll.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

# iBUG point -> millimetres from the bridge of the nose: x to the right of the picture, y down,
# z away from the camera. Rounded adult means (eye corners 90 and 32 apart, mouth 50 wide, nose
# 42 long); the rim of the jaw is left out, because its landmarks slide along it as the head turns.
_GENERIC_HEAD: dict[int, tuple[float, float, float]] = {
    27: (0.0, 0.0, 0.0),  # bridge of the nose
    30: (0.0, 42.0, -22.0),  # tip of the nose
    31: (-16.0, 48.0, -2.0),  # wings of the nose
    33: (0.0, 52.0, -9.0),
    35: (16.0, 48.0, -2.0),
    36: (-45.0, 4.0, 22.0),  # outer and inner corners of the eyes
    39: (-16.0, 6.0, 10.0),
    42: (16.0, 6.0, 10.0),
    45: (45.0, 4.0, 22.0),
    48: (-25.0, 75.0, 4.0),  # corners of the mouth
    54: (25.0, 75.0, 4.0),
    8: (0.0, 118.0, 4.0),  # chin
}
_POINTS = list(_GENERIC_HEAD)
_HEAD = np.array(list(_GENERIC_HEAD.values()), dtype=np.float64)


@dataclass(frozen=True)
class HeadPose:
    """Degrees away from a head that looks straight into the camera, as seen on the picture."""

    yaw: float
    """Positive where the nose points to the right of the picture."""
    pitch: float
    """Positive where the face looks up."""
    roll: float
    """Positive where the head is tilted clockwise on the picture."""

    @property
    def from_frontal(self) -> float:
        """The larger of yaw and pitch; roll is undone by alignment and hides nothing."""
        return max(abs(self.yaw), abs(self.pitch))


def head_pose(landmarks: NDArray[np.float64], width: float, height: float) -> HeadPose:
    """The pose of the head that shows these `(68, 2)` landmarks, in pixels of a whole frame.

    `width` and `height` are the frame's: the camera is taken to look through its centre with a
    focal length of its longer side (about 53 degrees of view, a webcam or a phone). For a portrait
    on a page, whose camera is unknown, pass landmarks and size of the crop around the face.
    """
    focal = float(max(width, height))
    camera = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]], dtype=np.float64)
    seen = np.ascontiguousarray(landmarks[_POINTS], dtype=np.float64)
    # SQPNP needs no starting pose, which an almost flat set of points would otherwise be sensitive
    # to; the refinement then weighs all points by their error on the picture.
    found, turn, shift = cv2.solvePnP(_HEAD, seen, camera, None, flags=cv2.SOLVEPNP_SQPNP)
    if not found:  # Two of a thousand sets of landmarks that are no head's; any pose will do there.
        _, turn, shift = cv2.solvePnP(_HEAD, seen, camera, None, flags=cv2.SOLVEPNP_EPNP)
    turn, _ = cv2.solvePnPRefineLM(_HEAD, seen, camera, None, turn, shift)
    rotation, _ = cv2.Rodrigues(turn)
    # rotation = roll about z, then yaw about y, then pitch about x: so a tilted head keeps its yaw.
    yaw = -np.arctan2(-rotation[2, 0], np.hypot(rotation[0, 0], rotation[1, 0]))
    pitch = -np.arctan2(rotation[2, 1], rotation[2, 2])
    roll = np.arctan2(rotation[1, 0], rotation[0, 0])
    return HeadPose(*(float(np.degrees(angle)) for angle in (yaw, pitch, roll)))
