"""What every repository works within: one transaction, one tenant, one actor."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.store.actor import Actor
from service.store.blobs import Blobs
from service.store.errors import NotFound
from service.store.keys import Key
from service.store.tables import AuditEntry, Subject, Tenant


@dataclass
class Scope:
    """The transaction of a tenant."""

    session: Session
    tenant_id: UUID
    key: Key
    """The tenant's, which wraps those of its subjects."""
    actor: Actor
    blobs: Blobs
    now: datetime
    erased: bool = False
    """Something was deleted that must not live on in the database's log either."""
    wrote_faces: bool = False
    """Face templates were kept or deleted here; not yet for anybody else."""
    _subjects: dict[UUID, Key] = field(default_factory=dict)

    def subject_key(self, subject: UUID) -> Key:
        """The data key of a subject of this tenant. Raises `NotFound` where it was destroyed."""
        if subject not in self._subjects:
            row = self.session.get(Subject, subject)
            if row is None or row.tenant_id != self.tenant_id:
                raise NotFound("subject")
            return self.unwrapped_key(subject, row.wrapped_key)
        return self._subjects[subject]

    def unwrapped_key(self, subject: UUID, wrapped: bytes) -> Key:
        """The data key of a subject of this tenant, where many were read in one query."""
        if subject not in self._subjects:
            self._subjects[subject] = self.key.unwrap(wrapped, about=f"subject/{subject}")
        return self._subjects[subject]

    def hold_tenant(self) -> None:
        """Let no other transaction of this tenant do the same until the end of this one."""
        self.session.get_one(
            Tenant, self.tenant_id, with_for_update={"key_share": True}, populate_existing=True
        )

    def forget_key(self, subject: UUID) -> None:
        """Drop a key that was destroyed."""
        self._subjects.pop(subject, None)
        self.erased = True

    def record(self, action: str, about: str, **details: str | int | bool | None) -> None:
        """Write a row of the audit. Details are ids, states and counts, nothing personal."""
        self.session.add(
            AuditEntry(
                tenant_id=self.tenant_id,
                at=self.now,
                actor=self.actor.label,
                action=action,
                about=about,
                details=details,
            )
        )


def to_json(value: Mapping[str, Any]) -> bytes:
    """Compact JSON, for sealing."""
    return json.dumps(value, separators=(",", ":")).encode()
