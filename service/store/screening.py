"""What lists said of candidates, opened for compliance alone, and what compliance judged.

The same hit is the same entry for the same candidate, or for the same employer, reference or payee
of theirs. Each verification that comes upon it has a row of its own, so that none of them loses its
hit, nor what was judged of it, when another is deleted; one judgement is for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa

from models.order import State
from models.sanctions import Hit
from service.store.errors import Conflict, NotFound
from service.store.keys import Key
from service.store.scope import Scope
from service.store.screening_tables import ScreeningHit
from service.store.tables import Verification
from service.store.verifications import LARGEST_PAGE


class Judgement(StrEnum):
    """What compliance says of a hit."""

    ANOTHER_PERSON = "another_person"
    """Somebody, or some company, of a like name: it holds nobody."""
    THE_SAME = "the_same"


@dataclass(frozen=True)
class Judged:
    """What compliance judged."""

    judgement: Judgement
    reason: str
    by: str
    """`user:…`."""
    at: datetime


@dataclass(frozen=True)
class Raised:
    """A hit in the queue, opened."""

    id: UUID
    verification: UUID
    candidate: UUID
    found_at: datetime
    hit: Hit
    judged: Judged | None


class Screening:
    """The hits of one tenant."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def raise_hits(self, verification: UUID, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Queue these for compliance; returned are those that were not judged to be another's.

        A hit that was judged for the same candidate before is not queued again, unless it agrees
        in something more by now: the judgement is written to this verification too. Opened for the
        service's own work: nobody is shown it. The tenant is held until the end of the transaction,
        so that nobody judges meanwhile.

        Raises:
            NotFound: there is no such verification.
        """
        row = self._verification(verification)
        if not hits:
            return ()
        self._in.hold_tenant()
        key = self._in.subject_key(row.subject_id)
        standing = []
        for hit in hits:
            digest = self._digest(row.subject_id, hit)
            known = self._same(row.subject_id, digest)
            judged = [one for one in known if one.judged_at and not _says_more(hit, key, one)]
            last = _last(judged)
            if last and not any(_carries(one, last, row.id) for one in judged):
                self._carry(row, last, key)
            if last and last.judgement == Judgement.ANOTHER_PERSON:
                continue
            standing.append(hit)
            mine = [one for one in known if one.verification_id == row.id and not one.judged_at]
            if mine:
                mine[0].sealed = _sealed(hit, key, mine[0].id)
            elif not last:
                self._add(row, digest, hit, key)
        return tuple(standing)

    def list(
        self, *, judged: bool = False, after: UUID | None = None, limit: int = 50
    ) -> list[Raised]:
        """Those that wait, the oldest first, or those that were judged; the view is recorded.

        Raises:
            NotFound: there is no hit `after`.
        """
        query = sa.select(ScreeningHit).where(
            ScreeningHit.tenant_id == self._in.tenant_id,
            ScreeningHit.judged_at.is_not(None) if judged else ScreeningHit.judged_at.is_(None),
        )
        if after:
            last = self._get(after)
            query = query.where(
                sa.tuple_(ScreeningHit.found_at, ScreeningHit.id) > (last.found_at, last.id)
            )
        rows = self._in.session.scalars(
            query.order_by(ScreeningHit.found_at, ScreeningHit.id).limit(min(limit, LARGEST_PAGE))
        ).all()
        # Without a count: how many wait is for nobody else either.
        self._in.record("screening.queue_viewed", f"tenant:{self._in.tenant_id}")
        return [self._opened(row) for row in rows]

    def get(self, hit: UUID) -> Raised:
        """One hit, all of it; the view is recorded. Raises `NotFound`."""
        row = self._get(hit)
        self._in.record("screening.viewed", f"screening:{hit}")
        return self._opened(row)

    def judge(self, hit: UUID, judgement: Judgement, reason: str) -> tuple[UUID, ...]:
        """Record what compliance says, once; for every verification that has the same hit.

        Returned are those verifications whose hits are all judged to be another's by now. What was
        judged stays out of the audit, which others may read.

        Raises:
            NotFound: there is no such hit.
            Conflict: it was judged already, or a verification of it is being verified.
        """
        self._in.hold_tenant()  # First, as a conclusion does: the other way they wait in a ring.
        found = self._get(hit)
        if found.judged_at:
            raise Conflict("already-judged", "This was judged already; what was said stands.")
        alike = [r for r in self._same(found.subject_id, found.digest) if not r.judged_at]
        if any(State(v.state).in_work for v in self._held({r.verification_id for r in alike})):
            raise Conflict(
                "in-work", "The case is being verified; judge this once it has its verdict."
            )
        key = self._in.subject_key(found.subject_id)
        for row in alike:
            row.judged_at, row.judged_by = self._in.now, self._in.actor.label
            row.judgement = judgement.value
            row.sealed_reason = key.seal(reason.encode(), about=f"screening/{row.id}/reason")
            self._in.record("screening.judged", f"screening:{row.id}")
        self._in.session.flush()
        return tuple(v for r in alike if self.cleared(v := r.verification_id))

    def cleared(self, verification: UUID) -> bool:
        """Whether nothing that lists said of it stands.

        What was judged last of a hit counts, at whatever stage of the candidate it was judged.

        Raises:
            NotFound: there is no such verification.
        """
        subject = self._verification(verification).subject_id
        mine = self._in.session.execute(
            sa.select(ScreeningHit.digest, ScreeningHit.judged_at).where(
                ScreeningHit.tenant_id == self._in.tenant_id,
                ScreeningHit.verification_id == verification,
            )
        ).all()
        if any(judged_at is None for _, judged_at in mine):
            return False
        lasts = (_last(self._same(subject, digest)) for digest in {digest for digest, _ in mine})
        return all(last is None or last.judgement == Judgement.ANOTHER_PERSON for last in lasts)

    def _add(self, row: Verification, digest: bytes, hit: Hit, key: Key) -> None:
        id = uuid4()
        self._in.session.add(
            ScreeningHit(
                id=id,
                tenant_id=self._in.tenant_id,
                verification_id=row.id,
                subject_id=row.subject_id,
                digest=digest,
                found_at=self._in.now,
                sealed=_sealed(hit, key, id),
            )
        )
        self._in.session.flush()

    def _carry(self, row: Verification, judged: ScreeningHit, key: Key) -> None:
        """Write what was judged at another stage to this one, as whoever judged saw it."""
        id = uuid4()
        reason = judged.sealed_reason
        if reason:
            opened = key.open(reason, about=f"screening/{judged.id}/reason")
            reason = key.seal(opened, about=f"screening/{id}/reason")
        self._in.session.add(
            ScreeningHit(
                id=id,
                tenant_id=self._in.tenant_id,
                verification_id=row.id,
                subject_id=row.subject_id,
                digest=judged.digest,
                found_at=self._in.now,
                sealed=_sealed(_hit_of(judged, key), key, id),
                judged_at=judged.judged_at,
                judged_by=judged.judged_by,
                judgement=judged.judgement,
                sealed_reason=reason,
            )
        )
        self._in.session.flush()

    def _same(self, subject: UUID, digest: bytes) -> Sequence[ScreeningHit]:
        """The same hit of this candidate, in whatever verification of theirs."""
        return self._in.session.scalars(
            sa.select(ScreeningHit)
            .where(
                ScreeningHit.tenant_id == self._in.tenant_id,
                ScreeningHit.subject_id == subject,
                ScreeningHit.digest == digest,
            )
            .execution_options(populate_existing=True)
        ).all()

    def _held(self, verifications: set[UUID]) -> Sequence[Verification]:
        return self._in.session.scalars(
            sa.select(Verification)
            .where(Verification.tenant_id == self._in.tenant_id, Verification.id.in_(verifications))
            .order_by(Verification.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()

    def _get(self, hit: UUID) -> ScreeningHit:
        row = self._in.session.get(ScreeningHit, hit, populate_existing=True)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("hit")
        return row

    def _verification(self, verification: UUID) -> Verification:
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        return row

    def _opened(self, row: ScreeningHit) -> Raised:
        key = self._in.subject_key(row.subject_id)
        judged = None
        if row.judged_at and row.judgement and row.sealed_reason:
            reason = key.open(row.sealed_reason, about=f"screening/{row.id}/reason")
            judged = Judged(
                Judgement(row.judgement), reason.decode(), row.judged_by or "", row.judged_at
            )
        return Raised(
            row.id,
            row.verification_id,
            row.subject_id,
            row.found_at,
            _hit_of(row, key),
            judged,
        )

    def _digest(self, subject: UUID, hit: Hit) -> bytes:
        party = hit.party
        # A candidate is the same however their name is written; of others only the name is known.
        name = "" if party.role == "candidate" else " ".join(party.names[0].casefold().split())
        same = "\n".join((hit.entry.list_name, hit.entry.id, party.role, name))
        # With the subject: two candidates of the same hit are not to be told by their rows.
        return self._in.key.digest(same, about=f"screening/{subject}")


def _last(rows: Sequence[ScreeningHit]) -> ScreeningHit | None:
    """What was judged last of these."""
    judged = [(row.judged_at, row) for row in rows if row.judged_at]
    return max(judged, key=lambda one: one[0])[1] if judged else None


def _carries(row: ScreeningHit, judged: ScreeningHit, verification: UUID) -> bool:
    """Whether a row of this verification has the same judgement."""
    return row.verification_id == verification and row.judged_at == judged.judged_at


def _sealed(hit: Hit, key: Key, id: UUID) -> bytes:
    return key.seal(hit.model_dump_json().encode(), about=f"screening/{id}")


def _hit_of(row: ScreeningHit, key: Key) -> Hit:
    return Hit.model_validate_json(key.open(row.sealed, about=f"screening/{row.id}"))


def _says_more(hit: Hit, key: Key, judged: ScreeningHit) -> bool:
    """Whether it agrees in something that whoever judged did not see."""
    return not set(hit.agrees_in) <= set(_hit_of(judged, key).agrees_in)
