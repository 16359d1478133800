"""Presence through the service: an interviewer's prompts, and footage that was sent before."""

from pathlib import Path
from typing import Any

import pytest

from models.challenge import Act, Challenge, Prompt
from samples import footage
from samples.answering import answer
from samples.portraits import identity_one
from tests.service.api.conftest import Service
from tests.service.api.test_requests import verify

PROMPTS = (Prompt(act=Act.TURN_LEFT, seconds=2), Prompt(act=Act.TURN_RIGHT, seconds=8))


def as_mp4(clip: footage.Clip, folder: Path) -> bytes:
    file = folder / "clip.mp4"
    footage.write(clip, file)
    return file.read_bytes()


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Somebody who does in a call what they are asked to."""
    asked = Challenge.by_voice(PROMPTS)
    return as_mp4(answer(identity_one(), asked, seed=5, fps=5), tmp_path_factory.mktemp("call"))


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Somebody who turns their head."""
    return as_mp4(footage.genuine(identity_one()), tmp_path_factory.mktemp("recording"))


def verified(service: Service, sent: bytes, **order: Any) -> str:
    """A verified order with this recording."""
    verification = service.order(**order)
    assert service.send(verification, ("call.mp4", sent), to="footage").status_code == 201
    verify(service, verification)
    return verification


def findings(service: Service, verification: str) -> dict[str, dict[str, Any]]:
    told = service.client.get(f"/v1/verifications/{verification}/verdict").json()["findings"]
    return {found["code"]: found for found in told}


def test_what_an_interviewer_asked_for_supports_moderately_and_is_shown_act_by_act(
    service: Service, call: bytes
) -> None:
    verification = service.order()
    service.send(verification, ("call.mp4", call), to="footage")
    address = f"/v1/verifications/{verification}"
    prompts = [{"act": prompt.act.value, "seconds": prompt.seconds} for prompt in PROMPTS]
    asked = {"recording": "call.mp4", "prompts": prompts}
    assert service.client.put(f"{address}/prompts", json=asked).status_code == 200
    verify(service, verification)
    found = findings(service, verification)["presence.challenge.answered"]
    assert (found["status"], found["strength"]) == ("supports", "moderate")
    report = service.client.get(f"{address}/report").text
    assert "What the interviewer asked for: call.mp4" in report
    shown = report.partition('<ol class="acts">')[2].partition("</ol>")[0]
    assert shown.count("data:image/jpeg") == len(PROMPTS)
    assert shown.index("Turn the head left") < shown.index("Turn the head right")


def test_what_was_not_done_when_asked_is_asked_again_by_its_name(
    service: Service, call: bytes
) -> None:
    verification = service.order()
    service.send(verification, ("call.mp4", call), to="footage")
    address = f"/v1/verifications/{verification}"
    prompts = [{"act": "turn_left", "seconds": 2}, {"act": "hand_across", "seconds": 8}]
    service.client.put(f"{address}/prompts", json={"recording": "call.mp4", "prompts": prompts})
    verify(service, verification)
    found = findings(service, verification)["presence.challenge.missed"]
    assert found["status"] == "unknown"
    assert "move a hand slowly across your face" in found["question"]


def test_one_recording_under_two_names_names_the_other_verification(
    service: Service, recording: bytes
) -> None:
    first = verified(service, recording, candidate={"reference": "one"})
    other = verified(service, recording, candidate={"reference": "two"})
    found = findings(service, other)["presence.reused.other_candidate"]
    assert (found["status"], found["strength"]) == ("contradicts", "strong")
    assert first in found["for_recruiter"]
    assert service.client.get(f"/v1/verifications/{other}").json()["outcome"] == "review"


def test_a_recording_of_an_earlier_stage_is_no_new_one_but_may_be_sent_anew_at_its_own(
    service: Service, recording: bytes
) -> None:
    candidate = {"reference": "one"}
    verified(service, recording, candidate=candidate)
    again = verified(service, recording, candidate=candidate)
    assert not [code for code in findings(service, again) if "reused" in code]
    later = verified(service, recording, candidate=candidate, stage="offer")
    found = findings(service, later)["presence.reused.sent_before"]
    assert (found["status"], found["strength"]) == ("contradicts", "moderate")
    assert "the interview of" in found["for_recruiter"]
