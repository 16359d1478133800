"""A challenge is chosen by the service, answered once and in time, and kept with its recording."""

import io
import json
import zipfile
from typing import Any
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from models.challenge import Act, Challenge, Need
from service.store.actor import SYSTEM
from service.store.challenge_tables import GivenChallenge
from service.store.challenges import MOST_A_DAY
from tests.service.api.asking import LABEL, Clock, answer, ask, evidence_of, form, said
from tests.service.api.conftest import Service, a_jpeg

NEEDS_OF = {
    Need.HEAD: {
        *(Act.TURN_LEFT, Act.TURN_RIGHT, Act.LOOK_UP),
        *(Act.LOOK_DOWN, Act.NOD, Act.MOVE_CLOSER),
    },
    Need.HANDS: {Act.HAND_ACROSS},
    Need.SIGHT: {Act.READ_DIGITS},
    Need.SPEECH: {Act.READ_DIGITS},
    Need.EYES: {Act.BLINK_TWICE},
    Need.LIGHT: {Act.COLOURS},
}


@pytest.fixture
def clock(service: Service) -> Clock:
    """The time of the service."""
    service.store.clock = Clock()
    return service.store.clock


def challenges(service: Service, verification: str) -> list[dict[str, Any]]:
    listed = service.client.get(f"/v1/verifications/{verification}/challenges")
    assert listed.status_code == 200, listed.text
    items: list[dict[str, Any]] = listed.json()["items"]
    return items


def problem(answered: Any, status: int) -> str:
    assert answered.status_code == status, answered.text
    assert answered.headers["content-type"] == "application/problem+json"
    return str(answered.json()["type"]).rpartition(":")[2]


def test_an_answer_becomes_a_recording_with_what_was_asked_and_when_it_came(
    service: Service, clock: Clock
) -> None:
    verification = service.order()
    given = ask(service, verification)
    assert [one["state"] for one in challenges(service, verification)] == ["open"]
    pictures = [a_jpeg() + bytes([n]) for n in range(3)]
    clock.pass_by(seconds=30)
    sent = answer(service, verification, given, form(said(given), pictures, [0, 0.21, 0.4]))
    assert sent.status_code == 201, sent.text
    assert sent.json()["state"] == "answered"

    (file,) = evidence_of(service, verification)
    assert (file["kind"], file["name"], file["ready"]) == ("footage", "challenge", True)
    assert file["id"] == sent.json()["evidence_id"]
    archive = zipfile.ZipFile(io.BytesIO(service.client.get(f"/v1/evidence/{file['id']}").content))
    listing = json.loads(archive.read("frames.json"))["frames"]
    assert [frame["seconds"] for frame in listing] == [0, 0.21, 0.4]
    assert [archive.read(frame["file"]) for frame in listing] == pictures

    with service.store.tenant(service.tenant, SYSTEM) as t:
        (kept,) = t.challenges.answered(UUID(verification))
    answered = kept.called("challenge")
    assert answered.challenge == Challenge.model_validate(given["challenge"])
    assert answered.answer
    assert answered.answer.model_dump(mode="json", exclude_none=True) == said(given)
    assert answered.received_at == clock.now
    assert service.client.post(f"/v1/verifications/{verification}/submit").status_code == 202


def test_no_two_challenges_are_the_same(service: Service) -> None:
    given = [ask(service, service.order())["challenge"] for _ in range(5)]
    assert len({one["nonce"] for one in given}) == 5
    assert len({json.dumps(one["steps"]) for one in given}) == 5


def test_an_answer_that_begins_after_the_end_is_too_late(service: Service, clock: Clock) -> None:
    verification = service.order()
    given = ask(service, verification)
    clock.pass_by(minutes=3, seconds=1)
    late = answer(service, verification, given)
    assert problem(late, 410) == "challenge-expired"
    assert "new one" in late.json()["detail"]
    assert [one["state"] for one in challenges(service, verification)] == ["expired"]
    assert not evidence_of(service, verification)
    assert not service.blob_files


def test_a_challenge_is_answered_once(service: Service) -> None:
    verification = service.order()
    given = ask(service, verification)
    assert answer(service, verification, given).status_code == 201
    assert problem(answer(service, verification, given), 409) == "challenge-used"
    assert len(evidence_of(service, verification)) == 1


def test_an_answer_to_another_challenge_is_none(service: Service) -> None:
    verification = service.order()
    first, second = ask(service, verification), ask(service, verification)
    sent = answer(service, verification, second, form(said(first), [a_jpeg()]))
    assert problem(sent, 422) == "another-challenge"
    assert first["challenge"]["nonce"] not in sent.text
    elsewhere = answer(service, service.order(), first)
    assert problem(elsewhere, 404) == "not-found"
    assert not evidence_of(service, verification)
    assert not service.blob_files
    assert answer(service, verification, second).status_code == 201


WRONG: tuple[Any, ...] = (
    "",
    "{]",
    "[]",
    "[" * 5000,
    {"shown": []},
    {"shown": [9.0, *[1.0] * 10]},
    {"nonce": "A" * 32},
    {"camera": {"label": LABEL, "width": -1}},
    {"camera": {LABEL: 1}},
    {LABEL: 1},
)


def test_what_is_no_answer_is_told_without_what_it_said(service: Service) -> None:
    verification = service.order()
    given = ask(service, verification)
    for wrong in WRONG:
        told = wrong if isinstance(wrong, str) else said(given, **wrong)
        with capture_logs() as logs:
            sent = answer(service, verification, given, form(told, [a_jpeg()]))
        assert problem(sent, 422) == "invalid", wrong
        assert "answer" in sent.json()["detail"]
        for written in (sent.text, str(logs)):
            assert "Anna" not in written
            assert given["challenge"]["nonce"] not in written
    assert not evidence_of(service, verification)
    assert not service.blob_files


def test_an_answer_comes_before_its_times_and_frames(service: Service) -> None:
    verification = service.order()
    given = ask(service, verification)
    parts = form(said(given), [a_jpeg()])
    assert problem(answer(service, verification, given, parts[::-1]), 422) == "invalid"
    assert problem(answer(service, verification, given, parts[:1]), 422) == "invalid"


def test_nobody_gets_challenges_until_one_suits(service: Service, clock: Clock) -> None:
    verification = service.order()
    for _ in range(MOST_A_DAY):
        ask(service, verification)
    refused = service.client.post(f"/v1/verifications/{verification}/challenges", json={})
    assert problem(refused, 409) == "too-many-challenges"
    assert "tomorrow" in refused.json()["detail"]
    clock.pass_by(days=1)
    ask(service, verification)
    ask(service, service.order())


def test_what_is_being_verified_asks_for_nothing_more(service: Service) -> None:
    verification = service.order()
    given = ask(service, verification)
    service.send(verification, ("a.jpg", a_jpeg()))
    service.client.post(f"/v1/verifications/{verification}/submit")
    asked = service.client.post(f"/v1/verifications/{verification}/challenges", json={})
    assert problem(asked, 409) == "not-taking-evidence"
    assert problem(answer(service, verification, given), 409) == "not-taking-evidence"
    service.conclude(verification)
    ask(service, verification)


def test_what_somebody_cannot_do_is_never_asked_for(service: Service) -> None:
    for need in Need:
        verification = service.order()
        for _ in range(5):
            given = ask(service, verification, need.value)
            challenge = Challenge.model_validate(given["challenge"])
            assert challenge.without == {need}
            assert not {step.act for step in challenge.steps} & NEEDS_OF[need]
            assert len({step.act for step in challenge.steps}) >= 4
        # Theirs to know: the ATS and those who decide are not told.
        listed = service.client.get(f"/v1/verifications/{verification}/challenges").text
        assert need.value not in listed


def test_a_screen_never_flashes_over_three_times_a_second(service: Service) -> None:
    flashing = 0
    verification = service.order()
    for _ in range(MOST_A_DAY):
        # Sitting still, so that light is what is left.
        given = ask(service, verification, "head")
        for step in Challenge.model_validate(given["challenge"]).steps:
            assert len(step.colours) <= 3 * step.seconds
            flashing += bool(step.colours)
    assert flashing


def test_who_can_be_asked_for_nothing_is_offered_another_way(service: Service) -> None:
    refused = service.client.post(
        f"/v1/verifications/{service.order()}/challenges", json={"without": ["head", "light"]}
    )
    assert problem(refused, 422) == "nothing-to-ask"
    assert "in person" in refused.json()["detail"]


def test_the_audit_tells_that_it_was_asked_and_answered_and_nothing_else(service: Service) -> None:
    verification = service.order()
    with capture_logs() as logs:
        given = ask(service, verification)
        sent = answer(service, verification, given).json()
    told = service.client.get("/v1/audit").json()["items"]
    by_action = {entry["action"]: entry for entry in told}
    assert by_action["challenge.asked"]["details"] == {"challenge": given["id"]}
    assert by_action["challenge.answered"]["details"] == {
        "challenge": given["id"],
        "evidence": sent["evidence_id"],
    }
    for secret in (given["challenge"]["nonce"], "Anna"):
        assert secret not in str(told)
        assert secret not in str(logs)


def test_a_recording_that_was_taken_back_leaves_its_challenge_answered(service: Service) -> None:
    verification = service.order()
    given = ask(service, verification)
    evidence = answer(service, verification, given).json()["evidence_id"]
    assert service.client.delete(f"/v1/evidence/{evidence}").status_code == 204
    (left,) = challenges(service, verification)
    assert (left["state"], left["evidence_id"]) == ("answered", None)
    assert problem(answer(service, verification, given), 409) == "challenge-used"
    with service.store.tenant(service.tenant, SYSTEM) as t:
        assert t.challenges.answered(UUID(verification)) == []
    with service.store._transaction() as session:
        row = session.get_one(GivenChallenge, UUID(given["id"]))
        assert row.answered_at
        assert row.sealed_answer is None  # What was said of the recording went with it.
