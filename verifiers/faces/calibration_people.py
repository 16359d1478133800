"""Who is on the pictures of a file of pairs, as far as the pairs tell it.

A file of pairs says which two pictures show one person and which show two. Joined by "the same",
pictures fall into people; two pictures of one person that nothing joins count as two people.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class LabelledPair:
    """Two pictures, by name, and whether they show one person."""

    one: str
    other: str
    same: bool


class ContradictoryLabels(ValueError):
    """Pictures joined to one person by some pairs are said to be two people by another."""

    def __init__(self, index: int, pair: LabelledPair) -> None:
        super().__init__(
            f"{pair.one} and {pair.other} are said to be two people, but other lines join them to "
            "one"
        )
        self.index = index
        """Of the pair that says so."""


def people_of(pairs: Sequence[LabelledPair]) -> dict[str, int]:
    """The number of the person on each picture, from 0 in the order of appearance.

    Raises:
        ContradictoryLabels: the pairs cannot all be true.
    """
    joined: dict[str, str] = {}

    def root(picture: str) -> str:
        above = joined.setdefault(picture, picture)
        while above != joined[above]:
            joined[above] = joined[joined[above]]
            above = joined[above]
        joined[picture] = above
        return above

    for pair in pairs:
        one, other = root(pair.one), root(pair.other)
        if pair.same:
            joined[other] = one
    for index, pair in enumerate(pairs):
        if not pair.same and root(pair.one) == root(pair.other):
            raise ContradictoryLabels(index, pair)
    numbers: dict[str, int] = {}
    return {picture: numbers.setdefault(root(picture), len(numbers)) for picture in joined}
