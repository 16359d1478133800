"""A face cut out of a picture as documents frame it: upright, head and shoulders.

The frame is the token image of ISO/IEC 19794-5 §9.2: four inter-eye distances wide, a third higher
than wide, the eyes level in the middle at 45 % of the height.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from models.finding import Region
from verifiers.face_engine import Face, FaceEngine, TrackedFace
from verifiers.faces.quality import FaceQuality
from verifiers.faces.templates import DescribedFace, RatedFace, describe
from verifiers.page import Homography, View, box_on_picture, inverse, scale_at
from verifiers.picture import Frame, Picture, Pixels

CROP_SIZE = (360, 480)
"""Width and height; the eyes are 90 pixels apart, the least that ISO/IEC 39794-5 asks for."""

_FRAME = (4.0, 16 / 3)
"""Width and height of the crop, in inter-eye distances."""
_EYES_DOWN = 0.45
_AROUND = 1.5
"""The face is described on a view larger than its crop by this, so that no tilt cuts anything."""


@dataclass(frozen=True, eq=False)
class CutFace:
    """A face on a picture, cut out, described and rated."""

    crop: Pixels
    """`CROP_SIZE`, upright, eyes level, whatever lay how on the picture."""
    box: Region
    """Of the face, on the picture."""
    region: Region
    """Of the crop, on the picture."""
    described: DescribedFace
    """On a view of its own: upright, at the picture's own scale."""
    score: float
    """How sure the detector was."""

    @property
    def quality(self) -> FaceQuality:
        return self.described.rated.quality


def cut_out(engine: FaceEngine, picture: Picture, view: View, face: Face) -> CutFace:
    """Cut out of the picture a face that was found on a view of it."""
    upright, turn, eyes_apart = _upright(picture, view, face)
    back = inverse(turn)
    height, width = upright.pixels.shape[:2]
    moved = _moved(face, back, 1 / scale_at(turn, (width / 2, height / 2)))
    rated = RatedFace(TrackedFace(picture.file, Frame(0.0, upright.pixels), moved))
    across, down = (side * eyes_apart for side in _FRAME)
    left, top = (width - across) / 2, _EYES_DOWN * (height - down)
    return CutFace(
        crop=_scaled(upright.pixels, left, top, across, down),
        box=box_on_picture(upright.to_picture, (moved.left, moved.top, moved.right, moved.bottom)),
        region=box_on_picture(upright.to_picture, (left, top, left + across, top + down)),
        described=describe(engine, [rated])[0],
        score=face.score,
    )


def _upright(picture: Picture, view: View, face: Face) -> tuple[View, Homography, float]:
    """The face's surroundings at the picture's own scale, its eyes level.

    Returns:
        The view, the way from it to the view that the face was found on, and how many of its pixels
        the eyes are apart.
    """
    left_eye, right_eye = face.eyes
    middle, across = (left_eye + right_eye) / 2, right_eye - left_eye
    eyes_apart = face.inter_eye_distance * scale_at(
        view.to_picture, (float(middle[0]), float(middle[1]))
    )
    width, height = (round(_AROUND * side * eyes_apart) for side in _FRAME)
    cos, sin = across / eyes_apart
    turn = np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    turn[:2, 2] = middle - turn[:2, :2] @ (width / 2, _EYES_DOWN * height)
    upright = View.of(picture.pixels, view.to_picture @ turn, (width, height))
    return upright, turn, eyes_apart


def _moved(face: Face, homography: Homography, scale: float) -> Face:
    """The face on another plane; its box stays upright and grows by `scale`."""
    landmarks = np.asarray(
        cv2.perspectiveTransform(face.landmarks[None].astype(np.float64), homography)[0]
    )
    middle = np.array([[[(face.left + face.right) / 2, (face.top + face.bottom) / 2]]])
    x, y = cv2.perspectiveTransform(middle, homography)[0, 0]
    across, down = scale * (face.right - face.left) / 2, scale * (face.bottom - face.top) / 2
    return Face(
        float(x - across),
        float(y - down),
        float(x + across),
        float(y + down),
        landmarks.astype(np.float64),
        face.score,
    )


def _scaled(pixels: Pixels, left: float, top: float, width: float, height: float) -> Pixels:
    """A part of the pixels at `CROP_SIZE`."""
    shrink = np.array(
        [[width / CROP_SIZE[0], 0, left], [0, height / CROP_SIZE[1], top], [0, 0, 1]],
        dtype=np.float64,
    )
    return View.of(pixels, shrink, CROP_SIZE).pixels
