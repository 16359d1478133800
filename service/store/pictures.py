"""Pictures and footage that were sent before, found by keys that tell nothing.

Keys are digests under the tenant's key: whoever reads the table learns neither what a picture shows
nor whether another tenant was sent it too.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from uuid import UUID

import sqlalchemy as sa

from service.store.errors import NotFound
from service.store.keys import Unopenable
from service.store.linkage_tables import PictureKey
from service.store.results import Results
from service.store.scope import Scope
from service.store.tables import StepResult, Verification

_MOST_OTHERS = 40
"""Verifications that are looked at, those with most keys in common first: chance shares one key of
some dozens with one picture in two hundred."""
_AT_ONCE = 400
"""Keys in one query: SQLite takes no more than 32,766 values, and few is kinder to its planner."""
_DIGEST_BYTES = 16


class Pictures:
    """The pictures of one tenant's candidates."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def remember(self, verification: UUID, keys: Collection[str]) -> None:
        """These are the keys of all pictures of this verification; earlier ones are forgotten.

        Raises:
            NotFound: there is no such verification.
        """
        subject = self._subject(verification)
        self._in.session.execute(
            sa.delete(PictureKey).where(
                PictureKey.tenant_id == self._in.tenant_id,
                PictureKey.verification_id == verification,
            )
        )
        self._in.session.add_all(
            PictureKey(
                verification_id=verification,
                digest=digest,
                tenant_id=self._in.tenant_id,
                subject_id=subject,
            )
            for digest in self._digests(keys)
        )

    def of_others(
        self, verification: UUID, keys: Collection[str], step: str
    ) -> Iterator[tuple[UUID, bytes]]:
        """Verifications of other candidates with such keys, and what this step of them found.

        The tenant is held until the end of the transaction: two that are concluded at once would
        otherwise each be blind to the other.

        Raises:
            NotFound: there is no such verification.
        """
        self._in.hold_tenant()
        others = PictureKey.subject_id != self._subject(verification)
        yield from self._sharing(others, keys, step)

    def of_candidate(
        self, verification: UUID, keys: Collection[str], step: str
    ) -> Iterator[tuple[UUID, bytes]]:
        """The same of this candidate's own other verifications.

        Raises:
            NotFound: there is no such verification.
        """
        own = (PictureKey.subject_id == self._subject(verification)) & (
            PictureKey.verification_id != verification
        )
        yield from self._sharing(own, keys, step)

    def _sharing(
        self, whose: sa.ColumnElement[bool], keys: Collection[str], step: str
    ) -> Iterator[tuple[UUID, bytes]]:
        shared: dict[UUID, int] = {}
        digests = sorted(self._digests(keys))
        for start in range(0, len(digests), _AT_ONCE):
            found = self._in.session.execute(
                sa.select(PictureKey.verification_id, sa.func.count())
                .where(
                    PictureKey.tenant_id == self._in.tenant_id,
                    whose,
                    PictureKey.digest.in_(digests[start : start + _AT_ONCE]),
                )
                .group_by(PictureKey.verification_id)
            )
            for other, count in found:
                shared[other] = shared.get(other, 0) + count
        likeliest = sorted(shared, key=lambda other: (-shared[other], other))[:_MOST_OTHERS]
        for other in likeliest:
            result = self._latest(other, step)
            if result is not None:
                yield other, result

    def _latest(self, verification: UUID, step: str) -> bytes | None:
        """What the step last found; `None` also where it is gone or damaged.

        That is no fault of the one whose case it is.
        """
        generation = self._in.session.scalar(
            sa.select(sa.func.max(StepResult.generation)).where(
                StepResult.tenant_id == self._in.tenant_id,
                StepResult.verification_id == verification,
                StepResult.step == step,
                StepResult.sealed.is_not(None),
            )
        )
        if generation is None:
            return None
        with suppress(NotFound, Unopenable):
            return Results(self._in).result_of(verification, generation, step)
        return None

    def _digests(self, keys: Collection[str]) -> set[bytes]:
        return {self._in.key.digest(key, about="picture/key")[:_DIGEST_BYTES] for key in keys}

    def _subject(self, verification: UUID) -> UUID:
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        return row.subject_id
