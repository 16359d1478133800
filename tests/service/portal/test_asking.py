"""What the candidate is asked for, on the recruiter's page."""

import html

from models.verdict import Outcome
from service.store.actor import Role
from tests.service.portal.conftest import Portal


def section(page: str) -> str:
    """The part of a page that says what to ask for, as text; empty where there is none."""
    _, found, rest = page.partition('<h2 id="asking">')
    return html.unescape(rest.partition("</section>")[0]) if found else ""


def letter(page: str) -> str:
    """What is to be sent to the candidate."""
    return section(page).partition("readonly>")[2].partition("</textarea>")[0]


def test_the_page_names_each_picture_with_what_is_wrong_and_what_to_do(portal: Portal) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    told = section(portal.signed_in(Role.RECRUITER).get(f"/verifications/{id}").text)
    shown = told.partition("<details>")[0]
    assert shown.count("<h3>passport scan.pdf, page 2</h3>") == 1
    assert shown.count("<h3>thumbnail.jpg</h3>") == 1
    assert "8.1 pixels wide, at most 4.5" in shown
    assert "<b>Send the original photograph, not a preview of it.</b>" in shown
    assert "May we see the document once more?" in shown


def test_a_letter_to_the_candidate_says_the_same_and_nothing_for_the_recruiter_alone(
    portal: Portal,
) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    text = letter(portal.signed_in(Role.RECRUITER).get(f"/verifications/{id}").text)
    assert text.startswith("Dear Ada Example,\n")
    assert "\npassport scan.pdf, page 2:\n- The machine readable lines are blurred" in text
    assert "Tilt the document away from the lamp" in text
    assert "is printed as 4 and computes to 7" not in text


def test_what_was_asked_for_is_gone_while_it_is_verified_anew_and_once_it_is_verified(
    portal: Portal,
) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    recruiter = portal.signed_in(Role.RECRUITER)
    assert section(recruiter.get(f"/verifications/{id}").text)
    portal.add_file(id, b"a better picture")
    recruiter.post(f"/verifications/{id}/submit")
    assert not section(recruiter.get(f"/verifications/{id}").text)
    portal.engine.outcome = Outcome.VERIFIED
    portal.engine.all_of_it()
    assert not section(recruiter.get(f"/verifications/{id}").text)


def test_whoever_only_reads_is_not_told_to_send_evidence(portal: Portal) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    told = section(portal.signed_in(Role.REVIEWER).get(f"/verifications/{id}").text)
    assert "thumbnail.jpg" in told
    assert "have all of it verified again" not in told
