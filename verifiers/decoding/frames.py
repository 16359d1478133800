"""A set of frames with their times (`verifiers.frame_set`), read as a recording is.

The archive is never unpacked: names are looked up and nothing is written. Its directory is bounded
before it is parsed, what the directory declares before anything is decompressed, and what comes out
by what was declared. What `frames.json` does not name has no business in it.
"""

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from PIL import Image

from verifiers.decoding import bounds, pictures, signatures, wholeness
from verifiers.decoding.sampling import Sampling
from verifiers.frame_set import LISTING, judged_kind, judged_time, refuse_bytes, refuse_count
from verifiers.unusable import Refusal, too_large

_NAME = signatures.FRAMES.name
_END = struct.Struct("<4s4H2LH")
"""APPNOTE 4.3.16, the end of central directory record."""
_END_SIGNATURE, _ZIP64_LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
_LISTED_ENTRY = re.compile(
    rb"PK\x01\x02.{24}%b.{16}%b" % (struct.pack("<H", len(LISTING)), re.escape(LISTING.encode())),
    re.DOTALL,
)
"""APPNOTE 4.3.12, a directory's entry: the length of the name is at 28, the name at 46."""
_ENCRYPTED = 1
"""APPNOTE 4.4.4: bit 0 of the general purpose flags."""
_LISTING_BYTES = 1_000_000
_COMMENT_CHARACTERS = 1000
"""Of each frame's comment: the child's reply is bounded."""
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError, OverflowError),
)
"""What `zipfile` raises on data that breaks its format."""


@dataclass(frozen=True)
class _Listed:
    """What `frames.json` says."""

    frames: tuple[tuple[str, float], ...]
    """Names and seconds, in order of time; at least one."""
    frames_per_second: float | None


def is_frame_set(source: BinaryIO) -> bool:
    """Whether a ZIP's directory names `frames.json`.

    Raises:
        Refusal: it has no end, so it has no directory.
    """
    size = source.seek(0, io.SEEK_END)
    source.seek(max(0, size - wholeness.ZIP_TAIL_BYTES))
    if _END_SIGNATURE not in source.read():
        raise Refusal("is a ZIP archive cut off before its end", wholeness.SEND_AGAIN)
    source.seek(max(0, size - _END.size))
    end = source.read()
    if len(end) < _END.size:
        return False
    signature, *_, length, offset, comment = _END.unpack(end)
    # Plain in this: nothing behind the end record and nothing before it but the directory, so that
    # every reader finds the same directory.
    if signature != _END_SIGNATURE or comment or offset + length + _END.size != size:
        return False
    source.seek(offset)
    directory = source.read(min(length, bounds.MAX_DIRECTORY_BYTES + 1))
    if len(directory) > bounds.MAX_DIRECTORY_BYTES or directory[-20:-16] == _ZIP64_LOCATOR:
        return False
    return _LISTED_ENTRY.search(directory) is not None


def decode(source: BinaryIO, sink: BinaryIO, sampling: Sampling) -> dict[str, Any]:
    """Write the sampled frames to the sink and describe them.

    Raises:
        Refusal: the archive, its list or a frame is not as `verifiers.frame_set` says.
    """
    source.seek(0)
    with _damage_refused(), zipfile.ZipFile(source) as archive:
        entries = _judged_entries(archive)
        listed = _listed(_read(archive, entries[LISTING]))
        _refuse_strays(listed, entries)
        for name, _ in listed.frames:
            with archive.open(entries[name]) as start:
                judged_kind(_shown(name), start.read(1024))
        first, last = listed.frames[0][1], listed.frames[-1][1]
        moments = ((seconds - first, (name, seconds)) for name, seconds in listed.frames)
        frames: list[tuple[float, int, int]] = []
        comments: set[str] = set()
        for _, (name, seconds) in sampling.of(moments, last - first):
            image, comment = _picture(_shown(name), _read(archive, entries[name]))
            _refuse_another_size(frames, _shown(name), image)
            pictures.write(image, sink)
            frames.append((seconds, *image.size))
            comments.add(comment[:_COMMENT_CHARACTERS])
    return {
        "frames": frames,
        "duration_seconds": last,
        "frames_per_second": listed.frames_per_second,
        "comment": " ".join(sorted(comments)),
        "programs": [],
    }


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except _DAMAGE:
        raise Refusal(f"is {_NAME} whose archive is damaged", wholeness.SEND_AGAIN) from None


def _judged_entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The archive's directory by name, with everything in it within bounds."""
    entries = archive.infolist()
    if len(entries) > bounds.MAX_FRAMES + 1:
        refuse_count(len(entries) - 1)
    by_name: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise Refusal(f"is {_NAME} protected by a password", "Send it without a password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal(
                f"is {_NAME} compressed in a way not read here", "Send a stored or deflated ZIP"
            )
        if entry.filename in by_name:
            raise Refusal(f"holds {_shown(entry.filename)} twice", "Give every frame its own name")
        if entry.file_size > bounds.PICTURE_FILE_BYTES:
            refusal = too_large(entry.file_size, bounds.PICTURE_FILE_BYTES)
            raise Refusal(
                f"holds {_shown(entry.filename)}, which {refusal.problem}", refusal.action
            )
        by_name[entry.filename] = entry
    if LISTING not in by_name:
        raise Refusal(f"is {_NAME} without {LISTING}", wholeness.SEND_AGAIN)
    if by_name[LISTING].file_size > _LISTING_BYTES:
        raise Refusal(f"holds {LISTING} of more than 1 MB", "List nothing but names and times")
    refuse_bytes(sum(entry.file_size for entry in entries))
    return by_name


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The entry's bytes, as many as declared: `zipfile` ends there and checks the CRC-32."""
    with archive.open(entry) as stream:
        data = stream.read(entry.file_size)
    if len(data) != entry.file_size:
        raise EOFError
    return data


def _listed(text: bytes) -> _Listed:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal(f"holds {LISTING}, which is no JSON", wholeness.SEND_AGAIN) from None
    rate = said.get("frames_per_second") if isinstance(said, dict) else None
    entries = said.get("frames") if isinstance(said, dict) else said
    if not isinstance(entries, list):
        raise Refusal(f"holds {LISTING} without a list of frames", _AS_DESCRIBED)
    refuse_count(len(entries))
    frames: list[tuple[str, float]] = []
    for number, entry in enumerate(entries, start=1):
        name = entry.get("file") if isinstance(entry, dict) else None
        if not isinstance(name, str):
            raise Refusal(f"names no file for frame {number}", _AS_DESCRIBED)
        latest = frames[-1][1] if frames else None
        frames.append((name, judged_time(_shown(name), entry.get("seconds"), latest)))
    return _Listed(tuple(frames), _judged_rate(rate))


_AS_DESCRIBED = 'List the frames as {"file": "0001.jpg", "seconds": 0.5}'


def _judged_rate(rate: object) -> float | None:
    if rate is None:
        return None
    # Above zero first: it is false for what is not a number.
    if isinstance(rate, bool) or not isinstance(rate, (int, float)) or not 0 < rate <= 1000:
        raise Refusal("gives no frames per second between 0 and 1000", "Give their number, or null")
    return float(rate)


def _refuse_strays(listed: _Listed, entries: dict[str, zipfile.ZipInfo]) -> None:
    """The list and the archive name the same pictures, each once and in no folder."""
    names = [name for name, _ in listed.frames]
    for name in names:
        if "/" in name or "\\" in name:
            raise Refusal(
                f"names {_shown(name)}, which is a path", f"Put the frames beside {LISTING}"
            )
        if name not in entries or name == LISTING:
            raise Refusal(f"names {_shown(name)}, which it does not hold", "Send every frame named")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal(f"names {_shown(twice)} twice", "Give every frame its own picture")
    strays = entries.keys() - {*names, LISTING}
    if strays:
        raise Refusal(
            f"holds {_shown(min(strays))}, which {LISTING} does not name", "Send frames alone"
        )


def _picture(name: str, data: bytes) -> tuple[Image.Image, str]:
    """The frame, upright and bounded, and what its file says of itself."""
    kind = judged_kind(name, data)
    source = io.BytesIO(data)
    try:
        wholeness.refuse_cut_off_or_shared(kind, source, len(data))
        comment = pictures.comment_of(kind, source)
        image = next(pictures.decode(kind, source))
    except Refusal as refusal:
        raise Refusal(f"holds {name}, which {refusal.problem}", refusal.action) from None
    image.thumbnail((bounds.FOOTAGE_SIDE, bounds.FOOTAGE_SIDE))
    return image, comment


def _refuse_another_size(
    frames: Sequence[tuple[float, int, int]], name: str, image: Image.Image
) -> None:
    # Faces are followed from frame to frame by their place in pixels.
    if frames and frames[0][1:] != image.size:
        sizes = " and ".join(f"{width} x {height}" for width, height in (frames[0][1:], image.size))
        raise Refusal(
            f"holds frames of two sizes ({sizes} pixels, from {name} on)",
            "Send frames of one size, with the camera held one way",
        )


def _shown(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}…"
