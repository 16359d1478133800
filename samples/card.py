"""A picture on a flat thing held up to the camera: the plainest presentation attack."""

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np

from samples.head import Pose
from samples.portraits import Plane, Portrait, RgbImage

_SCREEN = (4.2, 5.9)
"""Width and height of the shown picture, in eye distances."""
_BEZEL = 0.16
_CAMERA = 9.0


@dataclass(frozen=True, eq=False)
class Card:
    """The flat thing: its picture with a bezel around, and its rounded shape."""

    picture: RgbImage
    shape: Plane
    gloss: float = 1.0
    """Of the surface: 1 a phone's glass, less for paper."""

    @classmethod
    def showing(cls, portrait: Portrait, eye_distance: float) -> Self:
        """The portrait as it is, background and all, eyes this many pixels apart."""
        features = portrait.features
        scale = eye_distance / features.eye_distance
        width, height = (round(part * eye_distance) for part in _SCREEN)
        middle = features.head_centre
        place = np.array(
            [
                [scale, 0, width / 2 - scale * middle[0]],
                [0, scale, 0.40 * height - scale * middle[1]],
            ]
        )
        screen = cv2.warpAffine(
            portrait.image,
            place,
            (width, height),
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REFLECT,
        )
        rim = round(_BEZEL * eye_distance)
        picture = cv2.copyMakeBorder(
            screen, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=(22, 22, 26)
        )
        return cls(np.asarray(picture, np.uint8), _rounded(picture.shape[:2], 2 * rim))

    def pose(self, size: tuple[int, int], pose: Pose, tremor: Plane) -> tuple[Plane, Plane]:
        """The card turned and moved as a plane: colour and matte of the frame's size.

        `tremor` (2 values, about one) is the hand's; the pose's lids have nothing to close.
        """
        height, width = self.shape.shape
        yaw, pitch, roll = (np.radians(angle) for angle in (pose.yaw, pose.pitch, pose.roll))
        spin = cv2.Rodrigues(np.array([0, 0, roll]))[0]
        turn = cv2.Rodrigues(np.array([-pitch, 0, 0]))[0] @ cv2.Rodrigues(np.array([0, yaw, 0]))[0]
        axes = (turn @ spin)[:, :2]
        distance = _CAMERA * width / (_SCREEN[0] + 2 * _BEZEL)
        to_centre = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
        plane = np.column_stack([axes, np.array([0, 0, distance])])
        lens = np.diag([distance, distance, 1])
        middle = self.middle(size, pose, tremor)
        grown = 1 + pose.near + 0.03 * tremor[1]
        place = np.array([[grown, 0, middle[0]], [0, grown, middle[1]], [0, 0, 1]])
        homography = place @ lens @ plane @ to_centre
        colour = cv2.warpPerspective(self.picture, homography, size, flags=cv2.INTER_LINEAR)
        shape = cv2.warpPerspective(self.shape, homography, size)
        sheen = self.gloss * self._sheen(pose, homography, size)
        lit = colour.astype(np.float32) * pose.exposure * 0.97 + sheen[..., None]
        return np.asarray(lit, np.float32), np.asarray(shape, np.float32)

    def middle(self, size: tuple[int, int], pose: Pose, tremor: Plane) -> Plane:
        """Where the card's middle is held in a frame of this size."""
        return np.array(
            [
                size[0] / 2 + 6 * tremor[0] + 60 * pose.across,
                0.56 * size[1] + 5 * tremor[1] + 60 * pose.down,
            ]
        )

    def _sheen(self, pose: Pose, homography: Plane, size: tuple[int, int]) -> Plane:
        """The lamp in the glass: a soft band that runs across the screen as it turns."""
        height, width = self.shape.shape
        across = np.arange(width, dtype=np.float32) / width
        middle = 0.5 + pose.yaw / 26 + 0.3
        band = 26 * np.exp(-(((across - middle) / 0.22) ** 2)) + 5
        glass = np.ascontiguousarray(np.broadcast_to(band, (height, width)), dtype=np.float32)
        return np.asarray(cv2.warpPerspective(glass, homography, size))


def _rounded(shape: tuple[int, ...], radius: int) -> Plane:
    height, width = shape
    plane = np.zeros((height, width), np.float32)
    cv2.rectangle(plane, (radius, 1), (width - radius, height - 2), 1.0, -1)
    cv2.rectangle(plane, (1, radius), (width - 2, height - radius), 1.0, -1)
    for across in (radius, width - radius - 1):
        for down in (radius, height - radius - 1):
            cv2.circle(plane, (across, down), radius - 1, 1.0, -1)
    return cv2.GaussianBlur(plane, (0, 0), 0.7).astype(np.float32)
