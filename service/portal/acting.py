"""What can be done with a verification: submit, name, cancel, delete, decide, approve, replay."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from models.named_face import NamedFace
from models.order import Choice
from service.api.challenges import link_url
from service.ats.port import Event, announce
from service.errors import Refused
from service.portal.case import Case, submit
from service.portal.rendering import page, see_other
from service.portal.visitors import (
    Approver,
    Decider,
    Deleter,
    Orderer,
    OwnForm,
    Sender,
    Visitor,
)
from service.workflow.naming import name_candidate

router = APIRouter()

LONGEST_REASON = 2000


@router.post("/verifications/{id}/submit")
def do_submit(request: Request, visitor: Orderer, id: UUID, _: OwnForm) -> Response:
    submit(visitor, id)
    return _back(request, id)


@router.post("/verifications/{id}/candidate-at")
def name(request: Request, visitor: Orderer, id: UUID, form: OwnForm) -> Response:
    said = form.get("candidate_at", "").strip()
    try:
        named = NamedFace.parse(said) if said else None
        with visitor.transaction() as t:
            name_candidate(t, id, named)
    except Refused as refused:
        return _again(request, visitor, id, form, {"candidate_at": refused.detail})
    except ValueError as wrong:
        return _again(request, visitor, id, form, {"candidate_at": f"Not understood: {wrong}."})
    submit(visitor, id)
    return _back(request, id)


@router.post("/verifications/{id}/cancel")
def do_cancel(request: Request, visitor: Orderer, id: UUID, _: OwnForm) -> Response:
    with visitor.transaction() as t:
        before = t.verifications.get(id).state
        row = t.verifications.cancel(id)
        if row.state != before:
            announce(t, row, Event.UPDATED, visitor.parts.settings.url)
    return _back(request, id)


@router.get("/verifications/{id}/delete")
def ask_to_delete(request: Request, visitor: Deleter, id: UUID) -> Response:
    with visitor.transaction() as t:
        case = Case.read(t, visitor, id)
    return page(request, "delete.html", case=case)


@router.post("/verifications/{id}/delete")
def do_delete(request: Request, visitor: Deleter, id: UUID, _: OwnForm) -> Response:
    with visitor.transaction() as t:
        t.verifications.delete(id)
    visitor.parts.store.remove_doomed_blobs()
    return see_other(request, "/")


@router.post("/evidence/{id}/remove")
def remove_evidence(request: Request, visitor: Orderer, id: UUID, _: OwnForm) -> Response:
    with visitor.transaction() as t:
        verification = t.evidence.upload(id).verification
        t.evidence.remove(id)
    visitor.parts.store.remove_doomed_blobs()
    return _back(request, verification)


@router.post("/verifications/{id}/capture-link")
def make_capture_link(request: Request, visitor: Orderer, id: UUID, _: OwnForm) -> Response:
    with visitor.transaction() as t:
        link = t.links.make(id)
        case = Case.read(t, visitor, id)
    url = link_url(visitor.parts.settings.url, link.token)
    # Shown here and not after a redirect: what is kept of it cannot be shown again.
    return page(request, "verification.html", case=case, problems={}, typed={}, link=url)


@router.post("/verifications/{id}/decisions")
def decide(request: Request, visitor: Decider, id: UUID, form: OwnForm) -> Response:
    problems = _wrong_in(form)
    if problems:
        return _again(request, visitor, id, form, problems)
    with visitor.transaction() as t:
        decided = t.decisions.add(id, Choice(form["choice"]), _reason(form))
        if decided.stands:
            announce(t, t.verifications.get(id), Event.UPDATED, visitor.parts.settings.url)
    return _back(request, id, "#decision")


@router.post("/decisions/{id}/approve")
def approve(request: Request, visitor: Approver, id: UUID, _: OwnForm) -> Response:
    with visitor.transaction() as t:
        verification = t.decisions.verification_of(id)
        t.decisions.approve(id)
        row = t.verifications.get(verification)
        announce(t, row, Event.UPDATED, visitor.parts.settings.url)
    return _back(request, verification, "#decision")


@router.post("/verifications/{id}/deliveries/{delivery}/replay")
def replay(request: Request, visitor: Sender, id: UUID, delivery: UUID, _: OwnForm) -> Response:
    with visitor.transaction() as t:
        if t.deliveries.replay(delivery).verification_id != id:
            raise HTTPException(404)
    return _back(request, id, "#deliveries")


def _back(request: Request, verification: UUID, part: str = "") -> Response:
    return see_other(request, f"/verifications/{verification}{part}")


def _wrong_in(form: Mapping[str, str]) -> dict[str, str]:
    problems = {}
    if form.get("choice") not in list(Choice):
        problems["choice"] = "Choose what is to happen."
    if not _reason(form):
        problems["reason"] = "Write why, in a sentence that others understand later."
    elif len(_reason(form)) > LONGEST_REASON:
        problems["reason"] = f"Write at most {LONGEST_REASON} characters."
    return problems


def _reason(form: Mapping[str, str]) -> str:
    return form.get("reason", "").strip()


def _again(
    request: Request,
    visitor: Visitor,
    id: UUID,
    form: Mapping[str, str],
    problems: Mapping[str, str],
) -> Response:
    """The page once more, with what was typed and what is wrong with it."""
    with visitor.transaction() as t:
        case = Case.read(t, visitor, id)
    typed = {name: form.get(name, "").strip() for name in ("choice", "reason", "candidate_at")}
    shown = {"case": case, "problems": problems, "typed": typed, "link": None}
    return page(request, "verification.html", 422, **shown)
