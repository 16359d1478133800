"""Inventories in a line, and exports as agents write them."""

from datetime import UTC, datetime
from typing import Any

from models.surroundings import Camera, Display, Inventory, Software, UsbDevice

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)

DEVELOPERS_MAC: dict[str, Any] = {
    "vendor": "Apple Inc.",
    "model": "MacBookPro18,3",
    "programs": (
        "Docker", "Visual Studio Code", "iTerm", "Tailscale", "UTM", "VMware Fusion", "zoom.us",
        "Microsoft Teams", "OBS", "Screen Sharing", "Remote Desktop", "VNC Viewer", "Royal TSX",
        "kitty", "Synergy", "GoToMeeting", "Terminal", "ssh", "Connect", "Level Up", "ngrok",
    ),
    "usb": (
        ("05ac", "8104", "Apple Inc.", "USB Keyboard"),
        ("17ef", "30b0", "Lenovo", "ThinkPad Thunderbolt 4 Dock"),
        ("046d", "c52b", "Logitech", "USB Receiver"),
        ("0557", "2419", "ATEN International Co., Ltd", "ATEN KVM Switch"),
        ("05e3", "0610", "GenesysLogic", "USB2.1 Hub"),
        ("2109", "0817", "VIA Labs, Inc.", "USB3.0 Hub"),
        ("1a86", "7523", "QinHeng", "USB Serial"),
    ),
    "displays": (
        Display(manufacturer="APP", product_code=0xA045, name="Color LCD"),
        Display(manufacturer="DEL", product_code=0xA0B1, name="DELL U2720Q"),
    ),
    "cameras": ("FaceTime HD Camera", "Anna's iPhone Camera", "Snap Camera"),
}  # fmt: skip
WINDOWS_LAPTOP: dict[str, Any] = {
    "vendor": "LENOVO",
    "model": "21HMCTO1WW",
    "programs": (
        "Quick Assist", "Microsoft Remote Desktop", "Microsoft Teams", "Google Chrome", "7-Zip",
        "Microsoft Visual C++ 2022 Redistributable", "dwm.exe", "mstsc.exe", "setup.exe",
        "Lenovo Vantage", "Webex", "Cisco Webex Meetings", "NVDA", "QQ", "NateOn",
        "Yandex.Disk", "WinSCP", "PuTTY", "Radmin VPN", "LogMeIn Hamachi", "OBS Studio",
        "svchost.exe", "OpenSSH SSH Server",
    ),
    "usb": (
        ("046d", "c548", "Logitech", "Logi Bolt Receiver"),
        ("0bda", "8153", "Realtek", "USB 10/100/1000 LAN"),
        ("0557", "2221", "ATEN", "Hermon USB hidmouse Device"),
    ),
    "displays": (Display(manufacturer="LEN", product_code=0x41A0, name="Generic PnP Monitor"),),
    "cameras": ("Integrated Camera", "Windows Virtual Camera (1)"),
}  # fmt: skip
LINUX_WORKSTATION: dict[str, Any] = {
    "vendor": "Dell Inc.",
    "model": "Precision 5680",
    "programs": (
        "openssh-server", "qemu-system-x86", "virtualbox-7.0", "remmina", "syncthing", "vino",
        "krfb", Software(name="gnome-remote-desktop-daemon", file="gnome-remote-desktop-daemon"),
    ),
    "usb": (
        ("1d6b", "0002", "Linux Foundation", "2.0 root hub"),
        ("1d6b", "0003", "Linux Foundation", "3.0 root hub"),
    ),
    # What the kernel shows in place of a display whose EDID is broken.
    "displays": (Display(manufacturer="LNX", product_code=0, name="Linux FHD"),),
}  # fmt: skip
HONEST: dict[str, dict[str, Any]] = {
    "a developer's Mac": DEVELOPERS_MAC,
    "a Windows laptop": WINDOWS_LAPTOP,
    "a Linux workstation": LINUX_WORKSTATION,
}


def a_device(
    *programs: str | Software,
    usb: tuple[tuple[str, ...], ...] = (),
    displays: tuple[Display, ...] = (),
    cameras: tuple[str, ...] = (),
    **values: Any,
) -> Inventory:
    """A device that reported all of its lists."""
    return Inventory(
        **{
            "source": "osquery",
            "reported_at": NOON,
            "serial": "PF3ABCDE",
            "vendor": "LENOVO",
            "model": "21HMCTO1WW",
            "software": [p if isinstance(p, Software) else Software(name=p) for p in programs],
            "usb": [
                UsbDevice(**dict(zip(("vendor_id", "product_id", "vendor", "product", "serial"),
                                     one, strict=False)))
                for one in usb
            ],
            "displays": displays,
            "cameras": [Camera(name=name) for name in cameras],
            **values,
        }
    )  # fmt: skip


def an_honest_device(kind: str, **values: Any) -> Inventory:
    """One of those above."""
    told = dict(HONEST[kind])
    return a_device(*told.pop("programs"), **{**told, **values})


def an_edid(
    maker: str = "DEL", code: int = 0xA0B1, name: str = "DELL U2720Q", number: int = 0
) -> bytes:
    """The base block of an EDID, with its checksum."""
    letters = 0
    for letter in maker:
        letters = letters << 5 | (ord(letter) - ord("A") + 1)
    block = bytearray(128)
    block[:8] = bytes.fromhex("00ffffffffffff00")
    block[8:10] = letters.to_bytes(2, "big")
    block[10:12] = code.to_bytes(2, "little")
    block[12:16] = number.to_bytes(4, "little")
    block[18:20] = b"\1\4"
    block[90:95] = b"\0\0\0\xfc\0"
    block[95:108] = (name.encode() + b"\n").ljust(13)[:13]
    block[127] = -sum(block) % 256
    return bytes(block)
