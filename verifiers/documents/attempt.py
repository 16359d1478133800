"""One try at reading a block as so many lines of so many characters."""

from dataclasses import dataclass, replace

import numpy as np

from verifiers.documents import mrz_fields
from verifiers.documents.cells import Fit, cells, fit, moved
from verifiers.documents.decode import Decoding, decode
from verifiers.documents.locate import Block, Grey, Points
from verifiers.documents.mrz_fields import CHARACTERS, Layout
from verifiers.documents.recognise import PITCH, STRIDE, Floats, Recogniser
from verifiers.documents.rectify import MARGIN, Rectifier, rectifier

_LAYOUTS: dict[int, tuple[Layout, ...]] = {
    30: (mrz_fields.TD1,),
    36: (mrz_fields.TD2, mrz_fields.MRV_B, mrz_fields.FRENCH_CARD),
    44: (mrz_fields.TD3, mrz_fields.MRV_A),
}


@dataclass(frozen=True, eq=False)
class Attempt:
    """What reading one block gave, and how well it fits a zone."""

    lines: Rectifier
    decoding: Decoding
    clearness: float
    """Mean logarithm of the likeliest character's probability over all places."""
    alone: float
    """Share of blank beside the ends of the lines."""
    end_unseen: bool
    """Whether the lines may go on where glare or the picture's edge hides it."""

    @property
    def unsure(self) -> tuple[tuple[int, int], ...]:
        """Line and column of the characters that are not read surely."""
        unsure = set(self.decoding.unsure)
        if self.end_hidden:
            unsure |= {(line, self.lines.characters - 1) for line in (0, 1)}
        return tuple(sorted(unsure))

    @property
    def end_hidden(self) -> bool:
        """Whether this may be the beginning of a longer format.

        An MRV-A whose last fillers are hidden reads as a perfect MRV-B, the one format that is
        another's beginning: its lines' ends are only as sure as what lies beside them.
        """
        return self.end_unseen and self.decoding.layout is mrz_fields.MRV_B

    @property
    def block(self) -> Block:
        return self.lines.block

    @property
    def clear(self) -> bool:
        """Whether print and grammar leave no doubt that this is a zone, found where it begins."""
        if self.alone < 0.45:
            return False
        if self.decoding.digits_right:
            return self.clearness > -0.25 and self.decoding.score > -0.3
        return self.clearness > -0.08 and self.decoding.score > -0.08

    @property
    def readable(self) -> bool:
        """Whether this is a zone at all, if not one clearly read."""
        return self.clearness > -0.8 and self.decoding.score > -0.7

    @property
    def quality(self) -> float:
        """Orders attempts: fit and grammar first, right digits worth a little."""
        lonely = max(0.0, 0.7 - self.alone)
        bonus = 0.3 if self.decoding.digits_right else 0.0
        return 0.5 * self.clearness + self.decoding.score + bonus - 0.5 * lonely

    def corners(self) -> Points:
        """(4, 2) corners of the print on the picture, clockwise from the text's top left."""
        last = len(self.block.places) - 1
        ends = [0.0, float(self.lines.characters)]
        top = self.lines.on_picture(0, ends, down=-0.65)
        bottom = self.lines.on_picture(last, ends[::-1], down=0.65)
        return np.concatenate([top, bottom])


def attempt(lines: Rectifier, picture: Grey, recogniser: Recogniser) -> Attempt | None:
    """Reads the lines the right way up; `None` where nothing on them looks like OCR-B."""
    upright = _attempt(lines, picture, recogniser)
    if upright is not None and upright.clearness > -0.7:
        return upright
    turned = rectifier(picture, lines.block.upside_down(), lines.characters)
    other = _attempt(turned, picture, recogniser)
    tries = [one for one in (upright, other) if one is not None]
    return max(tries, key=lambda one: one.quality, default=None)


def _attempt(lines: Rectifier, picture: Grey, recogniser: Recogniser) -> Attempt | None:
    best: Attempt | None = None
    for _ in range(2):
        strips = lines.strips(*lines.print_size())
        columns = recogniser(strips)
        fits = _fits(columns, lines.characters)
        if not fits or _clearness(columns, fits) < -2.5:
            break
        one = replace(
            _decoded(lines, columns, fits), end_unseen=_end_unseen(lines, strips, picture)
        )
        if best is None or one.quality > best.quality:
            best = one
        if one.clear and one.decoding.digits_right:
            break
        closer = _measured(lines, fits)
        if closer is None:
            break
        lines = rectifier(picture, closer, lines.characters)
    return best


def _fits(columns: Floats, characters: int) -> list[Fit]:
    """Where each line's characters stand; empty where the strips are too short."""
    together = fit(columns, characters)
    if together is None:
        return []
    single = [fit(line[None], characters) for line in columns]
    # Each line by itself fits a little better by chance; it must gain a quarter per character.
    alone = [one for one in single if one is not None]
    if len(alone) == len(columns) and np.mean([f.score for f in alone]) > together.score + 0.25:
        return alone
    return [together] * len(columns)


def _end_unseen(lines: Rectifier, strips: Grey, picture: Grey) -> bool:
    """Whether the paper after the lines is outside the picture, or white with glare."""
    height, width = picture.shape
    after = [lines.characters + 1.5]
    for line in range(len(strips)):
        x, y = lines.on_picture(line, after)[0]
        if not (0 <= x < width and 0 <= y < height):
            return True
    by_cell = strips.reshape(len(strips), strips.shape[1], -1, PITCH)
    paper = np.percentile(by_cell, 75, axis=(1, 3))
    beside, along = paper[:, -MARGIN:-1].max(), float(np.median(paper[:, MARGIN:-MARGIN]))
    return bool(beside > max(240.0, along + 10))


def _clearness(columns: Floats, fits: list[Fit]) -> float:
    return float(np.mean([cells(line, f).clearness for line, f in zip(columns, fits, strict=True)]))


def _decoded(lines: Rectifier, columns: Floats, fits: list[Fit]) -> Attempt:
    """The best reading of the columns, each line also tried one character to either side."""
    best = _read(lines, columns, fits)
    if best.decoding.score > -0.08 and best.decoding.digits_right:
        return best
    for line in range(len(fits)):
        for by in (-1, 1):
            other = list(fits)
            other[line] = moved(columns[line], fits[line], by)
            one = _read(lines, columns, other)
            if one.quality > best.quality + 0.05:
                best, fits = one, other
    return best


def _read(lines: Rectifier, columns: Floats, fits: list[Fit]) -> Attempt:
    read = [cells(line, fitted) for line, fitted in zip(columns, fits, strict=True)]
    best = _best_layout([one.log_probabilities for one in read], lines.characters)
    return Attempt(
        lines,
        best,
        float(np.mean([one.clearness for one in read])),
        float(np.mean([one.alone for one in read])),
        end_unseen=False,
    )


def _best_layout(cells_of_lines: list[Floats], characters: int) -> Decoding:
    """The layout under which the lines read best, tried in the order of its first letter."""
    first = cells_of_lines[0][0]

    def likelihood(layout: Layout) -> float:
        return max(float(first[CHARACTERS.index(letter)]) for letter in layout.first_letters)

    best: Decoding | None = None
    for layout in sorted(_LAYOUTS[characters], key=likelihood, reverse=True):
        one = decode(cells_of_lines, layout)
        if one.digits_right and one.score > -0.1:
            return one
        if (
            best is None
            or one.score + 0.02 * one.digits_right > best.score + 0.02 * best.digits_right
        ):
            best = one
    assert best is not None, "every length has a layout"
    return best


def _measured(lines: Rectifier, fits: list[Fit]) -> Block | None:
    """The block with its ends where the characters' fit puts them; `None` where it had them so.

    Lines' ends are found by their strokes, which stop early where the last fillers are faint.
    """
    ends = [
        [
            (column * STRIDE + 0.5) / PITCH - MARGIN + side
            for column, side in ((fitted.columns[0], -0.5), (fitted.columns[-1], 0.5))
        ]
        for fitted in (fits[0], fits[-1])
    ]
    expected = np.array([[0.0, lines.characters]] * 2)
    if np.abs(np.array(ends) - expected).max() < 0.4:
        return None
    last = len(lines.block.places) - 1
    top, bottom = lines.on_picture(0, ends[0]), lines.on_picture(last, ends[1])
    return replace(lines.block, corners=np.array([top[0], top[1], bottom[1], bottom[0]]))
