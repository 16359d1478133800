"""SPECIMEN across a page is told; large words of honest pages are not."""

import numpy as np
import pytest

from models.finding import Region
from verifiers.documents.print_lines import PrintLine
from verifiers.documents.print_overprint import overprinted


def line(text: str, height: float, degrees: float = 0.0, top: float = 0.0) -> PrintLine:
    """A line of print that runs this way."""
    long = height * len(text) * 0.6
    across = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    down = np.array([-across[1], across[0]])
    start = np.array([50.0, top])
    corners = [start, start + long * across, start + long * across + height * down]
    corners.append(start + height * down)
    region = Region.model_validate({"corners": [tuple(map(float, c)) for c in corners]})
    sure = (0.99,) * len(text)
    box = (50.0, top, 50.0 + long, top + height)
    return PrintLine(
        text, sure, tuple((i + 0.5) / len(text) for i in range(len(text))), box, region
    )


def page(*more: PrintLine, level: float = 0.0) -> list[PrintLine]:
    """Six usual lines and these."""
    return [line("12 AUG 1974", 20, level, top=30.0 * n) for n in range(6)] + list(more)


@pytest.mark.parametrize(
    "across",
    [
        line("SPECIMEN", 60),
        line("SPÉCIMEN", 60),
        line("SPECIMEN", 60, -14),
        line("ECIMEN", 60, -14),
        line("SPECI", 60, 30),
        line("WZÓR", 50, 20),
    ],
)
def test_the_word_printed_large_across_a_page_is_found(across: PrintLine) -> None:
    assert overprinted(page(across)) is across
    assert overprinted(page(line(across.text, 60, 90 - 14), level=90.0)) or across.height < 60


@pytest.mark.parametrize(
    "honest",
    [
        line("SPECIMEN", 22),
        line("SPECIALIST", 60),
        line("MODELO 036", 60),
        line("AYSE ORNEK", 60),
        line("Paul Sample", 60),
        line("SPECIAL", 60, -14),
        line("MUSTERMANN", 60),
        line("OBRAZOVANIE", 60),
    ],
)
def test_large_words_of_honest_pages_and_names_are_not(honest: PrintLine) -> None:
    assert overprinted(page(honest)) is None


def test_a_page_with_hardly_any_print_says_nothing_of_how_large_its_words_are() -> None:
    assert overprinted([line("SPECIMEN", 60)]) is None
