"""British companies: the public data API of Companies House. Needs a key, which is free."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.outside import Answer, Company
from verifiers.history.answers import company_key
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.organisations import alike
from verifiers.history.sources.polite import Shape, Unavailable
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import employers

BASE = "https://api.company-information.service.gov.uk"
_PROFILES = 4
"""Of how many that the search finds the whole entry is read."""


class _Item(Shape):
    company_number: str
    title: str
    snippet: str | None = None
    """Holds the former name where that is what was found."""


class _Search(Shape):
    items: tuple[_Item, ...] = ()


class _FormerName(Shape):
    name: str


class _Profile(Shape):
    company_name: str
    company_number: str
    date_of_creation: date | None = None
    date_of_cessation: date | None = None
    previous_company_names: tuple[_FormerName, ...] = ()


class CompaniesHouse:
    """The register of companies of the United Kingdom."""

    name = "Companies House"
    fills = "companies"

    def __init__(self, desk: Desk, key: str, base: str = BASE) -> None:
        self._desk = desk
        self._auth = (key, "")
        self._base = base

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """The names of employers."""
        return employers(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """All companies of that name, or that had it."""
        del inquiry
        return await self._desk.answer(self.name, question, lambda: self._look_up(question))

    async def _look_up(self, name: str) -> tuple[Company, ...] | None:
        found = await self._desk.http.get(
            f"{self._base}/search/companies",
            _Search,
            params={"q": name, "items_per_page": "20"},
            auth=self._auth,
        )
        if found.value is None:
            raise Unavailable("answered nothing")
        key = company_key(name)
        likely = [item for item in found.value.items if _may_be(item, key)]
        profiles = [await self._profile(item.company_number) for item in likely[:_PROFILES]]
        return tuple(_company(one) for one in profiles if one and _is(one, key)) or None

    async def _profile(self, number: str) -> _Profile | None:
        if not number.isalnum():
            raise Unavailable("answered in a shape that could not be read")
        reply = await self._desk.http.get(
            f"{self._base}/company/{number}", _Profile, auth=self._auth
        )
        return reply.value


def _may_be(item: _Item, key: str) -> bool:
    return alike(key, company_key(item.title)) or key in company_key(item.snippet or "")


def _is(profile: _Profile, key: str) -> bool:
    names = (profile.company_name, *(former.name for former in profile.previous_company_names))
    return any(alike(key, company_key(name)) for name in names)


def _company(profile: _Profile) -> Company:
    return Company(
        name=profile.company_name,
        number=profile.company_number,
        country_code="GB",
        created_on=profile.date_of_creation,
        dissolved_on=profile.date_of_cessation,
        former_names=tuple(former.name for former in profile.previous_company_names),
    )
