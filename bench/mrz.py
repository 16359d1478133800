"""The MRZ reader on real documents, beside PassportEye as its README uses it and at its best.

`BONAFIDE_DATA=… python -m bench.mrz` reads `documents/` as sent, turned and keystoned, prints a
table, and compares CPU, wall time, memory and exact lines with PassportEye on the pictures as sent;
where `weights/` holds `mrz.traineddata`, a Tesseract model of OCR-B, with PassportEye on that too.
Every engine runs in a process of its own; its figures include starting it.
Where reading stops on rendered pages is told by `bench.stress`.
"""

import csv
import json
import os
import sys
import tempfile
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
    peers = {"PassportEye": in_a_process("bench.mrz", ["passporteye", str(data)])}
    if ocrb_tessdata(data):
        with_model = in_a_process("bench.mrz", ["passporteye-mrz", str(data)])
        peers["PassportEye, mrz model"] = with_model
    sent: dict[str, Any] = ours.answer["as sent"]
    turned = in_a_process("bench.mrz", ["turned", str(data)]).answer
    asked = in_a_process("bench.mrz", ["second-opinion", str(data)]).answer
    first_path = in_a_process("bench.mrz", ["first-path", str(data)])
    return {
        "variants": {"as sent": sent, **turned},
        "with_second_opinion": asked,
        "peers": {name: peer.answer for name, peer in peers.items()},
        "ours_over": {
            name: {
                "exact": f"{sent['exact']} to {peer.answer['exact']} of {sent['documents']}",
                "cpu": round(ours.cpu_seconds / peer.cpu_seconds, 3),
                "wall": round(ours.wall_seconds / peer.wall_seconds, 3),
                "peak_memory": round(ours.peak_megabytes / peer.peak_megabytes, 3),
            }
            for name, peer in peers.items()
        },
        "exif_variants_exact": in_a_process("bench.mrz", ["exif", str(data)]).answer,
        "first_path_megabytes": round(first_path.peak_megabytes),
    }


def ocrb_tessdata(data: Path) -> Path | None:
    """The folder with Tesseract's model of OCR-B, where there is one."""
    return data / "weights" if (data / "weights" / "mrz.traineddata").is_file() else None


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


def with_orientation(upright_: Image.Image, orientation: int, path: Path) -> None:
    """Writes a JPEG stored turned, with the EXIF tag that says how to turn it upright."""
    # The way back from each of EXIF's orientations (TIFF 6.0, tag 274); 6 and 8 are each other's.
    stored_by = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    way = stored_by.get(orientation)
    tags = Image.Exif()
    tags[274] = orientation
    stored = upright_.transpose(way) if way is not None else upright_
    stored.save(path, quality=95, exif=tags)


def exif_variants(data: Path) -> int:
    """How many of the eight orientations of the first document with right digits read exactly."""
    from verifiers.documents.reading import MrzReader
    from verifiers.imaging import load_pictures

    reader = MrzReader()
    document = next(one for one in documents(data) if one.digits_valid)
    exact = 0
    with tempfile.TemporaryDirectory(prefix="bonafide-exif-") as folder:
        for orientation in range(1, 9):
            path = Path(folder) / f"{orientation}.jpg"
            with_orientation(Image.fromarray(upright(document.path)), orientation, path)
            (picture,) = load_pictures(path)
            exact += any(t.lines == document.lines for t in reader.read(picture.pixels).readings)
    return exact


def _around(pixels: Pixels) -> tuple[float, float, float]:
    red, green, blue = np.median(pixels.reshape(-1, 3), axis=0)
    return float(red), float(green), float(blue)


AS_SENT: dict[str, Callable[[Pixels], Pixels]] = {"as sent": lambda pixels: pixels}
VARIANTS: dict[str, Callable[[Pixels], Pixels]] = {
    "rotated +30": rotated(30),
    "rotated -30": rotated(-30),
    "rotated 90": rotated(90),
    "rotated 180": rotated(180),
    **{f"keystone 35 to {way}": keystoned(35, way) for way in (0, 90, 180, 270)},
}
ASKED = AS_SENT | VARIANTS
"""Read again with the second opinion that the product asks (`second_opinion`)."""


def _ours(
    data: Path, variants: dict[str, Callable[[Pixels], Pixels]], *, second: bool = False
) -> dict[str, Any]:
    from verifiers.documents.print_reader import ocr_reader
    from verifiers.documents.reading import MrzReader

    cv2.setNumThreads(1)
    reader = MrzReader(second=ocr_reader() if second else None)
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


def _passporteye(data: Path, extra: str = "") -> dict[str, Any]:
    from passporteye import read_mrz

    answers, milliseconds = [], []
    for document in documents(data):
        began = _cpu_seconds()
        try:
            zone = read_mrz(str(document.path), extra_cmdline_params=extra)
        except KeyError:  # Its own error on pictures where its last resort reads nothing.
            zone = None
        milliseconds.append((_cpu_seconds() - began) * 1000)
        # Spaces within a line are taken out: they would count against it as line breaks.
        text = zone.to_dict().get("raw_text", "").replace(" ", "") if zone else ""
        lines = tuple(text.split())
        answers.append([(lines, bool(zone and zone.valid))] if lines else [])
    return _figures(documents(data), answers, milliseconds)


def _cpu_seconds() -> float:
    """Of this process and of the Tesseracts that it called."""
    return sum(os.times()[:4])


def _first_path(data: Path) -> dict[str, Any]:
    """Every document as `bonafide mrz` reads it: decoded in children, nothing else imported."""
    from verifiers.documents.reading import MrzReader
    from verifiers.imaging import load_pictures

    reader = MrzReader()
    pictures = (p for d in documents(data) for p in load_pictures(d.path))
    return {"read": sum(bool(reader.read(picture.pixels).readings) for picture in pictures)}


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
    print(f"{'':24}" + "".join(f"{name.replace('_', ' '):>20}" for name in columns), end="")
    print(f"{'ms median':>12}{'ms p95':>10}  missed")
    asked = {f"asking, {name}": row for name, row in figures["with_second_opinion"].items()}
    rows = {**figures["variants"], **asked, **figures["peers"]}
    for name, row in rows.items():
        print(f"{name:24}" + "".join(f"{row[column]:>20}" for column in columns), end="")
        missed = (
            ", ".join(row["missed"]) if len(row["missed"]) < 6 else f"{len(row['missed'])} files"
        )
        print(f"{row['milliseconds_median']:>12}{row['milliseconds_p95']:>10}  {missed}")
    for peer, ratios in figures["ours_over"].items():
        told = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in ratios.items())
        print(f"ours over {peer}: {told}")
    print(f"EXIF orientations read exactly: {figures['exif_variants_exact']} of 8")
    print(f"reading alone, decoding in children, peak memory: {figures['first_path_megabytes']} MB")


def main(arguments: list[str]) -> None:
    """Measures and prints; with an engine's name, is that engine's process."""
    match arguments:
        case ["ours", data]:
            print(json.dumps(_ours(Path(data), AS_SENT)))
        case ["turned", data]:
            print(json.dumps(_ours(Path(data), VARIANTS)))
        case ["second-opinion", data]:
            print(json.dumps(_ours(Path(data), ASKED, second=True)))
        case ["passporteye", data]:
            print(json.dumps(_passporteye(Path(data))))
        case ["passporteye-mrz", data]:
            extra = f"-l mrz --tessdata-dir {ocrb_tessdata(Path(data))}"
            print(json.dumps(_passporteye(Path(data), extra)))
        case ["first-path", data]:
            print(json.dumps(_first_path(Path(data))))
        case ["exif", data]:
            print(json.dumps(exif_variants(Path(data))))
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
