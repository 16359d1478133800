"""How a JPEG was compressed: its tables, its sampling, its scans (ITU-T T.81)."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from PIL import Image

_MOST_SEGMENTS = 5_000
_LARGEST_KEPT = 16_000_000
_KEPT = (0xEB, 0xEC)
"""APP11 (JUMBF), APP12 (Ducky)."""
_MARKER_IN_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""B.1.1.5: in entropy-coded data FF precedes 00 or is a restart marker (D0 to D7)."""

_LUMINANCE = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip
"""T.81 table K.1, row by row."""


@dataclass(frozen=True)
class Segments:
    """What was met on the way through the file."""

    found: tuple[tuple[int, bytes], ...]
    """Marker and payload of those that are read."""
    scans: int
    progressive: bool


def segments_of(data: bytes) -> Segments:
    """Walk the first picture of the file, marker by marker, to its end or where it breaks."""
    at, scans, kept_bytes, progressive = 2, 0, 0, False
    found: list[tuple[int, bytes]] = []
    for _ in range(_MOST_SEGMENTS):
        if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] == 0xD9:
            break
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _KEPT and kept_bytes + length <= _LARGEST_KEPT:
            found.append((marker, data[at + 4 : at + 2 + length]))
            kept_bytes += length
        progressive |= marker == 0xC2
        at += 2 + length
        if marker == 0xDA:
            scans += 1
            end = _MARKER_IN_SCAN.search(data, at)
            if not end:
                break
            at = end.start()
    return Segments(tuple(found), scans, progressive)


def compression(image: Image.Image, segments: Segments) -> dict[str, Any]:
    """`models.file_traits.JpegTraits` of an opened JPEG.

    Raises:
        LookupError: it has no luminance table.
    """
    tables: dict[int, list[int]] = image.quantization  # type: ignore[attr-defined]
    quality, exact = _quality(tables[min(tables)])
    written = b"".join(
        bytes((number,))
        + b"".join(min(value, 65535).to_bytes(2, "big") for value in tables[number])
        for number in sorted(tables)
    )
    return {
        "tables": hashlib.sha256(written).hexdigest()[:16],
        "quality": quality,
        "standard_tables": exact,
        "subsampling": _subsampling(image.layer),  # type: ignore[attr-defined]
        "scans": segments.scans,
        "progressive": segments.progressive,
    }


def _quality(table: list[int]) -> tuple[int, bool]:
    """The nearest quality of libjpeg (jcparam.c scales by 5000/q below 50, 200 - 2q above)."""
    best, least = 1, float("inf")
    for quality in range(1, 101):
        scale = 5000 // quality if quality < 50 else 200 - 2 * quality
        standard = (min(max((value * scale + 50) // 100, 1), 255) for value in _LUMINANCE)
        distance = sum(abs(a - b) for a, b in zip(table, standard, strict=True))
        if distance < least:
            best, least = quality, distance
    return best, least == 0


def _subsampling(components: list[tuple[int, int, int, int]]) -> str:
    if len(components) < 3:
        return "grey"
    across, down = components[0][1:3]
    names = {(1, 1): "4:4:4", (2, 1): "4:2:2", (2, 2): "4:2:0", (1, 2): "4:4:0", (4, 1): "4:1:1"}
    return names.get((across, down), f"{across} x {down}")
