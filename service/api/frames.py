"""Frames with their times, as a camera page or an interview bot has them: one piece of footage."""

import io
from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import Buffer

from models.verification import EvidenceKind
from service.api.bodies import refuse_announced
from service.api.caller import Orders
from service.api.evidence import EvidenceList, form, told
from service.api.multipart import Part, boundary_of, parts
from service.api.openapi import problems
from service.api.receiving import Receiving
from service.api.streaming import Body, bounded
from service.errors import Refused
from service.store.blobs import Blobs
from service.store.evidence import File, Upload
from verifiers.decoding.bounds import MAX_FRAMES, MAX_FRAMES_BYTES
from verifiers.frame_set import write

router = APIRouter(prefix="/v1/verifications", tags=["Evidence"])

NAME = "frames"
"""What they are called in reports: nobody named them."""
FRAME_BYTES = 16 << 20
"""Of one frame, which is held in memory: a picture of 4K at the best quality has about 10 MB."""
TIMES_BYTES = 200_000
BODY_BYTES = MAX_FRAMES_BYTES + MAX_FRAMES * 1000 + TIMES_BYTES
"""Of a request: its frames with the headers of their parts, and the times."""
PIECE_BYTES = 4 << 20
"""Written at once: a blob is walked at every append, so many small ones would be slow."""

TIMES: dict[str, Any] = {
    "type": "string",
    "contentMediaType": "application/json",
    "description": "Seconds of each frame from the first one on, as a JSON list. It comes before "
    "the frames.",
    "examples": ["[0.0, 0.2, 0.4]"],
}
FRAMES: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": MAX_FRAMES,
    "items": {"type": "string", "format": "binary"},
}

_Times = TypeAdapter(
    Annotated[
        list[Annotated[float, Field(allow_inf_nan=False)]],
        Field(min_length=1, max_length=MAX_FRAMES),
    ]
)


@router.post(
    "/{verification}/frames",
    status_code=201,
    summary="Send frames",
    responses=problems(400, 404, 408, 409, 410, 413, 415, 423),
    openapi_extra=form(times=TIMES, frames=FRAMES),
)
async def send_frames(
    caller: Orders, verification: UUID, request: Request, body: Body
) -> EvidenceList:
    """Pictures of the candidate in the order they were taken, stored as one recording."""
    boundary = boundary_of(request)
    refuse_announced(request, BODY_BYTES)
    receiving = Receiving(caller.parts.store, caller.tenant, caller.actor, verification)

    def take(pieces: Iterator[bytes]) -> list[File]:
        form = parts(bounded(pieces, BODY_BYTES, "This body"), boundary)
        with receiving:
            take_frames(receiving, caller.parts.store.blobs, form, NAME)
            return receiving.keep()

    return told(await body.into(take))


def take_frames(receiving: Receiving, blobs: Blobs, form: Iterator[Part], name: str) -> UUID:
    """Store the fields `times` and `frames`, all that is left of a form, as one recording.

    It counts once `receiving` keeps it. The recording's id is returned.
    """
    times = _times(form)
    upload = receiving.begin(EvidenceKind.FOOTAGE, name)
    with io.BufferedWriter(_BlobWriter(blobs, upload), PIECE_BYTES) as out:
        write(_frames(form, times), out)
    receiving.end(upload)
    return upload.id


def _times(form: Iterator[Part]) -> list[float]:
    first = next(form, None)
    if first is None or first.name != "times":
        raise Refused(422, "invalid", "Send the field `times` before the frames.")
    said = b"".join(bounded(first.body, TIMES_BYTES, "`times`"))
    try:
        return _Times.validate_json(said, strict=True)
    except ValidationError:
        detail = f"`times` is a JSON list of 1 to {MAX_FRAMES} seconds, such as [0.0, 0.2]."
        raise Refused(422, "invalid", detail) from None


def _frames(form: Iterator[Part], times: list[float]) -> Iterator[tuple[float, bytes]]:
    """Each frame with its time, one at a time; `write` judges both."""
    count = 0
    for part in form:
        if part.name != "frames" or part.filename is None:
            raise Refused(422, "invalid", "After `times`, send each picture in a field `frames`.")
        if count == len(times):
            raise Refused(422, "invalid", "There are more frames than times.")
        yield times[count], b"".join(bounded(part.body, FRAME_BYTES, "A frame"))
        count += 1
    if count < len(times):
        raise Refused(422, "invalid", "There are fewer frames than times.")


class _BlobWriter(io.RawIOBase):
    """A blob as a file to write into."""

    def __init__(self, blobs: Blobs, upload: Upload) -> None:
        self._blobs, self._upload, self._size = blobs, upload, 0

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        before = self._size
        self._size = self._blobs.append(
            self._upload.id, self._upload.key, [bytes(data)], at=self._size
        )
        return self._size - before
