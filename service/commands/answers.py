"""How commands over many files answer: one JSON object a line, or a few plain lines each."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from service import console
from verifiers.unusable import UnusableInput

if TYPE_CHECKING:
    from verifiers.faces.quality import FaceQuality

Answer = dict[str, Any]

UNUSABLE_INPUT = 2
"""The exit status where the work was done but some input could not be used."""


def answer_each(
    title: str,
    files: Sequence[Path],
    work: Callable[[Path], Iterator[Answer]],
    otherwise: Callable[[], Answer],
    show: Callable[[Answer], str],
    *,
    as_json: bool,
) -> None:
    """Answer for each file in turn; a bad one gets its own answer and the others go on.

    `work` yields the answers for one file, each without its `file`, which is put in as it was given
    on the command line. Where the file cannot be used the answer is `otherwise()` with `problem`.
    Exits with 2 where any input was unusable.
    """
    unusable = False
    with console.progress(title, len(files)) as advance:
        for path in files:
            advance(path.name)
            try:
                answers = list(work(path))
            except UnusableInput as error:
                unusable = True
                answers = [otherwise() | {"problem": error.told}]
            for answer in answers:
                answer = {"file": str(path)} | answer
                if as_json:
                    console.out.print(json.dumps(answer, ensure_ascii=False), markup=False)
                else:
                    console.out.print(f"[bold]{path}[/bold]\n{show(answer)}")
    if unusable:
        raise typer.Exit(UNUSABLE_INPUT)


def face_quality(quality: "FaceQuality | None") -> Answer | None:
    """How well a face is shown, as commands tell it."""
    if quality is None:
        return None
    return {
        "good": quality.good,
        "level": quality.level.value,
        "inter_eye_distance": round(quality.inter_eye_distance, 1),
        "yaw": round(quality.pose.yaw, 1),
        "pitch": round(quality.pose.pitch, 1),
        "roll": round(quality.pose.roll, 1),
        "components": {
            measure.component.value: {
                "value": round(measure.value, 3),
                "unit": measure.unit,
                "quality": measure.quality,
                "level": measure.level.value,
            }
            for measure in quality.measures
        },
        "problems": list(quality.problems),
        "hints": list(quality.hints),
    }


def numbered(place: int, path: Path) -> str:
    """What the names of the files begin with that are written of the file at this place.

    Of its own name they keep 50 characters: names of files have at most 255 bytes.
    """
    return f"{place:03d}-{path.stem[:50]}"
