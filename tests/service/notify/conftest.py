"""An office that sends and a receiver that verifies, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.service.notify.office import Office
from tests.service.notify.receiver import Receiver, receiving
from tests.service.store.building import Clock


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    built = Office(database_url, tmp_path, Clock(datetime.now(UTC)))
    yield built
    built.dispatcher.stop()
    built.store.close()


@pytest.fixture
def receiver(office: Office) -> Iterator[Receiver]:
    with receiving(office.secrets[0]) as opened:
        yield opened
