"""Prints of a document's picture by which the same one is found again under another name.

Perceptual hashes: alike for alike pictures, and no picture can be made of them. A bit is the sign
of a measure at one place or frequency; where the measure is too weak to have a sign that another
look would see as well, the bit is not `sure` and is left out of comparisons.
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.base import Model

Bits = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{16})+$")]
"""Words of 64 bits in hexadecimal, the first bit first."""


class Part(StrEnum):
    """What of a picture is compared."""

    PICTURE = "picture"
    """All of it, as it was framed. 512 bits."""
    SURROUNDINGS = "surroundings"
    """The table around the page, in the page's own coordinates. 512 bits."""
    PORTRAIT = "portrait"
    """128 bits, and the same of 26 places a little beside: detectors are off by a few per cent."""


class PartPrint(Model):
    """The print of one part."""

    bits: Bits
    sure: Bits

    @model_validator(mode="after")
    def _as_long(self) -> Self:
        if len(self.bits) != len(self.sure):
            raise ValueError("each bit is sure or not")
        return self


class DocumentFingerprint(Model):
    """The prints of one picture of a document. Only those of one `version` may be compared."""

    version: Literal[1] = 1
    file: str
    page: int = Field(default=1, ge=1)
    prints: dict[Part, tuple[PartPrint, ...]] = Field(default_factory=dict)
    """The print of each part first, then the same part a little shifted."""
    absent: dict[Part, str] = Field(default_factory=dict)
    """Why, for each part that has no print."""
    tables: str | None = None
    """Of the JPEG (`models.file_traits`). Many cameras and programs share them: never a link."""


class Likeness(Model):
    """How alike one part of two pictures is."""

    part: Part
    distance: float = Field(ge=0, le=1)
    """Share of the bits, of those sure in both, that differ; 0.5 for what has nothing in common."""
    common: int = Field(ge=0)
    """Bits sure in both."""
    alike_to: float
    """The distance up to which it is alike."""

    @property
    def alike(self) -> bool:
        """Nearer than pictures come that have nothing to do with each other."""
        return self.distance <= self.alike_to
