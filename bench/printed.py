"""The printed zone against the machine readable zone: on real documents and on rendered forgeries.

`BONAFIDE_DATA=… python -m bench.printed` prints, for each field of the labelled documents, how
often print was read and agrees, and which differ; on rendered pages photographed in 14 ways, which
forgeries are caught by field and how many honest pages are called different; CPU and memory.
The peer does what a developer would: Tesseract (`eng`) over the whole page, and the same comparison
of dates, numbers and names with what it read. `python -m bench.printed rendered` needs no data.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray

from bench.measure import measure as in_a_process
from bench.mrz import documents, upright
from models.document import Mrz, MrzFormat, MrzText
from models.finding import Region
from samples import tampering
from samples.holder import ANNA, MARTHA, Holder
from samples.mrz_lines import Format
from samples.photograph import Photograph, photograph
from samples.portraits import identity_one
from samples.specimen import Specimen, render
from samples.tampering import Tampering
from verifiers.documents.agreement import FieldAgreement, compare_zones
from verifiers.documents.mrz import understand
from verifiers.documents.print_compare import DATE, NAME_PART, NUMBER
from verifiers.documents.print_reader import ocr_reader
from verifiers.documents.printed import read_again, read_printed
from verifiers.documents.reading import MrzReader
from verifiers.names import Agreement

Pixels = NDArray[np.uint8]

TODAY = date(2026, 6, 1)
FIELDS = (
    *("document_number", "surname", "given_names", "birth_date", "sex", "nationality"),
    "expiry_date",
)

_SCALE = 0.67
"""Of a page rendered at 300 dpi: about 200 dpi, as a phone gives at arm's length."""
KINDS: dict[str, Callable[[Pixels], Photograph]] = {
    "flat": lambda page: photograph(page, scale=_SCALE),
    "by hand": lambda page: photograph(
        page, scale=_SCALE, tilt_degrees=3, keystone_degrees=7, blur=0.6, noise=2
    ),
    "turned 12°": lambda page: photograph(page, scale=_SCALE, tilt_degrees=12),
    "leaning 20°": lambda page: photograph(page, scale=_SCALE, keystone_degrees=20),
    "leaning 30°": lambda page: photograph(page, scale=_SCALE, keystone_degrees=-30),
    "blur 1": lambda page: photograph(page, scale=_SCALE, blur=1),
    "blur 1.5": lambda page: photograph(page, scale=_SCALE, blur=1.5),
    "blur 2": lambda page: photograph(page, scale=_SCALE, blur=2),
    "glare 0.5": lambda page: photograph(page, scale=_SCALE, glare=0.5),
    "glare 1": lambda page: photograph(page, scale=_SCALE, glare=1, seed=3),
    "noise 12": lambda page: photograph(page, scale=_SCALE, noise=12),
    "JPEG 20": lambda page: photograph(page, scale=_SCALE, jpeg_quality=20),
    "100 dpi": lambda page: photograph(page, scale=0.34, blur=0.5),
    "75 dpi": lambda page: photograph(page, scale=0.25, jpeg_quality=60),
}
"""How the rendered pages are photographed."""

FORGERIES: dict[str, tuple[Tampering | None, frozenset[str]]] = {
    "honest": (None, frozenset()),
    "birth date, print": (
        tampering.printed_birth_date(date(1984, 8, 12)),
        frozenset({"birth_date"}),
    ),
    "one digit of it": (tampering.printed_birth_date(date(1974, 8, 17)), frozenset({"birth_date"})),
    "name, print": (
        tampering.printed_name("LINDQVIST", "BIRGITTA"),
        frozenset({"surname", "given_names"}),
    ),
    "number, print": (tampering.printed_number("K112233A4"), frozenset({"document_number"})),
    "birth date, zone": (tampering.mrz_birth_date(date(1991, 2, 3)), frozenset({"birth_date"})),
}
"""What was done, and by which fields it is to be caught."""
PASSPORTS: tuple[Format, ...] = ("TD3",)
HONEST: tuple[Format, ...] = ("TD3", "TD1")


@dataclass(frozen=True, eq=False)
class Page:
    """A photograph whose zone is known."""

    picture: Pixels
    text: MrzText | None
    """`None` where the zone stands on the card's other side."""
    mrz: Mrz


def photographed(document: Specimen, kind: str) -> Page:
    """The side with the print, with its zone as a perfect reader would place it."""
    shot = KINDS[kind](document.face_side.image)
    mrz = understand(document.mrz, today=TODAY)
    if document.face_side is not document.mrz_side:
        return Page(shot.image, None, mrz)
    corners = [(float(x), float(y)) for x, y in shot.corners_of(document.mrz_side.boxes["mrz"])]
    format = MrzFormat(document.format)
    rows, columns = format.shape
    text = MrzText(
        format=format,
        lines=document.mrz,
        confidence=((1.0,) * columns,) * rows,
        region=Region(corners=(corners[0], corners[1], corners[2], corners[3])),
    )
    return Page(shot.image, text, mrz)


def ours(page: Page) -> list[FieldAgreement]:
    """Our reading and comparison."""
    printed = read_printed(page.picture, page.text, ocr_reader())
    if printed.problem:
        return []
    return compare_zones(page.mrz, printed, lambda field: read_again(page.picture, field))


def peer(page: Page) -> list[FieldAgreement]:
    """Tesseract over the whole picture: what is found agrees; it cannot say that one differs."""
    lines = pytesseract.image_to_string(page.picture, lang="eng").splitlines()
    found = []
    for name, kind in (
        ("document_number", NUMBER), ("surname", NAME_PART), ("given_names", NAME_PART),
        ("birth_date", DATE), ("expiry_date", DATE),
    ):  # fmt: skip
        said = {
            "surname": page.mrz.primary_identifier,
            "given_names": page.mrz.secondary_identifier,
        }.get(name, page.mrz.value(name))
        if not said or kind.spans is None:
            continue
        seen = any(True for line in lines for _ in kind.spans(page.mrz, said, line))
        verdict = Agreement.AGREES if seen else Agreement.UNKNOWN
        found.append(FieldAgreement(name, verdict, "by value", said))
    return found


READERS: dict[str, Callable[[Page], list[FieldAgreement]]] = {"ours": ours, "peer": peer}


def on_rendered(who: str) -> dict[str, Any]:
    """Every forgery of a passport, and honest passports and cards, in every kind of photograph."""
    caught: dict[str, Counter[str]] = defaultdict(Counter)
    seconds, false_alarms = [], []
    for name, (done, fields) in FORGERIES.items():
        for format in PASSPORTS if done else HONEST:
            for holder in _holders(done):
                document = render(holder, format, identity_one(), tampering=(done,) if done else ())
                for kind in KINDS:
                    began = _cpu_seconds()
                    compared = READERS[who](photographed(document, kind))
                    seconds.append(_cpu_seconds() - began)
                    told = {c.name: c.agreement for c in compared}
                    differ = {f for f, a in told.items() if a is Agreement.DIFFERS}
                    tally = caught[name]
                    tally["pages"] += 1
                    tally["caught"] += bool(fields) and fields <= differ
                    tally["caught in part"] += bool(fields & differ) and not fields <= differ
                    wrongly = {f for f in fields if told.get(f) is Agreement.AGREES}
                    tally["altered value called right"] += bool(wrongly)
                    honest = [f for f in FIELDS if f not in fields]
                    tally["honest fields"] += len(honest)
                    tally["agree"] += sum(told.get(f) is Agreement.AGREES for f in honest)
                    for field in differ - fields:
                        false_alarms.append(f"{name}, {format}, {kind}: {field}")
    return {
        "rows": caught,
        "false_alarms": false_alarms,
        "cpu_median": round(float(np.median(seconds)), 2),
        "cpu_p95": round(float(np.percentile(seconds, 95)), 2),
    }


def _holders(done: Tampering | None) -> tuple[Holder, ...]:
    if done is not None:
        return (ANNA,)
    other = replace(ANNA, primary="O'BRIEN", secondary="NIAMH", number="PX2307418", sex="F")
    return ANNA, MARTHA, other


def on_documents(who: str, data: Path) -> dict[str, Any]:
    """Every labelled document whose zone is found."""
    reader = MrzReader()
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    differ, seconds = [], []
    for document in documents(data):
        pixels = upright(document.path)
        for text in reader.read(pixels).readings:
            page = Page(pixels, text, understand(text, today=TODAY))
            began = _cpu_seconds()
            compared = READERS[who](page)
            seconds.append(_cpu_seconds() - began)
            for one in compared:
                counts[one.name][one.agreement.value] += 1
                if one.agreement is Agreement.DIFFERS and one.printed:
                    differ.append([document.path.name, one.name, one.zone, one.printed.text])
    return {
        "fields": counts,
        "differ": differ,
        "pages": len(seconds),
        "cpu_median": round(float(np.median(seconds)), 2),
        "cpu_p95": round(float(np.percentile(seconds, 95)), 2),
    }


def _cpu_seconds() -> float:
    """Of this process and of the Tesseracts that it called."""
    return sum(os.times()[:4])


def measure(data: Path | None) -> dict[str, Any]:
    """Both readers on both sets, each in a process of its own."""
    answers: dict[str, Any] = {}
    for who in READERS:
        for what in ("rendered", *(["documents"] if data else [])):
            done = in_a_process("bench.printed", [what, who, *([str(data)] if data else [])])
            answers[f"{what}, {who}"] = done.answer | {"peak_megabytes": round(done.peak_megabytes)}
    return answers


def print_table(answers: dict[str, Any]) -> None:
    """What was measured, for a person to read."""
    for title, answer in answers.items():
        print(f"\n{title}: {answer['cpu_median']} s CPU a page (p95 {answer['cpu_p95']}), "
              f"{answer['peak_megabytes']} MB")  # fmt: skip
        for name, tally in (answer.get("rows") or answer["fields"]).items():
            print(f"  {name:20}", ", ".join(f"{value} {what}" for what, value in tally.items()))
        for line in answer.get("false_alarms") or answer.get("differ") or ["none"]:
            print("  differs wrongly:" if "rows" in answer else "  differs:", line)


if __name__ == "__main__":
    cv2.setNumThreads(1)
    match sys.argv[1:]:
        case ["rendered", who, *_]:
            print(json.dumps(on_rendered(who)))
        case ["documents", who, folder]:
            print(json.dumps(on_documents(who, Path(folder))))
        case ["rendered"]:
            print_table(measure(None))
        case _:
            data = os.environ.get("BONAFIDE_DATA")
            print_table(measure(Path(data) if data else None))
