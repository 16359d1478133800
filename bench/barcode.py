"""Barcodes of licences: how often they are read, beside one plain call of zxing-cpp, and payloads.

`BONAFIDE_DATA=… python -m bench.barcode` reads the labelled barcodes (`barcodes/pdf417`, by kind)
and payloads (`barcodes/aamva`); without data, or with `rendered`, only backs of specimen licences
photographed in many ways. The peer is what a developer would write: `zxingcpp.read_barcodes` of the
picture as it is. Attempts are tuned on such renders with other seeds, never on the data.
"""

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from bench.measure import measure as in_a_process
from samples.licence import render_licence
from samples.licence_payload import ANNA_DRIVES, Cardholder, payload
from samples.photograph import Photograph, photograph
from samples.portraits import identity_one
from verifiers.documents.aamva import understand_licence
from verifiers.documents.barcode import read_barcodes
from verifiers.documents.barcode_payload import decoded, load_payload

Pixels = NDArray[np.uint8]

KINDS: dict[str, Callable[[Pixels, int], Photograph]] = {
    "flat": lambda back, seed: photograph(back, noise=2, seed=seed),
    "by hand": lambda back, seed: _shot(back, seed, blur=0.6, noise=3),
    "turned 12°": lambda back, seed: photograph(back, tilt_degrees=12, noise=2, seed=seed),
    "turned 45°": lambda back, seed: photograph(back, tilt_degrees=45, noise=2, seed=seed),
    "leaning 25°": lambda back, seed: photograph(back, keystone_degrees=25, noise=2, seed=seed),
    "blur 1": lambda back, seed: _shot(back, seed, blur=1, noise=2),
    "blur 1.5": lambda back, seed: _shot(back, seed, blur=1.5, noise=2),
    "blur 2": lambda back, seed: _shot(back, seed, blur=2, noise=2),
    "noise 15": lambda back, seed: _shot(back, seed, noise=15),
    "glare": lambda back, seed: _shot(back, seed, glare=0.7, noise=2),
    "JPEG 25": lambda back, seed: _shot(back, seed, jpeg_quality=25),
    "200 dpi": lambda back, seed: _shot(back, seed, scale=0.67, blur=0.5, noise=2),
    "150 dpi": lambda back, seed: _shot(back, seed, scale=0.5, blur=0.4, noise=2),
    "125 dpi": lambda back, seed: _shot(back, seed, scale=0.42, blur=0.3, noise=2),
    "100 dpi": lambda back, seed: _shot(back, seed, scale=0.34, noise=2),
}
"""How the rendered backs are photographed; a module is 2.7 pixels wide at 300 dpi."""
_PER_KIND = 12
_FIRST_SEED = 5000


@dataclass
class Tally:
    """How many were read as they should be, as something else, and how long each took."""

    right: int = 0
    wrong: int = 0
    count: int = 0
    seconds: list[float] = field(default_factory=list)


def ours(pixels: Pixels) -> list[str]:
    """Every text that we read."""
    return [one.text for one in read_barcodes(pixels).readings]


def plain(pixels: Pixels) -> list[str]:
    """One call of zxing-cpp for the same barcodes."""
    formats = zxingcpp.BarcodeFormats(
        [zxingcpp.BarcodeFormat.PDF417, zxingcpp.BarcodeFormat.MicroPDF417]
    )
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(pixels[..., ::-1]), formats=formats, text_mode=zxingcpp.TextMode.Plain
    )
    return [one.text for one in found]


READERS = {"ours": ours, "zxing-cpp, one call": plain}


def rendered() -> Iterator[tuple[str, Pixels, str]]:
    """Kind, picture and text of backs of licences, each of another holder and version."""
    portrait = identity_one()
    for kind, shoot in KINDS.items():
        for number in range(_PER_KIND):
            holder = _holder(number)
            version = 1 + number % 10
            back = render_licence(holder, portrait, version=version).back
            yield kind, shoot(back, _FIRST_SEED + number).image, payload(holder, version)


def labelled(data: Path) -> Iterator[tuple[str, Pixels, str]]:
    """Kind, picture and text of the labelled barcodes that have a text."""
    for path in sorted((data / "barcodes" / "pdf417").iterdir()):
        known = path.with_suffix(".txt")
        if path.suffix == ".txt" or not known.exists():
            continue
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB"))
        yield path.name.split("__")[0], pixels, decoded(known.read_bytes())


def read_all(who: str, data: Path | None) -> dict[str, Any]:
    """One reader on all pictures, rendered or labelled."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for kind, pixels, text in labelled(data) if data else rendered():
        tally = tallies[kind]
        began = time.process_time()
        texts = READERS[who](pixels)
        tally.seconds.append(time.process_time() - began)
        tally.count += 1
        tally.right += texts == [text]
        tally.wrong += bool(texts) and texts != [text]
    return {
        kind: {
            "count": tally.count,
            "right": tally.right,
            "wrong": tally.wrong,
            "cpu_median": round(float(np.median(tally.seconds)), 3),
            "cpu_longest": round(max(tally.seconds), 2),
        }
        for kind, tally in tallies.items()
    }


def payloads(data: Path) -> dict[str, int]:
    """How many payloads give name, birth date and number, and how many stray from the standard."""
    texts = [load_payload(path) for path in sorted((data / "barcodes" / "aamva").iterdir())]
    licences = [understand_licence(text) for text in texts if text is not None]
    return {
        "payloads": len(texts),
        "parsed": sum(one.problem is None for one in licences),
        "with anomalies": sum(bool(one.anomalies) for one in licences),
    }


def measure(data: Path | None) -> dict[str, Any]:
    """Both readers on both sets, each in a process of its own."""
    answers: dict[str, Any] = {}
    for what in ("rendered", *(["labelled"] if data else [])):
        for who in READERS:
            arguments = [who, *([str(data)] if what == "labelled" else [])]
            answers[f"{what}, {who}"] = in_a_process("bench.barcode", ["read", *arguments]).answer
    if data:
        answers["payloads"] = payloads(data)
    return answers


def print_table(answers: dict[str, Any]) -> None:
    """What was measured, for a person to read."""
    for title, answer in answers.items():
        print(f"\n{title}")
        if title == "payloads":
            print("  " + ", ".join(f"{count} {what}" for what, count in answer.items()))
            continue
        for kind, row in answer.items():
            print(
                f"  {kind:16} {row['right']:3} of {row['count']:3}, {row['wrong']} wrong, "
                f"{row['cpu_median']:.3f} s CPU (longest {row['cpu_longest']:.2f})"
            )
        right, count = (sum(row[what] for row in answer.values()) for what in ("right", "count"))
        print(f"  {'all':16} {right:3} of {count:3}")


def _holder(number: int) -> Cardholder:
    return replace(ANNA_DRIVES, number=f"X{4471209 + 7919 * number}", middle="MARIA" * (number % 2))


def _shot(back: Pixels, seed: int, **stress: Any) -> Photograph:
    """By hand: a little turned and leaning, another way each time."""
    random_ = np.random.default_rng(seed)
    tilt, lean = random_.uniform(-8, 8), random_.uniform(-10, 10)
    return photograph(back, tilt_degrees=tilt, keystone_degrees=lean, seed=seed, **stress)


if __name__ == "__main__":
    cv2.setNumThreads(1)
    match sys.argv[1:]:
        case ["read", who, *folder]:
            print(json.dumps(read_all(who, Path(folder[0]) if folder else None)))
        case ["rendered"]:
            print_table(measure(None))
        case _:
            named = os.environ.get("BONAFIDE_DATA")
            print_table(measure(Path(named) if named else None))
