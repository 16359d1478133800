"""Whether two names can both be those of one document or one face.

Stricter than `names.could_be_one_persons`: two strangers may both be called Michael, so one part in
common is not enough where the number of a passport says that it is one person.
"""

from rapidfuzz.fuzz import ratio

from verifiers.names import could_be_one_persons
from verifiers.transliteration import transliterate


def same_person_name(one: str, other: str) -> bool | None:
    """Whether the given names and the family name can both be one person's.

    `None` where that is not known: one part agrees, which stands first in both or last in both, so
    it may be either name beside a preferred or a former one; the rest may be another romanisation;
    or the scripts are not compared. Michael Brown and Michael Chen are therefore unknown, as Anna
    Smith and Anna Jones are. Whether a family name stands first or last is never asked.
    """
    mine, theirs = _in_order(one), _in_order(other)
    # Read from both ends: the comparison of whole names has a direction, and the answer has none.
    answers = {_compared(mine, theirs), _compared(mine[::-1], theirs[::-1])}
    return True if True in answers else None if None in answers else False


def _compared(one: list[str], other: list[str]) -> bool | None:
    mine, theirs = " ".join(one), " ".join(other)
    loosely = could_be_one_persons(mine, theirs)
    if loosely is not True:
        return loosely
    return _as_wholes(transliterate(mine).split(), transliterate(theirs).split())


def _as_wholes(first: list[str], second: list[str]) -> bool | None:
    """The same of two names that have a part in common."""
    if min(len(first), len(second)) < _BOTH:
        return True
    pairs: list[tuple[str, str]] = []
    left = list(second)
    for part in first:
        same = next((word for word in left if could_be_one_persons(part, word)), None)
        if same is not None:
            left.remove(same)
            pairs.append((part, same))
    if len(pairs) >= _BOTH or not pairs:
        # Of two romanisations of one name no part need be like another.
        return True
    mine, theirs = " ".join(p for p in first if p != pairs[0][0]), " ".join(left)
    if not mine or not theirs or could_be_one_persons(mine, theirs):
        return True
    if ratio(mine.replace(" ", ""), theirs.replace(" ", "")) >= _RESEMBLES:
        return None
    return None if pairs[0] in ((first[0], second[0]), (first[-1], second[-1])) else False


_BOTH = 2
"""A given name and a family name."""
_RESEMBLES = 50
"""Per cent of likeness of what is left, from which it may be another romanisation."""


def _in_order(name: str) -> list[str]:
    """As its parts are said: "Example, Anna" is Anna Example."""
    family, comma, given = name.partition(",")
    return (f"{given} {family}" if comma else name).split()
