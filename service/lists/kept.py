"""The lists as they lie in the folder of this installation."""

import threading
from pathlib import Path

import structlog

from models.sanctions import SanctionsList
from service.lists.folder import ListsFolder
from verifiers.screening.lists import UnreadableList
from verifiers.screening.matching import ListIndex

log = structlog.get_logger()

_State = tuple[tuple[str, int, int], ...]


class KeptLists:
    """Searchable lists that follow the files: read when first asked, and again after a swap."""

    def __init__(self, folder: Path) -> None:
        self._folder = ListsFolder(folder)
        self._loading = threading.Lock()
        self._seen: _State | None = None
        self._read: dict[str, SanctionsList] = {}
        self._index: ListIndex | None = None

    def index(self) -> ListIndex | None:
        """The lists; `None` where none was fetched yet. Safe to call from several threads.

        A new list that cannot be read leaves the old one in use, and is told in the log.
        """
        if self._state() == self._seen:
            return self._index
        # While one thread reads a new list, the others go on with the old.
        if not self._loading.acquire(blocking=self._index is None):
            return self._index
        try:
            # Taken before the files are: a swap in the meantime is seen at the next call.
            state = self._state()
            if state != self._seen:
                self._load()
                self._seen = state
            return self._index
        finally:
            self._loading.release()

    def _state(self) -> _State:
        found = []
        for file in self._folder.facts():
            try:
                stat = file.stat()
            except FileNotFoundError:
                continue
            found.append((file.name, stat.st_mtime_ns, stat.st_ino))
        return tuple(found)

    def _load(self) -> None:
        names = {file.stem for file in self._folder.facts()}
        lists = {name: listed for name, listed in self._read.items() if name in names}
        known = {kept.name: kept for kept in self._folder.kept()}
        for name in sorted(names):
            try:
                if name not in known:
                    raise UnreadableList("what is known of it is damaged")
                lists[name] = self._folder.read(known[name])
            except UnreadableList:
                log.warning("sanctions list cannot be read", list=name, old_in_use=name in lists)
        self._read = lists
        self._index = ListIndex(lists.values()) if lists else None
