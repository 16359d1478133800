"""What an interviewer asked for is kept with the recording that it was asked in."""

from typing import Any
from uuid import UUID

from models.challenge import Act, Origin
from service.store.actor import SYSTEM
from tests.service.api.asking import answer, ask, evidence_of
from tests.service.api.conftest import Service, a_jpeg

PROMPTS = [{"act": "hand_across", "seconds": 40.5}, {"act": "turn_left", "seconds": 12.0}]


def put(service: Service, verification: str, recording: str, prompts: Any) -> Any:
    said = {"recording": recording, "prompts": prompts}
    return service.client.put(f"/v1/verifications/{verification}/prompts", json=said)


def filmed(service: Service, *names: str) -> str:
    verification = service.order()
    service.send(verification, *((name, a_jpeg()) for name in names), to="footage")
    return verification


def read(service: Service, verification: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = service.client.get(
        f"/v1/verifications/{verification}/prompts"
    ).json()["items"]
    return items


def test_prompts_become_a_challenge_by_word_of_mouth(service: Service) -> None:
    verification = filmed(service, "call.mp4", "call.mp4")
    second = evidence_of(service, verification)[1]["id"]
    assert put(service, verification, "call.mp4 (2)", PROMPTS).status_code == 200
    (told,) = read(service, verification)
    assert told["recording"] == "call.mp4 (2)"
    assert [one["seconds"] for one in told["prompts"]] == [12.0, 40.5]
    with service.store.tenant(service.tenant, SYSTEM) as t:
        (kept,) = t.challenges.answered(UUID(verification))
    asked = kept.called("call.mp4 (2)")
    assert (str(kept.evidence), asked.challenge.origin) == (second, Origin.INTERVIEWER)
    assert [(step.act, step.begins) for step in asked.challenge.steps] == [
        (Act.TURN_LEFT, 12.0),
        (Act.HAND_ACROSS, 40.5),
    ]
    assert (asked.answer, asked.received_at) == (None, None)


def test_prompts_are_replaced_and_taken_back_until_it_is_submitted(service: Service) -> None:
    verification = filmed(service, "call.mp4")
    put(service, verification, "call.mp4", PROMPTS)
    put(service, verification, "call.mp4", PROMPTS[:1])
    assert [len(one["prompts"]) for one in read(service, verification)] == [1]
    assert put(service, verification, "call.mp4", []).json() == {"items": []}
    assert read(service, verification) == []
    put(service, verification, "call.mp4", PROMPTS)
    service.client.post(f"/v1/verifications/{verification}/submit")
    refused = put(service, verification, "call.mp4", [])
    assert refused.json()["type"] == "urn:bonafide:problem:not-taking-evidence"
    assert len(read(service, verification)) == 1
    assert service.actions().count("prompts.replaced") == 4


def test_whoever_says_what_was_asked_in_one_recording_is_told_of_all(service: Service) -> None:
    verification = filmed(service, "first.mp4", "second.mp4")
    put(service, verification, "first.mp4", PROMPTS)
    told = put(service, verification, "second.mp4", PROMPTS[:1]).json()["items"]
    assert [one["recording"] for one in told] == ["first.mp4", "second.mp4"]
    assert told == read(service, verification)
    left = put(service, verification, "first.mp4", []).json()["items"]
    assert left == told[1:]


def test_prompts_go_with_their_recording(service: Service) -> None:
    verification = filmed(service, "call.mp4")
    put(service, verification, "call.mp4", PROMPTS)
    service.client.delete(f"/v1/evidence/{evidence_of(service, verification)[0]['id']}")
    assert read(service, verification) == []


WRONG: tuple[tuple[str, Any, str], ...] = (
    ("other.mp4", PROMPTS, "no-such-recording"),
    ("call.mp4", [{"act": "colours", "seconds": 1}], "invalid"),
    ("call.mp4", [{"act": "read_digits", "seconds": 1}], "invalid"),
    ("call.mp4", [{"act": "nod", "seconds": 1, "digits": "123"}], "invalid"),
    ("call.mp4", [{"act": "nod", "seconds": -1}], "invalid"),
    ("call.mp4", [{"act": "nod", "seconds": 1}] * 41, "invalid"),
)


def test_what_nobody_can_have_asked_for_is_refused(service: Service) -> None:
    verification = filmed(service, "call.mp4")
    for recording, prompts, name in WRONG:
        refused = put(service, verification, recording, prompts)
        assert refused.status_code == 422
        assert refused.json()["type"] == f"urn:bonafide:problem:{name}"
        assert "call" not in refused.json()["detail"]
    assert read(service, verification) == []


def test_nobody_else_asked_for_anything_in_an_answer_to_a_challenge(service: Service) -> None:
    verification = service.order()
    answer(service, verification, ask(service, verification))
    refused = put(service, verification, "challenge", PROMPTS)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:bonafide:problem:answers-a-challenge"
