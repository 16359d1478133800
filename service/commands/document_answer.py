"""What `bonafide document` answers of one document: as data, in plain words, and as pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from rich.markup import escape
from rich.table import Table

from models.finding import Finding, Region, Status
from models.request import CandidateRequest
from service import console
from service.commands.answers import Answer, face_quality, numbered
from service.private_files import write_private
from service.report.figures import cut_out
from verifiers.documents.evidence import DocumentRead, in_words
from verifiers.documents.sides import Sides
from verifiers.faces import CutFace, Ghost, Portrait


@dataclass(frozen=True, eq=False)
class Known:
    """One document, or a picture that shows none."""

    paths: tuple[Path, ...]
    """Of its pictures, as they were given."""
    sides: Sides
    portrait: Portrait | None
    findings: tuple[Finding, ...]
    problem: str | None
    """Why no machine readable zone was read, or not surely."""
    seconds: float


def answer_for(known: Known) -> Answer:
    """Everything that is known of the document."""
    read = known.sides.read
    portrait, ghost = known.portrait, known.portrait.ghost if known.portrait else None
    sides = [
        {"file": str(path), "page": picture.page}
        for path, picture in zip(known.paths, known.sides.pictures, strict=True)
    ]
    return {
        **sides[-1],
        "sides": sides,
        "format": read.text.format.value if read else None,
        "lines": list(read.text.lines) if read else [],
        "valid": read.text.sure if read else False,
        "fields": dict(_fields(read)) if read else {},
        "portrait": {
            **_cut(portrait.cut if portrait else None),
            "problem": portrait.problem if portrait else None,
        },
        "ghost": _ghost(ghost) if ghost else None,
        "requests": [
            CandidateRequest.of(finding, finding.question).model_dump(mode="json")
            for finding in known.findings
            if finding.question and finding.status is not Status.SUPPORTS
        ],
        "findings": [finding.model_dump(mode="json") for finding in known.findings],
        "problem": None if read and read.text.sure else known.problem,
        "seconds": round(known.seconds, 3),
    }


def answer_for_nothing(path: Path, problem: str) -> Answer:
    """The answer for a file that could not be used."""
    side = {"file": str(path), "page": None}
    return side | {
        "sides": [side],
        "format": None,
        "lines": [],
        "valid": False,
        "fields": {},
        "portrait": {**_cut(None), "problem": None},
        "ghost": None,
        "requests": [],
        "findings": [],
        "problem": problem,
        "seconds": 0.0,
        "crops": {},
    }


def _fields(read: DocumentRead) -> Iterator[tuple[str, Answer]]:
    """By name, those of the machine readable zone first; `None` for the zone that has none."""
    compared = {c.name: c for c in read.comparisons}
    printed = {field.name: field for field in read.printed.fields}
    for name in dict.fromkeys([*read.mrz.fields, *compared, *printed]):
        field, agreement = printed.get(name), compared.get(name)
        yield (
            name,
            {
                "zone": _zone(read, name),
                "printed": field
                and {
                    "value": field.value,
                    "text": field.text,
                    "confidence": round(field.confidence, 3),
                    "region": _corners(field.region),
                },
                "agreement": agreement
                and {"status": agreement.agreement.value, "reason": agreement.explanation},
            },
        )


def _zone(read: DocumentRead, name: str) -> Answer | None:
    """What the machine readable zone says; both parts of a name stand in its one field `name`."""
    parts = {
        "surname": read.mrz.primary_identifier,
        "given_names": read.mrz.secondary_identifier,
    }
    field = read.mrz.fields.get("name" if name in parts else name)
    if field is None:
        return None
    value = parts.get(name, field.value)
    return {"value": value, "status": field.status.value, "reason": field.reason}


def _cut(cut: CutFace | None) -> Answer:
    return {
        "box": _corners(cut.box) if cut else None,
        "region": _corners(cut.region) if cut else None,
        "quality": face_quality(cut.quality if cut else None),
    }


def _ghost(ghost: Ghost) -> Answer:
    return {
        **_cut(ghost.cut),
        "distance": round(ghost.distance, 4),
        "band": ghost.band.value,
        "words": ghost.words,
    }


def _corners(region: Region) -> list[list[float]]:
    """Clockwise from the top left of what is shown, in pixels of the upright picture."""
    return [[round(x, 1), round(y, 1)] for x, y in region.corners]


def write_crops(known: Known, folder: Path, number: int) -> dict[str, str]:
    """Write portrait, ghost portrait and zone, readable by their owner only.

    Returns:
        The names of the files by what they show.
    """
    portrait, read = known.portrait, known.sides.read
    pictures: dict[str, bytes] = {}
    if portrait and portrait.cut:
        pictures["portrait"] = _jpeg(portrait.cut.crop)
    if portrait and portrait.ghost:
        pictures["ghost"] = _jpeg(portrait.ghost.cut.crop)
    if read:
        pixels = read.picture.pixels
        pictures["zone"] = cut_out(pixels, read.text.region, "zone", margin=0.2).jpeg
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for what, jpeg in pictures.items():
        names[what] = f"{numbered(number, known.paths[-1])}-{what}.jpg"
        write_private(folder / names[what], jpeg)
    return names


def _jpeg(pixels: Any) -> bytes:
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def show(answer: Answer) -> None:
    """The answer in plain words, for a person."""
    files = " and ".join(dict.fromkeys(_name(side) for side in answer["sides"]))
    console.out.print(f"[bold]{escape(files)}[/bold]")
    for line in answer["lines"]:
        console.out.print(f"  {escape(line)}")
    if answer["format"]:
        surely = "read surely" if answer["valid"] else "not read surely"
        console.out.print(f"  {answer['format']}, {surely}, {answer['seconds']:.1f} s")
    if answer["fields"]:
        console.out.print(_table(answer["fields"]), soft_wrap=False)
    for line in _told(answer):
        console.out.print(f"  {line}")


def _name(side: Answer) -> str:
    page = side["page"]
    return f"{side['file']}, page {page}" if page and page > 1 else str(side["file"])


def _table(fields: dict[str, Answer]) -> Table:
    """Both zones side by side; check digits that fit and fields that are empty go unsaid."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("", "field", "machine readable zone", "printed", ""):
        table.add_column(column, overflow="fold")
    for name, field in fields.items():
        zone, printed, agreement = field["zone"], field["printed"], field["agreement"]
        reasons = [said["reason"] for said in (zone, agreement) if said and said["reason"]]
        agrees = agreement is not None and agreement["status"] == "agrees"
        fits = zone is None or zone["status"] in ("valid", "empty")
        shown = printed or (zone and zone["value"] and not name.endswith("check_digit"))
        if not shown and fits:
            continue
        note = "agrees" if agrees and fits else " ".join(reasons)
        table.add_row(
            "",
            in_words(name),
            escape((zone["value"] if zone else None) or "–"),
            escape(printed["text"] if printed else "–"),
            escape(note),
        )
    return table


_STYLES = {"supports": "green", "contradicts": "magenta", "unknown": "yellow"}


def _told(answer: Answer) -> Iterator[str]:
    portrait, ghost = answer["portrait"], answer["ghost"]
    if portrait["quality"]:
        eyes = f"{portrait['quality']['inter_eye_distance']:.0f} pixels between the eyes"
        yield f"portrait: {eyes}"
        yield from (f"  {escape(problem)}" for problem in portrait["quality"]["problems"])
    elif portrait["problem"]:
        yield f"portrait: {escape(portrait['problem'])}"
    if ghost:
        yield f"ghost portrait: {escape(ghost['words'])} (distance {ghost['distance']:.2f})"
    for finding in answer["findings"]:
        style = _STYLES[finding["status"]]
        weight = f" {finding['strength']}" if finding["strength"] else ""
        yield f"[{style}]{finding['status']}{weight}[/] {escape(finding['for_recruiter'])}"
    yield from (f"ask: {escape(request['action'])}" for request in _once(answer["requests"]))
    if answer["problem"]:
        yield f"problem: {escape(answer['problem'])}"
    yield from (f"{what}: {escape(name)}" for what, name in answer["crops"].items())


def _once(requests: list[Answer]) -> Iterator[Answer]:
    seen: set[str] = set()
    for request in requests:
        if request["action"] not in seen:
            seen.add(request["action"])
            yield request
