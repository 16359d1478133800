"""Face templates that candidates agreed to have kept: the truth that every search is made from.

A template is stored twice: exact, under the candidate's key, and as a coarser code under the
tenant's, which opens twenty times faster. Both go with the verification. What is searched among is
made of the codes in memory (`service/linkage/faces.py`) and follows by two counters: the numbers of
new templates, and those of deleted ones. Numbers of one tenant become visible in order, because
whoever writes holds the tenant until the end of the transaction; otherwise one that was
counted first and committed last would be missed for ever.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import aliased

from models.person import FaceTemplate, TemplateKind
from service.linkage.nearest import Floats, code_of
from service.store.errors import NotFound
from service.store.keys import Unopenable
from service.store.linkage_tables import ForgottenFace, KeptFace
from service.store.scope import Scope
from service.store.tables import Subject, Verification

log = structlog.get_logger()

FORGOTTEN_LASTS = timedelta(days=1)
"""For so long it is told which templates were deleted. Processes ask every few seconds; one that
was stopped for longer than half of this makes what it holds anew."""
_AT_ONCE = 10_000
"""Codes in one read."""
_FEW = 500
"""Templates opened in one read."""
_BEYOND_ALL = 2**63 - 1
_FACE = (
    KeptFace.id,
    KeptFace.subject_id,
    KeptFace.verification_id,
    KeptFace.engine,
    KeptFace.kind,
    KeptFace.sealed,
)
_NOTHING = sa.null()
"""In place of what else is sealed of a template, where its vector is enough."""


@dataclass(frozen=True)
class Face:
    """One kept template, opened."""

    subject: UUID
    verification: UUID
    kind: TemplateKind
    vector: Floats


class Faces:
    """The kept templates of one tenant's candidates, opened for the service's own work."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def remember(self, verification: UUID, templates: Sequence[FaceTemplate]) -> None:
        """These, given with consent, are the templates of this verification from now on.

        Raises:
            NotFound: there is no such verification.
        """
        subject = self._subject(verification)
        forget_faces(self._in, [verification])
        for template in templates:
            self._add(subject, verification, template)

    def gallery(
        self, engine: str, *, without: UUID, limit: int = 5000
    ) -> Iterator[tuple[UUID, FaceTemplate]]:
        """The newest template of each of the tenant's other candidates, the newest first.

        Args:
            engine: Whose templates; those of two engines never meet.
            without: The candidate whose own are left out, by their account, never by closeness.
            limit: The most candidates.
        """
        before, seen = _BEYOND_ALL, {without}
        while True:
            newest = self._in.session.execute(
                sa.select(KeptFace.id, KeptFace.subject_id)
                .where(
                    KeptFace.tenant_id == self._in.tenant_id,
                    KeptFace.engine == engine,
                    KeptFace.id < before,
                )
                .order_by(KeptFace.id.desc())
                .limit(_FEW)
            ).all()
            if not newest:
                return
            before = newest[-1].id
            unseen = KeptFace.id.in_([id for id, subject in newest if subject not in seen])
            for row, template in self._whole(unseen, KeptFace.id.desc()):
                if len(seen) > limit:
                    return
                if row.subject_id not in seen:
                    seen.add(row.subject_id)
                    yield row.subject_id, template

    def others(self, engine: str, *, without: UUID) -> int:
        """How many of the tenant's other candidates have templates of this engine."""
        count = self._in.session.scalar(
            sa.select(sa.func.count(KeptFace.subject_id.distinct())).where(
                KeptFace.tenant_id == self._in.tenant_id,
                KeptFace.engine == engine,
                KeptFace.subject_id != without,
            )
        )
        return count or 0

    def kept(self, verifications: Collection[UUID]) -> dict[UUID, tuple[FaceTemplate, ...]]:
        """The templates of those of these verifications that have any, as they were given."""
        theirs = KeptFace.verification_id.in_(verifications)
        kept: dict[UUID, tuple[FaceTemplate, ...]] = {}
        for row, template in self._whole(theirs, KeptFace.id.asc()):
            kept[row.verification_id] = (*kept.get(row.verification_id, ()), template)
        return kept

    def _whole(
        self, which: sa.ColumnElement[bool], order: sa.UnaryExpression[int]
    ) -> Iterator[tuple[Any, FaceTemplate]]:
        """These rows and the templates in them, without those that are damaged."""
        for row, (vector, rest) in self._unsealed(which, order, KeptFace.sealed_rest):
            told = json.loads(rest) | {"vector": tuple(vector.tolist())}
            yield row, FaceTemplate.model_validate(told)

    def opened(self, ids: Collection[int]) -> dict[int, Face]:
        """The templates of these numbers that are still there, and whole."""
        return {
            row.id: Face(row.subject_id, row.verification_id, TemplateKind(row.kind), vector)
            for row, (vector, _) in self._unsealed(KeptFace.id.in_(ids), KeptFace.id.asc())
        }

    def _unsealed(
        self,
        which: sa.ColumnElement[bool],
        order: sa.UnaryExpression[int],
        rest: sa.SQLColumnExpression[Any] = _NOTHING,
    ) -> Iterator[tuple[Any, tuple[Floats, bytes]]]:
        """These rows, with what they hold opened; whatever is damaged is left out, and told."""
        rows: sa.Result[Any] = self._in.session.execute(
            # With the keys, or each would be a query of its own.
            sa.select(*_FACE, rest.label("sealed_rest"), Subject.wrapped_key)
            .join(Subject, Subject.id == KeptFace.subject_id)
            .where(KeptFace.tenant_id == self._in.tenant_id, which)
            .order_by(order)
        )
        for row in rows:
            place = _place(row.engine, row.verification_id)
            try:
                key = self._in.unwrapped_key(row.subject_id, row.wrapped_key)
                vector = np.frombuffer(key.open(row.sealed, about=place), np.float32)
                told = key.open(row.sealed_rest, about=f"{place}/rest") if row.sealed_rest else b""
            except Unopenable:
                log.warning("kept face damaged", id=row.id)
                continue
            yield row, (vector, told)

    def of_subjects(self, engine: str, subjects: Collection[UUID]) -> set[int]:
        """The numbers of these candidates' templates."""
        return set(
            self._in.session.scalars(
                # By way of the candidates, of whom it is known that there are few.
                sa.select(KeptFace.id)
                .join(Subject, Subject.id == KeptFace.subject_id)
                .where(
                    Subject.tenant_id == self._in.tenant_id,
                    Subject.id.in_(subjects),
                    KeptFace.engine == engine,
                )
            )
        )

    def added(self, engine: str, *, after: int) -> Iterator[tuple[list[int], list[bytes], int]]:
        """Numbers and codes of the templates beyond a number, some thousand at a time.

        With each part the number that it comes to.

        Raises:
            RuntimeError: this transaction wrote some itself, which may yet be taken back.
        """
        self._refuse_own()
        while True:
            rows = self._in.session.execute(
                # Columns, not rows: a million objects of SQLAlchemy's would take a minute.
                sa.select(KeptFace.id, KeptFace.verification_id, KeptFace.sealed_code)
                .where(
                    KeptFace.tenant_id == self._in.tenant_id,
                    KeptFace.engine == engine,
                    KeptFace.id > after,
                )
                .order_by(KeptFace.id)
                .limit(_AT_ONCE)
            ).all()
            if not rows:
                return
            after = rows[-1].id
            codes = {row.id: self._code(engine, *row) for row in rows}
            whole = {id: code for id, code in codes.items() if code}
            yield list(whole), list(whole.values()), after

    def forgotten(self, *, after: int) -> tuple[int, Sequence[int]]:
        """How far deletions have come, and the numbers of templates deleted beyond `after`.

        Raises:
            RuntimeError: this transaction deleted some itself, which may yet be taken back.
        """
        self._refuse_own()
        rows = self._in.session.execute(
            sa.select(ForgottenFace.id, ForgottenFace.face_id)
            .where(ForgottenFace.tenant_id == self._in.tenant_id, ForgottenFace.id > after)
            .order_by(ForgottenFace.id)
        ).all()
        return (rows[-1].id if rows else after), [row.face_id for row in rows]

    def last_forgotten(self) -> int:
        """How far deletions have come."""
        last = self._in.session.scalar(
            sa.select(sa.func.max(ForgottenFace.id)).where(
                ForgottenFace.tenant_id == self._in.tenant_id
            )
        )
        return last or 0

    def _add(self, subject: UUID, verification: UUID, template: FaceTemplate) -> None:
        row = KeptFace(
            tenant_id=self._in.tenant_id,
            subject_id=subject,
            verification_id=verification,
            engine=template.engine,
            kind=template.kind.value,
        )
        exact = np.asarray(template.vector, np.float32).tobytes()
        place = _place(template.engine, verification)
        rest = template.model_dump_json(exclude={"vector"}).encode()
        key = self._in.subject_key(subject)
        row.sealed = key.seal(exact, about=place)
        row.sealed_rest = key.seal(rest, about=f"{place}/rest")
        row.sealed_code = self._in.key.seal(code_of(template.vector), about=place)
        self._in.session.add(row)
        self._in.session.flush()  # Numbered in the order they are given.

    def _code(self, engine: str, id: int, verification: UUID, sealed: bytes) -> bytes | None:
        """The code of a template; where it is damaged, made anew of the exact vector."""
        try:
            return self._in.key.open(sealed, about=_place(engine, verification))
        except Unopenable:
            face = self.opened([id]).get(id)
            return code_of(face.vector.tolist()) if face else None

    def _refuse_own(self) -> None:
        if self._in.wrote_faces:
            raise RuntimeError("Search before templates are kept or deleted in a transaction.")

    def _subject(self, verification: UUID) -> UUID:
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        return row.subject_id


def forget_faces(scope: Scope, verifications: Collection[UUID]) -> None:
    """Delete the templates of these verifications, and tell whoever has them in memory."""
    scope.hold_tenant()
    scope.wrote_faces = True
    theirs = sa.and_(
        KeptFace.tenant_id == scope.tenant_id, KeptFace.verification_id.in_(verifications)
    )
    gone = scope.session.scalars(sa.select(KeptFace.id).where(theirs)).all()
    if gone:
        scope.session.add_all(
            ForgottenFace(tenant_id=scope.tenant_id, face_id=face, forgotten_at=scope.now)
            for face in gone
        )
        scope.session.execute(sa.delete(KeptFace).where(theirs))
        scope.erased = True


def prune_forgotten(session: Transaction, now: datetime) -> None:
    """Drop the numbers that no process needs any more; of each tenant the last one stays."""
    newer = aliased(ForgottenFace)
    last = (
        sa.select(sa.func.max(newer.id))
        .where(newer.tenant_id == ForgottenFace.tenant_id)
        .correlate(ForgottenFace)
        .scalar_subquery()
    )
    session.execute(
        sa.delete(ForgottenFace)
        .where(ForgottenFace.forgotten_at < now - FORGOTTEN_LASTS, ForgottenFace.id < last)
        .execution_options(synchronize_session=False)
    )


def _place(engine: str, verification: UUID) -> str:
    """Where a template belongs: moved to another engine or verification it does not open."""
    return f"face/{verification}/{engine}"
