"""`bonafide screen`: people and companies looked for on sanctions lists, and names compared."""

import csv
import json
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from pydantic import ValidationError

from models.circumstances import ListedKind
from models.sanctions import Hit, Party
from service import console
from service.commands.answers import UNUSABLE_INPUT, Answer
from service.commands.opened import load_settings, refuse
from service.lists.kept import KeptLists
from verifiers.screening.lists import UnreadableList, read_list
from verifiers.screening.matching import ListIndex
from verifiers.screening.names import compare

EXAMPLES = (
    'Examples: [b]bonafide screen --name "Kim Se Un" --dob 1975[/b] · '
    "[b]bonafide screen --file people.csv --json[/b] · "
    "[b]bonafide screen --pairs pairs.csv --json[/b]"
)
_NEEDED = (
    "A name alone says nothing: it is somebody else's far too often. Give a birth date, a document "
    "number, an e-mail address, a telephone number or a wallet; of a company its registration "
    "number or domain."
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COLUMNS = {
    "name": ("name", "full_name", "names"),
    "dob": ("dob", "birth_date", "date_of_birth"),
    "document": ("document", "document_number"),
    "registration": ("registration", "registration_number"),
    "email": ("email",),
    "phone": ("phone",),
    "wallet": ("wallet",),
    "domain": ("domain", "url"),
    "kind": ("kind",),
}
"""Of a file of people, by any of these names."""
_KINDS = {"": ListedKind.PERSON, **{kind.value: kind for kind in ListedKind}}


class _Unusable(Exception):
    """A row that says something else than it must."""


def run(
    name: Annotated[
        str | None, typer.Option(help="Of a person, or with --entity a company.")
    ] = None,
    dob: Annotated[
        str | None, typer.Option(metavar="YYYY[-MM[-DD]]", help="Birth date, as far as known.")
    ] = None,
    document: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="Of a document; of a company its registration."),
    ] = None,
    email: Annotated[str | None, typer.Option(help="E-mail address.")] = None,
    phone: Annotated[str | None, typer.Option(help="Telephone number.")] = None,
    wallet: Annotated[str | None, typer.Option(help="Address of a crypto currency.")] = None,
    domain: Annotated[str | None, typer.Option(help="Web domain of a company.")] = None,
    entity: Annotated[bool, typer.Option("--entity", help="The name is a company's.")] = False,
    file: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="People, a row each: name, dob, document, kind…"
        ),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Names to compare: name1, name2."),
    ] = None,
    lists: Annotated[
        Path | None,
        typer.Option(exists=True, help="A list, or a folder of them, in place of the kept ones."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Look for people and companies on sanctions lists, by name and a hard identifier.

    A hit is for those who answer for compliance, and no proof: people share names and birth dates.
    With --pairs no list is searched: the names of each row are compared with one another.
    """
    if sum(given is not None for given in (name, file, pairs)) != 1:
        raise refuse("Give one of --name, --file and --pairs.")
    if pairs:
        _compare_pairs(pairs, as_json=as_json)
        return
    row = {
        "name": name, "dob": dob, "email": email, "phone": phone, "wallet": wallet,
        "domain": domain, "document": document, "kind": "entity" if entity else "",
    }  # fmt: skip
    if name is not None:
        try:
            parties = _parties({key: value or "" for key, value in row.items()})
        except _Unusable as error:
            raise refuse(str(error)) from None
        _answer({"name": name}, parties, _index(lists), as_json=as_json)
        return
    assert file is not None
    index = _index(lists)
    failed = False
    for number, told in _rows(file, _COLUMNS, needed=("name",)):
        try:
            parties = _parties(told)
        except _Unusable as error:
            failed = True
            _print_problem(number, told["name"], str(error), as_json=as_json)
            continue
        _answer({"row": number, "name": told["name"]}, parties, index, as_json=as_json)
    if failed:
        raise typer.Exit(UNUSABLE_INPUT)


def _compare_pairs(path: Path, *, as_json: bool) -> None:
    columns = {"name1": ("name1", "name_1", "left"), "name2": ("name2", "name_2", "right")}
    for _, row in _rows(path, columns, needed=("name1", "name2")):
        alike = compare(row["name1"], row["name2"])
        told = {
            "name1": row["name1"],
            "name2": row["name2"],
            "score": round(alike.score, 4),
            "match": alike.match,
            "explanation": alike.explanation,
        }
        sign = "=" if alike.match else "≠"
        plain = f"{row['name1']} {sign} {row['name2']} ({alike.score:.2f}): {alike.explanation}"
        _print(told, plain, as_json=as_json)


def _answer(asked: Answer, parties: list[Party], index: ListIndex, *, as_json: bool) -> None:
    hits = _each_entry_once(hit for party in parties for hit in index.search(party))
    alone = not any(_identifiers(party) for party in parties)
    told = asked | {
        "lists": [_list(one.name, one.published_on, one.fetched_at) for one in index.lists],
        "hits": [_shown(hit) for hit in hits],
        "problem": _NEEDED if alone else None,
    }
    lines = [
        f"{hit.entry.list_name} {hit.entry.id}: {hit.entry.names[0].text}. Agrees in the name "
        f"({hit.explanation.rstrip('.')}) and in {', '.join(hit.agrees_in)}."
        for hit in hits
    ]
    plain = "\n  ".join((f"{asked['name']}:", *(lines or [_NEEDED if alone else "nothing found."])))
    _print(told, plain, as_json=as_json)


def _shown(hit: Hit) -> Answer:
    return {
        "list": hit.entry.list_name,
        "entry": hit.entry.id,
        "kind": hit.entry.kind.value,
        "listed_name": hit.entry.names[0].text,
        "matched_name": hit.matched_name,
        "score": round(hit.score, 4),
        "explanation": hit.explanation,
        "agrees_in": list(hit.agrees_in),
        "programmes": list(hit.entry.programmes),
    }


def _list(name: str, *days: Any) -> Answer:
    published, fetched = (day.isoformat() if day else None for day in days)
    return {"name": name, "published_on": published, "fetched_at": fetched}


def _each_entry_once(hits: Iterator[Hit]) -> list[Hit]:
    return [*{(hit.entry.list_name, hit.entry.id): hit for hit in hits}.values()]


def _parties(row: dict[str, str]) -> list[Party]:
    """Whom a row names; where a birth date is not whole, once for either end of it."""
    kind = _KINDS.get(row.get("kind", "").strip().lower())
    if kind is None:
        raise _Unusable(f"kind must be person or entity, not {row['kind']!r}.")
    if not row["name"].strip():
        raise _Unusable("There is no name.")
    entity = kind is ListedKind.ENTITY
    document, registration = (_some(row.get(what)) for what in ("document", "registration"))
    days = _days(row.get("dob") or "")
    if days and entity:
        raise _Unusable("A company has no birth date.")
    try:
        party = Party(
            kind=kind,
            role="employer" if entity else "candidate",
            names=(row["name"].strip(),),
            document_numbers=() if entity else document,
            registration_numbers=(*registration, *document) if entity else registration,
            emails=_some(row.get("email")),
            phones=_some(row.get("phone")),
            wallets=_some(row.get("wallet")),
            domains=_some(row.get("domain")),
        )
    except ValidationError:
        raise _Unusable("The row holds what cannot be read.") from None
    return [party.model_copy(update={"birth_date": day}) for day in days] or [party]


def _days(text: str) -> list[date]:
    """First and last day of what a date leaves open."""
    if not text.strip():
        return []
    found = _DATE.fullmatch(text.strip())
    if found:
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            if month is None:
                return [date(year or 0, 1, 1), date(year or 0, 12, 31)]
            if day is None:
                return [
                    date(year or 0, month, 1),
                    date(year or 0, month, monthrange(year or 0, month)[1]),
                ]
            return [date(year or 0, month, day)]
        except ValueError:
            pass
    raise _Unusable(f"A birth date is YYYY, YYYY-MM or YYYY-MM-DD, not {text.strip()!r}.")


def _identifiers(party: Party) -> bool:
    return bool(
        party.birth_date
        or party.document_numbers
        or party.registration_numbers
        or party.emails
        or party.phones
        or party.wallets
        or party.domains
    )


def _some(text: str | None) -> tuple[str, ...]:
    return (text.strip(),) if text and text.strip() else ()


def _index(lists: Path | None) -> ListIndex:
    if lists is None:
        index = KeptLists(load_settings().lists_folder).index()
        if index is None:
            raise refuse(
                "There are no lists here yet. `bonafide lists update` fetches them; or name a file "
                "or folder with --lists."
            )
        return index
    try:
        return ListIndex(read_list(lists))
    except UnreadableList as error:
        raise refuse(f"{error}.".replace("..", ".")) from None


def _rows(
    path: Path, columns: Mapping[str, tuple[str, ...]], *, needed: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV with a header, numbered from 1, under our names for its columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            yield from _read_rows(opened, columns, needed)
    except UnicodeDecodeError:
        raise refuse(f"{path.name} is not in UTF-8.") from None
    except csv.Error as error:
        raise refuse(f"{path.name} is no readable CSV: {error}.") from None
    except OSError as error:
        raise refuse(f"{path.name} cannot be read: {error.strerror}.") from None


def _read_rows(
    opened: TextIO, columns: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(opened)
    there = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    of_ours = {
        ours: there[found]
        for ours, names in columns.items()
        if (found := next((name for name in names if name in there), None)) is not None
    }
    if lacking := [name for name in needed if name not in of_ours]:
        raise refuse(
            f"The file needs a header with the columns {', '.join(needed)}; there is no "
            f"{' and no '.join(lacking)}."
        )
    for number, row in enumerate(reader, 1):
        yield number, {ours: row.get(name) or "" for ours, name in of_ours.items()}


def _print_problem(number: int, name: str, problem: str, *, as_json: bool) -> None:
    told = {"row": number, "name": name, "lists": [], "hits": [], "problem": problem}
    _print(told, f"row {number}: {problem}", as_json=as_json)


def _print(told: Answer, plain: str, *, as_json: bool) -> None:
    text = json.dumps(told, ensure_ascii=False) if as_json else plain
    console.out.print(text, markup=False)
