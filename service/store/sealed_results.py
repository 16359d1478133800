"""Where results and verdicts are sealed, and how face templates are taken out of them.

A template has one place to be kept, `kept_faces`. The result of the step that made it holds it on
the way there, and what was concluded before that table existed holds it still. Both are JSON with a
member `templates`, of which no more needs to be known here.
"""

import json
from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
import structlog

from models.person import FaceTemplate
from service.store.keys import Unopenable
from service.store.scope import Scope, to_json
from service.store.tables import StepResult, Verdict, Verification

log = structlog.get_logger()


def step_place(verification: UUID, generation: int, step: str) -> str:
    """The place of a step's result."""
    return f"step/{verification}/{generation}/{step}"


def verdict_place(verification: UUID, generation: int) -> str:
    """The place of a verdict."""
    return f"verdict/{verification}/{generation}"


def without_templates(found: bytes) -> tuple[bytes, tuple[FaceTemplate, ...]]:
    """A result or verdict (JSON) without its templates, and these."""
    if b'"vector"' not in found:  # Results are large; most hold none and need not be read.
        return found, ()
    said = json.loads(found)
    templates = said.get("templates")
    if not templates:
        return found, ()
    return to_json(said | {"templates": []}), tuple(map(FaceTemplate.model_validate, templates))


def clear_steps(scope: Scope, verifications: Collection[UUID]) -> None:
    """Take the templates out of all that steps of these verifications found.

    The caller holds the verifications, so that no step is finished meanwhile.
    """
    rows = scope.session.execute(
        sa.select(StepResult, Verification.subject_id)
        .join(Verification, Verification.id == StepResult.verification_id)
        .where(
            StepResult.tenant_id == scope.tenant_id,
            StepResult.verification_id.in_(verifications),
            StepResult.sealed.is_not(None),
        )
    ).all()
    for row, subject in rows:
        place = step_place(row.verification_id, row.generation, row.step)
        row.sealed, _ = _cleared(scope, subject, row.sealed or b"", place)


def clear_verdict(scope: Scope, verdict: Verdict, subject: UUID) -> tuple[FaceTemplate, ...]:
    """Take the templates out of a verdict; those that were there."""
    place = verdict_place(verdict.verification_id, verdict.generation)
    verdict.sealed, templates = _cleared(scope, subject, verdict.sealed, place)
    verdict.bare = True
    return templates


def _cleared(
    scope: Scope, subject: UUID, sealed: bytes, place: str
) -> tuple[bytes, tuple[FaceTemplate, ...]]:
    try:
        key = scope.subject_key(subject)
        bare, templates = without_templates(key.open(sealed, about=place))
    except Unopenable:
        # Nobody opens it again: it must not keep the others from being taken out.
        log.warning("result damaged", place=place)
        return sealed, ()
    return (key.seal(bare, about=place) if templates else sealed), templates
