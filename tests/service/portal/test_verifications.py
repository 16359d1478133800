"""Ordering, following and deciding a verification on its pages."""

import json
from uuid import UUID

import pytest

from models.order import State
from models.verdict import Outcome
from service.portal import words
from service.portal.listing import ROWS
from service.store.actor import SYSTEM, Role
from service.store.tables import Verification
from service.store.verifications import Filter
from service.workflow.cases import StoredCases
from tests.service.portal.conftest import Browser, Portal, Sent

GIVEN = {"name": "Ada Example", "email": "", "reference": "c-1", "stage": "interview"}
AGREED = {**GIVEN, "consent": "yes"}
PICTURE = ("documents", ("passport.jpg", b"a picture"))


def _all(portal: Portal) -> list[Verification]:
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        return list(t.verifications.list(Filter()))


def _row(portal: Portal, id: UUID) -> Verification:
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        return t.verifications.get(id)


@pytest.fixture
def recruiter(portal: Portal) -> Browser:
    """A recruiter's browser."""
    return portal.signed_in(Role.RECRUITER)


def test_one_form_orders_stores_and_submits(portal: Portal, recruiter: Browser) -> None:
    claims = ("claims", ("cv.json", json.dumps({"basics": {"name": "Ada"}}).encode()))
    recording = ("recordings", ("me.mp4", b"x" * 200_000))
    answer = recruiter.send("/verifications/new", AGREED, [claims, PICTURE, recording])
    (row,) = _all(portal)
    assert answer.headers["location"] == f"/verifications/{row.id}"
    assert row.state == State.QUEUED
    assert portal.engine.queued == [f"{row.id}/1"]
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        order, files = t.verifications.order_of(row), t.evidence.list(row.id)
    assert order.candidate.name == "Ada Example"
    assert order.claims
    assert order.claims.full_name == "Ada"
    assert order.consent.given_at
    assert not order.consent.keep_template
    assert [(f.name, f.kind.value, f.size_bytes) for f in files] == [
        ("passport.jpg", "document", 9),
        ("me.mp4", "footage", 200_000),
    ]


def test_empty_file_inputs_as_browsers_send_them_are_no_files(
    portal: Portal, recruiter: Browser
) -> None:
    empty = [(name, ("", b"")) for name in ("claims", "recordings")]
    answer = recruiter.send("/verifications/new", AGREED, [*empty, PICTURE])
    assert answer.status_code == 303
    assert len(_all(portal)) == 1


@pytest.mark.parametrize(
    ("changed", "files", "told"),
    [
        ({"consent": ""}, [PICTURE], "Nobody is verified without their consent"),
        ({"name": ""}, [PICTURE], "Write the name that the candidate goes by"),
        ({"email": "no address"}, [PICTURE], "Write an e-mail address"),
        ({"stage": "elsewhere"}, [PICTURE], "Choose one of the stages"),
        ({"name": "x" * 201}, [PICTURE], "in at most 200 characters"),
        ({}, [], "There is nothing to verify yet"),
        ({}, [("documents", ("empty.jpg", b""))], "empty.jpg is empty"),
        ({}, [("claims", ("cv.json", b"{]")), PICTURE], "cv.json is not JSON"),
        ({}, [("claims", ("cv.json", b'{"work": 3}')), PICTURE], "work must be a list"),
        ({}, [PICTURE, ("recordings", ("me.mp4", b""))], "me.mp4 is empty"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_kept(
    portal: Portal,
    recruiter: Browser,
    changed: dict[str, str],
    files: list[Sent],
    told: str,
) -> None:
    answer = recruiter.send("/verifications/new", {**AGREED, **changed}, files)
    assert answer.status_code == 422
    assert told in answer.text
    if not changed:
        assert 'value="Ada Example"' in answer.text
        assert 'value="c-1"' in answer.text
    assert _all(portal) == []
    assert portal.engine.queued == []
    assert not [p for p in (portal.home / "blobs").rglob("*") if p.is_file()]


def test_with_htmx_only_the_problems_come_back_so_that_files_stay_chosen(
    recruiter: Browser,
) -> None:
    answer = recruiter.send("/verifications/new", GIVEN, [PICTURE], headers={"hx-request": "true"})
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert 'id="consent-problem" hx-swap-oob="true">Nobody' in answer.text
    assert 'id="name-problem" hx-swap-oob="true" hidden>' in answer.text


def test_hostile_names_are_shown_as_text_and_served_as_files(
    portal: Portal, recruiter: Browser
) -> None:
    name = '../<img src=x onerror=alert(1)>"\u202e\u00e9.html'
    fields = {**AGREED, "name": "<script>alert(1)</script>"}
    recruiter.send("/verifications/new", fields, [("documents", (name, b"<script>"))])
    (row,) = _all(portal)
    page = recruiter.get(f"/verifications/{row.id}").text
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        file = t.evidence.list(row.id)[0]
    answer = recruiter.get(f"/evidence/{file.id}")
    assert answer.content == b"<script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert portal.audited(f"evidence:{file.id}")[0] == "evidence.viewed"


def test_progress_is_told_step_by_step_and_only_when_it_changes(
    portal: Portal, recruiter: Browser
) -> None:
    recruiter.send("/verifications/new", AGREED, [PICTURE])
    (row,) = _all(portal)
    address = f"/verifications/{row.id}/progress"
    assert "Waiting its turn" in recruiter.get(address).text
    portal.engine.begin("documents")
    portal.engine.begin("faces")
    answer = recruiter.get(address)
    assert 'class="done"' in answer.text
    assert "Compare the faces …" in answer.text
    seen = answer.text.partition("seen=")[2].partition('"')[0]
    assert recruiter.get(f"{address}?seen={seen}").status_code == 204
    audited = portal.audited(f"verification:{row.id}")
    portal.engine.all_of_it()
    assert recruiter.get(f"{address}?seen={seen}").headers["hx-refresh"] == "true"
    assert "order.viewed" not in audited  # Watching shows nothing personal.


def test_the_steps_shown_are_those_of_the_workflow() -> None:
    assert tuple(words.STEP) == StoredCases.steps


def test_a_parked_case_says_why_and_can_be_submitted_again(
    portal: Portal, recruiter: Browser
) -> None:
    recruiter.send("/verifications/new", AGREED, [PICTURE])
    (row,) = _all(portal)
    portal.engine.begin("documents")
    portal.engine.park("Reading the documents was tried 3 times.")
    page = recruiter.get(f"/verifications/{row.id}").text
    assert "Reading the documents was tried 3 times." in page
    assert "says nothing about the candidate" in page
    assert recruiter.post(f"/verifications/{row.id}/submit").status_code == 303
    assert portal.engine.queued[-1] == f"{row.id}/2"


def test_the_report_is_a_document_of_its_own_that_runs_nothing(
    portal: Portal, recruiter: Browser
) -> None:
    id = portal.decided(Outcome.REVIEW)
    page = recruiter.get(f"/verifications/{id}").text
    assert f'src="/verifications/{id}/report?generation=1" sandbox="allow-same-origin"' in page
    report = recruiter.get(f"/verifications/{id}/report")
    assert "computes to 7" in report.text
    assert "script-src" not in report.headers["content-security-policy"]
    assert "default-src 'none'" in report.headers["content-security-policy"]
    assert report.headers["x-frame-options"] == "SAMEORIGIN"
    assert portal.audited(f"verification:{id}")[0] == "verdict.viewed"


def test_a_report_of_no_verdict_is_not_there(portal: Portal, recruiter: Browser) -> None:
    id = portal.order()
    assert recruiter.get(f"/verifications/{id}/report").status_code == 404
    decided = portal.decided(Outcome.REVIEW)
    assert recruiter.get(f"/verifications/{decided}/report?generation=7").status_code == 404


def test_more_evidence_makes_a_new_submission_and_the_earlier_verdict_stays(
    portal: Portal, recruiter: Browser
) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    answer = recruiter.send(f"/verifications/{id}/evidence", {"then": "submit"}, [PICTURE])
    assert answer.status_code == 303
    assert portal.engine.queued[-1] == f"{id}/2"
    portal.engine.outcome = Outcome.VERIFIED
    portal.engine.all_of_it()
    page = recruiter.get(f"/verifications/{id}").text
    assert "Submission 1</a>: More information needed" in page
    assert "Submission 2</a>: Verified" in page


def test_evidence_is_not_taken_while_it_is_verified(portal: Portal, recruiter: Browser) -> None:
    recruiter.send("/verifications/new", AGREED, [PICTURE])
    (row,) = _all(portal)
    assert recruiter.send(f"/verifications/{row.id}/evidence", {}, [PICTURE]).status_code == 409
    assert recruiter.post(f"/verifications/{row.id}/submit").status_code == 409


def test_evidence_without_a_file_is_asked_for(portal: Portal, recruiter: Browser) -> None:
    answer = recruiter.send(f"/verifications/{portal.order()}/evidence", {"then": "submit"})
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_a_file_can_be_taken_back(portal: Portal, recruiter: Browser) -> None:
    id = portal.order()
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        file = t.evidence.list(id)[0]
    assert recruiter.post(f"/evidence/{file.id}/remove").status_code == 303
    assert recruiter.get(f"/evidence/{file.id}").status_code == 404


def test_cancelling_is_said_and_the_verdict_of_a_completed_one_stands(
    portal: Portal, recruiter: Browser
) -> None:
    id = portal.order()
    recruiter.post(f"/verifications/{id}/cancel")
    assert "It was cancelled" in recruiter.get(f"/verifications/{id}").text
    decided = portal.decided(Outcome.VERIFIED)
    assert recruiter.post(f"/verifications/{decided}/cancel").status_code == 409


def test_deleting_is_asked_about_first_and_then_all_is_gone(portal: Portal) -> None:
    id = portal.decided(Outcome.REVIEW)
    owner = portal.signed_in(Role.OWNER)
    assert "the key to everything stored" in owner.get(f"/verifications/{id}/delete").text
    assert owner.get(f"/verifications/{id}").status_code == 200
    assert owner.post(f"/verifications/{id}/delete").headers["location"] == "/"
    assert owner.get(f"/verifications/{id}").status_code == 404
    assert not [p for p in (portal.home / "blobs").rglob("*") if p.is_file()]


def test_the_first_day_is_ordered_for_the_same_candidate(
    portal: Portal, recruiter: Browser
) -> None:
    id = portal.decided(Outcome.VERIFIED)
    link = f"/verifications/new?follows={id}"
    assert link in recruiter.get(f"/verifications/{id}").text
    form = recruiter.get(link).text
    assert 'value="Ada Example"' in form
    assert 'value="onboarding" selected' in form
    fields = {**AGREED, "stage": "onboarding", "follows": str(id)}
    answer = recruiter.send("/verifications/new", fields, [PICTURE])
    later = _row(portal, UUID(answer.headers["location"].rpartition("/")[2]))
    assert later.subject_id == _row(portal, id).subject_id
    assert f'href="/verifications/{later.id}"' in recruiter.get(f"/verifications/{id}").text


def test_the_list_is_filtered_and_paged_and_one_view_of_it_is_one_record(
    portal: Portal, recruiter: Browser
) -> None:
    decided = portal.decided(Outcome.REVIEW)
    for _ in range(ROWS):
        portal.order(file=None)
    first = recruiter.get("/").text
    assert first.count("<tr>") == ROWS + 1
    assert str(decided) not in first
    assert portal.audited(f"tenant:{portal.tenant}")[:1] == ["list.viewed"]
    older = first.partition('href="/?after=')[2].partition('"')[0]
    assert str(decided) in recruiter.get(f"/?after={older}").text
    shown = recruiter.get("/?outcome=review").text
    assert str(decided) in shown
    assert shown.count("<tr>") == 2
    assert "No verification matches" in recruiter.get("/?reference=c-2").text
    assert recruiter.get("/?state=nonsense").status_code == 200


def test_the_audit_names_who_saw_what_and_nobody_verified(portal: Portal) -> None:
    id = portal.decided(Outcome.REVIEW)
    recruiter = portal.signed_in(Role.RECRUITER)
    recruiter.get(f"/verifications/{id}")
    page = portal.signed_in(Role.AUDITOR).get("/audit").text
    assert recruiter.email in page
    assert "order viewed" in page
    assert "Ada Example" not in page


def test_the_page_of_a_verification_says_who_opened_its_evidence(portal: Portal) -> None:
    id = portal.decided(Outcome.REVIEW)
    recruiter, compliance = portal.signed_in(Role.RECRUITER), portal.signed_in(Role.COMPLIANCE)
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        file = t.evidence.list(id)[0]
    recruiter.get(f"/evidence/{file.id}")
    page = compliance.get(f"/verifications/{id}").text
    assert recruiter.email in page
    assert "evidence viewed" in page
