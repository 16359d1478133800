"""Writing a report: `report.html` for a person and `report.json` for a program."""

from pathlib import Path

from models.verification import Verification
from service.private_files import write_private
from service.report.page import render
from service.report.shown import Shown


def write_report(verification: Verification, shown: Shown, folder: Path) -> Path:
    """Write both files, readable by their owner only, and return the path of the page."""
    folder.mkdir(parents=True, exist_ok=True)
    write_private(folder / "report.json", verification.model_dump_json(indent=2).encode())
    page = folder / "report.html"
    write_private(page, render(verification, shown).encode())
    return page
