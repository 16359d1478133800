"""Virtual machines, by what their hardware says it is, and software that plays a camera."""

import re

from models.surroundings import Inventory
from verifiers.virtual_cameras import Kind, camera_named

_MACHINES: tuple[tuple[str, str], ...] = (
    ("VMware", r"vmware"),
    ("VirtualBox", r"virtualbox|innotek"),
    ("QEMU", r"qemu|standard pc \((?:q35|i440fx)|kvm virtual machine|red hat kvm"),
    ("Parallels", r"parallels"),
    ("Hyper-V", r"microsoft corporation virtual machine"),
    ("Xen", r"hvm domu|xen\b"),
    ("bhyve", r"bhyve"),
    ("Apple's virtualisation", r"virtualmac|apple virtual machine|apple virtuali[sz]ation"),
    ("a cloud's machine", r"google compute engine|amazon ec2|digitalocean|cloud pc"),
)
"""Makers, and words in the vendor and model that their machines report (SMBIOS, or a Mac's)."""
_PLAYERS = {
    "Akvcam", "AlterCam", "Avatarify", "Deep-Live-Cam", "ManyCam", "SparkoCam", "SplitCam",
    "Swapface", "WebcamMax", "e2eSoft VCam", "v4l2loopback",
}  # fmt: skip
"""Products that do nothing but play a camera. OBS and its like record as well, and count only
where the device offers their camera."""


def virtual_machine(inventory: Inventory) -> str | None:
    """Whose virtual machine a device is; `None` where it is none, as far as is told."""
    told = " ".join(filter(None, (inventory.vendor, inventory.model))).lower()
    if maker := next((m for m, words in _MACHINES if re.search(rf"\b(?:{words})", told)), None):
        return maker
    return "a virtual machine, as its agent says" if inventory.virtual else None


def played_cameras(inventory: Inventory) -> tuple[tuple[str, str], ...]:
    """Cameras and programs that can show anything as a camera: what was seen, and its name."""
    found: dict[tuple[str, str], None] = {}
    for camera in inventory.cameras or ():
        named = camera_named(camera.name)
        if named and named.kind is Kind.FEED:
            found["camera", camera.name] = None
    for program in inventory.software or ():
        named = camera_named(program.name)
        if named and named.product in _PLAYERS:
            found["program", program.name] = None
    return tuple(found)
