"""The figures of a report: pictures with regions marked, the scale of bands, the timeline.

Each figure is laid out here and drawn as SVG by its template, so that it stays sharp on paper and
its text can be selected and read aloud.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from PIL import Image

from models.finding import Region
from models.person import Band
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
        return " ".join(f"{x * self.scale:.1f},{y * self.scale:.1f}" for x, y in self.region.corners)

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
    """Distances on the scale of bands, 0 to `end`."""

    bands: tuple[tuple[Band, float], ...]
    """Each band with the distance it ends at, in order."""
    marks: tuple[tuple[str, float], ...]
    end: float = 0.8
    width: int = 640

    def x(self, distance: float) -> float:
        """Pixels from the left."""
        return round(min(distance, self.end) / self.end * self.width, 1)

    @property
    def segments(self) -> list[tuple[Band, float, float, float]]:
        """Band, the distance it ends at, and its left and right in pixels."""
        told, left = [], 0.0
        for band, upper in self.bands:
            right = self.x(upper)
            told.append((band, upper, left, right))
            left = right
        return told


@dataclass(frozen=True)
class Bar:
    """One entry of the timeline, with its surest and its widest extent."""

    label: str
    dates: str
    kind: str
    left: float
    width: float
    open_start: float
    """Pixels by which the start is uncertain (a month or a year was given, not a day)."""
    open_end: float
    troubled: bool


@dataclass(frozen=True)
class Timeline:
    """Positions and courses over the years."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[int, float], ...]
    width: int = 640
    undated: tuple[str, ...] = field(default=())
