"""What the tests of sources share: a local server, and a way to ask one source."""

from collections.abc import Callable, Iterator

import pytest

from tests.history_sources.asking_one import Asking
from tests.history_sources.local_server import LocalServer, local_server


@pytest.fixture
def server() -> Iterator[LocalServer]:
    """A server that knows nothing yet."""
    with local_server() as server:
        yield server


@pytest.fixture
def asking(server: LocalServer) -> Callable[[str], Asking]:
    """Asks a source by its short name, of the local server."""
    return lambda name: Asking(name, server.url)
