"""Faces: the same person on the document, in the footage and at the earlier stage?

Read in this order: `quality` (may this face count), `templates` (one person from several frames),
`tracks` (who is the candidate), `matching` (distances and bands), `verify` (the whole check).
"""

from verifiers.faces.cutout import CutFace
from verifiers.faces.ghost import Ghost
from verifiers.faces.matching import PairKind
from verifiers.faces.portraits import Portrait
from verifiers.faces.quality import FaceQuality, assess
from verifiers.faces.verify import (
    FaceComparison,
    FaceMatch,
    FacePair,
    FaceResult,
    FaceShown,
    about_ghosts,
    compare,
    portraits_on,
    verify_faces,
)

__all__ = [
    "CutFace",
    "FaceComparison",
    "FaceMatch",
    "FacePair",
    "FaceQuality",
    "FaceResult",
    "FaceShown",
    "Ghost",
    "PairKind",
    "Portrait",
    "about_ghosts",
    "assess",
    "compare",
    "portraits_on",
    "verify_faces",
]
