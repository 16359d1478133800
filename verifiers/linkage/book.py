"""Identifiers of many people in memory: for a notebook, a batch or a measurement."""

from collections.abc import Sequence
from itertools import islice

from models.link import Held, Holder, Identifier, LinkKind
from verifiers.linkage.weighing import MOST_HOLDERS

_NOBODY: dict[str, Holder] = {}


class Book:
    """Who holds what. The service keeps the same in its store, as keyed digests."""

    def __init__(self) -> None:
        self._held: dict[tuple[LinkKind, str], dict[str, Holder]] = {}
        self._people: set[str] = set()

    def add(self, holder: Holder, identifiers: Sequence[Identifier]) -> None:
        """Note what somebody has; the same again changes nothing."""
        for identifier in identifiers:
            holders = self._held.setdefault((identifier.kind, identifier.canonical), {})
            holders.setdefault(holder.person, holder)
        if identifiers:
            self._people.add(holder.person)

    def held(self, person: str, identifiers: Sequence[Identifier]) -> tuple[Held, ...]:
        """Each with the others who hold it."""
        return tuple(self._others(person, identifier) for identifier in identifiers)

    def _others(self, person: str, identifier: Identifier) -> Held:
        holders = self._held.get((identifier.kind, identifier.canonical), _NOBODY)
        others = (one for one in reversed(holders.values()) if one.person != person)
        # Not validated once more: a stream of 50,000 candidates asks a million times.
        return Held.model_construct(
            identifier=identifier,
            holders=tuple(islice(others, MOST_HOLDERS)) if holders else (),
            people=min(MOST_HOLDERS, len(holders) - (person in holders)),
            similarity=None,
        )

    @property
    def people(self) -> int:
        """How many people have anything."""
        return len(self._people)
