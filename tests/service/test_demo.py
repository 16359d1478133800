"""The demo is the main job from end to end: evidence in, an explained verdict out."""

import re
import stat

import pytest

from models.finding import Status
from models.verdict import Outcome
from samples.candidates import CANDIDATES, Candidate
from tests.service.conftest import Demo


def test_the_demo_does_its_work_without_complaint(demo: Demo) -> None:
    assert demo.ran.status == 0, demo.ran.err
    assert "Traceback" not in demo.ran.err
    assert "Warning" not in demo.ran.err


@pytest.mark.parametrize("candidate", CANDIDATES, ids=lambda candidate: candidate.name)
def test_each_candidate_gets_the_verdict_they_were_made_for(
    demo: Demo, candidate: Candidate
) -> None:
    verdict = demo.verification(candidate.name).verdict
    assert verdict.outcome is candidate.expected, [reason.text for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("altered_document", "document.mrz.check_digit"),
        ("altered_document", "document.mrz_print.birth_date"),
        ("flat_picture", "presence.geometry.flat"),
        ("contradicting_history", "history.end_before_start"),
        ("expired_document", "document.expired"),
    ],
)
def test_what_is_wrong_is_named_and_explained(demo: Demo, name: str, code: str) -> None:
    (finding,) = [f for f in demo.verification(name).findings if f.code == code]
    assert finding.status is Status.CONTRADICTS
    assert finding.seen
    assert finding.innocent_explanation
    assert code in demo.page(name)
    assert finding.for_recruiter.split("'")[0] in demo.page(name)


def test_a_stand_in_is_never_taken_for_the_person_on_the_document(demo: Demo) -> None:
    verification = demo.verification("someone_else")
    told = {f.code: f.status for f in verification.findings if f.code.startswith("face.match")}
    assert told
    assert Status.SUPPORTS not in told.values()
    assert verification.verdict.outcome is Outcome.REVIEW


def test_nothing_contradicts_the_genuine_candidate(demo: Demo) -> None:
    for name in ("genuine", "identity_card"):
        findings = demo.verification(name).findings
        assert not [f.code for f in findings if f.status is Status.CONTRADICTS]


def test_the_console_says_verdict_reasons_and_where_the_report_is(demo: Demo) -> None:
    for candidate in CANDIDATES:
        assert candidate.title in demo.ran.out
        assert str(demo.folder / candidate.name / "report.html") in demo.ran.out
    assert demo.ran.out.count("  verdict  ") == len(CANDIDATES) + 2  # Two more by the service.
    assert demo.ran.out.count("because") >= len(CANDIDATES)


def test_a_report_shows_document_faces_frames_and_timeline(demo: Demo) -> None:
    page = demo.page("genuine")
    for heading in ("Why", "Document", "Face", "Presence", "Claimed history", "All findings"):
        assert f">{heading}</h2>" in page
    assert page.count("data:image/jpeg;base64,") >= 8
    assert "machine readable zone" in page
    assert "L898902C3" in page
    assert "0 is the same picture" in page


def test_reports_of_samples_say_that_their_footage_is_simulated(demo: Demo) -> None:
    for candidate in CANDIDATES:
        assert "Simulated footage" in demo.page(candidate.name)
        assert all(clip.simulated for clip in demo.verification(candidate.name).footage)


def test_a_report_loads_nothing_from_elsewhere_and_runs_nothing(demo: Demo) -> None:
    page = demo.page("altered_document")
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", page)


def test_reports_are_readable_by_their_owner_only(demo: Demo) -> None:
    for file in (demo.folder / "genuine").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_face_template_is_kept_unless_asked_for(demo: Demo) -> None:
    for candidate in CANDIDATES:
        assert demo.verification(candidate.name).templates == ()
