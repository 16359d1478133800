"""Documents, recordings and frames: sent, listed, fetched, taken back."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from models.base import Model
from models.verification import EvidenceKind
from service.api.bodies import refuse_announced
from service.api.caller import Caller, Orders, Reads
from service.api.multipart import boundary_of
from service.api.openapi import answers, content, problems
from service.api.receiving import BODY_BYTES, Receiving
from service.api.streaming import Body
from service.store.evidence import File

router = APIRouter(prefix="/v1", tags=["Evidence"])


class EvidenceView(Model):
    """One file that was sent."""

    id: UUID
    verification_id: UUID
    kind: EvidenceKind
    name: str
    """As the sender named it, made safe to show."""
    size_bytes: int
    """As announced until it is `ready`."""
    ready: bool
    """Whether all of it has arrived."""
    sha256: str | None


class EvidenceList(Model):
    """Files, in the order they came."""

    items: tuple[EvidenceView, ...]


def told(files: list[File]) -> EvidenceList:
    """Files as the API tells them."""
    return EvidenceList(
        items=tuple(
            EvidenceView(
                id=file.id,
                verification_id=file.verification,
                kind=file.kind,
                name=file.name,
                size_bytes=file.size_bytes,
                ready=file.ready,
                sha256=file.sha256,
            )
            for file in files
        )
    )


def form(**fields: dict[str, Any]) -> dict[str, Any]:
    """What a route says of its form in OpenAPI; every field is required."""
    schema = {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    }


FILES: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": 40,
    "items": {"type": "string", "format": "binary", "minLength": 1},
}
_SENT: dict[str, Any] = {
    "status_code": 201,
    "responses": problems(400, 404, 408, 409, 410, 413, 415, 423),
    "openapi_extra": form(files=FILES),
}


@router.post("/verifications/{verification}/documents", summary="Send documents", **_SENT)
async def send_documents(
    caller: Orders, verification: UUID, request: Request, body: Body
) -> EvidenceList:
    """Pictures or PDFs of identity documents, one or several; all are stored, or none."""
    return await _receive(caller, verification, EvidenceKind.DOCUMENT, request, body)


@router.post("/verifications/{verification}/footage", summary="Send recordings", **_SENT)
async def send_footage(
    caller: Orders, verification: UUID, request: Request, body: Body
) -> EvidenceList:
    """Recordings or photographs of the candidate, one or several; all are stored, or none.

    Long recordings go better by resumable upload.
    """
    return await _receive(caller, verification, EvidenceKind.FOOTAGE, request, body)


@router.post("/verifications/{verification}/chip", summary="Send a chip's files", **_SENT)
async def send_chip(
    caller: Orders, verification: UUID, request: Request, body: Body
) -> EvidenceList:
    """What a phone read from a passport's or card's chip: EF.SOD and the data groups.

    As files of their own, or one JSON with each in base64. All are stored, or none.
    """
    return await _receive(caller, verification, EvidenceKind.CHIP, request, body)


class ChipChallenge(Model):
    """What the chip is to sign."""

    challenge: str
    """RND.IFD of ICAO 9303-11 §6.1: 8 bytes in hexadecimal."""


@router.post(
    "/verifications/{verification}/chip/challenge",
    summary="A challenge for the chip",
    responses=problems(404),
)
def challenge_chip(caller: Orders, verification: UUID) -> ChipChallenge:
    """For active authentication: have the chip sign it, send the answer as a file `response`.

    A verification has one challenge of its own, so an answer recorded for another is no answer.
    """
    with caller.transaction() as t:
        return ChipChallenge(challenge=t.chips.challenge(verification).hex())


async def _receive(
    caller: Caller, verification: UUID, kind: EvidenceKind, request: Request, body: Body
) -> EvidenceList:
    boundary = boundary_of(request)
    refuse_announced(request, BODY_BYTES)
    receiving = Receiving(caller.parts.store, caller.tenant, caller.actor, verification)
    return told(await body.into(lambda pieces: receiving.take_form(kind, pieces, boundary)))


@router.get("/verifications/{verification}/evidence", summary="List files", responses=problems(404))
def list_evidence(caller: Reads, verification: UUID) -> EvidenceList:
    """What was sent, with names as the candidate gave them. The view is recorded in the audit."""
    with caller.transaction() as t:
        return told(t.evidence.listed(verification))


@router.get(
    "/evidence/{evidence}",
    summary="Fetch a file",
    response_class=StreamingResponse,
    responses=answers(
        200, content("application/octet-stream", "The file as it was sent"), 404, 410
    ),
)
def fetch_evidence(caller: Reads, evidence: UUID) -> StreamingResponse:
    """The bytes that were sent, as a download. The view is recorded in the audit."""
    with caller.transaction() as t:
        file, pieces = t.evidence.view(evidence)
    return download(file, pieces)


def download(file: File, pieces: Iterator[bytes]) -> StreamingResponse:
    """A file that a browser saves and never shows: it came from a stranger."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Length": str(file.size_bytes),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return StreamingResponse(pieces, media_type="application/octet-stream", headers=headers)


@router.delete(
    "/evidence/{evidence}",
    status_code=204,
    summary="Take a file back",
    responses=problems(404, 409),
)
def remove_evidence(caller: Orders, evidence: UUID) -> None:
    """Remove a file, half sent or whole, while it is not being verified."""
    with caller.transaction() as t:
        t.evidence.remove(evidence)
    caller.parts.store.remove_doomed_blobs()
