"""Names of one person as three hands write them: the machine readable zone, print, the candidate.

ICAO 9303-3 §6 says how letters beyond A to Z enter the zone. Issuers follow it in more than one way
(Ü is UE, UXX or U) and people drop what their keyboard lacks, so words agree where any of these
ways makes them equal. Order, case, hyphens, missing middle names and a further family name never
contradict. Which language a name comes from is never asked.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

_LATIN = {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ð": "D", "Đ": "D", "Ħ": "H", "Ĳ": "IJ", "ı": "I", "ĸ": "Q",
    "Ł": "L", "Ŋ": "N", "Ñ": "N", "Ö": "OE", "Ø": "OE", "Œ": "OE", "ẞ": "SS", "ß": "SS", "Ŧ": "T",
    "Þ": "TH", "Ü": "UE", "Ə": "E",
}  # fmt: skip
"""9303-3 §6 table A, where it is not simply the letter without its mark."""

_CYRILLIC = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z",
    "И": "I", "Й": "I", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R",
    "С": "S", "Т": "T", "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH",
    "Щ": "SHCH", "Ъ": "IE", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "IU", "Я": "IA", "Є": "IE",
    "І": "I", "Ї": "I", "Ґ": "G", "Ў": "U", "Ђ": "D", "Ј": "J", "Љ": "LJ", "Њ": "NJ", "Ћ": "C",
    "Џ": "DZ", "Ѓ": "G", "Ќ": "K", "Ѕ": "DZ",
}  # fmt: skip
"""9303-3 §6 table B."""

_DIGRAPHS = (("NXX", "N"), ("UXX", "U"), ("AE", "A"), ("OE", "O"), ("UE", "U"), ("AA", "A"))
"""What a marked letter may have become, and what it becomes where marks are dropped."""

_PARTICLES = {
    "AL", "BIN", "D", "DA", "DAS", "DE", "DEL", "DELLA", "DEN", "DER", "DES", "DI", "DO", "DOS",
    "DU", "EL", "IBN", "LA", "LE", "TE", "VAN", "VON", "Y", "ZU",
}  # fmt: skip
"""Words of family names that many families share; one of them in common says nothing."""

_SLIP_LENGTH = 5
"""From this length on, one letter more, less or other is spelling, not another name."""


class Agreement(StrEnum):
    """What two writings of one thing say of each other."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Compared:
    """Whether two writings can mean the same, and why."""

    agreement: Agreement
    explanation: str
    """One sentence."""


@dataclass(frozen=True)
class DocumentName:
    """A name with its parts told apart, as documents have it."""

    family: str
    given: str = ""
    truncated: bool = False

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


def transliterate(name: str) -> str:
    """The name in A to Z and spaces, as 9303-3 §6 recommends for the zone.

    Letters of other scripts than Latin and Cyrillic stay as they are.
    """
    out = []
    for character in unicodedata.normalize("NFC", name.strip()):
        upper = character if character in _LATIN else character.upper()
        if upper in _LATIN or upper in _CYRILLIC:
            out.append(_LATIN.get(upper) or _CYRILLIC.get(upper, ""))
        elif character in "'’ʼ`´.":
            continue
        elif character in "-‐‑–,_" or character.isspace():
            out.append(" ")
        else:
            out.append(_without_marks(upper))
    return " ".join("".join(out).split())


def compare_names(document: DocumentName, other: str) -> Compared:
    """Whether a document's name and one that was written freely can be the same person's."""
    family, given, words = (_words(n) for n in (document.family, document.given, other))
    if not words or not (family or given):
        return Compared(Agreement.UNKNOWN, "One of the two names is not given.")
    if not all(w.isascii() and w.isalpha() for w in (*family, *given, *words)):
        return Compared(
            Agreement.UNKNOWN, "The names are written in scripts that are not compared yet."
        )
    telling = [w for w in family if w not in _PARTICLES] or family
    family_found = _any_found(telling, words, document.truncated) or _found_joined(family, words)
    given_found = (
        not given
        or _any_found(given, words, document.truncated, initials=True)
        or _found_joined(given, words)
    )
    if not family:
        family_found = given_found
    if family_found and given_found:
        return Compared(Agreement.AGREES, _how_they_agree([*family, *given], words))
    if family_found:
        return Compared(
            Agreement.UNKNOWN,
            "The family name agrees, the given names do not: a preferred name would explain it.",
        )
    if given_found and given:
        return Compared(Agreement.DIFFERS, "A given name agrees, the family name does not.")
    return Compared(Agreement.DIFFERS, "Neither family name nor given names agree.")


def compare_printed_name(zone: str, printed: str, *, truncated: bool = False) -> Compared:
    """Whether a part of a name reads alike in the zone and in print, as far as reading goes.

    Print is read by OCR, so a letter or two is a doubt and no difference.
    """
    one, two = (_fold("".join(_words(name))) for name in (zone, printed))
    if not one or not two:
        return Compared(Agreement.UNKNOWN, "One of the two names is not given.")
    if truncated:
        two = two[: len(one)]
    distance = OSA.distance(one, two)
    if distance == 0:
        return Compared(Agreement.AGREES, "The printed name is that of the zone.")
    if distance <= max(2, len(one) // 4):
        return Compared(
            Agreement.UNKNOWN, "The printed name was read nearly like that of the zone."
        )
    return Compared(Agreement.DIFFERS, "The printed name is another than that of the zone.")


def _words(name: str) -> list[str]:
    return transliterate(name).split()


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _fold(word: str) -> str:
    """The word with every trace of marked letters gone, so that all ways of writing them meet."""
    for digraph, letter in _DIGRAPHS:
        word = word.replace(digraph, letter)
    return word


def _same(one: str, two: str) -> bool:
    one, two = _fold(one), _fold(two)
    if one == two:
        return True
    return min(len(one), len(two)) >= _SLIP_LENGTH and OSA.distance(one, two) == 1


def _any_found(
    wanted: Iterable[str], words: list[str], truncated: bool, *, initials: bool = False
) -> bool:
    for word in wanted:
        for other in words:
            if _same(word, other):
                return True
            if initials and 1 in (len(word), len(other)) and word[0] == other[0]:
                return True
            if truncated and len(word) >= 3 and other.startswith(word):
                return True
    return False


def _found_joined(wanted: list[str], words: list[str]) -> bool:
    """Whether neighbouring words are the same when run together: VANDERMEER and Van der Meer."""
    return any(
        _same("".join(wanted), "".join(words[start:end]))
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )


def _how_they_agree(document: list[str], words: list[str]) -> str:
    missing = [w for w in document if not _any_found([w], words, truncated=False)]
    further = [w for w in words if not _any_found([w], document, truncated=False)]
    if not missing and not further:
        return "All parts of the names agree."
    parts = [f"only the document has {' '.join(missing)}"] if missing else []
    parts += [f"only the other has {' '.join(further)}"] if further else []
    return f"Family name and a given name agree ({'; '.join(parts)})."
