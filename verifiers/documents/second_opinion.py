"""A second opinion on a zone that the first path reads but not surely: another reader spells it.

The other reader shares nothing with ours: another network, other training, no grammar, no check
digits. On lines this bad it is by far the worse one, so that it never changes what was read; it
only speaks to how sure a character is. Where it spells the same, less is asked of our own margin;
where it clearly spells something else, more. It is not asked about a zone whose check digit is
wrong (on a bad picture that is rather a misreading, which both may share), and neither a line's
ends where the line may go on nor a place with nothing on it are its to judge.

PP-OCRv6, which reads the print beside the zone too, is asked. Tesseract with an OCR-B model
(`mrz.traineddata`) was measured beside it and costs four times as much for less; PassportEye reads
nothing at all of what our reader leaves unsure. Neither is used (`bench.second_opinion`).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

import cv2
import numpy as np

from verifiers.documents.attempt import Attempt
from verifiers.documents.decode import DOUBTED
from verifiers.documents.field_grammar import alike
from verifiers.documents.mrz_fields import CHARACTERS
from verifiers.documents.print_reader import Spelled
from verifiers.picture import Pixels

AGREED = 3.0
"""Log-odds of ours from which a character is sure if the other reader spells it too. Rendered pages
read unsurely: of 122 such characters agreed on at 2 to 3 eight were wrong, of those above on pages
that all agreed throughout none."""
_HEARD, _CLEARLY = 0.5, 0.8
"""The other reader's own confidence from which its agreement, its disagreement counts."""
_PITCH, _HEIGHT, _CAPITALS = 24, 48, 24.0
"""Pixels of the strips that it is given: character to character, in all, of capitals. Twice as much
paper above and below as our own recogniser sees, and a character's width at both ends."""
_MARGIN = 1
_OFF = 0.45
"""Characters by which a spelled one may stand off its place."""
_FILLERS = "<«‹＜〈《"


class Speller(Protocol):
    """What spells one line of print: `print_reader.OcrReader` is one."""

    def spell(self, line: Pixels, /) -> Spelled:
        """The characters of a line that fills this RGB picture and reads from left to right."""
        ...


def with_second_opinion(attempt: Attempt, speller: Speller) -> Attempt:
    """The attempt with the other reader's say on which characters are sure."""
    if not attempt.decoding.digits_right or not attempt.unsure:
        return attempt
    decoding = attempt.decoding
    unsure = set(decoding.unsure)
    vouched: set[tuple[int, int]] = set()
    doubted: set[tuple[int, int]] = set()
    for line, strip in enumerate(_strips(attempt)):
        for column, spelled, confidence in _heard(speller.spell(strip), attempt.lines.characters):
            ours = decoding.lines[line][column]
            margin = float(decoding.margins[line][column])
            if spelled == ours or (
                alike(spelled, ours) and not _allowed(attempt, line, column, spelled)
            ):
                if confidence >= _HEARD and margin >= AGREED:
                    vouched.add((line, column))
            elif confidence >= _CLEARLY and margin < DOUBTED:
                doubted.add((line, column))
    return replace(
        attempt, decoding=replace(decoding, unsure=tuple(sorted((unsure - vouched) | doubted)))
    )


def _strips(attempt: Attempt) -> Iterator[Pixels]:
    """The lines as pictures, a character's width of paper at both ends."""
    height, shifts = attempt.lines.print_size()
    for line, shift in enumerate(shifts):
        strip = attempt.lines.strip(line, shift, height / _CAPITALS, _PITCH, _HEIGHT, _MARGIN)
        yield np.asarray(cv2.cvtColor(strip, cv2.COLOR_GRAY2RGB), np.uint8)


def _heard(spelled: Spelled, characters: int) -> Iterator[tuple[int, str, float]]:
    """Column, character and confidence of what stands on a line's places and may be in a zone."""
    for text, confidence, across in zip(
        spelled.text, spelled.confidence, spelled.across, strict=True
    ):
        place = across * (characters + 2 * _MARGIN) - _MARGIN - 0.5
        column = round(place)
        character = "<" if text in _FILLERS else text.upper()
        if 0 <= column < characters and abs(place - column) < _OFF and character in CHARACTERS:
            yield column, character, confidence


def _allowed(attempt: Attempt, line: int, column: int, character: str) -> bool:
    """Whether the field may hold it: a 0 in a name is how a reader without grammar spells O."""
    return character in attempt.decoding.layout.at(line, column).kind.alphabet
