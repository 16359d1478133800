"""Every promise is held on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.store.building import House


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    built = House(database_url, tmp_path)
    yield built
    built.store.close()
