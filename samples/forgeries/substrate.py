"""A camera's picture of something finer than the flat document: a screen's pixels, printed dots.

Such structure comes out as moiré or not at all, depending on what the lens leaves of it before the
sensor samples it. So it is drawn finer than the picture, blurred as the lens and the area of a
pixel do, and only then seen by the camera.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from samples.capture import Camera, capture
from samples.captured_documents import Drawn
from samples.forgeries.attack import Exhibit
from samples.portraits import RgbImage

FINER = 2
"""Pixels of a sheet to one of the picture, at least: what is finer still the lens takes away."""
APERTURE = 0.33
"""Standard deviation, in pixels of the picture, of the area that one of them gathers light from."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """What is put before the camera instead of the flat document."""

    image: RgbImage
    place: npt.NDArray[np.float64]
    """From the flat document's pixels to those of the sheet."""
    blurred: bool = False
    """Drawn as lens and sensor see it already."""


def spread(camera: Camera) -> float:
    """Standard deviation of what lens and pixels blur, in pixels of the picture."""
    return float(np.hypot(camera.blur, APERTURE))


def taken(document: Drawn, sheet: Sheet, camera: Camera) -> Exhibit:
    """The sheet photographed; `camera.scale` is of the flat document, as ever."""
    scale = camera.scale / float(sheet.place[0, 0])
    image = sheet.image
    if not sheet.blurred:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), spread(camera) / scale), np.uint8)
    shot = capture(image, replace(camera, scale=scale, blur=0.0))
    shot = replace(shot, homography=shot.homography @ sheet.place)
    return Exhibit(document, shot)


def scaled(factor: float, left: float = 0.0, top: float = 0.0) -> npt.NDArray[np.float64]:
    """The place of a document enlarged by `factor`, its corner at (left, top) of the sheet."""
    return np.array([[factor, 0, left], [0, factor, top], [0, 0, 1.0]])
