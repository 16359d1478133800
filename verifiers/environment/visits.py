"""What an operator's own databases say of the addresses that visits come from.

A folder of MaxMind-format databases (`databases`) and lists of networks (`address_lists`), any
number of each, none of which comes with the product. What is not there is not known.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from models.circumstances import Session
from models.surroundings import Visit
from verifiers.environment.address_lists import AddressList, ListKind, kind_of_list
from verifiers.environment.anonymisers import is_doubtful, most_telling, named_by, named_in
from verifiers.environment.databases import (
    Database,
    IpAddress,
    Kind,
    Record,
    UnreadableDatabase,
)
from verifiers.environment.places import Place, place_in
from verifiers.public_address import as_called, is_public

__all__ = ["NetworkDatabases", "UnreadableDatabase"]

_DATABASE = ".mmdb"
_NAMES_ANONYMISERS = (Kind.ANONYMISER, Kind.RISK)


@dataclass(frozen=True)
class _Opened:
    """What lay in the folder at one moment."""

    databases: tuple[Database, ...] = ()
    lists: tuple[AddressList, ...] = ()
    left: tuple[str, ...] = ()
    """Files that are neither."""


class NetworkDatabases:
    """MaxMind-format databases and lists of addresses, as the operator put them into a folder.

    Any number of threads may ask. Everything is held in memory, and files that change later are
    not looked at: whoever keeps this for long opens the folder again.
    """

    def __init__(self, folder: Path) -> None:
        """Open what is there; an empty or missing folder knows nothing.

        Raises:
            UnreadableDatabase: one is damaged.
        """
        self._opened = _open(folder)
        self._problems: dict[str, None] = {}

    def for_a_case(self) -> "NetworkDatabases":
        """The same databases; `problems` are then those that this case meets."""
        same = copy(self)
        same._problems = {}
        return same

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """The files of the folder by name, and what each of them is used for."""
        opened = self._opened
        return tuple(
            sorted(
                (
                    *((one.name, str(one.kind)) for one in opened.databases),
                    *((one.name, f"list: {one.kind}") for one in opened.lists),
                    *((name, str(Kind.OTHER)) for name in opened.left),
                )
            )
        )

    @property
    def problems(self) -> tuple[str, ...]:
        """What a look-up found to be damaged, a sentence each; such an answer is not known."""
        return tuple(self._problems)

    def session(self, visit: Visit) -> Session:
        """The visit with what is known of its address; what is unknown stays `None`."""
        opened, ip = self._opened, as_called(visit.ip)
        seen = Session(at=visit.at, time_zone=visit.time_zone)
        if not is_public(str(ip)):
            return seen
        answers = tuple(self._asked(opened, ip))
        on = _lists_with(opened, ip, answers)
        watch = any(one.kind is ListKind.WATCHED for one in opened.lists)
        if ListKind.RELAY in on or _is_gateway(answers):
            return seen.model_copy(update={"relay": True, "watched": False if watch else None})
        place = _place(answers)
        anonymous, hidden_by = _anonymous(answers, on)
        return Session(
            at=visit.at,
            time_zone=visit.time_zone,
            country_code=place.country_code,
            latitude=place.latitude,
            longitude=place.longitude,
            anonymous=anonymous,
            hidden_by=hidden_by,
            watched=ListKind.WATCHED in on if watch else None,
        )

    def _asked(self, opened: _Opened, ip: IpAddress) -> Iterator[tuple[Kind, Record]]:
        """What each database that is about such addresses answers; a damaged one does not."""
        for database in opened.databases:
            if not database.covers(ip):
                continue
            try:
                yield database.kind, database.get(ip)
            except UnreadableDatabase as error:
                self._problems[str(error)] = None


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    shown = (file for file in folder.iterdir() if not file.name.startswith("."))
    return sorted(file for file in shown if file.is_file())


def _open(folder: Path) -> _Opened:
    databases, lists, left = [], [], []
    for file in _files(folder):
        if file.suffix.casefold() == _DATABASE:
            database = Database.open(file)
            if database.kind is Kind.OTHER:
                left.append(database.name)
            else:
                databases.append(database)
        elif kind := kind_of_list(file):
            lists.append(AddressList.read(file, kind))
        else:
            left.append(file.name)
    exact_first = sorted(databases, key=lambda one: one.exactness, reverse=True)
    return _Opened(tuple(exact_first), tuple(lists), tuple(left))


_Answers = tuple[tuple[Kind, Record], ...]


def _of(answers: _Answers, *kinds: Kind) -> list[Record]:
    return [record for kind, record in answers if kind in kinds]


def _traits(answers: _Answers) -> list[Record]:
    """What records of places say beside the place."""
    told = (record.get("traits") for record in _of(answers, Kind.PLACE))
    return [traits for traits in told if isinstance(traits, dict)]


def _lists_with(opened: _Opened, ip: IpAddress, answers: _Answers) -> frozenset[ListKind]:
    """The kinds of lists that an address is on, or the autonomous system that it belongs to."""
    told = (
        record.get("autonomous_system_number")
        for record in (*_of(answers, Kind.NETWORK), *_traits(answers))
    )
    systems = frozenset(number for number in told if isinstance(number, int))
    return frozenset(one.kind for one in opened.lists if one.holds(ip, systems))


def _is_gateway(answers: _Answers) -> bool:
    return any(traits.get("is_legitimate_proxy") is True for traits in _traits(answers))


def _place(answers: _Answers) -> Place:
    """By the most exact database that knows the country."""
    connection = next(filter(None, _of(answers, Kind.CONNECTION)), {})
    told = [place_in(record, connection) for record in _of(answers, Kind.PLACE) if record]
    return next((place for place in told if place.country_code), Place())


def _anonymous(answers: _Answers, on: frozenset[ListKind]) -> tuple[bool | None, str | None]:
    """Whether an address hides where somebody is, and by what.

    Only a database of all kinds of anonymisers can say that it does not.
    """
    records = [*_of(answers, *_NAMES_ANONYMISERS), *_traits(answers)]
    homes = [record for record in _of(answers, Kind.RESIDENTIAL_PROXY) if record]
    records += [{**record, "is_residential_proxy": True} for record in homes]
    sure = [record for record in records if not is_doubtful(record)]
    named = named_by(on)
    for record in sure:
        # The same service twice: with its provider's name, where either has it.
        named |= {of: by or named.get(of) for of, by in named_in(record).items()}
    if named:
        return True, most_telling(named)
    known = bool(_of(answers, Kind.ANONYMISER)) and len(sure) == len(records)
    return (False if known else None), None
