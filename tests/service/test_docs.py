"""The documentation knows every setting, command, target and outcome that there is."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from typer import Typer

from models.order import State
from models.stage import Stage
from models.verdict import Outcome
from service.access.roles import RIGHTS
from service.app import ROUTERS
from service.ats.port import Event
from service.cli import COMMANDS
from service.settings import Settings

ROOT = Path(__file__).parents[2]


def _page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_described(setting: str) -> None:
    assert f"`BONAFIDE_{setting.upper()}`" in _page("docs/operate.md")


def _commands() -> Iterator[str]:
    """The commands and those of groups, as they are typed."""
    for name in COMMANDS:
        module = import_module(f"service.commands.{name}")
        if hasattr(module, "app"):
            yield from _of_group(module.app, f"bonafide {name}")
        else:
            yield f"bonafide {name}"


def _of_group(app: Typer, path: str) -> Iterator[str]:
    for command in app.registered_commands:
        assert command.callback
        yield f"{path} {command.name or command.callback.__name__}"
    for group in app.registered_groups:
        assert group.typer_instance
        yield from _of_group(group.typer_instance, f"{path} {group.name}")


@pytest.mark.parametrize("command", list(_commands()))
def test_every_command_is_described(command: str) -> None:
    assert re.search(rf"`{command}[` ]", _page("docs/cli.md"))


@pytest.mark.parametrize("role", RIGHTS)
def test_every_role_is_described(role: str) -> None:
    assert f"`{role}`" in _page("docs/operate.md")


@pytest.mark.parametrize("word", [*State, *Event])
def test_every_state_and_event_is_described(word: str) -> None:
    assert f"`{word}`" in _page("docs/api.md")


def _routes() -> Iterator[str]:
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute):
                path = re.sub(r"{(?!name})[a-z_]+}", "{id}", route.path)
                yield from (f"{method} {path}" for method in sorted(route.methods or ()))


@pytest.mark.parametrize("route", list(_routes()))
def test_every_address_of_the_api_is_described(route: str) -> None:
    assert f"`{route}`" in _page("docs/api.md")


_STORE = (
    *("verifications", "evidence", "subjects", "deliveries"),
    *("challenges", "candidate_links"),
)
"""What the API asks of the store; the rest of it answers pages and commands."""


def test_every_problem_is_described() -> None:
    files = [ROOT / "service/errors.py", *(ROOT / "service/api").glob("*.py")]
    files += [ROOT / f"service/store/{name}.py" for name in _STORE]
    named = re.compile(r"\b(?:problem|Refused|Conflict)\(\s*(?:\d+,\s*)?\"([a-z]+(?:-[a-z]+)+)\"")
    raised = {name for file in files for name in named.findall(file.read_text(encoding="utf-8"))}
    assert {"not-found", "in-work", "bad-request"} <= raised
    assert not [name for name in sorted(raised) if f"`{name}`" not in _page("docs/api.md")]


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
