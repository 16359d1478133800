"""What becomes of kept face templates after the verdict: re-made for another engine, withdrawn.

They lie in `kept_faces` alone (`faces`); this is everything that changes them without a verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session as Transaction

from models.order import State, VerificationOrder
from models.person import FaceTemplate
from service.store.errors import NotFound
from service.store.faces import Faces, forget_faces
from service.store.keys import Unopenable
from service.store.linkage_tables import KeptFace
from service.store.results import Work
from service.store.scope import Scope
from service.store.sealed_results import clear_steps, clear_verdict
from service.store.tables import Subject, Verdict, Verification
from service.store.verifications import Verifications

log = structlog.get_logger()

_AT_ONCE = 100
"""Verdicts taken over in one transaction."""


@dataclass(frozen=True)
class Concluded:
    """The submission that the kept templates of a verification were made from."""

    work: Work
    decided_at: datetime
    """What was sent later is no part of it."""


class Templates:
    """The kept templates of one tenant's candidates, as an operator and a candidate have a say."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def of_other_engines(self, engine: str) -> dict[UUID, list[UUID]]:
        """Verifications with kept templates of an engine other than this one, by candidate.

        Each candidate's in the order they were submitted.
        """
        rows = self._in.session.execute(
            sa.select(Verification.subject_id, Verification.id)
            .where(
                Verification.tenant_id == self._in.tenant_id,
                Verification.id.in_(
                    sa.select(KeptFace.verification_id).where(
                        KeptFace.tenant_id == self._in.tenant_id, KeptFace.engine != engine
                    )
                ),
            )
            .order_by(Verification.submitted_at, Verification.id)
        )
        found: dict[UUID, list[UUID]] = {}
        for subject, verification in rows:
            found.setdefault(subject, []).append(verification)
        return found

    def concluded(self, verification: UUID) -> Concluded | None:
        """The submission last decided; `None` where there is none, or the next one is in work."""
        row = self._in.session.get(Verification, verification, populate_existing=True)
        if row is None or row.tenant_id != self._in.tenant_id or State(row.state).in_work:
            return None
        latest = self._last_verdict(row.id)
        return Concluded(Work(row.id, latest.generation), latest.decided_at) if latest else None

    def replace(self, work: Work, templates: Sequence[FaceTemplate]) -> bool:
        """Keep these, made anew of the same evidence, in place of what is kept; on record.

        `False`, and nothing changes, where there is something newer: another verdict, another
        submission in work, or consent withdrawn.
        """
        self._in.hold_tenant()
        self._held(Verification.id == work.verification)
        latest, faces = self.concluded(work.verification), Faces(self._in)
        if latest is None or latest.work != work or not faces.kept([work.verification]):
            return False
        faces.remember(work.verification, templates)
        self._in.record(
            "templates.remade",
            f"verification:{work.verification}",
            generation=work.generation,
            engine=templates[0].engine if templates else None,
            templates=len(templates),
        )
        return True

    def take_over(self) -> int:
        """Move templates out of some verdicts of before there was a place for them.

        Returns how many verdicts were looked at, 0 at the end.
        """
        self._in.hold_tenant()
        verdicts = self._in.session.scalars(
            sa.select(Verdict)
            .where(Verdict.tenant_id == self._in.tenant_id, Verdict.bare.is_(False))
            .order_by(Verdict.verification_id, Verdict.generation)
            .limit(_AT_ONCE)
        ).all()
        ids = {verdict.verification_id for verdict in verdicts}
        rows = {row.id: row for row in self._held(Verification.id.in_(ids))}
        kept = Faces(self._in).kept(ids)
        for verdict in verdicts:
            row = rows[verdict.verification_id]
            templates = clear_verdict(self._in, verdict, row.subject_id)
            if not templates or row.id in kept or self._last_verdict(row.id) is not verdict:
                continue
            order = self._whole_order(row)
            if order and order.consent.keep_template:
                Faces(self._in).remember(row.id, templates)
        # One in work takes them out itself, as it ends.
        clear_steps(self._in, [row.id for row in rows.values() if not State(row.state).in_work])
        return len(verdicts)

    def left_to_take_over(self) -> int:
        """How many verdicts nobody has looked through yet."""
        left = sa.select(sa.func.count()).where(
            Verdict.tenant_id == self._in.tenant_id, Verdict.bare.is_(False)
        )
        return self._in.session.scalar(left) or 0

    def withdraw(self, subject: UUID) -> int:
        """The candidate agrees no longer: delete their templates wherever they are; on record.

        Returns how many verifications had consent that could be read. What is in work keeps none
        when it ends. A later order may bring new consent.

        Raises:
            NotFound: there is no such candidate.
        """
        self._in.hold_tenant()  # First, as a conclusion does: the other way they wait in a ring.
        known = self._in.session.get(Subject, subject)
        if known is None or known.tenant_id != self._in.tenant_id:
            raise NotFound("candidate")
        theirs = self._held(Verification.subject_id == subject)
        withdrawn = [row for row in theirs if self._withdraw_consent(row)]
        ids = [row.id for row in theirs]
        forget_faces(self._in, ids)
        clear_steps(self._in, ids)
        for verdict in self._in.session.scalars(
            sa.select(Verdict).where(
                Verdict.tenant_id == self._in.tenant_id, Verdict.verification_id.in_(ids)
            )
        ):
            clear_verdict(self._in, verdict, subject)
        self._in.erased = True
        self._in.record("templates.withdrawn", f"candidate:{subject}", verifications=len(withdrawn))
        return len(withdrawn)

    def _withdraw_consent(self, row: Verification) -> bool:
        order = self._whole_order(row)
        if order is None or not order.consent.keep_template:
            return False
        consent = order.consent.model_copy(update={"keep_template": False})
        said = order.model_copy(update={"consent": consent}).model_dump_json()
        key = self._in.subject_key(row.subject_id)
        row.sealed_order = key.seal(said.encode(), about=f"order/{row.id}")
        return True

    def _whole_order(self, row: Verification) -> VerificationOrder | None:
        """`None` where it is damaged: that agrees to nothing, and holds up nobody else."""
        try:
            return Verifications(self._in).order_of(row)
        except Unopenable:
            log.warning("order damaged", id=str(row.id))
            return None

    def _last_verdict(self, verification: UUID) -> Verdict | None:
        return self._in.session.scalar(
            sa.select(Verdict)
            .where(Verdict.tenant_id == self._in.tenant_id, Verdict.verification_id == verification)
            .order_by(Verdict.generation.desc())
            .limit(1)
        )

    def _held(self, which: sa.ColumnElement[bool]) -> Sequence[Verification]:
        """These verifications, locked: no step of theirs is finished until this is through."""
        return self._in.session.scalars(
            sa.select(Verification)
            .where(Verification.tenant_id == self._in.tenant_id, which)
            .order_by(Verification.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()


def tenants_with_some_left(session: Transaction) -> Sequence[UUID]:
    """The tenants with verdicts that nobody has looked through yet."""
    return session.scalars(
        sa.select(Verdict.tenant_id).where(Verdict.bare.is_(False)).distinct()
    ).all()
