"""An earlier report, read back for the comparison that continuity asks for."""

from pathlib import Path

from pydantic import ValidationError

from models.person import EarlierCapture
from models.verification import Verification
from verifiers.imaging import UnusableInput

_LIMIT_BYTES = 20_000_000


def load_earlier(report: Path) -> EarlierCapture:
    """What an earlier `report.json` kept of the person; its templates are empty where none were.

    Raises `UnusableInput` where the file is not such a report.
    """
    action = "Give the report.json of an earlier `bonafide verify --out … --keep-template`"
    try:
        if report.stat().st_size > _LIMIT_BYTES:
            raise UnusableInput(report.name, "is too large for a report", action)
        text = report.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableInput(report.name, "cannot be read as text", action) from error
    try:
        verification = Verification.model_validate_json(text)
    except ValidationError as error:
        raise UnusableInput(report.name, "is not a Bonafide report", action) from error
    return EarlierCapture(
        verification=verification.id,
        stage=verification.stage,
        captured_at=verification.created_at,
        templates=verification.templates,
    )
