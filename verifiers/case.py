"""All that a rule may look at: what is claimed, what others said of it, what a company saw.

Nationality, name origin, language, looks and accent are not among it, so no rule can weigh them.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.circumstances import Circumstances
from models.context import Context
from models.history import Claims
from models.outside import Outside
from verifiers.life import Life

_NOBODY_ASKED = Outside()
_NOTHING_SEEN = Circumstances()


@dataclass(frozen=True)
class Case:
    """One candidate at one stage. What is empty is not known, and never held against anyone."""

    claims: Claims
    context: Context
    document_birth_date: date | None = None
    """As a document shows it, surely read."""
    outside: Outside = _NOBODY_ASKED
    seen: Circumstances = _NOTHING_SEEN

    @property
    def today(self) -> date:
        """The day that it is judged on."""
        return self.context.today

    @property
    def birth_date(self) -> date | None:
        """The document's, or else the claimed one; for arithmetic with dates only."""
        return self.document_birth_date or self.claims.identity.birth_date

    @cached_property
    def life(self) -> Life:
        """Positions and courses on one line."""
        return Life.of(self.claims, self.today, self.birth_date)
