"""A document as a person would send it: photographed on a table by hand, not scanned."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from samples.layout import Box
from samples.portraits import Plane, RgbImage

Table = Literal["wood", "slate", "cloth"]

_COLOURS: dict[Table, tuple[int, int, int]] = {
    "wood": (150, 112, 78),
    "slate": (74, 80, 88),
    "cloth": (176, 178, 172),
}
_MARGIN = 0.14
"""Table shown on each side, as a share of the document's width."""


@dataclass(frozen=True, eq=False)
class Photograph:
    """The picture, and the 3x3 homography from the flat document's pixels into it."""

    image: RgbImage
    homography: npt.NDArray[np.float64]

    def corners_of(self, box: Box) -> npt.NDArray[np.float64]:
        """Where a box of the flat document lies in the picture: 4 x 2, clockwise from top left."""
        left, top, width, height = box
        right, low = left + width, top + height
        corners = np.array([[[left, top], [right, top], [right, low], [left, low]]], dtype=float)
        return np.asarray(cv2.perspectiveTransform(corners, self.homography)[0])


def photograph(
    image: RgbImage,
    *,
    tilt_degrees: float = 0,
    keystone_degrees: float = 0,
    scale: float = 1,
    blur: float = 0,
    glare: float = 0,
    noise: float = 0,
    jpeg_quality: int | None = None,
    background: Table = "wood",
    seed: int = 0,
) -> Photograph:
    """Lay the document on a table and take its picture.

    `tilt_degrees` turns it in the picture's plane; `keystone_degrees` is how far the camera leans
    away from straight above. `scale` is pixels of the picture per pixel of the document, `blur` and
    `noise` are standard deviations (pixels; 8-bit levels), `glare` 0 to 1 is the strength of a
    lamp's reflection. `jpeg_quality` sends the result through a JPEG encoder and back.
    """
    random = np.random.default_rng(seed)
    height, width = image.shape[:2]
    homography, canvas = _view((width, height), scale, tilt_degrees, keystone_degrees)
    scene = _table(canvas, background, random)
    ones = np.ones((height, width), np.float32)
    shadow = cv2.GaussianBlur(cv2.warpPerspective(ones, homography, canvas), (0, 0), canvas[0] / 90)
    shadow = np.roll(shadow, (canvas[0] // 130, canvas[0] // 160), (0, 1))
    scene *= 1 - 0.55 * shadow[..., None]
    sheet = cv2.warpPerspective(image, homography, canvas, flags=cv2.INTER_AREA)
    # Eroding by a pixel keeps the table's black out of the sheet's antialiased edge.
    cover = cv2.warpPerspective(cv2.erode(ones, np.ones((3, 3))), homography, canvas)[..., None]
    scene = scene * (1 - cover) + sheet * cover
    scene *= _light(canvas, random)[..., None]
    if glare:
        scene += 235 * glare * _reflection(canvas, random)[..., None]
    if blur:
        scene = np.asarray(cv2.GaussianBlur(scene, (0, 0), blur), np.float32)
    if noise:
        scene += noise * random.standard_normal(scene.shape, dtype=np.float32)
    picture = np.clip(scene, 0, 255).astype(np.uint8)
    if jpeg_quality is not None:
        picture = _decode(jpeg(picture, jpeg_quality))
    return Photograph(picture, homography)


def jpeg(image: RgbImage, quality: int = 90) -> bytes:
    """The picture as the bytes of a JPEG file."""
    done, data = cv2.imencode(
        ".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    if not done:
        raise RuntimeError("OpenCV could not encode a JPEG")
    return bytes(data.tobytes())


def _decode(data: bytes) -> RgbImage:
    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert bgr is not None, "a JPEG written a moment ago"
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def _view(
    document: tuple[int, int], scale: float, tilt: float, keystone: float
) -> tuple[npt.NDArray[np.float64], tuple[int, int]]:
    """The homography of a pinhole camera two document widths above the table, and its picture's
    size: as wide and high as the document needs, with table around it.
    """
    width, height = document
    roll, lean = np.radians(tilt), np.radians(keystone)
    to_centre = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    turn = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    away = np.array([[1, 0, 0], [0, np.cos(lean), 0], [0, -np.sin(lean) / (2 * width), 1]])
    centred = np.diag([scale, scale, 1]) @ away @ turn @ to_centre
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=float)
    seen = cv2.perspectiveTransform(corners, centred)[0]
    margin = _MARGIN * width * scale
    start = seen.min(axis=0) - margin
    canvas = np.ceil(seen.max(axis=0) + margin - start).astype(int)
    place = np.array([[1, 0, -start[0]], [0, 1, -start[1]], [0, 0, 1]])
    return place @ centred, (int(canvas[0]), int(canvas[1]))


def _table(size: tuple[int, int], kind: Table, random: np.random.Generator) -> Plane:
    width, height = size
    grain = {"wood": (4, 160), "slate": (60, 60), "cloth": (240, 180)}[kind]
    rough = random.normal(0, 1, (height // grain[0] + 2, width // grain[1] + 2))
    if kind == "wood":
        rough = random.normal(0, 1, (max(8, height // 5), max(3, width // 260)))
    coarse = cv2.resize(rough.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(random.standard_normal((height, width), dtype=np.float32), (0, 0), 0.8)
    texture = 7 * coarse + 6 * fine
    return np.asarray(np.array(_COLOURS[kind], np.float32) + texture[..., None], np.float32)


def _light(size: tuple[int, int], random: np.random.Generator) -> Plane:
    """Daylight from one side: between 86 % and 104 % of full."""
    width, height = size
    angle = random.uniform(0, 2 * np.pi)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    slope = (across / width - 0.5) * np.cos(angle) + (down / height - 0.5) * np.sin(angle)
    return np.asarray(0.95 + 0.13 * slope, dtype=np.float32)


def _reflection(size: tuple[int, int], random: np.random.Generator) -> Plane:
    width, height = size
    middle = width * random.uniform(0.3, 0.7), height * random.uniform(0.3, 0.7)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = ((across - middle[0]) / (0.16 * width)) ** 2
    distance += ((down - middle[1]) / (0.12 * width)) ** 2
    return np.asarray(np.exp(-distance), np.float32)
