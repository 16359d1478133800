"""What a source is: something outside that is asked about claims, and what it is asked with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from models.history import Claims
from models.outside import Answer


@dataclass(frozen=True)
class Inquiry:
    """What is asked about: one candidate's claims."""

    claims: Claims
    proof: str | None = None
    """The text that proves control of an account, where one was given out."""


class Source(Protocol):
    """One source. Sources share nothing but the manners of `polite`, and run side by side."""

    name: str
    """As a reader knows it: "RDAP"."""
    fills: str
    """The field of `Outside` that its answers belong to."""

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """What to ask, from the claims; each once, in their order."""

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """What the source says. Never raises, but for cancellation."""


@runtime_checkable
class AsksFurther(Protocol):
    """A source that learns from another's answer what else to ask."""

    def questions_after(self, answer: Answer[Any], inquiry: Inquiry) -> Sequence[str]:
        """What to ask now that another source has said this; mostly nothing."""
