"""What happens to every request, whoever answers it: headers, one log line, no trace outside."""

import traceback
from time import perf_counter

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import problem

log = structlog.get_logger()

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
}
"""Where a route sets one of these itself, its own stands."""
CLIENT_WENT_AWAY = 499
"""In the log only: nobody is there to be answered."""


class Edge:
    """ASGI middleware, the outermost of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see to it that something presentable comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        status: int | None = None

        async def send_safely(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(scope, message)
            await send(message)

        try:
            await self._app(scope, receive, send_safely)
        except ClientDisconnect:
            status = status or CLIENT_WENT_AWAY
        except Exception as error:
            # Not raised further: the server would log the message, which may quote a candidate.
            log.error("defect", error=type(error).__name__, where=_where(error))
            if status is None:
                detail = "Something went wrong on our side; nothing was lost."
                await problem(500, "internal", detail)(scope, receive, send_safely)
        finally:
            # The template and not the path: ids of people stay out of the log.
            log.info(
                "request",
                method=scope["method"],
                route=getattr(scope.get("route"), "path", None),
                status=status,
                milliseconds=round((perf_counter() - began) * 1000, 1),
            )


def _add_headers(scope: Scope, message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope["path"].startswith(("/v1/", "/capture/")):
        headers.setdefault("Cache-Control", "no-store")


def _where(error: BaseException) -> list[str]:
    """Files and lines the error went through, without its message or any value."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
