"""Computers of Jamf Pro, as its API exports them.

`GET /api/v1/computers-inventory`, one page or one computer's detail; sections that were not asked
for are null there, and not listed here
(https://developer.jamf.com/jamf-pro/reference/get_v1-computers-inventory).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from models.surroundings import Inventory, Software
from verifiers.environment.inventory.reading import (
    file_name,
    mac_addresses,
    moment,
    object_at,
    objects_at,
    public_ip,
    serial,
    software,
    text,
    uuid,
    when_reported,
)


def recognises(values: Sequence[Any]) -> bool:
    """Whether this is a computer, or a page of computers."""
    first = _listed(values[0])
    return (
        bool(first)
        and isinstance(first[0], dict)
        and "udid" in first[0]
        and bool({"general", "hardware"} & first[0].keys())
    )


def read(values: Sequence[Any], exported_at: datetime | None) -> tuple[Inventory, ...]:
    """One inventory a computer. Raises `UnreadableInventory`."""
    computers = objects_at([one for value in values for one in _listed(value)], "results")
    return tuple(_computer(computer, exported_at) for computer in computers)


def _listed(value: Any) -> list[Any]:
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        return list(value["results"])
    return list(value) if isinstance(value, list) else [value]


def _computer(told: Mapping[str, Any], exported_at: datetime | None) -> Inventory:
    general = object_at(told.get("general") or {}, "general")
    hardware = object_at(told.get("hardware") or {}, "hardware")
    reported = moment(general.get("lastContactTime")) or moment(general.get("reportDate"))
    return Inventory(
        source="Jamf Pro",
        reported_at=when_reported(reported, exported_at),
        exported_at=exported_at,
        ip=public_ip(general.get("lastIpAddress")),
        vendor=text(hardware.get("make")),
        model=text(hardware.get("model")) or text(hardware.get("modelIdentifier")),
        serial=serial(hardware.get("serialNumber")),
        uuid=uuid(told.get("udid")),
        mac_addresses=mac_addresses((hardware.get("macAddress"), hardware.get("altMacAddress"))),
        software=_programs(told),
    )


def _programs(told: Mapping[str, Any]) -> tuple[Software, ...] | None:
    if told.get("applications") is None:
        return None
    return software(_each_program(told))


def _each_program(told: Mapping[str, Any]) -> Iterator[Software]:
    for app in objects_at(told["applications"], "applications"):
        if name := text(app.get("name")):
            yield Software(
                name=name.removesuffix(".app") or name,
                file=file_name(app.get("path")) or name,
                version=text(app.get("version")),
            )
    for service in objects_at(told.get("services") or [], "services"):
        if name := text(service.get("name")):
            yield Software(name=name)
