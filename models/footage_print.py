"""A print of footage by which the same is found again: encoded anew, cropped, cut, mirrored.

A perceptual hash of what moves. A moment's bits are the signs of how the lowest frequencies of the
picture around the face change within a second; what does not change, a room, a background, a
waiting screen, leaves no bit that is sure. No picture can be made of them.
"""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Model

Word = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
"""64 bits in hexadecimal, the first bit first."""


class FootageMoment(Model):
    """How the picture changes in the second that begins here."""

    seconds: float = Field(ge=0)
    bits: Word
    sure: Word
    """Bits whose change is above noise; the others are left out of comparisons."""


class FootagePrint(Model):
    """The moments of one recording, a fifth of a second apart. Only one `version` is compared."""

    version: Literal[1] = 1
    file: str
    moments: tuple[FootageMoment, ...] = Field(default=(), max_length=1000)
    absent: str | None = None
    """Why there is no print."""


class FootageLikeness(Model):
    """How alike two recordings are where they fit best."""

    later: float
    """Seconds by which the other one runs later than the first."""
    mirrored: bool
    moments: int = Field(ge=0)
    """That both have, with enough sure bits in common."""
    distance: float = Field(ge=0, le=1)
    """Share of common sure bits that differ, in all but the worst quarter of the moments; 0.5 for
    what has nothing in common."""
    alike_to: float

    @property
    def alike(self) -> bool:
        """The same footage."""
        return self.distance <= self.alike_to
