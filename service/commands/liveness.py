"""`bonafide liveness`: is there a live person in front of a camera?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.finding import Finding, Status, Strength
from service.commands.answers import Answer, answer_each
from service.commands.face_engines import face_engine
from service.workflow.verifying import candidate_faces
from verifiers.faces import verify_faces
from verifiers.imaging import load_clip
from verifiers.liveness import verify_liveness

EXAMPLES = "Example: [b]bonafide liveness interview.mp4 --json[/b]"


def run(
    files: Annotated[list[Path], typer.Argument(help="Recordings or photographs of a person.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Look for a live person: depth across a turn of the head, and motion that is not replayed.

    `supports` needs a head turned by 15 degrees or more; a still picture is `unknown`, not a pass.
    """
    engine = face_engine()

    def work(path: Path) -> Iterator[Answer]:
        clip = load_clip(path)
        faces = verify_faces(engine, (), (clip,), earlier=None)
        findings = verify_liveness((clip,), candidate_faces(faces)).findings
        yield {
            "status": overall(findings).value,
            "findings": [finding.model_dump(mode="json") for finding in findings],
            "problem": None,
        }

    def otherwise() -> Answer:
        return {"status": Status.UNKNOWN.value, "findings": []}

    answer_each("liveness", files, work, otherwise, _show, as_json=as_json)


def overall(findings: tuple[Finding, ...]) -> Status:
    """One status for all: a contradiction outweighs support, and weak support is not a pass."""
    told = {f.status for f in findings if f.strength and f.strength >= Strength.MODERATE}
    for status in (Status.CONTRADICTS, Status.SUPPORTS):
        if status in told:
            return status
    return Status.UNKNOWN


def _show(answer: Answer) -> str:
    if answer["problem"]:
        return f"  {escape(answer['problem'])}"
    told = [f"  {answer['status']}"]
    told += [f"  {f['code']}: {escape(f['for_recruiter'])}" for f in answer["findings"]]
    return "\n".join(told)
