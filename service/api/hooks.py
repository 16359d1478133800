"""Orders that come signed by webhook: proven, then read, then stored, then acknowledged."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from models.base import Model
from models.order import State, VerificationOrder
from service.api.bodies import JSON_BYTES, bounded_body, documented
from service.api.caller import Parts, parts_of
from service.api.openapi import problems
from service.api.views import view
from service.ats import standard
from service.errors import Refused
from service.notify import egress, signing
from service.store.actor import HOOK
from service.store.errors import Conflict, NotFound

router = APIRouter(prefix="/v1/hooks", tags=["Webhooks"])

_NOBODYS = (signing.new_secret(),)
"""What is checked against where there is no secret: an unknown tenant takes the same work."""

EXAMPLE = {
    "type": "verification.requested",
    "timestamp": "2026-05-04T09:30:00Z",
    "data": {
        "candidate": {"reference": "applicant-4711", "name": "Anna Example"},
        "stage": "interview",
        "consent": {"verification": True, "given_at": "2026-05-04T09:29:00Z"},
    },
}
SIGNED = [
    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
]


class Accepted(Model):
    """An order that is stored."""

    id: UUID
    """Of the verification."""
    state: State
    links: dict[str, str]


async def _raw_body(request: Request) -> bytes:
    return await bounded_body(request, JSON_BYTES)


@router.post(
    "/{tenant}/orders",
    status_code=202,
    summary="Order by webhook",
    responses=problems(400, 401, 404, 409, 413),
    openapi_extra=documented(standard.Requested, interview=EXAMPLE) | {"parameters": SIGNED},
)
def order_by_webhook(
    tenant: str,
    request: Request,
    body: Annotated[bytes, Depends(_raw_body)],
    parts: Annotated[Parts, Depends(parts_of)],
) -> Accepted:
    """An order as a Standard Webhooks event, signed with the tenant's incoming secret.

    Answered once it is stored. The same `webhook-id` again is the same verification.
    """
    known, webhook_id = proven(parts, tenant, request.headers, body)
    order = _read(body)
    if order.callback:
        try:
            parts.egress.check(order.callback)
        except egress.Refused as error:
            raise Refused(422, "callback-refused", f"`data.callback`: {error}") from None
    try:
        with parts.store.tenant(known, HOOK) as t:
            row, _ = t.verifications.order(order, idempotency_key=f"hook/{webhook_id}")
            told = view(row, parts.settings.url)
    except Conflict as conflict:
        if conflict.name != "idempotency-key-reused":
            raise
        detail = "This webhook-id came with another order before."
        raise Refused(409, "webhook-id-reused", detail) from None
    return Accepted(id=told.id, state=told.state, links=told.links)


def proven(parts: Parts, tenant: str, headers: Mapping[str, str], body: bytes) -> tuple[UUID, str]:
    """The tenant and the webhook-id of a signed request, of which the signature is the proof.

    Whatever is wrong with the signature, the tenant or the secrets is answered the same, so that
    nobody learns which tenants there are.
    """
    known, secrets = _secrets_of(parts, tenant)
    try:
        webhook_id = signing.verify(secrets or _NOBODYS, headers, body, now=parts.store.clock())
    except signing.BadSignature:
        webhook_id = None
    if known is None or not secrets or webhook_id is None:
        raise Refused(
            401,
            "bad-signature",
            "The signature is missing, wrong or too old (Standard Webhooks; within 5 minutes).",
        )
    return known, webhook_id


def _secrets_of(parts: Parts, tenant: str) -> tuple[UUID | None, tuple[str, ...]]:
    try:
        known = UUID(tenant)
        with parts.store.tenant(known, HOOK, reads_only=True) as t:
            return known, t.access.hooks().incoming
    except (ValueError, NotFound):
        return None, ()


def _read(body: bytes) -> VerificationOrder:
    try:
        return standard.parse(body)
    except ValidationError as error:
        placed: list[Any] = [
            {**e, "loc": ("body", *e["loc"])} for e in error.errors(include_url=False)
        ]
        # Not chained: the first message quotes what was sent.
        raise RequestValidationError(placed) from None
