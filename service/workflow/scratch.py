"""Where evidence lies open while it is verified: a private folder a case, in memory where possible.

Each folder is locked by the process that uses it. What a crash left behind is unlocked and goes at
the next start, so opened evidence never outlives the work on it for long.
"""

import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_MEMORY = Path("/dev/shm")
"""A tmpfs on Linux: what is written there never reaches a disk (swap aside)."""
_LOCK = "lock"
_LONGEST_NAME_BYTES = 240
"""File systems end at 255."""


class Scratch:
    """Folders of cases below one folder of this service."""

    def __init__(self, home: Path) -> None:
        """`home` is the service's folder, used where there is no room in memory."""
        # Several services of one machine keep apart; each finds its own again after a restart.
        name = f"bonafide-{os.getuid()}-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"
        self._on_disk = home / "scratch"
        self._in_memory = _MEMORY / name if os.access(_MEMORY, os.W_OK) else None

    @property
    def places(self) -> tuple[Path, ...]:
        """Where folders of cases may be."""
        return (self._on_disk, *([self._in_memory] if self._in_memory else []))

    @contextmanager
    def folder(self, size_bytes: int) -> Iterator[Path]:
        """A new private folder for about so many bytes; all of it is removed at the end."""
        base = self._base(size_bytes)
        folder = Path(tempfile.mkdtemp(prefix="case-", dir=base))
        lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            _remove(folder)
            os.close(lock)

    def sweep(self) -> int:
        """Remove the folders of processes that are gone; how many there were."""
        swept = 0
        for base in self.places:
            for folder in base.glob("case-*"):
                swept += _remove_unless_in_use(folder)
        return swept

    def _base(self, size_bytes: int) -> Path:
        self._on_disk.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._in_memory is None or not _is_ours_alone(self._in_memory):
            return self._on_disk
        # Half of what is free at most: other cases open theirs at the same time.
        room = shutil.disk_usage(_MEMORY).free // 2
        return self._in_memory if size_bytes < room else self._on_disk


def _is_ours_alone(folder: Path) -> bool:
    """Made where it is missing. Anybody may write beside it, and so may have made it before us."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return private and found.st_uid == os.geteuid()


def _remove(folder: Path) -> None:
    """All of it, the lock last: what a crash interrupts must still look left behind."""
    for found in folder.iterdir():
        if found.name != _LOCK:
            shutil.rmtree(found, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _remove_unless_in_use(folder: Path) -> bool:
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False  # Being made this moment: evidence comes after the lock, and goes before it.
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        _remove(folder)
        return True
    finally:
        os.close(lock)


def place(folder: Path, position: int, name: str) -> Path:
    """Where a file goes: alone in a folder, under its own name as far as that is safe."""
    safe = "".join(c if c.isprintable() and c not in "/\\" else "_" for c in name).strip(". ")
    while len(safe.encode()) > _LONGEST_NAME_BYTES:
        safe = safe[1:]  # The ending stays: it is what people tell files apart by.
    own = folder / str(position)
    own.mkdir(mode=0o700)
    return own / (safe or f"file-{position}")
