"""Names in Arabic script with their words as Latin has them: the article, and names of two words.

Latin leaves the article out or sets it apart, and writes "Nasr Allah" as one word. Done before the
letters are brought to a to z.
"""

import re

_LETTER = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3"
_WORD = re.compile(f"[{_LETTER}]+")
_SERVANT = re.compile(f"(?<![{_LETTER}])عبد[ -]?ال")
_GOD = re.compile(f"(?<![{_LETTER}])([{_LETTER}]+?)[ -]?(?:الله|اللّٰه|اللہ)(?![{_LETTER}])")
_FAITH = re.compile(f"([{_LETTER}]{{2,}})[ -]?الد[يی]ن(?![{_LETTER}])")
_ARTICLE = "ال"
_WITH_ARTICLE = 5
"""Letters of a word that may be the article and a name."""
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")


def is_arabic(text: str) -> bool:
    """Whether any of it is in Arabic script."""
    return _WORD.search(text) is not None


def parted(text: str) -> str:
    """The same name, each of its words as Latin parts them; God and faith in Latin already."""
    text = _MARKS.sub("", text)
    text = _GOD.sub(_of_god, text)
    text = _FAITH.sub(r"\1 din", text)
    text = _SERVANT.sub("عبد ", text)
    return _WORD.sub(lambda found: _without_article(found[0]), text)


def _of_god(found: re.Match[str]) -> str:
    """Servant of God is two words in Latin too, once taken apart; others are one."""
    return "عبد allah" if found[1] == "عبد" else f"{found[1]}allah"


def _without_article(text: str) -> str:
    return text[2:] if text.startswith(_ARTICLE) and len(text) >= _WITH_ARTICLE else text
