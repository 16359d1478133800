"""The machine readable zone of a specimen: ICAO 9303-3 §4.9, lines per 9303-4, -5, -6 and -7.

Written apart from the verifiers' grammar on purpose: the two are each other's test oracle.
"""

from datetime import date
from typing import Literal, get_args

from samples.holder import Holder

Format = Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B"]
FORMATS: tuple[Format, ...] = get_args(Format)

_FIRST_LETTERS: dict[Format, str] = {
    "TD1": "I<",
    "TD2": "I<",
    "TD3": "P<",
    "MRV-A": "V<",
    "MRV-B": "V<",
}


def check_digit(text: str) -> str:
    """Weights 7, 3, 1 over 0-9, A-Z as 10-35 and the filler as 0, modulo 10."""
    values = (0 if character == "<" else int(character, 36) for character in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def checked(text: str) -> str:
    """The text followed by its check digit."""
    return text + check_digit(text)


def lines(holder: Holder, format: Format) -> tuple[str, ...]:
    """The MRZ that belongs to this holder: two or three lines, every check digit right."""
    first = _FIRST_LETTERS[format] + holder.issuer.ljust(3, "<")
    number = checked(holder.number.ljust(9, "<"))
    birth, expiry = checked(_six_digits(holder.birth_date)), checked(_six_digits(holder.expiry))
    dates = birth + holder.mrz_sex + expiry
    nationality = holder.nationality.ljust(3, "<")
    personal = holder.personal_number
    match format:
        case "TD1":
            upper = first + number + personal.ljust(15, "<")
            spare = "<" * 11
            composite = check_digit(upper[5:] + birth + expiry + spare)
            return upper, dates + nationality + spare + composite, _names(holder, 30)
        case "TD2":
            spare = _if_it_fits(personal, 7)
            composite = check_digit(number + birth + expiry + spare)
            return first + _names(holder, 31), number + nationality + dates + spare + composite
        case "TD3":
            spare = checked(personal.ljust(14, "<"))
            composite = check_digit(number + birth + expiry + spare)
            return first + _names(holder, 39), number + nationality + dates + spare + composite
        case "MRV-A":
            return first + _names(holder, 39), number + nationality + dates + personal.ljust(
                16, "<"
            )
        case "MRV-B":
            spare = _if_it_fits(personal, 8)
            return first + _names(holder, 31), number + nationality + dates + spare


def _six_digits(day: date) -> str:
    return day.strftime("%y%m%d")


def _if_it_fits(personal_number: str, width: int) -> str:
    """A cut number would be a wrong one: what does not fit is left to the printed zone."""
    return (personal_number if len(personal_number) <= width else "").ljust(width, "<")


def _names(holder: Holder, width: int) -> str:
    """Primary and secondary identifiers, cut at the end of the field (9303-3 §4.6)."""
    return (_mrz_words(holder.primary) + "<<" + _mrz_words(holder.secondary)).ljust(width, "<")[
        :width
    ]


def _mrz_words(name: str) -> str:
    """Hyphens and spaces become fillers, apostrophes vanish."""
    return name.upper().replace("'", "").replace("-", "<").replace(" ", "<")
