"""Whether two written names can be the same person's or organisation's: a score, and why.

Persons' names agree word by word, in any order: as letters, by sound, as pet names and initials,
with slips of the hand in proportion to their length. What one of them leaves out is no
contradiction where enough is left; what each has and the other has not is one. Organisations are
told apart in `organisations`.

A score of `MATCHES` or more is a match. It ranks; it is no probability.
"""

from rapidfuzz.distance import OSA

from models.circumstances import ListedKind
from verifiers.screening.alike import MATCHES, Alike
from verifiers.screening.given_names import are_two_names
from verifiers.screening.organisations import (
    Guess,
    compare_organisations,
    guess,
    is_abbreviated,
    prepared_organisation,
)
from verifiers.screening.person_names import PersonName, prepared_person
from verifiers.screening.sounds import is_syllable
from verifiers.screening.words_agree import BY_SYLLABLE, Pair, aligned

__all__ = ["MATCHES", "Alike", "PersonName", "compare", "compare_persons", "prepared_person"]

_HALVES = frozenset(("abd", "din"))
"""Of such names; they tell nothing alone."""
_LETTERS_A_SLIP = 6.0
"""Of a whole name, how many letters there must be for each slip."""
_BY_SYLLABLES = 0.9
"""What names score whose syllables agree in another romanisation."""
_MISSING = 0.3
_LEFT = 2
"""Words of a name that must agree where the other name has further ones."""


def compare(one: str, other: str, kind: ListedKind | None = None) -> Alike:
    """Compare two names as they are written. `kind` is guessed from their words where not told."""
    if kind is ListedKind.PERSON:
        return compare_persons(prepared_person(one), prepared_person(other))
    if kind is ListedKind.ENTITY:
        return compare_organisations(prepared_organisation(one), prepared_organisation(other))
    guesses = {guess(one), guess(other)}
    if guesses == {Guess.PERSON} and not (is_abbreviated(one) or is_abbreviated(other)):
        return compare_persons(prepared_person(one), prepared_person(other))
    as_entities = compare_organisations(prepared_organisation(one), prepared_organisation(other))
    if Guess.ORGANISATION in guesses or as_entities.match:
        return as_entities
    return compare_persons(prepared_person(one), prepared_person(other))


def compare_persons(one: PersonName, other: PersonName) -> Alike:
    """Whether two names can be one person's."""
    if not one.words or not other.words:
        return Alike(0.0, "One of the two names has nothing that can be compared.")
    if one.text == other.text:
        return Alike(1.0, "The names are the same.")
    found = _by_words(one, other)
    if found.score < _BY_SYLLABLES and one.eastern and other.eastern:
        found = max(found, _by_syllables(one, other), key=lambda alike: alike.score)
    return found


def _by_words(one: PersonName, other: PersonName) -> Alike:
    pairs, rest_one, rest_other = aligned(one, other)
    cost = sum(paid for _, _, paid, _ in pairs)
    letters = min(one.letters, other.letters)
    budget = max(1.0, letters / _LETTERS_A_SLIP)
    strong = sum(how != "initial" and a not in _HALVES for a, _, _, how in pairs)
    if rest_one and rest_other:
        share = 2 * sum(len(a) + len(b) for a, b, _, _ in pairs) / 2
        alike = share / max(1, one.letters + other.letters)
        return Alike(
            min(MATCHES - 0.05, 0.65 * alike),
            f"{_shown(rest_one)} in one name and {_shown(rest_other)} in the other do not agree.",
        )
    rest = rest_one or rest_other
    missing = [text for text in rest if text not in {w for a, b, _, _ in pairs for w in (a, b)}]
    by_syllable = (one.scripts | other.scripts) & BY_SYLLABLE
    if missing and (by_syllable or (_all_syllables(one) and _all_syllables(other))):
        return Alike(0.4, f"{_shown(missing)} stands in one of the names only.")
    if not strong or (missing and strong < _LEFT and any(len(text) > 1 for text in missing)):
        return Alike(0.5 if strong else 0.2, "Too little of the names is common to both.")
    cost += sum(_MISSING if len(text) > 1 else 0.1 for text in missing)
    if cost > budget + 0.01:
        score = max(0.0, MATCHES - 0.25 * (cost - budget) / budget - 0.02)
        return Alike(score, f"Too many letters differ: {_told(pairs)}.")
    score = 1.0 - (1.0 - MATCHES) * cost / (budget + 0.01)
    why = _told(pairs)
    if missing:
        why += f"; {_shown(missing)} stands in one of them only"
    return Alike(score, f"All that both names have agrees: {why}.")


def _all_syllables(name: PersonName) -> bool:
    """Whether each word can be one syllable of a name of East Asia: a further one is another's."""
    return name.eastern is not None and all(is_syllable(word.text) for word in name.words)


def _by_syllables(one: PersonName, other: PersonName) -> Alike:
    """Names of two to four syllables, whose romanisations differ more than others do."""
    best = Alike(0.0, "The syllables of the names do not agree.")
    for family, given, letters in one.eastern or ():
        for other_family, other_given, other_letters in other.eastern or ():
            if family != other_family:
                continue
            if given == other_given:
                return Alike(_BY_SYLLABLES, "The syllables of both names agree in sound.")
            slips = min(OSA.distance(given, other_given), OSA.distance(letters, other_letters))
            long = min(len(letters), len(other_letters)) >= 5
            if slips == 1 and long and not are_two_names(letters, other_letters):
                best = Alike(0.75, "The family names agree, and the given names but for a letter.")
    return best


def _told(pairs: list[Pair]) -> str:
    ways = {
        "same": "",
        "sound": " by sound",
        "slip": " but for a slip of the hand",
        "pet name": " as a pet name",
        "initial": " as an initial",
    }
    return ", ".join(
        f"“{a}”" if a == b else f"“{a}” and “{b}”{ways[how]}" for a, b, _, how in pairs
    )


def _shown(words: list[str]) -> str:
    return ", ".join(f"“{one}”" for one in words)
