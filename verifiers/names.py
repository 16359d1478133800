"""Names of one person as three hands write them: the machine readable zone, print, the candidate.

Letters beyond A to Z enter the zone in more than one way (`transliteration`), and people drop what
their keyboard lacks, so words agree where any of these ways makes them equal. Order, case, hyphens,
missing middle names and a further family name never contradict. Which language a name comes from
is never asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from verifiers.nicknames import are_one_name
from verifiers.transliteration import (
    could_be_written,
    in_arabic_letters,
    parts_of,
    transliterate,
)

_DIGRAPHS = (("NXX", "N"), ("UXX", "U"), ("AE", "A"), ("OE", "O"), ("UE", "U"), ("AA", "A"))
"""What a marked letter may have become, and what it becomes where marks are dropped."""

_PARTICLES = {
    "AL", "BIN", "D", "DA", "DAS", "DE", "DEL", "DELLA", "DEN", "DER", "DES", "DI", "DO", "DOS",
    "DU", "EL", "IBN", "LA", "LE", "TE", "VAN", "VON", "Y", "ZU",
}  # fmt: skip
"""Words of family names that many families share; one of them in common says nothing."""

_SOUNDS = (
    ("TCH", "CH"), ("SHCH", "SH"), ("KH", "H"), ("ZH", "J"), ("DJ", "J"), ("KS", "X"), ("OU", "U"),
    ("YU", "U"), ("IU", "U"), ("JU", "U"), ("YA", "A"), ("IA", "A"), ("JA", "A"), ("YE", "E"),
    ("IE", "E"), ("YO", "O"), ("IO", "O"), ("Y", "I"), ("J", "I"), ("W", "V"), ("PH", "F"),
)  # fmt: skip
"""What one sound is written as, and the one way that stands for them all; in this order."""

_TITLES = {"DR", "II", "III", "IV", "JR", "MISS", "MR", "MRS", "MS", "PHD", "PROF", "SIR", "SR"}
"""Words beside a name that many people share."""

_SLIP_LENGTH = 5
"""From this length on, one letter more, less or other is spelling, not another name."""
_TELLING = 3
"""With fewer letters the rest of a shortened name could be anybody's."""
_ALIKE = 58
"""Per cent of likeness of whole names by sound, from which one may be a spelling of the other.

Romanisations of one name come to it (Hsu Chia-ling, Xu Jialing: 71; Noh Moohyun, Roh Mu-hyeon: 59);
of pairs of different people's names fewer than one in a hundred.
"""


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
    guessed: bool = False
    """Whether where it begins and ends is a guess: then it differs from nobody's."""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


def compare_names(document: DocumentName, other: str) -> Compared:
    """Whether a document's name and one that was written freely can be the same person's."""
    family, given = _words(document.family), _words(document.given)
    words = _words_as_in([*family, *given], other)
    if not words or not (family or given):
        return Compared(Agreement.UNKNOWN, "One of the two names is not given.")
    if not all(w.isascii() and w.isalpha() for w in (*family, *given, *words)):
        return Compared(
            Agreement.UNKNOWN, "The names are written in scripts that are not compared yet."
        )
    compared = _compare_words(document, family, given, words)
    if compared.agreement is Agreement.DIFFERS and document.guessed:
        return Compared(
            Agreement.UNKNOWN, "Where the name in the document begins and ends is a guess."
        )
    if compared.agreement is Agreement.DIFFERS and in_arabic_letters(other):
        return Compared(
            Agreement.UNKNOWN,
            "A name in Arabic letters enters documents by its sound, in many spellings.",
        )
    return compared


def _compare_words(
    document: DocumentName, family: list[str], given: list[str], words: list[str]
) -> Compared:
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
    family_near = family_found or _near(telling, words)
    if family_near and (given_found or _near(given, words)):
        return Compared(
            Agreement.UNKNOWN,
            "The names resemble each other: another way of writing them in Latin letters, or "
            "another person's.",
        )
    if given_found and given:
        return Compared(Agreement.DIFFERS, "A given name agrees, the family name does not.")
    return Compared(Agreement.DIFFERS, "Neither family name nor given names agree.")


def could_be_one_persons(one: str, other: str) -> bool | None:
    """Whether two names, freely written, could both be one person's: any part in common.

    One common part is enough, since the rest changes by marriage, by custom and by choice. An
    initial, a pet name and another romanisation count. `None`: scripts that cannot be compared.
    """
    first = _telling(_words(one))
    second = _telling(_words_as_in(first, other))
    if not first or not second:
        return None
    if not all(w.isascii() and w.isalpha() for w in (*first, *second)):
        return None
    if (
        _any_found(first, second, truncated=False, initials=True)
        or _found_joined(first, second)
        or _found_joined(second, first)
        or _near(first, second)
        or any(are_one_name(a, b) for a in first for b in second)
        or _alike_as_a_whole(first, second)
    ):
        return True
    # A name in Arabic letters enters Latin ones by its sound, in many spellings.
    return None if in_arabic_letters(one) != in_arabic_letters(other) else False


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in _PARTICLES | _TITLES]


def _alike_as_a_whole(one: list[str], other: list[str]) -> bool:
    """Whether two names sound alike, whichever of their parts stands first."""
    first, second = ([_by_sound(word) for word in words] for words in (one, other))
    turned = ("".join((*second[at:], *second[:at])) for at in range(len(second)))
    return any(ratio("".join(first), whole) >= _ALIKE for whole in turned)


def compare_printed_name(zone: str, printed: str, *, truncated: bool = False) -> Compared:
    """Whether a part of a name reads alike in the zone and in print, as far as reading goes.

    Print is read by OCR, so a letter or two is a doubt and no difference. `truncated`: the zone
    may have shortened words or left some out, as 9303-4 §4.2.3 lets it where a name is too long.
    """
    one, two = (_fold("".join(_words(name))) for name in (zone, printed))
    if not one or not two:
        return Compared(Agreement.UNKNOWN, "One of the two names is not given.")
    if could_be_written(zone, printed) or one == two:
        return Compared(Agreement.AGREES, "The printed name is that of the zone.")
    if truncated and _shortened(zone, printed):
        if len(one) < _TELLING:
            return Compared(
                Agreement.UNKNOWN, "Too little of the name is left in the zone to compare it."
            )
        return Compared(Agreement.AGREES, "The printed name goes on where the zone's is cut off.")
    if truncated:
        two = two[: len(one)]
    if OSA.distance(one, two) <= max(2, len(one) // 4):
        return Compared(
            Agreement.UNKNOWN, "The printed name was read nearly like that of the zone."
        )
    return Compared(Agreement.DIFFERS, "The printed name is another than that of the zone.")


def _shortened(zone: str, printed: str) -> bool:
    """Whether the zone's words are those of the print in order, some cut off or left out."""
    if could_be_written(zone, printed, cut_off=True):
        return True
    following = iter(_words(printed))
    return all(
        any(_fold(other).startswith(_fold(word)) for other in following) for word in _words(zone)
    )


def _words(name: str) -> list[str]:
    return transliterate(name).split()


def _words_as_in(document: list[str], other: str) -> list[str]:
    """The words of another writing, each spelled as the document has it where that may be."""
    words = []
    for part in parts_of(other):
        same = next((word for word in document if could_be_written(word, part)), None)
        words += [same] if same else _words(part)
    return words


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
            if truncated and len(word) >= _TELLING and other.startswith(word):
                return True
    return False


def _found_joined(wanted: list[str], words: list[str]) -> bool:
    """Whether neighbouring words are the same when run together: VANDERMEER and Van der Meer."""
    return any(
        _same("".join(wanted), "".join(words[start:end]))
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )


def _near(wanted: list[str], words: list[str]) -> bool:
    """Whether one of these words may be one of the others by another romanisation."""
    pairs = [(one, two) for one in map(_by_sound, wanted) for two in map(_by_sound, words)]
    return any(
        one == two
        or (min(len(one), len(two)) >= _SLIP_LENGTH and OSA.distance(one, two) <= len(one) // 3)
        for one, two in pairs
    )


def _by_sound(word: str) -> str:
    """A word with the usual ways to write one sound in Latin letters made one.

    Yury and IURII, Tchaikovsky and CHAIKOVSKII, Zhukovsky, Alexander and ALEKSANDR.
    """
    word = _fold(word)
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return "".join(letter for letter, _ in groupby(word))


def _how_they_agree(document: list[str], words: list[str]) -> str:
    missing = [w for w in document if not _any_found([w], words, truncated=False)]
    further = [w for w in words if not _any_found([w], document, truncated=False)]
    if not missing and not further:
        return "All parts of the names agree."
    parts = [f"only the document has {' '.join(missing)}"] if missing else []
    parts += [f"only the other has {' '.join(further)}"] if further else []
    return f"Family name and a given name agree ({'; '.join(parts)})."
