"""One try at reading a block as so many lines of so many characters."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from verifiers.documents import mrz_fields
from verifiers.documents.cells import Cells, Fit, Ints, cells, fit, moved
from verifiers.documents.decode import Decoding, decode
from verifiers.documents.locate import Block, Points
from verifiers.documents.mrz_fields import CHARACTERS, Layout
from verifiers.documents.recognise import BLANK, PITCH, STRIDE, Floats, Recogniser
from verifiers.documents.rectify import MARGIN, Rectifier, rectifier
from verifiers.documents.straighten import straightened
from verifiers.documents.text_lines import Grey

_LAYOUTS: dict[int, tuple[Layout, ...]] = {
    30: (mrz_fields.TD1,),
    36: (mrz_fields.TD2, mrz_fields.MRV_B, mrz_fields.FRENCH_CARD),
    44: (mrz_fields.TD3, mrz_fields.MRV_A),
}
_LEGIBLE, _HOPELESS, _NO_TEXT = -0.7, -1.2, -2.5
"""Clearness below which lines may be upside down, are not looked at again, are nothing to report:
zones read exactly have -0.4 or more, text that is none about -1.2 to -2."""
_WORTH_FOLLOWING = -0.8
"""Clearness below which the lines' characters are too few to follow."""
_PART_OF_LONGER = 36
"""Two lines of 36 may be a part of two of 44; nothing is longer than 44, and three are TD1."""
_RULED_OUT = 8.0
"""Log-odds of the first letters from which a layout is not tried beside another."""
_BARE = 0.5
"""Contrast, as a share of the line's, beneath which a place bears no ink."""
_FITTING = -0.4
"""Score of a common fit that fits of single lines cannot improve on."""


@dataclass(frozen=True, eq=False)
class Attempt:
    """What reading one block gave, and how well it fits a zone."""

    lines: Rectifier
    decoding: Decoding
    clearness: float
    """Mean logarithm of the likeliest character's probability over all places."""
    alone: float
    """Share of blank beside the ends of the lines."""
    ends_unseen: bool
    """Whether the lines may go on where glare or the picture's edge hides it."""
    going_on: tuple[int, ...]
    """The lines with another character beside their first or last, or where none can be seen."""
    hidden: tuple[tuple[int, int], ...]
    """Line and column of the places on which nothing is seen: worn off, in glare, under a finger.
    A character that is read there is the likeliest of those that are not there."""

    @property
    def unsure(self) -> tuple[tuple[int, int], ...]:
        """Line and column of the characters that are not read surely."""
        unsure = {*self.decoding.unsure, *self.hidden}
        doubtful = range(len(self.decoding.lines)) if self.ends_hidden else self.loose
        last = self.lines.characters - 1
        unsure |= {(line, end) for line in doubtful for end in (0, last)}
        return tuple(sorted(unsure))

    @property
    def loose(self) -> tuple[int, ...]:
        """The lines that go on, and that no right check digits hold in place.

        Read from another character those would be wrong; an MRV-B's say nothing of its end.
        """
        layout = self.decoding.layout
        held = {layout.field(check.digit).line for check in layout.checks}
        if not self.decoding.digits_right or layout is mrz_fields.MRV_B:
            return self.going_on
        return tuple(line for line in self.going_on if line not in held)

    @property
    def ends_hidden(self) -> bool:
        """Whether this may be a part of a longer format.

        A passport whose first columns are in glare reads as a clear card with wrong digits, and an
        MRV-A whose last fillers are hidden as a perfect MRV-B, the one format that is another's
        beginning. So lines' ends are only as sure as what lies beside them.
        """
        if self.lines.characters != _PART_OF_LONGER:
            return False
        alone_right = self.decoding.digits_right and self.decoding.layout is not mrz_fields.MRV_B
        return self.ends_unseen and not alone_right

    @property
    def block(self) -> Block:
        return self.lines.block

    @property
    def clear(self) -> bool:
        """Whether print and grammar leave no doubt that this is a zone, found where it begins."""
        if self.alone < 0.45 or self.loose:
            return False
        if self.decoding.digits_right:
            return self.fair
        return self.clearness > -0.08 and self.decoding.score > -0.08

    @property
    def settled(self) -> bool:
        """Whether another look could add nothing."""
        return self.clear and not self.unsure

    @property
    def fair(self) -> bool:
        """Whether this is the zone well found, so that looking elsewhere brings nothing better."""
        # Cards older than 9303 stray from its grammar in perfect print, with right digits.
        strays = self.clearness > -0.08 and self.decoding.digits_right
        least = -0.6 if strays else -0.3
        return self.alone >= 0.45 and self.clearness > -0.25 and self.decoding.score > least

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
    seen = _look(lines, recogniser)
    if seen.clearness < _LEGIBLE:
        turned = rectifier(picture, lines.block.upside_down(), lines.characters)
        seen = max(seen, _look(turned, recogniser), key=lambda one: one.clearness)
    if seen.clearness < _NO_TEXT:
        return None
    best = _decoded(seen, picture)
    if best.settled or seen.clearness < _HOPELESS:
        return best
    closer = _measured(seen)
    if closer is not None:
        seen = _look(rectifier(picture, closer, lines.characters), recogniser)
        best = max(best, _decoded(seen, picture), key=lambda one: one.quality)
    if best.settled or seen.clearness < _WORTH_FOLLOWING:
        return best
    again = _look(_followed(seen), recogniser)
    return max(best, _decoded(again, picture), key=lambda one: one.quality)


@dataclass(frozen=True, eq=False)
class _Look:
    """One look at a block: its strips, the recogniser's columns, and where characters stand."""

    lines: Rectifier
    strips: Grey
    columns: Floats
    fits: list[Fit]
    clearness: float


def _look(lines: Rectifier, recogniser: Recogniser) -> _Look:
    strips = lines.strips(*lines.print_size())
    columns = recogniser(strips)
    fits = _fits(columns, lines.characters)
    on_places = [columns[i, :BLANK, f.columns].max(axis=1) for i, f in enumerate(fits)]
    clearness = float(np.maximum(on_places, -7).mean())
    return _Look(lines, strips, columns, fits, clearness)


def _followed(seen: _Look) -> Rectifier:
    """The same lines, cut along where this look found their print."""
    height, _ = seen.lines.print_size()
    centres = []
    for columns, fitted in zip(seen.columns, seen.fits, strict=True):
        places = cells(columns, fitted).columns
        centres.append((_along(places), columns[:BLANK, places].max(axis=0)))
    return straightened(seen.lines, height, centres)


def _along(columns: Ints) -> Points:
    """Columns of the recogniser's answer -> characters from the line's beginning."""
    return np.asarray((columns * STRIDE + 0.5) / PITCH - MARGIN, np.float64)


def _fits(columns: Floats, characters: int) -> list[Fit]:
    """Where each line's characters stand."""
    together = fit(columns, characters)
    if together.score > _FITTING:
        return [together] * len(columns)
    single = [fit(line[None], characters) for line in columns]
    # Each line by itself fits a little better by chance; it must gain a quarter per character.
    if np.mean([one.score for one in single]) > together.score + 0.25:
        return single
    return [together] * len(columns)


def _ends_unseen(lines: Rectifier, strips: Grey, picture: Grey) -> bool:
    """Whether the paper beside the lines is outside the picture, or whiter there with glare."""
    height, width = picture.shape
    for line in range(len(strips)):
        x, y = lines.on_picture(line, [-0.5, lines.characters + 0.5]).T
        if x.min() < 0 or y.min() < 0 or x.max() >= width or y.max() >= height:
            return True
    by_cell = strips.reshape(len(strips), strips.shape[1], -1, PITCH)
    paper = np.percentile(by_cell, 75, axis=(1, 3))
    beside = max(paper[:, 1:MARGIN].max(), paper[:, -MARGIN:-1].max())
    return bool(beside > max(240.0, float(np.median(paper[:, MARGIN:-MARGIN])) + 10))


def _decoded(seen: _Look, picture: Grey) -> Attempt:
    """The best reading of what was seen; lines with print beside their ends also tried moved."""
    unseen = _ends_unseen(seen.lines, seen.strips, picture)
    best = _read(seen, seen.fits, unseen)
    if seen.clearness < _LEGIBLE:
        return best
    fits = seen.fits
    for line, fitted in enumerate(fits):
        if cells(seen.columns[line], fitted).settled:
            continue
        for by in (-1, 1):
            other = list(fits)
            other[line] = moved(seen.columns[line], fitted, by)
            one = _read(seen, other, unseen)
            if one.quality > best.quality + 0.05:
                best, fits = one, other
    return best


def _read(seen: _Look, fits: list[Fit], ends_unseen: bool) -> Attempt:
    read = [cells(line, fitted) for line, fitted in zip(seen.columns, fits, strict=True)]
    return Attempt(
        seen.lines,
        _best_layout([one.log_probabilities for one in read], seen.lines.characters),
        float(np.mean([one.clearness for one in read])),
        float(np.mean([one.alone for one in read])),
        ends_unseen,
        tuple(line for line, one in enumerate(read) if one.goes_on),
        tuple(
            (line, at) for line, one in enumerate(read) for at in _hidden(seen.strips[line], one)
        ),
    )


def _hidden(strip: Grey, read: Cells) -> Iterator[int]:
    """The places of a line that seem empty, and on whose paper there is no ink either.

    Characters set too close to each other seem empty to the recogniser, which knows one pitch.
    """
    if not read.faint:
        return
    across = read.columns[:, None] * STRIDE + np.arange(-PITCH // 2, PITCH // 2)
    places = strip[4:-4, np.clip(across, 0, strip.shape[1] - 1)]
    contrast = np.ptp(np.percentile(places, (5, 95), axis=(0, 2)), axis=0)
    for place in read.faint:
        if contrast[place] < _BARE * float(np.median(contrast)):
            yield place


def _best_layout(cells_of_lines: list[Floats], characters: int) -> Decoding:
    """The layout under which the lines read best, of those that may begin so."""
    head = cells_of_lines[0]

    def beginning(layout: Layout) -> float:
        """Log-probability of the best beginning that tells this layout from its neighbours."""
        if layout is mrz_fields.FRENCH_CARD:
            return float(sum(head[i, CHARACTERS.index(c)] for i, c in enumerate("IDFRA")))
        return max(float(head[0, CHARACTERS.index(letter)]) for letter in layout.first_letters)

    likely = sorted(_LAYOUTS[characters], key=beginning, reverse=True)
    best: Decoding | None = None
    for layout in likely:
        if best is not None and beginning(layout) < beginning(likely[0]) - _RULED_OUT:
            break
        one = decode(cells_of_lines, layout)
        if one.digits_right and one.score > -0.1:
            return one
        if best is None or _rank(one) > _rank(best):
            best = one
    assert best is not None, "every length has a layout"
    return best


def _rank(decoding: Decoding) -> float:
    """Right digits decide between layouts that read alike."""
    return decoding.score + 0.02 * decoding.digits_right


def _measured(seen: _Look) -> Block | None:
    """The block with its ends where the characters' fit puts them; `None` where it had them so.

    Lines' ends are found by their strokes, which stop early where the last fillers are faint.
    """
    lines, fits = seen.lines, seen.fits
    half = np.array([-0.5, 0.5])
    ends = [(_along(one.columns[[0, -1]]) + half).tolist() for one in (fits[0], fits[-1])]
    expected = np.array([[0.0, lines.characters]] * 2)
    if np.abs(np.array(ends) - expected).max() < 0.4:
        return None
    last = len(lines.block.places) - 1
    top, bottom = lines.on_picture(0, ends[0]), lines.on_picture(last, ends[1])
    return replace(lines.block, corners=np.array([top[0], top[1], bottom[1], bottom[0]]))
