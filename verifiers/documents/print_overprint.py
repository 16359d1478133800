"""The word SPECIMEN printed large across a page, as issuers mark what they publish.

Field values and labels cross it, so of one that runs slantwise often only a part can be read; print
that lies straight must be the whole word. A name is as high as the other values, so a person called
Specimen is not taken for one; words that are also surnames, titles or models are left out.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from statistics import median

import numpy as np

from verifiers.documents.print_lines import PrintLine
from verifiers.documents.print_words import folded

_WORDS = (
    *("SPECIMEN", "ESPECIMEN", "FACSIMILE", "VZOR", "WZOR", "VZOREC", "UZORAK", "OBRAZEC"),
    *("PARAUGS", "PAVYZDYS", "NAIDIS"),
)
"""In Latin letters without accents."""
_HIGHER = 1.8
"""Than the middle one of the page's lines. Titles of rendered and real pages reach 1.5."""
_SLANTED = 4.0
"""Degrees from how the page's lines run."""
_PIECE = 5
"""Letters of a slanted word that must be read in one piece; of shorter words, all."""
_SHARE = 0.75
"""Of what was read that belongs to the word: SPECIAL is another one."""
_FEWEST = 4
"""Lines below which nothing says how high print is on this page, and how it runs."""


def overprinted(lines: Sequence[PrintLine]) -> PrintLine | None:
    """The line that marks the page as a specimen; `None` where there is none."""
    if len(lines) < _FEWEST:
        return None
    usual = median(line.height for line in lines)
    level = median(_degrees(line) for line in lines)
    large = (line for line in lines if line.height >= _HIGHER * usual)
    return next((line for line in large if _marks_specimen(line, level)), None)


def _marks_specimen(line: PrintLine, level: float) -> bool:
    said = "".join(c for c in folded(line.text) if c.isalpha())
    if said in _WORDS:
        return True
    slanted = abs((_degrees(line) - level + 180) % 360 - 180) > _SLANTED
    return slanted and any(_piece(word, said) >= min(len(word), _PIECE) for word in _WORDS)


def _degrees(line: PrintLine) -> float:
    one, two, three, four = np.array(line.region.corners)
    across, down = two + three - one - four
    return float(np.degrees(np.arctan2(down, across)))


def _piece(word: str, said: str) -> int:
    """Letters of the word that were read in one piece; 0 where much else was read as well."""
    match = SequenceMatcher(None, word, said, autojunk=False).find_longest_match()
    return match.size if match.size >= _SHARE * len(said) else 0
