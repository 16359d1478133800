"""Pixels into the pictures of a report: JPEGs of bounded size, with regions marked."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from models.finding import Region
from models.person import Band
from service.report.shown import BandScale, JpegUri, Mark, MarkedPicture, PictureShown, jpeg_uri
from verifiers.faces.matching import Bands
from verifiers.picture import Pixels


def marked_picture(
    pixels: Pixels, caption: str, regions: Sequence[tuple[Region, str, str]] = ()
) -> MarkedPicture:
    """The picture at no more than 1000 pixels, with (region, label, tone) marked."""
    (width, height), scale = _bounded(pixels, longest_side=1000)
    return MarkedPicture(
        uri=_jpeg(pixels, (width, height)),
        width=width,
        height=height,
        caption=caption,
        marks=tuple(
            Mark(region=region, label=label, tone=tone, scale=scale)
            for region, label, tone in regions
        ),
    )


def small_picture(pixels: Pixels, caption: str) -> PictureShown:
    """The picture at no more than 320 pixels."""
    size, _ = _bounded(pixels, longest_side=320)
    return PictureShown(uri=_jpeg(pixels, size), caption=caption)


def band_scale(bands: Bands, marks: Sequence[tuple[str, float]]) -> BandScale:
    """The scale of these bands, made long enough for every mark."""
    end = max(0.7, *(distance for _, distance in marks))
    uppers = (bands.strong, bands.moderate, bands.unknown, end)
    return BandScale(bands=tuple(zip(Band, uppers, strict=True)), marks=tuple(marks))


def _bounded(pixels: Pixels, *, longest_side: int) -> tuple[tuple[int, int], float]:
    """The size to show a picture at, and its scale."""
    height, width = pixels.shape[:2]
    scale = min(1.0, longest_side / max(height, width))
    return (max(1, round(width * scale)), max(1, round(height * scale))), scale


def _jpeg(pixels: Pixels, size: tuple[int, int]) -> JpegUri:
    image = Image.fromarray(pixels)
    if size != image.size:
        image = image.resize(size, Image.Resampling.LANCZOS)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return jpeg_uri(buffer.getvalue())
