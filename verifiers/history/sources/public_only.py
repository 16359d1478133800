"""Connections to public addresses only, so that no answer leads into the operator's own network.

A registry may redirect anywhere, and a name may lead anywhere. Every name is resolved here, all its
addresses must be public, and the connection goes to the very address that was checked (DNS
rebinding). What the operator configured, such as a proxy of their own, is trusted by host and port.
"""

from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address

import dns.asyncresolver
import dns.exception
import httpx

from verifiers.public_address import is_public

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""The addresses of a host name, as text; none where it has none."""


class NotPublic(httpx.UnsupportedProtocol):
    """The host leads to a network that is not public."""


class PublicOnly(httpx.AsyncBaseTransport):
    """Passes requests on to `inner`, to an address instead of a name."""

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        trusted: frozenset[str],
        *,
        resolve: Resolve | None = None,
        allows: Callable[[str], bool] | None = None,
    ) -> None:
        """`resolve` and `allows` stand in for DNS and for `is_public`."""
        self._inner = inner
        self._trusted = trusted
        self._resolve = resolve or addresses_of
        self._allows = allows or is_public

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises NotPublic and what httpx raises."""
        if request.url.netloc.decode("ascii") in self._trusted:
            return await self._inner.handle_async_request(request)
        addresses = await self._resolve(request.url.host)
        if not addresses:
            raise httpx.ConnectError("no such host")
        # One that is not public is enough: which of them would be called is a matter of chance.
        if not all(self._allows(address) for address in addresses):
            raise NotPublic("not a public address")
        for address in addresses[:-1]:
            try:
                return await self._inner.handle_async_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # Such as IPv6 where there is none.
        return await self._inner.handle_async_request(_pinned(request, addresses[-1]))

    async def aclose(self) -> None:
        await self._inner.aclose()


def _pinned(request: httpx.Request, address: str) -> httpx.Request:
    # The Host header was made with the request; the certificate is held against the name.
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )


async def addresses_of(host: str) -> Sequence[str]:
    """Those of a name, or the address that it is.

    By dnspython: a look-up by the system runs in a thread that no deadline ends.
    """
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    try:
        found = await dns.asyncresolver.Resolver().resolve_name(host, lifetime=3, search=False)
        return list(found.addresses())
    except dns.exception.DNSException:
        return []
