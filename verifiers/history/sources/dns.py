"""Where a domain's mail goes: DNS, asked of the resolver of this machine or of one's own.

By RFC 5321 §5.1 a domain without MX takes mail at its own address; by RFC 7505 a null MX takes
none. A domain that does not exist, or has neither, is absent; a server that fails is unknown.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import dns.asyncresolver
import dns.exception
import dns.resolver

from models.outside import Answer, MailServers
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.polite import Unavailable, ascii_host
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import mail_domains

_SECONDS_EACH = 2.0
_SECONDS = 6.0
"""For one kind of record: three tries."""


class Dns:
    """Name servers."""

    name = "DNS"
    fills = "mail"

    def __init__(self, desk: Desk, server: str | None = None) -> None:
        """`server`: `dns://ADDRESS:PORT`; the system's resolvers where it is `None`."""
        self._desk = desk
        self._server = server

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """The whole domains of e-mail addresses, and those of employers' sites."""
        return mail_domains(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """The hosts that take mail for a domain."""
        del inquiry
        return await self._desk.answer(self.name, question, lambda: self._look_up(question))

    async def _look_up(self, domain: str) -> MailServers | None:
        name = ascii_host(domain)
        try:
            resolver = self._resolver()
            exchangers = await self._records(resolver, name, "MX")
            if exchangers is None:
                return None
            if exchangers:
                ordered = sorted(exchangers, key=lambda mx: (mx.preference, str(mx.exchange)))
                hosts = [mx.exchange.to_text(omit_final_dot=True) for mx in ordered]
                real = tuple(host for host in hosts if host not in ("", "."))
                return MailServers(domain=domain, hosts=real) if real else None
            for kind in ("A", "AAAA"):
                if await self._records(resolver, name, kind):
                    return MailServers(domain=domain, hosts=(name,))
            return None
        except dns.exception.Timeout:
            raise Unavailable("did not answer in time") from None
        except dns.exception.DNSException:
            raise Unavailable("could not say") from None

    async def _records(
        self, resolver: dns.asyncresolver.Resolver, name: str, kind: str
    ) -> list[Any] | None:
        """The records of a kind; `None` where the name does not exist. Raises DNSException."""
        try:
            return list(await resolver.resolve(name, kind, search=False, lifetime=_SECONDS))
        except dns.resolver.NoAnswer:
            return []
        except dns.resolver.NXDOMAIN:
            return None

    def _resolver(self) -> dns.asyncresolver.Resolver:
        resolver = dns.asyncresolver.Resolver(configure=self._server is None)
        if self._server is not None:
            where = urlsplit(self._server)
            resolver.nameservers = [where.hostname or ""]
            resolver.port = where.port or 53
        resolver.timeout = _SECONDS_EACH
        return resolver
