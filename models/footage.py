"""Footage: what the camera saw, as facts about files and frames (pixels stay in verifiers)."""

from pydantic import Field

from models.base import Model
from models.finding import Region


class FootageFacts(Model):
    """One recording, photograph or run of frames."""

    file: str
    duration_seconds: float = Field(ge=0)
    frames_per_second: float | None = Field(default=None, gt=0)
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    frames_used: int = Field(ge=0)
    simulated: bool = False
    """Made by the samples rather than filmed; every report of it says so."""


class FaceSeen(Model):
    """A face in one frame."""

    file: str
    frame_seconds: float = Field(ge=0)
    region: Region
    distance: float | None = Field(default=None, ge=0)
    """To the portrait on the document, where it was compared."""
