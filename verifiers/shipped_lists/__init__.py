"""Lists of others that Bonafide ships: universities, disposable domains, remote-access tools.

`scripts/update-lists` makes the files, `index.json` says where each comes from and of which day,
and `NOTICE.md` whose they are. Each is read once, when it is first asked for.
"""

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class University:
    """One institution of Hipo's list."""

    name: str
    country_code: str
    """ISO 3166-1 alpha-2."""
    domains: tuple[str, ...]
    """In lower case."""


@dataclass(frozen=True)
class RemoteTool:
    """One program by which a machine is seen or steered from elsewhere, of LOLRMM's list.

    Many are in honest use at every company; which are allowed is the operator's to say.
    """

    name: str
    processes: tuple[str, ...]
    """Names of its files, in lower case; `*` stands for any letters."""
    domains: tuple[str, ...]
    """Hosts that it connects to, in lower case; `*` stands for any letters."""
    signers: tuple[str, ...]
    """Who signed its files. Large makers sign much else."""


@dataclass(frozen=True)
class ShippedList:
    """Where a list comes from."""

    name: str
    file: str
    repository: str
    """`owner/name` on GitHub."""
    licence: str
    date: str
    """The day that it is of, as YYYY-MM-DD."""
    entries: int


@lru_cache(maxsize=1)
def shipped_lists() -> tuple[ShippedList, ...]:
    """What is shipped."""
    return tuple(ShippedList(**entry) for entry in json.loads(_text("index.json")))


@lru_cache(maxsize=1)
def universities() -> tuple[University, ...]:
    """Universities of all countries."""
    return tuple(
        University(name, country, tuple(domains))
        for name, country, domains in _json("universities.json.gz")
    )


@lru_cache(maxsize=1)
def disposable_domains() -> frozenset[str]:
    """Domains whose mailboxes are made to be thrown away."""
    return frozenset(_text("disposable_domains.txt").split())


@lru_cache(maxsize=1)
def remote_tools() -> tuple[RemoteTool, ...]:
    """Programs for remote access."""
    return tuple(
        RemoteTool(name, tuple(processes), tuple(domains), tuple(signers))
        for name, processes, domains, signers in _json("remote_tools.json.gz")
    )


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _json(name: str) -> Any:
    return json.loads(gzip.decompress(files(__name__).joinpath(name).read_bytes()))
