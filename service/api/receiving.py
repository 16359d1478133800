"""Files from their sender to the blob store: bounded, sealed as they arrive, all or none."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self
from uuid import UUID

from models.verification import EvidenceKind
from service.api.multipart import Part, parts
from service.api.streaming import bounded
from service.errors import Refused
from service.store.actor import Actor
from service.store.blobs import Finished
from service.store.errors import NotFound
from service.store.evidence import File, Upload
from service.store.store import OfTenant, Store
from verifiers.decoding.bounds import CHIP_FILE_BYTES, FOOTAGE_FILE_BYTES, PICTURE_FILE_BYTES
from verifiers.unusable import UnusableInput, shown_name

MOST_BYTES = {
    EvidenceKind.DOCUMENT: PICTURE_FILE_BYTES,
    EvidenceKind.CHIP: CHIP_FILE_BYTES,
    EvidenceKind.FOOTAGE: FOOTAGE_FILE_BYTES,
}
"""Of one file."""
BODY_BYTES = FOOTAGE_FILE_BYTES + (1 << 20)
"""Of one request: the largest recording with what multipart adds, or many smaller files."""
NAME_CHARACTERS = 200


class Receiving:
    """The files that one request brings. As a context, it leaves nothing of them on an error."""

    def __init__(self, store: Store, tenant: UUID, actor: Actor, verification: UUID) -> None:
        self._store, self._tenant, self._actor = store, tenant, actor
        self._verification = verification
        self._begun: list[Upload] = []
        self._whole: list[tuple[Upload, Finished]] = []

    def take_form(self, kind: EvidenceKind, pieces: Iterator[bytes], boundary: bytes) -> list[File]:
        """Store every file of a form, in its order."""
        with self:
            for part in parts(bounded(pieces, BODY_BYTES, "This body"), boundary):
                self.take(kind, part)
            return self.keep()

    def take(self, kind: EvidenceKind, part: Part) -> None:
        """Store one file of a form."""
        if part.name != "files" or part.filename is None:
            raise Refused(422, "invalid", "Send each file in a field `files`; there is no other.")
        name = safe_name(part.filename)
        upload = self.begin(kind, name)
        most = MOST_BYTES[kind]
        pieces = bounded(part.body, most, "A file of this kind")
        if not self._store.blobs.append(upload.id, upload.key, pieces, at=0):
            raise UnusableInput(name, "is empty (0 bytes)", "Send it again")
        self.end(upload)

    def begin(self, kind: EvidenceKind, name: str) -> Upload:
        """Make room for a file."""
        with self._store.tenant(self._tenant, self._actor) as t:
            upload = t.evidence.announce(self._verification, kind, name, 0)
        self._begun.append(upload)
        return upload

    def end(self, upload: Upload) -> None:
        """A file is whole."""
        self._whole.append((upload, self._store.blobs.finish(upload.id, upload.key)))

    def keep(self, and_then: Callable[[OfTenant], None] | None = None) -> list[File]:
        """All files are whole: from now on they count, if what is done with that is done as well.

        `and_then` is called in the same transaction.
        """
        if not self._whole:
            raise Refused(422, "invalid", "There is no file in this form.")
        with self._store.tenant(self._tenant, self._actor) as t:
            for upload, finished in self._whole:
                t.evidence.finish(upload.id, size_bytes=finished.size, sha256=finished.sha256.hex())
            if and_then:
                and_then(t)
            ours = {upload.id for upload, _ in self._whole}
            return [file for file in t.evidence.list(self._verification) if file.id in ours]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is not None:
            for upload in self._begun:
                forget(self._store, self._tenant, self._actor, upload.id)


def forget(store: Store, tenant: UUID, actor: Actor, upload: UUID) -> None:
    """Remove a file that did not arrive whole: its row, then its bytes.

    The verification may have been deleted while bytes arrived, and the row with it; the bytes that
    came after that have no row that dooms them, so they are removed by their id as well.
    """
    with store.tenant(tenant, actor) as t:
        t.evidence.discard(upload)
    store.blobs.delete(upload)
    store.remove_doomed_blobs()


def safe_name(sent: str) -> str:
    """A file's name, safe to show: no path, no control or direction characters, bounded.

    It is kept for people to recognise the file by; nothing is ever opened by it.
    """
    last = re.split(r"[/\\]", sent[:10_000])[-1].strip()
    if last in ("", ".", ".."):
        return "unnamed"
    return shown_name(Path(last))[:NAME_CHARACTERS]


def found(store: Store, tenant: UUID, actor: Actor, upload: UUID) -> Upload:
    """An upload that is sent in several requests. Raises `NotFound`."""
    with store.tenant(tenant, actor, reads_only=True) as t:
        row = t.evidence.upload(upload)
    if not row.size_bytes:  # One that arrives by multipart announces no size.
        raise NotFound("upload")
    return row
