"""Letters of alphabets, and what each sounds like in a to z. For comparing only."""

_LATIN = """
æ ae œ oe ø o å a ß ss ł l đ d ð d þ th ı i ə a ŋ ng ħ h ŧ t ĸ k ɓ b ɗ d ƙ k
"""
_CYRILLIC = """
а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч
ch ш sh щ shch ъ - ы y ь - э e ю yu я ya ё e є ye і i ї i ґ g ў u ђ dj ј j љ lj њ nj ћ c џ dz ѓ
g ќ k ѕ dz ө o ү u ә a ғ g қ q ң ng ұ u һ h ҳ h ҷ j ӣ i ӯ u
"""
_GREEK = """
α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ
ps ω o
"""
_ARMENIAN = """
ա a բ b գ g դ d ե e զ z է e ը e թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ
sh ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev
"""
_GEORGIAN = """
ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh ყ
q შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h
"""
_ARABIC = """
ء - آ a أ a ؤ u إ i ئ i ا a ب b ة a ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t
ظ z ع a غ gh ف f ق q ك k ل l م m ن n ه h و w ى a ي y ٱ a پ p چ ch ژ zh ک k گ g ی y ہ h ے e ھ h ټ
t ډ d ړ r ښ sh ګ g ڭ ng
"""
_HEBREW = """
א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף f צ ts ץ ts ק
k ר r ש sh ת t
"""
_DEVANAGARI = """
अ a आ a इ i ई i उ u ऊ u ऋ ri ए e ऐ ai ओ o औ au क k ख kh ग g घ gh ङ n च ch छ chh ज j झ jh ञ n ट t
ठ th ड d ढ dh ण n त t थ th द d ध dh न n प p फ ph ब b भ bh म m य y र r ल l व v श sh ष sh स s ह h
"""


def _table(letters: str) -> dict[str, str]:
    """Letters and sounds by turns; `-` is no sound."""
    parts = letters.split()
    return {
        letter: sound.replace("-", "")
        for letter, sound in zip(parts[::2], parts[1::2], strict=True)
    }


LETTERS = {
    letter: sound
    for letters in (_LATIN, _CYRILLIC, _GREEK, _ARMENIAN, _GEORGIAN, _ARABIC, _HEBREW)
    for letter, sound in _table(letters).items()
}
DEVANAGARI = _table(_DEVANAGARI)
"""Vowels, and consonants without the vowel that they carry."""
DEVANAGARI_SIGNS = dict(
    zip(
        "\u093e\u093f\u0940\u0941\u0942\u0943\u0947\u0948\u094b\u094c\u0902\u0901\u0903",
        ("a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "n", "n", "h"),
        strict=True,
    )
)
VIRAMA = "\u094d"
GREEK_PAIRS = (
    ("ου", "ou"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng"), ("αυ", "av"), ("ευ", "ev"),
    ("ει", "i"), ("οι", "i"), ("αι", "e"),
)  # fmt: skip
"""Letters that are one sound together."""

_HANGUL_FIRST = "g kk n d tt r m b pp s ss - j jj ch k t p h"
_HANGUL_VOWEL = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
_HANGUL_LAST = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t"
HANGUL = tuple(
    tuple(sound.replace("-", "") for sound in part.split())
    for part in (_HANGUL_FIRST, _HANGUL_VOWEL, _HANGUL_LAST)
)
"""First consonants, vowels and last consonants of a syllable, in the order of Unicode."""
