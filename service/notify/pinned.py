"""A connection to addresses that were checked, under one deadline: what httpcore runs on here.

httpcore alone would resolve the name itself, after the check, and its timeouts begin anew with
every byte: a receiver that sends one a second would hold a worker for ever.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore


class Unreachable(Exception):
    """No answer came: no such name, no connection, no valid certificate, or not in time."""


class Deadline:
    """A moment that does not move, however much happens before it."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then. Raises TimeoutError once it has passed."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class PinnedNetwork(httpcore.NetworkBackend):
    """Connects to what `addresses` says of a host, and to nothing else."""

    def __init__(self, addresses: Callable[[str], Sequence[str]], deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers. Raises Unreachable and what the check raises.

        The time left is shared out, so that one address that swallows packets (an IPv6 that goes
        nowhere) leaves some for the next.
        """
        del timeout, local_address, socket_options
        addresses = self._addresses(host)
        for tried, address in enumerate(addresses):
            try:
                patience = self._deadline.left() / (len(addresses) - tried)
                # A numeric address: nothing is resolved here.
                return _Stream(socket.create_connection((address, port), patience), self._deadline)
            except OSError:
                continue
        raise Unreachable("It could not be connected to.")


class _Stream(httpcore.NetworkStream):
    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._socket = connection
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        try:
            self._socket.settimeout(self._deadline.left())
            return self._socket.recv(max_bytes)
        except TimeoutError:
            raise httpcore.ReadTimeout from None
        except OSError:
            raise httpcore.ReadError from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        rest = memoryview(buffer)
        try:
            while rest:
                self._socket.settimeout(self._deadline.left())
                rest = rest[self._socket.send(rest) :]
        except TimeoutError:
            raise httpcore.WriteTimeout from None
        except OSError:
            raise httpcore.WriteError from None

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        del timeout
        try:
            self._socket.settimeout(self._deadline.left())
            # The certificate is held against the name that was asked for, not the address.
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except ssl.SSLCertVerificationError:
            self.close()
            raise Unreachable("Its certificate is not valid for its name.") from None
        except TimeoutError:
            self.close()
            raise Unreachable("It did not answer in time.") from None
        except (OSError, ValueError):  # ValueError: a name that no certificate can hold.
            self.close()
            raise Unreachable("It does not speak TLS as we do.") from None
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Nothing: httpcore asks for the socket to keep connections, which we do not."""
        del info
