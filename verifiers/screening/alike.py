"""How well two names agree."""

from dataclasses import dataclass

MATCHES = 0.7
"""The score from which two names can be the same one's."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two names compared."""

    score: float
    """0 to 1, the same names 1. It ranks; it is no probability."""
    explanation: str
    """One sentence."""

    @property
    def match(self) -> bool:
        """Whether both can be the names of one person or organisation."""
        return self.score >= MATCHES
