"""Between which two points in time did the person change?

Every two captures are compared. What is stated is always certain: two captures that show two people
have the change between them, and every capture that is surely the same person as one of the two
narrows that. A capture that cannot be told apart narrows nothing.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import combinations, product

from models.person import Band, FaceTemplate, TemplateKind
from verifiers.faces.matching import NotComparableError, bands_for, distance


class Relation(StrEnum):
    """What the faces of two captures say about each other."""

    SAME = "the same person"
    DIFFERENT = "two people"
    UNKNOWN = "cannot be told"


Relations = dict[tuple[int, int], Relation]
"""Of every two points, the earlier one first."""


def relations(points: Sequence[Sequence[FaceTemplate]]) -> Relations:
    """How every two captures, given by their templates in order of time, relate."""
    people = [_of_who_appeared(templates) for templates in points]
    return {
        (one, other): _relation(people[one], people[other])
        for one, other in combinations(range(len(points)), 2)
    }


def changes(found: Relations) -> tuple[tuple[int, int], ...]:
    """The narrowest intervals within each of which the person surely changed, the first one first.

    An interval is the last point surely before the change and the first point surely after it.
    """
    sure = {pair for pair in found if _surely_two(found, pair)}
    return tuple(
        sorted(
            (start, end)
            for start, end in sure
            if not any(start <= a and b <= end and (a, b) != (start, end) for a, b in sure)
        )
    )


def _of_who_appeared(templates: Sequence[FaceTemplate]) -> tuple[FaceTemplate, ...]:
    """Those that surely are of the person who took part.

    A portrait speaks for them where it agrees with the footage of then, or nobody was filmed. A
    document that was another person's then says nothing about who came later.
    """
    live = tuple(t for t in templates if t.kind is TemplateKind.LIVE)
    portraits = (t for t in templates if t.kind is TemplateKind.PORTRAIT)
    agreeing = tuple(p for p in portraits if not live or _relation((p,), live) is Relation.SAME)
    return live + agreeing


def _relation(one: Sequence[FaceTemplate], other: Sequence[FaceTemplate]) -> Relation:
    """What all pairs say that say anything; `UNKNOWN` where they disagree."""
    said = {_pair(a, b) for a, b in product(one, other)} - {Relation.UNKNOWN}
    return said.pop() if len(said) == 1 else Relation.UNKNOWN


def _pair(one: FaceTemplate, other: FaceTemplate) -> Relation:
    try:
        band = bands_for(one, other).band(distance(one, other))
    except NotComparableError:
        return Relation.UNKNOWN
    if band is Band.UNKNOWN:
        return Relation.UNKNOWN
    return Relation.DIFFERENT if band is Band.CONTRADICTS else Relation.SAME


def _surely_two(found: Relations, pair: tuple[int, int]) -> bool:
    """The two differ, or one of them is the same person as a third that differs from the other.

    One step of inference only: along a chain of agreements small distances add up.
    """
    if found[pair] is not Relation.UNKNOWN:
        return found[pair] is Relation.DIFFERENT
    one, other = pair
    others = {point for points in found for point in points} - {one, other}
    return any(
        {_between(found, one, third), _between(found, other, third)}
        == {Relation.SAME, Relation.DIFFERENT}
        for third in others
    )


def _between(found: Relations, one: int, other: int) -> Relation:
    return found[min(one, other), max(one, other)]
