"""Ordering a verification, and sending more evidence for one."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import ValidationError

from models.draft_claims import Draft
from models.order import Candidate, Consent, VerificationOrder
from models.stage import Stage
from models.surroundings import Surroundings
from service.api.multipart import boundary_of
from service.api.streaming import Body
from service.api.surroundings import add_surroundings
from service.portal import claims_form
from service.portal.case import submit
from service.portal.intake import Intake, form_of
from service.portal.rendering import page, see_other
from service.portal.visitors import Orderer, Visitor, same_origin
from service.store.errors import Conflict

router = APIRouter()

_NEW = {"stage": Stage.INTERVIEW.value, "name": "", "email": "", "reference": "", "follows": ""}
_WRONG = {
    "name": "Write the name on one line, in at most 200 characters.",
    "email": "Write an e-mail address, such as name@example.com, or leave it empty.",
    "reference": "Write your reference on one line, in at most 200 characters.",
    "stage": "Choose one of the stages.",
    "follows": "The earlier verification is not there. Begin again from its page.",
}
_NO_NAME = "Write the name that the candidate goes by."
_TWO_CLAIMS = "Confirm the claims of the résumé or send a file of claims, not both."
_NO_CONSENT = "Nobody is verified without their consent. Ask the candidate first."


@router.get("/verifications/new")
def show_new(
    request: Request,
    visitor: Orderer,
    follows: Annotated[UUID | None, Query()] = None,
    stage: Annotated[Stage | None, Query()] = None,
) -> Response:
    typed = dict(_NEW)
    if follows:
        with visitor.transaction() as t:
            candidate = t.verifications.open_order(follows).candidate
        known = candidate.model_dump(exclude_none=True)
        typed |= {**known, "follows": str(follows), "stage": Stage.ONBOARDING.value}
    if stage:
        typed["stage"] = stage.value
    return _form(request, typed)


@router.post("/verifications/new", dependencies=[Depends(same_origin)])
async def order_new(request: Request, visitor: Orderer, body: Body) -> Response:
    boundary = boundary_of(request)
    intake, id = await body.into(lambda pieces: _order(visitor, pieces, boundary))
    if id is None:
        return _form(request, {**_NEW, **intake.fields}, intake.problems)
    return see_other(request, f"/verifications/{id}")


@router.post("/verifications/new/resume", dependencies=[Depends(same_origin)])
async def read_resume(request: Request, visitor: Orderer, body: Body) -> Response:
    """The form again, with what a résumé says filled in; nothing is stored."""
    boundary = boundary_of(request)
    intake = await body.into(lambda pieces: _read(visitor, pieces, boundary))
    typed = {**_NEW, **intake.fields}
    if intake.draft is None:
        intake.problems.setdefault("resume", "Choose a PDF or DOCX first.")
        return _form(request, typed, intake.problems)
    basics = intake.draft.claims.basics
    typed["name"] = typed["name"] or (basics.name or "")[:200]
    typed["email"] = typed["email"] or (basics.email or "")
    typed |= claims_form.typed_from(intake.draft)
    return _form(request, typed, draft=intake.draft)


@router.post("/verifications/{id}/evidence", dependencies=[Depends(same_origin)])
async def add_evidence(request: Request, visitor: Orderer, id: UUID, body: Body) -> Response:
    boundary = boundary_of(request)
    intake = await body.into(lambda pieces: _add(visitor, id, pieces, boundary))
    if intake.problems:
        shown = {"problems": intake.problems, "id": id}
        template = "_problems.html" if _by_htmx(request) else "evidence_problems.html"
        return page(request, template, 422, **shown)
    return see_other(request, f"/verifications/{id}")


def _read(visitor: Visitor, pieces: Iterator[bytes], boundary: bytes) -> Intake:
    intake, form = Intake(reads_resumes=True), form_of(pieces, boundary)
    intake.read_fields(form, visitor)
    for _ in form:  # Heard out, see `intake`.
        pass
    return intake


def _order(
    visitor: Visitor, pieces: Iterator[bytes], boundary: bytes
) -> tuple[Intake, UUID | None]:
    """Order, store and submit: all of it, or nothing and the problems why."""
    intake, form = Intake(), form_of(pieces, boundary)
    first = intake.read_fields(form, visitor)
    order = _ordered(intake)
    if order is None:
        for _ in form:  # Heard out, see `intake`.
            pass
        return intake, None
    with visitor.transaction() as t:
        row, _ = t.verifications.order(_dated(order, t.now))
    try:
        intake.store_files(first, form, visitor, row.id)
        if not intake.problems:
            submit(visitor, row.id)
            return intake, row.id
    except Conflict as refused:
        intake.problems["documents"] = refused.detail
    except BaseException:
        _take_back(visitor, row.id)
        raise
    _take_back(visitor, row.id)
    return intake, None


def _add(visitor: Visitor, id: UUID, pieces: Iterator[bytes], boundary: bytes) -> Intake:
    """Store more evidence, and submit where that was asked for."""
    intake, form = Intake(), form_of(pieces, boundary)
    first = intake.read_fields(form, visitor)
    with visitor.transaction(reads_only=True) as t:
        t.verifications.get(id)
    count = intake.store_files(first, form, visitor, id)
    read = (intake.claims, intake.surroundings)
    if not count and read == (None, None) and not intake.problems:
        intake.problems["documents"] = "Choose a file first."
    if intake.problems:
        return intake
    if intake.claims is not None:
        with visitor.transaction() as t:
            t.verifications.amend_order(id, claims=intake.claims)
    if intake.surroundings is not None:
        with visitor.transaction() as t:
            add_surroundings(t, id, intake.surroundings)
    if intake.fields.get("then") == "submit":
        submit(visitor, id)
    return intake


def _ordered(intake: Intake) -> VerificationOrder | None:
    """The order that the fields make, or `None` and a problem beside each that is wrong."""
    said = intake.fields
    if not said.get("name"):
        intake.problems["name"] = _NO_NAME
    if said.get("consent") != "yes":
        intake.problems["consent"] = _NO_CONSENT
    claims = intake.claims
    if claims_form.is_there(said):
        if claims is not None:
            intake.problems["claims"] = _TWO_CLAIMS
        claims = claims_form.claims_from(said, intake.problems)
    try:
        order = VerificationOrder(
            candidate=Candidate(**_given(said, "name", "email", "reference")),
            claims=claims,
            surroundings=intake.surroundings or Surroundings(),
            consent=Consent(verification=True, keep_template=said.get("keep_template") == "yes"),
            **_given(said, "stage", "follows"),
        )
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][-1])
            intake.problems.setdefault(name, _WRONG.get(name, "This cannot be taken."))
        return None
    return None if intake.problems else order


def _dated(order: VerificationOrder, now: datetime) -> VerificationOrder:
    consent = order.consent.model_copy(update={"given_at": now})
    return order.model_copy(update={"consent": consent})


def _given(said: Mapping[str, str], *names: str) -> dict[str, Any]:
    return {name: said[name] for name in names if said.get(name)}


def _take_back(visitor: Visitor, verification: UUID) -> None:
    with visitor.transaction() as t:
        t.verifications.delete(verification)


def _form(
    request: Request,
    typed: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
    draft: Draft | None = None,
) -> Response:
    """The form with what was typed; by htmx the problems alone, so that files stay chosen."""
    if problems and _by_htmx(request):
        return page(request, "_problems.html", 422, problems=problems)
    status = 422 if problems else 200
    shown = {"typed": typed, "problems": problems or {}, "draft": draft, "form": claims_form}
    return page(request, "new.html", status, **shown)


def _by_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"
