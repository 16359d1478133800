"""Readable patterns of numbers: what stands in a row of the tables, and what a match says.

`a` a letter, `n` a digit, `x` either, `g` one of Germany's digits and consonants (no vowels, no B,
D, Q, S); `y`, `m` and `d` are digits of a birth date; capitals, digits and the filler stand for
themselves; spaces only part what belongs together. So `yymmdd nnnnn` is a PESEL, `aann nnnnn` the
number of a passport.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import ascii_uppercase, digits

_CLASSES = {
    "a": "[A-Z]",
    "n": "[0-9]",
    "x": "[A-Z0-9]",
    "g": "[CFGHJKLMNPRTVWXYZ0-9]",
    "y": "[0-9]",
    "m": "[0-9]",
    "d": "[0-9]",
}
_LITERALS = frozenset(ascii_uppercase + digits + "<")


@dataclass(frozen=True)
class BirthDigits:
    """The digits of a birth date within a number, as they stand there."""

    year: str
    """The last two, three or all four digits of the year."""
    month: str
    day: str

    def fit(self, born: date, month_adds: tuple[int, ...], day_adds: tuple[int, ...]) -> bool:
        """Whether they may be this day; centuries are left to what else the number says.

        Some states add to the month or the day: for a century, for a woman, for a foreigner.
        """
        return (
            int(self.year) % 100 == born.year % 100
            and int(self.month) in {born.month + add for add in month_adds}
            and int(self.day) in {born.day + add for add in day_adds}
        )

    @property
    def unknown(self) -> bool:
        """Whether month or day are zeros, which stand for a date that was not known."""
        return int(self.month) % 20 == 0 or int(self.day) == 0


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Raises `ValueError` for a character that means nothing."""
    strange = set(pattern) - set(_CLASSES) - _LITERALS - {" "}
    if strange:
        raise ValueError(f"nothing is known by {sorted(strange)} in {pattern!r}")
    return re.compile("".join(_CLASSES.get(c, c) for c in pattern if c != " "))


def fits(pattern: str, number: str) -> bool:
    """Whether the whole number is of this pattern."""
    return _compiled(pattern).fullmatch(number) is not None


def birth_digits(pattern: str, number: str) -> BirthDigits | None:
    """The birth date in a number that fits; `None` where the pattern holds none."""
    places = pattern.replace(" ", "")
    if not {"y", "m", "d"} <= set(places):
        return None
    year, month, day = (
        "".join(c for c, place in zip(number, places, strict=True) if place == part)
        for part in "ymd"
    )
    return BirthDigits(year, month, day)
