"""The page on sources knows every source, every setting, and how questions are made."""

from pathlib import Path

import pytest

from models.outside import Outside
from verifiers.history import sources

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")

MADE = [name for name in sources.__all__ if name.startswith("question_for_")]
FIELDS = [name for name in Outside.model_fields if name != "certificates"]
"""No source answers for certificates."""


@pytest.mark.parametrize(
    "name", [*sources.NAMES, *sources.SourceSettings.model_fields, *MADE, *FIELDS]
)
def test_it_is_described(name: str) -> None:
    assert f"`{name}`" in PAGE
