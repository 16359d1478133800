"""Korean names in Russian letters, as the system of Kontsevich and older habit write them.

Russian does not tell n from ng at a syllable's end, and older spellings have one letter for several
vowels. So a word has every reading that it may have, in Latin; which was meant the other name says.
"""

import re
from functools import cache
from itertools import product

_FIRST = {
    "": "", "кх": "k", "тх": "t", "пх": "p", "чх": "ch", "цх": "ch", "кк": "k", "тт": "t",
    "пп": "p", "сс": "s", "чч": "j", "дж": "j", "дз": "j", "к": "k", "г": "k", "т": "t", "д": "t",
    "п": "p", "б": "p", "ч": "j", "ц": "ch", "х": "h", "н": "n", "р": "r", "л": "r", "м": "m",
    "с": "s", "ш": "s",
}  # fmt: skip
_VOWEL = {
    "ый": ("ui",), "ой": ("oe",), "ва": ("wa",), "вэ": ("wae", "oe"), "ве": ("we", "oe"),
    "во": ("wo",), "ви": ("wi",), "йе": ("ye",), "а": ("a",), "э": ("ae",), "я": ("ya",),
    "о": ("o",), "е": ("e",), "ё": ("yo",), "у": ("u",), "ю": ("yu",), "ы": ("u",), "и": ("i",),
}  # fmt: skip
_OLDER = ("o", "yo")
"""What е also is before a last consonant: Ким Ир Сен, Чо Ген Хун."""
_LAST = {
    "": ("",), "нг": ("ng",), "н": ("n", "ng"), "ль": ("l",), "л": ("l",), "р": ("l",),
    "к": ("k",), "м": ("m",), "п": ("p",), "т": ("t",),
}  # fmt: skip
_SYLLABLE = re.compile(
    "({})({})({})".format(
        *("|".join(sorted(table, key=len, reverse=True)) for table in (_FIRST, _VOWEL, _LAST))
    )
)
_WORD = re.compile("[а-яё]+")
_MOST_WORDS = 4


def korean_readings(text: str) -> tuple[tuple[str, ...], ...] | None:
    """For each word what it may be in Latin; `None` where a word is no one or two syllables."""
    words = text[:60].casefold().replace("-", " ").replace(",", " ").split()
    if not 2 <= len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(one) for one in words):
        return None
    readings = tuple(_of_word(one) for one in words)
    return readings if all(readings) else None


def _of_word(text: str) -> tuple[str, ...]:
    if found := _SYLLABLE.fullmatch(text):
        return _of_syllable(*found.groups())
    for end in range(1, len(text)):
        first, second = _SYLLABLE.fullmatch(text[:end]), _SYLLABLE.fullmatch(text[end:])
        if first and second:
            ways = product(_of_syllable(*first.groups()), _of_syllable(*second.groups()))
            return tuple("".join(way) for way in ways)
    return ()


@cache
def _of_syllable(first: str, vowel: str, last: str) -> tuple[str, ...]:
    vowels = (*_VOWEL[vowel], *_OLDER) if vowel == "е" and last else _VOWEL[vowel]
    return tuple(_FIRST[first] + one + end for one in vowels for end in _LAST[last])
