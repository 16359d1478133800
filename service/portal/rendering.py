"""Templates into answers."""

from datetime import datetime
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from models.order import Choice, State
from models.stage import Stage
from models.verdict import Outcome
from service.access.roles import Right
from service.portal import words


def page(request: Request, template: str, status: int = 200, **shown: Any) -> Response:
    """A page, or with a template whose name begins with `_` a part of one."""
    html = (
        _templates()
        .get_template(template)
        .render(visitor=getattr(request.state, "visitor", None), path=request.url.path, **shown)
    )
    return HTMLResponse(html, status)


def see_other(request: Request, address: str) -> Response:
    """Go there (303); a request by htmx is told so in a header, as it would follow unseen."""
    if request.headers.get("hx-request") == "true":
        return Response(status_code=200, headers={"hx-redirect": address})
    return RedirectResponse(address, 303)


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("service.portal"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["moment"] = _moment
    templates.globals |= {
        "words": words,
        "Right": Right,
        "State": State,
        "Stage": Stage,
        "Outcome": Outcome,
        "Choice": Choice,
    }
    return templates


def _moment(at: datetime) -> str:
    return f"{at:%-d %b %Y, %H:%M} UTC"
