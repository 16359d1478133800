"""What the names say that apps save a chip's files under."""

import re

_EF_NAME = re.compile(
    r"(?:ef[_.\- ]?)?(?:com|sod|dg[_\- ]?\d{1,2}|data[_ ]?group[_ ]?\d{1,2}|01[01][0-9a-f])$",
    re.IGNORECASE,
)
"""How names end that mean an elementary file: EF_SOD, ef0101 (its identifier), Datagroup1, dg2."""
_EVIDENCE_NAME = re.compile(r"(?:aa[_.\- ]?)?(?:challenge|response)$", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ENDING = re.compile(r"\.(?:bin|dat|hex|txt)$", re.IGNORECASE)
"""Of a name in a JSON, where other dots stand between its parts."""
_OCCURRENCE = re.compile(r" ?\((\d{1,3})\)$")
"""How a second file of one name is told from the first: `EF_SOD.bin (2)`, `EF_SOD (2).bin`."""


def last_words(name: str) -> set[str]:
    """The words of a file's name without its ending, or of the last key in a JSON."""
    file, colon, within = name.rpartition(": ")
    last = _ENDING.sub("", within).rpartition(".")[2] if colon else _stem(file or name)
    return {word.lower() for word in _WORD.findall(last)}


def names_elementary_file(name: str) -> bool:
    """Whether it is the name of an elementary file."""
    return bool(_EF_NAME.search(_stem(told_apart(name)[0])))


def told_apart(name: str) -> tuple[str, int]:
    """The name that several files have, and which of them this one is."""
    if found := _OCCURRENCE.search(name):
        return name[: found.start()], int(found[1])
    stem, dot, ending = name.rpartition(".")
    if dot and (found := _OCCURRENCE.search(stem)):
        return stem[: found.start()] + dot + ending, int(found[1])
    return name, 1


def prefix(name: str) -> str:
    """What a name begins with before it says which file it is; the same for all of one chip."""
    return _EVIDENCE_NAME.sub("", _EF_NAME.sub("", _stem(name)))


def _stem(name: str) -> str:
    """The name without what follows its last dot, where that is no part of EF.SOD."""
    stem, dot, end = name.rpartition(".")
    return name if not dot or _EF_NAME.fullmatch(end) else stem
