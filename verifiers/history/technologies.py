"""When technologies and certifications came to be: our own table, each row with a public source.

A name is looked up whole and never inside a sentence. Names that mean several things (Go, Swift,
Spark) stand in the table only where they are told apart ("Golang", "Apache Spark"), and where
people use a name for what came before it (Jenkins for Hudson), the older one's date counts. What
the table does not have is not known, and never held against anyone.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from models.claimed_date import ClaimedDate


class Kind(StrEnum):
    """What a row of the table is about."""

    TECHNOLOGY = "technology"
    CERTIFICATION = "certification"


@dataclass(frozen=True)
class Known:
    """A technology or certification, and when it came to be."""

    kind: Kind
    name: str
    aliases: tuple[str, ...]
    first: ClaimedDate
    """First public release, previews included; of a certification, when it was first awarded."""
    source: str
    """A public page that says so."""


def technology(name: str | None) -> Known | None:
    """The technology of exactly this name, however it is written."""
    return _table(Kind.TECHNOLOGY).get(_key(name or ""))


def certification(name: str | None) -> Known | None:
    """The certification of exactly this name, however it is written."""
    return _table(Kind.CERTIFICATION).get(_key(name or ""))


@cache
def rows() -> tuple[Known, ...]:
    """The whole table, in the order of the file."""
    file = resources.files("verifiers.history").joinpath("technologies.csv")
    return tuple(
        Known(
            kind=Kind(row["kind"]),
            name=row["name"],
            aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
            first=ClaimedDate.parse(row["first"]),
            source=row["source"],
        )
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    )


@cache
def _table(kind: Kind) -> Mapping[str, Known]:
    return {
        _key(name): known
        for known in rows()
        if known.kind is kind
        for name in (known.name, *known.aliases)
    }


def _key(name: str) -> str:
    """Case, spacing, and the punctuation that people leave out; never "+" and "#"."""
    return "".join(c for c in name.casefold() if c not in " -_./,:()®™\u00a0\t\n")
