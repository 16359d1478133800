"""Numbers that go with a row of the tables, made for tests."""

from collections.abc import Iterable
from datetime import date
from itertools import product
from string import digits

from verifiers.documents.formats.checks import CHECKS
from verifiers.documents.formats.rows import PersonalNumber

_ANY = {"a": "K", "n": "1", "x": "7", "g": "C", "y": "0", "m": "0", "d": "0"}


def sample(pattern: str) -> str:
    """One text of this pattern, its check digits left to chance."""
    return "".join(_ANY.get(c, c) for c in pattern if c != " ")


def of_person(row: PersonalNumber, born: date, seed: int) -> str:
    """A number of this row with this birth date, its check digits right.

    Raises `LookupError` where there is none.
    """
    places = row.pattern.replace(" ", "")
    dates = {
        "d": f"{born.day:02d}",
        "m": f"{born.month:02d}",
        "y": str(born.year)[-places.count("y") :],
    }
    free = _letters_and_digits(places, seed)
    if row.name == "CNP":
        free[7:9] = "12"  # A county that there is.
    start = ["" if c in dates else (free[i] if c in "anx" else c) for i, c in enumerate(places)]
    for part, text in dates.items():
        for place, digit in zip(_places(places, part), text, strict=False):
            start[place] = digit
    if row.check is None:
        return "".join(start)
    last = places[-1]
    endings: Iterable[tuple[str, ...]] = product(
        digits, digits, digits if last == "n" else "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    )
    # The last three hold every check that the rows have, and stay clear of the date.
    for ending in endings:
        number = "".join((*start[:-3], *ending))
        if CHECKS[row.check](number):
            return number
    raise LookupError(f"no number of {row.state} goes with {born}")


def _places(places: str, part: str) -> list[int]:
    return [i for i, c in enumerate(places) if c == part]


def _letters_and_digits(places: str, seed: int) -> list[str]:
    """The first digit is one that numbers begin with: 3 for men of the last century, 1."""
    free = [str((seed // (i + 1) + i) % 10) for i in range(len(places))]
    free[0] = "3" if places.startswith("ny") else "1"
    return ["ABCDEF"[seed % 6] if c == "a" else f for c, f in zip(places, free, strict=True)]
