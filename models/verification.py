"""A verification: the question, the evidence it was asked with, the findings and the verdict."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from models.base import Model
from models.finding import Finding
from models.footage import FootageFacts
from models.history import Claims
from models.person import FaceTemplate
from models.stage import Stage
from models.verdict import Verdict


class EvidenceKind(StrEnum):
    """What a file was sent as."""

    DOCUMENT = "document"
    CHIP = "chip"
    """An elementary file of a document's chip, or one JSON with all of them."""
    FOOTAGE = "footage"
    CLAIMS = "claims"


class EvidenceFile(Model):
    """One file that was sent, and what became of it."""

    name: str
    """As the sender named it, without a path."""
    kind: EvidenceKind
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None
    """`None` where the file could not even be read."""
    size_bytes: int = Field(ge=0)
    problem: str | None = None
    """Why it could not be used, and what to do; `None` where it was used."""


class Verification(Model):
    """The whole of one verification; a report is a rendering of it, and JSON holds all of it."""

    id: UUID
    stage: Stage
    created_at: datetime
    software: str
    """Name and version of what made it."""
    evidence: tuple[EvidenceFile, ...]
    footage: tuple[FootageFacts, ...] = ()
    claims: Claims | None = None
    findings: tuple[Finding, ...]
    verdict: Verdict
    templates: tuple[FaceTemplate, ...] = ()
    """Kept only where that was asked for (`--keep-template`), for a later comparison."""
    notes: tuple[str, ...] = ()
    """What a reader of the report must know, such as "simulated footage"."""
