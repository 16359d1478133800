"""A person's name taken apart into what is compared."""

import re
from dataclasses import dataclass
from itertools import product

from verifiers.screening.kontsevich import korean_readings
from verifiers.screening.remembered import remembered
from verifiers.screening.scripts import romanised, scripts_of
from verifiers.screening.sounds import Word, word

_PARTICLES = """
al el ul ur as ash ad an ar at az bin bn ibn ben bint bt da das de del della den der des di do dos
du la las le les los of te ter und van von zu wa ould oglu ogly kyzy qizi
"""
"""Words of names that many share; one of them more or less says nothing."""
_TITLES = """
mr mrs ms miss mister sir dr prof professor phd md esq jr sr junior senior ii iii iv gen general col
colonel maj major capt captain lt brig brigadier marshal admiral hon rev father sheikh shaykh shaikh
sheik haji hajji hajj alhaj mullah mulla maulavi mawlawi molvi maulvi mawlana maulana qari hafiz
ustad imam ayatollah emir amir sayyid sayed syed sayyed said sayid herr frau monsieur madame mme
mlle senor senora don dona lord lady president minister king prince princess his her highness
excellency
"""
_LEFT_OUT = frozenset((*_PARTICLES.split(), *_TITLES.split()))
_FILIATION = frozenset(["bin", "bn", "ibn", "ben", "bint"])
"""Before a father's name, which is nobody's given name."""
_SAME = {
    "md": "muhammad", "mohd": "muhammad", "muh": "muhammad", "muhd": "muhammad",
    "mehmet": "muhammad", "mohamed": "muhammad", "mohammed": "muhammad", "mohammad": "muhammad",
    "muhammed": "muhammad", "mohamad": "muhammad", "mohamud": "mahmud", "abou": "abu", "mme": "",
    "wm": "william", "chas": "charles", "geo": "george", "thos": "thomas", "jos": "joseph",
}  # fmt: skip
_SERVANT = re.compile(r"abd[aeou]?(?:l|([rsnzdt])(?=h?\1))?h?(?=\w{3})(\w+)")
"""Names that begin with "servant of": abdulrahman, abdurrahman."""
_FAITH = re.compile(r"(\w{3,}?)[aeiou]l?-?d{1,2}(?:in|een|ine|yn)")
"""Names that end with "of the faith": salahuddin, nooruddin."""
_BALTIC = re.compile(r"(\w+(?:ov|ev|ej|ij))s")
"""Latvian gives foreign names an ending."""
_GOD = "allah"
_LOOKALIKES = str.maketrans("0134579$@", "oieastgsa")
_APART = re.compile(r"[^\w.]+|_", re.UNICODE)
_MOST_WORDS = 12
_WITH_ARTICLE = 6
"""Letters of a word that may be an article and a name."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, made ready to be compared many times."""

    text: str
    words: tuple[Word, ...]
    """Without particles and titles."""
    fathers: frozenset[str]
    """Words behind a filiation such as "bin"."""
    scripts: frozenset[str]
    letters: int
    eastern: tuple[tuple[str, str, str], ...] | None
    """Ways of parting it into family name and given name, as keys, with the given name's letters
    (none where Russian letters leave the vowels open); `None` where it cannot be a name of East
    Asia."""
    also: tuple[Word, ...]
    """What its words may be as Korean in Russian letters."""


@remembered(65536)
def prepared_person(text: str) -> PersonName:
    """Take a person's name apart."""
    groups = [
        [part for part in _APART.split(piece.replace("-", " ").replace(".", " ")) if part]
        for piece in romanised(text).replace("‑", "-").replace("‐", "-").replace("–", "-").split()
    ]
    parts: list[str] = []
    hyphenated: list[bool] = []
    for group in groups:
        for part in group:
            for piece in _pieces(part):
                parts.append(piece)
                hyphenated.append(len(group) > 1)
    fathers = frozenset(
        parts[at + 1] for at in range(len(parts) - 1) if at and parts[at] in _FILIATION
    )
    kept = [
        (part, by_hyphen)
        for part, by_hyphen in zip(parts, hyphenated, strict=True)
        if part not in _LEFT_OUT
    ]
    if not kept or all(len(part) == 1 for part, _ in kept) or len(kept) < min(2, len(parts)):
        # "An Yu" and "Ben Ali" are names, though their words are particles elsewhere.
        kept = list(zip(parts, hyphenated, strict=True))
    words = tuple(word(part) for part, _ in kept[:_MOST_WORDS])
    readings = korean_readings(text)
    return PersonName(
        text=text,
        words=words,
        fathers=fathers,
        scripts=scripts_of(text),
        letters=sum(len(one.text) for one in words),
        eastern=_russian_ways(readings)
        if readings
        else _eastern([word(part) for part in parts], hyphenated),
        also=tuple(word(one) for some in readings or () for one in some),
    )


def without_article(text: str) -> str | None:
    """The rest of a word that may begin with the Arabic article; `None` where it does not."""
    return text[2:] if text[:2] in ("al", "el") and len(text) >= _WITH_ARTICLE else None


def _pieces(part: str) -> list[str]:
    """A word of a name as it is compared: figures that stand for letters, compounds parted."""
    if not part.isalpha() and any(letter.isalpha() for letter in part):
        part = part.translate(_LOOKALIKES)
    part = _SAME.get(part, part)
    if (found := _SERVANT.fullmatch(part)) and found[2]:
        return ["abd", _GOD if found[2] in ("lah", "llah", "ullah") else found[2]]
    if part in ("abd", "abdul", "abdel", "abdal", "abdol", "abdur", "abdus"):
        return ["abd"]
    if found := _FAITH.fullmatch(part):
        return [found[1], "din"]
    if found := _BALTIC.fullmatch(part):
        return [found[1]]
    return [part]


def _eastern(words: list[Word], hyphenated: list[bool]) -> tuple[tuple[str, str, str], ...] | None:
    if not 2 <= len(words) <= 4 or any(one.eastern is None for one in words):
        return None
    ways = []
    if not hyphenated[0]:
        ways.append((words[0], words[1:]))
    if not hyphenated[-1] and (hyphenated[0] or len(words) < 4):
        ways.append((words[-1], words[:-1]))
    return tuple(
        (
            family.family or "",
            "".join(one.eastern or "" for one in given),
            "".join(one.text for one in given),
        )
        for family, given in ways
    )


def _russian_ways(readings: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, str, str], ...]:
    """The same for a Korean name in Russian letters, the family name first or last."""
    of_words = [[word(one) for one in some] for some in readings]
    ways = []
    for family, given in ((of_words[0], of_words[1:]), (of_words[-1], of_words[:-1])):
        for one, *others in product(family, *given):
            key = "".join(other.eastern or "" for other in others)
            ways.append((one.family or "", key, ""))
    return tuple(dict.fromkeys(ways))
