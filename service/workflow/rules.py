"""Every rule of every room, in one registry: what is judged, listed and documented."""

from verifiers import environment, history, linkage, screening

ALL_RULES = (*history.RULES, *environment.RULES, *linkage.RULES, *screening.RULES)
"""In the order that findings are reported in."""
