"""The documentation knows every setting, command, target and outcome that there is."""

import re
from pathlib import Path

import pytest

from models.stage import Stage
from models.verdict import Outcome
from service.cli import app
from service.settings import Settings

ROOT = Path(__file__).parents[2]


def _page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_described(setting: str) -> None:
    assert f"`BONAFIDE_{setting.upper()}`" in _page("docs/operate.md")


@pytest.mark.parametrize("command", [command.name for command in app.registered_commands])
def test_every_command_is_described(command: str) -> None:
    assert f"bonafide {command}" in _page("docs/cli.md")


@pytest.mark.parametrize("word", [*Outcome, *Stage])
def test_every_outcome_and_stage_is_described(word: str) -> None:
    assert f"`{word}`" in _page("docs/decision.md")


def test_the_readme_names_only_targets_and_pages_that_there_are() -> None:
    readme = _page("README.md")
    targets = set(re.findall(r"^([a-z-]+):", _page("Makefile"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", readme)) <= targets
    pages = re.findall(r"\]\((?!https?:)([^)#]+)\)", readme)
    assert pages
    assert not [page for page in pages if not (ROOT / page).exists()]
