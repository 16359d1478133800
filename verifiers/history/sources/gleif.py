"""Legal entities that have an LEI: the API of GLEIF, version 1 (JSON:API)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Field

from models.outside import Answer, Company
from verifiers.history.answers import company_key
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.organisations import alike
from verifiers.history.sources.polite import Shape, Unavailable
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import employers

BASE = "https://api.gleif.org"
_FORMER = "PREVIOUS_LEGAL_NAME"


class _Name(Shape):
    name: str
    type: str | None = None


class _Successor(Shape):
    name: str | None = None


class _Expiration(Shape):
    date: str | None = None


class _Place(Shape):
    country: str | None = None


class _Entity(Shape):
    legal_name: _Name = Field(alias="legalName")
    other_names: tuple[_Name, ...] = Field(default=(), alias="otherNames")
    legal_address: _Place = Field(default=_Place(), alias="legalAddress")
    created: str | None = Field(default=None, alias="creationDate")
    expiration: _Expiration | None = None
    successor: _Successor | None = Field(default=None, alias="successorEntity")
    successors: tuple[_Successor, ...] = Field(default=(), alias="successorEntities")


class _Attributes(Shape):
    lei: str
    entity: _Entity


class _Record(Shape):
    attributes: _Attributes


class _Records(Shape):
    data: tuple[_Record, ...]


class Gleif:
    """The register of Legal Entity Identifiers."""

    name = "GLEIF"
    fills = "companies"

    def __init__(self, desk: Desk, base: str = BASE) -> None:
        self._desk = desk
        self._base = base

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """The names of employers."""
        return employers(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """All legal entities of that name, or that had it."""
        del inquiry
        return await self._desk.answer(self.name, question, lambda: self._look_up(question))

    async def _look_up(self, name: str) -> tuple[Company, ...] | None:
        reply = await self._desk.http.get(
            f"{self._base}/api/v1/lei-records",
            _Records,
            params={"filter[entity.legalName]": name, "page[size]": "50"},
            headers={"accept": "application/vnd.api+json"},
            absent=(),
        )
        if reply.value is None:
            raise Unavailable("answered nothing")
        key = company_key(name)
        found = (record.attributes for record in reply.value.data)
        return tuple(_company(one) for one in found if _is(one.entity, key)) or None


def _is(entity: _Entity, key: str) -> bool:
    names = (entity.legal_name, *entity.other_names)
    return any(alike(key, company_key(name.name)) for name in names)


def _company(one: _Attributes) -> Company:
    entity = one.entity
    successors = (*entity.successors, *((entity.successor,) if entity.successor else ()))
    return Company(
        name=entity.legal_name.name,
        number=one.lei,
        country_code=entity.legal_address.country,
        created_on=_day(entity.created),
        dissolved_on=_day(entity.expiration.date if entity.expiration else None),
        former_names=tuple(n.name for n in entity.other_names if n.type == _FORMER),
        successors=tuple(dict.fromkeys(s.name for s in successors if s.name)),
    )


def _day(text: str | None) -> date | None:
    return datetime.fromisoformat(text).date() if text else None
