"""Specimen driver licences of no jurisdiction: a front with print, a back with a real PDF417.

Card and labels follow the AAMVA DL/ID Card Design Standard (ISO/IEC 7810 ID-1; Annex A); where
things stand is our specimens' own choice. "SPECIMEN" is printed over the front.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from samples.guilloche import guilloche
from samples.layout import Box
from samples.licence_payload import JURISDICTION, Cardholder, payload
from samples.licence_tampering import LicenceTampering
from samples.portraits import Portrait, RgbImage, document_photo

_FONTS = {
    "sans": Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    "bold": Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
}
_WIDTH, _HEIGHT = 85.6, 53.98
"""Millimetres, as are all boxes here."""
_PORTRAIT = Box(4, 13, 25, 32)
_BARCODE = Box(8, 9, 69, 18)
_COLUMNS = 12
"""Of data in the barcode: wide and low, as licences have it."""
_INK, _LABEL_INK = (28, 28, 36), (70, 84, 120)
_LABELS = {
    "document_number": "4d Document No.",
    "surname": "1 Family name",
    "given_names": "2 Given names",
    "birth_date": "3 Date of birth",
    "issue_date": "4a Date of issue",
    "expiry_date": "4b Date of expiry",
    "sex": "15 Sex",
    "address": "8 Address",
}
_BOXES = {
    "document_number": Box(33, 12.5, 30, 3.2),
    "surname": Box(33, 18.6, 48, 3.2),
    "given_names": Box(33, 24.7, 48, 3.2),
    "birth_date": Box(33, 30.8, 22, 3.2),
    "sex": Box(62, 30.8, 10, 3.2),
    "issue_date": Box(33, 36.9, 22, 3.2),
    "expiry_date": Box(62, 36.9, 21, 3.2),
    "address": Box(33, 43, 50, 3.2),
}


@dataclass(frozen=True, eq=False)
class Licence:
    """A rendered licence with its ground truth."""

    holder: Cardholder
    front: RgbImage
    back: RgbImage
    printed: dict[str, str]
    """What the front says, by field."""
    payload: str
    """What the barcode says."""
    barcode: Box
    """Where the barcode stands on the back, in pixels."""
    tampering: tuple[LicenceTampering, ...]


def render_licence(
    holder: Cardholder,
    portrait: Portrait,
    *,
    version: int = 10,
    dpi: int = 300,
    tampering: Sequence[LicenceTampering] = (),
) -> Licence:
    """Draw both sides, altered by each tampering in turn."""
    words, text = printed(holder), payload(holder, version)
    for alteration in tampering:
        words, text = alteration.alter(words, text)
    scale = dpi / 25.4
    back, place = _back(text, scale)
    return Licence(
        holder=holder,
        front=_front(words, portrait, scale),
        back=back,
        printed=words,
        payload=text,
        barcode=place,
        tampering=tuple(tampering),
    )


def printed(holder: Cardholder) -> dict[str, str]:
    """What the front says, by field; dates with the month first, in Canada with the year."""

    def day(when: date) -> str:
        return when.strftime("%Y/%m/%d" if holder.country == "CAN" else "%m/%d/%Y")

    return {
        "document_number": holder.number,
        "surname": holder.family,
        "given_names": f"{holder.first} {holder.middle}".strip(),
        "birth_date": day(holder.birth_date),
        "sex": holder.sex,
        "issue_date": day(holder.issue_date),
        "expiry_date": day(holder.expiry),
        "address": f"{holder.street}, {holder.city} {JURISDICTION} {holder.postal_code}",
    }


def barcode_picture(text: str, *, columns: int = _COLUMNS, scale: int = 3) -> RgbImage:
    """A PDF417 that says this, with its quiet zone, `scale` pixels a module."""
    made = zxingcpp.create_barcode(
        text.encode("latin-1"), zxingcpp.BarcodeFormat.PDF417, columns=columns, ec_level="5"
    )
    grey = np.asarray(made.to_image(scale=scale), dtype=np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def _front(words: dict[str, str], portrait: Portrait, scale: float) -> RgbImage:
    size = round(_WIDTH * scale), round(_HEIGHT * scale)
    paper = Image.fromarray(guilloche(*size, seed="licence front"))
    pen = ImageDraw.Draw(paper)
    pen.text((4 * scale, 3 * scale), "SPECIMEN XX", _LABEL_INK, _font("bold", 3.6 * scale))
    right = (_WIDTH - 4) * scale, 3 * scale
    pen.text(right, "DRIVER LICENCE", _LABEL_INK, _font("bold", 3.6 * scale), anchor="ra")
    for name, box in _BOXES.items():
        up = (box.top - 2.2) * scale
        pen.text((box.left * scale, up), _LABELS[name], _LABEL_INK, _font("sans", 1.75 * scale))
        middle = (box.top + box.height / 2) * scale
        font = _fitting(words[name], 2.8 * scale, box.width * scale)
        pen.text((box.left * scale, middle), words[name], _INK, font, anchor="lm")
    _overprint(paper, scale)
    image = np.array(paper)
    left, top, width, height = (round(value * scale) for value in _PORTRAIT)
    image[top : top + height, left : left + width] = document_photo(portrait, width, height)
    return image


def _back(text: str, scale: float) -> tuple[RgbImage, Box]:
    size = round(_WIDTH * scale), round(_HEIGHT * scale)
    image = guilloche(*size, seed="licence back")
    code = barcode_picture(text, scale=8)
    shrink = min(_BARCODE.width * scale / code.shape[1], _BARCODE.height * scale / code.shape[0])
    small = cv2.resize(code, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    left, top = round(_BARCODE.left * scale), round(_BARCODE.top * scale)
    height, width = small.shape[:2]
    image[top : top + height, left : left + width] = small
    paper = Image.fromarray(image)
    words = "This card is a specimen. It proves nothing and permits nothing."
    where = (8 * scale, 40 * scale)
    ImageDraw.Draw(paper).text(where, words, _LABEL_INK, _font("sans", 2.1 * scale))
    return np.array(paper), Box(float(left), float(top), float(width), float(height))


def _overprint(paper: Image.Image, scale: float) -> None:
    """SPECIMEN, slanted, in a red thin enough to leave what is under it legible."""
    ink = Image.new("L", paper.size, 0)
    middle = 0.65 * _WIDTH * scale, 0.55 * _HEIGHT * scale
    font = _font("bold", 8.5 * scale)
    ImageDraw.Draw(ink).text(middle, "SPECIMEN", 40, font, anchor="mm")
    ink = ink.rotate(14, center=middle, resample=Image.Resampling.BILINEAR)
    paper.paste(Image.new("RGB", paper.size, (206, 40, 48)), (0, 0), ink)


def _fitting(text: str, size: float, width: float) -> ImageFont.FreeTypeFont:
    font = _font("bold", size)
    length = font.getlength(text)
    return font if length <= width else _font("bold", size * width / length)


@cache
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    path = _FONTS[name]
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: install the Debian package fonts-dejavu-core")
    return ImageFont.truetype(str(path), size)
