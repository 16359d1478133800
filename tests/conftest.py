"""What all tests share: Hypothesis without deadlines, and which begin first."""

import pytest
from hypothesis import settings

# A deadline is an assertion on wall time, and a test never makes one.
settings.register_profile("bonafide", deadline=None)
settings.load_profile("bonafide")

_LONGEST = "tests/faults/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest begin first, so that no process works alone at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))
