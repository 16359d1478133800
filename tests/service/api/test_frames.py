"""Frames with their times become one recording, or nothing."""

import json
from typing import Any

import pytest

from service.api import frames
from tests.service.api.conftest import Service, a_jpeg


def _send(service: Service, verification: str, times: Any, pictures: list[bytes]) -> Any:
    said = times if isinstance(times, str) else json.dumps(times)
    files = [("frames", (f"{n}.jpg", picture)) for n, picture in enumerate(pictures)]
    return service.client.post(
        f"/v1/verifications/{verification}/frames", data={"times": said}, files=files
    )


def _nothing_left(service: Service, verification: str) -> bool:
    listed = service.client.get(f"/v1/verifications/{verification}/evidence").json()["items"]
    return listed == [] and service.blob_files == []


def test_frames_are_stored_as_one_recording(service: Service) -> None:
    verification = service.order()
    pictures = [a_jpeg() + bytes([n]) for n in range(30)]
    answer = _send(service, verification, [n / 5 for n in range(30)], pictures)
    assert answer.status_code == 201, answer.text
    (file,) = answer.json()["items"]
    assert (file["kind"], file["ready"]) == ("footage", True)
    content = service.client.get(f"/v1/evidence/{file['id']}").content
    places = [content.index(picture) for picture in pictures]
    assert places == sorted(places)
    assert service.client.post(f"/v1/verifications/{verification}/submit").status_code == 202


@pytest.mark.parametrize(
    "times",
    [
        [],
        [0],
        [0, 1, 2],
        [0, 0],
        [1, 0],
        [-1, 0],
        [0, 1e9],
        "[0, NaN]",
        "[0, Infinity]",
        '["0", "1"]',
        "[0, 1",
        "{}",
        "",
        "[" * 10_000,
        "[0, " + "9" * 5000 + "]",
        [n / 10 for n in range(5001)],
    ],
)
def test_times_that_do_not_fit_the_frames_are_refused(service: Service, times: Any) -> None:
    verification = service.order()
    answer = _send(service, verification, times, [a_jpeg(), a_jpeg()])
    assert answer.status_code == 422, answer.text
    assert answer.json()["type"].rpartition(":")[2] in ("invalid", "unusable-file")
    assert _nothing_left(service, verification)


def test_frames_before_their_times_are_refused(service: Service) -> None:
    verification = service.order()
    answer = service.client.post(
        f"/v1/verifications/{verification}/frames",
        files=[("frames", ("0.jpg", a_jpeg())), ("times", (None, b"[0]"))],
    )
    assert answer.status_code == 422
    assert "times" in answer.json()["detail"]
    assert _nothing_left(service, verification)


def test_an_empty_frame_is_refused(service: Service) -> None:
    verification = service.order()
    answer = _send(service, verification, [0, 1], [a_jpeg(), b""])
    assert answer.status_code == 422
    assert answer.json()["file"] == "frames"
    assert "frame 2" in answer.json()["problem"]
    assert _nothing_left(service, verification)


def test_a_frame_and_all_frames_together_are_bounded(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    verification = service.order()
    monkeypatch.setattr(frames, "FRAME_BYTES", 2000)
    assert _send(service, verification, [0], [a_jpeg() + bytes(2000)]).status_code == 413
    monkeypatch.setattr(frames, "BODY_BYTES", 4000)
    many = [a_jpeg() + bytes(1000)] * 3
    assert _send(service, verification, [0, 1, 2], many).status_code == 413
    assert _nothing_left(service, verification)
