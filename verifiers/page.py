"""Where a page of a document lies on a picture, and parts of a picture seen from straight above.

What reads documents finds pages; what looks for portraits is told of them. Millimetres on a page
count from its top left corner, to the right and down, as the dimensions of ICAO 9303-3 to -7 do.
"""

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from models.finding import Point, Region
from verifiers.picture import Picture, Pixels

Homography = NDArray[np.float64]
"""3 x 3, from one plane to another."""

_SHRUNK = 1.3
"""Pixels of the picture to one of a view from which the picture is shrunk first: sampled at single
points, fine print would turn to noise."""


@dataclass(frozen=True, eq=False)
class View:
    """A part of a picture seen another way: turned, enlarged or laid flat."""

    pixels: Pixels
    to_picture: Homography
    """From pixels of the view to those of the picture."""

    @classmethod
    def of(cls, pixels: Pixels, to_picture: Homography, size: tuple[int, int]) -> Self:
        """What a picture shows where `size` (width, height) of view pixels come from.

        What lies outside the picture is grey.
        """
        middle = size[0] / 2, size[1] / 2
        shrink = max(1.0, scale_at(to_picture, middle))
        source, back = pixels, to_picture
        if shrink > _SHRUNK:
            source = np.asarray(
                cv2.resize(
                    pixels,
                    None,
                    # At least one pixel, of however long and narrow a picture.
                    fx=max(1 / shrink, 1 / pixels.shape[1]),
                    fy=max(1 / shrink, 1 / pixels.shape[0]),
                    interpolation=cv2.INTER_AREA,
                )
            )
            # Pixels have centres: half a pixel of the small picture is more of the large one.
            across, down = source.shape[1] / pixels.shape[1], source.shape[0] / pixels.shape[0]
            smaller = np.array(
                [[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1]]
            )
            back = smaller @ to_picture
        seen = cv2.warpPerspective(
            source,
            back,
            size,
            flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(128, 128, 128),
        )
        return cls(np.asarray(seen, dtype=np.uint8), to_picture)


@dataclass(frozen=True, eq=False)
class Page:
    """A page of a document that lies somewhere on a picture."""

    picture: Picture
    width: float
    """Millimetres."""
    height: float
    """Millimetres."""
    zone_top: float
    """Millimetres from the top to the machine readable zone; `height` where the page has none."""
    to_picture: Homography
    """From millimetres on the page to pixels of the picture."""

    @property
    def outline(self) -> Region:
        """The edge of the page on the picture."""
        return box_on_picture(self.to_picture, (0, 0, self.width, self.height))

    @property
    def pixels_per_mm(self) -> float:
        """How finely the picture shows the middle of the page."""
        return scale_at(self.to_picture, (self.width / 2, self.height / 2))

    def flat(
        self, pixels_per_mm: float, part: tuple[float, float, float, float], *, stretch: float = 1.0
    ) -> View:
        """A part of the page (left, top, width, height in millimetres) from straight above.

        Its height is drawn out by `stretch`, for a page that leans away from the camera.
        """
        left, top, width, height = part
        tall = pixels_per_mm * stretch
        to_mm = np.array([[1 / pixels_per_mm, 0, left], [0, 1 / tall, top], [0, 0, 1]])
        size = round(width * pixels_per_mm), round(height * tall)
        return View.of(self.picture.pixels, self.to_picture @ to_mm, size)


def inverse(homography: Homography) -> Homography:
    """The way back."""
    return np.asarray(np.linalg.inv(homography), dtype=np.float64)


def through(homography: Homography, point: Point) -> Point:
    """Where a point of one plane lies on the other."""
    x, y, w = homography @ (*point, 1.0)
    return float(x / w), float(y / w)


def box_on_picture(homography: Homography, box: tuple[float, float, float, float]) -> Region:
    """An upright box (left, top, right, bottom) of one plane as a quadrilateral on the other."""
    left, top, right, bottom = box
    corners = [through(homography, p) for p in ((left, top), (right, top), (right, bottom))]
    return Region(corners=(*corners, through(homography, (left, bottom))))


def scale_at(homography: Homography, point: Point) -> float:
    """How much longer a short line at this point is on the other plane: the mean of all ways."""
    x, y = point
    here, right, down = (
        np.array(through(homography, place)) for place in ((x, y), (x + 1, y), (x, y + 1))
    )
    (a, b), (c, d) = right - here, down - here
    return float(np.sqrt(abs(a * d - b * c)))
