r"""The bytes of a barcode as text, and files that hold them instead of a picture.

Scanners and other software hand on what they read as text files: with or without a byte order mark,
with the line ends of their system, with control characters spelled out (`<LF>`, `\x1e`, `%0A`),
or in small letters where somebody left the caps lock on.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from verifiers.decoding import signatures
from verifiers.unusable import UnusableInput, open_evidence, shown_name

_LARGEST_BYTES = 100_000_000
"""Of any file of evidence; what is read as text is far less."""
_LARGEST_PAYLOAD = 64_000
_READABLE = 0.8
"""Of the characters of a payload, those that can be printed; pictures have a third."""

_NAMES = {"LF": 10, "NL": 10, "CR": 13, "FS": 28, "GS": 29, "RS": 30, "US": 31}
_LETTERS = {"n": 10, "r": 13, "t": 9}
_SPELLED = re.compile(
    rf"[<\[{{](?P<name>{'|'.join(_NAMES)})[>\]}}]"
    r"|<?(?:\\|0)x(?P<hex>[01][0-9a-f])>?|\\u00(?P<unicode>[01][0-9a-f])|\\0(?P<octal>[0-3][0-7])"
    r"|\\(?P<letter>[nrt])|&#(?P<decimal>\d{1,2});|&#x(?P<entity>[01]?[0-9a-f]);"
    r"|\^(?P<caret>[JM^])|(?P<picture>[\u2400-\u241f])",
    re.IGNORECASE,
)
"""A control character as programs and people write it out."""
_FILE_TYPE = re.compile(r"(?:ANSI|AAMVA) ?\d{8}")
_NUMBER = re.compile("DAQ")
_BEFORE_TYPE = 40
"""Characters in which three separators can be spelled out."""
_FEW = 3
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")


def decoded(data: bytes) -> str:
    """UTF-8 where it is that, else ISO 8859-1, which the standard asks for (Annex D §12.2)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def load_payload(path: Path) -> str | None:
    """The text in this file; `None` where it is none, but a picture or something else.

    Raises:
        UnusableInput: it is missing, empty, may not be read or is far too large.
    """
    with open_evidence(path, largest_bytes=_LARGEST_BYTES) as source:
        data = source.read(_LARGEST_PAYLOAD + 1) or b""
    if data.startswith(_BYTE_ORDER):
        # Windows writes so what is redirected into a file.
        return as_printed(data.decode("utf-16", errors="replace"))
    kind = signatures.recognise(data[: signatures.HEAD_BYTES])
    if kind not in (signatures.TEXT, signatures.UNKNOWN) or not _is_text(data):
        return None
    if len(data) > _LARGEST_PAYLOAD:
        problem = f"is a text of more than {_LARGEST_PAYLOAD // 1000} kB, which no barcode holds"
        raise UnusableInput(shown_name(path), problem, "Send the text of one barcode")
    return as_printed(decoded(data))


def as_printed(text: str) -> str:
    """The characters that the barcode has, where they were spelled out or changed their case."""
    if len(re.findall("%0A", text, re.IGNORECASE)) >= _FEW:
        # Forms write a space as a plus or as %20.
        text = unquote(text if "%20" in text else text.replace("+", " "), encoding="latin-1")
    if _is_spelled(text):
        text = _SPELLED.sub(_meant, text)
    other = text.swapcase()
    if _FILE_TYPE.search(other) and _NUMBER.search(other) and not _NUMBER.search(text):
        text = other
    return text


def _is_spelled(text: str) -> bool:
    """Whether this is done to the header's separators, or to many and no other line ends are there.

    An address may hold a backslash.
    """
    spelled = list(_SPELLED.finditer(text))
    typed = _FILE_TYPE.search(text.upper())
    before = text[max(0, typed.start() - _BEFORE_TYPE) : typed.start()] if typed else ""
    between = before[before.rfind("@") + 1 :] if "@" in before else ""
    if _SPELLED.search(between):
        return True
    return len(spelled) >= _FEW and not any(sign in text.strip() for sign in "\n\r")


def _meant(match: re.Match[str]) -> str:
    return chr(next(_codes(match)))


def _codes(match: re.Match[str]) -> Iterator[int]:
    """The code of the one control character that was found."""
    for kind, said in match.groupdict().items():
        if said is None:
            continue
        if kind in ("name", "letter", "caret"):
            yield {**_NAMES, **_LETTERS, "J": 10, "M": 13, "^": 30}[
                said.lower() if kind == "letter" else said.upper()
            ]
        elif kind == "picture":
            yield ord(said) - 0x2400
        else:
            yield int(said, {"octal": 8, "decimal": 10}.get(kind, 16))


def _is_text(data: bytes) -> bool:
    readable = sum(byte >= 0xA0 or 0x20 <= byte < 0x7F or byte in b"\t\n\r" for byte in data)
    return b"\0" not in data[:4] and readable >= _READABLE * len(data)
