"""`bonafide liveness`: is there a live person in front of a camera?"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from pydantic import Field, TypeAdapter, ValidationError
from rich.markup import escape

from models.base import Model
from models.challenge import AnsweredChallenge, Challenge, ChallengeAnswer, Origin, Prompt
from models.finding import Finding, Status, Strength
from service.commands.answers import Answer, answer_each
from service.commands.face_engines import detectors, face_engine, finder
from service.commands.opened import refuse
from service.workflow.presence import judged, load_recording, look_for_presence
from service.workflow.verifying import candidate_faces
from verifiers.faces import verify_faces
from verifiers.unusable import shown_name

EXAMPLES = (
    "Examples: [b]bonafide liveness interview.mp4 --json[/b] · "
    "[b]bonafide liveness answer.webm --challenge asked.json[/b]"
)


def run(
    files: Annotated[list[Path], typer.Argument(help="Recordings or photographs of a person.")],
    challenge: Annotated[
        Path | None,
        typer.Option(
            help="What was asked of the person, as `bonafide challenge` writes it, or an "
            "interviewer's prompts. Recordings of a challenge begin with its first step; that they "
            "were made in time is for you to see.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Look for a live person: what they were asked to do, depth across a turn of the head, and
    motion that is not replayed.

    `supports` needs an answered challenge, or a head turned by 15 degrees or more; a still picture
    is `unknown`, not a pass.
    """
    asked = _read(challenge) if challenge else None
    engine, finds, learned = face_engine(), finder(), detectors()

    def work(path: Path) -> Iterator[Answer]:
        began = time.perf_counter()
        clip = load_recording(path, asked)
        faces = verify_faces(engine, (), (clip,), earlier=None, in_footage=finds)
        answered = (_as_scheduled(shown_name(path), asked),) if asked else ()
        found = candidate_faces(faces)
        result = look_for_presence(engine, finds, (clip,), found, answered, learned)
        yield {
            "status": overall(result.findings).value,
            "findings": [finding.model_dump(mode="json") for finding in result.findings],
            "judged": [aspect.model_dump(mode="json") for aspect in result.judged],
            "challenges": [one.model_dump(mode="json") for one in judged(result)],
            "problem": None,
            "seconds": round(time.perf_counter() - began, 4),
        }

    def otherwise() -> Answer:
        return {
            "status": Status.UNKNOWN.value,
            "findings": [],
            "judged": [],
            "challenges": [],
            "seconds": 0.0,
        }

    answer_each("liveness", files, work, otherwise, _show, as_json=as_json)


def overall(findings: tuple[Finding, ...]) -> Status:
    """One status for all: a contradiction outweighs support, and weak support is not a pass."""
    told = {f.status for f in findings if f.strength and f.strength >= Strength.MODERATE}
    for status in (Status.CONTRADICTS, Status.SUPPORTS):
        if status in told:
            return status
    return Status.UNKNOWN


class _Prompts(Model):
    """What an interviewer asked for, as the API takes it."""

    prompts: tuple[Prompt, ...] = Field(min_length=1, max_length=40)


_ASKED: TypeAdapter[Challenge | _Prompts] = TypeAdapter(Challenge | _Prompts)


def _read(path: Path) -> Challenge:
    try:
        asked = _ASKED.validate_json(path.read_bytes())
        return asked if isinstance(asked, Challenge) else Challenge.by_voice(asked.prompts)
    except OSError as error:
        raise refuse(f"{path} cannot be read: {error.strerror}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise refuse(
            f"{path} holds nothing that was asked ({where}: {first['msg']}). "
            "`bonafide challenge new --out FILE` writes a challenge; what an interviewer asked is "
            '{"prompts": [{"act": "turn_left", "seconds": 12.5}]}.'
        ) from None


def _as_scheduled(file: str, challenge: Challenge) -> AnsweredChallenge:
    """The recording as the answer, every step shown when it should be."""
    if challenge.origin is Origin.INTERVIEWER or challenge.nonce is None:
        return AnsweredChallenge(file=file, challenge=challenge)
    shown = tuple(step.begins for step in challenge.steps)
    return AnsweredChallenge(
        file=file,
        challenge=challenge,
        answer=ChallengeAnswer(nonce=challenge.nonce, shown=shown),
        received_at=challenge.expires_at,
    )


def _show(answer: Answer) -> str:
    if answer["problem"]:
        return f"  {escape(answer['problem'])}"
    told = [f"  {answer['status']}"]
    told += [f"  {f['code']}: {escape(f['for_recruiter'])}" for f in answer["findings"]]
    told += [
        f"  not judged: {one['aspect']}: {escape(one['said'])}"
        for one in answer["judged"]
        if not one["judged"]
    ]
    return "\n".join(told)
