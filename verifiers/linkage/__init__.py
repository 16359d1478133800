"""What a candidate has in common with others. Others are counted, never named, and never merged."""

from verifiers.linkage import shared, shared_things

RULES = (*shared.RULES, *shared_things.RULES)
"""What others have too."""

__all__ = ["RULES"]
