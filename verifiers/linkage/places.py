"""A postal address in a form that is equal for all usual ways of writing it.

Words of the street sorted, numbers in their order with the unit last, and the postal code; once
more with city and country in place of the code. A flat's number is kept: the flats of a house are
different homes. Unlike `verifiers.addresses`, which weighs two addresses against each other, this
must find one among a million by a digest, so slips of the finger are not forgiven.
"""

import re
import unicodedata
from collections.abc import Iterator

from models.contact_claims import PostalAddress
from verifiers.linkage.canonical import HIDDEN, Forms
from verifiers.transliteration import transliterate

_SHORT = {
    "allee": "al", "alley": "aly", "avenida": "av", "avda": "av", "avenue": "av", "ave": "av",
    "boulevard": "blvd", "bulevar": "blvd", "calle": "c", "close": "cl", "court": "ct",
    "crescent": "cres", "drive": "dr", "gasse": "g", "highway": "hwy", "lane": "ln",
    "parkway": "pkwy", "place": "pl", "platz": "pl", "road": "rd", "saint": "st", "sankt": "st",
    "square": "sq", "straat": "str", "strasse": "str", "street": "st", "terrace": "ter",
    "trail": "trl", "ulica": "ul", "ulitsa": "ul",
    "north": "n", "south": "s", "east": "e", "west": "w",
    "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
}  # fmt: skip
_ENDINGS = (("strasse", "str"), ("straat", "str"), ("gasse", "g"), ("platz", "pl"))
"""Of streets written as one word: "Hauptstrasse", "Hauptstr."."""
_UNIT = re.compile(
    r"(?:\b(?:apartment|apt|appartement|flat|unit|suite|ste|room|rm|top|door|wohnung|whg|floor|fl"
    r"|piso|etage)\b[ .:]*(?:(?:no|nr)\b[ .:]*)?|#\s*)([0-9]+[a-z]?|[a-z])\b"
)
_FLOOR = re.compile(r"\b([0-9]+)(?:st|nd|rd|th) (?:floor|fl)\b")
_NO_PART = {"no", "nr", "numero", "number"}
_CARE_OF = re.compile(r"\b(?:c/o|attn:?)\s[^,\n]*(?:[,\n]|$)", re.IGNORECASE)


def place(address: PostalAddress) -> Forms | None:
    """Its first canonical form, and the masked one."""
    return next(iter(places(address)), None)


def places(address: PostalAddress) -> tuple[Forms, ...]:
    """Its canonical forms, by the postal code and by the town, as far as they are told.

    Some leave the code out: they are found by the town. Empty where it names no single house or
    box.
    """
    street = _CARE_OF.sub(" ", address.address or "")
    if not re.search(r"\d", street):
        return ()
    plain = _plain(street, keep="#")
    units = [*_FLOOR.findall(plain), *_UNIT.findall(_FLOOR.sub(" ", plain))]
    rest = _UNIT.sub(" ", _FLOOR.sub(" ", plain)).replace("#", " ")
    # "12 b" is "12b", but "12 n" is on the north side.
    rest = re.sub(r"(?<=\d) (?=[a-df-mo-rt-vx-z]\b)", "", rest)
    words = [_short(word) for word in rest.split() if word not in _NO_PART]
    numbers = [word for word in words if word[0].isdigit() and not _is_ordinal(word)]
    if not any(re.search(r"\d", word) and not _is_ordinal(word) for word in words):
        return ()  # A numbered street, a floor or a flat: without its house it is many people's.
    names = sorted({word for word in words if word not in numbers})
    found = " ".join(names), " ".join([*numbers, *units])
    return tuple(("|".join((*found, where)), _masked(address)) for where in _where(address))


def street_of(canonical: str) -> str:
    """What both forms of one address have in common."""
    return canonical.rpartition("|")[0] or canonical


def _where(address: PostalAddress) -> Iterator[str]:
    code = _plain(address.postal_code or "").replace(" ", "")
    if code:
        # The four digits behind a ZIP are the carrier's, and seldom written.
        yield code[:5] if re.fullmatch(r"\d{9}", code) else code
    city = _plain(address.city or "")
    if city:
        yield f"{city}:{(address.country_code or '').lower()}"


def _short(word: str) -> str:
    if word in _SHORT:
        return _SHORT[word]
    for ending, short in _ENDINGS:
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word.removesuffix(ending) + short
    return word


def _is_ordinal(word: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:st|nd|rd|th)", word))


def _plain(text: str, keep: str = "") -> str:
    latin = transliterate(unicodedata.normalize("NFKC", text)).casefold()
    decomposed = unicodedata.normalize("NFKD", latin)
    without = (c for c in decomposed if not unicodedata.combining(c) and c not in "'’.")
    return " ".join("".join(c if c.isalnum() or c in keep else " " for c in without).split())


def _masked(address: PostalAddress) -> str:
    """The first line without its numbers, and how the town begins: "4•• Example Street, Ex•••"."""
    street = _CARE_OF.sub(" ", address.address or "").strip().splitlines()[0]
    shown = [0]

    def hide(number: re.Match[str]) -> str:
        shown[0] += 1
        text = number.group()
        return f"{text[0]}••" if shown[0] == 1 and len(text) > 1 else "••"

    town = (address.city or address.postal_code or "").strip()
    house = re.sub(r"\w*\d\w*", hide, street)
    return f"{house}, {town[: min(2, len(town) // 3)]}{HIDDEN}"
