"""Lists made by hand, for what the files do not have yet.

Sobaeksu Trading, Kim Se Un, Jo Kyong Hun and Myong Chol Min were designated after the files that
lie here were published. Their names are real; birth dates, numbers, domains and wallets are made
up, and so is everybody else.
"""

from datetime import date
from typing import Any

from models.circumstances import ListedKind
from models.sanctions import (
    BirthSpan,
    ListedDocument,
    ListedName,
    ListEntry,
    NameQuality,
    Party,
    SanctionsList,
)
from verifiers.screening.matching import ListIndex

WALLET = "0x1111111111111111111111111111111111111111"


def entry(*names: str, kind: ListedKind = ListedKind.PERSON, **more: Any) -> ListEntry:
    """An entry of these names, the first the main one; `weak` ones after them."""
    weak = more.pop("weak", ())
    return ListEntry(
        list_name="Made by hand",
        id=more.pop("id", names[0]),
        kind=kind,
        names=(
            ListedName(text=names[0]),
            *(ListedName(text=name, quality=NameQuality.STRONG) for name in names[1:]),
            *(ListedName(text=name, quality=NameQuality.WEAK) for name in weak),
        ),
        **more,
    )


def born(year: int, month: int | None = None, day: int | None = None) -> tuple[BirthSpan, ...]:
    """A birth date, or only its year."""
    if month and day:
        return (BirthSpan(earliest=date(year, month, day), latest=date(year, month, day)),)
    return (BirthSpan(earliest=date(year, 1, 1), latest=date(year, 12, 31)),)


ENTRIES = (
    entry("KIM, Se Un", "KIM, Se-un", births=born(1977, 4, 2), wallets=(WALLET,)),
    entry(
        "JO, Kyong Hun",
        births=born(1984),
        weak=("HUNTER",),
        documents=(ListedDocument(number="PS 654-321-098", kind="passport"),),
    ),
    entry("MYONG, Chol Min", births=born(1968, 11, 9), emails=("m.chol@example.org",)),
    entry(
        "KOREA SOBAEKSU TRADING COMPANY",
        "SOBAEKSU UNITED CORPORATION",
        kind=ListedKind.ENTITY,
        domains=("sobaeksu-trading.example.org",),
        documents=(ListedDocument(number="RK-77812", kind="registration"),),
        country_codes=("KP",),
    ),
)


def by_hand(*entries: ListEntry) -> ListIndex:
    """The entries above, or these, made searchable."""
    return ListIndex([SanctionsList(name="Made by hand", entries=entries or ENTRIES)])


def person(name: str, **more: Any) -> Party:
    """A candidate."""
    return Party(kind=ListedKind.PERSON, role="candidate", names=(name,), **more)


def company(name: str, **more: Any) -> Party:
    """An employer."""
    return Party(kind=ListedKind.ENTITY, role="employer", names=(name,), **more)
