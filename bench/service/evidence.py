"""The evidence that cases of the benchmark are sent: rendered, as the demo's is."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samples.candidates import write


@dataclass(frozen=True)
class Sample:
    """What is sent for one case."""

    documents: tuple[Path, ...]
    footage: tuple[Path, ...]
    claims: Path

    @property
    def resume(self) -> dict[str, Any]:
        """The claims as they are ordered with."""
        resume: dict[str, Any] = json.loads(self.claims.read_text(encoding="utf-8"))
        return resume

    @property
    def claims_only(self) -> "Sample":
        """The same candidate before any document or recording came."""
        return Sample((), (), self.claims)

    @property
    def megabytes(self) -> float:
        return sum(path.stat().st_size for path in (*self.documents, *self.footage)) / 1e6


def genuine(folder: Path) -> Sample:
    """A passport, six seconds of footage and a résumé that agree."""
    (files,) = write(folder, names=["genuine"])
    return Sample(files.documents, files.footage, files.claims)
