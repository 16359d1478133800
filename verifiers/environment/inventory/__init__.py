"""Exports of a company's device agents (osquery, Intune, Jamf Pro, our own JSON) into inventories.

What devices are, what is on them and what is plugged in; never who uses them, their language, the
names of their users or the folders of their files. A list that an export does not hold stays
`None`: nobody listed it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from models.surroundings import YEARS, Inventory
from verifiers.environment.inventory import intune, jamf, osquery, own
from verifiers.environment.inventory.reading import (
    LARGEST_BYTES,
    UnreadableInventory,
    values_of,
)

__all__ = ["LARGEST_BYTES", "UnreadableInventory", "read_inventory"]

MOST_INVENTORIES = 20
"""As many as are kept of one candidate; an export of a whole company is not meant."""

_READERS: tuple[
    tuple[
        Callable[[Sequence[Any]], bool],
        Callable[[Sequence[Any], datetime | None], tuple[Inventory, ...]],
    ],
    ...,
] = (
    (own.recognises, own.read),
    (intune.recognises, intune.read),
    (jamf.recognises, jamf.read),
    (osquery.recognises, osquery.read),
)
"""Tried in order; what tells each kind is in none of the others."""


def read_inventory(data: bytes, *, reported_at: datetime | None = None) -> tuple[Inventory, ...]:
    """Read an export of at most `LARGEST_BYTES`, one inventory a device.

    Args:
        data: JSON, several JSON values after each other (as `osqueryi --json` prints several
            queries), or one a line (as `osqueryd` logs).
        reported_at: when the export was made, with its zone. It stands for the time of the report
            where the export tells none, and tells how long a device has been silent where it does.

    Raises:
        UnreadableInventory: which part is not as it must be, and what is expected.
    """
    if reported_at is not None and reported_at.year not in YEARS:
        reported_at = None  # A file's time on a machine whose clock was never set.
    values = values_of(data)
    read = next((read for recognises, read in _READERS if recognises(values)), None)
    if read is None:
        raise UnreadableInventory(
            "is of no kind that is read; expected osquery's tables or log, "
            "managed devices of Microsoft Intune, a computer inventory of Jamf Pro, or the "
            "JSON of an Inventory"
        )
    inventories = read(values, reported_at)
    if not inventories:
        raise UnreadableInventory("tells of no device; expected at least one")
    if len(inventories) > MOST_INVENTORIES:
        raise UnreadableInventory(
            f"tells of {len(inventories)} devices; at most {MOST_INVENTORIES} are read. "
            "Export those of this candidate alone"
        )
    return inventories
