"""Letters beyond A to Z in the machine readable zone, both ways: ICAO 9303-3 §6, tables A to C.

The zone holds A to Z only. For each printed letter stand here the spelling that 9303 recommends and
after it those that it also allows, that its notes ask for in single languages, or that issuers have
used beside it. What may have been written is then told by trying them all; which language a name
comes from is never asked.
"""

import unicodedata
from functools import cache

_LATIN = {
    "Ä": "AE A", "Å": "AA A", "Æ": "AE A", "Ð": "D", "Đ": "D DJ", "Ħ": "H", "Ĳ": "IJ", "ĸ": "Q K",
    "Ł": "L", "Ŋ": "N", "Ñ": "N NXX", "Ö": "OE O", "Ø": "OE O", "Œ": "OE", "ẞ": "SS", "Ŧ": "T",
    "Þ": "TH", "Ü": "UE UXX U", "Ə": "E A",
}  # fmt: skip
"""Table A, where it is not simply the letter without its mark."""

_CYRILLIC = {
    "А": "A", "Б": "B", "В": "V", "Г": "G H GH", "Д": "D", "Е": "E", "Ё": "E IO YO",
    "Ж": "ZH Z", "З": "Z", "И": "I Y", "Й": "I Y J", "К": "K", "Л": "L", "М": "M", "Н": "N",
    "О": "O", "П": "P", "Р": "R", "С": "S", "Т": "T", "У": "U", "Ф": "F", "Х": "KH H",
    "Ц": "TS C TC", "Ч": "CH C", "Ш": "SH S", "Щ": "SHCH SHT", "Ъ": "IE A -", "Ы": "Y",
    "Ь": "- Y", "Э": "E", "Ю": "IU YU", "Я": "IA YA", "Є": "IE YE", "І": "I", "Ї": "I YI",
    "Ґ": "G", "Ў": "U", "Ѫ": "U A", "Ѵ": "Y", "Ђ": "D DJ", "Ј": "J", "Љ": "LJ", "Њ": "NJ",
    "Ћ": "C", "Џ": "DZ DJ", "Ѓ": "G GJ", "Ќ": "K KJ", "Ѕ": "DZ",
}  # fmt: skip
"""Table B; `-` is nothing at all."""

_ARABIC = {
    "ء": "XE", "آ": "XAA", "أ": "XAE", "ؤ": "U", "إ": "I", "ئ": "XI", "ا": "A", "ب": "B",
    "ة": "XTA XAH", "ت": "T", "ث": "XTH", "ج": "J", "ح": "XH", "خ": "XKH", "د": "D", "ذ": "XDH",
    "ر": "R", "ز": "Z", "س": "S", "ش": "XSH", "ص": "XSS", "ض": "XDZ", "ط": "XTT", "ظ": "XZZ",
    "ع": "E", "غ": "G", "ف": "F", "ق": "Q", "ك": "K", "ل": "L", "م": "M", "ن": "N", "ه": "H",
    "و": "W", "ى": "XAY", "ي": "Y", "ٱ": "XXA", "ٹ": "XXT", "ټ": "XRT", "پ": "P", "ځ": "XKE",
    "څ": "XXH", "چ": "XC", "ڈ": "XXD", "ډ": "XDR", "ڑ": "XXR", "ړ": "XRR", "ږ": "XRX", "ژ": "XJ",
    "ښ": "XXS", "ک": "XKK", "ګ": "XXK", "ڭ": "XNG", "گ": "XGG", "ں": "XNN", "ڼ": "XXN",
    "ھ": "XDO", "ۀ": "XYH", "ہ": "XXG", "ۂ": "XGE", "ۃ": "XTG", "ی": "XYA Y XAY", "ۍ": "XXY",
    "ې": "Y", "ے": "XYB", "ۓ": "XBE",
}  # fmt: skip
"""Table C. Vowel signs and the tatweel are not written."""

_ARABIC_UNWRITTEN = "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0652\u0670"
_SHADDA = "\u0651"
"""It doubles the letter that it stands on."""
_TEH_MARBUTA = "ة"
"""XTA; XAH at the end of a part of a name."""

_DROPPED = "'’‘ʻʼ`´·."
"""9303-3 §4.6: an apostrophe leaves no trace, though some issuers put a filler."""
_PARTING = "-‐‑–,_<"

Spellings = tuple[str, ...]
"""How one printed character may stand in the zone, the recommended way first."""


def transliterate(name: str) -> str:
    """The name in A to Z and spaces, as 9303-3 §6 recommends for the zone.

    Letters of other scripts than Latin, Cyrillic and Arabic stay as they are.
    """
    return " ".join("".join(ways[0] for ways in _spelled(name)).split())


def could_be_written(zone: str, printed: str, *, cut_off: bool = False) -> bool:
    """Whether this printed name may stand in the zone so, by any spelling of its letters.

    `zone` has A to Z and fillers or spaces. `cut_off`: the zone may end before the name does.
    """
    wanted = " ".join(zone.upper().replace("<", " ").split())
    reached = {0}
    for ways in _spelled(printed):
        if cut_off and any(way.startswith(wanted[at:]) for at in reached for way in ways):
            return bool(wanted)
        reached = {at + len(way) for at in reached for way in ways if wanted.startswith(way, at)}
    return bool(wanted) and len(wanted) in reached


def in_arabic_letters(name: str) -> bool:
    """Whether any letter is of table C, whose spellings differ from those by sound."""
    return any(character in _ARABIC for character in name)


def parts_of(name: str) -> list[str]:
    """The printed words, divided where the zone has a filler."""
    for parting in _PARTING:
        name = name.replace(parting, " ")
    return name.split()


def _spelled(name: str) -> list[Spellings]:
    """For each character of the name the ways in which the zone may have it."""
    text = unicodedata.normalize("NFC", name.strip().upper())
    spelled: list[Spellings] = []
    for place, character in enumerate(text):
        if character == _SHADDA:
            spelled.append((*spelled[-1], "") if spelled else ("",))
        elif character == _TEH_MARBUTA and not _goes_on(text[place + 1 :]):
            spelled.append(("XAH", "XTA"))
        else:
            spelled.append(_ways(character))
    return spelled


def _goes_on(rest: str) -> bool:
    """Whether another letter follows within this part of a name."""
    return rest.lstrip(_ARABIC_UNWRITTEN + _SHADDA)[:1].isalpha()


@cache
def _ways(character: str) -> Spellings:
    for table in (_LATIN, _CYRILLIC, _ARABIC):
        if character in table:
            return tuple("" if way == "-" else way for way in table[character].split())
    if character in _DROPPED:
        return ("", " ")
    if character in _PARTING or character.isspace():
        return (" ", "")
    if character in _ARABIC_UNWRITTEN:
        return ("",)
    letters = unicodedata.normalize("NFKD", character)
    return ("".join(letter for letter in letters if not unicodedata.combining(letter)),)
