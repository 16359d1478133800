"""Check digits of ICAO 9303-3 §4.9.

A digit catches any one wrong character, except one whose value differs from the true one by a
multiple of ten: A, K, U, 0 and the filler look alike to it, so do B, L, V and 1, and so on to J, T
and 9. A swap of neighbours escapes where their values differ by a multiple of five. So a right
digit proves neither a correct reading nor an honest document, and no reading is repaired by one.
"""

_WEIGHTS = (7, 3, 1)


def check_digit(text: str) -> int:
    """The digit that belongs to these characters: 0-9, A-Z as 10 to 35, the filler as 0.

    Raises `ValueError` for any other character.
    """
    return sum(_value(c) * _WEIGHTS[place % 3] for place, c in enumerate(text)) % 10


def _value(character: str) -> int:
    if character == "<":
        return 0
    if character.isascii() and (character.isdigit() or character.isupper()):
        return int(character, 36)
    raise ValueError(f"{character!r} cannot stand in a machine readable zone")
