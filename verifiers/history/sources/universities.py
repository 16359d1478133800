"""Institutions on the list of universities that Bonafide ships, by name and by domain.

Both are asked for: the list holds many a university by the name in one language only.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from models.outside import Answer, Institution
from verifiers.domains import registrable_domain
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.organisations import SAME, alike, institution_key
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import institution_domains, institutions_and_domains
from verifiers.shipped_lists import University, universities


class Universities:
    """The list that Bonafide ships. Asks nobody."""

    name = "university domains list"
    fills = "institutions"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """The names of institutions, and the domains that the courses give for them."""
        return institutions_and_domains(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """All institutions of that name, or with that domain."""
        is_domain = question in institution_domains(inquiry.claims)

        async def look() -> tuple[Institution, ...] | None:
            found = by_domain(question) if is_domain else by_name(question)
            return tuple(_institution(one) for one in found) or None

        return await self._desk.answer(self.name, question, look)


def by_name(name: str) -> tuple[University, ...]:
    """Those of this name, but for spelling."""
    key = institution_key(name)
    keyed = _by_key()
    if key in keyed:
        return keyed[key]
    near = process.extract(key, keyed.keys(), scorer=fuzz.ratio, score_cutoff=SAME, limit=3)
    return tuple(one for found, *_ in near if alike(key, found) for one in keyed[found])


def by_domain(domain: str) -> tuple[University, ...]:
    """Those that have this domain, or one under the same registrable domain."""
    return _by_domain().get(domain, ())


def _institution(one: University) -> Institution:
    return Institution(name=one.name, country_code=one.country_code, domains=one.domains)


@lru_cache(maxsize=1)
def _by_key() -> dict[str, tuple[University, ...]]:
    keyed: dict[str, tuple[University, ...]] = {}
    for one in universities():
        key = institution_key(one.name)
        keyed[key] = (*keyed.get(key, ()), one)
    return keyed


@lru_cache(maxsize=1)
def _by_domain() -> dict[str, tuple[University, ...]]:
    known: dict[str, tuple[University, ...]] = {}
    for one in universities():
        for domain in {registrable_domain(domain) for domain in one.domains}:
            if domain:
                known[domain] = (*known.get(domain, ()), one)
    return known
