"""Faces: the same person on the document, in the footage and at the earlier stage?

Read in this order: `quality` (may this face count), `templates` (one person from several frames),
`tracks` (who is the candidate), `matching` (distances and bands), `cohort` (beside other people),
`comparison` (a portrait and photographs), `portrait_match` (a portrait and footage), `verify` (the
whole check).
"""

from verifiers.faces.cohort import CohortAnswer, CohortTest
from verifiers.faces.comparison import FaceComparison, compare, person_template
from verifiers.faces.cutout import CutFace
from verifiers.faces.ghost import Ghost
from verifiers.faces.matching import PairKind
from verifiers.faces.portrait_match import FaceMatch, FacePair, FaceShown
from verifiers.faces.portraits import Portrait
from verifiers.faces.quality import FaceQuality, assess
from verifiers.faces.verify import (
    FaceResult,
    about_ghosts,
    portraits_on,
    verify_faces,
)

__all__ = [
    "CohortAnswer",
    "CohortTest",
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
    "person_template",
    "portraits_on",
    "verify_faces",
]
