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
    SCREENING = "screening"
    """See what sanctions lists say, and judge it."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right) - {Right.SCREENING},
    Role.RECRUITER: frozenset({Right.ORDER, Right.READ, Right.DECIDE}),
    Role.REVIEWER: frozenset({Right.READ, Right.DECIDE, Right.APPROVE}),
    Role.COMPLIANCE: frozenset(
        {Right.READ, Right.DECIDE, Right.APPROVE, Right.AUDIT, Right.SCREENING}
    ),
    Role.AUDITOR: frozenset({Right.AUDIT}),
}
PROGRAM = frozenset(Right) - {Right.APPROVE, Right.SCREENING}
"""An API key stands for no person: it can never approve, never override a hold, and is never told
what sanctions lists say."""


def may(actor: Actor, right: Right) -> bool:
    """Whether this actor has the right."""
    return right in (RIGHTS[actor.role] if actor.role else PROGRAM)
