"""What a report shows, as data: pictures as small JPEGs, everything laid out, no evidence needed.

Made once from the verifiers' pixels (`sections`), stored as JSON with the result of its step, and
rendered as often as it is asked for. A figure is laid out here and drawn as SVG by its template, so
that it stays sharp on paper and its text can be selected and read aloud.
"""

import base64
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from models.base import Model
from models.finding import Region, Seen
from models.person import Band

_URI = "data:image/jpeg;base64,"

JpegUri = Annotated[str, Field(pattern=rf"^{_URI}[A-Za-z0-9+/]+={{0,2}}$")]
"""A JPEG inside the page: a report is one file that can be kept or sent."""

SCALE_WIDTH = 640
"""Pixels, of the scale of bands and of the timeline."""
LABEL_ROOM = 420
"""Pixels that a label may take; one that starts further right than this is set to the left."""


def jpeg_uri(jpeg: bytes) -> JpegUri:
    """The bytes of a JPEG as a data URI."""
    return _URI + base64.b64encode(jpeg).decode("ascii")


class Mark(Model):
    """A region on a picture, with its label."""

    region: Region
    label: str
    tone: str
    """`plain`, `good`, `unknown` or `bad`: the colour, never the only sign."""
    scale: float
    """Of the picture shown over the one that the region was measured on."""

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


class PictureShown(Model):
    """A small picture with what it is."""

    uri: JpegUri
    caption: str

    @property
    def jpeg(self) -> bytes:
        """The picture's own bytes."""
        return base64.b64decode(self.uri.removeprefix(_URI))


class MarkedPicture(PictureShown):
    """A picture with marks over it."""

    width: int
    height: int
    marks: tuple[Mark, ...] = ()


class FieldRow(Model):
    """One field of a document: as the zone has it, as printed, as claimed."""

    name: str
    mrz: str | None
    printed: str | None
    claimed: str | None
    result: str
    tone: str
    reason: str | None


class DocumentShown(Model):
    """One document with its fields, or a page on which none was read."""

    title: str = ""
    pictures: tuple[MarkedPicture, ...]
    mrz: str = ""
    """The lines of its machine readable zone; empty where none was read."""
    rows: tuple[FieldRow, ...] = ()


class BandScale(Model):
    """Distances on the scale of bands, from 0."""

    bands: tuple[tuple[Band, float], ...]
    """Each band with the distance it ends at, in order; the last ends where the scale does."""
    marks: tuple[tuple[str, float], ...]
    """The first is what the band was decided by."""

    @property
    def width(self) -> int:
        """Pixels."""
        return SCALE_WIDTH

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


class FacesShown(Model):
    """The portrait beside the faces of the footage, and their distances on the scale of bands."""

    portrait: PictureShown
    faces: tuple[PictureShown, ...]
    scale: BandScale


class Bar(Model):
    """One entry of the claimed history, laid out in pixels."""

    label: str
    dates: str
    kind: str
    left: float
    width: float
    open_start: float
    """Pixels by which the start is uncertain: a month or a year was given, not a day."""
    open_end: float
    troubled: bool
    """A contradiction is about this entry."""

    @property
    def anchor(self) -> str:
        """On which side of its start the label stands."""
        return "start" if self.left < SCALE_WIDTH - LABEL_ROOM else "end"

    @property
    def text_x(self) -> float:
        """Where the label stands."""
        return self.left if self.anchor == "start" else self.left + self.width


class Timeline(Model):
    """All entries that have a date, and the names of those that have none."""

    bars: tuple[Bar, ...] = ()
    years: tuple[tuple[int, float], ...] = ()
    """Each year that is marked, with its place."""
    undated: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Pixels."""
        return SCALE_WIDTH


class Shown(Model):
    """All that a report shows beside its verification; each step fills its own part."""

    documents: tuple[DocumentShown, ...] = ()
    faces: FacesShown | None = None
    """`None` where there was nothing to compare."""
    frames: tuple[PictureShown, ...] = ()
    """By which presence was judged."""
    measures: tuple[Seen, ...] = ()
    """Every figure that presence was judged by."""
    timeline: Timeline = Timeline()


def together(parts: Iterable[Shown]) -> Shown:
    """What several steps show, as one: no two of them fill the same part."""
    filled: dict[str, object] = {}
    for part in parts:
        filled |= {
            name: value
            for name, field in Shown.model_fields.items()
            if (value := getattr(part, name)) != field.default
        }
    return Shown.model_validate(filled)


def pictures(shown: Shown) -> dict[str, tuple[str, bytes]]:
    """Every picture by a name that stays (`document-1`, `portrait`, `face-2`, `presence-3`).

    Returns:
        Name -> caption and the bytes of a JPEG, in the order of the report.
    """
    return {name: (picture.caption, picture.jpeg) for name, picture in _named(shown)}


def _named(shown: Shown) -> Iterator[tuple[str, PictureShown]]:
    of_documents = [picture for document in shown.documents for picture in document.pictures]
    for number, picture in enumerate(of_documents, start=1):
        yield f"document-{number}", picture
    if shown.faces:
        yield "portrait", shown.faces.portrait
        for number, face in enumerate(shown.faces.faces, start=1):
            yield f"face-{number}", face
    for number, frame in enumerate(shown.frames, start=1):
        yield f"presence-{number}", frame
