"""The same order sent twice under one key: what is noted of it, and what makes it the same."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from models.order import VerificationOrder
from models.surroundings import Surroundings
from service.store.keys import Key
from service.store.scope import Scope
from service.store.tables import Idempotency


def what_was_said(order: VerificationOrder) -> str:
    """The text by which two orders are compared, and which is sealed."""
    # As orders read before there were these: one repeated after an upgrade is the same.
    later = {"answers"} if order.surroundings != Surroundings() else {"answers", "surroundings"}
    return order.model_dump_json(exclude=later)


def request_digest(key: Key, said: str) -> bytes:
    """Of an order, under the candidate's key: with it goes the means to tell whose order it was."""
    return key.digest(said, about="idempotency/request")


def noted(scope: Scope, idempotency_key: str, verification: UUID) -> tuple[Idempotency, bool]:
    """The row of this key, and whether it is new; of two at once, one waits for the other."""
    digest = scope.key.digest(idempotency_key, about="idempotency/key")
    place = (scope.tenant_id, digest)
    if earlier := scope.session.get(Idempotency, place):
        return earlier, False
    row = Idempotency(
        tenant_id=scope.tenant_id,
        key_digest=digest,
        request_digest=b"",
        verification_id=verification,
        created_at=scope.now,
    )
    try:
        with scope.session.begin_nested():
            scope.session.add(row)
    except IntegrityError:
        return scope.session.get_one(Idempotency, place), False
    return row, True
