"""What a candidate has in common with others. Others are counted, never named, and never merged."""

from verifiers.linkage.shared import RULES

__all__ = ["RULES"]
