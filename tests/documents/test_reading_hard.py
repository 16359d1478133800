"""Photographs that hide or bend a part of the zone: read where it shows, unsure where not."""

import numpy as np
import pytest

from bench.mrz_pages import Page, Stress, harder_stress, page
from verifiers.documents.attempt import Attempt
from verifiers.documents.locate import StrokeMask
from verifiers.documents.reading import MrzReader
from verifiers.documents.rectify import rectifier
from verifiers.documents.straighten import straightened


@pytest.fixture(scope="module")
def reader() -> MrzReader:
    return MrzReader()


def only(reader: MrzReader, taken: Page) -> Attempt:
    (attempt,) = reader.attempts(taken.picture)
    return attempt


@pytest.mark.parametrize("pitches", [0.5, 1.0])
def test_a_page_that_rises_into_the_spine_is_read(reader: MrzReader, pitches: float) -> None:
    taken = page(Stress(spine=pitches), seed=1)
    assert only(reader, taken).decoding.lines == taken.lines


def test_print_is_followed_where_it_leaves_its_line() -> None:
    """A page bent up at one end: found there, and straight at the other."""
    taken = page(Stress(spine=2.0), seed=1)
    block = StrokeMask(taken.picture, 900).blocks(0)[0]
    lines = rectifier(taken.picture, block, len(taken.lines[0]))
    places = np.arange(lines.characters, dtype=np.float64) + 0.5
    nothing_known = [(places, np.full(lines.characters, -9, np.float32))] * len(taken.lines)
    strays = straightened(lines, lines.print_size()[0], nothing_known).strays
    assert strays is not None
    assert 0.3 < np.ptp(strays.below) < 2


def test_a_first_letter_under_a_finger_is_not_surely_the_only_one_of_its_format(
    reader: MrzReader,
) -> None:
    """A card's I covered: as an MRV-B the rest is perfect, and that begins with V or not at all."""
    taken = page(harder_stress(30_043), 30_043)
    for text in reader.read(taken.picture).readings:
        assert text.lines == taken.lines or (0, 0) in text.unsure


@pytest.mark.parametrize("characters", [1.0, 2.0, 4.0])
def test_what_a_finger_covers_is_never_read_surely(reader: MrzReader, characters: float) -> None:
    for seed in range(6):
        taken = page(Stress(finger=characters), seed)
        for text in reader.read(taken.picture).readings:
            assert not text.sure or text.lines == taken.lines, (seed, text.lines)


@pytest.mark.parametrize("documents", [2, 3])
def test_every_document_on_one_picture_is_read(reader: MrzReader, documents: int) -> None:
    taken = page(Stress(documents=documents), seed=2)
    read = {text.lines for text in reader.read(taken.picture).readings}
    assert read == set(taken.zones)


@pytest.mark.parametrize("print_", [1, 2], ids=["as books are set", "as if typewritten"])
def test_a_second_page_full_of_print_hides_no_zone(reader: MrzReader, print_: int) -> None:
    taken = page(Stress(second_page=print_), seed=4)
    assert [text.lines for text in reader.read(taken.picture).readings] == [taken.lines]
