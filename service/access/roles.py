"""Who may do what, as one table."""

from enum import StrEnum

from service.store.actor import Actor, Role


class Right(StrEnum):
    """Something that not everybody may do."""

    ORDER = "order"
    """Order verifications, send evidence, submit and cancel."""
    READ = "read"
    """See candidates, evidence and verdicts; every view is recorded."""
    DECIDE = "decide"
    """Record a decision."""
    APPROVE = "approve"
    """Agree to somebody else's decision to override a hold."""
    DELETE = "delete"
    """Delete a verification, or all that is stored of a candidate."""
    AUDIT = "audit"
    """Read who saw or did what."""
    DELIVERIES = "deliveries"
    """See and replay what was sent to receivers."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.RECRUITER: frozenset({Right.ORDER, Right.READ, Right.DECIDE}),
    Role.REVIEWER: frozenset({Right.READ, Right.DECIDE, Right.APPROVE}),
    Role.COMPLIANCE: frozenset({Right.READ, Right.DECIDE, Right.APPROVE, Right.AUDIT}),
    Role.AUDITOR: frozenset({Right.AUDIT}),
}
PROGRAM = frozenset(Right) - {Right.APPROVE}
"""An API key stands for no person: it can never approve, and never override a hold."""


def may(actor: Actor, right: Right) -> bool:
    """Whether this actor has the right."""
    return right in (RIGHTS[actor.role] if actor.role else PROGRAM)
