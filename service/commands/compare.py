"""`bonafide compare`: one portrait against other faces."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.person import Band
from service import console
from service.commands.answers import UNUSABLE_INPUT, Answer, answer_each, face_quality
from verifiers.face_engine import DlibEngine
from verifiers.faces import compare
from verifiers.imaging import UnusableInput, load_pictures

NAME = "compare"
EXAMPLES = "Example: [b]bonafide compare portrait.jpg one.jpg two.jpg --json[/b]"


def run(
    portrait: Annotated[Path, typer.Argument(help="The picture to compare with.")],
    faces: Annotated[list[Path], typer.Argument(help="Pictures of faces.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Say how far the faces are from a portrait, and what that distance allows to be said.

    The bands are `strong` and `moderate` (the same person), `unknown` (a person should look) and
    `contradicts` (another person).
    """
    try:
        reference = load_pictures(portrait)[0]
    except UnusableInput as error:
        console.fail(f"{portrait}: {error.told}")
        raise typer.Exit(UNUSABLE_INPUT) from None
    engine = DlibEngine()

    def work(path: Path) -> Iterator[Answer]:
        result = compare(engine, reference, load_pictures(path)[0])
        yield {
            "distance": None if result.distance is None else round(result.distance, 4),
            "band": result.band.value,
            "quality": face_quality(result.face_quality),
            "problem": result.problem,
        }

    def otherwise() -> Answer:
        return {"distance": None, "band": Band.UNKNOWN.value, "quality": None}

    answer_each("compare", faces, work, otherwise, _show, as_json=as_json)


def _show(answer: Answer) -> str:
    if answer["distance"] is None:
        return f"  {escape(str(answer['problem']))}"
    told = f"  distance {answer['distance']:.3f}: {answer['band']}"
    return f"{told}\n  {escape(answer['problem'])}" if answer["problem"] else told
