"""Resumable uploads: tus 1.0.0 (https://tus.io), the core with creation and termination.

An upload is a file of a verification from the beginning; it counts once its last byte is there. A
request that is cut off keeps what arrived, so HEAD after any crash tells what is safely stored.
"""

import base64
import binascii
from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response

from models.verification import EvidenceKind
from service.api.caller import Caller, Orders
from service.api.openapi import problems
from service.api.receiving import MOST_BYTES, forget, found, safe_name
from service.api.streaming import Body, bounded
from service.errors import Refused, too_large
from service.store.errors import NotFound
from service.store.evidence import Upload

VERSION = "1.0.0"
MEDIA_TYPE = "application/offset+octet-stream"
KINDS = (EvidenceKind.DOCUMENT, EvidenceKind.FOOTAGE)

router = APIRouter(prefix="/v1", tags=["Resumable uploads"])


def _speaks_tus(
    response: Response,
    tus_resumable: Annotated[
        str | None, Header(description="The version of tus: `1.0.0`.", examples=[VERSION])
    ] = None,
) -> None:
    if tus_resumable != VERSION:
        headers = {"Tus-Version": VERSION}
        detail = f"Send `Tus-Resumable: {VERSION}`; no other version is spoken here."
        raise Refused(412, "unsupported-version", detail, headers=headers)
    response.headers["Tus-Resumable"] = VERSION


Tus = Annotated[None, Depends(_speaks_tus)]


@router.options("/uploads", status_code=204, summary="What is supported")
def options(response: Response) -> None:
    """Version, extensions and the largest file. Needs no key."""
    response.headers.update(
        {
            "Tus-Resumable": VERSION,
            "Tus-Version": VERSION,
            "Tus-Extension": "creation,termination",
            "Tus-Max-Size": str(max(MOST_BYTES.values())),
        }
    )


@router.post(
    "/verifications/{verification}/uploads",
    status_code=201,
    summary="Begin an upload",
    response_class=Response,
    responses=problems(400, 404, 409, 412, 413),
)
def create(
    caller: Orders,
    _: Tus,
    verification: UUID,
    response: Response,
    upload_length: Annotated[int, Header(ge=1, description="Bytes of the file.")],
    upload_metadata: Annotated[
        str,
        Header(
            max_length=20_000,
            description="`kind` (document or footage; footage if left out) and `filename`, each "
            "with its value in base64.",
            examples=["filename aW50ZXJ2aWV3Lm1wNA==,kind Zm9vdGFnZQ=="],
        ),
    ] = "",
) -> None:
    """Make room for one file; `Location` says where its bytes go by PATCH."""
    said = _metadata(upload_metadata)
    kind = said.get("kind", EvidenceKind.FOOTAGE.value)
    if kind not in KINDS:
        raise Refused(400, "bad-request", "Upload-Metadata: `kind` is `document` or `footage`.")
    most = MOST_BYTES[EvidenceKind(kind)]
    if upload_length > most:
        raise too_large("A file of this kind", most)
    name = safe_name(said.get("filename", ""))
    with caller.transaction() as t:
        upload = t.evidence.announce(verification, EvidenceKind(kind), name, upload_length)
    response.headers["Location"] = f"/v1/uploads/{upload.id}"
    response.headers["Upload-Offset"] = "0"


def _metadata(header: str) -> dict[str, str]:
    """Pairs `key base64`, separated by commas; a value may be missing."""
    said: dict[str, str] = {}
    for pair in filter(None, (pair.strip() for pair in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            said[key] = base64.b64decode(value, validate=True).decode(errors="replace")
        except (binascii.Error, ValueError):
            detail = "Upload-Metadata: values are to be in base64."
            raise Refused(400, "bad-request", detail) from None
    return said


@router.head(
    "/uploads/{upload}",
    summary="Where an upload stands",
    responses=problems(404, 409, 410, 412, 423),
)
def where(caller: Orders, _: Tus, upload: UUID, response: Response) -> None:
    """`Upload-Offset`: how many bytes are safely stored. The next PATCH goes on from there."""
    row = found(caller.parts.store, caller.tenant, caller.actor, upload)
    offset = caller.parts.store.blobs.size(row.id, row.key)
    # A crash after the last byte: whoever asks sees a whole file, so it has to count as one.
    _finish_where_whole(caller, row, offset)
    _tell(response, offset, row)
    response.headers["Cache-Control"] = "no-store"


@router.patch(
    "/uploads/{upload}",
    status_code=204,
    summary="Send bytes of an upload",
    responses=problems(400, 404, 408, 409, 410, 412, 413, 415, 423),
    openapi_extra={
        "requestBody": {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
    },
)
async def append(
    caller: Orders,
    _: Tus,
    upload: UUID,
    request: Request,
    response: Response,
    body: Body,
    upload_offset: Annotated[int, Header(ge=0, description="Where these bytes go.")],
) -> None:
    """The next bytes. If the connection breaks, what arrived is kept: ask by HEAD and go on."""
    if request.headers.get("content-type", "").strip() != MEDIA_TYPE:
        raise Refused(415, "unsupported-media-type", f"Send it as `{MEDIA_TYPE}`.")
    row, offset = await body.into(lambda pieces: _append(caller, upload, pieces, upload_offset))
    _tell(response, offset, row)


def _append(
    caller: Caller, upload: UUID, pieces: Iterator[bytes], offset: int
) -> tuple[Upload, int]:
    store = caller.parts.store
    row = found(store, caller.tenant, caller.actor, upload)
    rest = bounded(pieces, max(0, row.size_bytes - offset), "The rest of this upload")
    offset = store.blobs.append(row.id, row.key, rest, at=offset)
    try:
        _finish_where_whole(caller, row, offset)
    except NotFound:  # It was removed while bytes arrived: these go as well.
        forget(store, caller.tenant, caller.actor, upload)
        raise
    return row, offset


def _finish_where_whole(caller: Caller, row: Upload, offset: int) -> None:
    store = caller.parts.store
    if row.ready or offset != row.size_bytes:
        with caller.transaction(reads_only=True) as t:
            t.evidence.upload(row.id)
        return
    finished = store.blobs.finish(row.id, row.key)
    with caller.transaction() as t:
        t.evidence.finish(row.id, size_bytes=finished.size, sha256=finished.sha256.hex())


def _tell(response: Response, offset: int, row: Upload) -> None:
    response.headers["Upload-Offset"] = str(offset)
    response.headers["Upload-Length"] = str(row.size_bytes)


@router.delete(
    "/uploads/{upload}",
    status_code=204,
    summary="Give an upload up",
    responses=problems(404, 409, 412),
)
def terminate(caller: Orders, _: Tus, upload: UUID) -> None:
    """Remove what was sent of it."""
    with caller.transaction() as t:
        t.evidence.remove(upload)
    caller.parts.store.remove_doomed_blobs()
