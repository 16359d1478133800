"""Signs of tampering that were looked for on a picture of a document, and what was found.

No sign is a verdict and the absence of all of them proves nothing: a picture alone never shows that
a document is authentic. Each says what was looked for, where, and how often honest documents show
as much.
"""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from models.base import Model
from models.finding import Region


class Sign(StrEnum):
    """What is looked for; the report and the benchmark name these."""

    ZONE_PRINT = "zone_print"
    """Letters of the machine readable zone that are not OCR-B, or off pitch or baseline."""
    PORTRAIT = "portrait"
    """A portrait whose noise, sharpness or compression is not that of the page around it."""
    LOCAL_RESAVE = "local_resave"
    """A part of the picture with another history of JPEG compression than the rest."""
    SCREEN = "screen"
    """The picture was taken of a screen."""
    PRINTED_COPY = "printed_copy"
    """The picture was taken of a copy on paper, not of the document."""
    EDITED_FILE = "edited_file"
    """The file says, or shows by what it lacks, that it does not come from a camera."""
    REUSED = "reused"
    """The same picture, background or template as another candidate's document."""


class Found(StrEnum):
    """What the look for a sign came to."""

    CLEAR = "clear"
    """Seen more than on 99 of 100 honest documents."""
    FAINT = "faint"
    """Seen more than on 95 of 100 honest documents."""
    NONE = "none"
    """Not seen more than on honest documents."""
    UNKNOWN = "unknown"
    """Could not be looked for."""


class Look(Model):
    """One sign looked for on one picture."""

    sign: Sign
    file: str
    page: int = Field(default=1, ge=1)
    found: Found
    score: float | None = None
    """The measure, in the detector's own unit; more is more of the sign."""
    faint_from: float | None = None
    """The score that 5 % of honest rendered documents reach; of what a file says, a rule's."""
    clear_from: float | None = None
    """The score that 1 % of honest rendered documents reach; of what a file says, a rule's."""
    where: tuple[Region, ...] = ()
    """Where it was seen, or looked for; empty for the whole picture."""
    said: str = Field(min_length=1)
    """In plain words: what was measured and seen, or why it could not be looked for."""

    @model_validator(mode="after")
    def _measured(self) -> Self:
        if (self.found is Found.UNKNOWN) and self.score is not None:
            raise ValueError("what could not be looked for has no score")
        return self

    @classmethod
    def graded(
        cls,
        sign: Sign,
        file: str,
        page: int,
        score: float,
        thresholds: tuple[float, float],
        said: str,
        where: tuple[Region, ...] = (),
    ) -> Self:
        """A score held against what 5 % and 1 % of honest documents reach (`thresholds`)."""
        faint, clear = thresholds
        found = Found.CLEAR if score >= clear else Found.FAINT if score >= faint else Found.NONE
        return cls(
            sign=sign,
            file=file,
            page=page,
            found=found,
            score=score,
            faint_from=faint,
            clear_from=clear,
            where=where,
            said=said,
        )
