"""The figures of a report: pictures with regions marked, and the scale of bands.

Each figure is laid out here and drawn as SVG by its template, so that it stays sharp on paper and
its text can be selected and read aloud.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from models.finding import Region
from models.person import Band
from verifiers.faces.matching import Bands
from verifiers.picture import Pixels


@dataclass(frozen=True)
class Mark:
    """A region on a picture, with its label."""

    region: Region
    label: str
    tone: str
    """`plain`, `good`, `unknown` or `bad`: the colour, never the only sign."""
    scale: float

    @property
    def points(self) -> str:
        """For an SVG polygon."""
        corners = ((x * self.scale, y * self.scale) for x, y in self.region.corners)
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)

    @property
    def label_at(self) -> tuple[float, float]:
        """Just above the region's top left corner."""
        left, top, _, _ = self.region.bounds
        return left * self.scale, max(12.0, top * self.scale - 4)


@dataclass(frozen=True)
class MarkedPicture:
    """A picture as a data URI, with marks over it."""

    uri: str
    width: int
    height: int
    caption: str
    marks: tuple[Mark, ...] = ()


def marked_picture(
    pixels: Pixels,
    caption: str,
    regions: Sequence[tuple[Region, str, str]] = (),
    *,
    longest_side: int = 1000,
) -> MarkedPicture:
    """The picture at no more than `longest_side` pixels, with (region, label, tone) marked."""
    height, width = pixels.shape[:2]
    scale = min(1.0, longest_side / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return MarkedPicture(
        uri=data_uri(pixels, size),
        width=size[0],
        height=size[1],
        caption=caption,
        marks=tuple(Mark(region, label, tone, scale) for region, label, tone in regions),
    )


def data_uri(pixels: Pixels, size: tuple[int, int] | None = None) -> str:
    """The picture as a JPEG inside the page: a report is one file that can be kept or sent."""
    image = Image.fromarray(pixels)
    if size and size != image.size:
        image = image.resize(size, Image.Resampling.LANCZOS)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


@dataclass(frozen=True)
class BandScale:
    """Distances on the scale of bands, from 0."""

    bands: tuple[tuple[Band, float], ...]
    """Each band with the distance it ends at, in order; the last ends where the scale does."""
    marks: tuple[tuple[str, float], ...]
    """The first is what the band was decided by."""
    width: int = 640

    @classmethod
    def of(cls, bands: Bands, marks: Sequence[tuple[str, float]]) -> "BandScale":
        """The scale is made long enough for every mark."""
        end = max(0.7, *(distance for _, distance in marks))
        uppers = (bands.strong, bands.moderate, bands.unknown, end)
        return cls(tuple(zip(Band, uppers, strict=True)), tuple(marks))

    def x(self, distance: float) -> float:
        """Pixels from the left."""
        return round(distance / self.bands[-1][1] * self.width, 1)

    @property
    def segments(self) -> list[tuple[Band, float, float, float]]:
        """Band, the distance it ends at, and its left and right in pixels."""
        told, left = [], 0.0
        for band, upper in self.bands:
            right = self.x(upper)
            told.append((band, upper, left, right))
            left = right
        return told

    @property
    def decided(self) -> tuple[str, float, str]:
        """The first mark: its label, its place, and the side of it that has room for the label."""
        label, distance = self.marks[0]
        x = self.x(distance)
        anchor = "start" if x < 120 else "end" if x > self.width - 120 else "middle"
        return f"{label}: {distance:.2f}", x, anchor
