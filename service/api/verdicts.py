"""What came out: the verdict as data, the report as a page, and the pictures it shows."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from models.base import Model
from models.verification import Verification
from service.access.roles import Right, may
from service.access.screening import shown_to, told_to
from service.api.caller import Caller, Reads
from service.api.openapi import answers, content, problems
from service.report.named import pictures
from service.report.page import render
from service.report.shown import Shown, together
from service.store.errors import NotFound
from service.store.results import Work
from service.store.store import OfTenant
from service.workflow.pipeline import Step, StepResult

router = APIRouter(prefix="/v1/verifications/{verification}", tags=["Verdicts"])

Generation = Annotated[
    int | None,
    Query(ge=1, le=2**31 - 1, description="Which submission; the latest that has a verdict."),
]
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""A report is one self-contained page without scripts."""


class PictureView(Model):
    """A picture of the report."""

    name: str
    caption: str


class PictureList(Model):
    """The pictures of a report, in its order."""

    items: tuple[PictureView, ...]


def shown_by(t: OfTenant, work: Work) -> Shown:
    """What the steps of a submission laid out for its report, as far as this actor may see it."""
    return shown_to(_together(t.results.found(work)), may(t.actor, Right.SCREENING))


def verified_by(t: OfTenant, verification: UUID, generation: int | None) -> Verification:
    """A verification with its verdict, as far as this actor may see it; the view is recorded.

    Raises:
        NotFound: there is no such verification, or no verdict of it yet.
    """
    verified = t.results.verified(verification, generation)
    return told_to(verified, may(t.actor, Right.SCREENING))


def _together(found: Mapping[str, bytes]) -> Shown:
    done = [found[step.value] for step in Step if step.value in found]
    return together(StepResult.model_validate_json(said).shown for said in done)


def shown_of(caller: Caller, verification: UUID, generation: int | None) -> Shown:
    """What the report of a verdict shows, as data. The view is recorded. Raises `NotFound`."""
    with caller.transaction() as t:
        generation = generation or _latest(t, verification)
        t.results.verified(verification, generation)  # Records the view: this belongs to it.
        return shown_by(t, Work(verification, generation))


@router.get(
    "/verdict",
    summary="The verdict with its findings",
    response_class=Response,
    responses=answers(200, {"model": Verification, "description": "All of it"}, 404),
)
def read_verdict(caller: Reads, verification: UUID, generation: Generation = None) -> Response:
    """Everything that was found and why it led to this outcome. The view is recorded.

    Face templates stay in the service: `templates` is always empty.
    """
    with caller.transaction() as t:
        verified = verified_by(t, verification, generation)
    told = verified.model_copy(update={"templates": ()})
    return Response(told.model_dump_json(), media_type="application/json")


@router.get(
    "/report",
    summary="The report for a person",
    response_class=HTMLResponse,
    responses=problems(404),
)
def read_report(caller: Reads, verification: UUID, generation: Generation = None) -> HTMLResponse:
    """One self-contained page with every picture, for the latest verdict or an earlier one."""
    with caller.transaction() as t:
        generation = generation or _latest(t, verification)
        verified = verified_by(t, verification, generation)
        shown = shown_by(t, Work(verification, generation))
        name = t.verifications.order_of(t.verifications.get(verification)).candidate.name
    return HTMLResponse(
        render(verified, shown, candidate=name), headers={"Content-Security-Policy": REPORT_POLICY}
    )


@router.get("/pictures", summary="List the pictures", responses=problems(404))
def list_pictures(caller: Reads, verification: UUID, generation: Generation = None) -> PictureList:
    """Names and captions of what the report shows. The view is recorded."""
    named = _pictures(caller, verification, generation)
    return PictureList(
        items=tuple(PictureView(name=name, caption=said) for name, (said, _) in named.items())
    )


@router.get(
    "/pictures/{name}",
    summary="Fetch a picture",
    response_class=Response,
    responses=answers(200, content("image/jpeg", "A JPEG"), 404),
)
def fetch_picture(
    caller: Reads, verification: UUID, name: str, generation: Generation = None
) -> Response:
    """A picture of the report, by its name in the list. The view is recorded."""
    named = _pictures(caller, verification, generation)
    if name not in named:
        raise NotFound("picture")
    return Response(named[name][1], media_type="image/jpeg")


def _pictures(
    caller: Reads, verification: UUID, generation: int | None
) -> dict[str, tuple[str, bytes]]:
    return pictures(shown_of(caller, verification, generation))


def _latest(t: OfTenant, verification: UUID) -> int:
    """The generation of the latest verdict. Raises `NotFound`."""
    t.verifications.get(verification)
    decided = t.results.decided(verification)
    if not decided:
        raise NotFound("verdict")
    return decided[-1][0]
