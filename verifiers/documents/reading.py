"""Pixels -> machine readable zones, by our own reader of OCR-B (ICAO 9303-3 §4).

Blocks of parallel lines are found (`locate`), the evenly beating ones cut out (`rectify`), their
columns classified (`recognise`), fitted to 30, 36 or 44 places (`cells`) and read under the grammar
(`decode`). A reading is taken for its fit, its grammar and its characters' margins; right check
digits only break ties. Where nothing is read, `MrzSearch.problem` says why and what to do.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import MrzSearch, MrzText
from models.finding import Region
from verifiers.documents import complaints
from verifiers.documents.attempt import Attempt, attempt
from verifiers.documents.locate import Block, StrokeMask
from verifiers.documents.recognise import WEIGHTS, Recogniser
from verifiers.documents.rectify import rectifier
from verifiers.documents.second_opinion import Speller, with_second_opinion
from verifiers.documents.text_lines import Grey

_LARGEST = 4096
"""Pixels of the longest side: a picture of 12 megapixels is not shrunk: its zone may be small."""
_SMALLEST = 24
"""Pixels of the shortest side; two lines of text do not fit on less."""
_COARSE, _FINE = 900, 1500
"""Working sizes of the search: a zone across the picture, and one on a part of it."""
_EVEN = 0.36
"""Evenness from which a block is worth reading: 98 % of zones have 0.46 or more, 90 % of other
pairs of lines 0.40 or less."""
_ANOTHER = 0.55
"""Evenness from which a block is worth reading beside a zone already read."""
_BLOCKS = 240
"""Blocks whose evenness is measured in one direction: beside a page full of print, whose lines make
up to 200 pairs, the zone of an open passport comes last by its geometry."""
_ROOM = 0.55
"""Share of the picture's longest side: a shorter zone leaves room for a document that lies across,
which is looked for as well. A passport that fills the picture has 0.8 and more."""
_PATIENCE = 6
"""Blocks read in one direction before giving it up."""


class _Candidate(NamedTuple):
    evenness: float
    block: Block
    characters: int
    """In each line."""


class MrzReader:
    """Reads the zones on pictures; one instance serves any number of threads."""

    def __init__(self, weights: Path | None = None, second: Speller | None = None) -> None:
        """`second`: another reader, asked about zones that are not read surely."""
        self._recogniser = Recogniser(weights or WEIGHTS)
        self._second = second

    def read(self, image: NDArray[np.uint8]) -> MrzSearch:
        """Every zone on an RGB (H, W, 3) or grey (H, W) picture, turned in any way, best first."""
        if min(image.shape[:2]) < _SMALLEST:
            return MrzSearch(problem=complaints.TOO_FEW_PIXELS)
        grey, scale = _prepared(image)
        attempts, tried = self._search(grey)
        if not attempts:
            return MrzSearch(problem=complaints.nothing_read(tried, scale))
        return self._answer(attempts, scale)

    def attempts(self, image: NDArray[np.uint8]) -> list[Attempt]:
        """As `read`, by our own reader alone and with everything that it knows."""
        return self._search(_prepared(image)[0])[0]

    def _search(self, grey: Grey) -> tuple[list[Attempt], list[Attempt]]:
        """The zones read, no two in one place, and every attempt."""
        tried: list[Attempt] = []
        for candidates in _searches(grey):
            found: list[Attempt] = []
            self._read_all(grey, candidates, tried, found)
            found = found or _apart([one for one in tried if one.fair])
            if found:
                self._read_all(grey, _across(grey, found), tried, found)
                return found, tried
        return _apart([one for one in tried if one.readable]), tried

    def _read_all(
        self,
        grey: Grey,
        candidates: list[_Candidate],
        tried: list[Attempt],
        found: list[Attempt],
    ) -> None:
        """Adds the zones clearly read among these that overlap none; all attempts go to `tried`."""
        for evenness, block, characters in candidates:
            if found and evenness < _ANOTHER:
                continue
            if any(_overlap(block, other.block) for other in found):
                continue
            best = attempt(rectifier(grey, block, characters), grey, self._recogniser)
            if best is None:
                continue
            tried.append(best)
            if best.clear:
                found.append(best)

    def _answer(self, attempts: list[Attempt], scale: float) -> MrzSearch:
        best_first = sorted(attempts, key=lambda one: -one.quality)
        if self._second is not None:
            best_first = [with_second_opinion(one, self._second) for one in best_first]
        texts = tuple(_text(one, scale) for one in best_first)
        unsure = [one for one, text in zip(best_first, texts, strict=True) if not text.sure]
        problem = complaints.unsure(unsure[0], scale) if unsure else None
        return MrzSearch(readings=texts, problem=problem)


def _prepared(image: NDArray[np.uint8]) -> tuple[Grey, float]:
    """Grey and of bounded size, with the pixels of it for each pixel of the image."""
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, _LARGEST / max(grey.shape))
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(grey, np.uint8), scale


def _searches(grey: Grey) -> Iterator[list[_Candidate]]:
    """Ever more thorough looks: upright, along the rows of print, finer."""
    coarse = StrokeMask(grey, _COARSE)
    yield _promising(coarse, 0)
    turned = [angle for angle in coarse.angles if angle % 180 > 0]
    for angle in [*turned, *({90.0} - set(turned))]:
        yield _promising(coarse, angle)
    fine = StrokeMask(grey, _FINE)
    for angle in [0.0, *turned]:
        yield _promising(fine, angle)


def _across(grey: Grey, found: list[Attempt]) -> list[_Candidate]:
    """Where a document may lie that is turned by a right angle against those found."""
    if max(one.block.length for one in found) > _ROOM * max(grey.shape):
        return []
    return _promising(StrokeMask(grey, _COARSE), (found[0].block.angle + 90) % 180)


def _promising(mask: StrokeMask, angle: float) -> list[_Candidate]:
    """Blocks as lines of 30, 36 or 44 characters that beat evenly at that pitch, best first."""
    even = [
        (_Candidate(evenness, block, characters), evenness + 0.1 * block.score)
        for block in mask.blocks(angle)[:_BLOCKS]
        for characters, evenness in mask.evenness(
            block, (30,) if len(block.places) == 3 else (36, 44)
        ).items()
        if evenness > _EVEN
    ]
    even.sort(key=lambda pair: -pair[1])
    return [candidate for candidate, _ in even[:_PATIENCE]]


def _overlap(one: Block, other: Block) -> bool:
    """Whether the middle of either lies in the other, lines' height included."""
    return _inside(one, other) or _inside(other, one)


def _inside(one: Block, other: Block) -> bool:
    hull = cv2.convexHull(other.corners.astype(np.float32))
    middle = one.corners.mean(axis=0)
    distance = cv2.pointPolygonTest(hull, (float(middle[0]), float(middle[1])), measureDist=True)
    return distance > -0.04 * other.length


def _apart(attempts: list[Attempt]) -> list[Attempt]:
    """The best attempts of which no two read the same place."""
    kept: list[Attempt] = []
    for one in sorted(attempts, key=lambda one: -one.quality):
        if not any(_overlap(one.block, other.block) for other in kept):
            kept.append(one)
    return kept


def _text(one: Attempt, scale: float) -> MrzText:
    decoding = one.decoding
    corners = one.corners() / scale
    return MrzText(
        format=decoding.layout.format,
        lines=decoding.lines,
        confidence=tuple(
            tuple(round(float(value), 4) for value in 1 / (1 + np.exp(-line)))
            for line in decoding.margins
        ),
        unsure=one.unsure,
        region=Region(corners=tuple((float(x), float(y)) for x, y in corners)),
        rotation=round(one.block.angle, 1),
    )
