"""A recruiter hands in a résumé, corrects what was read of it, and confirms it as claims."""

import re

import pytest

from models.draft_claims import Draft
from models.history import Claims
from samples.resumes import LAYOUTS, as_pdf
from service.portal import intake
from service.portal.claims_form import left_out
from service.store.actor import SYSTEM, Role
from service.store.verifications import Filter
from tests.resume.careers import ANNA
from tests.service.portal.conftest import Browser, Portal, Sent

READ = "/verifications/new/resume"
PICTURE: Sent = ("documents", ("passport.jpg", b"a picture"))


@pytest.fixture
def recruiter(portal: Portal) -> Browser:
    """A recruiter's browser."""
    return portal.signed_in(Role.RECRUITER)


def _fields(html: str) -> dict[str, str]:
    """What the form with the draft holds."""
    inputs = re.findall(r"<input [^>]*>", html[html.index("claims-draft") :])
    named = ((re.search(r'name="([^"]+)"', i), re.search(r'value="([^"]*)"', i)) for i in inputs)
    return {name[1]: value[1] for name, value in named if name and value and "check" not in name[0]}


def _stored(portal: Portal) -> list[object]:
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        return list(t.verifications.list(Filter()))


def test_a_resume_fills_the_form_and_becomes_claims_when_it_is_confirmed(
    portal: Portal, recruiter: Browser
) -> None:
    resume: Sent = ("resume", ("cv.pdf", as_pdf(ANNA, LAYOUTS[2])))
    page = recruiter.send(READ, {"stage": "offer"}, [resume])
    assert page.status_code == 200, page.text
    assert _stored(portal) == []
    assert "not taken over into this form: what was done in positions" in page.text
    typed = _fields(page.text)
    assert typed["work-0-name"] == "Kestrel Maps"
    assert typed["work-1-endDate"] == "2015-12"
    assert typed["education-0-institution"] == "University of Zenith"
    said = typed | {"name": "Anna Lindqvist", "stage": "offer", "consent": "yes", "csrf": ""}
    said |= {"work-1-name": "Nordlys Energy AS", "work-2-name": "", "work-2-position": ""}
    said |= {"work-2-startDate": "", "work-2-endDate": ""}
    del said["csrf"]

    unconfirmed = {**said, "claims_confirmed": ""}
    refused = recruiter.send("/verifications/new", unconfirmed, [PICTURE])
    assert refused.status_code == 422
    assert "then tick the box" in refused.text
    assert 'value="Nordlys Energy AS"' in refused.text
    wrong = {**said, "claims_confirmed": "yes", "work-0-startDate": "spring 2016"}
    assert "Write a year, a month" in recruiter.send("/verifications/new", wrong, [PICTURE]).text
    assert _stored(portal) == []

    answer = recruiter.send("/verifications/new", {**said, "claims_confirmed": "yes"}, [PICTURE])
    assert answer.status_code == 303, answer.text
    with portal.store.tenant(portal.tenant, SYSTEM, reads_only=True) as t:
        (row,) = t.verifications.list(Filter())
        claims = t.verifications.order_of(row).claims
    assert claims
    assert [job.name for job in claims.work] == ["Kestrel Maps", "Nordlys Energy AS"]
    assert str(claims.work[0].start) == "2016-02"
    assert claims.work[0].end is None
    assert claims.education[0].study_type == "BSc"
    assert claims.all_emails == (ANNA["basics"]["email"],)


def test_a_file_that_is_no_resume_is_said_beside_its_field(recruiter: Browser) -> None:
    answer = recruiter.send(READ, {}, [("resume", ("photo.pdf", b"nothing of the kind"))])
    assert answer.status_code == 422
    assert "photo.pdf is plain text" in answer.text
    assert recruiter.send(READ, {}, [("resume", ("", b""))]).status_code == 422


def test_what_a_resume_says_is_never_markup(recruiter: Browser) -> None:
    hostile = {**ANNA["work"][0], "name": "<script>alert(1)</script> Ltd"}
    resume = {**ANNA, "work": [hostile]}
    page = recruiter.send(READ, {}, [("resume", ("<b>.pdf", as_pdf(resume, LAYOUTS[0])))])
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_one_resume_is_read_at_a_time(recruiter: Browser) -> None:
    one: Sent = ("resume", ("cv.pdf", as_pdf(ANNA, LAYOUTS[0])))
    answer = recruiter.send(READ, {}, [one, one])
    assert answer.status_code == 422
    assert "Choose one résumé only." in answer.text


def test_no_other_form_reads_a_resume_and_none_is_read_without_its_token(
    recruiter: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(intake, "draft_from", lambda name, _: read.append(name))
    one: Sent = ("resume", ("cv.pdf", b"%PDF-"))
    assert recruiter.send("/verifications/new", {}, [one]).status_code == 422
    assert recruiter.send(READ, {"csrf": "of another session"}, [one]).status_code == 403
    assert read == []


def test_what_was_read_and_has_no_field_is_named() -> None:
    work = [{"name": "Mill Ltd", "startDate": "2019"}]
    plain = {"basics": {"name": "Anna", "email": "a@mail.example"}, "work": work}
    assert left_out(Draft(claims=Claims.model_validate(plain))) == ()
    more = {
        "identity": {"birthDate": "1990-01-02"},
        "emails": [{"address": "a@mail.example"}, {"address": "b@mail.example"}],
        "skills": [{"name": "Go"}, {"name": "SQL"}],
        "certificates": [{"name": "CKA"}],
        "work": work * 42,
    }
    assert left_out(Draft(claims=Claims.model_validate(plain | more))) == (
        "the birth date",
        "1 more e-mail address",
        "2 skills",
        "1 certificate",
        "2 more positions",
    )
