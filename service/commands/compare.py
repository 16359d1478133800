"""`bonafide compare`: one portrait against other faces, beside other people where a gallery is."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.person import Band, FaceTemplate
from service import console
from service.commands.answers import UNUSABLE_INPUT, Answer, answer_each, face_quality
from service.commands.face_engines import face_engine, without_whom_no_match
from service.commands.opened import refuse
from verifiers.face_engine import FaceEngine
from verifiers.face_engines.embedder import Embedder
from verifiers.face_engines.served import EngineName
from verifiers.faces import FaceComparison, compare, person_template
from verifiers.imaging import UnusableInput, load_pictures
from verifiers.picture import Picture

EXAMPLES = """\
Examples: [b]bonafide compare portrait.jpg one.jpg two.jpg --json[/b]
[b]bonafide compare portrait.jpg *.jpg --together --gallery people/[/b]"""

_MOST_PICTURES = 5
"""Of each person in a gallery: more are no surer, and each costs a fifth of a second."""

Compare = Callable[[list[Picture]], FaceComparison]


def run(
    portrait: Annotated[Path, typer.Argument(help="The picture to compare with.")],
    faces: Annotated[list[Path], typer.Argument(help="Pictures of faces.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    engine_name: Annotated[
        EngineName | None,
        typer.Option("--engine", help="One engine and no other; else dlib stands in for onnx."),
    ] = None,
    gallery: Annotated[
        Path | None,
        typer.Option(help="A folder with one folder of pictures for each other person."),
    ] = None,
    together: Annotated[
        bool, typer.Option("--together", help="The faces are one person's: one answer for all.")
    ] = False,
) -> None:
    """Say how far the faces are from a portrait, and what that distance allows to be said.

    The bands are `strong` and `moderate` (the same person), `unknown` (a person should look) and
    `contradicts` (another person). A gallery of 20 other people or more can only take support
    away: whoever resembles them as well must be nearer.
    """
    try:
        reference = load_pictures(portrait)[0]
        engine, others = _engines(engine_name)
        known = _gallery(engine, gallery) if gallery else ()
    except UnusableInput as error:
        raise refuse(f"{portrait}: {error.told}") from None
    except OSError as error:
        raise refuse(str(error)) from None

    unusable: list[str] = []

    def compared(pictures: list[Picture]) -> FaceComparison:
        return compare(engine, reference, *pictures, others=others, gallery=known)

    def one(path: Path) -> Iterator[Answer]:
        yield _answer(compared([load_pictures(path)[0]]))

    def all_of(_first: Path) -> Iterator[Answer]:
        pictures, problems = _loaded(faces)
        unusable.extend(problems)
        yield {"file": [str(path) for path in faces]} | _together(pictures, problems, compared)

    if together:
        answer_each("compare", faces[:1], all_of, _nothing, _show, as_json=as_json)
    else:
        answer_each("compare", faces, one, _nothing, _show, as_json=as_json)
    if unusable:
        raise typer.Exit(UNUSABLE_INPUT)


def _engines(name: EngineName | None) -> tuple[FaceEngine, tuple[Embedder, ...]]:
    """The engine, and those installed without whose support there is no match."""
    return face_engine(name), without_whom_no_match()


def _gallery(engine: FaceEngine, folder: Path) -> tuple[FaceTemplate, ...]:
    """A template of each folder's person; who shows no good face is named and left out."""
    people = sorted(each for each in folder.iterdir() if each.is_dir())
    templates = []
    with console.progress("gallery", len(people)) as advance:
        for person in people:
            advance(person.name)
            files = sorted(each for each in person.iterdir() if each.is_file())
            pictures, problems = _loaded(files[:_MOST_PICTURES])
            for problem in problems:
                console.err.print(problem, markup=False)
            if found := person_template(engine, pictures):
                templates.append(found)
            else:
                console.err.print(f"{person}: no good picture of a face", markup=False)
    return tuple(templates)


def _loaded(paths: list[Path]) -> tuple[list[Picture], list[str]]:
    """Those that can be used, and why the others cannot."""
    pictures, problems = [], []
    for path in paths:
        try:
            pictures.append(load_pictures(path)[0])
        except UnusableInput as error:
            problems.append(f"{path}: {error.told}")
    return pictures, problems


def _together(pictures: list[Picture], unusable: list[str], compared: Compare) -> Answer:
    answer = _answer(compared(pictures)) if pictures else _nothing()
    told = [*unusable, *([answer["problem"]] if answer["problem"] else [])]
    return answer | {"problem": " ".join(told) or None}


def _answer(result: FaceComparison) -> Answer:
    return {
        "distance": None if result.distance is None else round(result.distance, 4),
        "band": result.band.value,
        "cohort": result.judgement.cohort.answer.value if result.judgement else None,
        "raised": result.raised.told if result.raised else None,
        "quality": face_quality(result.face_quality),
        "problem": result.problem,
    }


def _nothing() -> Answer:
    return {
        "distance": None,
        "band": Band.UNKNOWN.value,
        "cohort": None,
        "raised": None,
        "quality": None,
        "problem": None,
    }


def _show(answer: Answer) -> str:
    if answer["distance"] is None:
        return f"  {escape(str(answer['problem']))}"
    told = f"  distance {answer['distance']:.3f}: {answer['band']}, cohort test {answer['cohort']}"
    if answer["raised"]:
        told += f"\n  raised {escape(answer['raised'])}"
    return f"{told}\n  {escape(answer['problem'])}" if answer["problem"] else told
