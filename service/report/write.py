"""Writing a report: `report.html` for a person and `report.json` for a program."""

import os
from pathlib import Path

from models.verification import Verification
from service.report.page import render
from service.report.shown import Shown


def write_report(verification: Verification, shown: Shown, folder: Path) -> Path:
    """Write both files, readable by their owner only, and return the path of the page."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_private(folder / "report.json", verification.model_dump_json(indent=2))
    page = folder / "report.html"
    _write_private(page, render(verification, shown))
    return page


def _write_private(path: Path, text: str) -> None:
    # Personal data: never readable by others, not even between creation and a later chmod.
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
