"""`bonafide mrz`: read the machine readable zones on pictures."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.document import Mrz, MrzText
from service.commands.answers import Answer, answer_each
from verifiers.documents.mrz import understand
from verifiers.documents.print_reader import ocr_reader
from verifiers.documents.reading import MrzReader
from verifiers.imaging import load_pictures

EXAMPLES = "Examples: [b]bonafide mrz passport.jpg[/b] · [b]bonafide mrz --json scans/*.pdf[/b]"


def run(
    files: Annotated[list[Path], typer.Argument(help="Pictures or PDFs of documents.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Read the machine readable zone of passports, cards and visas (ICAO 9303).

    Characters are told as printed: a wrong check digit is reported, never repaired.
    """
    reader = MrzReader(second=ocr_reader())
    today = datetime.now(UTC).date()

    def work(path: Path) -> Iterator[Answer]:
        for picture in load_pictures(path):
            began = time.perf_counter()
            search = reader.read(picture.pixels)
            seconds = round(time.perf_counter() - began, 4)
            found = [_answer(text, understand(text, today=today)) for text in search.readings]
            for answer in found or [_nothing()]:
                unsure = None if answer["valid"] else search.problem
                yield {"page": picture.page} | answer | {"problem": unsure, "seconds": seconds}

    def otherwise() -> Answer:
        return {"page": None} | _nothing() | {"problem": None, "seconds": 0.0}

    answer_each("mrz", files, work, otherwise, _show, as_json=as_json)


def _nothing() -> Answer:
    return {"format": None, "lines": [], "valid": False, "fields": {}}


def _answer(text: MrzText, mrz: Mrz) -> Answer:
    return {
        "format": text.format.value,
        "lines": list(text.lines),
        "valid": text.sure,
        "fields": {
            name: {"value": field.value, "status": field.status.value, "reason": field.reason}
            for name, field in mrz.fields.items()
        },
    }


def _show(answer: Answer) -> str:
    if not answer["lines"]:
        return f"  {escape(str(answer['problem']))}"
    told = [f"  {escape(line)}" for line in answer["lines"]]
    sure = "read surely" if answer["valid"] else "not read surely"
    told.append(f"  {answer['format']}, page {answer['page']}, {sure}")
    told += [_line(name, field) for name, field in answer["fields"].items() if _worth(name, field)]
    if answer["problem"]:
        told.append(f"  {escape(answer['problem'])}")
    return "\n".join(told)


def _worth(name: str, field: Answer) -> bool:
    """Whether a person wants to see it: digits that fit and empty fields go unsaid."""
    return bool(field["reason"] or (field["value"] and not name.endswith("check_digit")))


def _line(name: str, field: Answer) -> str:
    said = [f"  {name.replace('_', ' ')}: {escape(field['value'] or '-')}"]
    if field["status"] in ("invalid", "unsure"):
        said.append(field["status"])
    if field["reason"]:
        said.append(escape(field["reason"]))
    return "; ".join(said)
