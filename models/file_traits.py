"""What a picture's file says about itself, beside its pixels: what wrote it, and how.

Kept is what tells how a file came about. Never read out, or dropped where they are read: places
(GPS), serial numbers of cameras and lenses, names of owners, artists and authors, titles, captions
and comments, dates and times, and the identifiers of single pictures and edits. Programs, makers
of cameras, actions and source types are kept only where our tables or their standard know them, so
that no words of whoever wrote the file stay; a model stands only behind a maker's name.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.base import Model


class Container(StrEnum):
    """The format of the file."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    TIFF = "tiff"
    HEIC = "heic"
    AVIF = "avif"
    GIF = "gif"
    BMP = "bmp"
    PDF = "pdf"


class ProgramKind(StrEnum):
    """What a program that names itself in a file is for."""

    CAMERA = "camera"
    PHONE = "phone"
    """The camera or gallery of a phone, or the phone's system."""
    SCANNER = "scanner"
    EDITOR = "editor"
    """Made to alter or compose pictures: layers, text, retouching."""
    DEVELOPER = "developer"
    """Light, colour, crop; little else."""
    OFFICE = "office"
    """Word processors, printing systems, browsers: what puts pictures on pages."""
    MESSENGER = "messenger"
    SCREENSHOT = "screenshot"
    AI_GENERATOR = "ai_generator"
    LIBRARY = "library"
    """Software of servers and apps, which people do not choose."""
    UNKNOWN = "unknown"


Line = Annotated[str, Field(min_length=1, max_length=60)]
"""Printable, and short."""


class Program(Model):
    """A program that the file names."""

    name: Line
    """As our table calls it, never in the file's words: else "a program that is not known"."""
    kind: ProgramKind
    said_in: Line
    """Where in the file: "EXIF Software", "PDF producer"."""


class JpegTraits(Model):
    """How a JPEG is compressed."""

    tables: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """The first 64 bits of the SHA-256 of all quantisation tables: the same for all pictures that
    one program or camera wrote at one quality."""
    quality: int = Field(ge=1, le=100)
    """Of the tables of T.81 Annex K, scaled as libjpeg does, that is nearest in luminance."""
    standard_tables: bool
    """Whether the luminance table is exactly the one of that quality."""
    subsampling: Line
    """"4:2:0", "4:4:4", … or "grey"."""
    scans: int = Field(ge=0)
    progressive: bool


class Thumbnail(Model):
    """The small picture inside the file, against the large one."""

    same_shape: bool
    """Whether the sides stand in the same proportion, black bars aside."""
    difference: float = Field(ge=0)
    """Of the block (of 8 x 8) that differs most: the mean difference of its grey levels, 0 to 255,
    the overall light and contrast made equal first."""
    at: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    """Where that block is: left, top, right, bottom as shares of the upright picture."""


class ContentCredentials(Model):
    """A C2PA manifest, read without checking its signature: anybody can write one."""

    claim_generators: tuple[Line, ...] = ()
    """As our table calls them."""
    actions: tuple[Line, ...] = ()
    """As "c2pa.color_adjustments"."""
    source_types: tuple[Line, ...] = ()
    """The last part of IPTC digital source types: "trainedAlgorithmicMedia"."""


class PdfTraits(Model):
    """How a PDF was put together."""

    updates: int = Field(ge=0)
    """Times it was changed by appending (ISO 32000-1 §7.5.6): forms filled, signatures, edits."""


class FileTraits(Model):
    """All that is read of one file. What is not there is empty or `None`."""

    container: Container
    camera: Line | None = None
    """Make, and the model where it is plain letters and digits, as "Apple iPhone 13"."""
    programs: tuple[Program, ...] = ()
    jpeg: JpegTraits | None = None
    thumbnail: Thumbnail | None = None
    credentials: ContentCredentials | None = None
    edit_steps: int = Field(default=0, ge=0)
    """Entries of an XMP editing history (xmpMM:History)."""
    ai_declared: bool = False
    """The file declares in plain metadata (IPTC, generator's settings) that an AI made it."""
    pdf: PdfTraits | None = None
    broken: tuple[Line, ...] = ()
    """What could not be read: "EXIF", "C2PA"."""
