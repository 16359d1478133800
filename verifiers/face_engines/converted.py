"""Converted weights are kept in a cache: making them takes seconds, loading them a tenth of one.

A file there is named for all that it depends on and begins with a checksum of the rest, so that a
damaged one is noticed and made anew.

The checksum is against damage alone (CRC-32, as ZIP has it; SHA-256 would take longer than all
else): whoever can write into the cache could write a fitting one. So one that others can write into
is not used. That the weights are those we know is settled before they are converted.
"""

import logging
import mmap
import os
import stat
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from verifiers.face_engines.whole_file import whole_file

log = logging.getLogger(__name__)

_CHECKSUM = 8
"""In hexadecimal digits, so that what follows lies at a multiple of 8 bytes."""
_AT_ONCE = 1 << 20


def cache_folder() -> Path | None:
    """`BONAFIDE_CACHE`, else `bonafide` in the user's cache (XDG Base Directory Specification).

    `None` where the user has no home.
    """
    if named := os.environ.get("BONAFIDE_CACHE"):
        return Path(named).absolute()
    caches = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(caches) if Path(caches).is_absolute() else Path.home() / ".cache") / "bonafide"
    except RuntimeError:
        return None


def kept(name: str, make: Callable[[], bytes], folder: Path | None) -> memoryview:
    """What the cache has under this name; else what `make` makes, which is kept from then on.

    It is mapped, so that only what is used of it takes memory. Where nothing can be kept (a
    read-only or full disk, no folder, or one that others can write into) it is made each time.
    """
    if folder is None or not _safe(folder):
        return memoryview(make())
    place = folder / name
    found = _whole(place)
    if found is None:
        made = make()
        with suppress(OSError), whole_file(place) as file:
            file.write(_written(zlib.crc32(made)))
            file.write(made)
        found = memoryview(made)
    return found


def _safe(folder: Path) -> bool:
    """Whether only we, or the system's own user, can write into it, or it is not there yet."""
    try:
        found = folder.stat()
    except OSError:
        return True
    ours = found.st_uid in (os.geteuid(), 0)
    if ours and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return True
    log.warning("The cache %s can be written by others, so it is not used.", folder)
    return False


def _whole(place: Path) -> memoryview | None:
    try:
        with place.open("rb") as file:
            stated, checksum = file.read(_CHECKSUM), 0
            while part := file.read(_AT_ONCE):
                checksum = zlib.crc32(part, checksum)
            if stated != _written(checksum) or not file.tell() > _CHECKSUM:
                return None
            return _mapped(file)
    except OSError:
        return None


def _mapped(file: BinaryIO) -> memoryview:
    return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))[_CHECKSUM:]


def _written(checksum: int) -> bytes:
    return b"%08x" % checksum
