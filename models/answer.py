"""What a candidate answers to a question: evidence in their own words.

An answer clears nothing by itself: it is shown beside the finding that asked, for a person to read.
"""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

from models.base import Model
from models.finding import Code

MOST_ANSWERS = 50
LONGEST_ANSWER = 2000
"""Characters."""


def _unified(text: object) -> object:
    """Browsers and mail end lines with two characters."""
    return text.replace("\r\n", "\n") if isinstance(text, str) else text


def _readable(text: str) -> str:
    # Only Cc: what joins emoji and separates Persian syllables is no control character.
    if any(unicodedata.category(one) == "Cc" and one not in "\n\t" for one in text):
        raise ValueError("must not hold control characters")
    return text


AnswerText = Annotated[
    str,
    BeforeValidator(_unified),
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=LONGEST_ANSWER, pattern=r"\S"
    ),
    AfterValidator(_readable),
]
"""Some lines of text."""


class CandidateAnswer(Model):
    """The candidate's answer to one request."""

    code: Annotated[Code, Field(max_length=200)]
    """Of the request, and so of the finding behind it."""
    text: AnswerText
    """In the candidate's own words."""
    answered_at: AwareDatetime | None = None
    """When they said so; when it was recorded, where nobody tells."""
