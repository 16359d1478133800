"""Which list a file is, by what is in it."""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from models.sanctions import SanctionsList
from verifiers.screening.lists import eu_csv, eu_xml, ofac_csv, ofac_xml, un_xml
from verifiers.screening.lists.unreadable import UnreadableList
from verifiers.screening.lists.xml import root_of

_LARGEST = 1 << 30
"""Bytes of one file. The largest list has 120 million."""
_BEGINNING = 64 * 1024

_Read = Callable[[Path, datetime | None], SanctionsList]
_XML: dict[str, _Read] = {
    un_xml.ROOT: un_xml.read,
    ofac_xml.ROOT: ofac_xml.read,
    eu_xml.ROOT: eu_xml.read,
}
_KNOWN = (
    "Known are OFAC's sdn.csv and cons_prim.csv, OFAC's advanced XML, the UN's consolidated XML, "
    "the EU's XML (FSD 1.1) and the annex of an EU regulation as CSV"
)


def read_list(path: Path, *, fetched_at: datetime | None = None) -> tuple[SanctionsList, ...]:
    """The lists in a file, or in a folder of files; the format is told by what is in it.

    Raises:
        UnreadableList: no format of ours, damaged, or empty.
    """
    try:
        if not path.is_dir():
            return (_read_file(path, fetched_at),)
        found = tuple(_read_folder(path, fetched_at))
    except OSError as error:
        raise UnreadableList(f"{path.name} cannot be read: {error.strerror}") from None
    if not found:
        raise UnreadableList(f"There is no list in {path.name}. {_KNOWN}")
    return found


def files_of(path: Path) -> tuple[Path, ...]:
    """The file, and those beside it without which its list would not be whole.

    Raises:
        UnreadableList: as `read_list`.
    """
    try:
        return ofac_csv.files_of(path) if _reader(path) is ofac_csv.read else (path,)
    except OSError as error:
        raise UnreadableList(f"{path.name} cannot be read: {error.strerror}") from None


def _read_folder(folder: Path, fetched_at: datetime | None) -> Iterator[SanctionsList]:
    """Its lists, and those one folder below, as `bonafide lists` keeps them."""
    files = sorted({*folder.glob("*.*"), *folder.glob("*/*.*")})
    for file in files:
        if any(part.startswith(".") for part in file.relative_to(folder).parts):
            continue
        if file.suffix.lower() == ".csv" and _is_another_table(file):
            continue
        if file.suffix.lower() in {".csv", ".xml"} and file.is_file():
            yield _read_file(file, fetched_at)


def _read_file(path: Path, fetched_at: datetime | None) -> SanctionsList:
    read = _reader(path)
    listed = read(path, fetched_at)
    if not listed.entries:
        raise UnreadableList(f"{path.name} has no entries")
    return listed


def _reader(path: Path) -> _Read:
    size = path.stat().st_size
    if size > _LARGEST:
        raise UnreadableList(f"{path.name} is larger than any list ({size} bytes)")
    beginning = _beginning(path).lstrip()
    if not beginning:
        raise UnreadableList(f"{path.name} is empty")
    if beginning[:14].lower() == "<!doctype html" or beginning[:5].lower() == "<html":
        raise UnreadableList(
            f"{path.name} is a web page, not a list: an address moved or a gateway stepped in"
        )
    if beginning.startswith("<"):
        root = root_of(path).tag
        if root in _XML:
            return _XML[root]
        raise UnreadableList(f"{path.name} is XML of another kind (<{root}>). {_KNOWN}")
    row = _first_row(beginning)
    if eu_csv.is_header(row):
        return eu_csv.read
    if ofac_csv.is_main(row):
        return ofac_csv.read
    if ofac_csv.is_beside(row):
        raise UnreadableList(
            f"{path.name} holds aliases, addresses or comments: name the main file that it lies "
            "beside, sdn.csv or cons_prim.csv"
        )
    raise UnreadableList(f"{path.name} is no list of a known format. {_KNOWN}")


def _is_another_table(path: Path) -> bool:
    """Whether a CSV is no main file: it belongs to one, or is a table of something else."""
    beginning = _beginning(path)
    row = _first_row(beginning)
    return bool(beginning.strip()) and not (eu_csv.is_header(row) or ofac_csv.is_main(row))


def _beginning(path: Path) -> str:
    with path.open("rb") as opened:
        return opened.read(_BEGINNING).decode("utf-8-sig", errors="replace")


def _first_row(text: str) -> list[str]:
    try:
        return next(csv.reader(text.splitlines()), [])
    except csv.Error:
        return []
