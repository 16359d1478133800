"""One word of a name, reduced step by step to what stays the same however it is written.

From near to far: its letters; its `sound`, in which spellings of one sound meet; its `bones`, which
are the consonants of that; its `loose` bones, in which consonants meet that scripts do not tell
apart. Syllables of East Asia have a key of their own, since their romanisations differ most.
"""

import re
from dataclasses import dataclass

from verifiers.screening.remembered import remembered

_SOUNDS = (
    ("tsch", "ch"), ("dzh", "j"), ("tch", "ch"), ("sch", "sh"), ("shch", "sh"), ("ck", "k"),
    ("cz", "ch"), ("sz", "sh"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"),
    ("bh", "b"), ("zh", "j"), ("dj", "j"), ("hs", "sh"), ("tz", "ts"), ("ks", "x"), ("qu", "kw"),
    ("q", "k"), ("ou", "u"), ("oo", "u"), ("ow", "u"), ("ee", "i"), ("ae", "e"), ("oe", "o"),
    ("ue", "u"), ("aa", "a"), ("ei", "ai"), ("ey", "ai"), ("ay", "ai"), ("iy", "i"), ("yi", "i"),
    ("ye", "e"), ("ie", "e"), ("yo", "o"), ("io", "o"), ("yu", "u"), ("iu", "u"), ("ju", "u"),
    ("ya", "a"), ("ia", "a"), ("ja", "a"), ("je", "e"), ("y", "i"), ("j", "i"), ("w", "v"),
)  # fmt: skip
"""Spellings and the one that stands for them, in this order."""
_SOFT_C = re.compile(r"c(?=[ei])")
_DOUBLED = re.compile(r"(.)\1+")
_AL_AT_END = re.compile(r"(?<=[^aeiou])ai$")

_VOWELS = str.maketrans("", "", "aeiouy")
_LOOSE = str.maketrans(
    {"p": "b", "v": "f", "g": "k", "q": "k", "c": "k"} | dict.fromkeys("aeiouwyh", None)
)
_LOOSE_PAIRS = (
    ("shch", "S"), ("sh", "S"), ("tch", "C"), ("ch", "C"), ("dzh", "j"), ("zh", "j"), ("dj", "j"),
    ("kh", "X"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("ng", "nk"),
)  # fmt: skip

_SYLLABLE = (
    r"(?:(?:kk|tt|pp|ss|jj|chh|ch|zh|sh|hs|ts|tz|kh|th|ph|[bpmfdtnlgkhjqxzcsrwy])?"
    r"(?:yeo|yae|iao|iang|uang|iong|uai|wae|eui|woo|yoo|oo|ou|ow|ee|eo|ae|ai|ao|au|ei|ya|ye|yo|yu"
    r"|eu|ui|oe|oi|wa|we|wi|wo|ia|ie|iu|ua|ue|uo|[aeiou])(?:ng|h(?![aeiou])|[nmklptbg](?![aeiou]))?)"
)
_SYLLABLES = re.compile(rf"{_SYLLABLE}{{1,3}}")
_ONE = re.compile(_SYLLABLE)
_EASTERN = (
    (re.compile(r"zh|chh|ch|jj|q|j"), "j"), (re.compile(r"sh|hs|ss|x|s"), "s"),
    (re.compile(r"ts|tz|c|z"), "z"), (re.compile(r"ng"), "N"), (re.compile(r"^kh|kk|k|g"), "k"),
    (re.compile(r"^th|tt|t|d"), "t"), (re.compile(r"^ph|pp|p|b"), "p"), (re.compile(r"l"), "r"),
    (re.compile(r"eo|eu|ou|oo|ow|u|uo"), "o"), (re.compile(r"oo+"), "o"),
    (re.compile(r"ae|ai|ei"), "e"), (re.compile(r"ee|ie"), "i"), (re.compile(r"oe|oi"), "e"),
    (re.compile(r"(?<=j)i(?=[aeo])"), ""), (re.compile(r"(?<=s)i(?=[aeo])"), ""),
    (re.compile(r"i(?=[aeo])"), "y"), (re.compile(r"(?<=[aeiou])h"), ""), (re.compile("wo"), "o"),
)  # fmt: skip
_FAMILY_NAMES = """
ri lee yi i rhee li rhie leigh; pak park bak bark; choe choi chwe; ryu yu yoo yoou ryoo lyu;
ryang yang; ro no roh noh; rim im lim yim; ryom yeom yum yom; u woo wu; o oh; ahn an; suh seo so;
jon jun jeon chon chun; jung jong chung chong jeong; pae bae pai bai; paek baek baik paik back;
kwak gwak; kwon gwon; sin shin; sim shim; ku koo gu goo; mun moon; yun yoon youn; cho jo joe;
ju joo chu choo; na ra; ho heo hur huh her; wang wong; chan chen tan; ng wu
"""
_FAMILY_KEYS = {
    name: group.split()[0] for group in _FAMILY_NAMES.split(";") for name in group.split()
}


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word of a name, in all its reductions. Remembered, so it is one object for each text."""

    text: str
    sound: str
    bones: str
    loose: str
    eastern: str | None
    """Its key as one to three East Asian syllables; `None` where it cannot be such."""
    family: str | None
    """The same for a family name, whose romanisations go further apart."""


@remembered(262144)
def word(text: str) -> Word:
    """Reduce a romanised word."""
    sound = _sound(text)
    family = _FAMILY_KEYS.get(text)
    eastern = _eastern(text) or (_eastern(family) if family else None)
    return Word(
        text=text,
        sound=sound,
        bones=sound[:1].translate(_VOWELS) + sound[1:].translate(_VOWELS),
        loose=_loose(text),
        eastern=eastern,
        family=family or eastern,
    )


@remembered(65536)
def is_syllable(text: str) -> bool:
    """Whether a romanised word of two letters or more can be one East Asian syllable."""
    return len(text) > 1 and _ONE.fullmatch(text) is not None


def _sound(text: str) -> str:
    if not text.isascii():
        return text
    sound = _DOUBLED.sub(r"\1", text)
    sound = _SOFT_C.sub("s", sound)
    for spelling, one in _SOUNDS:
        if spelling in sound:
            sound = sound.replace(spelling, one)
    sound = sound.replace("c", "k").replace("kh", "ch")
    return _DOUBLED.sub(r"\1", _AL_AT_END.sub("i", sound))


def _loose(text: str) -> str:
    for pair, one in _LOOSE_PAIRS:
        text = text.replace(pair, one)
    return _DOUBLED.sub(r"\1", text.translate(_LOOSE))


def _eastern(text: str) -> str | None:
    if not _SYLLABLES.fullmatch(text):
        return None
    for pattern, one in _EASTERN:
        text = pattern.sub(one, text)
    return text
