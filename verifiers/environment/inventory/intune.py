"""Managed devices of Microsoft Intune, as Microsoft Graph exports them.

`GET /deviceManagement/managedDevices`, with `detectedApps` where they were asked for
(https://learn.microsoft.com/graph/api/resources/intune-devices-manageddevice). Enrolment is not
read as a first start: many companies enrol devices at their own desks.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.surroundings import Inventory, Software
from verifiers.environment.inventory.reading import (
    mac_addresses,
    moment,
    objects_at,
    serial,
    software,
    text,
    uuid,
    when_reported,
)

_OF_A_DEVICE = {"managedDeviceOwnerType", "lastSyncDateTime", "enrolledDateTime", "detectedApps"}


def recognises(values: Sequence[Any]) -> bool:
    """Whether this is a managed device, or an answer of Graph that lists some."""
    first = _listed(values[0])
    return bool(first) and isinstance(first[0], dict) and bool(_OF_A_DEVICE & first[0].keys())


def read(values: Sequence[Any], exported_at: datetime | None) -> tuple[Inventory, ...]:
    """One inventory a device. Raises `UnreadableInventory`."""
    devices = objects_at([one for value in values for one in _listed(value)], "value")
    return tuple(_device(device, exported_at) for device in devices)


def _listed(value: Any) -> list[Any]:
    if isinstance(value, dict) and isinstance(value.get("value"), list):
        return list(value["value"])
    return list(value) if isinstance(value, list) else [value]


def _device(told: Mapping[str, Any], exported_at: datetime | None) -> Inventory:
    synced = moment(told.get("lastSyncDateTime"))
    return Inventory(
        source="Intune",
        reported_at=when_reported(synced, exported_at),
        exported_at=exported_at,
        vendor=text(told.get("manufacturer")),
        model=text(told.get("model")),
        serial=serial(told.get("serialNumber")),
        uuid=uuid(told.get("hardwareUuid")),
        mac_addresses=mac_addresses((told.get("ethernetMacAddress"), told.get("wiFiMacAddress"))),
        software=_apps(told.get("detectedApps")),
    )


def _apps(told: Any) -> tuple[Software, ...] | None:
    if told is None:
        return None
    return software(
        Software(name=name, publisher=text(app.get("publisher")), version=text(app.get("version")))
        for app in objects_at(told, "detectedApps")
        if (name := text(app.get("displayName")))
    )
