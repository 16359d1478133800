"""Folders of network databases, as an operator fills them, and visits to ask them about."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

import pytest

from models.circumstances import Session
from models.surroundings import Visit
from verifiers.environment.visits import NetworkDatabases

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LONDON = "81.2.69.160"
"""In MaxMind's test data: in London, and of every kind of anonymiser at once."""


def published(*path: str) -> Path:
    """A file or folder of MaxMind's published test data; the test is skipped without it."""
    folder = os.environ.get("BONAFIDE_DATA")
    if folder is None:
        pytest.skip("BONAFIDE_DATA is not set: MaxMind's test databases are not at hand.")
    return Path(folder, "lists", "maxmind__MaxMind-DB", *path)


def database(name: str) -> Path:
    """One of the test databases, such as "GeoIP2-City"."""
    return published("test-data", f"{name}-Test.mmdb")


def a_folder(
    tmp_path: Path, *databases: str, lists: dict[str, str] | None = None
) -> NetworkDatabases:
    """A folder with test databases of these names, and lists of these names and lines."""
    for name in databases:
        (tmp_path / f"{name}.mmdb").symlink_to(database(name))
    for name, lines in (lists or {}).items():
        (tmp_path / name).write_text(lines, encoding="utf-8")
    return NetworkDatabases(tmp_path)


def visit(ip: str, **values: Any) -> Visit:
    """A visit from an address."""
    return Visit(at=AT, ip=ip, **values)


def seen(databases: NetworkDatabases, ip: str) -> Session:
    """What is known of a visit from an address."""
    return databases.session(visit(ip))


def source_rows(name: str) -> Iterator[tuple[IPv4Network | IPv6Network, dict[str, Any]]]:
    """Networks and records that a test database was built of."""
    text = published("source-data", f"{name}-Test.json").read_text(encoding="utf-8")
    for row in json.loads(text):
        for network, record in row.items():
            yield _as_reached(ip_network(network)), record


def _as_reached(network: IPv4Network | IPv6Network) -> IPv4Network | IPv6Network:
    """Networks of IPv4 are written as a part of `::/96` in some of the sources."""
    first = int(network.network_address)
    if network.version == 6 and network.prefixlen >= 96 and first < 2**32:
        return IPv4Network((first, network.prefixlen - 96))
    return network
