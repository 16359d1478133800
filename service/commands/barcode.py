"""`bonafide barcode`: read the barcodes of driver licences, from pictures or their bare text."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.barcode import BarcodeText, Licence, Symbology
from models.document import FieldStatus
from service.commands.answers import Answer, answer_each
from verifiers.documents.aamva import understand_licence
from verifiers.documents.barcode import read_barcodes
from verifiers.documents.barcode_payload import load_payload
from verifiers.imaging import load_pictures

EXAMPLES = "Examples: [b]bonafide barcode back.jpg[/b] · [b]bonafide barcode --json scans/*.txt[/b]"


def run(
    files: Annotated[
        list[Path], typer.Argument(help="Pictures or PDFs of licences, or texts of barcodes.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Read the PDF417 of driver licences and identification cards (AAMVA DL/ID).

    Whatever strays from the standard is told. A barcode is not signed: anybody can print one.
    """

    def work(path: Path) -> Iterator[Answer]:
        began = time.perf_counter()
        payload = load_payload(path)
        if payload is not None:
            yield _answer(None, payload, understand_licence(payload)) | _since(began)
            return
        for picture in load_pictures(path):
            began = time.perf_counter()
            search = read_barcodes(picture.pixels)
            found = [
                _answer(one, one.text, understand_licence(one.text)) for one in search.readings
            ]
            for answer in found or [_nothing() | {"problem": search.problem}]:
                yield answer | {"page": picture.page} | _since(began)

    def otherwise() -> Answer:
        return _nothing() | {"page": None, "problem": None, "seconds": 0.0}

    answer_each("barcode", files, work, otherwise, _show, as_json=as_json)


def _since(began: float) -> Answer:
    return {"seconds": round(time.perf_counter() - began, 4)}


def _nothing() -> Answer:
    return {
        "page": None,
        "symbology": None,
        "region": None,
        "text": None,
        "valid": False,
        "issuer": None,
        "version": None,
        "fields": {},
        "guesses": {},
        "elements": [],
        "anomalies": [],
        "problem": None,
    }


def _answer(barcode: BarcodeText | None, text: str, licence: Licence) -> Answer:
    return _nothing() | {
        "symbology": barcode.symbology.value if barcode else None,
        "region": [list(c) for c in barcode.region.corners] if barcode else None,
        "text": text,
        "valid": licence.problem is None,
        "issuer": licence.issuer,
        "version": licence.version,
        "fields": {name: field.value for name, field in licence.fields.items()},
        "guesses": {
            name: field.reason
            for name, field in licence.fields.items()
            if field.status is FieldStatus.UNSURE
        },
        "elements": [element.model_dump() for element in licence.elements],
        "anomalies": [anomaly.model_dump(mode="json") for anomaly in licence.anomalies],
        "problem": _problem(barcode, licence),
    }


def _problem(barcode: BarcodeText | None, licence: Licence) -> str | None:
    if licence.problem is None:
        return None
    if barcode is None or barcode.symbology is Symbology.PDF417:
        return f"It was read, but {licence.problem}."
    return (
        f"It was read, but {licence.problem}: a {barcode.symbology.value} is read as text only, "
        "and licences have a PDF417."
    )


def _guess(answer: Answer, name: str) -> str:
    return f" (a guess: {answer['guesses'][name]})" if name in answer["guesses"] else ""


def _show(answer: Answer) -> str:
    told = []
    if answer["fields"]:
        version = f", version {answer['version']}" if answer["version"] is not None else ""
        told.append(f"  issuer {answer['issuer'] or 'not named'}{version}")
        told += [
            f"  {name.replace('_', ' ')}: {escape(value)}{_guess(answer, name)}"
            for name, value in answer["fields"].items()
            if value
        ]
        told += [f"  odd: {escape(one['told'])}" for one in answer["anomalies"]]
    elif answer["text"]:
        told.append(f"  {escape(''.join(c for c in answer['text'] if c.isprintable()))}")
    if answer["problem"]:
        told.append(f"  {escape(str(answer['problem']))}")
    return "\n".join(told)
