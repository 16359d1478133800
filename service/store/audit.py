"""Reading the audit: who saw or did what, the newest first. Nothing here changes it."""

from collections.abc import Sequence

import sqlalchemy as sa

from service.store.scope import Scope
from service.store.tables import AuditEntry
from service.store.verifications import LARGEST_PAGE


class Audit:
    """The audit of one tenant."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def list(
        self,
        *,
        about: str | Sequence[str] | None = None,
        before: int | None = None,
        limit: int = 100,
        screening: bool = False,
    ) -> Sequence[AuditEntry]:
        """Entries about these things (`verification:…`) or about all, below the id `before`.

        Who looked at hits on sanctions lists, and judged them, only with `screening`: that there is
        a hit is for compliance alone, and how many rows one judgement has tells that already.
        """
        query = sa.select(AuditEntry).where(AuditEntry.tenant_id == self._in.tenant_id)
        if not screening:
            query = query.where(AuditEntry.action.not_like("screening.%"))
        if about:
            things = [about] if isinstance(about, str) else about
            query = query.where(AuditEntry.about.in_(things))
        if before is not None:
            query = query.where(AuditEntry.id < before)
        return self._in.session.scalars(
            query.order_by(AuditEntry.id.desc()).limit(min(limit, LARGEST_PAGE))
        ).all()
