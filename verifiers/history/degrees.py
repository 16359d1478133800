"""Which courses claim a degree, as far as the usual English abbreviations and words say."""

import re

from models.history import Education
from verifiers.life import Entry

_BACHELOR = re.compile(r"\b(bachelor('?s)?|b\.?\s?(sc|a|eng|tech|com|ba|ed|fa))\b")
_DEGREE = re.compile(
    _BACHELOR.pattern + r"|\b(master('?s)?(?! ?class)|doctorate|m\.?\s?(sc|a|eng|ba)|ph\.?\s?d)\b"
)
_PART_OF_A_BACHELOR = re.compile(
    r"\bhon(ou?r)?s\b|top.?up|intercalated|(one|1).?year|exchange|visiting|semester|minor"
    r"|preparat|foundation|not completed|incomplete|unfinished|partial"
)
"""An honours year, a top-up and an intercalated degree are bachelor's degrees of one academic year,
nine or ten months, on top of earlier study; the others were never a whole course."""

_SECOND_BACHELOR = re.compile(
    r"\bb\.?\s?(ed|c\.?\s?l|lib|l\.?\s?i\.?\s?s)\b|civil law|librar(y|ian)|education|teaching"
    r"|\bsecond\b|graduate.?entry"
)
"""Bachelor's degrees that follow a first degree, and take one academic year at many schools."""


def claims_a_degree(entry: Entry) -> bool:
    """Whether a university degree is claimed."""
    return bool(_DEGREE.search(_study_type(entry)))


def claims_a_whole_bachelor(entry: Entry) -> bool:
    """Whether a bachelor's degree is claimed, and neither a part of one nor a second one."""
    claimed = f"{_study_type(entry)} {entry.role}"
    return bool(_BACHELOR.search(_study_type(entry))) and not (
        _PART_OF_A_BACHELOR.search(entry.role) or _SECOND_BACHELOR.search(claimed)
    )


def _study_type(entry: Entry) -> str:
    claim = entry.claim
    return (claim.study_type or "").casefold() if isinstance(claim, Education) else ""
