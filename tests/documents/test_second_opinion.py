"""What another reader may say to a reading that is not sure: how sure its characters are."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from bench.mrz_pages import Stress, page
from samples.holder import ANNA
from samples.portraits import identity_one
from samples.specimen import render
from samples.tampering import wrong_check_digit
from verifiers.documents.attempt import Attempt
from verifiers.documents.mrz_fields import Kind
from verifiers.documents.print_reader import Spelled, ocr_reader
from verifiers.documents.reading import MrzReader
from verifiers.documents.second_opinion import AGREED, with_second_opinion
from verifiers.picture import Pixels


@dataclass
class Dictated:
    """A reader that spells these lines, one a call, whatever it is shown."""

    lines: Sequence[str]
    confidence: float = 0.95
    asked: int = field(default=0)

    def spell(self, line: Pixels, /) -> Spelled:
        assert line.shape[2] == 3
        text = self.lines[self.asked]
        self.asked += 1
        places = [(column + 1.5) / (len(text) + 2) for column in range(len(text))]
        return Spelled(text, (self.confidence,) * len(text), tuple(places))


def exchanged(lines: Sequence[str], places: Sequence[tuple[int, int]], by: str) -> list[str]:
    changed = [list(line) for line in lines]
    for line, column in places:
        changed[line][column] = by
    return ["".join(line) for line in changed]


@pytest.fixture(scope="module")
def unsure() -> Attempt:
    """A small blurred zone, read exactly, not surely, nothing beneath what agreement can mend."""
    for seed in range(40):
        taken = page(Stress(pitch=6.5, blur=0.1, noise=6), seed)
        for one in MrzReader().attempts(taken.picture):
            margins = [one.decoding.margins[line][column] for line, column in one.unsure]
            exact = one.decoding.lines == taken.lines and one.decoding.digits_right
            if exact and one.unsure == one.decoding.unsure and margins and min(margins) > AGREED:
                return one
    pytest.fail("no page of these is read exactly and almost surely")


def test_a_reader_that_spells_the_same_makes_unsure_characters_sure(unsure: Attempt) -> None:
    agreed = with_second_opinion(unsure, Dictated(unsure.decoding.lines))
    assert agreed.unsure == ()
    assert agreed.decoding.lines == unsure.decoding.lines


def test_agreement_on_other_characters_makes_none_sure(unsure: Attempt) -> None:
    told = exchanged(unsure.decoding.lines, unsure.unsure, "7")
    assert set(unsure.unsure) <= set(with_second_opinion(unsure, Dictated(told)).unsure)


def test_hesitant_agreement_makes_none_sure(unsure: Attempt) -> None:
    hesitant = Dictated(unsure.decoding.lines, confidence=0.3)
    assert with_second_opinion(unsure, hesitant).unsure == unsure.unsure


def test_agreement_does_not_vouch_for_a_guess(unsure: Attempt) -> None:
    (line, column), *_ = unsure.unsure
    margins = [row.copy() for row in unsure.decoding.margins]
    margins[line][column] = 1.0
    guessed = replace(unsure, decoding=replace(unsure.decoding, margins=tuple(margins)))
    agreed = with_second_opinion(guessed, Dictated(guessed.decoding.lines))
    assert agreed.unsure == ((line, column),)


def test_clear_disagreement_makes_a_sure_character_unsure(unsure: Attempt) -> None:
    place = weakest_sure(unsure)
    told = exchanged(unsure.decoding.lines, [place], "W")
    weighed = with_second_opinion(unsure, Dictated(told))
    assert place in weighed.unsure
    assert weighed.decoding.lines == unsure.decoding.lines, "it never changes what was read"


def test_a_nought_spelled_in_a_name_is_no_disagreement(unsure: Attempt) -> None:
    """The other reader knows no grammar, and prints of 0 and O differ by a hair."""
    decoding = unsure.decoding
    ohs = [
        (line, column)
        for line, text in enumerate(decoding.lines)
        for column, character in enumerate(text)
        if character == "O" and decoding.layout.at(line, column).kind in (Kind.NAME, Kind.STATE)
    ]
    assert ohs
    told = exchanged(decoding.lines, ohs, "0")
    assert with_second_opinion(unsure, Dictated(told)).unsure == ()


def test_nothing_vouches_for_a_zone_with_a_wrong_check_digit() -> None:
    forged = render(ANNA, "TD3", identity_one(), dpi=75, tampering=[wrong_check_digit()])
    (attempt,) = MrzReader().attempts(np.asarray(forged.mrz_side.image, np.uint8))
    assert not attempt.decoding.digits_right
    doubtful = replace(attempt, decoding=replace(attempt.decoding, unsure=((0, 6),)))
    reader = Dictated(doubtful.decoding.lines)
    assert (0, 6) in with_second_opinion(doubtful, reader).unsure
    assert reader.asked == 0


def test_a_zone_read_surely_is_shown_to_nobody_else() -> None:
    reader = Dictated(())
    side = render(ANNA, "TD3", identity_one(), dpi=200).mrz_side
    (text,) = MrzReader(second=reader).read(np.asarray(side.image, np.uint8)).readings
    assert text.sure
    assert reader.asked == 0


def test_the_print_reader_makes_some_hard_zones_sure_and_none_wrongly() -> None:
    alone, asked = MrzReader(), MrzReader(second=ocr_reader())
    before = after = 0
    for seed in range(8):
        taken = page(Stress(keystone=35, pitch=8, noise=4, blur=0.06), seed)
        before += any(text.sure for text in alone.read(taken.picture).readings)
        for text in asked.read(taken.picture).readings:
            after += text.sure
            assert not text.sure or text.lines == taken.lines
    assert after > before


def weakest_sure(attempt: Attempt) -> tuple[int, int]:
    """The sure character with the smallest margin."""
    places = [
        (float(margin), (line, column))
        for line, margins in enumerate(attempt.decoding.margins)
        for column, margin in enumerate(margins)
        if (line, column) not in attempt.unsure
    ]
    return min(places)[1]
