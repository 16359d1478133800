"""Hardware that carries keyboard, mouse and screen over a network, by how it names itself.

To the device it is a keyboard on the USB and a display on the cable. Both can be given any name,
and the makers' own manuals say how, so that nothing is found says nothing. Ordinary switches,
docks and receivers of wireless keyboards carry nothing over a network and fit no row.

Sources: the manuals and the open firmware of PiKVM (`docs/id.md`), TinyPilot, JetKVM and Sipeed's
NanoKVM, and the ids of vendors at usb.org.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.surroundings import Display, Inventory, UsbDevice

_GADGETS = (("1d6b", "0104"), ("1d6b", "0106"))
"""Linux' own ids for a board that plays a USB device; boards of all kinds keep them."""
_NANO_KVM = ("3346", "1009")
"""Sipeed's boards, of which NanoKVM is one."""
_RARITAN = "14dd"


@dataclass(frozen=True)
class Carrier:
    """Something on a device that fits such hardware."""

    product: str
    what: str
    """Where it was seen: "USB device", "display"."""
    told: str
    """As it names itself."""
    named: bool
    """By its own name; otherwise it is of a kind that honest hardware is, too."""


_NAMED: tuple[tuple[str, str], ...] = (
    ("PiKVM", r"pi-?kvm"),
    ("TinyPilot", r"tiny-?pilot"),
    ("JetKVM", r"jet-?kvm"),
    ("NanoKVM", r"nano-?kvm"),
    ("BliKVM", r"bli-?kvm"),
    ("GL.iNet KVM", r"gl-?kvm|gl-rm1"),
    ("Geekworm KVM", r"geekworm.*kvm"),
    ("Lantronix Spider", r"lantronix.*spider|spider ?duo"),
    ("Raritan Dominion", r"raritan|d2cim|dominion kx"),
    ("AdderLink IP", r"adderlink (?:ip|infinity)"),
    ("a KVM over IP", r"kvm[- ]?over[- ]?ip|over[- ]ip kvm|ip[- ]?kvm"),
)
"""Products, and words in their USB strings or in the name of their display, in lower case."""
_PIKVM_SERIAL = "cafebabe"
"""What PiKVM says under Linux' own ids where nobody has changed it; on Windows, where strings are
not listed, all that is left of its name."""
_PIKVM_DISPLAY = ("LNX", 0x7773)
_BRIDGES: tuple[tuple[str, str], ...] = (
    ("a bridge from HDMI to a camera's port", r"t749-fhd720|tc358743"),
    ("a Lontium LT6911 bridge", r"lt6911"),
)
"""Chips that take in a screen's signal, by the display that their samples name. The first name is
of Toshiba's chip, and of projectors with Rockchip's."""


def carriers(inventory: Inventory) -> tuple[Carrier, ...]:
    """What fits, each once, named ones first."""
    found = dict.fromkeys((*_on_usb(inventory.usb or ()), *_on_displays(inventory.displays or ())))
    return tuple(sorted(found, key=lambda carrier: not carrier.named))


def _on_usb(devices: tuple[UsbDevice, ...]) -> Iterator[Carrier]:
    for device in devices:
        ids = (device.vendor_id, device.product_id)
        strings = " ".join(filter(None, (device.vendor, device.product)))
        told = f"{strings} ({device.vendor_id}:{device.product_id})".strip()
        product = _named(strings)
        if product is None and ids in _GADGETS:
            product = _named_gadget(strings, device.serial or "")
        if product is None and device.vendor_id == _RARITAN:
            product = "Raritan Dominion"
        if product:
            yield Carrier(product, "USB device", told, named=True)
        elif ids in _GADGETS:
            yield Carrier("a Linux board that plays a USB device", "USB device", told, named=False)
        elif ids == _NANO_KVM:
            yield Carrier("a board of Sipeed", "USB device", told, named=False)


def _on_displays(displays: tuple[Display, ...]) -> Iterator[Carrier]:
    for display in displays:
        name = display.name or ""
        ids = (display.manufacturer, display.product_code)
        code = f" {ids[1]:04x}" if ids[1] is not None else ""
        told = f"{name} ({ids[0] or 'unknown maker'}{code})".strip()
        product = "PiKVM" if ids == _PIKVM_DISPLAY else _named(name)
        if product:
            yield Carrier(product, "display", told, named=True)
        elif bridge := _fits(_BRIDGES, name):
            yield Carrier(bridge, "display", told, named=False)


def _named_gadget(strings: str, serial: str) -> str | None:
    """Of a board under Linux' own ids, which no switch without a network has."""
    if serial.lower() == _PIKVM_SERIAL:
        return "PiKVM"
    return "a KVM built on Linux" if re.search(r"\bkvm\b", strings.lower()) else None


def _named(strings: str) -> str | None:
    return _fits(_NAMED, strings)


def _fits(rows: tuple[tuple[str, str], ...], strings: str) -> str | None:
    lower = strings.lower().replace("_", " ")
    return next((p for p, words in rows if re.search(rf"(?<![a-z])(?:{words})", lower)), None)
