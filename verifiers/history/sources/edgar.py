"""Companies that file with the SEC: EDGAR's table of names and its submissions.

The table holds companies whose shares are traded, so most employers are absent from it. It tells no
date of foundation.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from models.outside import Answer, Company
from verifiers.domains import registrable_domain
from verifiers.history.answers import company_key
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.organisations import alike
from verifiers.history.sources.polite import USER_AGENT, Shape, Unavailable
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import employers

NAMES_BASE = "https://www.sec.gov"
FILINGS_BASE = "https://data.sec.gov"
_TABLE = ("EDGAR", "/files/company_tickers.json")
_MOST = 3
"""Companies of one name that are looked up."""


class _Listed(Shape):
    cik: int = Field(alias="cik_str")
    title: str


class _FormerName(Shape):
    name: str


class _Submissions(Shape):
    name: str
    website: str | None = None
    former_names: tuple[_FormerName, ...] = Field(default=(), alias="formerNames")


class Edgar:
    """The SEC's EDGAR."""

    name = "SEC EDGAR"
    fills = "companies"

    def __init__(self, desk: Desk, contact: str, base: str | None = None) -> None:
        """`contact`: who asks, as the SEC wants it in every request."""
        self._desk = desk
        self._headers = {"user-agent": f"{USER_AGENT} ({contact})"}
        self._names_base = base or NAMES_BASE
        self._filings_base = base or FILINGS_BASE
        self._one_reads_the_table = asyncio.Lock()

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """The names of employers."""
        return employers(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """All companies of that name."""
        del inquiry
        return await self._desk.answer(self.name, question, lambda: self._look_up(question))

    async def _look_up(self, name: str) -> tuple[Company, ...] | None:
        key = company_key(name)
        table = await self._table()
        numbers = table.get(key) or tuple(
            number for found, ciks in table.items() if alike(key, found) for number in ciks
        )
        companies = [await self._company(cik) for cik in numbers[:_MOST]]
        return tuple(one for one in companies if one) or None

    async def _table(self) -> Mapping[str, tuple[int, ...]]:
        async with self._one_reads_the_table:
            kept: Mapping[str, tuple[int, ...]] | None = self._desk.cache.get(_TABLE)
            if kept is not None:
                return kept
            reply = await self._desk.http.get(
                f"{self._names_base}{_TABLE[1]}",
                dict[str, _Listed],
                headers=self._headers,
                absent=(),
            )
            if not reply.value:
                raise Unavailable("answered nothing")
            table: dict[str, tuple[int, ...]] = {}
            for listed in reply.value.values():
                key = company_key(listed.title)
                table[key] = tuple(dict.fromkeys((*table.get(key, ()), listed.cik)))
            self._desk.cache.put(_TABLE, table)
            return table

    async def _company(self, cik: int) -> Company | None:
        number = f"{cik:010d}"
        reply = await self._desk.http.get(
            f"{self._filings_base}/submissions/CIK{number}.json",
            _Submissions,
            headers=self._headers,
        )
        found = reply.value
        if found is None:
            return None
        site = registrable_domain(found.website or "")
        return Company(
            name=found.name,
            number=number,
            former_names=tuple(former.name for former in found.former_names),
            domains=(site,) if site else (),
        )
