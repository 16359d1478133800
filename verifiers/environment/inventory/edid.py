"""A display's own description, as it travels in the cable (VESA E-EDID, release A, revision 2)."""

import base64
import binascii
import re
from typing import Any

from models.surroundings import Display
from verifiers.environment.inventory.reading import UnreadableInventory, text

_BLOCK_BYTES = 128
_HEADER = bytes.fromhex("00ffffffffffff00")
_DESCRIPTORS_AT = (54, 72, 90, 108)
_NAME, _SERIAL = 0xFC, 0xFF


def parse_edid(block: bytes) -> Display:
    """Who made a display, and how it names itself: of the base block, the first 128 bytes.

    Raises:
        UnreadableInventory: the header (§3.3) or the checksum (§3.11) is not as it must be.
    """
    if len(block) < _BLOCK_BYTES:
        raise UnreadableInventory(f"holds an EDID of {len(block)} bytes; expected at least 128")
    block = block[:_BLOCK_BYTES]
    if not block.startswith(_HEADER):
        raise UnreadableInventory("holds an EDID without its header, 00 FF FF FF FF FF FF 00")
    if sum(block) % 256:
        raise UnreadableInventory("holds an EDID whose checksum is wrong")
    number = int.from_bytes(block[12:16], "little")
    return Display(
        manufacturer=pnp_id(int.from_bytes(block[8:10], "big")),
        product_code=int.from_bytes(block[10:12], "little"),
        name=_described(block, _NAME),
        serial=_described(block, _SERIAL) or (str(number) if number else None),
    )


def pnp_id(number: int) -> str | None:
    """Three letters of five bits each (§3.4.1); `None` where one is no letter."""
    letters = [(number >> shift) & 0x1F for shift in (10, 5, 0)]
    if number >> 15 or not all(1 <= letter <= 26 for letter in letters):
        return None
    return "".join(chr(ord("A") - 1 + letter) for letter in letters)


def edid_bytes(told: Any) -> bytes | None:
    """The bytes of an EDID written as hexadecimal digits or as base64; `None` for neither."""
    if not isinstance(told, str):
        return None
    joined = re.sub(r"[\s:,]|0x", "", told)
    try:
        if re.fullmatch(r"[0-9A-Fa-f]+", joined):
            return bytes.fromhex(joined)
        return base64.b64decode(joined, validate=True)
    except (ValueError, binascii.Error):
        return None


def display_of(told: Any) -> Display | None:
    """The display of a written EDID; `None` where it is damaged, as cheap adapters send them."""
    block = edid_bytes(told)
    if block is None:
        return None
    try:
        return parse_edid(block)
    except UnreadableInventory:
        return None


def _described(block: bytes, kind: int) -> str | None:
    """A text of the display descriptors (§3.10.3), ended by a line feed."""
    for at in _DESCRIPTORS_AT:
        descriptor = block[at : at + 18]
        if descriptor[:3] == b"\0\0\0" and descriptor[3] == kind:
            return text(descriptor[5:].split(b"\n")[0].decode("cp437"))
    return None
