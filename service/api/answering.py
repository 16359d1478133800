"""An answer to a challenge as it arrives: what the page says of it, then the frames with times.

It counts from the moment its request begins, so a slow line costs nobody their answer. It is taken
once, with its recording, in one transaction; a request that breaks off leaves nothing behind, and
may be sent again while the challenge lasts, but not while another one arrives.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from fastapi import Request
from pydantic import ValidationError

from models.challenge import Challenge, ChallengeAnswer
from service.api.bodies import refuse_announced
from service.api.evidence import form
from service.api.frames import FRAMES, TIMES, take_frames
from service.api.multipart import Part, boundary_of, parts
from service.api.receiving import Receiving
from service.api.streaming import Incoming, bounded
from service.errors import Refused
from service.store.actor import Actor
from service.store.challenges import ChallengeState, Given, already_answered
from service.store.errors import Conflict
from service.store.store import OfTenant, Store

NAME = "challenge"
"""What the recording is called in reports."""
BODY_BYTES = 64_000_000
"""Of a request. 25 seconds at 5 frames a second of 640 x 480 have 5 MB."""
ANSWER_BYTES = 20_000
ARRIVES_WITHIN = timedelta(seconds=90)
"""Of the beginning of its request: 5 MB at half a megabit a second. Whoever sends slower has time
to make frames meanwhile, and takes the place of others."""

FORM = form(
    answer={
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": "#/components/schemas/ChallengeAnswer"},
        "description": "A `ChallengeAnswer`: the challenge's nonce, when each step was shown in "
        "seconds after the first frame, and the camera's settings. It comes first.",
    },
    times=TIMES,
    frames=FRAMES,
)
"""What OpenAPI says of the form."""


@dataclass(frozen=True)
class Answering:
    """An answer on its way: from whom, to which challenge, since when."""

    store: Store
    tenant: UUID
    actor: Actor
    verification: UUID
    challenge: UUID
    received_at: datetime
    """When its request began."""

    @property
    def ends(self) -> datetime:
        """When all of it must have arrived."""
        return self.received_at + ARRIVES_WITHIN

    async def receive(self, request: Request, body: Incoming) -> Given:
        """Store what this request brings; raises what `take` does, and `Refused` (413, 415)."""
        boundary = boundary_of(request)
        refuse_announced(request, BODY_BYTES)
        return await body.into(lambda pieces: self.take(pieces, boundary))

    def take(self, pieces: Iterator[bytes], boundary: bytes) -> Given:
        """Store the answer; the challenge as it is then.

        Raises:
            NotFound: no such challenge.
            Conflict: it was answered already, another answer arrives at this moment, or the
                verification takes no evidence now.
            Refused: it has expired (410), the answer is to another (422), the form is not as it
                should be, or arrives too slowly (408).
        """
        given = self._opened()
        with _UNDER_WAY.alone(self):
            in_time = self._in_time(pieces)
            parts_of_form = parts(bounded(in_time, BODY_BYTES, "This body"), boundary)
            answer = _answer(parts_of_form, given.challenge)
            with Receiving(self.store, self.tenant, self.actor, self.verification) as receiving:
                evidence = take_frames(receiving, self.store.blobs, parts_of_form, NAME)
                receiving.keep(lambda t: self._count(t, answer, evidence))
        with self.store.tenant(self.tenant, self.actor, reads_only=True) as t:
            return t.challenges.get(self.verification, self.challenge)

    def _opened(self) -> Given:
        with self.store.tenant(self.tenant, self.actor, reads_only=True) as t:
            given = t.challenges.get(self.verification, self.challenge)
        match given.state(self.received_at):
            case ChallengeState.ANSWERED:
                raise already_answered()
            case ChallengeState.EXPIRED:
                detail = "This challenge has expired; ask for a new one and answer it at once."
                raise Refused(410, "challenge-expired", detail)
        return given

    def _in_time(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if self.store.clock() > self.ends:
                detail = f"It did not arrive within {ARRIVES_WITHIN.seconds} seconds."
                raise Refused(408, "too-slow", detail)
            yield piece

    def _count(self, t: OfTenant, answer: ChallengeAnswer, evidence: UUID) -> None:
        t.challenges.answer(self.challenge, answer, evidence=evidence, received_at=self.received_at)


class _UnderWay:
    """The answers that arrive at this moment, by their challenge.

    Counted in memory, as one process receives them; which of two counts is the store's to say.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: dict[UUID, Answering] = {}

    @contextmanager
    def alone(self, answering: Answering) -> Iterator[None]:
        """Raises `Conflict` while another answer arrives, which is never after its end."""
        with self._lock:
            other = self._answers.get(answering.challenge)
            if other and answering.store.clock() <= other.ends:
                raise Conflict(
                    "answer-arriving", "Another request is sending this answer; wait for its end."
                )
            self._answers[answering.challenge] = answering
        try:
            yield
        finally:
            with self._lock:
                if self._answers.get(answering.challenge) is answering:
                    del self._answers[answering.challenge]


_UNDER_WAY = _UnderWay()


def _answer(form: Iterator[Part], challenge: Challenge) -> ChallengeAnswer:
    first = next(form, None)
    if first is None or first.name != "answer":
        raise Refused(422, "invalid", "Send the field `answer` before the others.")
    said = b"".join(bounded(first.body, ANSWER_BYTES, "`answer`"))
    try:
        answer = ChallengeAnswer.model_validate_json(said, strict=True)
    except ValidationError as error:
        raise Refused(422, "invalid", f"`answer`: {_fault(error.errors()[0])}.") from None
    if answer.nonce != challenge.nonce:
        detail = "This is the answer to another challenge. Ask for a new one and answer that."
        raise Refused(422, "another-challenge", detail)
    if len(answer.shown) != len(challenge.steps) or any(a > b for a, b in pairwise(answer.shown)):
        detail = "`answer`: `shown` has a time for each step of the challenge, in their order."
        raise Refused(422, "invalid", detail)
    return answer


def _fault(error: Any) -> str:
    """Where it is at fault and why, never the value; names of unknown fields are the sender's."""
    if error["type"] == "extra_forbidden":
        return "it has a field that there is none of"
    place = ".".join(str(part) for part in error["loc"])
    return f"{place}: {error['msg']}" if place else "it is not JSON of this kind"
