"""A résumé as draft claims: read in a child process, answered, and forgotten."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter, Request

from models.draft_claims import Draft
from service.api.bodies import refuse_announced
from service.api.caller import Orders
from service.api.multipart import boundary_of, parts
from service.api.openapi import problems
from service.api.receiving import safe_name
from service.api.streaming import Body, bounded
from service.errors import Refused
from verifiers.resume.reading import LARGEST_BYTES, read_resume

router = APIRouter(prefix="/v1", tags=["Evidence"])

BODY_BYTES = LARGEST_BYTES + 100_000
"""Of a request: the file and what multipart adds."""
NAME = "resume"
"""What a file is called that came without a name."""
AT_ONCE = 2
"""Read at the same time; each child takes a core and up to a gigabyte."""
WAITING = 4
"""Wait for their turn at the same time; each holds one of the threads that take bodies."""
PATIENCE_SECONDS = 60.0
_RETRY_SECONDS = 30

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BYTES = "application/octet-stream"
_FILE: dict[str, Any] = {"type": "string", "format": "binary", "minLength": 1}
_FORM: dict[str, Any] = {
    "type": "object",
    "properties": {"file": _FILE},
    "required": ["file"],
    "additionalProperties": False,
}
_SENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {"schema": _FORM},
            **{kind: {"schema": _FILE} for kind in (_PDF, _DOCX, _BYTES)},
        },
    }
}
_reading = threading.BoundedSemaphore(AT_ONCE)
_waiting = threading.BoundedSemaphore(WAITING)


@router.post(
    "/resumes",
    summary="Read a résumé",
    responses=problems(400, 408, 413, 415, 503),
    openapi_extra=_SENT,
    response_model_exclude_none=True,
)
async def read(_: Orders, request: Request, body: Body) -> Draft:
    """Draft claims from a PDF or DOCX of at most 10 MB and 20 pages, for a person to confirm.

    Nothing is stored. A value that is not written is absent; `read` says where each one stood,
    `unsure` and `unread_lines` what to look at before the claims are sent.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    refuse_announced(request, BODY_BYTES)
    if media_type in (_PDF, _DOCX, _BYTES):
        return await body.into(lambda pieces: draft_from(NAME, pieces))
    if media_type != "multipart/form-data":
        detail = "Send it as `multipart/form-data`, or the file itself as what it is."
        raise Refused(415, "unsupported-media-type", detail)
    boundary = boundary_of(request)
    return await body.into(lambda pieces: _of_form(pieces, boundary))


def _of_form(pieces: Iterator[bytes], boundary: bytes) -> Draft:
    sent: tuple[str, bytes] | None = None
    for part in parts(bounded(pieces, BODY_BYTES, "This body"), boundary):
        if part.name != "file" or part.filename is None or sent is not None:
            raise Refused(422, "invalid", "Send one file, in the field `file`.")
        sent = safe_name(part.filename), _whole(part.body)
    if sent is None:
        raise Refused(422, "invalid", "There is no file in this form.")
    with _one_of_few():
        return read_resume(*sent)


def draft_from(name: str, pieces: Iterator[bytes]) -> Draft:
    """Read a résumé that arrives in pieces, when it is its turn.

    Raises:
        UnusableInput: it cannot be read.
        Refused: it is too large (413), arrives too slowly (408), or too many others wait (503).
    """
    data = _whole(pieces)
    with _one_of_few():
        return read_resume(name, data)


def _whole(pieces: Iterator[bytes]) -> bytes:
    return b"".join(bounded(pieces, LARGEST_BYTES, "A résumé"))


@contextmanager
def _one_of_few() -> Iterator[None]:
    if not (_reading.acquire(blocking=False) or _came_round()):
        detail = "Many résumés are being read; please try again shortly."
        raise Refused(503, "not-ready", detail, headers={"Retry-After": str(_RETRY_SECONDS)})
    try:
        yield
    finally:
        _reading.release()


def _came_round() -> bool:
    """Wait for a turn among few; whether it came."""
    if not _waiting.acquire(blocking=False):
        return False
    try:
        return _reading.acquire(timeout=PATIENCE_SECONDS)
    finally:
        _waiting.release()
