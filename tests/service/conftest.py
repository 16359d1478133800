"""The demo, run once for all tests that look at what it made: real files, the real command line."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.verification import Verification


@dataclass(frozen=True)
class Ran:
    """What a run of `bonafide` answered."""

    status: int
    out: str
    err: str


Bonafide = Callable[..., Ran]


@pytest.fixture(scope="session")
def bonafide() -> Bonafide:
    """Run the command line as a user would, in a process of its own."""

    def run(*arguments: str | Path, cwd: Path | None = None) -> Ran:
        command = [str(Path(sys.executable).with_name("bonafide")), *map(str, arguments)]
        environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
        done = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@dataclass(frozen=True)
class Demo:
    """Where the demo wrote, and what it printed."""

    folder: Path
    ran: Ran

    def sample(self, name: str, file: str) -> Path:
        """A file that was sent for a sample candidate."""
        return self.folder / "samples" / name / file

    def page(self, name: str) -> str:
        """The report of a sample candidate as a page."""
        return (self.folder / name / "report.html").read_text(encoding="utf-8")

    def verification(self, name: str) -> Verification:
        """The report of a sample candidate as data."""
        text = (self.folder / name / "report.json").read_text(encoding="utf-8")
        return Verification.model_validate_json(text)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, bonafide: Bonafide) -> Demo:
    """The whole demo."""
    folder = tmp_path_factory.mktemp("demo")
    return Demo(folder, bonafide("demo", "--out", folder))
