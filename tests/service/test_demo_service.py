"""The demo's part by the service: answered by webhook, and someone else on the first day."""

import stat

from tests.service.conftest import Demo


def _told(demo: Demo, title: str) -> str:
    """What the console says of one verification."""
    return demo.ran.out.partition(title)[2].partition("\n\n")[0]


def test_the_signed_result_arrives_and_its_signature_is_good(demo: Demo) -> None:
    told = _told(demo, "The service: ordered and answered by webhook")
    assert "verification.completed, its signature good (msg_" in told
    assert "verdict  verified" in told


def test_someone_else_on_the_first_day_is_told_from_the_candidate_of_the_interview(
    demo: Demo,
) -> None:
    told = _told(demo, "The first day: someone else comes to work")
    assert "verification.completed, its signature good" in told
    assert "verdict  verified" not in told
    assert (
        "The person in the footage now is not the person on the document of the interview" in told
    )


def test_the_reports_of_the_service_are_written_for_their_owner_only(demo: Demo) -> None:
    for name in ("interview.html", "first_day.html"):
        report = demo.folder / "service" / name
        assert str(report) in demo.ran.out
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
        assert "Simulated footage" in report.read_text(encoding="utf-8")
    assert "of the interview on" in (demo.folder / "service" / "first_day.html").read_text()
