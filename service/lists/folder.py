"""The folder in which lists are kept: a file of facts for each, beside a folder of its files.

`un.json` says which folder holds the list that is in force: `un-3f2a…/consolidated.xml`. A new one
is written, read and compared beside it, and is in force from the moment at which its file of facts
takes the old one's name. Until then, and wherever the machine stops, the old list is.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import AwareDatetime, ValidationError

from models.base import Model
from models.sanctions import SanctionsList
from verifiers.screening.lists import UnreadableList, read_list

_LEAST_SHARE = 0.5
"""Of the entries of the list before. A list shrinks by a few in a hundred, not by half."""


class KeptList(Model):
    """What is known of a list that is kept."""

    name: str
    """As commands call it."""
    list_name: str
    """As its reader calls it."""
    fetched_at: AwareDatetime
    published_on: date | None = None
    entries: int
    url: str | None = None
    """Without its query; none where it was added from a file."""
    folder: str
    files: dict[str, str]
    """The SHA-256 of each, hexadecimal; the first is the main one."""


class MuchSmaller(Exception):
    """A new list has under half the entries of the one before."""


class ListsFolder:
    """The lists of an installation."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def kept(self) -> tuple[KeptList, ...]:
        """What is kept, by name. Facts that cannot be read are passed over: see `problem`."""
        return tuple(found for file in self.facts() if (found := self._read_facts(file)))

    def facts(self) -> tuple[Path, ...]:
        """The files of facts, which change where a list does."""
        return tuple(sorted(self.path.glob("[!.]*.json")))

    def read(self, kept: KeptList) -> SanctionsList:
        """The list itself. Raises UnreadableList."""
        (found,) = read_list(self._main(kept), fetched_at=kept.fetched_at)
        return found

    def problem(self, kept: KeptList) -> str | None:
        """What is wrong with its files; none where they are as they were when it was installed."""
        for file, digest in kept.files.items():
            try:
                if _sha256(self.path / kept.folder / file) != digest:
                    return f"{file} was changed since it was installed"
            except OSError as error:
                return f"{file} cannot be read: {error.strerror}"
        return None

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A folder for new files, on the same disk; one update at a time."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.path / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in self.path.glob(".new-*"):
                shutil.rmtree(left, ignore_errors=True)
            with TemporaryDirectory(dir=self.path, prefix=".new-") as place:
                yield Path(place)

    def install(
        self,
        name: str,
        staged: Path,
        files: Sequence[str],
        *,
        fetched_at: datetime,
        url: str | None,
        expected: str | None = None,
        allow_smaller: bool = False,
    ) -> KeptList:
        """Put the files in `staged` in force, the main one first.

        Raises:
            UnreadableList: they are no list, or another than is expected.
            MuchSmaller: under half the entries of the list before, and that is not allowed.
            OSError: they cannot be written.
        """
        (found,) = read_list(staged / files[0])
        if expected is not None and found.name != expected:
            raise UnreadableList(f"{files[0]} is the list {found.name}, not {expected}")
        before = next((kept for kept in self.kept() if kept.name == name), None)
        if before and len(found.entries) < before.entries * _LEAST_SHARE and not allow_smaller:
            raise MuchSmaller(
                f"it has {len(found.entries)} entries where the one before has {before.entries}"
            )
        digests = {file: _sha256(staged / file) for file in files}
        version = hashlib.sha256("".join(digests.values()).encode()).hexdigest()[:12]
        kept = KeptList(
            name=name,
            list_name=found.name,
            fetched_at=fetched_at,
            published_on=found.published_on,
            entries=len(found.entries),
            url=url,
            folder=f"{name}-{version}",
            files=digests,
        )
        self._place(staged, kept)
        self._put_in_force(kept)
        self._clear(name, kept.folder)
        return kept

    def _place(self, staged: Path, kept: KeptList) -> None:
        place = self.path / kept.folder
        if place.exists():
            if not self.problem(kept):
                return
            shutil.rmtree(place)  # Damaged, or left half written: what was fetched replaces it.
        made = staged / "made"
        made.mkdir(mode=0o700)
        for file in kept.files:
            (staged / file).replace(made / file)
            _sync(made / file)
        _sync(made)
        made.replace(place)
        _sync(self.path)

    def _put_in_force(self, kept: KeptList) -> None:
        facts = self.path / f"{kept.name}.json"
        new = self.path / f".{kept.name}.json"
        new.write_text(kept.model_dump_json(indent=2) + "\n", encoding="utf-8")
        _sync(new)
        new.replace(facts)
        _sync(self.path)

    def _clear(self, name: str, in_force: str) -> None:
        """Remove earlier versions; a reader that has one open keeps what it reads."""
        for old in self.path.glob(f"{name}-{'[0-9a-f]' * 12}"):
            if old.name != in_force:
                shutil.rmtree(old, ignore_errors=True)

    def _main(self, kept: KeptList) -> Path:
        return self.path / kept.folder / next(iter(kept.files))

    def _read_facts(self, file: Path) -> KeptList | None:
        try:
            return KeptList.model_validate_json(file.read_bytes())
        except (OSError, ValidationError):
            return None


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, onto the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
