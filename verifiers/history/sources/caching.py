"""Answers kept for a while, so that the same employer is not looked up for every candidate."""

import threading
from typing import Any, Protocol

from cachetools import TTLCache

KEPT_SECONDS = 6 * 3600.0
"""Registries change by the day; a verification looks again within hours at most."""


class Cache(Protocol):
    """Where answers are kept. `unknown` never is."""

    def get(self, key: tuple[str, str]) -> Any | None:
        """What was kept under a source's name and a question, if it is not too old."""

    def put(self, key: tuple[str, str], value: Any) -> None:
        """Keep it."""


class MemoryCache:
    """In this process only, bounded in number and age. Threads may share it."""

    def __init__(self, *, entries: int = 4096, seconds: float = KEPT_SECONDS) -> None:
        self._kept: TTLCache[tuple[str, str], Any] = TTLCache(entries, seconds)
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str]) -> Any | None:
        with self._lock:
            return self._kept.get(key)

    def put(self, key: tuple[str, str], value: Any) -> None:
        with self._lock:
            self._kept[key] = value
