"""What a report shows, as data: pictures as small JPEGs, everything laid out, no evidence needed.

Made once from the verifiers' pixels (by `faces`, `documents` and their like), stored as JSON with
the result of its step, and rendered as often as it is asked for. A figure is laid out here and
drawn as SVG by its template, so that it stays sharp on paper and its text can be selected and read
aloud.
"""

import base64
from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from models.base import Model
from models.chip import ChipReading, ChipStep, Step
from models.finding import Region, Seen
from models.forensics import Look
from models.person import Band
from models.presence import AspectJudged
from service.report.compared import Comparison
from service.report.links import LinksShown
from service.report.scale import BandScale
from service.report.timeline_shown import Timeline

_URI = "data:image/jpeg;base64,"

JpegUri = Annotated[str, Field(pattern=rf"^{_URI}[A-Za-z0-9+/]+={{0,2}}$")]
"""A JPEG inside the page: a report is one file that can be kept or sent."""


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

    key: str = ""
    """As ICAO 9303 names it, in snake case."""
    name: str
    """In words."""
    mrz: str | None
    printed: str | None
    claimed: str | None
    result: str
    tone: str
    reason: str | None
    mrz_picture: PictureShown | None = None
    """Its characters in the machine readable zone, enlarged, where a person had better look."""
    printed_picture: PictureShown | None = None
    """The same in print."""


class TableRow(Model):
    """One thing that was held against a published table, and what came of it."""

    name: str
    result: str
    tone: str
    said: str
    source: str


class DocumentShown(Model):
    """One document with its fields, or a page on which none was read."""

    title: str = ""
    problem: str = ""
    """Why no machine readable zone was read, where that is known."""
    zone_name: str = "Machine readable zone"
    """What machines read of it: the zone, or a licence's barcode."""
    pictures: tuple[MarkedPicture, ...]
    """Of its sides, the front first."""
    mrz: str = ""
    """The lines of its machine readable zone; empty where none was read."""
    zone: PictureShown | None = None
    """The machine readable zone laid flat."""
    rows: tuple[FieldRow, ...] = ()
    tables: tuple[TableRow, ...] = ()
    """Numbers and validity against what issuers publish; what no table speaks of is left out."""


class PortraitShown(Model):
    """The portrait of one document and its ghost, side by side, or why there is none."""

    document: int
    """Its place among the documents shown, from 0."""
    portrait: PictureShown | None
    ghost: PictureShown | None
    words: tuple[str, ...]
    """What is to be said of them: what is wrong with the portrait, what the ghost shows."""


class ChipShown(Model):
    """What one chip said, and the portrait on it."""

    reading: ChipReading
    portrait: PictureShown | None
    """`None` where its face image was not sent or cannot be decoded."""

    def step(self, name: str) -> ChipStep:
        """What came of the step of this name."""
        return self.reading.step(Step(name))


class LookShown(Model):
    """One sign of tampering that was looked for."""

    name: str
    look: Look
    result: str
    tone: str
    picture: MarkedPicture | None
    """Where it was seen, as heat over the picture; `None` where it was not."""


class PictureLooks(Model):
    """All that was looked for on one picture."""

    caption: str
    looks: tuple[LookShown, ...]


class FacePicture(PictureShown):
    """One face, upright and as large as every other."""

    quality: str = "usable"
    """`usable`, `weak` or `unusable`."""
    lacks: tuple[str, ...] = ()
    """What makes it less than usable."""


class Said(Model):
    """One thing that was asked about two faces, and the answer."""

    name: str
    answer: str
    tone: str
    words: str


class PortraitCompared(Model):
    """One portrait against the candidate in the footage, on the scale of bands."""

    portrait: FacePicture
    scale: BandScale
    comparison: Comparison | None = None
    """As data; `None` in reports that were stored before it was kept."""
    said: tuple[Said, ...] = ()
    """The answer, and what was heard on the way to it."""

    @property
    def looks(self) -> bool:
        """Not supported: whoever decides compares the faces, and needs them large."""
        return not self.comparison or self.comparison.band in (Band.UNKNOWN, Band.CONTRADICTS)


class FacesShown(PortraitCompared):
    """The best portrait and the others, and the faces of the footage they were compared with."""

    faces: tuple[FacePicture, ...]
    """The best first."""
    others: tuple[PortraitCompared, ...] = ()
    """Further portraits, of a chip or of other documents."""

    @property
    def compared(self) -> tuple[PortraitCompared, ...]:
        """All portraits, the one that counts most first."""
        return (self, *self.others)


class PersonShown(Model):
    """One person of one recording, as a film strip."""

    who: str
    tone: str
    file: str
    seen_from: float
    """Seconds."""
    seen_to: float
    named_as: str
    """What to name this person as the candidate by, as the command line takes it."""
    faces: tuple[PictureShown, ...]
    """In order of time."""


class PeopleShown(Model):
    """Everyone in the footage, and how the candidate was told from the others."""

    how_chosen: str = ""
    """In a sentence or two."""
    rows: tuple[PersonShown, ...] = ()
    """The candidate first."""


class ActShown(Model):
    """One thing the person was asked to do, and what was seen of it."""

    name: str
    asked_at: float
    """Seconds since the recording's start."""
    answer: str
    tone: str
    words: str
    picture: PictureShown | None
    """The frame that shows it best; `None` where there is none."""


class ChallengeShown(Model):
    """What was asked while one recording was made, act by act."""

    title: str
    said: str
    """What it comes to."""
    acts: tuple[ActShown, ...]


class SurroundingsShown(Model):
    """What a company's own systems told, row by row."""

    visits: tuple[Said, ...] = ()
    """The newest first."""
    visits_left_out: int = 0
    devices: tuple[Said, ...] = ()
    shipments: tuple[Said, ...] = ()
    pay: tuple[Said, ...] = ()

    @property
    def tables(self) -> tuple[tuple[str, tuple[Said, ...]], ...]:
        """Those that have rows, each with what stands above it."""
        named = (
            ("Visits; a place that is not hidden says nothing for or against anybody", self.visits),
            ("Devices", self.devices),
            ("Shipments", self.shipments),
            ("Pay", self.pay),
        )
        return tuple((name, rows) for name, rows in named if rows)


class Shown(Model):
    """All that a report shows beside its verification; each step fills its own part."""

    documents: tuple[DocumentShown, ...] = ()
    portraits: tuple[PortraitShown, ...] = ()
    """Of these documents, at most one each."""
    chips: tuple[ChipShown, ...] = ()
    looks: tuple[PictureLooks, ...] = ()
    faces: FacesShown | None = None
    """`None` where there was nothing to compare."""
    people: PeopleShown = PeopleShown()
    challenges: tuple[ChallengeShown, ...] = ()
    judged: tuple[AspectJudged, ...] = ()
    """How much of each recording could be judged for presence."""
    frames: tuple[PictureShown, ...] = ()
    """By which presence was judged."""
    measures: tuple[Seen, ...] = ()
    """Every figure that presence was judged by."""
    timeline: Timeline = Timeline()
    surroundings: SurroundingsShown = SurroundingsShown()
    links: LinksShown = LinksShown()

    def portrait_of(self, document: int) -> PortraitShown | None:
        """The portrait of the document at this place."""
        return next((each for each in self.portraits if each.document == document), None)


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
