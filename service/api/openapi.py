"""The OpenAPI document: every answer a route gives, problems among them."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.errors import MEDIA_TYPE, TITLES, Problem

DESCRIPTION = """
Bonafide verifies who a candidate is: order a verification, send documents, recordings and claims,
submit, and read a verdict with its reasons and evidence. It never rejects anybody: a person
decides.

**Life of a verification.** `awaiting_evidence` → (submit) `queued` → `running` → `completed`,
`parked` (a person must look, `problem` says why) or `cancelled`. Submitting again after more
evidence makes the next *generation*.

**Errors** are problems (RFC 9457) of media type `application/problem+json` with a stable `type`.

**Large recordings** go by resumable upload (tus 1.0.0) to `…/uploads`.
"""
TAGS = [
    {"name": "Verifications", "description": "Order, submit, follow, cancel and delete."},
    {"name": "Evidence", "description": "Documents, recordings and frames."},
    {"name": "Challenges", "description": "What a person is asked to do before a camera."},
    {"name": "Resumable uploads", "description": "tus 1.0.0: creation and termination."},
    {"name": "Verdicts", "description": "What was found, and why."},
    {"name": "Decisions", "description": "What people decide beside the verdict."},
    {"name": "Screening", "description": "What sanctions lists say, for compliance alone."},
    {"name": "Deliveries", "description": "Events sent to receivers."},
    {"name": "Webhooks", "description": "Signed orders and sightings from a company's systems."},
    {"name": "Surroundings", "description": "Visits, devices, shipments and pay."},
    {"name": "Audit", "description": "Who saw or did what."},
    {"name": "Health", "description": "For whoever runs the service."},
]


Answers = dict[int | str, dict[str, Any]]
"""What FastAPI takes as the `responses` of a route."""


def answers(status: int, answer: dict[str, Any], *problem_statuses: int) -> Answers:
    """An answer of a route, told by hand, and the problems it may answer with."""
    told: Answers = {status: answer}
    return told | problems(*problem_statuses)


def content(media_type: str, description: str) -> dict[str, Any]:
    """An answer of bytes."""
    schema = {"type": "string", "format": "binary"}
    return {"description": description, "content": {media_type: {"schema": schema}}}


def problems(*statuses: int) -> Answers:
    """The problems that a route may answer with, beside those that every route may."""
    ref = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": ref}}}
        for status in statuses
    }


def describe(app: FastAPI) -> None:
    """Make `app.openapi` tell problems as they are."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema()
    for path, item in document["paths"].items():
        for operation in item.values():
            _complete_answers(path, operation["responses"])
            for parameter in operation.get("parameters", ()):
                # Asked for by hand in `uploads.py`: without it the answer is 412 and not 422.
                if parameter["name"] == "tus-resumable":
                    parameter |= {"required": True, "schema": {"const": "1.0.0"}}
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            for name, schema in body.get("schema", {}).pop("$defs", {}).items():
                schemas[f"{name}-Input"] = AS_SENT.get(name, schema)
    schemas["Consent-Input"]["properties"]["verification"]["const"] = True
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document


def _complete_answers(path: str, answers: dict[str, Any]) -> None:
    common = problems(401, 403, 422, 503) if path.startswith("/v1/") else {}
    for status, answer in common.items():
        answers[str(status)] = answer


AS_SENT: dict[str, Any] = {
    "ClaimedDate": {
        "type": "string",
        "title": "ClaimedDate",
        "description": "`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an empty text is no date.",
        "pattern": r"^\s*([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?\s*$",
        "examples": ["2019-04"],
    }
}
"""Schemas of types that read more than their fields: what a client should send."""
