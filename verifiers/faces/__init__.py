"""Faces: the same person on the document, in the footage and at the earlier stage?

Read in this order: `quality` (may this face count), `templates` (one person from several frames),
`tracks` (who is the candidate), `matching` (distances and bands), `verify` (the whole check).
"""

from verifiers.faces.matching import PairKind
from verifiers.faces.quality import FaceQuality, assess
from verifiers.faces.verify import (
    FaceComparison,
    FaceMatch,
    FacePair,
    FaceResult,
    FaceShown,
    compare,
    verify_faces,
)

__all__ = [
    "FaceComparison",
    "FaceMatch",
    "FacePair",
    "FaceQuality",
    "FaceResult",
    "FaceShown",
    "PairKind",
    "assess",
    "compare",
    "verify_faces",
]
