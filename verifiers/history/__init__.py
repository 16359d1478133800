"""Claimed history: does what the candidate tells of their life fit together?

`timeline` lays the claims out as a row of entries, `rule` says what a rule is, `rules` holds one
block for each way in which a life may not fit, and `verify` makes findings of what they say.
"""

from verifiers.history.rule import Rule
from verifiers.history.rules import RULES
from verifiers.history.timeline import HistoryResult, TimelineEntry
from verifiers.history.verify import verify_history

__all__ = ["RULES", "HistoryResult", "Rule", "TimelineEntry", "verify_history"]
