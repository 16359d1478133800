"""An annex of an EU regulation as a table, as it is kept where the list is read from the Journal.

A row an entry: name, aliases, birth dates, passports, addresses; several in a cell are parted by
semicolons. It serves where the EU's own XML cannot be fetched.
"""

import csv
import re
from datetime import datetime
from pathlib import Path

from models.circumstances import ListedKind
from models.sanctions import NameQuality, SanctionsList
from verifiers.screening.lists.birth_dates import births_in
from verifiers.screening.lists.drafts import Draft
from verifiers.screening.lists.unreadable import UnreadableList

_NEEDED = {"celex", "recordId", "schema", "name", "alias", "birthDate", "passportNumber"}
_KINDS = {
    "Person": ListedKind.PERSON,
    "LegalEntity": ListedKind.ENTITY,
    "Company": ListedKind.ENTITY,
    "Organization": ListedKind.ENTITY,
    "PublicBody": ListedKind.ENTITY,
}
_NUMBERS = {
    "passportNumber": "Passport",
    "idNumber": "Identity number",
    "registrationNumber": "Registration number",
    "taxNumber": "Tax number",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "okpoCode": "OKPO",
    "leiCode": "LEI",
}
_PASSPORT = re.compile(r"(?:\b[A-Z]{1,3}\s?)?\d{5,}")
_PHONE = re.compile(r"\+?\d[\d\s./-]{6,}\d")


def is_header(row: list[str]) -> bool:
    """Whether a row names the columns of such a table."""
    return set(row) >= _NEEDED


def read(path: Path, fetched_at: datetime | None) -> SanctionsList:
    """The list in a file. Vessels are left out."""
    entries = []
    name = "EU"
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = csv.DictReader(lines, strict=True)
        try:
            for row in rows:
                if row.get("passportNumber") is None:
                    raise UnreadableList(f"{path.name} is cut off at line {rows.line_num}")
                # One annex is not the EU's list, beside which it may be kept.
                name = f"EU {row['celex']}"
                kind = _KINDS.get(row["schema"])
                if kind and (entry := _draft(row, kind, rows.line_num).entry(name)):
                    entries.append(entry)
        except csv.Error as error:
            raise UnreadableList(
                f"{path.name} is damaged or cut off at line {rows.line_num}: {error}"
            ) from None
    return SanctionsList(name=name, fetched_at=fetched_at, entries=tuple(entries))


def _draft(row: dict[str, str | None], kind: ListedKind, line: int) -> Draft:
    def cell(name: str) -> str:
        return row.get(name) or ""

    # Annexes number their entries each for itself, and some not at all.
    number = cell("recordId") or f"line {line}"
    draft = Draft(f"{cell('celex')} {cell('annex')} {number}", kind)
    draft.add_name(cell("name"), NameQuality.PRIMARY)
    for column, quality in (
        ("alias", NameQuality.STRONG),
        ("previousName", NameQuality.STRONG),
        ("weakAlias", NameQuality.WEAK),
    ):
        for name in cell(column).split(";"):
            draft.add_name(name, quality)
    draft.births.extend(births_in(cell("birthDate")))
    for column, called in _NUMBERS.items():
        found = _PASSPORT.findall(cell(column)) if column == "passportNumber" else []
        for one in found or cell(column).split(";"):
            draft.add_document(one, called, None)
    draft.add_emails(cell("email"))
    draft.add_website(cell("website"))
    draft.phones.extend(_PHONE.findall(cell("phone")))
    draft.addresses.extend(filter(None, [cell("address").strip()]))
    for column in ("country", "nationality"):
        draft.add_country(cell(column).rstrip("."))
    draft.programmes.append(cell("programKey") or "EU")
    for column in ("position", "reason", "notes"):
        draft.add_remark(cell(column))
    starts = births_in(cell("startDate"))
    draft.listed_on = starts[0].earliest if starts else None
    return draft
