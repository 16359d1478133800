"""Every error the service answers with, as an RFC 9457 problem.

400 bad-request         the request breaks the protocol or the schema
404 not-found           no such resource, or none that this caller may see
405 method-not-allowed
500 internal            a defect of ours; the log has the trace, the answer never does
503 not-ready           something the service needs is down
"""

from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

log = structlog.get_logger()


class NotReady(Exception):
    """Something that the service needs does not answer; `what` names it without its address."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def problem(status: int, name: str, detail: str) -> JSONResponse:
    """An RFC 9457 problem with a stable `type`."""
    return JSONResponse(
        status_code=status,
        media_type="application/problem+json",
        content={
            "type": f"urn:bonafide:problem:{name}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
        },
    )


def install(app: FastAPI) -> None:
    """Make every error of this application a problem."""

    @app.exception_handler(NotReady)
    async def _not_ready(_: Request, error: NotReady) -> JSONResponse:
        return problem(503, "not-ready", f"{error.what} does not answer; try again shortly.")

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        name = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
        return problem(error.status_code, name, str(error.detail))

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        # Where and why, never the value: it may be personal data.
        told = "; ".join(
            f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors()
        )
        return problem(400, "bad-request", told)

    @app.exception_handler(Exception)
    async def _defect(request: Request, error: Exception) -> JSONResponse:
        log.error("defect", route=request.url.path, error=type(error).__name__)
        return problem(500, "internal", "Something went wrong on our side; nothing was lost.")
