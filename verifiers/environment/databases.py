"""Databases of network addresses in MaxMind's format (MaxMind DB file format 2.0), one at a time.

The kind is told by `database_type` in a file's own metadata, so that names of files do not matter.
Read by the reader in Python, not the one in C, and from a copy in memory: a damaged file then costs
an answer, and a file that is overwritten or cut short under its reader costs nothing. A mapped one
would end the process (SIGBUS).
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address
from itertools import islice
from pathlib import Path
from typing import Any, Self

import maxminddb

IpAddress = IPv4Address | IPv6Address
Record = Mapping[str, Any]
"""What a database holds of a network; any field may be missing."""


class UnreadableDatabase(Exception):
    """A database is damaged or of no kind that is read; the message says which and how."""


class Kind(StrEnum):
    """What a database is about."""

    PLACE = "places"
    NETWORK = "networks and who runs them"
    ANONYMISER = "anonymisers"
    RESIDENTIAL_PROXY = "residential proxies"
    RISK = "anonymisers, by risk"
    CONNECTION = "kinds of connection"
    OTHER = "not used"


_KINDS = (
    ("anonymous", Kind.ANONYMISER),
    ("residential-proxy", Kind.RESIDENTIAL_PROXY),
    ("ip-risk", Kind.RISK),
    ("connection-type", Kind.CONNECTION),
    ("enterprise", Kind.PLACE),
    ("city", Kind.PLACE),
    ("country", Kind.PLACE),
    ("asn", Kind.NETWORK),
    ("isp", Kind.NETWORK),
    ("domain", Kind.OTHER),
    ("static-ip-score", Kind.OTHER),
    ("user-count", Kind.OTHER),
)
"""Words of `database_type`; for places the most exact first."""
_SAMPLES = 200
_LOOKED_THROUGH = 5_000
"""Networks that are read as a file is opened: all of a small one."""


class Database:
    """One open database. Any number of threads may ask it."""

    def __init__(self, name: str, reader: maxminddb.Reader) -> None:
        """Use `open`."""
        self.name = name
        self._reader = reader
        self._versions = (4,) if reader.metadata().ip_version == 4 else (4, 6)
        told = reader.metadata().database_type.casefold().replace("_", " ")
        found = next(
            (n for n, (word, _) in enumerate(_KINDS) if re.search(rf"\b{word}\b", told)), None
        )
        if found is None:
            raise UnreadableDatabase(
                f"{name} is of the kind {reader.metadata().database_type!r}, which is not read."
            )
        self.exactness = -found
        """The greater, the more is told of a place."""
        self.kind = _KINDS[found][1]

    @classmethod
    def open(cls, file: Path) -> Self:
        """Read a file into memory, and look through a part of it to see that it is whole.

        Raises:
            UnreadableDatabase: it is damaged, is no such database, or of no kind that is read.
        """
        try:
            reader = maxminddb.open_database(str(file), maxminddb.MODE_MEMORY)
            _look_through(reader)
        except OSError as error:
            raise UnreadableDatabase(f"{file.name} cannot be read: {error.strerror}.") from None
        except Exception as error:  # A damaged file makes the reader raise nearly anything.
            raise UnreadableDatabase(
                f"{file.name} is damaged, or is no MaxMind database. Fetch it again."
            ) from error
        return cls(file.name, reader)

    def covers(self, ip: IpAddress) -> bool:
        """Whether it is about addresses of this version at all."""
        return ip.version in self._versions

    def get(self, ip: IpAddress) -> Record:
        """What it holds of an address; empty where it holds nothing.

        Raises:
            UnreadableDatabase: the file is damaged where the address should be.
        """
        if not self.covers(ip):
            return {}
        try:
            record = self._reader.get(ip)
        except Exception as error:  # As on opening.
            raise UnreadableDatabase(
                f"{self.name} is damaged in a part that was asked for. Fetch it again."
            ) from error
        return record if isinstance(record, dict) else {}


def _look_through(reader: maxminddb.Reader) -> None:
    """Read what lies at the ends, between, and in a row; of a damaged file something raises."""
    for ip in _samples(reader.metadata().ip_version):
        reader.get(ip)
    try:
        for _ in islice(reader, _LOOKED_THROUGH):
            pass
    except UnicodeDecodeError:
        raise
    except ValueError:
        return  # Some networks of a sound file have no name in the reader, which says so like this.


def _samples(ip_version: int) -> Iterator[IpAddress]:
    """Addresses from the first to the last, evenly."""
    last4, last6 = 2**32 - 1, 2**128 - 1
    for n in range(_SAMPLES + 1):
        yield IPv4Address(last4 * n // _SAMPLES)
        if ip_version == 6:
            yield IPv6Address(last6 * n // _SAMPLES)
