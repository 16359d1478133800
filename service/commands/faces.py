"""`bonafide faces`: who is to be seen in pictures and recordings, and how well."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer
from PIL import Image
from rich.markup import escape

from service.commands.answers import Answer, answer_each, face_quality, numbered
from service.commands.face_engines import face_engine, finder
from service.commands.opened import told_unwritable
from service.private_files import write_private
from verifiers.decoding import bounds, signatures
from verifiers.face_engine import FaceEngine, TrackedFace
from verifiers.face_engines.served import EngineName
from verifiers.faces.quality_rules import Level
from verifiers.faces.templates import RatedFace
from verifiers.faces.tracks import Track, follow
from verifiers.imaging import load_clip, load_pictures
from verifiers.picture import Frame, Pixels
from verifiers.unusable import open_evidence

NAME = "faces"
EXAMPLES = """\
Examples: [b]bonafide faces photo.jpg interview.mp4[/b]
[b]bonafide faces --json *.jpg[/b] · [b]bonafide faces party.jpg --annotate boxes[/b]"""

_NOBODY = (
    "No face was found: it must be upright, turned to the camera, uncovered, 40 pixels wide and a "
    "sixteenth of the longer side."
)
_LIKELY = 0.25
"""A face less sure is none: print and wallpaper had up to that."""
_COLOURS = {Level.USABLE: (40, 200, 60), Level.WEAK: (240, 180, 0), Level.UNUSABLE: (230, 40, 40)}
_FONT = cv2.FONT_HERSHEY_SIMPLEX


@dataclass(frozen=True, eq=False)
class _Shown:
    """A face to answer with: one on a picture, or the best view of an appearance in a recording."""

    rated: RatedFace
    page: int | None
    track: Track | None

    @property
    def seconds(self) -> float | None:
        return self.rated.seen.frame.seconds if self.track else None


def run(
    files: Annotated[list[Path], typer.Argument(help="Pictures, PDFs or recordings.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a file.")] = False,
    engine_name: Annotated[
        EngineName | None,
        typer.Option("--engine", help="One engine and no other; else dlib stands in for onnx."),
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            file_okay=False, help="Folder to write the pictures into with their faces framed."
        ),
    ] = None,
) -> None:
    """Find faces, and say how good each is for a comparison and what would make it better.

    Of a picture every face is told, the largest first; of a recording everyone who appears, from
    when to when, with the best view. Faces are not compared with each other.
    """
    engine = face_engine(engine_name) if engine_name else finder()
    number = iter(range(1, len(files) + 1))

    def work(path: Path) -> Iterator[Answer]:
        place = next(number)
        shown = _in_recording(engine, path) if _is_recording(path) else _in_pictures(engine, path)
        written = _framed(shown, annotate, numbered(place, path)) if annotate else []
        faces = [_answer(face) for face in shown]
        yield {"faces": faces, "annotated": written, "problem": None if faces else _NOBODY}

    answer_each(NAME, files, work, _nothing, _show, as_json=as_json)


def _is_recording(path: Path) -> bool:
    """By its first bytes; an animation is a picture, of which the first frame is looked at."""
    with open_evidence(path, largest_bytes=bounds.FOOTAGE_FILE_BYTES) as source:
        head = source.read(signatures.HEAD_BYTES)
    footage = signatures.recognise(head).use is signatures.Use.FOOTAGE
    return footage or head.startswith(signatures.ZIP_START)


def _in_pictures(engine: FaceEngine, path: Path) -> list[_Shown]:
    return [
        _Shown(
            RatedFace(TrackedFace(picture.file, Frame(0.0, picture.pixels), face)),
            picture.page,
            None,
        )
        for picture in load_pictures(path)
        for face in engine.detect(picture.pixels, closer=True)
        if face.score >= _LIKELY
    ]


def _in_recording(engine: FaceEngine, path: Path) -> list[_Shown]:
    tracks = follow(engine, [load_clip(path)]).tracks
    return [_Shown(max(track.rated, key=_rank), None, track) for track in tracks]


def _rank(face: RatedFace) -> float:
    return face.quality.rank


def _nothing() -> Answer:
    return {"faces": [], "annotated": [], "problem": None}


def _answer(shown: _Shown) -> Answer:
    face, quality = shown.rated.seen.face, shown.rated.quality
    height, width = shown.rated.seen.frame.pixels.shape[:2]
    return {
        "page": shown.page,
        "frame_seconds": None if shown.seconds is None else round(shown.seconds, 3),
        "appears": _appears(shown.track) if shown.track else None,
        "size": [width, height],
        "box": [round(side, 1) for side in (face.left, face.top, face.right, face.bottom)],
        "score": round(face.score, 3),
        "inter_eye_distance": round(quality.inter_eye_distance, 1),
        "quality": face_quality(quality),
    }


def _appears(track: Track) -> Answer:
    return {
        "from_seconds": round(min(track.times), 3),
        "to_seconds": round(max(track.times), 3),
        "frames": len(track.rated),
    }


def _framed(shown: Sequence[_Shown], folder: Path, name: str) -> list[str]:
    """Write every picture that shows a face, with a frame around each, for its owner only.

    Returns:
        The names of the files.
    """
    pictures: dict[str, dict[int, RatedFace]] = {}
    for number, face in enumerate(shown, start=1):
        of = f"p{face.page}" if face.seconds is None else f"{face.seconds:.2f}s"
        pictures.setdefault(f"{name}-{of}.jpg", {})[number] = face.rated
    with told_unwritable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for file, faces in pictures.items():
            jpeg = BytesIO()
            Image.fromarray(_drawn(faces)).save(jpeg, "JPEG")
            write_private(folder / file, jpeg.getvalue())
    return list(pictures)


def _drawn(faces: Mapping[int, RatedFace]) -> Pixels:
    """Their picture with each face framed and numbered: green usable, yellow weak, red unusable."""
    drawn = np.array(next(iter(faces.values())).seen.frame.pixels)
    thick = max(1, round(max(drawn.shape[:2]) / 400))
    for number, rated in faces.items():
        face, colour = rated.seen.face, _COLOURS[rated.quality.level]
        left, top, right, bottom = map(round, (face.left, face.top, face.right, face.bottom))
        cv2.rectangle(drawn, (left, top), (right, bottom), colour, thick)
        inside = left + 2 * thick, bottom - 2 * thick
        cv2.putText(drawn, str(number), inside, _FONT, 0.5 * thick, colour, thick)
    return drawn


def _show(answer: Answer) -> str:
    if not answer["faces"]:
        return f"  {escape(str(answer['problem']))}"
    told = [
        line
        for number, face in enumerate(answer["faces"], start=1)
        for line in _lines(number, face)
    ]
    told += [f"  written: {escape(name)}" for name in answer["annotated"]]
    return "\n".join(told)


def _lines(number: int, face: Answer) -> Iterator[str]:
    left, top, right, bottom = (round(side) for side in face["box"])
    quality, when = face["quality"], face["appears"]
    where = (
        f"{when['from_seconds']:.1f} to {when['to_seconds']:.1f} s, best at "
        f"{face['frame_seconds']:.1f} s"
        if when
        else f"page {face['page']}"
    )
    yield (
        f"  {number}. {where}: {right - left} x {bottom - top} pixels at {left}, {top}; "
        f"{face['inter_eye_distance']:.0f} between the eyes; {quality['level']}"
    )
    yield from (f"    {escape(said)}" for said in (*quality["problems"], *quality["hints"]))
