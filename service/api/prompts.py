"""What an interviewer asked for in a recorded call: a challenge by word of mouth.

There is no nonce in it and no clock of ours, so it counts for less than the service's own.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field

from models.base import Model
from models.challenge import Challenge, Origin, Prompt
from models.verification import EvidenceKind
from service.api.bodies import documented, json_body
from service.api.caller import Orders, Reads
from service.api.openapi import problems
from service.errors import Refused
from service.store.evidence import File
from service.store.store import OfTenant
from service.workflow.placing import recordings

router = APIRouter(prefix="/v1/verifications/{verification}", tags=["Challenges"])

_EXAMPLE = {
    "recording": "call.mp4",
    "prompts": [{"act": "turn_left", "seconds": 312.0}, {"act": "hand_across", "seconds": 325.5}],
}


class PromptsRequest(Model):
    """All that was asked for in one recording."""

    recording: str = Field(min_length=1, max_length=300)
    """As the list of evidence names it; where two have one name, as reports tell them apart."""
    prompts: tuple[Prompt, ...] = Field(max_length=40)
    """In any order; none takes back those of before."""


class PromptsList(Model):
    """What was asked for, by recording."""

    items: tuple[PromptsRequest, ...]


@router.put(
    "/prompts",
    summary="Say what the interviewer asked for",
    responses=problems(400, 404, 409, 413, 415),
    openapi_extra=documented(PromptsRequest, call=_EXAMPLE),
)
def put_prompts(
    caller: Orders,
    verification: UUID,
    asked: Annotated[PromptsRequest, Depends(json_body(PromptsRequest))],
) -> PromptsList:
    """Acts and their moments in one recording, in place of what was said of it before; all is told.

    Before it is submitted, or after a verdict and then submitted again.
    """
    challenge = _challenge(asked.prompts)
    with caller.transaction() as t:
        t.verifications.get(verification)
        by_name = _footage(t.evidence.list(verification))
        if asked.recording not in by_name:
            detail = "No footage of this name was sent; give it as the list of evidence does."
            raise Refused(422, "no-such-recording", detail)
        t.challenges.ask_in(by_name[asked.recording].id, challenge)
        return _told(t, verification)


@router.get("/prompts", summary="What the interviewer asked for", responses=problems(404))
def read_prompts(caller: Reads, verification: UUID) -> PromptsList:
    """By recording, each by the name it was sent with; the view is recorded in the audit."""
    with caller.transaction() as t:
        return _told(t, verification)


def _told(t: OfTenant, verification: UUID) -> PromptsList:
    names = {file.id: name for name, file in _footage(t.evidence.listed(verification)).items()}
    return PromptsList(
        items=tuple(
            PromptsRequest(recording=names[one.evidence], prompts=_prompts(one.challenge))
            for one in t.challenges.answered(verification)
            if one.challenge.origin is Origin.INTERVIEWER
        )
    )


def _footage(files: list[File]) -> dict[str, File]:
    """Recordings by what they are called in reports."""
    footage = [file for file in files if file.kind is EvidenceKind.FOOTAGE]
    return dict(zip(recordings(footage), footage, strict=True))


def _challenge(prompts: tuple[Prompt, ...]) -> Challenge | None:
    return Challenge.by_voice(prompts) if prompts else None


def _prompts(challenge: Challenge) -> tuple[Prompt, ...]:
    return tuple(
        Prompt(act=step.act, seconds=step.begins, digits=step.digits) for step in challenge.steps
    )
