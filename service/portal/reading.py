"""Reading a verification: its page, its progress, its report, its evidence."""

import re
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse

from service.api.verdicts import shown_by, verified_by
from service.portal.case import Case, Progress
from service.portal.rendering import page
from service.portal.visitors import Reader
from service.report.page import render
from service.store.results import Work

router = APIRouter()

REPORT_HEADERS = {
    # `allow-same-origin` and no scripts: our page may measure its height, it can do nothing itself.
    "content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-same-origin",
    "x-frame-options": "SAMEORIGIN",
}


@router.get("/verifications/{id}")
def show(request: Request, visitor: Reader, id: UUID) -> Response:
    with visitor.transaction() as t:
        case = Case.read(t, visitor, id)
    return page(request, "verification.html", case=case, problems={}, typed={}, link=None)


@router.get("/verifications/{id}/progress")
def show_progress(
    request: Request, visitor: Reader, id: UUID, seen: Annotated[str, Query()] = ""
) -> Response:
    with visitor.transaction(reads_only=True) as t:
        progress = Progress.of(t.verifications.get(id))
    if not progress.state.in_work:
        return Response(headers={"hx-refresh": "true"})
    if progress.mark == seen:
        return Response(status_code=204)
    return page(request, "_progress.html", progress=progress)


@router.get("/verifications/{id}/report")
def show_report(
    visitor: Reader, id: UUID, generation: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> Response:
    with visitor.transaction() as t:
        generation = generation or max((g for g, _, _ in t.results.decided(id)), default=0)
        verified = verified_by(t, id, generation)
        shown = shown_by(t, Work(id, generation))
        name = t.verifications.order_of(t.verifications.get(id)).candidate.name
    return HTMLResponse(render(verified, shown, candidate=name), headers=REPORT_HEADERS)


@router.get("/evidence/{id}")
def download(visitor: Reader, id: UUID) -> Response:
    with visitor.transaction() as t:
        file, pieces = t.evidence.view(id)
    # Never shown inside the site: what a candidate sent might be a page with scripts.
    return StreamingResponse(
        pieces,
        media_type="application/octet-stream",
        headers={
            "content-disposition": _attachment(file.name),
            "content-length": str(file.size_bytes),
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


def _attachment(name: str) -> str:
    """RFC 6266: a plain name for old readers, the whole one for the others."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
