"""schemathesis over the OpenAPI: whatever is sent, the answer is one that the document promises."""

import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.types import Receive, Scope, Send

from models.verdict import Outcome
from service.api.caller import Parts
from service.app import create_app
from tests.service.api.conftest import Service, a_jpeg, a_service

KEEP_GOING = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


class Seeded:
    """The application under test, which is made when the first example runs."""

    service: Service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to it."""
        await self.service.client.app(scope, receive, send)


def _claims_tried_once(part: Any) -> Any:
    """The document with claims as any object within orders.

    What they hold is tried where they have an address of their own: it takes half a minute.
    """
    if isinstance(part, list):
        return [_claims_tried_once(one) for one in part]
    if not isinstance(part, dict):
        return part
    if {"$ref": "#/components/schemas/Claims-Input"} in part.get("anyOf", ()):
        return {"type": ["object", "null"]}
    return {name: _claims_tried_once(one) for name, one in part.items()}


seeded = Seeded()
# Read at import: pytest makes a test of every operation.
document = schemathesis.openapi.from_dict(
    _claims_tried_once(create_app(cast(Parts, None)).openapi())
)
document.app = seeded
# tus asks for 412 where its version is missing or another.
document.config.checks.missing_required_header.expected_statuses += ["412"]
document.config.checks.negative_data_rejection.expected_statuses += ["412"]


@schemathesis.serializer("application/offset+octet-stream")
def _as_it_is(_: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


BEYOND_SCHEMA = {
    "POST /v1/hooks/{tenant}/orders": "a signature",
    "POST /v1/verifications": "lines without control characters, dates of the calendar, no answers",
    "PUT /v1/verifications/{verification}/claims": "dates of the calendar, birth after 1900",
    "POST /v1/hooks/{tenant}/surroundings": "a signature",
    "PUT /v1/verifications/{verification}/surroundings": "addresses of networks, full lines",
    "POST /v1/verifications/{verification}/inventories": "an export that is known",
    "POST /v1/resumes": "a PDF or DOCX with text",
    "PUT /v1/verifications/{verification}/candidate-at": "a recording that was sent",
    "PUT /v1/verifications/{verification}/answers": "what a verdict asked, no control characters",
    "GET /v1/verifications": "moments of our time, lines without control characters",
    "POST /v1/verifications/{verification}/challenges": "something that is left to ask for",
    "POST /v1/verifications/{verification}/challenges/{challenge}/answer": "the nonce it was given",
    "PUT /v1/verifications/{verification}/prompts": "a recording that was sent",
    "POST /v1/verifications/{verification}/frames": "as many times as frames, rising",
    "POST /v1/verifications/{verification}/uploads": "metadata in base64, a bound for each kind",
    "PATCH /v1/uploads/{upload}": "no more bytes than were announced",
}
"""What JSON Schema cannot say: there, a request that it allows may still be refused."""
UNKNOWN_HEADER = "x-schemathesis-unknown-property"


@pytest.fixture(scope="module", autouse=True)
def _service() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as home, a_service(Path(home)) as seeded.service:
        yield


_known: dict[str, str] = {}
_uses = cycle(range(6))
_kinds = cycle(["new", "sent", "queued", "completed", "hold", "new", "completed"])


def _some_ids(service: Service) -> dict[str, str]:
    """Ids that are there, of a verification in one state after another."""
    kind = next(_kinds)
    more: Any = {"callback": "https://93.184.215.14/hook"}
    if kind == "completed":
        verification = service.completed(**more)
    elif kind == "hold":
        verification = service.completed(Outcome.HOLD, **more)
    elif kind == "queued":
        verification = service.submitted(**more)
    else:
        verification = service.order(**more)
    client = service.client
    base = f"/v1/verifications/{verification}"
    ids = {"verification": verification, "name": "presence-1"}
    ids["candidate"] = client.get(base).json()["candidate_id"]
    if kind == "sent":
        service.send(verification, ("a.jpg", a_jpeg()))
    if kind == "new":
        begun = client.post(
            f"{base}/uploads", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "1000"}
        )
        ids["challenge"] = client.post(f"{base}/challenges", json={}).json()["id"]
        ids["upload"] = begun.headers["location"].rpartition("/")[2]
    evidence = client.get(f"{base}/evidence").json()["items"]
    if evidence:
        ids["evidence"] = evidence[-1]["id"]
    client.post(f"{base}/decisions", json={"choice": "ask_candidate", "reason": "x"})
    deliveries = client.get("/v1/deliveries", params={"verification": verification}).json()
    if deliveries["items"]:
        ids["delivery"] = deliveries["items"][0]["id"]
    return ids


def _hold(case: Any, service: Service) -> None:
    """Send a case to ids that are there, where its path was meant to be good, and check all."""
    path = case.meta and case.meta.components.get(ParameterLocation.PATH)
    if path and path.mode is GenerationMode.POSITIVE and case.path_parameters:
        if case.method == "DELETE" or next(_uses) == 0:
            _known.clear()
            _known.update(_some_ids(service))
        for name in case.path_parameters:
            case.path_parameters[name] = _known.get(name, case.path_parameters[name])
    excluded = []
    if case.operation.label in BEYOND_SCHEMA:
        excluded.append(positive_data_acceptance)
    if UNKNOWN_HEADER in (case.headers or {}):  # HTTP asks to ignore those (RFC 9110 §5.1).
        excluded.append(negative_data_rejection)
    case.call_and_validate(
        headers={"Authorization": f"Bearer {service.key}"}, excluded_checks=excluded
    )


# Without webhooks, whose every unsigned body is answered alike: to draw an order takes longest.
@document.exclude(path_regex="^/v1/hooks/").parametrize()
@settings(max_examples=5, suppress_health_check=KEEP_GOING)
def test_every_answer_is_as_documented(case: Any) -> None:
    _hold(case, seeded.service)


@pytest.mark.soak
@document.parametrize()
@settings(max_examples=1000, suppress_health_check=KEEP_GOING)
def test_every_answer_is_as_documented_at_length(case: Any) -> None:
    _hold(case, seeded.service)
