"""Which words of two persons' names agree, how, and what their differences cost."""

from enum import StrEnum

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from verifiers.nicknames import are_one_name
from verifiers.screening.given_names import are_two_names
from verifiers.screening.person_names import PersonName, without_article
from verifiers.screening.remembered import remembered
from verifiers.screening.sounds import Word, word

_SLIPS = ((4, 0), (7, 1), (11, 2))
"""Letters of a word below which so many slips of the hand are borne; one more beyond."""
_WITH_A_VOWEL, _LONG = 4, 6
"""Letters of words of the same consonants from which another vowel is another spelling, and from
which one slip more is borne."""
BY_SYLLABLE = {"CJK", "HANGUL"}
"""Scripts that give a word to each syllable: what is missing there is no middle name."""
_LEAST_JOINED, _MOST_JOINED = 2, 3
"""Words of one name that the other may write as one."""
_JOINED = 4
"""Letters of such a word."""
_ALIKE = 60
"""Per cent of likeness by sound that two spellings of a word in two alphabets have."""


class Bridge(StrEnum):
    """How two names of different scripts can be compared by their consonants."""

    NONE = "the scripts are the same"
    SYLLABLES = "syllable by syllable only"
    VOWELLESS = "one of them leaves vowels out"
    KANA = "one of them has no l, and vowels behind every consonant"
    ALPHABETS = "two alphabets"


Pair = tuple[str, str, float, str]
"""Words of either name, what their difference costs, and how they agree."""


def aligned(one: PersonName, other: PersonName) -> tuple[list[Pair], list[str], list[str]]:
    """The words that agree, and what is left of either name."""
    cross = _bridge(one.scripts, other.scripts)
    same, here, there = _same(one, other)
    if len(here) == len(there) == 1 and _paid(here[0], there[0], cross) is None:
        return same, [here[0].text], [there[0].text]
    pairs, rest_here, rest_there = _agreeing(one, other, here, there, cross)
    return same + pairs, rest_here, rest_there


def _same(one: PersonName, other: PersonName) -> tuple[list[Pair], list[Word], list[Word]]:
    """The words that are the same in both, and the others of either."""
    here, there = list(one.words), list(other.words)
    pairs: list[Pair] = []
    if one.fathers and other.fathers:
        return pairs, here, there
    texts = {word.text: word for word in reversed(there)}
    for first in one.words:
        if second := texts.pop(first.text, None):
            here.remove(first)
            there.remove(second)
            pairs.append((first.text, second.text, 0.0, "same"))
    return pairs, here, there


def _agreeing(
    one: PersonName, other: PersonName, here: list[Word], there: list[Word], cross: Bridge
) -> tuple[list[Pair], list[str], list[str]]:
    """Of these words of both names those that agree, and what is left of either."""
    if not here or not there:
        return [], [word.text for word in here], [word.text for word in there]
    found: list[tuple[float, int, int, str]] = []
    for i, first in enumerate(here):
        for k, second in enumerate(there):
            if (paid := _paid(first, second, cross)) is not None:
                if _is_father_of_other(one, other, first, second):
                    continue
                # Of equal agreements the one in the same place is taken.
                found.append((paid[0] + 0.001 * abs(i - k), i, k, paid[1]))
    free_here, free_there = set(range(len(here))), set(range(len(there)))
    pairs: list[Pair] = []
    can_join = any(_begins(a, b) or _begins(b, a) for a in here for b in there)
    for joined in (True, False) if can_join else (False,):
        if joined:
            _join(here, there, free_here, free_there, pairs, cross)
            _join(there, here, free_there, free_here, pairs, cross)
            continue
        for paid_, i, k, how in sorted(found):
            if i in free_here and k in free_there:
                free_here.remove(i)
                free_there.remove(k)
                pairs.append((here[i].text, there[k].text, round(paid_, 1), how))
    return (
        pairs,
        [here[i].text for i in sorted(free_here)],
        [there[k].text for k in sorted(free_there)],
    )


def _is_father_of_other(one: PersonName, other: PersonName, first: Word, second: Word) -> bool:
    """Whether one's father would be the other's own given name: "A bin B" is not "B bin A"."""
    if not one.fathers or not other.fathers:
        return False
    return (first.text in one.fathers and second is other.words[0] and len(other.words) > 1) or (
        second.text in other.fathers and first is one.words[0] and len(one.words) > 1
    )


def _join(
    here: list[Word],
    there: list[Word],
    free_here: set[int],
    free_there: set[int],
    pairs: list[Pair],
    cross: Bridge,
) -> None:
    """Two or three words of one name that the other writes as one."""
    if len(free_here) < _LEAST_JOINED:
        return
    taken_words = {one.text for one in there}
    left = {i for i in free_here if here[i].text not in taken_words}
    # What is joined begins as its first word does; most names have no such word.
    starts = [
        start
        for start in sorted(left)
        if start + 1 in left and any(_begins(here[start], there[k]) for k in free_there)
    ]
    runs = (
        range(start, start + length) for start in starts for length in (_LEAST_JOINED, _MOST_JOINED)
    )
    for run in runs:
        if not left.issuperset(run):
            continue
        length = sum(len(here[i].text) for i in run)
        near = [
            k
            for k in sorted(free_there)
            if abs(length - len(there[k].text)) <= 3 and _begins(here[run[0]], there[k])
        ]
        if not near:
            continue
        joined = word("".join(here[i].text for i in run))
        for k in near:
            paid = _paid(joined, there[k], cross)
            if paid is not None and paid[0] <= 1 and paid[1] != "initial":
                free_here.difference_update(run)
                left.difference_update(run)
                free_there.remove(k)
                text = " ".join(here[i].text for i in run)
                pairs.append((text, there[k].text, paid[0], paid[1]))
                break


def _begins(first: Word, joined: Word) -> bool:
    """Whether the other word can be this one and a further one."""
    return len(joined.text) >= _JOINED and first.sound[:1] == joined.sound[:1]


@remembered(262144)
def _paid(one: Word, other: Word, cross: Bridge) -> tuple[float, str] | None:
    """What the difference of two words costs, in slips of the hand; `None`: they do not agree."""
    if one.text == other.text:
        return 0.0, "same"
    paid = _of_other_letters(one, other, cross)
    near = paid is not None and paid[1] in ("sound", "slip")
    return None if near and are_two_names(one.text, other.text) else paid


def _of_other_letters(one: Word, other: Word, cross: Bridge) -> tuple[float, str] | None:
    if one.sound == other.sound:
        return 0.1, "sound"
    if _differ_by_article(one, other) or _differ_by_article(other, one):
        return 0.2, "sound"
    shorter = min(len(one.text), len(other.text))
    if shorter == 1:
        agrees = one.text[0] == other.text[0] or one.sound[:1] == other.sound[:1]
        return (0.4, "initial") if agrees else None
    if cross is Bridge.VOWELLESS and (without := _without_vowels(one, other)):
        return without
    by_sound = OSA.distance(one.sound, other.sound)
    slips = (OSA.distance(one.text, other.text) + by_sound) / 2
    same_bones = one.bones == other.bones and len(one.bones) > 1
    if same_bones and by_sound == 1 and shorter >= _WITH_A_VOWEL:
        return 0.5, "sound"
    borne = next((slips_ for below, slips_ in _SLIPS if shorter < below), 3)
    if same_bones and shorter >= _LONG:
        borne += 1
    if slips <= borne:
        return slips * (0.5 if same_bones else 1.0), "slip"
    if shorter >= 3 and are_one_name(one.text.upper(), other.text.upper()):
        return 0.5, "pet name"
    if cross not in (Bridge.KANA, Bridge.ALPHABETS) or len(one.loose) < 2:
        return None
    if cross is Bridge.KANA:
        agrees = one.loose.replace("l", "r") == other.loose.replace("l", "r")
    else:
        agrees = one.loose == other.loose
    if not agrees:
        return None
    return (0.5, "sound") if ratio(one.sound, other.sound) >= _ALIKE else None


def _without_vowels(one: Word, other: Word) -> tuple[float, str] | None:
    """What it costs that their consonants agree; `None` where they do not."""
    if len(one.loose) < 2 or one.loose != other.loose:
        return None
    # A vowel at the beginning is written in these scripts too.
    if (one.text[0] in "aeiou") != (other.text[0] in "aeiou"):
        return None
    return (0.3 if len(one.loose) > 2 else 0.5), "sound"


def _differ_by_article(longer: Word, other: Word) -> bool:
    """Whether one of them has the Arabic article written together with it: altikriti, tikriti."""
    bare = without_article(longer.text)
    return bare is not None and word(bare).sound == other.sound


def _bridge(one: frozenset[str], other: frozenset[str]) -> Bridge:
    if not one.isdisjoint(other):
        return Bridge.NONE
    both = one | other
    if both & BY_SYLLABLE:
        return Bridge.SYLLABLES
    if both & {"ARABIC", "HEBREW"}:
        return Bridge.VOWELLESS
    return Bridge.KANA if both & {"KATAKANA", "HIRAGANA"} else Bridge.ALPHABETS
