"""Hits of a match API that kept lists have already, so that compliance judges each once."""

import re
from collections.abc import Iterable, Sequence

from models.sanctions import Hit, ListEntry
from verifiers.screening.scripts import romanised

_FAMILIES = (
    ("ofac", ("ofac",)),
    ("un", ("un security council", "un_sc", "un sc")),
    ("eu", ("eu", "eu_fsf", "eu_journal_sanctions", "eu_sanctions_map")),
)
"""Publishers, and how names of their lists and of OpenSanctions' data sets begin."""
_APART = re.compile(r"[\W_]+")


def without_same_entries(told: Iterable[Hit], kept: Sequence[Hit]) -> tuple[Hit, ...]:
    """What was told, without those of the same party and entry as a kept hit."""
    return tuple(
        hit
        for hit in told
        if not any(
            hit.party == other.party and _are_one_entry(hit.entry, other.entry) for other in kept
        )
    )


def _are_one_entry(one: ListEntry, other: ListEntry) -> bool:
    """Of one publisher with a name or birth in common, or with both in common."""
    if one.kind is not other.kind:
        return False
    named = not _names(one).isdisjoint(_names(other))
    born = not set(one.births).isdisjoint(other.births)
    if _families(one.list_name) & _families(other.list_name):
        return named or born
    return named and (born or not (one.births or other.births))


def _names(entry: ListEntry) -> set[str]:
    """In a to z, whatever their order and what stands between the words."""
    return {
        " ".join(sorted(part for part in _APART.split(romanised(name.text)) if part))
        for name in entry.names
    }


def _families(list_name: str) -> set[str]:
    names = [one.strip().casefold().removeprefix("us_") for one in list_name.split(",")]
    return {
        family
        for family, beginnings in _FAMILIES
        for name in names
        if any(re.match(rf"{re.escape(beginning)}(?![a-z])", name) for beginning in beginnings)
    }
