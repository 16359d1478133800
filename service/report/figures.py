"""Pixels into the pictures of a report: JPEGs of bounded size, with regions marked."""

from collections.abc import Sequence
from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from models.finding import Region
from models.person import Band
from service.report.scale import BandScale
from service.report.shown import JpegUri, Mark, MarkedPicture, PictureShown, jpeg_uri
from verifiers.faces.matching import Bands
from verifiers.page import View
from verifiers.picture import Pixels

_SHOWN = 1000
"""Units of the longest side of a marked picture, and its pixels at most."""


def marked_picture(
    pixels: Pixels,
    caption: str,
    regions: Sequence[tuple[Region, str, str]] = (),
    *,
    quarters: int = 0,
) -> MarkedPicture:
    """The picture at no more than 1000 pixels, with (region, label, tone) marked.

    It is turned anticlockwise by so many quarters, and the regions with it. A smaller one is drawn
    as large all the same: labels are as high on every picture.
    """
    turned = np.rot90(pixels, quarters)
    scale = _SHOWN / max(turned.shape[:2])
    return MarkedPicture(
        uri=_jpeg(turned, _bounded(turned, longest_side=_SHOWN)),
        width=max(1, round(turned.shape[1] * scale)),
        height=max(1, round(turned.shape[0] * scale)),
        caption=caption,
        marks=tuple(
            Mark(
                region=_turned(region, quarters, pixels.shape), label=label, tone=tone, scale=scale
            )
            for region, label, tone in regions
        ),
    )


def cut_out(pixels: Pixels, region: Region, caption: str, *, margin: float) -> PictureShown:
    """A region laid flat and upright with a little around it, enlarged to be read.

    `margin` above and below is a share of its height, half of that before and after it. At most 900
    pixels long, and 56 high where its length allows.
    """
    corners = np.array(region.corners, dtype=np.float32)
    wide = float(np.linalg.norm(corners[1] - corners[0] + corners[2] - corners[3]) / 2)
    high = float(np.linalg.norm(corners[3] - corners[0] + corners[2] - corners[1]) / 2)
    whole = wide + margin * high, high + 2 * margin * high
    zoom = min(900 / whole[0], max(1.0, 56 / whole[1]))
    size = max(1, round(whole[0] * zoom)), max(1, round(whole[1] * zoom))
    x, y = margin * high * zoom / 2, margin * high * zoom
    inside = np.array(
        [[x, y], [size[0] - x, y], [size[0] - x, size[1] - y], [x, size[1] - y]], dtype=np.float32
    )
    to_picture = np.asarray(cv2.getPerspectiveTransform(inside, corners), dtype=np.float64)
    return PictureShown(uri=_jpeg(View.of(pixels, to_picture, size).pixels, size), caption=caption)


def small_picture(pixels: Pixels, caption: str) -> PictureShown:
    """The picture at no more than 320 pixels."""
    return PictureShown(uri=_jpeg(pixels, _bounded(pixels, longest_side=320)), caption=caption)


def band_scale(bands: Bands, marks: Sequence[tuple[str, float]]) -> BandScale:
    """The scale of these bands, made long enough for every mark."""
    end = max(0.7, bands.unknown, *(distance for _, distance in marks))
    uppers = (bands.strong, bands.moderate, bands.unknown, end)
    return BandScale(bands=tuple(zip(Band, uppers, strict=True)), marks=tuple(marks))


def _turned(region: Region, quarters: int, shape: tuple[int, ...]) -> Region:
    """The region on the picture turned anticlockwise by so many quarters."""
    height, width = shape[:2]
    corners = region.corners
    for _ in range(quarters % 4):
        corners = tuple((y, width - x) for x, y in corners)  # type: ignore[assignment]
        width, height = height, width
    return Region(corners=corners)


def _bounded(pixels: Pixels, *, longest_side: int) -> tuple[int, int]:
    """The size to show a picture at."""
    height, width = pixels.shape[:2]
    scale = min(1.0, longest_side / max(height, width))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _jpeg(pixels: Pixels, size: tuple[int, int]) -> JpegUri:
    image = Image.fromarray(pixels)
    if size != image.size:
        image = image.resize(size, Image.Resampling.LANCZOS)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return jpeg_uri(buffer.getvalue())
