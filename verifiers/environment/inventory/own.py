"""Our own JSON: one `Inventory` or a list of them, its fields in snake_case or camelCase.

A USB device may be written with `vendorId`, and a display with `edid` alone, as hexadecimal digits
or base64.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from models.surroundings import Inventory
from verifiers.environment.inventory.edid import display_of
from verifiers.environment.inventory.reading import (
    UnreadableInventory,
    objects_at,
    schema_problems,
)

_LISTS = ("software", "usb", "displays", "cameras")


def recognises(values: Sequence[Any]) -> bool:
    """Whether it says who reported it: no other kind has a `source` beside a time or a list."""
    first = next(iter(_listed(values)), None)
    if not isinstance(first, dict):
        return False
    names = {_snake(name) for name in first}
    return "source" in names and bool(names & {"reported_at", "serial", "vendor", *_LISTS})


def read(values: Sequence[Any], reported_at: datetime | None) -> tuple[Inventory, ...]:
    """Every inventory, checked as the model says. Raises `UnreadableInventory`."""
    listed = _listed(values)
    return tuple(
        _inventory(told, reported_at, f"at [{number}] " if listed[1:] else "")
        for number, told in enumerate(objects_at(listed, "its top"))
    )


def _listed(values: Sequence[Any]) -> list[Any]:
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def _inventory(told: Mapping[str, Any], reported_at: datetime | None, place: str) -> Inventory:
    fields = _in_snake(told)
    for name in _LISTS:
        if isinstance(fields.get(name), list):
            fields[name] = [
                _in_snake(one) if isinstance(one, dict) else one for one in fields[name]
            ]
    if isinstance(fields.get("displays"), list):
        fields["displays"] = [_display(one) for one in fields["displays"]]
    if reported_at is not None:
        fields.setdefault("reported_at", reported_at)
    try:
        return Inventory.model_validate(fields)
    except ValidationError as error:
        problems = schema_problems(error)
        raise UnreadableInventory(f"{place}does not follow the schema: {problems}") from None


def _display(told: Any) -> Any:
    """A display with what its EDID says, where it has one; what stands beside it goes first."""
    if not isinstance(told, dict) or "edid" not in told:
        return told
    display = display_of(told["edid"])
    beside = {name: value for name, value in told.items() if name != "edid"}
    return (display.model_dump() if display else {}) | beside


def _in_snake(told: Mapping[str, Any]) -> dict[str, Any]:
    return {_snake(name): value for name, value in told.items()}


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
