"""What all tests share: Hypothesis without deadlines, and which begin first."""

import pytest
from hypothesis import settings

# A deadline is an assertion on wall time, and a test never makes one.
settings.register_profile("bonafide", deadline=None)
settings.load_profile("bonafide")

_FIRST = ("tests/faults/", "tests/service/test_demo.py", "tests/service/workflow/")
"""The longest, so that no process works alone at the end; and the demo, which others wait for."""


def _turn(item: pytest.Item) -> int:
    begins = (place for place, start in enumerate(_FIRST) if item.nodeid.startswith(start))
    return next(begins, len(_FIRST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Some begin before the rest, which keep their order."""
    items.sort(key=_turn)
