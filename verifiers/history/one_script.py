"""Names compared within one script, whichever it is, so that no script is spared or suspected."""

import unicodedata

from verifiers.life import folded
from verifiers.names import could_be_one_persons

_SYLLABLES = {"CJK", "HANGUL", "HIRAGANA", "KATAKANA"}
"""Of these a letter is a syllable or a word, and names are written without spaces."""


def same_person_in_one_script(one: str, other: str) -> bool | None:
    """Whether two names could be one person's: any part in common. `None`: two scripts."""
    compared = could_be_one_persons(one, other)
    if compared is not None:
        return compared
    first, second = folded(one), folded(other)
    scripts = _scripts(first), _scripts(second)
    if set(first.split()) & set(second.split()):
        return True
    if scripts[0] & scripts[1] & _SYLLABLES and _letters(first) & _letters(second):
        return True
    return False if scripts[0] == scripts[1] and scripts[0] else None


def _letters(text: str) -> set[str]:
    return {c for c in text if c.isalpha()}


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in _letters(text)}
