"""The MRZ reader on real documents, beside PassportEye as its README uses it.

`BONAFIDE_DATA=… python -m bench.mrz` reads `documents/` as sent, turned and keystoned, prints a
table, and compares CPU, wall time, memory and exact lines with PassportEye on the pictures as sent.
Every engine runs in a process of its own; its figures include starting it.
`python -m bench.mrz stress 20` prints where reading stops on rendered pages, 20 for each stress.
"""

import csv
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from bench.measure import measure as in_a_process
from bench.mrz_pages import GRID, page, stressed

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Document:
    """One labelled picture; `lines` is empty where it shows no zone."""

    path: Path
    lines: tuple[str, ...]
    digits_valid: bool


def measure(data: Path) -> dict[str, Any]:
    """Every figure of the table, by variant, and the peers' ratios; `data` holds `documents/`."""
    ours = in_a_process("bench.mrz", ["ours", str(data)])
    peer = in_a_process("bench.mrz", ["passporteye", str(data)])
    sent: dict[str, Any] = ours.answer["as sent"]
    turned = in_a_process("bench.mrz", ["turned", str(data)]).answer
    return {
        "variants": {"as sent": sent, **turned},
        "passporteye": peer.answer,
        "ours_over_passporteye": {
            "exact": f"{sent['exact']} to {peer.answer['exact']} of {sent['documents']}",
            "cpu": round(ours.cpu_seconds / peer.cpu_seconds, 3),
            "wall": round(ours.wall_seconds / peer.wall_seconds, 3),
            "peak_memory": round(ours.peak_megabytes / peer.peak_megabytes, 3),
        },
        "peak_megabytes": round(ours.peak_megabytes),
    }


def documents(data: Path) -> list[Document]:
    """The labelled pictures."""
    with (data / "documents" / "labels.csv").open(newline="", encoding="utf-8") as file:
        return [
            Document(
                data / "documents" / row["file"],
                tuple(row["mrz"].split()),
                row["check_digits"] == "all valid",
            )
            for row in csv.DictReader(file)
        ]


def upright(path: Path) -> Pixels:
    """RGB pixels as the camera meant them, transparent parts white."""
    with Image.open(path) as image:
        turned = ImageOps.exif_transpose(image).convert("RGBA")
    white = Image.new("RGBA", turned.size, (255, 255, 255, 255))
    return np.asarray(Image.alpha_composite(white, turned).convert("RGB"))


def rotated(degrees: float) -> Callable[[Pixels], Pixels]:
    """Turned within a larger canvas, nothing cut off."""

    def turn(pixels: Pixels) -> Pixels:
        height, width = pixels.shape[:2]
        move = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
        cos, sin = abs(move[0, 0]), abs(move[0, 1])
        size = (int(height * sin + width * cos), int(height * cos + width * sin))
        move[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
        return np.asarray(cv2.warpAffine(pixels, move, size, borderValue=_around(pixels)), np.uint8)

    return turn


def keystoned(degrees: float, towards: float) -> Callable[[Pixels], Pixels]:
    """As seen by a camera that leans so far; `towards` 0 foreshortens to the right, 90 downwards.

    The camera stands one and a half picture's lengths away, about as one holds a phone.
    """

    def lean(pixels: Pixels) -> Pixels:
        height, width = pixels.shape[:2]
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
        centred = corners - corners.mean(axis=0)
        way = np.array([np.cos(np.radians(towards)), np.sin(np.radians(towards))])
        away, angle = centred @ way, np.radians(degrees)
        flat = centred - np.outer(away * (1 - np.cos(angle)), way)
        seen = flat / (1 + away * np.sin(angle) / (1.5 * max(height, width)))[:, None]
        seen -= seen.min(axis=0)
        size = np.ceil(seen.max(axis=0)).astype(int)
        view = cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32))
        return np.asarray(
            cv2.warpPerspective(
                pixels, view, (int(size[0]), int(size[1])), borderValue=_around(pixels)
            ),
            np.uint8,
        )

    return lean


def _around(pixels: Pixels) -> tuple[float, float, float]:
    red, green, blue = np.median(pixels.reshape(-1, 3), axis=0)
    return float(red), float(green), float(blue)


VARIANTS: dict[str, Callable[[Pixels], Pixels]] = {
    "rotated +30": rotated(30),
    "rotated -30": rotated(-30),
    "rotated 90": rotated(90),
    "rotated 180": rotated(180),
    **{f"keystone 35 to {way}": keystoned(35, way) for way in (0, 90, 180, 270)},
}


def _ours(data: Path, variants: dict[str, Callable[[Pixels], Pixels]]) -> dict[str, Any]:
    from verifiers.documents.reading import MrzReader

    cv2.setNumThreads(1)
    reader = MrzReader()
    figures = {}
    for name, changed in variants.items():
        answers, milliseconds = [], []
        for document in documents(data):
            pixels = changed(upright(document.path))
            began = time.process_time()
            search = reader.read(pixels)
            milliseconds.append((time.process_time() - began) * 1000)
            answers.append([(text.lines, text.sure) for text in search.readings])
        figures[name] = _figures(documents(data), answers, milliseconds)
    return figures


def _passporteye(data: Path) -> dict[str, Any]:
    from passporteye import read_mrz

    answers, milliseconds = [], []
    for document in documents(data):
        began = time.perf_counter()
        zone = read_mrz(str(document.path))
        milliseconds.append((time.perf_counter() - began) * 1000)
        # Spaces within a line are taken out: they would count against it as line breaks.
        text = zone.to_dict().get("raw_text", "").replace(" ", "") if zone else ""
        lines = tuple(text.split())
        answers.append([(lines, bool(zone and zone.valid))] if lines else [])
    return _figures(documents(data), answers, milliseconds)


def stress(pages: int) -> dict[str, dict[str, tuple[int, int, int]]]:
    """For each stress and its value: exact, sure and surely wrong ones of so many pages."""
    from verifiers.documents.reading import MrzReader

    cv2.setNumThreads(1)
    reader = MrzReader()
    table: dict[str, dict[str, tuple[int, int, int]]] = {}
    for name, values in GRID.items():
        for value in values:
            exact = sure = wrong = 0
            for seed in range(pages):
                taken = page(stressed(name, value), seed)
                found = reader.read(taken.picture).readings
                exact += any(text.lines == taken.lines for text in found)
                sure += any(text.sure for text in found)
                wrong += any(text.sure and text.lines != taken.lines for text in found)
            table.setdefault(name, {})[f"{value:g}"] = (exact, sure, wrong)
    return table


def _figures(
    labelled: list[Document],
    answers: list[list[tuple[tuple[str, ...], bool]]],
    milliseconds: list[float],
) -> dict[str, Any]:
    """Exact and sure count the documents whose digits are valid; wrong ones count them all."""
    pairs = list(zip(labelled, answers, strict=True))
    valid = [(d, a) for d, a in pairs if d.digits_valid]
    return {
        "documents": len(valid),
        "exact": sum(any(lines == d.lines for lines, _ in a) for d, a in valid),
        "sure": sum(any(sure for _, sure in a) for _, a in valid),
        "wrongly_sure": sum(sure and lines != d.lines for d, a in pairs for lines, sure in a),
        "found_without_zone": sum(bool(a) for d, a in pairs if not d.lines),
        "milliseconds_median": round(float(np.median(milliseconds)), 1),
        "milliseconds_p95": round(float(np.percentile(milliseconds, 95)), 1),
        "missed": [d.path.name for d, a in valid if all(lines != d.lines for lines, _ in a)],
    }


def print_table(figures: dict[str, Any]) -> None:
    """One row a variant, then ours over PassportEye."""
    columns = ("documents", "exact", "sure", "wrongly_sure", "found_without_zone")
    print(f"{'':22}" + "".join(f"{name.replace('_', ' '):>20}" for name in columns), end="")
    print(f"{'ms median':>12}{'ms p95':>10}  missed")
    rows = {**figures["variants"], "PassportEye, as sent": figures["passporteye"]}
    for name, row in rows.items():
        print(f"{name:22}" + "".join(f"{row[column]:>20}" for column in columns), end="")
        missed = (
            ", ".join(row["missed"]) if len(row["missed"]) < 6 else f"{len(row['missed'])} files"
        )
        print(f"{row['milliseconds_median']:>12}{row['milliseconds_p95']:>10}  {missed}")
    for name, value in figures["ours_over_passporteye"].items():
        print(f"ours over PassportEye, {name.replace('_', ' ')}: {value}")
    print(f"ours, peak memory: {figures['peak_megabytes']} MB")


def main(arguments: list[str]) -> None:
    """Measures and prints; with an engine's name, is that engine's process."""
    match arguments:
        case ["ours", data]:
            print(json.dumps(_ours(Path(data), {"as sent": lambda pixels: pixels})))
        case ["turned", data]:
            print(json.dumps(_ours(Path(data), VARIANTS)))
        case ["passporteye", data]:
            print(json.dumps(_passporteye(Path(data))))
        case ["stress", pages]:
            print(f"exact/sure/surely wrong of {pages} pages")
            for name, row in stress(int(pages)).items():
                cells = (f"{value} {e}/{s}/{w}" for value, (e, s, w) in row.items())
                print(f"{name:10} " + "   ".join(cells))
        case []:
            if "BONAFIDE_DATA" not in os.environ:
                raise SystemExit(
                    "BONAFIDE_DATA names no folder of labelled documents to measure on"
                )
            print_table(measure(Path(os.environ["BONAFIDE_DATA"])))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
