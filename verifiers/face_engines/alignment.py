"""Faces turned upright by five points: eyes, tip of the nose, corners of the mouth.

The places that they are brought to are those of 112 x 112 pixels on which ArcFace and, since, most
face models were trained.
"""

import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import Face, Transform

FivePoints = NDArray[np.float64]
"""`(5, 2)`: the eye that is left on the picture, the right one, nose, mouth left and right."""

PLACES: FivePoints = np.array(
    [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
    ]
)
_SIDE = 112


def five_points(face: Face) -> FivePoints:
    """Of the 68: the centres of both eyes, the tip of the nose, the outer corners of the mouth."""
    left, right = face.eyes
    return np.array([left, right, *face.landmarks[[30, 48, 54]]])


def upright(points: FivePoints, side: int, share: float = 1.0) -> Transform:
    """Turns, scales and shifts, nothing else, so that the points fall nearest to their places.

    `share`: how much of the chip's side the 112 pixels take, in its middle.
    """
    places = (PLACES - _SIDE / 2) * (side * share / _SIDE) + side / 2
    # Least squares over a turn and a scale (a, b) and a shift, which is linear in these four.
    x, y = points.T
    one, none = np.ones(5), np.zeros(5)
    rows = np.concatenate([np.stack([x, -y, one, none], 1), np.stack([y, x, none, one], 1)])
    (a, b, right, down), *_ = np.linalg.lstsq(rows, places.T.ravel(), rcond=None)
    return np.array([[a, -b, right], [b, a, down]])


def back(transform: Transform, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of a chip, `(n, 2)`, on the picture it was cut from."""
    inverse = np.linalg.inv(transform[:, :2])
    return np.asarray((points - transform[:, 2]) @ inverse.T, dtype=np.float64)
