"""The one way out: every call that this service makes to an address somebody else chose.

A callback is a URL from outside, and a server that calls any URL can be made to call its own
network. So: https only, no address inside a network (RFC 6890), the address that was checked is
the one connected to, no redirect followed, no proxy, one deadline for all of it, little of the
answer read. In development, http and every address are allowed.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import certifi
import httpcore

_LONGEST_URL = 2000
_HTTPS = 443
_UNPRIVILEGED = 1024
"""Below it, other ports than 443 are other services."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """This call is not made; `reason` is a sentence without the URL."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreachable(Exception):
    """The receiver did not answer; `reason` is a sentence without the URL."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Answer:
    """What the receiver said; a redirect is an answer like any other."""

    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes
    """The first bytes of it."""


class Egress:
    """The guard. Holds no connection between calls."""

    def __init__(
        self,
        *,
        development: bool = False,
        timeout_seconds: float = 15.0,
        max_answer_bytes: int = 65_536,
        trusts: ssl.SSLContext | None = None,
    ) -> None:
        """`trusts` replaces the public certificate authorities, for a company's own."""
        self._development = development
        self._timeout_seconds = timeout_seconds
        self._max_answer_bytes = max_answer_bytes
        self._trusts = trusts or ssl.create_default_context(cafile=certifi.where())

    def check(self, url: str) -> None:
        """Whether a callback may be ordered at all; names are resolved when it is called.

        Raises:
            Refused: it may not, and why.
        """
        parts = self._parts(url)
        try:
            literal = ipaddress.ip_address(parts.hostname or "")
        except ValueError:
            if (parts.hostname or "").rpartition(".")[2].casefold() in ("localhost", "internal"):
                self._refuse_inside()
            return
        self._refuse_unless_public(literal)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post, and read the beginning of the answer.

        Raises:
            Refused: the address may not be called.
            Unreachable: no answer within the time.
        """
        self.check(url)
        deadline = time.monotonic() + self._timeout_seconds
        backend = _Guarded(deadline, self._resolved)
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), self._timeout_seconds)
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=self._trusts, max_connections=1, network_backend=backend
                ) as pool,
                pool.stream(
                    "POST",
                    url,
                    headers=[*headers.items(), ("user-agent", "bonafide")],
                    content=body,
                    extensions={"timeout": timeout},
                ) as response,
            ):
                start = self._beginning(response.iter_stream())
                told = {
                    k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers
                }
                return Answer(response.status, told, start)
        except httpcore.TimeoutException:
            raise Unreachable(f"no answer within {self._timeout_seconds:g} seconds") from None
        except ssl.SSLError:
            raise Unreachable("its certificate does not hold") from None
        except (httpcore.NetworkError, OSError) as error:
            if isinstance(error.__cause__ or error.__context__, ssl.SSLError):
                raise Unreachable("its certificate does not hold") from None
            raise Unreachable("no connection could be made, or it broke") from None
        except (httpcore.ProtocolError, ValueError):
            raise Unreachable("what it answered is no HTTP") from None

    def _beginning(self, pieces: Iterable[bytes]) -> bytes:
        start = b""
        for piece in pieces:
            start += piece
            if len(start) >= self._max_answer_bytes:
                break
        return start[: self._max_answer_bytes]

    def _parts(self, url: str) -> SplitResult:
        if len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
            raise Refused("it is no URL of printable ASCII characters, or is too long")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise Refused("it is no URL") from None
        if parts.username is not None or parts.password is not None:
            raise Refused("it holds a user name or password")
        if not parts.hostname:
            raise Refused("it names no host")
        if parts.scheme != "https" and not (self._development and parts.scheme == "http"):
            raise Refused("it must begin with https://")
        if not self._development and (port or _HTTPS) != _HTTPS and (port or 0) < _UNPRIVILEGED:
            raise Refused("its port is neither 443 nor above 1023")
        return parts

    def _resolved(self, host: str, port: int) -> Address:
        """The address to connect to. All that the name stands for must be public.

        The system's resolver has its own patience, some seconds, beside our deadline.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            raise httpcore.ConnectError from None
        addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
        for address in addresses:
            self._refuse_unless_public(address)
        return addresses[0]

    def _refuse_unless_public(self, address: Address) -> None:
        if not all(_is_public(inner) for inner in _meant_by(address)):
            self._refuse_inside()

    def _refuse_inside(self) -> None:
        if not self._development:
            raise Refused("it leads to an address that is not public")


def _is_public(address: Address) -> bool:
    return address.is_global and not address.is_multicast


def _meant_by(address: Address) -> list[Address]:
    """The address, and the IPv4 address within it that some networks would go on to."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    within: list[Address] = [address]
    if address in _NAT64:
        within.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.sixtofour:
        within.append(address.sixtofour)
    if address.teredo:
        within += address.teredo
    return within


class _Guarded(httpcore.NetworkBackend):
    """Connects to the address that was checked, never resolving a name a second time.

    TLS still speaks to, and is checked against, the name of the URL.
    """

    def __init__(self, deadline: float, resolve: Any) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        address = self._resolve(host, port)
        left = _left(self._deadline, timeout)
        stream = self._inner.connect_tcp(str(address), port, left, local_address, socket_options)
        return _Bounded(stream, self._deadline)


class _Bounded(httpcore.NetworkStream):
    """A stream with one deadline for everything: a receiver that trickles does not hold us."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        return _Bounded(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return min(left, timeout) if timeout is not None else left
