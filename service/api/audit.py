"""Who saw or did what. For people with the right to it; a program has none."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from models.base import Model
from service.access.roles import Right, may
from service.api.caller import Audits
from service.api.views import Limit

router = APIRouter(prefix="/v1/audit", tags=["Audit"])


class Wanted(Model):
    """Which entries to list."""

    about: Annotated[str, Field(pattern=r"^[a-z]{1,20}:[0-9a-f-]{36}$")] | None = None
    """One thing, such as `verification:…`."""
    before: Annotated[int, Field(ge=1, le=2**62)] | None = None
    """The `next` of the page before."""
    limit: Limit = 100


class EntryView(Model):
    """One row; details are ids, states and counts."""

    id: int
    at: datetime
    actor: str
    action: str
    about: str
    details: dict[str, str | int | bool | None]


class AuditPage(Model):
    """Some entries, the newest first."""

    items: tuple[EntryView, ...]
    next: int | None


@router.get("", summary="Read the audit")
def read_audit(caller: Audits, wanted: Annotated[Wanted, Query()]) -> AuditPage:
    """Every view of personal data and every decision, the newest first; rows are never changed.

    Who looked at what sanctions lists say, and who judged it, is for compliance alone.
    """
    screening = may(caller.actor, Right.SCREENING)
    with caller.transaction(reads_only=True) as t:
        rows = t.audit.list(
            about=wanted.about, before=wanted.before, limit=wanted.limit, screening=screening
        )
        items = tuple(
            EntryView(
                id=row.id,
                at=row.at,
                actor=row.actor,
                action=row.action,
                about=row.about,
                details=row.details,
            )
            for row in rows
        )
    return AuditPage(items=items, next=items[-1].id if len(items) == wanted.limit else None)
