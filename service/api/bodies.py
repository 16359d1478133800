"""JSON bodies: bounded, parsed once by pydantic in its strict mode, unknown fields refused.

Strict means that `"true"` is no boolean and `1.0` no integer; dates and ids are strings as JSON has
no other way. Nesting, halves of surrogate pairs and numbers without end are the parser's to refuse.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

from anyio import fail_after, to_thread
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from service.errors import Refused, too_large

JSON_BYTES = 1_000_000
BODY_SECONDS = 60
"""For a whole body of a megabyte at most; anybody may send one."""
MOST_FAULTS_TOLD = 50

Body = TypeVar("Body", bound=BaseModel)


def json_body(model: type[Body]) -> Callable[[Request], Awaitable[Body]]:
    """A dependency that answers the body of a request as `model`."""

    async def read(request: Request) -> Body:
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            raise Refused(415, "unsupported-media-type", "Send it as `application/json`.")
        raw = await bounded_body(request, JSON_BYTES)
        # In a thread: a megabyte of nonsense takes a second to find fault with.
        return await to_thread.run_sync(_understood, model, raw)

    return read


def _understood(model: type[Body], raw: bytes) -> Body:
    try:
        return model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        if error.error_count() > MOST_FAULTS_TOLD:
            raise Refused(
                422, "invalid", f"More than {MOST_FAULTS_TOLD} things do not follow the schema."
            ) from None
        placed = [{**e, "loc": ("body", *e["loc"])} for e in error.errors(include_url=False)]
        # Not chained: the first message quotes what was sent.
        raise RequestValidationError(placed) from None


async def bounded_body(request: Request, most_bytes: int) -> bytes:
    """The whole body. Raises `Refused` where it is larger (413) or too slow (408)."""
    refuse_announced(request, most_bytes)
    body = bytearray()
    try:
        with fail_after(BODY_SECONDS):
            async for piece in bounded(request.stream(), most_bytes):
                body += piece
    except TimeoutError:
        raise Refused(408, "too-slow", f"It did not arrive within {BODY_SECONDS} s.") from None
    return bytes(body)


async def bounded(pieces: AsyncIterator[bytes], most_bytes: int) -> AsyncIterator[bytes]:
    """The same pieces, until there are too many."""
    seen = 0
    async for piece in pieces:
        seen += len(piece)
        if seen > most_bytes:
            raise too_large("This body", most_bytes)
        yield piece


def refuse_announced(request: Request, most_bytes: int) -> None:
    """Refuse by what `Content-Length` says, before anything is read."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > most_bytes:
        raise too_large("This body", most_bytes)


def documented(model: type[BaseModel], **examples: dict[str, Any]) -> dict[str, Any]:
    """What a route says of its JSON body in OpenAPI; `openapi.py` moves the `$defs` into place."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}-Input")
    content: dict[str, Any] = {"schema": schema}
    if examples:
        content["examples"] = {name: {"value": value} for name, value in examples.items()}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}
