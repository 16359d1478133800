"""The command line as a whole: what it says of its commands, and what it waits for."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from service.cli import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_listed_by_the_first_words_of_its_own_help(name: str) -> None:
    module = import_module(f"service.commands.{name}")
    own = module.app.info.help if hasattr(module, "app") else inspect.getdoc(module.run)
    assert own
    assert COMMANDS[name] == " ".join(own.split("\n\n")[0].split())


def test_every_file_of_a_command_is_listed() -> None:
    folder = Path(__file__).parents[2] / "service/commands"
    is_command = ("EXAMPLES = ", "app = typer.Typer(")
    found = {
        file.stem
        for file in folder.glob("*.py")
        if any(line.startswith(is_command) for line in file.read_text("utf-8").splitlines())
    }
    assert found - {"webhooks"} == set(COMMANDS), "webhooks are a part of keys"


@pytest.mark.parametrize("arguments", [["--help"], ["weights", "list"], ["keys", "--help"]])
def test_what_needs_no_model_and_no_database_does_not_wait_for_them(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAFIDE_FOLDER", str(tmp_path))
    program = (
        "import sys; from service.cli import app\n"
        f"app({arguments!r}, standalone_mode=False)\n"
        "print('imported:', *{'numpy', 'onnxruntime', 'sqlalchemy', 'fastapi'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) > 3, "it did its work"
    assert done.stdout.splitlines()[-1] == "imported:"
