"""Universities and research organisations: the Research Organization Registry, REST API v2."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from models.outside import Answer, Institution
from verifiers.domains import registrable_domain
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.organisations import alike, institution_key
from verifiers.history.sources.polite import Shape, Unavailable, ascii_host
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import institution_domains, institutions_and_domains

BASE = "https://api.ror.org"
_PAGE = 20
"""What the registry answers at once."""


class _Name(Shape):
    value: str
    types: tuple[str, ...] = ()


class _Geonames(Shape):
    country_code: str | None = None


class _Location(Shape):
    geonames_details: _Geonames = _Geonames()


class _Relationship(Shape):
    label: str
    type: str


class _Link(Shape):
    type: str
    value: str


class _Organisation(Shape):
    names: tuple[_Name, ...]
    established: int | None = Field(default=None, ge=1, le=9999)
    status: str = "active"
    domains: tuple[str, ...] = ()
    links: tuple[_Link, ...] = ()
    locations: tuple[_Location, ...] = ()
    relationships: tuple[_Relationship, ...] = ()


class _Found(Shape):
    number_of_results: int
    items: tuple[_Organisation, ...]


class Ror:
    """The Research Organization Registry."""

    name = "ROR"
    fills = "institutions"

    def __init__(self, desk: Desk, base: str = BASE) -> None:
        self._desk = desk
        self._base = base

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """The names of institutions, and the domains that the courses give for them."""
        return institutions_and_domains(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """All organisations of that name, in any language, or with that domain."""
        is_domain = question in institution_domains(inquiry.claims)
        look = self._by_domain if is_domain else self._by_name
        return await self._desk.answer(self.name, question, lambda: look(question))

    async def _by_name(self, name: str) -> tuple[Institution, ...] | None:
        key = institution_key(name)
        # In quotes it is the phrase; what the search would take for its own syntax is left out.
        words = " ".join(re.findall(r"\w+", re.sub(r"\([^)]*\)", " ", name)))
        if not key or not words:
            raise Unavailable("cannot look for a name without letters")
        found = await self._search({"query": f'"{words}"'})
        same = [
            one
            for one in found.items
            if any(alike(key, institution_key(n.value)) for n in one.names)
        ]
        return _told(same, found)

    async def _by_domain(self, domain: str) -> tuple[Institution, ...] | None:
        host = ascii_host(domain)
        places = f'domains:"{host}" OR links.value:"{host}" OR links.value:"www.{host}"'
        found = await self._search({"query.advanced": places})
        same = [
            one
            for one in found.items
            if domain in map(registrable_domain, _institution(one).domains)
        ]
        return _told(same, found)

    async def _search(self, params: Mapping[str, str]) -> _Found:
        url = f"{self._base}/v2/organizations"
        reply = await self._desk.http.get(url, _Found, params=params, absent=())
        if reply.value is None:
            raise Unavailable("answered nothing")
        return reply.value


def _told(same: Sequence[_Organisation], found: _Found) -> tuple[Institution, ...] | None:
    if not same and found.number_of_results > len(found.items) >= _PAGE:
        raise Unavailable("has too many of a similar name to tell")
    return tuple(_institution(one) for one in same) or None


def _institution(one: _Organisation) -> Institution:
    shown = next((n.value for n in one.names if "ror_display" in n.types), one.names[0].value)
    sites = (link.value for link in one.links if link.type == "website")
    hosts = (re.sub(r"^https?://(?:www\.)?([^/:]+).*$", r"\1", site.lower()) for site in sites)
    places = (place.geonames_details.country_code for place in one.locations)
    return Institution(
        name=shown,
        other_names=tuple(n.value for n in one.names if n.value != shown),
        country_code=next((code for code in places if code), None),
        domains=tuple(dict.fromkeys((*(domain.lower() for domain in one.domains), *hosts))),
        established=one.established,
        active=one.status == "active",
        successors=tuple(r.label for r in one.relationships if r.type == "successor"),
    )
