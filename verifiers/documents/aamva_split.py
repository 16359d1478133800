"""A subfile taken apart into its elements: three characters of identifier, and a value.

Annex D §12.5 ends every element with a line feed and the last with a carriage return. Text files
have CRLF, wedge scanners leave nothing between elements or a sign of their own, and some printers
end the subfile with a letter M where `^M` was meant. Where elements run together, those of a fixed
length (dates, sex, flags) say where the next one begins, and the limits of all others are a guess:
the family name ADDEN before DAC reads as A, a flag DDE and DAC.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.barcode import Anomaly, AnomalyKind, LicenceElement
from verifiers.documents.aamva_elements import ELEMENTS, LATEST, SUBFILES, Shape, mandatory
from verifiers.documents.aamva_header import Header, Subfile
from verifiers.documents.aamva_issuers import COUNTRIES

_CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\ufeff"
_ID = re.compile(r"[A-Z][A-Z][A-Z0-9]")
_OWN = re.compile(r"Z[A-Z][A-Z0-9]")
_MEANT = re.compile(r"D[A-D][A-Z]|PA[A-Z]")
"""Identifiers that the standard has or may still give out."""
_KNOWN = re.compile("|".join(ELEMENTS))
_FIXED: dict[Shape, str] = {
    Shape.DATE: r"\d{8}",
    Shape.SEX: r"[0129MFX]",
    Shape.TRUNCATION: r"[TNU]",
    Shape.COMPLIANCE: r"[FMN]",
}
_FIXED_VALUES = {
    **{e.id: re.compile(_FIXED[e.shape]) for e in ELEMENTS.values() if e.shape in _FIXED},
    "DCG": re.compile("USA|CAN|MEX"),
    "DAJ": re.compile("|".join(COUNTRIES)),
}
"""What the value of an element of fixed length looks like."""
_DATED = frozenset(e.id for e in ELEMENTS.values() if e.shape is Shape.DATE)
_FEWEST_PIECES, _LONG = 4, 60
"""A subfile this long in fewer pieces has lost what stands between its elements."""


@dataclass(frozen=True)
class _Piece:
    text: str
    start: int
    guessed: bool = False
    """Whether its limits are a guess, unless its length is fixed."""


def split(payload: str, header: Header) -> tuple[list[LicenceElement], list[Anomaly]]:
    """Every element of every subfile in its order, and what is odd about them."""
    elements: list[LicenceElement] = []
    anomalies: list[Anomaly] = []
    for subfile in header.subfiles:
        pieces = list(_pieces(payload, subfile, header.separator))
        main = subfile.type in (*SUBFILES, "")
        long = sum(len(piece.text) for piece in pieces) > _LONG
        if main and len(pieces) < _FEWEST_PIECES and long:
            told = "nothing, or spaces only, stands between the elements"
            anomalies.append(Anomaly(kind=AnomalyKind.SEPARATOR, told=told, start=subfile.start))
            pieces = [part for piece in pieces for part in _run_together(piece)]
        parts = [part for piece in pieces for part in _parted(piece, anomalies)]
        if main:
            version = LATEST if header.version is None else header.version
            asked = mandatory(version, subfile.type or "DL")
            parts = list(_unswallowed(parts, frozenset(asked), anomalies))
        for part in parts:
            _take(part, subfile, elements, anomalies)
    return elements, anomalies


def _pieces(payload: str, subfile: Subfile, sign: str) -> Iterator[_Piece]:
    """What stands between control characters, and the header's own sign; spaces dropped."""
    between = re.compile(f"[^{_CONTROL}{re.escape(sign)}]+")
    for match in between.finditer(payload, subfile.start, subfile.end):
        text = match.group()
        if text.strip():
            lead = len(text) - len(text.lstrip())
            yield _Piece(text.strip(), match.start() + lead)


def _parted(piece: _Piece, anomalies: list[Anomaly]) -> Iterator[_Piece]:
    """A value of fixed length that another element follows at once, and the letter for `^M`."""
    while (shape := _FIXED_VALUES.get(piece.text[:3])) and (said := shape.match(piece.text, 3)):
        rest = piece.text[said.end() :]
        if not rest.strip():
            break
        next_one = _KNOWN.match(rest.lstrip())
        if not next_one and not (shape.pattern == _FIXED[Shape.DATE] and rest == "M"):
            break
        yield _Piece(piece.text[: said.end()], piece.start)
        at = piece.start + said.end() + len(rest) - len(rest.lstrip())
        if not next_one:
            told = "a letter M stands where the subfile's terminator belongs"
            anomalies.append(Anomaly(kind=AnomalyKind.SEPARATOR, told=told, start=at))
            return
        told = f"nothing stands between {piece.text[:3]} and {next_one.group()}"
        anomalies.append(
            Anomaly(kind=AnomalyKind.SEPARATOR, told=told, start=at, element=next_one.group())
        )
        piece = _Piece(rest.lstrip(), at)
    yield piece


def _unswallowed(
    pieces: list[_Piece], asked: frozenset[str], anomalies: list[Anomaly]
) -> Iterator[_Piece]:
    """Pieces in which mandatory elements that begin nowhere may stand, since a separator is lost.

    Two of them, or a date, are no chance; a single one may be a part of a name.
    """
    begun = {piece.text[:3] for piece in pieces}
    # Many cards have no middle name, or all given names in one, and many names hold DAD.
    named = {"DAD"} | ({"DAC", "DCT"} if begun & {"DAC", "DCT", "DAA"} else set())
    # A text of which nothing begins as it should may be anything.
    missing = asked - begun - named if begun & asked else frozenset()
    for piece in pieces:
        inside = [id for id in missing if id in piece.text[3:]]
        dated = any(re.search(id + _FIXED[Shape.DATE], piece.text) for id in inside if id in _DATED)
        if piece.guessed or not inside or _is_fixed(piece.text):
            yield piece
        elif dated or len(inside) > 1:
            told = f"nothing stands between {piece.text[:3]} and the elements behind it"
            anomalies.append(Anomaly(kind=AnomalyKind.SEPARATOR, told=told, start=piece.start))
            yield from _run_together(piece)
        else:
            yield replace(piece, guessed=True)


def _is_fixed(text: str) -> bool:
    shape = _FIXED_VALUES.get(text[:3])
    return bool(shape and shape.fullmatch(text, 3))


def _take(
    piece: _Piece, subfile: Subfile, elements: list[LicenceElement], anomalies: list[Anomaly]
) -> None:
    """Add this piece as an element, or tell why it is none."""
    id = piece.text[:3]
    if not (_ID.fullmatch(id) and (_MEANT.fullmatch(id) or _OWN.fullmatch(id))):
        if piece.text not in (*SUBFILES, subfile.type):
            told = f"{len(piece.text)} characters belong to no element"
            anomalies.append(Anomaly(kind=AnomalyKind.STRAY, told=told, start=piece.start))
        return
    # Programs that list elements put a sign behind the identifier.
    raw = piece.text[3:].lstrip(" :=").rstrip()
    lead = len(piece.text[3:]) - len(piece.text[3:].lstrip(" :="))
    start = piece.start + 3 + (lead if raw else 0)
    element = LicenceElement(
        id=id,
        subfile=subfile.type,
        raw=raw,
        start=start,
        end=start + len(raw),
        guessed=piece.guessed and not _is_fixed(piece.text),
    )
    before = next((e for e in elements if e.id == id), None)
    if before is not None:
        if before.raw != raw:
            told = f"{id} occurs twice and says two things; the first is used"
            anomalies.append(Anomaly(kind=AnomalyKind.REPEATED, told=told, start=start, element=id))
        return
    elements.append(element)


def _run_together(piece: _Piece) -> list[_Piece]:
    """Elements without anything between them.

    A known identifier begins an element only once, and not inside a value of fixed length. Where it
    stands behind such a value it is surely one; elsewhere (the family name McDade holds DAD) only
    where it has no such place.
    """
    text = piece.text
    taken: list[tuple[int, int]] = []
    for id, shape in _FIXED_VALUES.items():
        for match in re.finditer(id, text):
            said = shape.match(text, match.end())
            if said and _ends(text, said.end(), sure=shape.pattern == _FIXED[Shape.DATE]):
                taken.append((match.start(), said.end()))
    sure = {start for start, _ in taken} | {_next(text, end) for _, end in taken} | {0}
    surely = {text[at : at + 3] for at in sure}
    starts: list[int] = []
    seen: set[str] = set()
    for match in re.finditer(f"(?={_KNOWN.pattern})", text):
        at, id = match.start(), text[match.start() : match.start() + 3]
        if id in seen or any(start < at < end for start, end in taken):
            continue
        if at in sure or (id not in surely and not (starts and at - starts[-1] < 4)):
            starts.append(at)
            seen.add(id)
    ends = [*starts[1:], len(text)]
    head = [_Piece(text[: starts[0]].strip(), piece.start)] if starts and starts[0] > 0 else []
    return (
        [*head]
        + [
            _Piece(text[start:end].strip(), piece.start + start, guessed=True)
            for start, end in zip(starts, ends, strict=True)
        ]
        if starts
        else [replace(piece, guessed=True)]
    )


def _ends(text: str, at: int, *, sure: bool) -> bool:
    """Whether a value may end here: an element follows, or nothing does."""
    following = text[_next(text, at) :]
    return sure or not following or bool(_KNOWN.match(following) or _OWN.match(following))


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at
