"""Guards to test: ones that may call this machine, and that know the names a test gives them."""

import ipaddress
import socket
from collections.abc import Callable

import httpx

from service.notify.egress import Egress

AUTHORITIES = httpx.create_ssl_context()
"""As by default, but read once: that takes longer than most of these tests."""


def here(**given: object) -> Egress:
    """A guard that may call this machine."""
    return Egress(development=True, **{"tls": AUTHORITIES, **given})  # type: ignore[arg-type]


def knows(**names: str) -> Callable[[str], list[str]]:
    def resolve(host: str) -> list[str]:
        try:
            return names[host.replace(".", "_")].split()
        except KeyError:
            raise socket.gaierror from None

    return resolve


def literal_or(resolve: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    def first(host: str) -> list[str]:
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            return resolve(host)

    return first
