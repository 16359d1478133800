"""The list of verifications, and the audit."""

from dataclasses import dataclass
from typing import Annotated, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from models.order import State
from models.stage import Stage
from models.verdict import Outcome
from service.access.roles import Right
from service.portal.people import names_of_users
from service.portal.rendering import page, see_other
from service.portal.visitors import Auditor, SomeVisitor
from service.store.verifications import Filter

router = APIRouter()

Kind = TypeVar("Kind", State, Outcome, Stage)

ROWS = 25
ENTRIES = 100


@dataclass(frozen=True)
class Chosen:
    """The filter as it stands in the address; what is unknown there filters nothing."""

    state: State | None = None
    outcome: Outcome | None = None
    stage: Stage | None = None
    reference: str = ""

    @classmethod
    def of(cls, asked: dict[str, str]) -> "Chosen":
        return cls(
            state=_one_of(State, asked.get("state")),
            outcome=_one_of(Outcome, asked.get("outcome")),
            stage=_one_of(Stage, asked.get("stage")),
            reference=asked.get("reference", "").strip()[:200],
        )

    @property
    def filter(self) -> Filter:
        """For the store."""
        return Filter(
            state=self.state,
            outcome=self.outcome,
            stage=self.stage,
            reference=self.reference or None,
        )

    @property
    def anything(self) -> bool:
        """Whether some are left out."""
        return self != Chosen()

    def address(self, after: UUID) -> str:
        """The page of the list that follows this verification."""
        said = {
            name: value
            for name in ("state", "outcome", "stage", "reference")
            if (value := getattr(self, name))
        }
        return f"/?{urlencode({**said, 'after': str(after)})}"


def _one_of(kind: type[Kind], said: str | None) -> Kind | None:
    return kind(said) if said in list(kind) else None


@router.get("/")
def list_verifications(
    request: Request, visitor: SomeVisitor, after: Annotated[UUID | None, Query()] = None
) -> Response:
    if not visitor.may(Right.READ):
        return see_other(request, "/audit")
    chosen = Chosen.of(dict(request.query_params))
    with visitor.transaction() as t:
        rows = t.verifications.list(chosen.filter, after=after, limit=ROWS + 1)
        shown, more = rows[:ROWS], len(rows) > ROWS
        orders = t.verifications.orders_of(shown)
    return page(
        request,
        "list.html",
        rows=[(row, orders[row.id].candidate) for row in shown],
        chosen=chosen,
        older=chosen.address(shown[-1].id) if more else None,
        first=after is None,
    )


@router.get("/audit")
def show_audit(
    request: Request,
    visitor: Auditor,
    before: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
) -> Response:
    with visitor.transaction(reads_only=True) as t:
        entries = t.audit.list(
            before=before, limit=ENTRIES + 1, screening=visitor.may(Right.SCREENING)
        )
        people = names_of_users(t)
    shown = entries[:ENTRIES]
    return page(
        request,
        "audit.html",
        entries=shown,
        people=people,
        older=f"/audit?before={shown[-1].id}" if len(entries) > ENTRIES else None,
        first=before is None,
    )
