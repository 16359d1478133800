"""Evidence: files sent for a verification. Rows here, bytes as sealed blobs.

Bytes are never moved inside a transaction: a route asks for the `Upload`, moves bytes by it, and
comes back to `finish`, so that a slow sender holds no lock.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa

from models.order import State
from models.verification import EvidenceKind
from service.store.challenge_tables import GivenChallenge
from service.store.errors import Conflict, NotFound
from service.store.keys import Key
from service.store.scope import Scope, to_json
from service.store.tables import DoomedBlob, Evidence, Verdict, Verification

MOST_FILES = 40
"""A verification with more files is a mistake of whoever sends them."""


@dataclass(frozen=True)
class Upload:
    """Where the bytes of one file go: the blob and the key that seals it."""

    id: UUID
    verification: UUID
    kind: EvidenceKind
    size_bytes: int
    """As announced."""
    ready: bool
    key: Key


@dataclass(frozen=True)
class File:
    """One file as it was sent, its name opened."""

    id: UUID
    verification: UUID
    kind: EvidenceKind
    name: str
    sha256: str | None
    """`None` until it is whole."""
    size_bytes: int
    ready: bool
    announced_at: datetime
    key: Key


class EvidenceFiles:
    """The files of one tenant's verifications."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def announce(
        self, verification: UUID, kind: EvidenceKind, name: str, size_bytes: int
    ) -> Upload:
        """Make room for a file that is about to come.

        Raises:
            NotFound: no such verification.
            Conflict: it takes no more evidence now.
        """
        row = taking_evidence(self._in, verification)
        count = self._in.session.scalar(
            sa.select(sa.func.count())
            .select_from(Evidence)
            .where(Evidence.tenant_id == self._in.tenant_id, Evidence.verification_id == row.id)
        )
        if (count or 0) >= MOST_FILES:
            raise Conflict("too-many-files", f"A verification takes at most {MOST_FILES} files.")
        key = self._in.subject_key(row.subject_id)
        file = Evidence(
            id=uuid4(),
            tenant_id=self._in.tenant_id,
            verification_id=row.id,
            position=self._next_position(row.id),
            kind=kind.value,
            ready=False,
            size_bytes=size_bytes,
            created_at=self._in.now,
            sealed_name=b"",
        )
        file.sealed_name = _seal_name(key, file.id, name, None)
        self._in.session.add(file)
        row.updated_at = self._in.now
        self._in.session.flush()
        return Upload(file.id, row.id, kind, size_bytes, False, key)

    def upload(self, evidence: UUID) -> Upload:
        """The way to the bytes of a file. Raises `NotFound`."""
        file = self._get(evidence)
        return Upload(
            file.id,
            file.verification_id,
            EvidenceKind(file.kind),
            file.size_bytes,
            file.ready,
            self._key_of(file),
        )

    def finish(self, evidence: UUID, *, size_bytes: int, sha256: str) -> None:
        """Its bytes are all there: it counts from now on.

        Raises:
            Conflict: the verification was submitted, cancelled or taken into work meanwhile.
        """
        file = self._get(evidence)
        if file.ready:
            return
        row = taking_evidence(self._in, file.verification_id)
        key = self._in.subject_key(row.subject_id)
        name = _open_name(key, file)[0]
        file.ready, file.size_bytes = True, size_bytes
        file.sealed_name = _seal_name(key, file.id, name, sha256)
        row.updated_at = self._in.now
        self._in.record(
            "evidence.received", f"evidence:{file.id}", kind=file.kind, size_bytes=size_bytes
        )

    def listed(self, verification: UUID) -> list[File]:
        """The files with their names, to show to somebody; the view is recorded.

        Raises:
            NotFound: no such verification.
        """
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        self._in.record("evidence.listed", f"verification:{verification}")
        return self.list(verification)

    def list(self, verification: UUID) -> list[File]:
        """The files of a verification in the order they came, for the service's own work."""
        rows = self._in.session.scalars(
            sa.select(Evidence)
            .where(
                Evidence.tenant_id == self._in.tenant_id, Evidence.verification_id == verification
            )
            .order_by(Evidence.position)
        )
        return [self._opened(row) for row in rows]

    def view(self, evidence: UUID) -> tuple[File, Iterator[bytes]]:
        """A file with its bytes, to show to somebody; the view is recorded.

        Raises:
            NotFound: no such file, or not all of it has arrived.
        """
        file = self._opened(self._get(evidence))
        if not file.ready:
            raise NotFound("evidence")
        self._in.record("evidence.viewed", f"evidence:{evidence}")
        return file, self._in.blobs.read(file.id, file.key)

    def remove(self, evidence: UUID) -> None:
        """Take a file back, and what was said of it where it answers a challenge.

        Raises:
            NotFound: no such file.
            Conflict: it is being verified, or a verdict rests on it.
        """
        file = self._get(evidence)
        taking_evidence(self._in, file.verification_id)
        if self._in_a_verdict(file):
            raise Conflict(
                "part-of-a-verdict",
                "A verdict rests on this file. Send a better one beside it and submit again, or "
                "delete the whole verification.",
            )
        self._in.session.execute(
            sa.update(GivenChallenge)
            .where(GivenChallenge.evidence_id == file.id)
            .values(sealed_answer=None)
        )
        self._in.session.add(DoomedBlob(id=file.id))
        self._in.session.delete(file)
        self._in.erased = True
        self._in.record("evidence.removed", f"evidence:{evidence}")

    def discard(self, evidence: UUID) -> None:
        """Forget a file that never arrived whole, whatever became of its verification since."""
        file = self._in.session.get(Evidence, evidence)
        if file is not None and file.tenant_id == self._in.tenant_id and not file.ready:
            self._in.session.add(DoomedBlob(id=file.id))
            self._in.session.delete(file)

    def _in_a_verdict(self, file: Evidence) -> bool:
        return bool(
            self._in.session.scalar(
                sa.select(Verdict.generation)
                .where(
                    Verdict.tenant_id == self._in.tenant_id,
                    Verdict.verification_id == file.verification_id,
                    Verdict.decided_at >= file.created_at,
                )
                .limit(1)
            )
        )

    def _get(self, evidence: UUID) -> Evidence:
        file = self._in.session.get(Evidence, evidence)
        if file is None or file.tenant_id != self._in.tenant_id:
            raise NotFound("evidence")
        return file

    def _key_of(self, file: Evidence) -> Key:
        row = self._in.session.get_one(Verification, file.verification_id)
        return self._in.subject_key(row.subject_id)

    def _opened(self, file: Evidence) -> File:
        key = self._key_of(file)
        name, sha256 = _open_name(key, file)
        return File(
            id=file.id,
            verification=file.verification_id,
            kind=EvidenceKind(file.kind),
            name=name,
            sha256=sha256,
            size_bytes=file.size_bytes,
            ready=file.ready,
            announced_at=file.created_at,
            key=key,
        )

    def _next_position(self, verification: UUID) -> int:
        last = self._in.session.scalar(
            sa.select(sa.func.max(Evidence.position)).where(
                Evidence.tenant_id == self._in.tenant_id, Evidence.verification_id == verification
            )
        )
        return (last or 0) + 1


def taking_evidence(scope: Scope, verification: UUID) -> Verification:
    """The row of a verification that takes evidence now, held until the end of the transaction.

    Raises:
        NotFound: no such verification.
        Conflict: it takes none.
    """
    row = scope.session.scalar(
        sa.select(Verification)
        .where(Verification.tenant_id == scope.tenant_id, Verification.id == verification)
        .with_for_update()
    )
    if row is None:
        raise NotFound("verification")
    if State(row.state).in_work or row.state == State.CANCELLED:
        raise Conflict(
            "not-taking-evidence",
            "It is being verified or was cancelled; evidence can be sent before it is "
            "submitted and again after its verdict.",
        )
    return row


def _seal_name(key: Key, evidence: UUID, name: str, sha256: str | None) -> bytes:
    # The digest is sealed as well: it would tell who else sent the same file.
    return key.seal(to_json({"name": name, "sha256": sha256}), about=f"evidence/{evidence}")


def _open_name(key: Key, file: Evidence) -> tuple[str, str | None]:
    said = json.loads(key.open(file.sealed_name, about=f"evidence/{file.id}"))
    return said["name"], said["sha256"]
