"""Pages of a PDF by PDFium, rendered as a scan of the same paper would be."""

import math
from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
from PIL import Image

from verifiers.decoding import bounds, signatures
from verifiers.decoding.wholeness import SEND_AGAIN
from verifiers.unusable import Refusal

_POINTS_PER_INCH = 72
_DOTS_PER_INCH = 300
_SMALLEST_LONG_SIDE = 2000
"""Pixels. A card scanned onto a page of its own size has more detail than 300 dpi would keep."""
_PAGE_PIXELS = 25_000_000
"""Photographs are often put on pages of one point a pixel, 15 times the area of A4."""
_WRONG_PASSWORD = 4
"""FPDF_ERR_PASSWORD of fpdfview.h. An empty user password opens without asking."""


def decode(source: BinaryIO) -> Iterator[Image.Image]:
    """Every page as an RGB image.

    Raises:
        Refusal: it asks for a password, is damaged, or has too many pages.
    """
    source.seek(0)
    try:
        document = pypdfium2.PdfDocument(source.read())
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _WRONG_PASSWORD:
            raise Refusal(
                "is a PDF protected by a password", "Remove the password, or send a photograph"
            ) from None
        raise Refusal("is a PDF whose data is damaged", SEND_AGAIN) from None
    bounds.refuse_pages(signatures.PDF.name, len(document))
    for number in range(len(document)):
        try:
            yield _rendered(document[number])
        except pypdfium2.PdfiumError:
            raise Refusal(f"is a PDF whose page {number + 1} is damaged", SEND_AGAIN) from None


def _rendered(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000):
        raise Refusal(f"is a PDF with a page of {width:.0f} x {height:.0f} points", SEND_AGAIN)
    scale = max(_DOTS_PER_INCH / _POINTS_PER_INCH, _SMALLEST_LONG_SIDE / max(width, height))
    scale = min(scale, math.sqrt(_PAGE_PIXELS / (width * height)))
    bounds.refuse_size(signatures.PDF.name, round(width * scale), round(height * scale))
    # On opaque white paper. Form fields stay undrawn: their engine is one more parser.
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    image: Image.Image = bitmap.to_pil()
    page.close()
    return image if image.mode == "RGB" else image.convert("RGB")
