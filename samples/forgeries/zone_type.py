"""Sets machine readable zones in type: any face, size and place, letter by letter, in true ink."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from samples import layout
from samples.artwork import Artwork
from samples.layout import LAYOUTS, Box
from samples.portraits import RgbImage
from samples.specimen import Side, Specimen, render
from samples.tampering import Tampering

Ink = npt.NDArray[np.float32]
"""Height x width, 0 (paper) to 1 (ink)."""

_OCR_B = Path("/usr/share/fonts/opentype/ocr-b")
_DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
FACES: dict[str, Path | None] = {
    "OCR-B": _OCR_B / "OCRB.otf",
    "OCR-B, square ends": _OCR_B / "OCRBS.otf",
    "sans mono": _DEJAVU / "DejaVuSansMono.ttf",
    "sans mono bold": _DEJAVU / "DejaVuSansMono-Bold.ttf",
    "proportional": None,
}
"""Debian's fonts-ocr-b and fonts-dejavu-core; the last is the one within Pillow."""

_FINE = 4
"""Ink is set so many times finer than the document, and then made coarser."""
_INK = (16, 16, 20)
_CAPITAL_MM = 2.54
"""Height of an H in fonts-ocr-b at ten characters an inch."""
_RIGHT_MM = 0.041
"""By which the specimens' letters stand right of the middle of their places: hinted at 300 dots an
inch they start on a whole one. What is set beside them is to stand as they do."""


@dataclass(frozen=True)
class Type:
    """How one character is set; lengths in millimetres."""

    face: str = "OCR-B"
    width: float = 1.0
    """Times its own."""
    height: float = 1.0
    """Times its own; capitals of every face are first made as high as OCR-B's."""
    right: float = 0.0
    down: float = 0.0
    weight: float = 0.0
    """By which its strokes are thicker."""
    ink: float = 1.0
    """How much of the paper it hides."""


Setting = Callable[[int, int, str], Type | None]
"""By line, column and character; `None` leaves the place blank."""


def zone_mm(specimen: Specimen) -> Box:
    """The zone's characters, from the top of the first line's to the last line's baseline."""
    return layout.mrz_box(LAYOUTS[specimen.format], len(specimen.mrz), len(specimen.mrz[0]))


def cell(specimen: Specimen, line: int, start: int, end: int) -> Box:
    """Where characters `start` to `end` of a line stand on the flat document, in pixels."""
    zone, scale = zone_mm(specimen), specimen.dpi / 25.4
    pitch = layout.MRZ_CHARACTER_PITCH
    top = zone.top + line * layout.MRZ_LINE_PITCH
    left, width = zone.left + start * pitch, (end - start) * pitch
    box = (left, top, width, layout.MRZ_CHARACTER_HEIGHT)
    return Box(*(value * scale for value in box))


@lru_cache(maxsize=1)
def blank(specimen: Specimen) -> Side:
    """The side of the zone as it was before the zone was printed."""

    def without(art: Artwork) -> Artwork:
        return replace(art, mrz=tuple(" " * len(line) for line in art.mrz))

    return render(
        specimen.holder,
        specimen.format,
        specimen.portrait,
        dpi=specimen.dpi,
        ghost="ghost" in specimen.face_side.boxes,
        tampering=(Tampering("blank", "the zone is not printed yet", without),),
    ).mrz_side


def ink(specimen: Specimen, lines: tuple[str, ...], setting: Setting) -> Ink:
    """The ink of these lines on the whole flat side."""
    image, zone = specimen.mrz_side.image, zone_mm(specimen)
    fine = specimen.dpi / 25.4 * _FINE
    above = int((zone.top - layout.MRZ_LINE_PITCH) * specimen.dpi / 25.4)
    height, width = image.shape[0] - above, image.shape[1]
    sheet = np.zeros((height * _FINE, width * _FINE), np.float32)
    for line, text in enumerate(lines):
        base = zone.top + layout.MRZ_CHARACTER_HEIGHT + line * layout.MRZ_LINE_PITCH
        for column, character in enumerate(text):
            how = setting(line, column, character)
            if how is None:
                continue
            middle = zone.left + (column + 0.5) * layout.MRZ_CHARACTER_PITCH
            middle += _RIGHT_MM + how.right
            foot = middle * fine, (base + how.down) * fine - above * _FINE
            _press(sheet, character, how, foot, fine)
    whole = np.zeros(image.shape[:2], np.float32)
    whole[above:] = cv2.resize(sheet, (width, height), interpolation=cv2.INTER_AREA)
    return whole


def printed(image: RgbImage, ink: Ink) -> RgbImage:
    """The picture with this ink on it."""
    share = ink[..., None]
    return np.asarray(image * (1 - share) + np.array(_INK) * share + 0.5).astype(np.uint8)


def _press(sheet: Ink, character: str, how: Type, foot: tuple[float, float], per_mm: float) -> None:
    """Puts one character's ink onto the sheet, its middle and baseline at `foot`."""
    glyph = _glyph(how.face, character, round(_CAPITAL_MM * per_mm))
    high, wide = glyph.shape
    middle, base = wide / 2, high * 2 / 3
    if how.weight:
        reach = max(1, round(abs(how.weight) / 2 * per_mm))
        round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1,) * 2)
        glyph = np.asarray(
            cv2.dilate(glyph, round_) if how.weight > 0 else cv2.erode(glyph, round_), np.float32
        )
    left, top = int(foot[0]) - wide, int(foot[1]) - high
    place = np.array(
        [
            [how.width, 0, foot[0] - left - how.width * middle],
            [0, how.height, foot[1] - top - how.height * base],
        ]
    )
    pressed = how.ink * cv2.warpAffine(glyph, place, (2 * wide, 2 * high))
    there = sheet[max(0, top) : top + 2 * high, max(0, left) : left + 2 * wide]
    pressed = pressed[max(0, -top) :, max(0, -left) :][: there.shape[0], : there.shape[1]]
    np.maximum(there, pressed, out=there)


@cache
def _glyph(face: str, character: str, capital: int) -> Ink:
    """One character, its advance's middle in the middle, its baseline at two thirds down."""
    path = FACES[face]

    def font(size: float) -> ImageFont.FreeTypeFont:
        if path is not None:
            return ImageFont.truetype(str(path), size)
        own = ImageFont.load_default(size)
        assert isinstance(own, ImageFont.FreeTypeFont), "Pillow is built with FreeType"
        return own

    _, top, _, bottom = font(1000).getbbox("H", anchor="ls")
    of_size = font(1000 * capital / (bottom - top))
    side = 3 * capital
    image = Image.new("L", (side, side), 0)
    start = side / 2 - of_size.getlength(character) / 2
    ImageDraw.Draw(image).text(
        (start, side * 2 / 3), character, font=of_size, fill=255, anchor="ls"
    )
    return np.asarray(np.asarray(image, np.float32) / 255, dtype=np.float32)
