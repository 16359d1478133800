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
from service.store.tables import AuditEntry, Subject


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
    _subjects: dict[UUID, Key] = field(default_factory=dict)

    def subject_key(self, subject: UUID) -> Key:
        """The data key of a subject of this tenant. Raises `NotFound` where it was destroyed."""
        if subject not in self._subjects:
            row = self.session.get(Subject, subject)
            if row is None or row.tenant_id != self.tenant_id:
                raise NotFound("subject")
            self._subjects[subject] = self.key.unwrap(row.wrapped_key, about=f"subject/{subject}")
        return self._subjects[subject]

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
