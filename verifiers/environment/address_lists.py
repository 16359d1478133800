"""Lists of networks as text: addresses, networks or numbers of autonomous systems, one a line.

What a list is about is told by how its name begins. Of a line with commas the first column counts,
as in Apple's list of its relay's exits; a first line of headings is passed over, and so is what
follows a `#`.
"""

import csv
import re
from enum import StrEnum
from pathlib import Path
from socket import AF_INET, AF_INET6, inet_pton
from typing import Self

from verifiers.environment.databases import IpAddress, UnreadableDatabase


class ListKind(StrEnum):
    """What a list is about."""

    TOR = "tor"
    VPN = "vpn"
    PROXY = "proxies"
    HOSTING = "hosting"
    RELAY = "relays"
    """Private relays and gateways of companies: neither hidden nor placed."""
    WATCHED = "watched"
    """Networks that the company itself wants to be told of."""


_SUFFIXES = {".txt", ".lst", ".csv"}
_NAME = re.compile(rf"(?:{'|'.join(ListKind)})(?![a-z])")
_SYSTEM = re.compile(r"(?:AS)?(\d{1,10})", re.IGNORECASE)


class AddressList:
    """One list. Any number of threads may ask it."""

    def __init__(self, name: str, kind: ListKind) -> None:
        """An empty one; use `read`."""
        self.name = name
        self.kind = kind
        self._systems: set[int] = set()
        self._networks: dict[tuple[int, int], set[int]] = {}
        """Prefixes of networks, by the version of IP and how many bits of an address follow."""

    @classmethod
    def read(cls, file: Path, kind: ListKind) -> Self:
        """Read a list.

        Raises:
            UnreadableDatabase: it is no text, or a line is none of the three.
        """
        read = cls(file.name, kind)
        try:
            with file.open(encoding="utf-8-sig", newline="") as text:
                for number, row in enumerate(csv.reader(text), start=1):
                    first = row[0].partition("#")[0].strip() if row else ""
                    if first and not read._add(first) and number > 1:
                        raise UnreadableDatabase(
                            f"{file.name}, line {number}, begins with neither an address, a "
                            "network nor the number of an autonomous system."
                        )
        except OSError as error:
            raise UnreadableDatabase(f"{file.name} cannot be read: {error.strerror}.") from None
        except (UnicodeDecodeError, csv.Error):
            raise UnreadableDatabase(f"{file.name} is no text in UTF-8.") from None
        return read

    def holds(self, ip: IpAddress, systems: frozenset[int]) -> bool:
        """Whether an address is on it, or one of the autonomous systems that it belongs to."""
        if systems & self._systems:
            return True
        return any(
            version == ip.version and int(ip) >> after in firsts
            for (version, after), firsts in self._networks.items()
        )

    def _add(self, text: str) -> bool:
        if system := _SYSTEM.fullmatch(text):
            self._systems.add(int(system[1]))
            return True
        network = _network(text)
        if network is None:
            return False
        version, after, first = network
        self._networks.setdefault((version, after), set()).add(first)
        return True


def _network(text: str) -> tuple[int, int, int] | None:
    """The version of IP, how many bits follow the prefix, and the prefix.

    By the system's own reading of addresses: lists of relays have hundreds of thousands of lines,
    for which `ip_network` takes seconds.
    """
    address, slash, bits = text.partition("/")
    version, family = (6, AF_INET6) if ":" in address else (4, AF_INET)
    try:
        packed = inet_pton(family, address)
    except (OSError, ValueError):
        return None
    length = len(packed) * 8
    if slash and not (bits.isascii() and bits.isdigit() and int(bits) <= length):
        return None
    after = length - int(bits) if slash else 0
    return version, after, int.from_bytes(packed) >> after


def kind_of_list(file: Path) -> ListKind | None:
    """What a file is a list of, by its name; `None` where it is no list."""
    name = file.name.casefold()
    begins = _NAME.match(name)
    return ListKind(begins[0]) if begins and file.suffix.casefold() in _SUFFIXES else None
