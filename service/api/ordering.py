"""Ordering a verification, amending its order, and all that is stored of a candidate deleted."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Response

from models.history import Claims
from models.named_face import NamedFace
from models.order import VerificationOrder
from service.api.bodies import documented, json_body
from service.api.caller import Caller, Deletes, Orders, Reads
from service.api.openapi import answers, problems
from service.api.views import VerificationView, view
from service.errors import Refused
from service.notify import egress
from service.store.errors import Conflict
from service.workflow import naming

router = APIRouter(prefix="/v1", tags=["Verifications"])

EXAMPLE = {
    "candidate": {"reference": "applicant-4711", "name": "Anna Example"},
    "stage": "interview",
    "consent": {"verification": True, "given_at": "2026-05-04T09:30:00Z", "wording": "2026-05 en"},
    "callback": "https://ats.example/hooks/bonafide",
}
CLAIMS = {
    "identity": {"fullName": "Anna Example", "birthDate": "1990-04-17"},
    "work": [{"name": "Example AG", "position": "Engineer", "startDate": "2019-04"}],
}
NAMED = {"file": "call.mp4", "seconds": 12.5, "point": {"x": 0.25, "y": 0.4}}

IdempotencyKey = Annotated[
    str | None,
    Header(
        max_length=200,
        pattern=r"^[!-~]([ -~]*[!-~])?$",
        description="Any text of yours. The same order again under the same key is the same "
        "verification and not a second one.",
    ),
]


@router.post(
    "/verifications",
    status_code=201,
    summary="Order a verification",
    responses=answers(
        200,
        {"model": VerificationView, "description": "Ordered before, under this key"},
        *(400, 404, 409, 413, 415),
    ),
    openapi_extra=documented(VerificationOrder, interview=EXAMPLE),
)
def order_verification(
    caller: Orders,
    order: Annotated[VerificationOrder, Depends(json_body(VerificationOrder))],
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> VerificationView:
    """Begin a verification of a candidate. Evidence follows; then submit it.

    The same `candidate.reference` is the same person at every stage: an onboarding is compared
    with the interview of the same reference.
    """
    if order.callback:
        try:
            caller.parts.egress.check(order.callback)
        except egress.Refused as error:
            raise Refused(422, "callback-refused", f"`callback`: {error}") from None
    told, new = _ordered(caller, order, idempotency_key)
    response.status_code = 201 if new else 200
    response.headers["Location"] = f"/v1/verifications/{told.id}"
    return told


def _ordered(
    caller: Caller, order: VerificationOrder, key: str | None
) -> tuple[VerificationView, bool]:
    """Order; once more where the same order, or the same candidate, came at the same moment."""
    try:
        return _order_once(caller, order, key)
    except Conflict as conflict:
        if conflict.name != "at-the-same-time":
            raise
        return _order_once(caller, order, key)


def _order_once(
    caller: Caller, order: VerificationOrder, key: str | None
) -> tuple[VerificationView, bool]:
    with caller.transaction() as t:
        row, new = t.verifications.order(order, idempotency_key=key)
        return view(row, caller.parts.settings.url), new


@router.get(
    "/verifications/{verification}/order",
    summary="What was ordered",
    responses=problems(404),
)
def read_order(caller: Reads, verification: UUID) -> VerificationOrder:
    """The order with the candidate's data and claims. The view is recorded in the audit."""
    with caller.transaction() as t:
        return t.verifications.open_order(verification)


@router.put(
    "/verifications/{verification}/claims",
    summary="Send or replace the claims",
    responses=problems(400, 404, 409, 413, 415),
    openapi_extra=documented(Claims, résumé=CLAIMS),
)
def put_claims(
    caller: Orders,
    verification: UUID,
    claims: Annotated[Claims, Depends(json_body(Claims))],
) -> VerificationView:
    """What the candidate claims: a JSON Resume with an `identity` beside it."""
    with caller.transaction() as t:
        t.verifications.amend_order(verification, claims=claims)
        return view(t.verifications.get(verification), caller.parts.settings.url)


@router.put(
    "/verifications/{verification}/candidate-at",
    summary="Name the candidate in the footage",
    responses=problems(400, 404, 409, 413, 415),
    openapi_extra=documented(NamedFace, call=NAMED),
)
def name_candidate(
    caller: Orders,
    verification: UUID,
    named: Annotated[NamedFace, Depends(json_body(NamedFace))],
) -> VerificationView:
    """Whose face is the candidate's, where footage shows several people.

    Before it is submitted, or after a verdict and then submitted again. It says whom to compare
    with the document, and nothing of what comes of that.
    """
    with caller.transaction() as t:
        return view(naming.name_candidate(t, verification, named), caller.parts.settings.url)


@router.delete(
    "/verifications/{verification}/candidate-at",
    status_code=204,
    summary="Take back who was named",
    responses=problems(404, 409),
)
def unname_candidate(caller: Orders, verification: UUID) -> None:
    """The candidate is again whoever agrees best with the document's portrait."""
    with caller.transaction() as t:
        naming.name_candidate(t, verification, None)


@router.delete(
    "/candidates/{candidate}",
    status_code=204,
    summary="Forget a candidate",
    responses=problems(404, 409),
)
def forget_candidate(caller: Deletes, candidate: UUID) -> None:
    """Delete every verification of a candidate and destroy the key that opens what was stored."""
    with caller.transaction() as t:
        t.subjects.forget(candidate)
    caller.parts.store.remove_doomed_blobs()
