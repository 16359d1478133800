"""What is looked at, and what a look gives: the vocabulary of the detectors."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.document import MrzText
from models.finding import Region
from models.forensics import Found, Look, Sign
from verifiers.documents.forensics.screen_spectrum import Patch, patches
from verifiers.page import Page
from verifiers.picture import Picture

HeatMap = NDArray[np.float32]
"""Height x width, 0 (as honest) to 1 (most of the sign), laid over the whole picture; any size."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A picture of a document, and where the parts of the document lie on it."""

    picture: Picture
    text: MrzText | None = None
    """The machine readable zone on this picture."""
    page: Page | None = None
    """The page that bears the zone, where its place is known."""
    portraits: tuple[Region, ...] = ()
    """The faces with the head around them, the main portrait first."""
    barcodes: tuple[Region, ...] = ()
    """Where barcodes were found: regular as they are, they show nothing of a screen or printer."""

    @property
    def shows_document(self) -> bool:
        """Whether anything on the picture was found to be a document's."""
        return bool(self.page or self.portraits or self.barcodes)

    @cached_property
    def patches(self) -> tuple[Patch, ...]:
        """What two detectors look for regular patterns on; the spectra cost 0.2 s."""
        return patches(self.picture, self.page, self.barcodes)


@dataclass(frozen=True, eq=False)
class Looked:
    """What one look came to, and where on the picture."""

    look: Look
    heat: HeatMap | None = None


def not_looked(subject: Subject, sign: Sign, why: str) -> Looked:
    """A look that was not possible; `why` is a sentence for the report."""
    picture = subject.picture
    return Looked(
        Look(sign=sign, file=picture.file, page=picture.page, found=Found.UNKNOWN, said=why)
    )
