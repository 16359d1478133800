"""Signs of tampering: how often each attack is seen, and how often an honest document is accused.

`python -m bench.forensics [HONEST [FORGED]]` renders so many honest documents (200) and so many of
each attack at each strength (15), with seeds that nothing was tuned on, and looks for every sign.
Honest and forged pictures are looked at by error level analysis as well, the usual tool. Where
`BONAFIDE_DATA` holds real documents, false alarms on them are counted too. Writes
`out/bench/forensics.md` and `out/bench/forensics.png`.
"""

import importlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from rich.console import Console
from rich.progress import track

from bench import forensics_plot
from bench.exhibits import REPORTED_FROM, subject_of
from bench.peer_ela import error_level
from models.forensics import Found, Sign
from samples.capture import jpeg, jpeg_decoded
from samples.fine_print import KINDS, fine_print
from samples.forgeries.attack import Attack, Exhibit, honest
from samples.forgeries.zone_print import printed_otherwise
from verifiers.documents.forensics.look import DETECTORS
from verifiers.documents.forensics.subject import Subject
from verifiers.documents.reading import MrzReader
from verifiers.documents.upright import page_of
from verifiers.face_engine import FaceEngine
from verifiers.face_engines.served import ServedEngine
from verifiers.faces import portraits_on
from verifiers.imaging import UnusableInput, load_pictures

Result = TypeVar("Result")

OUT = Path("out/bench")
_HONEST, _FORGED = 200, 15
_ON_PIXELS: tuple[Sign, ...] = tuple(s for s in DETECTORS if s is not Sign.EDITED_FILE)
"""What a file says of itself is read by rules, which tests hold; it has no rate on renders."""
_BESIDE = (Sign.LOCAL_RESAVE, Sign.PORTRAIT, Sign.ZONE_PRINT)
"""Signs that error level analysis is used for."""


@dataclass(frozen=True)
class Scored:
    """One look at one picture."""

    found: Found
    score: float | None
    peer: float | None


@dataclass(frozen=True)
class Row:
    """One attack at one strength."""

    sign: Sign
    attack: str
    strength: str
    looks: tuple[Scored, ...]


def _saved_again(seed: int) -> Exhibit:
    """The whole picture compressed once more, as every program and many websites do."""
    exhibit = honest(seed, with_portrait=True)
    data = jpeg(exhibit.capture.pixels, 68 + seed % 29, exhibit.document.camera.chroma)
    return replace(exhibit, capture=replace(exhibit.capture, data=data, pixels=jpeg_decoded(data)))


_LOOK_ALIKES: tuple[tuple[Sign, str, Callable[[int], Exhibit]], ...] = (
    (Sign.ZONE_PRINT, "another cut of OCR-B", printed_otherwise),
    (Sign.LOCAL_RESAVE, "saved again as a whole", _saved_again),
    (Sign.PORTRAIT, "saved again as a whole", _saved_again),
    *((Sign.SCREEN, f"fine print, {kind}", partial(fine_print, kind=kind)) for kind in KINDS),
    *((Sign.PRINTED_COPY, f"fine print, {kind}", partial(fine_print, kind=kind)) for kind in KINDS),
)
"""Honest pictures that resemble what a sign looks for."""


@dataclass(frozen=True)
class Measured:
    """Everything of one run."""

    honest: dict[Sign, tuple[Scored, ...]]
    look_alikes: tuple[Row, ...]
    rows: tuple[Row, ...]
    real: dict[Sign, tuple[Scored, ...]]


def measure(data: Path | None, honest_count: int = _HONEST, forged: int = _FORGED) -> Measured:
    """Render, look, count."""
    with ProcessPoolExecutor(initializer=_alone) as pool:
        seeds = range(REPORTED_FROM, REPORTED_FROM + honest_count)
        looked = list(_told("honest renders", pool.map(_honest, seeds), len(seeds)))
        by_sign = {sign: tuple(one[sign] for one in looked) for sign in _ON_PIXELS}
        tasks = [
            (sign, place, strength, [REPORTED_FROM + 10_000 + seed for seed in range(forged)])
            for sign in _ON_PIXELS
            for place, attack in enumerate(attacks(sign))
            for strength in attack.strengths
        ]
        rows = tuple(_told("attacks", pool.map(_forged, tasks), len(tasks)))
        seeds_of_alikes = range(REPORTED_FROM + 20_000, REPORTED_FROM + 20_000 + 2 * forged)
        asked = [(place, list(seeds_of_alikes)) for place in range(len(_LOOK_ALIKES))]
        alikes = _told("look-alikes", pool.map(_look_alike, asked), len(asked))
        look_alikes = tuple(alikes)
    return Measured(by_sign, look_alikes, rows, _real(data) if data else {})


def _told(what: str, results: Iterable[Result], count: int) -> Iterable[Result]:
    return track(results, what, total=count, console=Console(stderr=True))


def attacks(sign: Sign) -> tuple[Attack, ...]:
    """All ways of forging that this sign is for."""
    module = importlib.import_module(f"samples.forgeries.{sign.value}")
    ways: tuple[Attack, ...] = module.ATTACKS
    return ways


def _alone() -> None:
    cv2.setNumThreads(1)


def _honest(seed: int) -> dict[Sign, Scored]:
    with_portrait = honest(seed, with_portrait=True)
    return {sign: _scored(sign, with_portrait) for sign in _ON_PIXELS}


def _forged(task: tuple[Sign, int, str, Sequence[int]]) -> Row:
    sign, place, strength, seeds = task
    attack = attacks(sign)[place]
    looks = tuple(_scored(sign, attack.make(seed, strength)) for seed in seeds)
    return Row(sign, attack.name, strength, looks)


def _look_alike(task: tuple[int, Sequence[int]]) -> Row:
    place, seeds = task
    sign, name, make = _LOOK_ALIKES[place]
    return Row(sign, name, "honest", tuple(_scored(sign, make(seed)) for seed in seeds))


def _scored(sign: Sign, exhibit: Exhibit) -> Scored:
    subject = subject_of(exhibit)
    look = DETECTORS[sign](subject).look
    peer = error_level(subject.picture.pixels) if sign in _BESIDE else None
    return Scored(look.found, look.score, peer)


def _real(data: Path) -> dict[Sign, tuple[Scored, ...]]:
    """The real documents, which nothing was tuned on, read as the service reads them."""
    reader, engine = MrzReader(), ServedEngine()
    looks: dict[Sign, list[Scored]] = {sign: [] for sign in DETECTORS}
    for subject in _real_subjects(data, reader, engine):
        for sign, detect in DETECTORS.items():
            look = detect(subject).look
            looks[sign].append(Scored(look.found, look.score, None))
    return {sign: tuple(each) for sign, each in looks.items()}


def _real_subjects(data: Path, reader: MrzReader, engine: FaceEngine) -> Iterator[Subject]:
    for path in sorted((data / "documents").rglob("*")):
        try:
            pictures = load_pictures(path) if path.is_file() else ()
        except UnusableInput:
            continue
        for picture in pictures:
            texts = reader.read(picture.pixels).readings
            text = texts[0] if texts else None
            page = page_of(picture, text) if text else None
            heads = portraits_on(engine, [picture], [page] if page else [])
            regions = tuple(head.cut.region for head in heads if head.cut)
            yield Subject(picture, text=text, page=page, portraits=regions)


def table(measured: Measured) -> str:
    """The figures as Markdown: false alarms first, then every attack at every strength."""
    lines = [
        "| sign | honest renders | clear | faint or clear | not possible | real pictures | clear "
        "| faint or clear | not possible |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for sign in DETECTORS:
        looks, real = measured.honest.get(sign, ()), measured.real.get(sign, ())
        lines.append(
            f"| {sign.value} | {len(looks)} | {_rate(looks, Found.CLEAR)} | "
            f"{_rate(looks, Found.CLEAR, Found.FAINT)} | {_rate(looks, Found.UNKNOWN)} | "
            f"{len(real)} | {_rate(real, Found.CLEAR)} | "
            f"{_rate(real, Found.CLEAR, Found.FAINT)} | {_rate(real, Found.UNKNOWN)} |"
        )
    lines += [
        "",
        "| sign | attack | strength | n | seen at 1 % | seen at 5 % | not possible "
        "| error level analysis at 1 % | at 5 % |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in (*measured.look_alikes, *measured.rows):
        told = [
            _rate(row.looks, Found.CLEAR),
            _rate(row.looks, Found.CLEAR, Found.FAINT),
            _rate(row.looks, Found.UNKNOWN),
            *(_peer_rate(measured, row, share) for share in (0.01, 0.05)),
        ]
        lines.append(
            f"| {row.sign.value} | {row.attack} | {row.strength} | {len(row.looks)} | "
            f"{' | '.join(told)} |"
        )
    return "\n".join(lines)


def _rate(looks: Sequence[Scored], *found: Found) -> str:
    count = sum(one.found in found for one in looks)
    return f"{count} ({100 * count / len(looks):.0f} %)" if looks else "–"


def _peer_rate(measured: Measured, row: Row, share: float) -> str:
    """By the limit that this share of these same honest renders passes: the peer's best case."""
    honest_scores = [one.peer for one in measured.honest[row.sign] if one.peer is not None]
    scores = [one.peer for one in row.looks if one.peer is not None]
    if not honest_scores or not scores:
        return "–"
    limit = float(np.quantile(honest_scores, 1 - share))
    return f"{100 * sum(score > limit for score in scores) / len(scores):.0f} %"


def main(arguments: list[str]) -> None:
    """Measure, print and write."""
    data = os.environ.get("BONAFIDE_DATA")
    measured = measure(Path(data) if data else None, *map(int, arguments))
    OUT.mkdir(parents=True, exist_ok=True)
    told = table(measured)
    print(told)
    (OUT / "forensics.md").write_text(told + "\n", encoding="utf-8")
    forensics_plot.roc(
        {sign: _scores(looks) for sign, looks in measured.honest.items()},
        {(row.sign, row.attack, row.strength): _scores(row.looks) for row in measured.rows},
        OUT / "forensics.png",
    )


def _scores(looks: Sequence[Scored]) -> list[float]:
    """What could not be looked at is as if nothing was seen."""
    return [-np.inf if one.score is None else one.score for one in looks]


if __name__ == "__main__":
    main(sys.argv[1:])
