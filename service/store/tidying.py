"""What deletions and crashes leave behind, removed: old pages of SQLite, and uploads given up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session as Transaction

from service.store.database import WAIT_SECONDS
from service.store.tables import DoomedBlob, Evidence

FORM_LASTS = timedelta(hours=1)
"""A form whose file is not whole by then was cut off."""


def overwrite_erased(engine: sa.Engine) -> bool:
    """Leave nothing of what was deleted in SQLite's files; `False` where a reader is in the way.

    `secure_delete` clears the pages, but in the write-ahead log: until a checkpoint the main file
    holds the old pages, and the log the ones from before. PostgreSQL has no such thing; there it
    takes VACUUM and the passing of its log.
    """
    if engine.dialect.name != "sqlite":
        return True
    # A pragma of its own, outside of a transaction: within one it is refused.
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=1000")  # It holds up those who write.
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")
    finally:
        connection.close()
    return not busy


def uploads_given_up(session: Transaction, now: datetime) -> Sequence[UUID]:
    """Files of forms that a crash cut off, up to 1000: their sender never learned of them.

    Resumable uploads announce their size, and stay until their sender drops them.
    """
    cut_off = sa.select(Evidence.id).where(_empty(), Evidence.created_at < now - FORM_LASTS)
    return session.scalars(cut_off.limit(1000)).all()


def drop_uploads(session: Transaction, cut_off: Sequence[UUID]) -> None:
    """Remove their rows, and doom their blobs."""
    session.add_all(DoomedBlob(id=blob) for blob in cut_off)
    session.execute(sa.delete(Evidence).where(Evidence.id.in_(cut_off), _empty()))


def _empty() -> sa.ColumnElement[bool]:
    return sa.and_(Evidence.ready.is_(False), Evidence.size_bytes == 0)
