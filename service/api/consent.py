"""Consent withdrawn: a candidate's face templates deleted, everything else left as it is."""

from uuid import UUID

from fastapi import APIRouter

from service.api.caller import Deletes
from service.api.openapi import problems

router = APIRouter(prefix="/v1/candidates/{candidate}", tags=["Verifications"])


@router.delete(
    "/templates",
    status_code=204,
    summary="Withdraw consent to keep face templates",
    responses=problems(404, 409),
)
def withdraw_templates(caller: Deletes, candidate: UUID) -> None:
    """Delete a candidate's face templates, and keep none of what is being verified.

    Verdicts stay. Later stages have nothing to compare with and say so. It may be asked for again;
    an order that comes later may bring new consent.
    """
    with caller.transaction() as t:
        t.templates.withdraw(candidate)
