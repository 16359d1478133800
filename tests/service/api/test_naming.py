"""A recruiter reads who was taken for the candidate, names somebody else, and submits again."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.finding import Check, Strength
from models.policy import Policy, Requirement
from models.stage import Stage
from samples.footage import Clip, write
from service.store.actor import SYSTEM
from tests.faces.conftest import collins, hopper, lit, room, scaled
from tests.service.api.conftest import Service, an_order
from tests.service.api.test_chip import findings
from tests.service.api.test_requests import a_passport, status, verify
from verifiers.picture import Pixels

__all__ = ["collins", "hopper"]

FACE_ONLY = Policy(
    name="face only",
    required={Stage.INTERVIEW: (Requirement(check=Check.FACE, strength=Strength.MODERATE),)},
    allow_specimens=True,
)
SOMEBODY = {"file": "call.mp4", "seconds": 0.5, "point": {"x": 0.75, "y": 0.6}}


@pytest.fixture
def call(tmp_path: Path, collins: Pixels, hopper: Pixels) -> bytes:
    """Two seconds of the one on the passport, at the left, beside somebody else."""
    scene = room((scaled(collins, 0.95), 10), (scaled(hopper, 0.8), 360))
    frames = (np.roll(lit(scene, 1 + 0.1 * np.sin(i / 4)), i % 5, axis=1) for i in range(20))
    film = tmp_path / "rendered.mp4"
    write(Clip(tuple(frames)), film)
    return film.read_bytes()


def address(verification: str) -> str:
    return f"/v1/verifications/{verification}/candidate-at"


def problem(answer: Any) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def test_who_is_named_after_a_verdict_is_compared_and_may_be_another_person(
    service: Service, call: bytes
) -> None:
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.access.set_policy(FACE_ONLY)
    verification = service.order()
    service.send(verification, ("passport.jpg", a_passport(1200)))
    service.send(verification, ("call.mp4", call), to="footage")
    verify(service, verification)
    assert status(service, verification)["outcome"] == "verified"
    report = service.client.get(f"/v1/verifications/{verification}/report").text
    assert "The candidate is the one who agrees best with the document&#39;s portrait." in report
    (shown,) = re.findall(r"name <code>([^<]+)</code>", report)
    file, seconds, x, y = re.split("[@:,]", shown)

    late = SOMEBODY | {"seconds": 60}
    assert problem(service.client.put(address(verification), json=late)) == (422, "after-the-end")
    other = {"file": file, "seconds": float(seconds), "point": {"x": float(x), "y": float(y)}}
    assert service.client.put(address(verification), json=other).status_code == 200
    verify(service, verification)
    assert status(service, verification)["outcome"] == "review"
    match = findings(service, verification)["face.match.other_person"]
    (told,) = (seen for seen in match["seen"] if seen["what"] == "the candidate")
    assert (told["value"], told["file"]) == ("was named by the recruiter", "call.mp4")
    report = service.client.get(f"/v1/verifications/{verification}/report").text
    assert "was named by the recruiter, at" in report


def test_a_name_is_kept_with_the_order_and_can_be_taken_back(service: Service) -> None:
    verification = service.order()
    service.send(verification, ("call.mp4", b"any bytes"), to="footage")
    order = f"/v1/verifications/{verification}/order"
    for named in (SOMEBODY, SOMEBODY | {"point": None}):
        assert service.client.put(address(verification), json=named).status_code == 200
        assert service.client.get(order).json()["candidate_at"] == named
    assert service.client.delete(address(verification)).status_code == 204
    assert service.client.get(order).json()["candidate_at"] is None
    assert service.actions().count("order.amended") == 3


def test_an_order_may_name_the_candidate_before_there_is_footage(service: Service) -> None:
    order = an_order(candidate_at=SOMEBODY)
    made = service.client.post("/v1/verifications", json=order)
    assert made.status_code == 201
    stored = service.client.get(f"/v1/verifications/{made.json()['id']}/order").json()
    assert stored["candidate_at"] == SOMEBODY


def test_the_second_recording_of_one_name_is_named_as_in_reports(service: Service) -> None:
    verification = service.order()
    for _ in range(2):
        service.send(verification, ("call.mp4", b"any bytes"), to="footage")
    names = ("call.mp4", "call.mp4 (2)", "call.mp4 (3)")
    answers = [
        service.client.put(address(verification), json=SOMEBODY | {"file": name}) for name in names
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 422]


def test_a_recording_that_is_not_there_is_refused_and_a_document_is_none(service: Service) -> None:
    verification = service.order()
    service.send(verification, ("call.mp4", b"a document by any name"))
    answer = service.client.put(address(verification), json=SOMEBODY)
    assert problem(answer) == (422, "no-such-recording")
    assert "call.mp4" not in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"seconds": -1},
        {"seconds": "soon"},
        {"point": {"x": 1.5, "y": 0.5}},
        {"point": {"x": 0.5}},
        {"file": ""},
        {"frame": 3},
    ],
)
def test_what_no_frame_has_is_invalid(service: Service, wrong: dict[str, Any]) -> None:
    verification = service.order()
    service.send(verification, ("call.mp4", b"any bytes"), to="footage")
    answer = service.client.put(address(verification), json=SOMEBODY | wrong)
    assert problem(answer) == (422, "invalid")


def test_nobody_is_named_under_a_worker_nor_by_another_tenant(service: Service) -> None:
    verification = service.order()
    service.send(verification, ("call.mp4", b"any bytes"), to="footage")
    theirs = {"Authorization": f"Bearer {service.other_key}"}
    for method, body in (("PUT", SOMEBODY), ("DELETE", None)):
        answer = service.client.request(method, address(verification), json=body, headers=theirs)
        assert problem(answer) == (404, "not-found")
    service.client.post(f"/v1/verifications/{verification}/submit")
    for method, body in (("PUT", SOMEBODY), ("DELETE", None)):
        answer = service.client.request(method, address(verification), json=body)
        assert problem(answer) == (409, "in-work")
