"""Names of any script in the letters a to z, by sound, so that they can be compared.

For comparing only: what comes out is no official transliteration. `alphabets` has the letters of
those that are spelled so, Hangul and kana are spelled by rule, characters of Chinese names by
`han`. Letters of other scripts stay as they are, so that names in them are compared with one
another. Which language a name comes from is never asked.
"""

import unicodedata
from functools import lru_cache

from verifiers.screening.alphabets import (
    DEVANAGARI,
    DEVANAGARI_SIGNS,
    GREEK_PAIRS,
    HANGUL,
    LETTERS,
    VIRAMA,
)
from verifiers.screening.arabic import is_arabic, parted
from verifiers.screening.han import readings
from verifiers.screening.remembered import remembered

_LONGEST = 300
"""Characters of a name that are looked at: longer ones are several names, or no name."""
_DROPPED = "'’‘ʻʼʿʾ`´ʹʺ\u0640·" + "".join(map(chr, range(0x064B, 0x0653))) + "\u0670\u200c\u200d"
_KEEPS_ITS_MARKS = (range(0x0E00, 0x10A0), range(0x1780, 0x1800))
"""Thai to Myanmar, and Khmer: vowels are marks there, and names are compared as they are."""


@remembered(65536)
def romanised(text: str) -> str:
    """The text in lower case and, as far as its script is known here, in a to z.

    Words stay apart; a syllable of Hangul and a Chinese character become a word each. Marks on
    letters and apostrophes go.
    """
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()[:_LONGEST]
    if folded.isascii():
        return folded.replace("'", "").replace("`", "")
    if is_arabic(folded):
        folded = parted(folded)
    for pair, sound in GREEK_PAIRS:
        folded = folded.replace(pair, sound)
    return "".join(_spelled(folded))


def scripts_of(text: str) -> frozenset[str]:
    """Names of the scripts of its letters, as Unicode names them: "LATIN", "HANGUL", "CJK"."""
    return _scripts("".join(sorted(set(text))))


@remembered(65536)
def _scripts(characters: str) -> frozenset[str]:
    if characters.isascii():
        return frozenset(("LATIN",))
    return frozenset(
        unicodedata.name(letter, "?").split()[0] for letter in characters if letter.isalpha()
    )


def _spelled(text: str) -> list[str]:
    spelled: list[str] = []
    for place, character in enumerate(text):
        following = text[place + 1 : place + 2]
        if character in _DROPPED:
            continue
        if "가" <= character <= "힣":
            spelled.append(f" {_hangul(character)} ")
        elif character in readings():
            spelled.append(f" {readings()[character]} ")
        elif "ぁ" <= character <= "ヺ":
            spelled.append(_kana(character, spelled))
        elif character == "ー":
            continue
        elif character in DEVANAGARI:
            # The vowel that a consonant carries is not spoken at a word's end.
            bare = following in DEVANAGARI_SIGNS or following == VIRAMA or not following.strip()
            vowel = "" if bare or character < "क" else "a"
            spelled.append(DEVANAGARI[character] + vowel)
        elif character in DEVANAGARI_SIGNS:
            spelled.append(DEVANAGARI_SIGNS[character])
        elif character == VIRAMA:
            continue
        else:
            spelled.append(_letter(character))
    return spelled


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    if character in LETTERS:
        return LETTERS[character]
    if any(ord(character) in block for block in _KEEPS_ITS_MARKS):
        return character
    letters = unicodedata.normalize("NFKD", character)
    if len(letters) == 1 and letters == character:
        return "" if unicodedata.combining(character) else character
    bare = (letter for letter in letters if not unicodedata.combining(letter))
    return "".join(LETTERS.get(letter, letter) for letter in bare)


def _hangul(syllable: str) -> str:
    place = ord(syllable) - ord("가")
    firsts, vowels, lasts = HANGUL
    return firsts[place // 588] + vowels[place % 588 // 28] + lasts[place % 28]


def _kana(character: str, before: list[str]) -> str:
    """A syllable of kana; a small one changes the syllable before it."""
    name = unicodedata.name(character, "").split()
    sound = name[-1].lower() if len(name) > 2 else ""
    if "SMALL" not in name:
        return {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji"}.get(
            sound, sound
        )
    if sound == "tu":
        return ""
    if before and before[-1]:
        before[-1] = before[-1][:-1]
        if before[-1].endswith(("sh", "ch", "j")):
            sound = sound.removeprefix("y")
    return sound
