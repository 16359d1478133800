"""Every error the service answers with, as an RFC 9457 problem with a stable `type`.

`type` is `urn:bonafide:problem:` and a name; programs go by the name, people by `detail`.

400 malformed-json       the body is no JSON, or nests too deep
    bad-request          the request breaks the protocol (multipart, tus)
401 unauthenticated      no API key, or one that is unknown or revoked
403 forbidden            this caller may not do that
    second-person-needed only people, and two of them, proceed against a hold
404 not-found            no such thing, or none of this tenant: the two are not told apart
405 method-not-allowed
408 too-slow             the body stopped arriving, or an answer took longer than it may
409 …                    it is there but does not allow this now; the store gives the name
    wrong-offset         `expected` says where the upload goes on
410 damaged              what is stored of a file cannot be opened; it must be sent anew
    challenge-expired    its answer began to arrive too late
412 unsupported-version  of tus
413 too-large            a body, or a file in it, above its bound
415 unsupported-media-type
422 invalid              JSON, parameters or headers that break the schema
    unusable-file        `file`, `problem` and `action` say which, what and what to do
    callback-refused     events would not be sent to this address
    no-such-recording    a face was named, or acts were said to be asked for, in footage that was
                         not sent
    after-the-end        a face was named after the end of its recording
    another-challenge    the answer names the nonce of another challenge
    not-asked            an answer to something that no verdict of it asked
    too-many-answers     more than a verification keeps
    nothing-to-ask       nothing that is left to ask for could show presence
423 busy                 another request is sending the same file
429 too-many-requests    a candidate's link, or its machine, asks too often
500 internal             a defect of ours; the log says where, the answer never does
503 not-ready            something the service needs is down, or has too much to do

Malformed JSON is 400 and JSON of the wrong shape 422 (RFC 9110 §15.5.1, §15.5.21). No detail
quotes a value that was sent: it may be personal data.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException

from models.base import Model
from service.store import blobs, keys
from service.store.errors import Conflict, NotFound
from verifiers.unusable import UnusableInput

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    408: "Too slow",
    409: "Not possible now",
    410: "Gone",
    412: "Version not supported",
    413: "Too large",
    415: "Unsupported media type",
    422: "Not valid",
    423: "Busy",
    429: "Too many requests",
    500: "Internal error",
    503: "Not ready",
}
"""Python's own phrases differ between its versions."""


class Problem(Model):
    """What went wrong (RFC 9457)."""

    type: str
    """Stable; programs go by it."""
    title: str
    status: int
    detail: str
    """What to do about it, in plain words."""
    file: str | None = None
    """Of `unusable-file`: which file."""
    problem: str | None = None
    """Of `unusable-file`: what is wrong with it."""
    action: str | None = None
    """Of `unusable-file`: what to do."""
    expected: int | None = None
    """Of `wrong-offset`: where the upload goes on, in bytes."""


class Refused(Exception):
    """A request that is answered with a problem; raised by routes."""

    def __init__(
        self,
        status: int,
        name: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        expected: int | None = None,
    ) -> None:
        super().__init__(name)
        self.status, self.name, self.detail = status, name, detail
        self.headers, self.expected = headers, expected


class NotReady(Exception):
    """Something that the service needs does not answer; `what` names it without its address."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def too_large(what: str, most_bytes: int) -> Refused:
    """The refusal of something above its bound."""
    return Refused(413, "too-large", f"{what} has at most {most_bytes:,} bytes.")


def problem(
    status: int,
    name: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **members: str | int | None,
) -> JSONResponse:
    """The answer that tells a problem."""
    said = Problem.model_validate(
        {
            "type": f"urn:bonafide:problem:{name}",
            "title": TITLES.get(status, "Error"),
            "status": status,
            # What clients send can hold halves of surrogate pairs, which no encoding takes.
            "detail": detail.encode(errors="replace").decode(),
            **members,
        }
    )
    return JSONResponse(
        said.model_dump(mode="json", exclude_none=True),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )


def invalid(error: RequestValidationError) -> JSONResponse:
    """The answer to input that breaks its schema: where and why, never the value."""
    errors = error.errors()
    if any(e["type"] == "json_invalid" for e in errors):
        return problem(400, "malformed-json", "The body is not JSON that can be read.")
    told = [f"{_place(e['loc'])}: {_without_value(e)}" for e in errors[:10]]
    return problem(422, "invalid", "; ".join(told) + ".")


def _place(loc: Sequence[str | int]) -> str:
    """A path such as `body.claims.work.3`. Names of unknown fields are the sender's own words."""
    shown = ("".join(c for c in str(part) if c.isprintable())[:60] for part in loc)
    return ".".join(shown) or "body"


def _without_value(error: Any) -> str:
    message, value = str(error["msg"]), error.get("input")
    if error["type"] not in ("value_error", "assertion_error"):
        return message
    # Our own validators' words, and they may quote what they refuse.
    message = message.removeprefix("Value error, ").replace(repr(value), "this").rstrip(".")
    quoted = isinstance(value, str) and len(value) > 2 and value in message
    return "is not valid" if quoted else message


def install(app: FastAPI) -> None:
    """Make every error of this application a problem. Defects are caught in `api/edge.py`."""

    @app.exception_handler(Refused)
    async def _refused(_: Request, e: Refused) -> JSONResponse:
        return problem(e.status, e.name, e.detail, headers=e.headers, expected=e.expected)

    @app.exception_handler(NotFound)
    async def _not_found(_: Request, error: NotFound) -> JSONResponse:
        return problem(404, "not-found", f"There is no such {error.what}.")

    @app.exception_handler(Conflict)
    async def _conflict(_: Request, error: Conflict) -> JSONResponse:
        return problem(409, error.name, error.detail)

    @app.exception_handler(UnusableInput)
    async def _unusable(_: Request, e: UnusableInput) -> JSONResponse:
        return problem(
            422, "unusable-file", str(e), file=e.file, problem=e.problem, action=e.action
        )

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return invalid(error)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        name = TITLES.get(error.status_code, "error").lower().replace(" ", "-")
        headers = dict(error.headers or {})
        if error.status_code == 405 and (allowed := _allowed(request)):
            headers["Allow"] = allowed
        return problem(error.status_code, name, str(error.detail), headers=headers)

    @app.exception_handler(NotReady)
    async def _not_ready(_: Request, error: NotReady) -> JSONResponse:
        return problem(503, "not-ready", f"{error.what} does not answer; try again shortly.")

    @app.exception_handler(DataError)
    async def _no_value(_: Request, __: DataError) -> JSONResponse:
        return problem(422, "invalid", "A number or a text is out of the bounds of its kind.")

    @app.exception_handler(OperationalError)
    @app.exception_handler(InterfaceError)
    @app.exception_handler(NoConnectionFree)
    async def _database(_: Request, error: Exception) -> JSONResponse:
        log.error("database", error=type(error).__name__)
        return problem(503, "not-ready", "The database does not answer; try again shortly.")

    _install_blobs(app)


def _allowed(request: Request) -> str | None:
    """The methods of an address. Several routes share it, and each by itself knows only its own."""
    template = getattr(request.scope.get("route"), "path", None)
    methods = request.app.openapi()["paths"].get(template, {})
    return ", ".join(sorted(method.upper() for method in methods)) or None


def _install_blobs(app: FastAPI) -> None:
    @app.exception_handler(blobs.WrongOffset)
    async def _wrong_offset(_: Request, error: blobs.WrongOffset) -> JSONResponse:
        return problem(409, "wrong-offset", str(error), expected=error.expected)

    @app.exception_handler(blobs.AlreadyFinished)
    async def _finished(_: Request, _error: blobs.AlreadyFinished) -> JSONResponse:
        return problem(409, "already-finished", "This file is whole already.")

    @app.exception_handler(blobs.Busy)
    async def _busy(_: Request, _error: blobs.Busy) -> JSONResponse:
        return problem(423, "busy", "Another request is sending this file; ask where it stands.")

    @app.exception_handler(blobs.Missing)
    @app.exception_handler(keys.Unopenable)
    async def _damaged(_: Request, error: Exception) -> JSONResponse:
        log.error("evidence cannot be opened", error=type(error).__name__)
        detail = "What is stored of this file cannot be opened; remove it and send it again."
        return problem(410, "damaged", detail)
