"""What an attack is made of: somebody's frames, and where the face is on them."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from samples.portraits import Plane, RgbImage

Frames = tuple[RgbImage, ...]

_LEFT_EYE, _RIGHT_EYE = slice(36, 42), slice(42, 48)


@dataclass(frozen=True)
class Cut:
    """From second `at` on, of what is made, the take is shown from its own second `source` on."""

    at: float
    source: float


@dataclass(frozen=True, eq=False)
class Take:
    """Frames of one size with their rate.

    `landmarks` are the 68 points of iBUG 300-W in every frame, frames x 68 x 2 pixels, NaN where no
    face was found; `None` where nobody looked for one. `cuts`, in order of time, are how somebody
    who knows what will be asked puts it together; `None` where nobody knows.
    """

    frames: Frames
    fps: float
    landmarks: npt.NDArray[np.float64] | None = None
    cuts: tuple[Cut, ...] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width, height."""
        return self.frames[0].shape[1], self.frames[0].shape[0]

    def face(self, frame: int) -> Plane | None:
        """The landmarks of a frame, 68 x 2, or `None` where no face was found in it.

        Raises `ValueError` where landmarks were not given: what needs them cannot be made.
        """
        if self.landmarks is None:
            raise ValueError("this attack needs the landmarks of the face in every frame")
        points = self.landmarks[frame]
        return points if np.isfinite(points).all() else None

    def still(self) -> tuple[RgbImage, Plane]:
        """The first frame with a face, and its landmarks. Raises `ValueError` without one."""
        for place, frame in enumerate(self.frames):
            points = self.face(place)
            if points is not None:
                return frame, points
        raise ValueError("there is no face in any of these frames")


def eyes(points: Plane) -> tuple[Plane, float]:
    """The point midway between the eyes, and their distance in pixels."""
    left, right = points[_LEFT_EYE].mean(axis=0), points[_RIGHT_EYE].mean(axis=0)
    return np.asarray((left + right) / 2), float(np.linalg.norm(right - left))


def cut_out(
    frame: RgbImage, points: Plane, eye_distance: float, reach: tuple[float, float]
) -> RgbImage:
    """The picture around the face, upright, its eyes `eye_distance` pixels apart.

    `reach` is width and height in eye distances; the eyes stand at two fifths of the height.
    """
    middle, apart = eyes(points)
    width, height = (round(side * eye_distance) for side in reach)
    scale = eye_distance / apart
    place = np.array(
        [
            [scale, 0, width / 2 - scale * middle[0]],
            [0, scale, 0.4 * height - scale * middle[1]],
        ]
    )
    cut = cv2.warpAffine(
        frame, place, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return np.asarray(cut, np.uint8)


def skin_colour(frame: RgbImage, points: Plane) -> Plane:
    """The median colour along the ridge of the nose and under the eyes."""
    left, right = points[31, 0], points[35, 0]
    top, low = points[28, 1], points[30, 1]
    patch = frame[round(max(top, 0)) : round(low) + 1, round(max(left, 0)) : round(right) + 1]
    return np.asarray(np.median(patch.reshape(-1, 3), axis=0))
