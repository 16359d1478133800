"""osquery: an object of tables, rows as `osqueryi --json` prints them, or the log of `osqueryd`.

Of the log, snapshots, single rows ("columns") and batches ("diffResults") are read
(https://osquery.readthedocs.io/en/stable/deployment/logging). One inventory a host; its name tells
hosts apart and is not kept. Which tables are read, and what of them, is in `osquery_tables`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.surroundings import Inventory
from verifiers.environment.inventory.osquery_tables import (
    COLUMNS,
    TABLES,
    Row,
    cameras,
    displays,
    installed,
    usb_devices,
)
from verifiers.environment.inventory.reading import (
    UnreadableInventory,
    mac_addresses,
    moment,
    objects_at,
    serial,
    text,
    uuid,
    when_reported,
)

_LOG_LINE = {"snapshot", "columns", "diffResults"}


@dataclass
class _Host:
    """What one host's agent told, over however many lines."""

    tables: dict[str, dict[str, Row]] = field(default_factory=dict)
    """Rows by table, and by what is in them: a log removes a row by naming it whole."""
    reported_at: datetime | None = None

    def add(self, table: str, rows: Iterable[Row]) -> None:
        self.tables.setdefault(table, {}).update((_key(row), row) for row in rows)

    def remove(self, table: str, rows: Iterable[Row]) -> None:
        for row in rows:
            self.tables.setdefault(table, {}).pop(_key(row), None)


def _key(row: Row) -> str:
    # Rows are flat; what is nested deep is left out, as it could not be written again.
    flat = {name: told for name, told in row.items() if not isinstance(told, list | dict)}
    return json.dumps(flat, sort_keys=True)


def recognises(values: Sequence[Any]) -> bool:
    """Whether these are tables by name, lines of the log, or rows of a known table."""
    return any(_is_log_line(value) or _is_tables(value) or _table_of(value) for value in values)


def read(values: Sequence[Any], reported_at: datetime | None) -> tuple[Inventory, ...]:
    """One inventory a host, in the order in which they first appear.

    Raises:
        UnreadableInventory: no table that is read is among it, or rows are no objects.
    """
    hosts: dict[str, _Host] = {}
    for number, value in enumerate(values):
        place = f"value {number + 1}"
        if _is_log_line(value):
            _take_line(hosts.setdefault(str(value.get("hostIdentifier")), _Host()), value, place)
            continue
        host = hosts.setdefault("", _Host())
        for table, rows in _tables_in(value, place):
            host.add(table, objects_at(rows, f"{place}, {table}"))
    told = [host for host in hosts.values() if host.tables]
    if not told:
        raise UnreadableInventory(f"holds no table that is read; those are {', '.join(TABLES)}")
    return tuple(_inventory(host, reported_at) for host in told)


def _is_log_line(value: Any) -> bool:
    return isinstance(value, dict) and "name" in value and bool(_LOG_LINE & value.keys())


def _is_status(value: Any) -> bool:
    """Whether it is a line of what an agent says of itself."""
    return isinstance(value, dict) and "hostIdentifier" in value


def _is_tables(value: Any) -> bool:
    return isinstance(value, dict) and any(name in TABLES for name in value)


def _tables_in(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    if _is_tables(value):
        yield from ((name, rows) for name, rows in value.items() if name in TABLES)
    elif table := _table_of(value):
        yield table, value
    elif not isinstance(value, list) and not _is_status(value):
        raise UnreadableInventory(f"holds neither tables nor rows at {place}")


def _table_of(rows: Any, name: str = "") -> str | None:
    """The table of rows: by the query's name ("pack_assets_usb_devices"), or by their columns."""
    for table in TABLES:
        if name == table or name.endswith((f"_{table}", f"/{table}", f"-{table}", f":{table}")):
            return table
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        return None
    columns = rows[0].keys()
    return next((table for table, needed in COLUMNS if needed <= columns), None)


def _take_line(host: _Host, line: Mapping[str, Any], place: str) -> None:
    """A snapshot replaces what was told of its table; rows are added, or removed again."""
    at = moment(line.get("unixTime"))
    if at and (host.reported_at is None or at > host.reported_at):
        host.reported_at = at
    name = str(line["name"])
    if "snapshot" in line:
        if table := _table_of(line["snapshot"], name):
            host.tables.pop(table, None)
            host.add(table, objects_at(line["snapshot"], f"{place}, snapshot"))
        return
    added, removed = _changes(line)
    if table := _table_of([*added, *removed], name):
        host.remove(table, objects_at(removed, f"{place}, removed"))
        host.add(table, objects_at(added, f"{place}, added"))


def _changes(line: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """Rows that a line adds and removes."""
    if "columns" in line:
        row = [line["columns"]]
        return ([], row) if line.get("action") == "removed" else (row, [])
    results = line["diffResults"]
    if not isinstance(results, dict):
        return [], []
    return _rows(results.get("added")), _rows(results.get("removed"))


def _rows(told: Any) -> list[Any]:
    # An empty batch is written as "".
    return told if isinstance(told, list) else []


def _inventory(host: _Host, reported_at: datetime | None) -> Inventory:
    tables = {name: tuple(rows.values()) for name, rows in host.tables.items()}
    system: Row = next(iter(tables.get("system_info", ())), {})
    return Inventory(
        source="osquery",
        reported_at=when_reported(host.reported_at, reported_at),
        exported_at=reported_at if host.reported_at else None,
        vendor=text(system.get("hardware_vendor")),
        model=text(system.get("hardware_model")),
        serial=serial(system.get("hardware_serial")),
        uuid=uuid(system.get("uuid")),
        mac_addresses=mac_addresses(row.get("mac") for row in tables.get("interface_details", ())),
        software=installed(tables),
        usb=usb_devices(tables),
        displays=displays(tables),
        cameras=cameras(tables),
    )
