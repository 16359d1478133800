"""`bonafide verify`: missing, broken and hostile evidence is told; never a pass, never a crash."""

import json
from pathlib import Path

from models.verdict import Outcome
from models.verification import Verification
from tests.service.conftest import Bonafide, Demo


def _verified(bonafide: Bonafide, *arguments: str | Path) -> tuple[int, Verification]:
    ran = bonafide("verify", "--json", *arguments)
    assert "Traceback" not in ran.err
    return ran.status, Verification.model_validate_json(ran.out)


def test_a_specimen_is_no_document_outside_the_demo(bonafide: Bonafide, demo: Demo) -> None:
    status, verification = _verified(bonafide, "--document", demo.sample("genuine", "document.jpg"))
    assert status == 0
    assert "document.specimen" in {f.code for f in verification.findings}
    assert verification.verdict.outcome is Outcome.REVIEW


def test_nothing_to_verify_says_what_to_give(bonafide: Bonafide) -> None:
    ran = bonafide("verify")
    assert ran.status == 2
    assert "--document" in ran.err


def test_a_file_that_cannot_be_used_is_named_and_the_others_go_on(
    bonafide: Bonafide, demo: Demo, tmp_path: Path
) -> None:
    broken = tmp_path / "passport.jpg"
    broken.write_bytes(demo.sample("genuine", "document.jpg").read_bytes()[:20_000])
    status, verification = _verified(
        bonafide,
        *("--document", broken),
        *("--claims", demo.sample("genuine", "claims.json")),
    )
    assert status == 2
    problems = {file.name: file.problem for file in verification.evidence}
    assert problems["passport.jpg"]
    assert problems["claims.json"] is None
    codes = {finding.code for finding in verification.findings}
    assert {"document.file.unusable", "history.timeline.consistent"} <= codes
    assert verification.verdict.outcome is Outcome.NEEDS_INFO


def test_claims_that_break_the_schema_ask_for_better_ones(
    bonafide: Bonafide, tmp_path: Path
) -> None:
    claims = tmp_path / "resume.json"
    claims.write_text(json.dumps({"work": [{"name": "A", "startDate": "last spring"}]}))
    status, verification = _verified(bonafide, "--claims", claims)
    assert status == 2
    (file,) = verification.evidence
    assert file.problem
    assert "startDate" in file.problem
    assert "last spring" not in file.problem
    assert verification.verdict.outcome is Outcome.NEEDS_INFO


def test_the_same_person_on_the_first_day_is_recognised_and_another_is_not(
    bonafide: Bonafide, demo: Demo, tmp_path: Path
) -> None:
    hired = tmp_path / "hired"
    bonafide(
        "verify",
        *("--document", demo.sample("genuine", "document.jpg")),
        *("--footage", demo.sample("genuine", "footage.mp4")),
        *("--keep-template", "--out", hired),
    )
    first_day = ("--stage", "onboarding", "--earlier", hired / "report.json")
    _, same = _verified(bonafide, *first_day, "--footage", demo.sample("genuine", "footage.mp4"))
    assert same.verdict.outcome is Outcome.VERIFIED
    _, other = _verified(
        bonafide, *first_day, "--footage", demo.sample("someone_else", "footage.mp4")
    )
    assert other.verdict.outcome in (Outcome.REVIEW, Outcome.HOLD)


def test_an_earlier_report_that_is_none_is_refused_with_what_to_give(
    bonafide: Bonafide, demo: Demo
) -> None:
    claims = demo.sample("genuine", "claims.json")
    ran = bonafide("verify", "--claims", claims, "--earlier", claims)
    assert ran.status == 2
    assert "report.json" in ran.err
    assert "Traceback" not in ran.err


def test_a_hostile_name_stays_text_in_the_report(
    bonafide: Bonafide, demo: Demo, tmp_path: Path
) -> None:
    hostile = "<script>alert(1)</script><b>Anna"
    claims = tmp_path / "claims.json"
    claims.write_text(json.dumps({"basics": {"name": hostile}, "work": [{"name": hostile}]}))
    document = tmp_path / "<img src=x onerror=alert(1)>.jpg"
    document.write_bytes(demo.sample("genuine", "document.jpg").read_bytes())
    ran = bonafide("verify", "--claims", claims, "--document", document, "--out", tmp_path / "r")
    assert ran.status == 0
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img src=x" not in page
