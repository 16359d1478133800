"""Challenges asked for and answered by API, in a line each."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.service.api.conftest import Service, a_jpeg

LABEL = "Anna's FaceTime camera"


class Clock:
    """The time of a store, which goes by as a test says."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        """Let so much time go by."""
        self.now += timedelta(**time)


def ask(service: Service, verification: str, *without: str) -> dict[str, Any]:
    """A new challenge, as the service tells it."""
    answer = service.client.post(
        f"/v1/verifications/{verification}/challenges", json={"without": without}
    )
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def said(given: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What a page says of a good answer."""
    challenge = given["challenge"]
    return {
        "nonce": challenge["nonce"],
        "shown": [step["begins"] for step in challenge["steps"]],
        "camera": {"label": LABEL, "width": 640, "height": 480, "frame_rate": 30.0},
    } | changes


Parts = list[tuple[str, tuple[str | None, bytes]]]


def form(answer: dict[str, Any] | str, pictures: Sequence[bytes], times: Any = None) -> Parts:
    """The parts of an answer, in the order they are sent."""
    told = answer if isinstance(answer, str) else json.dumps(answer)
    moments = json.dumps([n / 5 for n in range(len(pictures))] if times is None else times)
    return [
        ("answer", (None, told.encode())),
        ("times", (None, moments.encode())),
        *(("frames", (f"{n}.jpg", picture)) for n, picture in enumerate(pictures)),
    ]


def answer(
    service: Service,
    verification: str,
    given: dict[str, Any],
    parts: Parts | None = None,
    **more: Any,
) -> Any:
    """Answer a challenge, with three frames unless told otherwise."""
    address = f"/v1/verifications/{verification}/challenges/{given['id']}/answer"
    return service.client.post(
        address, files=parts or form(said(given), [a_jpeg() + bytes([n]) for n in range(3)]), **more
    )


def evidence_of(service: Service, verification: str) -> list[dict[str, Any]]:
    """The files of a verification."""
    listed = service.client.get(f"/v1/verifications/{verification}/evidence").json()
    items: list[dict[str, Any]] = listed["items"]
    return items
