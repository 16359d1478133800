"""Words in print made comparable: capitals without marks, so that a misread accent is no matter."""

import unicodedata

_LETTERS = {
    "Ł": "L", "Đ": "D", "Ð": "D", "Ø": "O", "Æ": "AE", "Œ": "OE", "ẞ": "SS", "ß": "SS", "ı": "I",
    "Þ": "TH", "Ħ": "H", "Ŧ": "T", "Ŋ": "N", "Ə": "E",
}  # fmt: skip


def folded(text: str) -> str:
    """Letters and digits alone: `N° du passeport` is `NDUPASSEPORT`."""
    return "".join(_fold(c) for c in text)


def folded_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """The same, and for each of its characters where in the text it comes from."""
    letters, places = [], []
    for place, character in enumerate(text):
        for letter in _fold(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), tuple(places)


def _fold(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    upper = character.upper()
    if upper in _LETTERS:
        return _LETTERS[upper]
    if upper.isascii():
        return upper if upper.isalnum() else ""
    plain = unicodedata.normalize("NFKD", upper)
    return "".join(c for c in plain if c.isalnum() and not unicodedata.combining(c)).upper()
