"""A person as the service knows them: by a face template, never by an opinion."""

from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from models.base import Model
from models.stage import Stage


class TemplateKind(StrEnum):
    """What a face template was made from."""

    PORTRAIT = "portrait"
    """The portrait on an identity document."""
    LIVE = "live"
    """Frames of footage in which the person was present."""


class FaceTemplate(Model):
    """The unit-normalised mean of face descriptors of one person.

    Biometric data: kept only with consent, and never compared with a template of another engine.
    """

    kind: TemplateKind
    engine: str
    """Name and version of the engine that made it; templates of two engines never meet."""
    vector: tuple[float, ...] = Field(min_length=32)
    faces: int = Field(ge=1)
    """How many faces went into it."""
    without_colour: bool = False
    """Printed, scanned or filmed in one hue, which moves distances."""

    @model_validator(mode="after")
    def _unit(self) -> Self:
        # "not … <=" rather than ">": a vector of NaN has no length at all.
        if not abs(sum(v * v for v in self.vector) - 1) <= 1e-3:
            raise ValueError("a template has length 1")
        return self


class EarlierCapture(Model):
    """What was kept of the person at an earlier verification of the same candidate."""

    verification: UUID
    stage: Stage
    captured_at: datetime
    templates: tuple[FaceTemplate, ...]
    """Empty where there was no consent to keep any."""


class Band(StrEnum):
    """What a distance between two faces allows to be said."""

    STRONG = "strong"
    MODERATE = "moderate"
    UNKNOWN = "unknown"
    CONTRADICTS = "contradicts"
