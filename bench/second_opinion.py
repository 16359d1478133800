"""What a second opinion gains on rendered zones that our reader leaves unsure, and what it costs.

`python -m bench.second_opinion [PAGES]` renders so many pages (100) of each kind of bad photograph
and asks, about each zone read unsurely, PP-OCRv6, Tesseract with an OCR-B model (where `weights/`
of `BONAFIDE_DATA` holds `mrz.traineddata`), one after the other, and PassportEye.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytesseract

from bench.mrz import ocrb_tessdata
from bench.mrz_pages import Page, Stress, harder_stress, mixed_stress, page
from verifiers.documents.attempt import Attempt
from verifiers.documents.print_reader import OcrReader, Spelled
from verifiers.documents.reading import MrzReader
from verifiers.documents.second_opinion import Speller, with_second_opinion
from verifiers.picture import Pixels

_BORDER = 12
"""Pixels of paper around a line, without which Tesseract loses its ends."""


class TesseractSpeller:
    """Tesseract as a peer of the print reader: one line, its boxes tell where characters stand."""

    def __init__(self, tessdata: Path) -> None:
        self._config = (
            f"--tessdata-dir {tessdata} -l mrz --psm 7 --dpi 300 "
            "-c load_system_dawg=F -c load_freq_dawg=F"
        )

    def spell(self, line: Pixels) -> Spelled:
        padded = cv2.copyMakeBorder(line, *(_BORDER,) * 4, cv2.BORDER_REPLICATE)
        boxes = pytesseract.image_to_boxes(padded, config=self._config)
        text, across = "", []
        for character, left, _, right, *_ in (row.split(" ") for row in boxes.splitlines()):
            middle = (int(left) + int(right)) / 2 - _BORDER
            text += character[:1]
            across.append(min(1.0, max(0.0, middle / line.shape[1])))
        return Spelled(text, (1.0,) * len(text), tuple(across))


class OneAfterTheOther:
    """Asks about the attempt as the first left it."""

    def __init__(self, *spellers: Speller) -> None:
        self.spellers = spellers


def _asked(attempt: Attempt, engine: Speller | OneAfterTheOther) -> Attempt:
    spellers = engine.spellers if isinstance(engine, OneAfterTheOther) else (engine,)
    for speller in spellers:
        attempt = with_second_opinion(attempt, speller)
    return attempt


def hand_held(seed: int) -> Stress:
    """Leaning by 35 degrees, otherwise a fair photograph."""
    random = np.random.default_rng([seed, 70_000])
    pitch = float(np.exp(random.uniform(np.log(5.5), np.log(22))))
    return Stress(
        pitch=pitch,
        keystone=35,
        rotation=float(random.uniform(-10, 10)),
        noise=float(random.uniform(0, 5)),
        jpeg=int(random.integers(50, 95)),
        blur=float(random.uniform(0, 0.08)),
    )


def unsure_zones(pages: int) -> list[tuple[Page, Attempt]]:
    """The zones read unsurely on so many pages of each kind."""
    reader = MrzReader(second=None)
    zones = []
    for seed in range(pages):
        for stress in (mixed_stress, harder_stress, hand_held):
            taken = page(stress(seed), seed)
            zones += [(taken, one) for one in reader.attempts(taken.picture) if one.unsure]
    return zones


def main(pages: int = 100) -> None:
    """Measures and prints."""
    cv2.setNumThreads(1)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    zones = unsure_zones(pages)
    exact = sum(one.decoding.lines in taken.zones for taken, one in zones)
    print(f"{3 * pages} pages: {len(zones)} zones read unsurely, {exact} of them exactly")
    print_reader = OcrReader()
    engines: dict[str, Speller | OneAfterTheOther] = {"PP-OCRv6": print_reader}
    data = os.environ.get("BONAFIDE_DATA")
    if tessdata := ocrb_tessdata(Path(data)) if data else None:
        tesseract = TesseractSpeller(tessdata)
        engines["Tesseract, mrz"] = tesseract
        engines["both in turn"] = OneAfterTheOther(print_reader, tesseract)
    for name, engine in engines.items():
        told: Counter[str] = Counter()
        began = time.perf_counter()
        for taken, attempt in zones:
            weighed = _asked(attempt, engine)
            right = weighed.decoding.lines in taken.zones
            told["right" if right else "wrong"] += not weighed.unsure
        seconds = (time.perf_counter() - began) / max(1, len(zones))
        print(
            f"{name:16} made sure: {told['right']}, wrongly {told['wrong']}; {seconds:.2f} s each"
        )
    _passporteye([taken for taken, _ in zones])


def _passporteye(pages: list[Page]) -> None:
    from passporteye import read_mrz

    exact, began = 0, time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bonafide-second-") as folder:
        for taken in pages[:40]:
            cv2.imwrite(f"{folder}/page.png", taken.picture)
            try:
                zone = read_mrz(f"{folder}/page.png")
            except KeyError:  # Its own error on pictures where its last resort reads nothing.
                continue
            text = zone.to_dict().get("raw_text", "").replace(" ", "") if zone else ""
            exact += tuple(text.split()) in taken.zones
    seconds = (time.perf_counter() - began) / max(1, len(pages[:40]))
    print(f"{'PassportEye':16} read exactly {exact} of {len(pages[:40])}; {seconds:.2f} s each")


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
