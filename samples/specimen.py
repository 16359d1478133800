"""Specimen travel documents and visas of fictional issuers, drawn per ICAO 9303-3 to -7.

The MRZ stands in OCR-B at ten characters an inch in the lowest 23.2 mm, where the standard puts it;
everything else stands where `samples.layout` says. "SPECIMEN" is printed over every side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples import artwork, layout
from samples.artwork import Artwork
from samples.guilloche import guilloche
from samples.holder import Holder
from samples.layout import LAYOUTS, Box, Layout, SideName
from samples.mrz_lines import Format
from samples.portraits import Portrait, RgbImage, document_photo
from samples.tampering import Tampering

_FONTS = {
    "ocr-b": (Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf"), "fonts-ocr-b"),
    "sans": (Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"), "fonts-dejavu-core"),
    "bold": (Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"), "fonts-dejavu-core"),
}
_OCR_B_ADVANCE = 0.723
"""Width of a character of OCRB.otf in ems; ten an inch fixes the size of type."""

_INK = (28, 28, 36)
_LABEL_INK = (70, 84, 120)
_GHOST_INK = (96, 92, 118)
_COUNTRIES = {"UTO": "UTOPIA", "XXA": "SPECIMEN ISSUER XXA"}


@dataclass(frozen=True, eq=False)
class Side:
    """One printed side and where on it, in pixels, each field, the portrait and the MRZ stand."""

    name: SideName
    image: RgbImage
    boxes: dict[str, Box]


@dataclass(frozen=True, eq=False)
class Specimen:
    """A rendered document with its ground truth: what is printed where, and what was done to it."""

    format: Format
    holder: Holder
    sides: tuple[Side, ...]
    printed: dict[str, str]
    mrz: tuple[str, ...]
    portrait: Portrait
    tampering: tuple[Tampering, ...]
    dpi: int

    @property
    def face_side(self) -> Side:
        """The side with the portrait and the printed zone."""
        return self.sides[0]

    @property
    def mrz_side(self) -> Side:
        """The side with the machine readable zone: the back of a TD1, else the only one."""
        return self.sides[-1]


def render(
    holder: Holder,
    format: Format,
    portrait: Portrait,
    *,
    dpi: int = 300,
    ghost: bool = False,
    tampering: Sequence[Tampering] = (),
) -> Specimen:
    """Draw the holder's document, altered by each tampering in turn.

    With `ghost` it has a second, paler portrait (9303-3 asks for a protected one; many issuers
    print a ghost).
    """
    art = artwork.honest(holder, format, portrait, ghost=ghost)
    for alteration in tampering:
        art = alteration.alter(art)
    sides = tuple(_draw(art, name, dpi) for name in LAYOUTS[format].sides)
    return Specimen(
        format=format,
        holder=holder,
        sides=sides,
        printed=art.printed,
        mrz=art.mrz,
        portrait=art.portrait,
        tampering=tuple(tampering),
        dpi=dpi,
    )


def _draw(art: Artwork, name: SideName, dpi: int) -> Side:
    plan = LAYOUTS[art.format]
    scale = dpi / 25.4
    size = round(plan.width * scale), round(plan.height * scale)
    sheet = guilloche(*size, seed=f"{art.holder.issuer} {art.format} {name}")
    boxes: dict[str, Box] = {}
    if name != "back" and art.ghost:
        boxes["ghost"] = _pixels(plan.ghost, scale)
        _print_ghost(sheet, art.ghost, boxes["ghost"])
    paper = Image.fromarray(sheet)
    pen = ImageDraw.Draw(paper)
    if name != "back":
        boxes |= _draw_printed_zone(pen, art, plan, scale)
        boxes["portrait"] = _pixels(plan.portrait, scale)
    else:
        _write_back(pen, plan, scale)
    if name != "front":
        boxes["mrz"] = _draw_mrz(paper, art, plan, scale)
    _overprint(
        paper,
        plan,
        scale,
        left=0 if name == "back" else plan.portrait.left * 2 + plan.portrait.width,
        spared=boxes.get("ghost"),
    )
    image = np.array(paper)
    if name != "back":
        _lay_in_portrait(image, art.portrait, boxes["portrait"])
    return Side(name, image, boxes)


def _draw_printed_zone(
    pen: ImageDraw.ImageDraw, art: Artwork, plan: Layout, scale: float
) -> dict[str, Box]:
    title = _COUNTRIES.get(art.holder.issuer, art.holder.issuer)
    left = plan.portrait.left * scale
    pen.text((left, 3.2 * scale), title, _LABEL_INK, _font("bold", 3.4 * scale))
    pen.text(
        ((plan.width - 4) * scale, 3.2 * scale),
        plan.title,
        _LABEL_INK,
        _font("bold", 3.4 * scale),
        anchor="ra",
    )
    boxes = {}
    for name, box in plan.fields.items():
        label = _font("sans", 1.75 * scale)
        up = (box.top - plan.label_height + 0.5) * scale
        pen.text((box.left * scale, up), layout.LABELS[name], _LABEL_INK, label)
        font = _fitting("bold", art.printed[name], plan.value_size * scale, box.width * scale)
        middle = (box.top + box.height / 2) * scale
        pen.text((box.left * scale, middle), art.printed[name], _INK, font, anchor="lm")
        boxes[name] = _pixels(box, scale)
    return boxes


def _draw_mrz(paper: Image.Image, art: Artwork, plan: Layout, scale: float) -> Box:
    """Each character in its own cell, so that rounding never drifts along the line."""
    place = layout.mrz_box(plan, len(art.mrz), len(art.mrz[0]))
    zone_top = round((plan.height - layout.MRZ_ZONE_HEIGHT) * scale)
    tint = Image.new("RGB", (paper.width, paper.height - zone_top), (246, 246, 244))
    paper.paste(tint, (0, zone_top), Image.new("L", tint.size, 190))
    pen = ImageDraw.Draw(paper)
    font = _font("ocr-b", layout.MRZ_CHARACTER_PITCH / _OCR_B_ADVANCE * scale)
    for row, line in enumerate(art.mrz):
        baseline = (place.top + layout.MRZ_CHARACTER_HEIGHT + row * layout.MRZ_LINE_PITCH) * scale
        for column, character in enumerate(line):
            across = (place.left + column * layout.MRZ_CHARACTER_PITCH) * scale
            pen.text((across, baseline), character, (16, 16, 20), font, anchor="ls")
    return _pixels(place, scale)


def _write_back(pen: ImageDraw.ImageDraw, plan: Layout, scale: float) -> None:
    pen.rectangle((0, 4 * scale, plan.width * scale, 11 * scale), fill=(92, 104, 132))
    words = "This card is a specimen. It proves nothing and opens nothing."
    pen.text((4.7 * scale, 15 * scale), words, _LABEL_INK, _font("sans", 2.1 * scale))


def _overprint(
    paper: Image.Image, plan: Layout, scale: float, left: float, spared: Box | None
) -> None:
    """SPECIMEN, slanted, in a red thin enough to leave what is under it legible."""
    ink = Image.new("L", paper.size, 0)
    font = _font("bold", (plan.width - left) * 0.155 * scale)
    lowest = plan.height - (layout.MRZ_ZONE_HEIGHT if len(plan.sides) == 1 or left == 0 else 0)
    middle = (plan.width + left) / 2 * scale, (lowest + 6) / 2 * scale
    ImageDraw.Draw(ink).text(middle, "SPECIMEN", 46, font, anchor="mm")
    ink = ink.rotate(14, center=middle, resample=Image.Resampling.BILINEAR)
    if spared:
        x, y, width, height = (round(value) for value in spared)
        ink.paste(0, (x, y, x + width, y + height))
    paper.paste(Image.new("RGB", paper.size, (206, 40, 48)), (0, 0), ink)


def _lay_in_portrait(image: RgbImage, portrait: Portrait, box: Box) -> None:
    left, top, width, height = (round(value) for value in box)
    photo = document_photo(portrait, width, height).astype(np.float32)
    sheet = np.zeros((height, width), np.float32)
    inset = max(2, width // 60)
    sheet[inset:-inset, inset:-inset] = 1
    edge = cv2.GaussianBlur(sheet, (0, 0), inset / 2)[..., None]
    place = image[top : top + height, left : left + width]
    place[:] = (photo * edge + place * (1 - edge)).astype(np.uint8)


def _print_ghost(image: RgbImage, portrait: Portrait, box: Box) -> None:
    """The portrait once more in one thin ink, over the guilloche and under the text."""
    left, top, width, height = (round(value) for value in box)
    grey = cv2.cvtColor(document_photo(portrait, width, height), cv2.COLOR_RGB2GRAY)
    # The photograph's plain background (206 and lighter) takes no ink.
    ink = np.clip((206 - grey.astype(np.float32)) / 206, 0, 1)[..., None]
    absorbed = 1 - np.array(_GHOST_INK, np.float32) / 255
    place = image[top : top + height, left : left + width]
    place[:] = (place * (1 - ink * absorbed)).astype(np.uint8)


def _pixels(box: Box, scale: float) -> Box:
    return Box(*(float(round(value * scale)) for value in box))


def _fitting(name: str, text: str, size: float, width: float) -> ImageFont.FreeTypeFont:
    """The font at this size, or as much smaller as the text needs to fit."""
    font = _font(name, size)
    length = font.getlength(text)
    return font if length <= width else _font(name, size * width / length)


@cache
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    path, package = _FONTS[name]
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: install the Debian package {package}")
    return ImageFont.truetype(str(path), size)
