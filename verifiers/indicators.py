"""The published signs of fraudulent hiring, in our own words, and what the product does about each.

Ids and categories are those of the published research on remote workers who are not who they say.
The table beside this file has a row for each; which rules speak to one is told by the rules.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from models.finding import IndicatorId


class Use(StrEnum):
    """What is done about an indicator."""

    RULE = "rule"
    """Rules of the registry name it."""
    FINDING = "finding"
    """Findings of the other verifiers speak to it."""
    CONTROL = "control"
    """The product is built or run so that it does not pay, or so that honest people are spared."""
    HUMAN = "human"
    """It reaches people, and is theirs to judge."""
    OUTSIDE_SCOPE = "outside_scope"
    """It is seen, and belongs, elsewhere."""
    NOT_USED = "not_used"
    """It is deliberately left alone: unfair, unlawful or unreliable."""
    PLANNED = "planned"
    """Nothing covers it yet."""


@dataclass(frozen=True)
class Indicator:
    """One published sign."""

    id: IndicatorId
    category: str
    description: str
    use: Use
    covered_by: tuple[str, ...]
    """Codes of findings, ".*" at the end for all that begin so. Rules are not repeated here."""
    why: str
    """Why it is handled so, or what is not covered; may be empty where a rule or finding says."""


def _read() -> tuple[Indicator, ...]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Indicator(
                id=row["id"],
                category=row["category"],
                description=row["description"],
                use=Use(row["use"]),
                covered_by=tuple(row["covered_by"].split()),
                why=row["why"],
            )
            for row in csv.DictReader(file)
        )


INDICATORS = _read()
"""All of them, in the order of the research."""
