"""The pages as an application of their own beside the API: HTML errors, strict headers, files.

It is mounted over everything that is not the API's, and shares the runtime with it.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.access.sessions import Setup
from service.access.throttle import SignInThrottle
from service.api.caller import Parts
from service.errors import TITLES, Refused
from service.portal import (
    acting,
    answering,
    links,
    listing,
    ordering,
    reading,
    screening,
    signing_in,
)
from service.portal.rendering import page, see_other
from service.portal.visitors import Forbidden, SignedOut
from service.store import blobs, keys
from service.store.errors import Conflict, NotFound

log = structlog.get_logger()

OF_THE_API = ("/v1", "/livez", "/readyz", "/docs", "/redoc", "/openapi.json")
"""Addresses that are no pages; what is unknown below them is a problem, not a page."""

_HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    # Not `no-referrer`: with it browsers send `Origin: null`, and a form's origin is checked.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def install(app: FastAPI, runtime: Parts) -> Setup:
    """Add the pages to an application, after the API's routes.

    Returns the way to the first owner: `setup.url(…)` is for the console, nowhere else.
    """
    setup = Setup(runtime.store)
    pages = FastAPI(openapi_url=None)
    pages.state.runtime = runtime
    pages.state.senders = app.state.senders
    pages.state.setup = setup
    pages.state.throttle = SignInThrottle()
    for room in (signing_in, listing, ordering, reading, links, acting, answering, screening):
        pages.include_router(room.router)
    pages.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    pages.add_middleware(_Headers)
    _answer_errors_as_pages(pages)
    app.router.routes.append(_ButTheApi("/", app=pages))
    return setup


class _ButTheApi(Mount):
    """Everything else. A mount over all would answer for the API where a method is not allowed."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http" or scope["path"].startswith(OF_THE_API):
            return Match.NONE, {}
        return super().matches(scope)


class _Headers:
    """What every answer carries unless it says otherwise itself, as the report does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/static/") and message["status"] < 400:
                    headers["cache-control"] = "max-age=300"
            await send(message)

        await self._app(scope, receive, with_headers)


_SAID = {
    400: "The request is not one that this page sends. Go back, load the page again and retry.",
    404: "There is nothing here, or nothing that you may see.",
    405: "This address is not asked in this way.",
    413: "That is more than can be taken at once.",
    410: "What is stored of this file cannot be opened. Remove it and send it again.",
    500: "Something went wrong on our side. What was stored before is safe.",
    503: "The database does not answer. Nothing was lost; please try again shortly.",
}


def _answer_errors_as_pages(pages: FastAPI) -> None:
    def error(request: Request, status: int, said: str | None = None) -> Response:
        title = TITLES.get(status, "Error")
        said = said or _SAID.get(status, title)
        return page(request, "error.html", status, title=title, said=said)

    @pages.exception_handler(SignedOut)
    async def _signed_out(request: Request, _: SignedOut) -> Response:
        return see_other(request, signing_in.address(_page_asked_for(request)))

    @pages.exception_handler(Forbidden)
    async def _forbidden(request: Request, refused: Forbidden) -> Response:
        return error(request, 403, str(refused))

    @pages.exception_handler(Refused)
    async def _refused(request: Request, refused: Refused) -> Response:
        return error(request, refused.status, refused.detail)

    @pages.exception_handler(NotFound)
    async def _not_found(request: Request, _: NotFound) -> Response:
        return error(request, 404)

    @pages.exception_handler(Conflict)
    async def _conflict(request: Request, refused: Conflict) -> Response:
        return error(request, 409, refused.detail)

    @pages.exception_handler(HTTPException)
    async def _http(request: Request, refused: HTTPException) -> Response:
        return error(request, refused.status_code)

    @pages.exception_handler(RequestValidationError)
    async def _invalid(request: Request, refused: RequestValidationError) -> Response:
        # An id in the path that is none names nothing; anything else no form of ours sends.
        return error(request, 404 if _all_in_path(refused.errors()) else 400)

    @pages.exception_handler(blobs.Missing)
    @pages.exception_handler(keys.Unopenable)
    async def _damaged(request: Request, defect: Exception) -> Response:
        log.error("evidence cannot be opened", error=type(defect).__name__)
        return error(request, 410)

    @pages.exception_handler(OperationalError)
    @pages.exception_handler(InterfaceError)
    @pages.exception_handler(NoConnectionFree)
    async def _database(request: Request, defect: Exception) -> Response:
        log.error("database", error=type(defect).__name__)
        return error(request, 503)

    @pages.exception_handler(Exception)
    async def _defect(request: Request, _: Exception) -> Response:
        return error(request, 500)  # `api/edge.py` writes it down.


def _page_asked_for(request: Request) -> str:
    """Where to go on after signing in: for a part of a page, that page."""
    if request.headers.get("hx-request") == "true":
        with suppress(ValueError):
            return urlsplit(request.headers.get("hx-current-url", "/")).path
        return "/"
    return request.url.path if request.method == "GET" else "/"


def _all_in_path(errors: Sequence[Any]) -> bool:
    return all(error["loc"][0] == "path" for error in errors)
