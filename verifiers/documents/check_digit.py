"""Check digits of ICAO 9303-3 §4.9.

A digit catches any one wrong character, except one whose value differs from the true one by a
multiple of ten: A, K, U, 0 and the filler look alike to it, so do B, L, V and 1, and so on to J, T
and 9. A swap of neighbours escapes where their values differ by a multiple of five. So a right
digit proves neither a correct reading nor an honest document, and no reading is repaired by one.
"""

from itertools import cycle
from string import ascii_uppercase, digits

_VALUES = {"<": 0} | {c: int(c, 36) for c in digits + ascii_uppercase}


def check_digit(text: str) -> int:
    """The digit that belongs to these characters: 0-9, A-Z as 10 to 35, the filler as 0.

    Raises `ValueError` for any other character.
    """
    try:
        return sum(_VALUES[c] * w for c, w in zip(text, cycle((7, 3, 1)), strict=False)) % 10
    except KeyError as error:
        raise ValueError(f"{error} cannot stand in a machine readable zone") from None
