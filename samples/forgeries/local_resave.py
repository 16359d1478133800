"""A printed value altered on a computer: the camera's picture opened, changed and saved again.

What is put in has another history of compression than the picture around it: none (drawn), the
picture's own off its 8 x 8 grid (moved), or another file's (foreign).
"""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from samples.capture import Camera, Capture, Sent, capture, jpeg, jpeg_decoded
from samples.captured_documents import Drawn, drawn
from samples.forgeries.attack import Attack, Exhibit
from samples.layout import Box
from samples.portraits import RgbImage

STRENGTHS = ("messenger", "q70", "q80", "q90", "q95", "png")
"""What the forger saved it as. The camera's own quality is 80 to 97, by the seed: saved at less,
the second compression hides the first. By a messenger it was made smaller too."""

_FIELDS = ("birth_date", "expiry_date", "surname", "document_number", "given_names")
_OTHER = {
    "birth_date": "expiry_date",
    "expiry_date": "birth_date",
    "document_number": "birth_date",
    "surname": "given_names",
    "given_names": "surname",
}
"""Where the print comes from that covers a field."""
_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
_FEATHER = 0.8
"""Of the selection's edge, standard deviation in pixels."""
_DONOR_QUALITY = (50, 96)

Edit = Callable[[RgbImage, Drawn, npt.NDArray[np.float64], str], RgbImage]


def _made(edit: Edit) -> Callable[[int, str], Exhibit]:
    @lru_cache(maxsize=1)
    def altered(seed: int) -> RgbImage:
        document, shot = _begun(seed)
        return edit(shot.pixels, document, shot.homography, _field(seed))

    def make(seed: int, strength: str) -> Exhibit:
        document, shot = _begun(seed)
        saved = saved_as(altered(seed), shot.homography, document.camera, strength)
        return Exhibit(document, saved, (document.side.boxes[_field(seed)],))

    return make


def _field(seed: int) -> str:
    return _FIELDS[seed % len(_FIELDS)]


@lru_cache(maxsize=1)
def _begun(seed: int) -> tuple[Drawn, Capture]:
    """The document and its honest picture; kept, since strengths differ only from here on."""
    document = drawn(seed, with_portrait=True)
    return document, taken(document)


def taken(document: Drawn, flat: RgbImage | None = None) -> Capture:
    """The picture of the document (or of a `flat` one in its place) as it leaves the camera."""
    sent: Sent = "scan" if document.camera.sent == "scan" else "camera"
    return capture(document.side if flat is None else flat, replace(document.camera, sent=sent))


def saved_as(
    picture: RgbImage, homography: npt.NDArray[np.float64], camera: Camera, strength: str
) -> Capture:
    """The altered picture as a file, in one of `STRENGTHS`."""
    if strength == "png":
        sink = io.BytesIO()
        Image.fromarray(picture).save(sink, "PNG", compress_level=1)
        return Capture(sink.getvalue(), picture, homography)
    if strength == "messenger":
        once = jpeg_decoded(jpeg(picture, 92, camera.chroma))
        shrink = min(1.0, 1600 / max(once.shape[:2]))
        size = round(once.shape[1] * shrink), round(once.shape[0] * shrink)
        homography = np.diag([shrink, shrink, 1.0]) @ homography
        small = np.asarray(cv2.resize(once, size, interpolation=cv2.INTER_AREA), np.uint8)
        data = jpeg(small, camera.sent_quality, camera.chroma)
    else:
        data = jpeg(picture, int(strength[1:]), camera.chroma)
    return Capture(data, jpeg_decoded(data), homography)


def _draw(
    picture: RgbImage, document: Drawn, homography: npt.NDArray[np.float64], field: str
) -> RgbImage:
    """The value painted over with what is around it, another written there."""
    flat = document.side.boxes[field]
    selection = _selected(picture, homography, flat)
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    paper = cv2.GaussianBlur(grey, (0, 0), 0.8 * flat.height * _scale(homography))
    printed = ((grey < paper - 12) & (selection > 0.5)).astype(np.uint8)
    dark = np.asarray(cv2.dilate(printed, np.ones((5, 5), np.uint8)), np.uint8)
    cleaned = cv2.inpaint(picture, dark, 5, cv2.INPAINT_TELEA)
    side = document.side.image
    ink = Image.new("L", (side.shape[1], side.shape[0]), 0)
    value = str(document.specimen.printed.get(field, ""))
    digits = str.maketrans("0123456789AEIMNOS", "9876501234EAOTRUL")
    font = ImageFont.truetype(_FONT, 0.72 * flat.height)
    middle = (flat.left, flat.top + flat.height / 2)
    ImageDraw.Draw(ink).text(middle, value.translate(digits), 255, font, anchor="lm")
    size = picture.shape[1], picture.shape[0]
    written = cv2.warpPerspective(np.array(ink), homography, size, flags=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(written, (0, 0), document.camera.blur).astype(np.float32) / 255
    lettered = cleaned * (1 - soft[..., None]) + 38 * soft[..., None]
    return _laid_in(picture, lettered, selection)


def _move(
    picture: RgbImage, document: Drawn, homography: npt.NDArray[np.float64], field: str
) -> RgbImage:
    """Print from elsewhere on the page, moved by whole pixels but off the 8 x 8 grid."""
    boxes = document.side.boxes
    move = np.array([[boxes[field][:2], boxes[_OTHER[field]][:2]]], np.float64)
    to, come = cv2.perspectiveTransform(move, homography)[0]
    across, down = (round(value) for value in to - come)
    across += 3 * (across % 8 == 0)
    down += 3 * (down % 8 == 0)
    shifted = np.roll(picture, (down, across), axis=(0, 1))
    return _laid_in(picture, shifted, _selected(picture, homography, boxes[field]))


def _foreign(
    picture: RgbImage, document: Drawn, homography: npt.NDArray[np.float64], field: str
) -> RgbImage:
    """The same place of another document's picture, which was saved on another grid."""
    camera, boxes = document.camera, document.side.boxes
    random = np.random.default_rng([camera.seed, 73_000])
    flat: RgbImage = document.side.image.copy()
    width = int(min(boxes[field].width, boxes[_OTHER[field]].width))
    (left, top), (from_left, from_top) = (
        (int(box.left), int(box.top)) for box in (boxes[field], boxes[_OTHER[field]])
    )
    height = int(boxes[field].height)
    flat[top : top + height, left : left + width] = document.side.image[
        from_top : from_top + height, from_left : from_left + width
    ]
    other = taken(replace(document, camera=replace(camera, seed=camera.seed + 1)), flat)
    down, across = (int(value) for value in random.integers(1, 8, 2))
    quality = int(random.integers(*_DONOR_QUALITY))
    donor = picture.copy()
    cut = jpeg(np.ascontiguousarray(other.pixels[down:, across:]), quality, camera.chroma)
    donor[down:, across:] = jpeg_decoded(cut)
    return _laid_in(picture, donor, _selected(picture, homography, boxes[field]))


def _selected(
    picture: RgbImage, homography: npt.NDArray[np.float64], box: Box
) -> npt.NDArray[np.float32]:
    """How much of each pixel is taken, 0 to 1."""
    left, top, width, height = box
    corners = [[left, top], [left + width, top], [left + width, top + height], [left, top + height]]
    quadrilateral = cv2.perspectiveTransform(np.array([corners], np.float64), homography)[0]
    mask = np.zeros(picture.shape[:2], np.float32)
    cv2.fillConvexPoly(mask, np.rint(quadrilateral).astype(np.int32), 1.0)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), _FEATHER), np.float32)


def _laid_in(
    picture: RgbImage, other: npt.NDArray[np.generic], taken: npt.NDArray[np.float32]
) -> RgbImage:
    share = taken[..., None]
    mixed = np.where(share > 0, picture * (1 - share) + np.asarray(other) * share, picture)
    return np.clip(np.rint(mixed), 0, 255).astype(np.uint8)


def _scale(homography: npt.NDArray[np.float64]) -> float:
    return float(np.sqrt(abs(np.linalg.det(homography[:2, :2]))))


ATTACKS: tuple[Attack, ...] = (
    Attack(
        name="drawn",
        story="A printed value is painted over on the computer and another written in its place.",
        strengths=STRENGTHS,
        make=_made(_draw),
    ),
    Attack(
        name="moved",
        story="A printed value is covered with print from elsewhere on the same picture.",
        strengths=STRENGTHS,
        make=_made(_move),
    ),
    Attack(
        name="foreign",
        story="A printed value is covered with the same place of another document's picture.",
        strengths=STRENGTHS,
        make=_made(_foreign),
    ),
)
