"""Putting a list in force, from its publisher or from a file; all that can go wrong, in words."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from service.lists.catalogue import Published, name_of
from service.lists.fetch import Arrived, Unfetched, fetch, without_secrets
from service.lists.folder import KeptList, ListsFolder, MuchSmaller
from verifiers.screening.lists import UnreadableList, files_of, read_list


class NotUpdated(Exception):
    """A list is as it was before; the message is a sentence that says why."""


def update_list(
    published: Published,
    url: str,
    folder: ListsFolder,
    arrived: Arrived,
    *,
    allow_smaller: bool = False,
) -> KeptList:
    """Fetch a list and put it in force. Raises NotUpdated."""
    with _told(), folder.staging() as staged:
        fetch(url, staged / published.file, arrived)
        return folder.install(
            published.name,
            staged,
            [published.file],
            fetched_at=datetime.now(UTC),
            url=without_secrets(url),
            expected=published.list_name,
            allow_smaller=allow_smaller,
        )


def add_list(file: Path, folder: ListsFolder, *, allow_smaller: bool = False) -> KeptList:
    """Put a list in force from a file, and those that belong to it. Raises NotUpdated.

    It counts as fetched when the file was last written.
    """
    with _told(), folder.staging() as staged:
        parts = files_of(file)
        for part in parts:
            shutil.copyfile(part, staged / part.name)
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        (found,) = read_list(staged / file.name)
        return folder.install(
            name_of(found.name),
            staged,
            [part.name for part in parts],
            fetched_at=min(written, datetime.now(UTC)),
            url=None,
            allow_smaller=allow_smaller,
        )


def main_files(files: Sequence[Path]) -> list[Path]:
    """The files without those that come along with another of them."""
    along: set[Path] = set()
    for file in files:
        with suppress(UnreadableList):
            along.update(part.absolute() for part in files_of(file)[1:])
    return [file for file in files if file.absolute() not in along]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (Unfetched, UnreadableList) as error:
        raise NotUpdated(f"{error}.") from None
    except MuchSmaller as error:
        raise NotUpdated(
            f"It was not taken: {error}. If that is right, say --allow-smaller."
        ) from None
    except OSError as error:
        what = Path(error.filename).name if error.filename else "The folder of lists"
        raise NotUpdated(f"{what} cannot be read or written: {error.strerror}.") from None
