"""Exhibits of the attack renderer as the subjects that detectors look at, by their known places.

The places are the renderer's own: what a detector finds does not depend on another reader's luck.
Seeds below `REPORTED_FROM` may be tuned on, and were; figures come from those above it.
"""

from models.document import MrzFormat, MrzText
from models.finding import Region
from samples.forgeries.attack import Exhibit
from verifiers.documents.forensics.subject import Subject
from verifiers.documents.upright import page_of
from verifiers.picture import Picture

REPORTED_FROM = 300_000

_FORMATS = {
    "TD1": MrzFormat.TD1,
    "TD2": MrzFormat.TD2,
    "TD3": MrzFormat.TD3,
    "MRV-A": MrzFormat.MRV_A,
    "MRV-B": MrzFormat.MRV_B,
}


def subject_of(exhibit: Exhibit) -> Subject:
    """What a detector is given of this picture."""
    side, specimen = exhibit.document.side, exhibit.document.specimen
    picture = Picture("exhibit.jpg", exhibit.capture.pixels)
    text = MrzText(
        format=_FORMATS[specimen.format],
        lines=specimen.mrz,
        confidence=tuple(tuple(1.0 for _ in line) for line in specimen.mrz),
        region=_region(exhibit, "mrz"),
    )
    portraits = tuple(
        _region(exhibit, name) for name in ("portrait", "ghost") if name in side.boxes
    )
    return Subject(picture, text=text, page=page_of(picture, text), portraits=portraits)


def _region(exhibit: Exhibit, name: str) -> Region:
    corners = exhibit.capture.quadrilateral(exhibit.document.side.boxes[name])
    return Region.model_validate({"corners": [tuple(map(float, corner)) for corner in corners]})
