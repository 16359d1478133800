"""Frames with their times as one file, for footage that was never a recording.

A ZIP, stored or deflated, of JPEG, PNG or WebP pictures and `frames.json`, which names each of them
with its time in seconds since the start of the capture, in order of time:

    {"frames": [{"file": "0001.jpg", "seconds": 0.0}, {"file": "0002.jpg", "seconds": 0.533}],
     "frames_per_second": null}

The list alone, without the object around it, is read as well. All pictures have one size.
`imaging.load_clip` reads such a file as it reads a recording; `write` makes one.
"""

import json
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from verifiers.decoding import bounds, signatures
from verifiers.decoding.signatures import Kind
from verifiers.unusable import Refusal, UnusableInput

LISTING = "frames.json"

_EXTENSIONS = {signatures.JPEG: "jpg", signatures.PNG: "png", signatures.WEBP: "webp"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP can tell (APPNOTE 4.4.6): no clock is asked."""


def write(frames: Iterable[tuple[float, bytes]], out: BinaryIO) -> None:
    """Write pictures with their times in seconds; one picture at a time is in memory.

    `out` need not be seekable. After a refusal, what was written to it is of no use.

    Raises:
        UnusableInput: there are no frames or too many, a time is none or out of order, a picture is
            none. Pictures are judged by their first bytes only; `imaging.load_clip` decodes them.
    """
    try:
        _write(frames, out)
    except Refusal as refusal:
        raise UnusableInput("frames", refusal.problem, refusal.action) from None


def _write(frames: Iterable[tuple[float, bytes]], out: BinaryIO) -> None:
    listing: list[dict[str, str | float]] = []
    latest: float | None = None
    total = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, (seconds, picture) in enumerate(frames, start=1):
            refuse_count(number)
            latest = judged_time(f"frame {number}", seconds, latest)
            kind = judged_kind(f"frame {number}", picture)
            total += len(picture)
            refuse_bytes(total)
            name = f"{number:04}.{_EXTENSIONS[kind]}"
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), picture)
            listing.append({"file": name, "seconds": latest})
        refuse_count(len(listing))
        text = json.dumps({"frames": listing, "frames_per_second": None}, indent=0)
        archive.writestr(zipfile.ZipInfo(LISTING, _EARLIEST), text)


def judged_kind(frame: str, start: bytes) -> Kind:
    """The kind of picture whose file starts with these bytes.

    Raises:
        Refusal: it is none that a frame may be.
    """
    kind = signatures.recognise(start[: signatures.HEAD_BYTES])
    if kind not in _EXTENSIONS:
        raise Refusal(
            f"holds {frame}, which is {kind.name} rather than JPEG, PNG or WebP",
            "Send every frame as one of these",
        )
    return kind


def judged_time(frame: str, seconds: object, latest: float | None) -> float:
    """The time of a frame that follows one at `latest`.

    Raises:
        Refusal: it is no time, out of bounds, or not after the one before.
    """
    most = bounds.MAX_RECORDING_SECONDS
    is_number = isinstance(seconds, (int, float)) and not isinstance(seconds, bool)
    # What is not a number (NaN) is not between anything, and an integer of any length compares.
    if not (is_number and 0 <= seconds <= most):  # type: ignore[operator]
        raise Refusal(
            f"gives {frame} no time between 0 and {most} seconds",
            "Give every frame its seconds since the start of the capture",
        )
    time = float(seconds)  # type: ignore[arg-type]
    if latest is not None and time <= latest:
        raise Refusal(
            f"gives {frame} the time {time} s, which is not after the {latest} s before it",
            "Send the frames in order of time, each at a time of its own",
        )
    return time


def refuse_count(count: int) -> None:
    """Refuse a set without frames, or of too many."""
    if count == 0:
        raise Refusal("holds no frames", "Send at least one frame")
    if count > bounds.MAX_FRAMES:
        raise Refusal(
            f"holds more than {bounds.MAX_FRAMES} frames",
            "Send fewer frames of the same time, or a recording",
        )


def refuse_bytes(total: int) -> None:
    """Refuse frames that are too large together."""
    if total > bounds.MAX_FRAMES_BYTES:
        raise Refusal(
            f"holds frames of more than {bounds.MAX_FRAMES_BYTES // 1_000_000} MB in all",
            "Send fewer or smaller frames",
        )
