"""A recruiter writes down what the candidate answered, and has it verified again."""

import html
import re
from uuid import UUID

from models.answer import LONGEST_ANSWER, MOST_ANSWERS, CandidateAnswer
from models.verdict import Outcome
from service.portal.case import ANSWER_FIELD
from service.store.actor import SYSTEM, Role
from tests.service.portal.conftest import Portal


def fields(page: str) -> dict[str, str]:
    """The fields that answers go into, with what is in them."""
    found = re.findall(rf'<textarea [^>]*name="({ANSWER_FIELD}[^"]+)"[^>]*>([^<]*)<', page)
    return {name: html.unescape(text) for name, text in found}


def kept(portal: Portal, id: object) -> list[tuple[str, str]]:
    """Codes and texts of the answers that are stored."""
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        order = t.verifications.order_of(t.verifications.get(id))  # type: ignore[arg-type]
    return [(one.code, one.text) for one in order.answers]


def test_each_question_has_its_place_for_an_answer_which_is_kept_and_verified(
    portal: Portal,
) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    recruiter = portal.signed_in(Role.RECRUITER)
    first, second, *_ = fields(recruiter.get(f"/verifications/{id}").text)
    said = {first: "It is the only picture\r\nthat I have.", second: "  "}
    answer = recruiter.post(f"/verifications/{id}/answers", **said, then="submit")
    assert answer.headers["location"] == f"/verifications/{id}"
    code = first.removeprefix(ANSWER_FIELD)
    assert kept(portal, id) == [(code, "It is the only picture\nthat I have.")]
    assert portal.engine.queued[-1] == f"{id}/2"


def test_an_answer_is_there_again_can_be_changed_and_taken_back(portal: Portal) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    recruiter = portal.signed_in(Role.RECRUITER)
    address = f"/verifications/{id}"
    first, second, *_ = fields(recruiter.get(address).text)
    recruiter.post(f"{address}/answers", **{first: "Yes <b>", second: "No"})
    assert len(portal.engine.queued) == 1, "nobody asked to verify it again"
    shown = fields(recruiter.get(address).text)
    assert (shown[first], shown[second]) == ("Yes <b>", "No")
    recruiter.post(f"{address}/answers", **{first: "Yes <b>", second: ""})
    assert kept(portal, id) == [(first.removeprefix(ANSWER_FIELD), "Yes <b>")]


def test_an_answer_that_is_too_long_is_shown_again_and_nothing_is_kept(portal: Portal) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    recruiter = portal.signed_in(Role.RECRUITER)
    first, second, *_ = fields(recruiter.get(f"/verifications/{id}").text)
    said = {first: "x" * 2001, second: "A good answer"}
    again = recruiter.post(f"/verifications/{id}/answers", **said, then="submit")
    assert again.status_code == 422
    assert "at most 2000 characters" in again.text
    assert fields(again.text)[second] == "A good answer"
    assert kept(portal, id) == []
    assert len(portal.engine.queued) == 1


def test_an_answer_to_what_nobody_asked_is_refused(portal: Portal) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    recruiter = portal.signed_in(Role.RECRUITER)
    stray = {f"{ANSWER_FIELD}history.end_before_start": "A slip"}
    assert recruiter.post(f"/verifications/{id}/answers", **stray).status_code == 422
    assert kept(portal, id) == []


def test_whoever_only_reads_writes_down_no_answers(portal: Portal) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    reviewer = portal.signed_in(Role.REVIEWER)
    assert not fields(reviewer.get(f"/verifications/{id}").text)
    stray = {f"{ANSWER_FIELD}document.expired": "It is not"}
    assert reviewer.post(f"/verifications/{id}/answers", **stray).status_code == 403


def sent(portal: Portal, id: UUID, code: str, text: str, times: int) -> None:
    """As if the API had brought answers to one question."""
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        t.answers.replace(id, [CandidateAnswer(code=code, text=text)] * times)


def test_several_long_answers_to_one_question_hold_up_no_answer_to_another(portal: Portal) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    recruiter = portal.signed_in(Role.RECRUITER)
    first, second, *_ = fields(recruiter.get(f"/verifications/{id}").text)
    code, long = first.removeprefix(ANSWER_FIELD), "x" * LONGEST_ANSWER
    sent(portal, id, code, long, 2)
    said = fields(recruiter.get(f"/verifications/{id}").text) | {second: "Yes"}
    assert recruiter.post(f"/verifications/{id}/answers", **said).status_code == 303
    assert kept(portal, id) == [(code, long)] * 2 + [(second.removeprefix(ANSWER_FIELD), "Yes")]


def test_one_answer_more_than_there_may_be_is_refused_and_the_others_stay(portal: Portal) -> None:
    id = portal.decided(Outcome.NEEDS_INFO)
    recruiter = portal.signed_in(Role.RECRUITER)
    first, second, *_ = fields(recruiter.get(f"/verifications/{id}").text)
    sent(portal, id, first.removeprefix(ANSWER_FIELD), "Yes", MOST_ANSWERS)
    refused = recruiter.post(f"/verifications/{id}/answers", **{second: "One more"})
    assert refused.status_code == 422
    assert f"at most {MOST_ANSWERS} answers" in refused.text
    assert len(kept(portal, id)) == MOST_ANSWERS
