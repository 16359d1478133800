"""Names of companies and institutions, compared strictly: what a registry's search finds beside
the one that was meant must not speak for it.
"""

import re

from rapidfuzz import fuzz

from verifiers.history.answers import words_of

_SMALL_WORDS = {"the", "and", "of", "de", "di", "der", "des", "du", "la", "le"}

SAME = 95
"""Percent of letters in common (rapidfuzz's `ratio`): one slip in a name of twenty letters."""


def institution_key(name: str) -> str:
    """An institution's name as it is compared: as a company's, without small words and brackets.

    "Massachusetts Institute of Technology (MIT)" is written with and without what is in brackets.
    """
    words = words_of(re.sub(r"\([^)]*\)", " ", name)) or words_of(name)
    return " ".join(word for word in words if word not in _SMALL_WORDS) or " ".join(words)


def alike(one: str, other: str) -> bool:
    """Whether two keys mean the same, but for a slip. Numbers never differ by a slip."""
    if one == other:
        return bool(one)
    return numbers(one) == numbers(other) and fuzz.ratio(one, other) >= SAME


def numbers(key: str) -> list[str]:
    """What tells "Paris 1" from "Paris 2"."""
    return re.findall(r"\d+", key)
