"""Draws the letter shapes that zones are held against: `python -m training.letter_shapes`.

One sheet each of Debian's fonts-ocr-b and of fonts-dejavu-core's sans mono, a cell a character; the
verifier needs no font when it runs.
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from verifiers.documents.forensics.zone_print_shapes import CELL, FINE, SHEETS, SIDE, Face
from verifiers.documents.mrz_fields import CHARACTERS

_FONTS = {
    Face.OCR_B: Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf"),
    Face.SANS: Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"),
}
_OVER = 4
"""Drawn so many times larger, so that the font's hints for small sizes move nothing."""


def sheet(face: Face) -> Image.Image:
    """The cells in rows, white on black, the middle of an H in the middle of each.

    OCR-B has the sheet's pitch; the capitals of the other are made as high.
    """
    ocr_b = ImageFont.truetype(_FONTS[Face.OCR_B], 1000)
    capital = _capital(ocr_b) * FINE * _OVER / ocr_b.getlength("H")
    size = 1000 * capital / _capital(ImageFont.truetype(_FONTS[face], 1000))
    font = ImageFont.truetype(_FONTS[face], size)
    wide, high = CELL[0] * _OVER, CELL[1] * _OVER
    base = high / 2 + _capital(font) / 2
    rows = -(-len(CHARACTERS) // SIDE)
    page = Image.new("L", (wide * SIDE, high * rows), 0)
    pen = ImageDraw.Draw(page)
    for place, character in enumerate(CHARACTERS):
        row, column = divmod(place, SIDE)
        foot = (column + 0.5) * wide, row * high + base
        pen.text(foot, character, font=font, fill=255, anchor="ms")
    return page.resize((CELL[0] * SIDE, CELL[1] * rows), Image.Resampling.BOX)


def _capital(font: ImageFont.FreeTypeFont) -> float:
    _, top, _, bottom = font.getbbox("H", anchor="ms")
    return bottom - top


if __name__ == "__main__":
    for face, path in SHEETS.items():
        drawn = sheet(face)
        drawn.save(path, optimize=True)
        print(f"{path}: {path.stat().st_size} bytes, {np.asarray(drawn).mean():.1f} of 255 inked")
