"""Claimed history: does what the candidate tells of their life fit together, and with the world?

Each way in which a life may not fit is one block in the file of its topic, and `rules` joins them;
`sources/` asks outside, and `verify` makes findings and the report's timeline of what they say.
"""

from verifiers.history.rules import RULES
from verifiers.history.timeline import HistoryResult, TimelineEntry
from verifiers.history.verify import verify_history

__all__ = ["RULES", "HistoryResult", "TimelineEntry", "verify_history"]
