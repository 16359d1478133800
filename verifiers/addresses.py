"""Postal addresses compared: whether two writings can be one place.

Spelling, order, abbreviations, units, scripts and languages never make two places of one. Two
addresses differ only by what is not spelling: the numbers of the house, or the country, or postal
code and street together. Everything between is not known.
"""

import re
import unicodedata
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from models.contact_claims import PostalAddress
from verifiers.transliteration import transliterate


class Places(StrEnum):
    """What two addresses say of each other."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


_ONE_POST = (
    {"US", "AS", "GU", "MP", "PR", "UM", "VI"},
    {"FR", "BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"},
    {"GB", "GG", "IM", "JE"},
    {"NL", "AW", "BQ", "CW", "SX"},
    {"CN", "HK", "MO", "TW"},
    {"RU", "UA"},
    {"RS", "XK"},
    {"MA", "EH"},
    {"NO", "SJ"},
    {"FI", "AX"},
    {"DK", "FO", "GL"},
    {"AU", "CC", "CX", "NF"},
)
"""Where people write one address under either code, for reasons that are not theirs."""

_KINDS_OF_STREET = {
    "allee", "alley", "ave", "avda", "avenida", "avenue", "av", "blvd", "boulevard", "bulevar",
    "calle", "chemin", "cl", "close", "court", "crescent", "ct", "dr", "drive", "gasse", "highway",
    "hwy", "lane", "laan", "ln", "parkway", "pkwy", "pl", "place", "platz", "plaza", "plein",
    "prospekt", "quai", "rd", "road", "route", "rua", "rue", "sq", "square", "st", "str", "straat",
    "strada", "strasse", "street", "terrace", "ter", "ul", "ulica", "ulitsa", "utca", "via",
    "viale", "way", "weg",
}  # fmt: skip
"""What a street is, in short and in full; many streets of a town share it."""

_UNITS = {
    "apartment", "app", "appartement", "apt", "attn", "building", "bldg", "c", "co", "door",
    "etage", "etg", "fl", "flat", "floor", "house", "interior", "no", "nr", "number", "numero",
    "piso", "ppt", "rm", "room", "ste", "stock", "suite", "top", "unit", "whg",
}  # fmt: skip
"""Words that announce a part of a house, or a number."""

_SAID_IN_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip
_DIRECTIONS = {
    "e", "east", "n", "ne", "north", "northeast", "northwest", "nw", "s", "se", "south",
    "southeast", "southwest", "sw", "w", "west", "de", "del", "der", "des", "du", "la", "le", "the",
    "of",
}  # fmt: skip
_SIMILAR = 75
"""rapidfuzz ratio, of 100, from which two words of streets are taken for one."""


def compare_addresses(one: PostalAddress, other: PostalAddress) -> Places:
    """Whether two addresses are one place, by their normalised parts."""
    if _other_country(one, other):
        return Places.DIFFERENT
    if not one.address or not other.address:
        return Places.UNKNOWN
    codes = _codes_agree(one.postal_code, other.postal_code)
    houses = _houses_agree(one, other)
    streets = _streets_agree(one, other)
    if houses is False or (codes is False and streets is False):
        return Places.DIFFERENT
    if streets and (houses or codes):
        return Places.SAME
    # One street may have two names, in two languages or scripts.
    return Places.SAME if houses and codes and streets is None else Places.UNKNOWN


def is_mail_drop(address: PostalAddress) -> bool:
    """Whether the words of an address say that it is a box, a mail agency or a forwarder.

    A box beside a street and a house is how whole countries write their homes, and is none.
    """
    text = _plain(" ".join(part for part in (address.address, address.city) if part))
    if _AGENCY.search(text):
        return True
    without, boxes = _BOX.subn(" ", text)
    return bool(boxes) and not re.search(r"\d", without)


_BOX = re.compile(
    r"\b(?:p ?o ?box|post office box|gpo box|postbox|postfach(?: \d\d?(?: \d\d)*)?"
    r"|boite postale|b ?p(?= ?\d)|apartado(?: de correos| postal)?(?= ?\d)|casella postale"
    r"|caixa postal|postbus|postboks|skrytka pocztowa|postanski pretinac"
    r"|abonentskii iashchik|a ia(?= ?\d)|locked bag|poste restante"
    r"|general delivery)\b(?: ?(?:no|nr|n))? ?\d*"
)
"""A box or a counter of the post, in the words of some of its languages, and its number."""
_AGENCY = re.compile(
    r"\b(?:pmb ?\d+|private mail ?box|ups store|mail ?boxes etc|packstation ?\d*|parcel locker"
    r"|paczkomat|virtual mail ?box|freight forward(?:er|ers|ing)"
    r"|(?:mail|parcel|package) (?:forwarding|drop)"
    r"|re ?(?:shipping|mailing) (?:agent|agency|service)"
    r"|commercial mail receiving|cmra|mail ?box rentals?|anytime mailbox|earth class mail|ipostal1"
    r"|post ?scan mail|travell?ing mailbox|pak mail|postal ?annex|shipito|stackry"
    r"|(?:ups|dhl|fedex) (?:access point|service ?point|parcel ?shop|ship cent(?:er|re))"
    r"|amazon (?:hub )?locker|hold for pick ?up)\b"
)
"""Agencies that take mail in, forwarders, and shops and lockers of carriers, in general words and
by the names of some that many use."""


def _plain(text: str) -> str:
    """Letters without marks, small, one space between words; letters of other scripts stay."""
    latin = transliterate(unicodedata.normalize("NFKC", text)).casefold()
    decomposed = unicodedata.normalize("NFKD", latin)
    kept = (c for c in decomposed if not unicodedata.combining(c))
    parted = "".join(c if c.isalnum() else " " for c in kept if c not in "'’.")
    return " ".join(parted.split())


def _other_country(one: PostalAddress, other: PostalAddress) -> bool:
    first, second = one.country_code, other.country_code
    if not first or not second or first == second:
        return False
    return not any({first, second} <= countries for countries in _ONE_POST)


def _codes_agree(one: str | None, other: str | None) -> bool | None:
    first, second = (_plain(code or "").replace(" ", "").upper() for code in (one, other))
    if not first or not second:
        return None
    if first.startswith(second) or second.startswith(first):
        return True
    # One slip of a finger is spelling.
    return None if OSA.distance(first, second) <= 1 else False


def _houses_agree(one: PostalAddress, other: PostalAddress) -> bool | None:
    """Whether any number of one, house or unit, is a number of the other."""
    codes = _numbers(f"{one.postal_code or ''} {other.postal_code or ''}")
    first, second = (_numbers(address.address or "") - codes for address in (one, other))
    return bool(first & second) if first and second else None


def _numbers(text: str) -> set[str]:
    words = [_SAID_IN_WORDS.get(word, word) for word in _plain(text).split()]
    return {
        str(int(digits))
        for word in words
        for digits in re.findall(r"\d+", word)
        if digits.isdecimal()
    }


def _streets_agree(one: PostalAddress, other: PostalAddress) -> bool | None:
    """Whether a telling word of one's street stands anywhere in the other; `None` if unreadable."""
    first, second = _telling(one.address), _telling(other.address)
    if not first or not second:
        return None
    if not all(word.isascii() for word in first | second):
        return True if first & second else None
    around_one, around_other = _telling(one.on_one_line), _telling(other.on_one_line)
    return _meet(first, around_other) or _meet(second, around_one)


def _meet(words: set[str], others: set[str]) -> bool:
    return any(_alike(word, other) for word in words for other in others)


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    begins = len(shorter) >= 3 and longer.startswith(shorter)
    return begins or fuzz.ratio(one, other) >= _SIMILAR


def _telling(text: str | None) -> set[str]:
    """Words that tell one street of a town from another."""
    words = [word for word in _plain(text or "").split() if not re.search(r"\d", word)]
    said = {word for word in words if word not in _UNITS and word not in _SAID_IN_WORDS}
    telling = said - _KINDS_OF_STREET - _DIRECTIONS
    return {word for word in telling if len(word) > 1 or not word.isascii()} or said
