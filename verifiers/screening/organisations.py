"""Whether two names can be one organisation's.

Words count by how much they tell: a name of its own counts whole, a kind of business or a place
little, a legal form next to nothing. What both have and is not the same contradicts, numbers always
do, and of what only one has a little is borne. Acronyms agree with what they stand for.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz.distance import OSA

from verifiers.screening.alike import MATCHES, Alike
from verifiers.screening.organisation_words import (
    ADDED_FREELY,
    AMBIGUOUS_FORMS,
    FIGURES,
    FORMS,
    GENERIC,
    LITTLE,
    LONGEST_FORM,
    PLACES,
    SAME_WORD,
)
from verifiers.screening.remembered import remembered
from verifiers.screening.scripts import romanised, scripts_of
from verifiers.screening.sounds import word

_GENERIC_WEIGHT = 0.4
_PLACE_WEIGHT = 0.3
_BORNE_MISSING = 0.27
"""How much of a name's weight may stand in one of the two only."""
_LETTERS_A_SLIP = 7.0
_SLIPS = ((4, 0), (9, 1), (14, 2))
"""As for persons; companies choose names that differ by two letters."""
_LONG, _ENDING = 8, 2
"""Letters of a word of the trade from which so many other letters are another ending."""
_MOST_WORDS = 40
_DOTTED = re.compile(r"\b(?:\w\.\s?){2,}(?:\w\b)?")
_SLASHED = re.compile(r"\b(\w)/(\w)(?:/(\w))?\b")
_APART = re.compile(r"[^\w&+%]+|_")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ACRONYM = (3, 7)
"""Letters that an acronym has."""


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation's name, made ready to be compared many times."""

    text: str
    words: tuple[str, ...]
    """In order, without legal forms, little words and numbers."""
    initials: frozenset[str]
    """What it would be abbreviated to."""
    numbers: frozenset[str]
    forms: frozenset[str]
    """Families of its legal forms."""
    scripts: frozenset[str]


class Guess(StrEnum):
    """What the words of a name say of whose it is."""

    ORGANISATION = "organisation"
    EITHER = "either"
    PERSON = "person"


@remembered(65536)
def guess(text: str) -> Guess:
    """Whether words of the name are an organisation's rather than a person's."""
    words = _words(text)
    kept, forms, certain = _without_forms(words)
    trade = sum(one in GENERIC for one in words)
    if certain or "&" in text or trade > 1 or any(one.isdigit() for one in words):
        return Guess.ORGANISATION
    return Guess.EITHER if trade or (forms and kept) else Guess.PERSON


def is_abbreviated(text: str) -> bool:
    """Whether it is one word of capitals, as an organisation's initials are."""
    return text.isalpha() and text.isupper() and _ACRONYM[0] <= len(text) <= _ACRONYM[1]


@remembered(65536)
def prepared_organisation(text: str) -> OrganisationName:
    """Take an organisation's name apart."""
    kept, forms, _ = _without_forms(_words(text))
    if not any(one not in LITTLE for one in kept):
        kept, forms = _words(text), frozenset()
    numbers: list[str] = []
    words: list[str] = []
    for place, one in enumerate(kept):
        ordinal = _ORDINAL.fullmatch(one)
        figure = ordinal[1] if ordinal else one if one.isdigit() else FIGURES.get(one)
        if figure and (place or len(one) > 1 or one.isdigit()):
            numbers.append(figure.lstrip("0") or "0")
        elif one not in LITTLE or len(kept) == 1:
            words.append(one)
    telling = [one for one in kept if one not in LITTLE]
    return OrganisationName(
        text=text,
        words=tuple(words),
        initials=frozenset(
            "".join(one[0] for one in some)
            for some in (kept, telling, _expanded_words(text))
            if len(some) >= _ACRONYM[0]
        ),
        numbers=frozenset(f"{n}×{numbers.count(n)}" for n in numbers),
        forms=forms,
        scripts=scripts_of(text),
    )


@remembered(65536)
def compare_organisations(one: OrganisationName, other: OrganisationName) -> Alike:
    """Whether two names can be one organisation's."""
    if one.text == other.text:
        return Alike(1.0, "The names are the same.")
    if not (one.words or one.numbers) or not (other.words or other.numbers):
        return Alike(0.0, "One of the two names has nothing that can be compared.")
    if told := _numbers_contradict(one, other):
        return Alike(0.5, told)
    forms = 0.04 if one.forms and other.forms and one.forms.isdisjoint(other.forms) else 0.0
    whole, whole_other = "".join(one.words), "".join(other.words)
    if whole == whole_other or sorted(one.words) == sorted(other.words):
        aside = "" if one.forms == other.forms else ", whatever its legal form"
        return Alike(0.98 - forms, f"The names agree in all words{aside}.")
    found = _by_words(one, other)
    if not found.match and _is_acronym(one, other):
        return Alike(0.75, "One name is the initials of the other.")
    if not found.match and _nearly(whole, whole_other) and not _differ_in_known(one, other):
        return Alike(0.8 - forms, "Written without spaces the names agree but for a letter.")
    return Alike(max(0.0, found.score - forms), found.explanation)


def _words(text: str) -> list[str]:
    text = _DOTTED.sub(
        lambda found: "".join(one for one in found[0] if one.isalnum()) + " ", romanised(text)
    )
    text = _SLASHED.sub(lambda found: "".join(part or "" for part in found.groups()), text)
    text = text.replace("’s ", " ").replace("&", " and ").replace("+", " and ")
    return [part for part in _APART.split(text) if part][:_MOST_WORDS]


def _expanded_words(text: str) -> list[str]:
    return [one for one in _words(text) if one not in LITTLE]


def _without_forms(words: list[str]) -> tuple[list[str], frozenset[str], bool]:
    """The words that are left, families of legal forms, and whether those are unmistakable.

    Forms of few letters count at either end only: within a name they are somebody's name.
    """
    kept: list[str] = []
    forms: set[str] = set()
    certain = False
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_FORM, len(words) - place), 0, -1):
            form = tuple(words[place : place + length])
            family = FORMS.get(form)
            ambiguous = length == 1 and form[0] in AMBIGUOUS_FORMS
            at_an_end = place == 0 or _only_forms(words[place + length :])
            if family and (at_an_end or not ambiguous) and len(words) > length:
                forms.add(family)
                certain |= not ambiguous
                place += length
                break
        else:
            kept += SAME_WORD.get(words[place], words[place]).split()
            place += 1
    return kept, frozenset(forms), certain


def _only_forms(words: list[str]) -> bool:
    return all((one,) in FORMS or one in LITTLE or one in PLACES for one in words)


def _numbers_contradict(one: OrganisationName, other: OrganisationName) -> str | None:
    """Why numbers tell them apart. The first of a series often goes without its number."""
    if one.numbers == other.numbers or one.numbers ^ other.numbers == {"1×1"}:
        return None
    shown = sorted(number.split("×")[0] for number in one.numbers ^ other.numbers)
    return f"The numbers in the names differ: {', '.join(shown)}."


def _by_words(one: OrganisationName, other: OrganisationName) -> Alike:
    cross = one.scripts.isdisjoint(other.scripts)
    left, right = list(one.words), list(other.words)
    slips, agreed, letters = _take_agreeing(left, right, cross)
    if left and right:
        left, right = ([t for t in some if t not in ADDED_FREELY] for some in (left, right))
    if left and right:
        return Alike(
            min(MATCHES - 0.05, 0.6 * agreed / max(0.1, agreed + _weight(left + right))),
            f"{_shown(left)} in one name and {_shown(right)} in the other do not agree.",
        )
    rest = [text for text in left or right if text not in ADDED_FREELY]
    missing = _weight(rest) / max(0.1, agreed + _weight(rest))
    own = [text for text in one.words if text not in GENERIC and text not in PLACES]
    if missing > _BORNE_MISSING or (rest and not own):
        return Alike(
            max(0.0, MATCHES - 0.02 - missing),
            f"{_shown(rest)} stands in one of the names only.",
        )
    if any(text in GENERIC for text in rest):
        return Alike(MATCHES - 0.05, f"{_shown(rest)} makes it another part of the business.")
    budget = max(1.0, letters / _LETTERS_A_SLIP)
    if slips > budget:
        return Alike(MATCHES - 0.05, "Too many letters differ.")
    score = 0.97 - 0.2 * slips / budget - 0.3 * missing
    why = "The names agree in what is their own"
    why += ", but for slips of the hand" if slips else ""
    return Alike(max(MATCHES, score), f"{why}{f'; {_shown(rest)} is added' if rest else ''}.")


def _take_agreeing(left: list[str], right: list[str], cross: bool) -> tuple[float, float, int]:
    """Take the words that agree out of both; their slips, weight and letters."""
    slips, agreed, letters = 0.0, 0.0, 0
    for text in [*left]:
        if text in right:
            left.remove(text)
            right.remove(text)
            agreed, letters = agreed + _weight([text]), letters + len(text)
    for some, others in ((left, right), (right, left)):
        for first, second in [*pairwise(some)]:
            joined = next((text for text in others if text == first + second), None)
            if joined and first in some and second in some:
                some.remove(first)
                some.remove(second)
                others.remove(joined)
                agreed, letters = agreed + 1, letters + len(joined)
    for text in [*left]:
        near = [(paid, at) for at in right if (paid := _slips(text, at, cross)) is not None]
        if near:
            paid, at = min(near)
            left.remove(text)
            right.remove(at)
            slips, agreed, letters = slips + paid, agreed + _weight([text]), letters + len(text)
    return slips, agreed, letters


@remembered(65536)
def _slips(one: str, other: str, cross: bool) -> float | None:
    known = (GENERIC, PLACES)
    if any(one in words and other in words for words in known):
        # Two words of the trade are two words, however near they are, unless endings differ.
        if one.rstrip("s") == other.rstrip("s"):
            return 0.2
        long = min(len(one), len(other)) >= _LONG
        return 0.5 if long and OSA.distance(one, other) <= _ENDING else None
    first, second = word(one), word(other)
    if first.sound == second.sound:
        return 0.2
    shorter = min(len(one), len(other))
    slips = (OSA.distance(one, other) + OSA.distance(first.sound, second.sound)) / 2
    if slips <= next((borne for below, borne in _SLIPS if shorter < below), 3):
        return slips
    if cross and len(first.loose) > 1 and first.loose == second.loose:
        return 0.5
    return None


def _weight(words: list[str]) -> float:
    return sum(
        _GENERIC_WEIGHT if text in GENERIC else _PLACE_WEIGHT if text in PLACES else 1.0
        for text in words
    )


def _is_acronym(one: OrganisationName, other: OrganisationName) -> bool:
    for short, long in ((one, other), (other, one)):
        one_word = len(short.words) == 1 and _ACRONYM[0] <= len(short.words[0]) <= _ACRONYM[1]
        if one_word and short.words[0] in long.initials:
            return True
    return False


def _nearly(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= 5 and OSA.distance(one, other) <= (1 if shorter < 12 else 2)


def _differ_in_known(one: OrganisationName, other: OrganisationName) -> bool:
    """Whether each has a word of the trade or a place that the other has not."""
    mine, theirs = set(one.words) - set(other.words), set(other.words) - set(one.words)
    known = GENERIC | PLACES
    return bool(mine & known) and bool(theirs & known)


def _shown(words: list[str]) -> str:
    return ", ".join(f"“{text}”" for text in words)
