"""Damaged pictures by the thousand: no crash, no hang, bounded memory, always an answer.

Files are damaged byte by byte and loaded as evidence is; pictures are damaged pixel by pixel and
read. What a damaged picture shows may truly be something else than what was printed, so that
nothing is asked here about what is read (`test_reading` and `tests/soak` do), only that there is an
answer and that a reading which is not sure, or none, says why.
"""

import random
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image

from bench.mrz_pages import harder_stress, mixed_stress, page
from samples.holder import ANNA
from samples.mrz_lines import FORMATS, Format
from samples.portraits import identity_one
from samples.specimen import render
from verifiers.documents.reading import MrzReader
from verifiers.imaging import UnusableInput, load_pictures
from verifiers.picture import Pixels

pytestmark = pytest.mark.soak

KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "PDF", "HEIF")
FILES, PICTURES = 2_000, 20_000
_BATCH = 100
_WHOLE = 4
"""Pictures rendered for one batch, each damaged in many ways."""
_HUNG_SECONDS = 3_600.0
"""For work that takes a quarter of an hour."""
_MEGABYTES = 450
"""Of a process that renders, damages and reads one picture of up to a megapixel after the other."""


@pytest.mark.parametrize(
    ("work", "count"), [("files", FILES), ("pictures", PICTURES)], ids=["bytes", "pixels"]
)
def test_nothing_damaged_crashes_hangs_or_takes_the_memory(work: str, count: int) -> None:
    starts = range(0, count, _BATCH)
    batch = {"files": _files, "pictures": _pictures}[work]
    answers: dict[str, int] = {}
    with ProcessPoolExecutor(2, get_context("spawn"), initializer=_one_thread) as pool:
        waiting = [pool.submit(batch, start) for start in starts]
        for done, one in enumerate(as_completed(waiting, timeout=_HUNG_SECONDS), start=1):
            told, megabytes = one.result()
            assert megabytes < _MEGABYTES
            for what, times in told.items():
                answers[what] = answers.get(what, 0) + times
            if done % 20 == 0 or done == len(starts):
                print(f"{work}: {done * _BATCH} of {count}, {answers}", flush=True)
    assert sum(answers.values()) >= count
    # Damage that never shows, or that nothing survives, would try nothing.
    assert len(answers) > 1


def _one_thread() -> None:
    cv2.setNumThreads(1)


def _files(start: int) -> tuple[dict[str, int], float]:
    """Loads and reads so many damaged files; what came of them, and the process's peak memory."""
    chance, reader = random.Random(start), MrzReader()
    told = dict.fromkeys(("refused", "read", "not read"), 0)
    with TemporaryDirectory(prefix="bonafide-fuzz-") as folder:
        for number in range(start, start + _BATCH):
            kind = KINDS[number % len(KINDS)]
            path = Path(folder) / f"damaged.{kind.lower()}"
            path.write_bytes(_damaged(_file(kind, chance.choice(FORMATS)), chance))
            try:
                for picture in load_pictures(path):
                    told[_read(reader, picture.pixels)] += 1
            except UnusableInput:
                told["refused"] += 1
    return told, _peak_megabytes()


def _pictures(start: int) -> tuple[dict[str, int], float]:
    """Reads so many damaged pictures."""
    chance, reader = random.Random(start), MrzReader()
    told = dict.fromkeys(("read", "not read"), 0)
    for number, picture in enumerate(_whole_pictures(start)):
        for _ in range(_BATCH // _WHOLE):
            told[_read(reader, _mutated(picture, chance, number))] += 1
    return told, _peak_megabytes()


def _whole_pictures(seed: int) -> Iterator[Pixels]:
    for number in range(seed, seed + _WHOLE):
        stress = (mixed_stress, harder_stress)[number % 2](number)
        picture = page(stress, number).picture
        shrink = min(1.0, 480 / max(picture.shape))
        size = (round(picture.shape[1] * shrink), round(picture.shape[0] * shrink))
        yield np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _read(reader: MrzReader, pixels: Pixels) -> str:
    search = reader.read(pixels)
    unsure = not search.readings or not all(text.sure for text in search.readings)
    assert not unsure or search.problem
    return "read" if search.readings else "not read"


@cache
def _file(kind: str, format: Format) -> bytes:
    side = render(ANNA, format, identity_one(), dpi=75).mrz_side
    buffer = BytesIO()
    image = Image.fromarray(side.image)
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(buffer, quality=70)
    else:
        image.save(buffer, kind)
    return buffer.getvalue()


def _damaged(genuine: bytes, chance: random.Random) -> bytes:
    """Some bytes exchanged, a piece taken out, doubled or moved, or the end cut off."""
    data = bytearray(genuine)
    for _ in range(chance.choice([1, 1, 3, 10, 30])):
        # Headers are short and decide the most.
        reach = chance.choice([64, 1024, len(data)])
        data[chance.randrange(min(reach, len(data)))] = chance.choice(
            [0, 255, chance.getrandbits(8)]
        )
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 200)]
    match chance.randrange(6):
        case 0:
            del data[start : start + len(piece)]
        case 1:
            data[start:start] = piece
        case 2:
            place = chance.randrange(len(data))
            data[place : place + len(piece)] = piece
        case 3:
            del data[max(1, start) :]
    return bytes(data)


def _mutated(picture: Pixels, chance: random.Random, seed: int) -> Pixels:
    """A few mutations one after the other."""
    random_ = np.random.default_rng(chance.getrandbits(32) + seed)
    changed = picture
    for mutation in chance.sample(_MUTATIONS, chance.randrange(1, 4)):
        changed = np.ascontiguousarray(mutation(changed, random_), np.uint8)
    return changed


def _noise(picture: Any, random_: np.random.Generator) -> Any:
    return np.clip(picture + random_.normal(0, random_.uniform(1, 80), picture.shape), 0, 255)


def _holes(picture: Any, random_: np.random.Generator) -> Any:
    """Rectangles of one shade, anywhere."""
    changed = picture.copy()
    height, width = picture.shape[:2]
    for _ in range(int(random_.integers(1, 12))):
        top, left = int(random_.integers(height)), int(random_.integers(width))
        tall, wide = int(random_.integers(1, 120)), int(random_.integers(1, 300))
        changed[top : top + tall, left : left + wide] = int(random_.integers(256))
    return changed


def _moved_blocks(picture: Any, random_: np.random.Generator) -> Any:
    changed = picture.copy()
    for _ in range(int(random_.integers(1, 6))):
        top = int(random_.integers(picture.shape[0]))
        rows = slice(top, top + int(random_.integers(1, 60)))
        changed[rows] = np.roll(changed[rows], int(random_.integers(-200, 200)), axis=1)
    return changed


def _scaled(picture: Any, random_: np.random.Generator) -> Any:
    height, width = picture.shape[:2]
    wide, tall = (width, height) * random_.uniform(0.02, 1.4, 2)
    size = (max(1, int(wide)), max(1, int(tall)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _cut(picture: Any, random_: np.random.Generator) -> Any:
    height, width = picture.shape[:2]
    top, left = int(random_.integers(height)), int(random_.integers(width))
    return picture[top : top + 1 + int(random_.integers(height)), left:]


def _warped(picture: Any, random_: np.random.Generator) -> Any:
    height, width = picture.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    other = (corners + random_.normal(0, 0.25 * width, (4, 2))).astype(np.float32)
    if abs(cv2.contourArea(other)) < 10:
        return picture
    return cv2.warpPerspective(
        picture, cv2.getPerspectiveTransform(corners, other), (width, height)
    )


def _shades(picture: Any, random_: np.random.Generator) -> Any:
    """Any shades for the same ones: inverted, posterised, saturated, flat."""
    table = np.clip(
        random_.uniform(-3, 3) * (np.arange(256) - 128) + random_.uniform(0, 255), 0, 255
    )
    steps = int(random_.choice([1, 1, 32, 128, 255]))
    return cv2.LUT(picture, (table // steps * steps).astype(np.uint8))


def _coloured(picture: Any, random_: np.random.Generator) -> Any:
    if picture.ndim == 3:
        return picture
    return np.stack([picture * random_.uniform(0, 1) for _ in range(3)], axis=2)


def _twice(picture: Any, random_: np.random.Generator) -> Any:
    """The picture beside, under or over itself."""
    way = int(random_.integers(3))
    if way < 2:
        return np.concatenate([picture, picture[::-1] if random_.random() < 0.3 else picture], way)
    return picture // 2 + np.roll(picture, int(random_.integers(1, 60)), axis=0) // 2


_MUTATIONS: list[Callable[[Any, np.random.Generator], Any]] = [
    *(_noise, _holes, _moved_blocks, _scaled, _cut, _warped, _shades, _coloured, _twice),
]


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
