"""When a domain was registered: RDAP (RFC 9082, RFC 9083), found through rdap.org.

The bootstrap server redirects to the registry of the domain's ending. Its own 404 means that the
ending has no RDAP server; only a registry's says that the domain is not registered.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Field

from models.outside import Answer, DomainRegistration
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.polite import Shape, Unavailable, ascii_host
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import domains

BASE = "https://rdap.org"
_REDIRECTS = 3


class _Event(Shape):
    action: str = Field(alias="eventAction")
    at: str | None = Field(default=None, alias="eventDate")


class _Domain(Shape):
    kind: str = Field(alias="objectClassName")
    name: str | None = Field(default=None, alias="ldhName")
    events: tuple[_Event, ...] = ()
    status: tuple[str, ...] = ()


class Rdap:
    """The registries of domains."""

    name = "RDAP"
    fills = "domains"

    def __init__(self, desk: Desk, base: str = BASE) -> None:
        self._desk = desk
        self._base = base

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """Registrable domains."""
        return domains(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """The day of a domain's registration."""
        del inquiry
        return await self._desk.answer(self.name, question, lambda: self._look_up(question))

    async def _look_up(self, domain: str) -> DomainRegistration | None:
        ascii_domain = ascii_host(domain)
        reply = await self._desk.http.get(
            f"{self._base}/domain/{ascii_domain}",
            _Domain,
            headers={"accept": "application/rdap+json"},
            redirects=_REDIRECTS,
        )
        found = reply.value
        if found is None:
            if reply.redirects == 0:
                raise Unavailable("knows no registry for this ending")
            return None
        told = (found.name or ascii_domain).rstrip(".").lower()
        if found.kind.lower() != "domain" or told != ascii_domain:
            raise Unavailable("answered about something else")
        return DomainRegistration(
            domain=domain,
            registered_on=_registered(found.events),
            status=found.status,
        )


def _registered(events: Sequence[_Event]) -> date | None:
    days = [e.at for e in events if e.action.lower() == "registration" and e.at]
    return min(datetime.fromisoformat(day) for day in days).date() if days else None
