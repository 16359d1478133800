"""Identifiers of candidates, found again by keyed digests that tell nothing.

A digest is of the kind and the canonical form under the tenant's key: whoever reads the table
learns neither what a candidate has nor whether another tenant's candidate has it too.
"""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from models.link import Held, Holder, Identifier
from service.store.errors import NotFound
from service.store.linkage_tables import IdentifierKey
from service.store.scope import Scope
from service.store.tables import Verification
from verifiers.linkage.weighing import MOST_HOLDERS

_AT_ONCE = 50
"""Identifiers looked up in one statement, each from the index and no further than is read: one
condition for all of them would read every holder of a carrier's address."""
_DIGEST_BYTES = 16
_SAMPLE = 256
"""Candidates that their number is told from, where there are more: within 6 %, a tenth of a bit."""
_TELLING_BITS = 48
"""Of a random UUID (RFC 9562 §5.4): the first bits that are all random."""


@cache
def _newest_of(count: int) -> sa.CompoundSelect[int, UUID, UUID]:
    """The newest rows of so many digests, each with its place among them.

    Made once for each number: to put one together takes longer than to run it. Of oneself too: with
    a condition that one's own are left out SQLite sorts all that there are.
    """
    each = (
        sa.select(
            sa.literal_column(str(place), sa.Integer()).label("place"),
            IdentifierKey.subject_id,
            IdentifierKey.verification_id,
        )
        .where(
            IdentifierKey.tenant_id == sa.bindparam("tenant"),
            IdentifierKey.digest == sa.bindparam(f"digest_{place}"),
        )
        .order_by(
            IdentifierKey.seen_at.desc(),
            IdentifierKey.subject_id.desc(),
            IdentifierKey.verification_id.desc(),
        )
        .limit(sa.bindparam("limit", type_=sa.Integer()))
        .subquery()
        for place in range(count)
    )
    return sa.union_all(*(sa.select(one) for one in each))


class Identifiers:
    """The identifiers of one tenant's candidates."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def remember(self, verification: UUID, identifiers: Sequence[Identifier]) -> None:
        """These are the identifiers of this verification; earlier ones are forgotten.

        Raises:
            NotFound: there is no such verification.
        """
        subject = self._subject(verification)
        self._in.session.execute(
            sa.delete(IdentifierKey).where(
                IdentifierKey.tenant_id == self._in.tenant_id,
                IdentifierKey.verification_id == verification,
            )
        )
        rows = [
            {
                "verification_id": verification,
                "digest": digest,
                "tenant_id": self._in.tenant_id,
                "subject_id": subject,
                "seen_at": self._in.now,
            }
            for digest in {self._digest(one) for one in identifiers}
        ]
        if rows:
            self._in.session.execute(sa.insert(IdentifierKey), rows)

    def held(self, verification: UUID, identifiers: Sequence[Identifier]) -> tuple[Held, ...]:
        """Each with the other candidates who hold it, the newest first.

        Of one that very many hold, only the newest are looked at. The tenant is held until the end
        of the transaction where it may write: two that are linked at once would otherwise each be
        blind to the other.

        Raises:
            NotFound: there is no such verification.
        """
        subject = self._subject(verification)
        if not self._in.session.connection().get_execution_options().get("reads_only"):
            self._in.hold_tenant()
        return tuple(
            held
            for start in range(0, len(identifiers), _AT_ONCE)
            for held in self._held(identifiers[start : start + _AT_ONCE], without=subject)
        )

    def people(self) -> int:
        """How many candidates have any identifier: beyond some hundreds an estimate, in no time.

        Ids of candidates are random, so the place of the nth among all there could be tells how
        many there are (Bar-Yossef et al. 2002, "Counting distinct elements in a data stream").
        """
        first = self._in.session.scalars(
            sa.select(IdentifierKey.subject_id)
            .where(IdentifierKey.tenant_id == self._in.tenant_id)
            .distinct()
            .order_by(IdentifierKey.subject_id)
            .limit(_SAMPLE)
        ).all()
        if len(first) < _SAMPLE:
            return len(first)
        reached = (first[-1].int >> (128 - _TELLING_BITS)) + 1
        return max(_SAMPLE, round((_SAMPLE - 1) * (1 << _TELLING_BITS) / reached))

    def note_view(self, verification: UUID) -> None:
        """Somebody is shown what this candidate has in common with others; the view is recorded.

        Raises:
            NotFound: there is no such verification.
        """
        self._subject(verification)
        self._in.record("links.viewed", f"verification:{verification}")

    def _held(self, identifiers: Sequence[Identifier], *, without: UUID) -> list[Held]:
        digests = {f"digest_{place}": self._digest(one) for place, one in enumerate(identifiers)}
        limit = MOST_HOLDERS + 1  # Oneself may be among them.
        found = self._in.session.execute(
            _newest_of(len(identifiers)),
            {"tenant": self._in.tenant_id, "limit": limit, **digests},
        )
        newest: list[dict[UUID, UUID]] = [{} for _ in identifiers]
        read = [0] * len(identifiers)
        for place, subject, verification in found:
            read[place] += 1
            if subject != without:
                newest[place].setdefault(subject, verification)
        return [
            Held(
                identifier=one,
                holders=tuple(
                    Holder(person=str(subject), case=str(verification))
                    for subject, verification in list(others.items())[:MOST_HOLDERS]
                ),
                # Where there are more rows than were read, it is held by very many.
                people=MOST_HOLDERS if rows == limit else len(others),
            )
            for one, others, rows in zip(identifiers, newest, read, strict=True)
        ]

    def _digest(self, identifier: Identifier) -> bytes:
        about = f"identifier/{identifier.kind.value}"
        return self._in.key.digest(identifier.canonical, about=about)[:_DIGEST_BYTES]

    def _subject(self, verification: UUID) -> UUID:
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        return row.subject_id
