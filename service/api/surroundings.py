"""What a company's own systems see around a candidate: visits, devices, shipments, pay."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError, model_validator

from models.base import Model
from models.order import Line, State
from models.surroundings import Surroundings
from service.api.bodies import JSON_BYTES, bounded_body, documented, json_body
from service.api.caller import Orders, Parts, Reads, parts_of
from service.api.hooks import SIGNED, proven
from service.api.openapi import problems
from service.errors import Refused
from service.store.actor import HOOK
from service.store.errors import NotFound
from service.store.store import OfTenant
from service.store.tables import Verification
from service.store.verifications import Filter
from verifiers.environment.inventory import UnreadableInventory, read_inventory

router = APIRouter(prefix="/v1/verifications/{verification}", tags=["Surroundings"])
hook = APIRouter(prefix="/v1/hooks", tags=["Webhooks"])

INVENTORY_BYTES = 8_000_000
_MOST_KEPT = 4_000_000
"""Of all surroundings of one case, as JSON: they are sealed with the order, and opened with it."""

_EXAMPLE = {
    "visits": [{"at": "2026-05-04T09:30:00Z", "ip": "198.51.100.7", "time_zone": "Europe/Berlin"}],
    "dispatches": [
        {
            "to": {"address": "1 Example Street", "city": "Exampletown", "countryCode": "DE"},
            "serial": "C02EXAMPLE",
            "dispatched_on": "2026-05-20",
        }
    ],
    "work_country": "DE",
}
_EVENT = {
    "type": "surroundings.seen",
    "timestamp": "2026-05-24T09:30:00Z",
    "data": {"reference": "applicant-4711", "surroundings": _EXAMPLE, "submit": True},
}


class Told(Model):
    """What was seen of one candidate since it was last told."""

    verification: UUID | None = None
    reference: Line | None = None
    """The orderer's own id of the candidate: their newest verification is meant."""
    surroundings: Surroundings
    submit: bool = False
    """Verify anew with this, where it says anything new and a verdict is there."""

    @model_validator(mode="after")
    def _of_somebody(self) -> Self:
        if (self.verification is None) == (self.reference is None):
            raise ValueError("name either the verification or the candidate's reference")
        return self


class SurroundingsSeen(Model):
    """An event of a company's own system."""

    type: Literal["surroundings.seen"]
    timestamp: datetime
    data: Told


class Taken(Model):
    """What became of an event."""

    verification: UUID
    state: State
    new: bool
    """Whether it told anything that was not known."""


@router.put(
    "/surroundings",
    summary="Say what is seen around the candidate",
    responses=problems(400, 404, 409, 413, 415),
    openapi_extra=documented(Surroundings, visits=_EXAMPLE),
)
def put_surroundings(
    caller: Orders,
    verification: UUID,
    sent: Annotated[Surroundings, Depends(json_body(Surroundings))],
) -> Surroundings:
    """Visits, devices, shipments and pay, as the company's own systems know them; all is told.

    Each part that is sent replaces the one of before. Before it is submitted, or after a verdict
    and then submitted again. A device's language is never asked for.
    """
    with caller.transaction() as t:
        t.verifications.hold(verification)  # Or what another tells meanwhile would be lost.
        known = t.verifications.open_order(verification).surroundings
        return _keep(t, verification, known.replaced_by(sent))


@router.get("/surroundings", summary="What is seen around the candidate", responses=problems(404))
def read_surroundings(caller: Reads, verification: UUID) -> Surroundings:
    """All that was told. The view is recorded in the audit."""
    with caller.transaction() as t:
        return t.verifications.open_order(verification).surroundings


async def _inventory_body(request: Request) -> bytes:
    return await bounded_body(request, INVENTORY_BYTES)


@router.post(
    "/inventories",
    summary="Send a device's inventory",
    responses=problems(400, 404, 409, 413),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": ["object", "array"]}}},
        }
    },
)
def post_inventory(
    caller: Orders, verification: UUID, body: Annotated[bytes, Depends(_inventory_body)]
) -> Surroundings:
    """An export as it is, of osquery, Intune or Jamf, or an inventory in the form of this API.

    It is added to what was sent before. Names of people in it, folders and the device's language
    are not read.
    """
    with caller.transaction() as t:
        t.verifications.open_order(verification)  # Records the view: all is told.
        try:
            devices = read_inventory(body, reported_at=t.now)
        except UnreadableInventory as error:
            raise Refused(422, "unreadable-inventory", str(error)) from None
        return add_surroundings(t, verification, Surroundings(inventories=devices))


async def _event_body(request: Request) -> bytes:
    return await bounded_body(request, JSON_BYTES)


@hook.post(
    "/{tenant}/surroundings",
    status_code=202,
    summary="Tell by webhook what is seen",
    responses=problems(400, 401, 404, 409, 413),
    openapi_extra=documented(SurroundingsSeen, dispatch=_EVENT) | {"parameters": SIGNED},
)
def surroundings_by_webhook(
    tenant: str,
    request: Request,
    body: Annotated[bytes, Depends(_event_body)],
    parts: Annotated[Parts, Depends(parts_of)],
) -> Taken:
    """What a web server, an MDM, a shop floor or payroll saw, as a signed Standard Webhooks event.

    It is added to what is known, in the order that events come; the last one told again changes
    nothing. 409 while the case is in work: send it again later, as the specification has it.
    """
    known, _ = proven(parts, tenant, request.headers, body)
    told = _read(body).data
    with parts.store.tenant(known, HOOK) as t:
        row = t.verifications.hold(_meant(t, told).id)
        before = t.verifications.order_of(row).surroundings
        new = add_surroundings(t, row.id, told.surroundings) != before
        if new and told.submit and row.state == State.COMPLETED:
            t.verifications.submit(row.id)
        return Taken(verification=row.id, state=State(row.state), new=new)


def add_surroundings(t: OfTenant, verification: UUID, told: Surroundings) -> Surroundings:
    """All that is known then; what was told last, told again, changes nothing.

    Raises:
        NotFound: no such verification.
        Refused: it would be more than is kept.
        Conflict: it is being verified, or was cancelled.
    """
    # Held from here on: of two who tell something at once, the second adds to what the first told.
    known = t.verifications.order_of(t.verifications.hold(verification)).surroundings
    after = known.and_also(told)
    return known if after == known else _keep(t, verification, after)


def _keep(t: OfTenant, verification: UUID, surroundings: Surroundings) -> Surroundings:
    if len(surroundings.model_dump_json()) > _MOST_KEPT:
        detail = "All surroundings of one verification may have 4 MB; send less of each device."
        raise Refused(422, "too-much", detail)
    t.verifications.amend_order(verification, surroundings=surroundings)
    return surroundings


def _meant(t: OfTenant, told: Told) -> Verification:
    if told.verification is not None:
        return t.verifications.get(told.verification)
    newest = t.verifications.list(Filter(reference=told.reference), limit=1)
    if not newest:
        raise NotFound("candidate")
    return newest[0]


def _read(body: bytes) -> SurroundingsSeen:
    try:
        return SurroundingsSeen.model_validate_json(body, strict=True)
    except ValidationError as error:
        placed = [{**e, "loc": ("body", *e["loc"])} for e in error.errors(include_url=False)]
        # Not chained: the first message quotes what was sent.
        raise RequestValidationError(placed) from None
