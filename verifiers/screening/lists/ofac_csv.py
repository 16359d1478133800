"""OFAC's legacy CSV files: the main one, with aliases, addresses and comments in files beside it.

`sdn.csv` with `alt.csv`, `add.csv` and `sdn_comments.csv`; `cons_prim.csv` with `cons_alt.csv`,
`cons_add.csv` and `cons_comments.csv`. No header, `-0-` for what is empty, and all else in remarks,
which go on in the comments where they are longer than 1,000 characters.
Vessels and aircraft are left out: no candidate or employer is one.
"""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from models.circumstances import ListedKind
from models.sanctions import NameQuality, SanctionsList
from verifiers.screening.lists.drafts import Draft
from verifiers.screening.lists.ofac_remarks import read_remarks
from verifiers.screening.lists.unreadable import UnreadableList

_MAIN, _ALIAS, _ADDRESS, _COMMENT = 12, 5, 6, 2
"""How many columns each of the files has."""
_NULL = "-0-"
_KINDS = {"individual": ListedKind.PERSON, "": ListedKind.ENTITY}
_END_OF_FILE = "\x1a"
"""Some editions end in the mark by which DOS ended text."""


def is_main(row: list[str]) -> bool:
    """Whether the row is one of a main file."""
    return len(row) == _MAIN and row[0].strip().isdigit() and bool(row[1].strip())


def is_beside(row: list[str]) -> bool:
    """Whether the row is one of the files beside a main one."""
    return len(row) in {_ALIAS, _ADDRESS, _COMMENT} and row[0].strip().isdigit()


def read(path: Path, fetched_at: datetime | None) -> SanctionsList:
    """The list in a main file, with what stands in the files beside it where they are there."""
    drafts: dict[str, Draft] = {}
    remarks: dict[str, str] = {}
    for row in _rows(path, _MAIN):
        kind = _KINDS.get(row[2].lower())
        if kind is None:
            continue
        draft = drafts[row[0]] = Draft(row[0], kind)
        draft.add_name(row[1], NameQuality.PRIMARY)
        draft.programmes.extend(re.split(r"\]\s*\[", row[3].strip("[]")) if row[3] else ())
        draft.add_remark(row[4])
        remarks[row[0]] = row[11]
    for entry, text in _beside(path, "comments", _COMMENT):
        if entry in remarks:
            remarks[entry] += text  # A remark is cut anywhere, within a word too.
    for row in _beside(path, "alt", _ALIAS):
        if row[0] in drafts:
            drafts[row[0]].add_name(row[3], NameQuality.STRONG)
    for row in _beside(path, "add", _ADDRESS):
        if row[0] in drafts:
            drafts[row[0]].addresses.extend([shown] if (shown := _joined(row[2:5])) else [])
            drafts[row[0]].add_country(row[4])
    for number, draft in drafts.items():
        read_remarks(remarks[number], draft)
    name = "OFAC Consolidated" if _is_consolidated(path) else "OFAC SDN"
    entries = (draft.entry(name) for draft in drafts.values())
    return SanctionsList(
        name=name, fetched_at=fetched_at, entries=tuple(one for one in entries if one)
    )


def files_of(path: Path) -> tuple[Path, ...]:
    """The main file, and those beside it that belong to it."""
    beside = (_file_beside(path, what) for what in ("alt", "add", "comments"))
    return (path, *(one for one in beside if one))


def _beside(path: Path, what: str, columns: int) -> Iterator[list[str]]:
    file = _file_beside(path, what)
    return _rows(file, columns) if file else iter(())


def _file_beside(path: Path, what: str) -> Path | None:
    prefixes = ("cons_",) if _is_consolidated(path) else ("", "sdn_")
    wanted = {f"{prefix}{what}.csv" for prefix in prefixes}
    return next((p for p in sorted(path.parent.iterdir()) if p.name.lower() in wanted), None)


def _is_consolidated(path: Path) -> bool:
    return path.name.lower().startswith("cons")


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        reader = csv.reader((line.rstrip("\0") for line in lines), strict=True)
        try:
            for row in reader:
                if not row or row == [_END_OF_FILE]:
                    continue
                if len(row) != columns:
                    raise UnreadableList(
                        f"{path.name} is damaged or cut off: line {reader.line_num} has "
                        f"{len(row)} columns instead of {columns}"
                    )
                yield ["" if cell.strip() == _NULL else cell.strip() for cell in row]
        except csv.Error as error:
            raise UnreadableList(
                f"{path.name} is damaged or cut off at line {reader.line_num}: {error}"
            ) from None


def _joined(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)
