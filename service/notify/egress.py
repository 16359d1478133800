"""The guard that every outgoing call of the service passes (server-side request forgery, CWE-918).

A callback's address comes from outside, so it may name anything that this machine can reach. The
guard sends only to public addresses, over https, and connects to the very address it has checked:
a name that is resolved a second time may lead elsewhere by then (DNS rebinding).

- Scheme: https. In development also http, and this machine's own loopback addresses.
- Port: 443, or from 1024 on. Those below are other system services: SSH, mail, DNS. In development
  80 as well.
- Every address that the name leads to must be public (`verifiers.public_address`), or nothing is
  sent.
- Redirects are not followed: a 3xx is an answer like another. Proxies of the environment are not
  used. No connection serves twice.
- One deadline holds for everything: name, connection, TLS, sending, answer.

Neither exceptions nor log lines hold an address's path or query, nor the body of an answer.
"""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import httpcore
import httpx

from service.notify.pinned import Deadline, PinnedNetwork, Unreachable
from verifiers.public_address import is_loopback, is_public

__all__ = ["Answer", "Egress", "Refused", "Unreachable"]

LONGEST_URL = 2_048
"""Characters."""
CHECK_SECONDS = 5.0
"""How long `check` waits for a name: somebody waits for the answer."""

_DEFAULT_PORTS = {"https": 443, "http": 80}
# A name in ASCII, or an IPv6 address without a zone. The URL library keeps other characters in
# percent signs, and what a resolver makes of those is anybody's guess.
_HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}")

Resolve = Callable[[str], Sequence[str]]
"""The addresses of a host name, as text. Raises OSError where there are none."""


class Refused(Exception):
    """Nothing was sent and nothing will be: the address is not one that the service calls."""


@dataclass(frozen=True)
class Answer:
    """What the receiver said. Header names are lower case; the body is cut at the guard's limit."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Egress:
    """Posts to addresses that others gave. Threads may share it.

    `tls` and `resolve` stand in for the usual certificate authorities and for DNS.
    """

    def __init__(
        self,
        *,
        development: bool = False,
        timeout_seconds: float = 15,
        max_answer_bytes: int = 65_536,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        self._development = development
        self._timeout_seconds = timeout_seconds
        self._max_answer_bytes = max_answer_bytes
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        self._resolve = resolve or _look_up

    def check(self, url: str) -> None:
        """Refuse an address where it is given, rather than at the first event. Raises Refused.

        A name that does not resolve now passes: that may mend itself, and `post` checks again.
        """
        target = self._target(url)
        with suppress(Unreachable):
            self._checked_addresses(
                target.host, Deadline(min(self._timeout_seconds, CHECK_SECONDS))
            )

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send `body` and wait for the answer. Raises Refused, Unreachable.

        An answer counts once its status and headers are there. A body that breaks off, or goes on
        beyond the deadline, is cut: the receiver has said whether it has the event.
        """
        target = self._target(url)
        deadline = Deadline(self._timeout_seconds)
        network = PinnedNetwork(lambda host: self._checked_addresses(host, deadline), deadline)
        sent = {name.lower(): value for name, value in headers.items()} | {
            "host": target.authority,
            "user-agent": "bonafide",
            "accept-encoding": "identity",  # A small answer cannot unfold into a large one.
            "content-length": str(len(body)),
            "connection": "close",
        }
        try:
            with (
                httpcore.HTTPConnection(target.url.origin, self._tls, network_backend=network) as c,
                c.stream("POST", target.url, headers=list(sent.items()), content=body) as response,
            ):
                return Answer(response.status, _texts(response.headers), self._start_of(response))
        except httpcore.TimeoutException:
            raise Unreachable("It did not answer in time.") from None
        except (httpcore.NetworkError, httpcore.RemoteProtocolError):
            raise Unreachable("The connection broke off, or the answer was not HTTP.") from None

    def _start_of(self, response: httpcore.Response) -> bytes:
        body = bytearray()
        with suppress(
            httpcore.TimeoutException, httpcore.NetworkError, httpcore.RemoteProtocolError
        ):
            for piece in response.iter_stream():
                body += piece
                if len(body) >= self._max_answer_bytes:
                    break
        return bytes(body[: self._max_answer_bytes])

    def _target(self, text: str) -> "_Target":
        """The parts of an address, taken apart once: what is checked is what is called."""
        if len(text) > LONGEST_URL:
            raise Refused(f"The address is longer than {LONGEST_URL} characters.")
        try:
            url = httpx.URL(text)
            host, port = url.raw_host.decode("ascii"), url.port
        except (httpx.InvalidURL, ValueError):
            raise Refused("This is not an address.") from None
        if url.scheme != "https" and not (self._development and url.scheme == "http"):
            raise Refused("The address must begin with https://.")
        if not _HOST.fullmatch(host):
            raise Refused("The address names no host.")
        if url.userinfo:
            raise Refused("The address must hold no user name or password.")
        port = _DEFAULT_PORTS[url.scheme] if port is None else port
        if port != 443 and not 1024 <= port <= 65_535 and not (self._development and port == 80):
            raise Refused("The port must be 443, or 1024 or above.")
        return _Target(
            host,
            url.netloc.decode("ascii"),
            httpcore.URL(scheme=url.scheme, host=host, port=port, target=url.raw_path),
        )

    def _checked_addresses(self, host: str, deadline: Deadline) -> Sequence[str]:
        """What the name leads to, all of it allowed. Raises Refused, Unreachable."""
        addresses = _in_time(self._resolve, host, deadline)
        # One that is not public is enough: which of them would be called is a matter of chance.
        if not all(self._allows(address) for address in addresses):
            raise Refused("The address leads to a network that is not public.")
        return addresses

    def _allows(self, address: str) -> bool:
        return is_public(address) or (self._development and is_loopback(address))


@dataclass(frozen=True)
class _Target:
    host: str
    """A name in ASCII (IDNA), or a literal address without brackets."""
    authority: str
    """Host and port, as the Host header has them."""
    url: httpcore.URL


def _look_up(host: str) -> Sequence[str]:
    # As bytes: text would go through Python's own IDNA, and fail with other errors on odd names.
    found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _in_time(resolve: Resolve, host: str, deadline: Deadline) -> Sequence[str]:
    """Resolve, but no longer than until the deadline. Raises Unreachable.

    `getaddrinfo` cannot be interrupted. So it runs in a thread that is left behind when time is
    up; it ends by the resolver's own timeout.
    """
    answers: SimpleQueue[Sequence[str]] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host))
        except (OSError, ValueError):
            answers.put(())

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        addresses = answers.get(timeout=deadline.left())
    except (Empty, TimeoutError):
        raise Unreachable("Its name was not resolved in time.") from None
    if not addresses:
        raise Unreachable("Its name does not resolve.")
    return addresses


def _texts(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
