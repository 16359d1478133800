r"""What is read of osquery's tables (https://osquery.io/schema).

Of Windows, where osquery has no table of USB devices or displays, they are read from the ids of
`drivers`: `USB\VID_1D6B&PID_0104\...` and `DISPLAY\DELA0B1\...`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.surroundings import Camera, Display, Software, UsbDevice
from verifiers.environment.inventory.edid import display_of, pnp_id
from verifiers.environment.inventory.reading import (
    file_name,
    hex_id,
    serial,
    software,
    text,
    without_owner,
)

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

_PROGRAMS = ("programs", "apps", "processes", "services", "homebrew_packages")
_PACKAGES = ("deb_packages", "rpm_packages")
TABLES = (
    "system_info",
    "usb_devices",
    "interface_details",
    "connected_displays",
    "displays",
    "cameras",
    "drivers",
    *_PROGRAMS,
    *_PACKAGES,
)
"""`displays` and `cameras` are no tables of osquery: agents that extend it have them."""

COLUMNS: tuple[tuple[str, frozenset[str]], ...] = (
    ("system_info", frozenset({"hardware_serial"})),
    ("usb_devices", frozenset({"vendor_id", "model_id"})),
    ("interface_details", frozenset({"interface", "mac"})),
    ("connected_displays", frozenset({"display_type", "product_id"})),
    ("connected_displays", frozenset({"vendor_id", "product_id", "name"})),
    ("displays", frozenset({"edid"})),
    ("drivers", frozenset({"device_id", "device_name"})),
    ("apps", frozenset({"bundle_identifier"})),
    ("processes", frozenset({"pid", "name"})),
    ("services", frozenset({"service_type", "name"})),
    ("programs", frozenset({"name", "install_location"})),
    ("programs", frozenset({"name", "publisher"})),
    ("deb_packages", frozenset({"name", "version", "maintainer"})),
    ("rpm_packages", frozenset({"name", "version", "release"})),
)
"""By which columns a table is known where its rows stand without its name; the first that fit."""

_MOST_USB, _MOST_DISPLAYS, _MOST_CAMERAS = 500, 50, 50
_USB_INSTANCE = re.compile(r"USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})(?:\\([^\\]*))?$", re.I)
_DISPLAY_INSTANCE = re.compile(r"DISPLAY\\([A-Z]{3})([0-9A-F]{4})(?:\\|$)", re.I)


def installed(tables: Tables) -> tuple[Software, ...] | None:
    """Programs, then packages, of which a system has thousands."""
    if not any(name in tables for name in (*_PROGRAMS, *_PACKAGES)):
        return None
    return software(
        Software(name=name, file=file, publisher=publisher, version=text(row.get("version")))
        for table in (*_PROGRAMS, *_PACKAGES)
        for row in tables.get(table, ())
        for name, file, publisher in _program(table, row)
    )


def _program(table: str, row: Row) -> Iterator[tuple[str, str | None, str | None]]:
    """Name, file and publisher of a row, where it has a name."""
    name, file, publisher = text(row.get("name")), None, text(row.get("publisher"))
    if table == "apps":
        # "AnyDesk.app" is its file; `display_name` is what the system shows in its place.
        file, name = name, text(row.get("display_name")) or text(row.get("bundle_name")) or name
    elif table == "processes":
        # Started from a folder or a shell, only the path tells the file.
        file = file_name(row.get("path")) or name
    elif table == "services":
        file, name = file_name(_executable(row.get("path"))), text(row.get("display_name")) or name
    elif table == "rpm_packages":
        publisher = text(row.get("vendor"))
    if name:
        yield name.removesuffix(".app") or name, file, publisher


def _executable(command: Any) -> str | None:
    """The executable of a command line of a Windows service."""
    line = text(command) or ""
    found = re.match(r'"([^"]+)"|(.+?\.exe)\b|(\S+)', line, re.IGNORECASE)
    return next(filter(None, found.groups()), None) if found else None


def usb_devices(tables: Tables) -> tuple[UsbDevice, ...] | None:
    """What is on the USB; rows without both ids are left out."""
    if "usb_devices" not in tables and "drivers" not in tables:
        return None
    return tuple(
        dict.fromkeys(
            (
                *(one for row in tables.get("usb_devices", ()) if (one := _usb(row))),
                *(one for row in tables.get("drivers", ()) if (one := _usb_of_driver(row))),
            )
        )
    )[:_MOST_USB]


def _usb(row: Row) -> UsbDevice | None:
    vendor_id, product_id = hex_id(row.get("vendor_id")), hex_id(row.get("model_id"))
    if vendor_id is None or product_id is None:
        return None
    return UsbDevice(
        vendor_id=vendor_id,
        product_id=product_id,
        vendor=text(row.get("vendor")),
        product=text(row.get("model")),
        serial=serial(row.get("serial")),
    )


def _usb_of_driver(row: Row) -> UsbDevice | None:
    found = _USB_INSTANCE.match(text(row.get("device_id")) or "")
    if found is None:
        return None
    # Where a device has no serial number Windows makes one up, with an `&` in it.
    number = None if "&" in (found[3] or "") else found[3]
    return UsbDevice(
        vendor_id=found[1].lower(),
        product_id=found[2].lower(),
        vendor=text(row.get("manufacturer")),
        product=text(row.get("device_name")),
        serial=serial(number),
    )


def displays(tables: Tables) -> tuple[Display, ...] | None:
    """What is shown on, by its EDID where it is among it."""
    if not any(name in tables for name in ("connected_displays", "displays", "drivers")):
        return None
    found = (
        *(
            _display(row)
            for name in ("displays", "connected_displays")
            for row in tables.get(name, ())
        ),
        *(one for row in tables.get("drivers", ()) if (one := _display_of_driver(row))),
    )
    return tuple(dict.fromkeys(found))[:_MOST_DISPLAYS]


def _display(row: Row) -> Display:
    if display := display_of(row.get("edid")):
        return display
    maker, code = hex_id(row.get("vendor_id")), hex_id(row.get("product_id"))
    return Display(
        manufacturer=pnp_id(int(maker, 16)) if maker else None,
        product_code=int(code, 16) if code else None,
        name=without_owner(row.get("name")),
        serial=serial(row.get("serial_number")),
    )


def _display_of_driver(row: Row) -> Display | None:
    found = _DISPLAY_INSTANCE.match(text(row.get("device_id")) or "")
    if found is None:
        return None
    return Display(
        manufacturer=found[1].upper(),
        product_code=int(found[2], 16),
        name=text(row.get("device_name")),
    )


def cameras(tables: Tables) -> tuple[Camera, ...] | None:
    """What the device offers as a camera."""
    if "cameras" not in tables and "drivers" not in tables:
        return None
    rows = [(row.get("name"), row.get("model")) for row in tables.get("cameras", ())]
    rows += [
        (row.get("device_name"), None)
        for row in tables.get("drivers", ())
        if (text(row.get("class")) or "").casefold() in ("camera", "image")
    ]
    found = (
        Camera(name=name, model=text(model)) for one, model in rows if (name := without_owner(one))
    )
    return tuple(dict.fromkeys(found))[:_MOST_CAMERAS]
