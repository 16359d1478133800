"""An earlier report is read back as what was kept of the person then, or refused with a reason."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from models.person import FaceTemplate, TemplateKind
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from models.verification import Verification
from service.workflow.earlier import load_earlier
from verifiers.decision import decide
from verifiers.imaging import UnusableInput

KEPT = FaceTemplate(kind=TemplateKind.LIVE, engine="any/1", vector=(1.0,) + 127 * (0.0,), faces=5)


def a_report(folder: Path, *templates: FaceTemplate) -> Path:
    verification = Verification(
        id=UUID(int=7),
        stage=Stage.OFFER,
        created_at=datetime(2026, 3, 20, 9, 30, tzinfo=UTC),
        software="bonafide 0",
        evidence=(),
        findings=(),
        verdict=decide((), DEFAULT_POLICY, Stage.OFFER, claims_given=False),
        templates=templates,
    )
    path = folder / "report.json"
    path.write_text(verification.model_dump_json())
    return path


def test_a_report_says_who_when_and_at_which_stage(tmp_path: Path) -> None:
    earlier = load_earlier(a_report(tmp_path, KEPT))
    assert (earlier.verification, earlier.stage) == (UUID(int=7), Stage.OFFER)
    assert earlier.captured_at == datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
    assert earlier.templates == (KEPT,)


def test_a_report_that_kept_nothing_is_still_an_earlier_capture(tmp_path: Path) -> None:
    assert load_earlier(a_report(tmp_path)).templates == ()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"{}", "is not a Bonafide report"),
        (b'{"id": "7"', "is not a Bonafide report"),
        (b"\xff\xd8\xff", "cannot be read as text"),
        (b" " * 20_000_001, "is too large for a report"),
    ],
)
def test_what_is_no_report_is_refused_with_what_to_give(
    data: bytes, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(data)
    with pytest.raises(UnusableInput) as refused:
        load_earlier(path)
    assert refused.value.problem == problem
    assert str(refused.value).endswith("`bonafide verify --out … --keep-template`.")


def test_no_file_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="cannot be read"):
        load_earlier(tmp_path / "report.json")
