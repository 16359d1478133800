"""What the rules of devices share: the newest report of each, and how it is shown."""

from collections.abc import Iterable
from datetime import datetime

from models.finding import Seen
from models.surroundings import Inventory


def newest(inventories: Iterable[Inventory], part: str | None = None) -> list[Inventory]:
    """Of each device and agent, the newest report; where a part is named, the newest with it."""
    found: dict[tuple[str, str], Inventory] = {}
    for inventory in sorted(inventories, key=_order):
        if part is not None and getattr(inventory, part) is None:
            continue
        before = found.get(inventory.device)
        if (
            before is None
            or _order(before) < _order(inventory)
            or _stands_before(before, inventory)
        ):
            found[inventory.device] = inventory
    return list(found.values())


def _stands_before(one: Inventory, other: Inventory) -> bool:
    """Of two reports of one moment, so that the order in which they are told changes nothing."""
    return one.model_dump_json() < other.model_dump_json()


def seen_device(inventory: Inventory) -> tuple[Seen, ...]:
    """Who reported, when, and of which device."""
    at = inventory.reported_at.isoformat(timespec="minutes")
    reported = Seen(what="reported", value=at, source=inventory.source)
    if inventory.serial is None:
        return (reported,)
    return reported, Seen(what="serial number", value=inventory.serial)


def _order(inventory: Inventory) -> tuple[datetime, str]:
    return inventory.reported_at, inventory.source
