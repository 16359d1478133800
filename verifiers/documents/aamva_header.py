"""The header of an AAMVA payload: who issued it, in which version, and where its subfiles are.

Annex D §12.3 and §12.4. Version 1 (2000) has 19 characters, `@ LF RS CR ANSI` + space, issuer,
version, number of entries; since version 2 the jurisdiction's own version stands before the number
of entries, 21 in all. Then ten characters for each subfile: type, offset from the first character,
length. Wedge scanners and text files drop or replace the control characters, and printers count
offsets in ways of their own: each is told, and the subfile is looked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from models.barcode import Anomaly, AnomalyKind
from verifiers.documents.aamva_elements import ELEMENTS, SUBFILES

SEPARATORS = "\n\x1e\r"
"""Between elements, between records, at the end of a subfile: as they follow the indicator."""

_HEADER = re.compile(r"(?P<file>ANSI ?|AAMVA ?|AMVAA|AAVMA)(?P<issuer>\d{6})(?P<version>\d\d)")
_DESIGNATOR = re.compile(r"(?P<type>[A-Z]{2})(?P<offset>\d{4})(?P<length>\d{4})")
_TYPE = re.compile(rf"{'|'.join(SUBFILES)}|Z[A-Z]")
_BEFORE = 12
"""Characters before the file type within which the indicator is looked for; four are standard."""
_NEWEST = 11
_WITHOUT_OWN_VERSION = 1
"""The last version whose header lacks the jurisdiction's own version."""


@dataclass(frozen=True)
class Subfile:
    """One subfile: its type and the characters that it takes, its type left out."""

    type: str
    start: int
    end: int


@dataclass(frozen=True)
class Header:
    """What stands before the elements; a payload without one has only the subfile."""

    subfiles: tuple[Subfile, ...]
    anomalies: tuple[Anomaly, ...]
    issuer: str | None = None
    version: int | None = None
    jurisdiction_version: int | None = None
    separator: str = ""
    """What stands between elements, where that is no control character."""


@dataclass(frozen=True)
class _Designator:
    type: str
    offset: int
    length: int
    at: int


def read_header(payload: str) -> Header:
    """The header of this payload, and its subfiles wherever they are."""
    found = _HEADER.search(payload)
    if found is None:
        return _headless(payload)
    version = int(found["version"])
    origin, separator, anomalies = _beginning(payload, found)
    entries_at, layout = _entries_at(payload, found.end(), version)
    anomalies += layout
    if version > _NEWEST or version == 0:
        told = f"the header names version {version:02d} of the standard, which is none"
        anomalies.append(Anomaly(kind=AnomalyKind.HEADER, told=told, start=found.start("version")))
    designators, unread = _designators(payload, entries_at)
    anomalies += unread
    header_end = designators[-1].at + 10 if designators else entries_at + 2
    subfiles, misplaced = _subfiles(payload, designators, origin, min(header_end, len(payload)))
    own = payload[found.end() : found.end() + 2] if entries_at > found.end() else ""
    return Header(
        subfiles=subfiles,
        anomalies=(*anomalies, *misplaced),
        issuer=found["issuer"],
        version=version,
        jurisdiction_version=int(own) if own.isdecimal() else None,
        separator=separator,
    )


def _headless(payload: str) -> Header:
    """A payload that begins with its elements, as some scanners pass it on."""
    first = _first_main(payload, 0)
    told = Anomaly(kind=AnomalyKind.HEADER, told="there is no header", start=0)
    if first is None:
        return Header((Subfile("", 0, len(payload)),), (told,))
    return Header((Subfile(payload[first : first + 2], first + 2, len(payload)),), (told,))


def _beginning(payload: str, found: re.Match[str]) -> tuple[int, str, list[Anomaly]]:
    """Where offsets count from, a separator that is a sign, and what is odd before the issuer."""
    since = max(0, found.start() - _BEFORE)
    at = payload.rfind("@", since, found.start())
    anomalies = []
    if at < 0:
        told = "the compliance indicator @ is missing"
        anomalies.append(Anomaly(kind=AnomalyKind.HEADER, told=told, start=0))
    elif payload[at + 1 : found.start()] != SEPARATORS:
        told = "the three separators are not those of the standard"
        anomalies.append(Anomaly(kind=AnomalyKind.HEADER, told=told, start=at))
    if at > 0:
        told = f"{at} characters stand before the compliance indicator"
        anomalies.append(Anomaly(kind=AnomalyKind.STRAY, told=told, start=0))
    if found["file"] != "ANSI " and not (found["file"] == "AAMVA" and int(found["version"]) <= 1):
        told = f"the file type is {found['file']!r}"
        anomalies.append(Anomaly(kind=AnomalyKind.HEADER, told=told, start=found.start()))
    sign = payload[at + 1 : at + 2] if 0 <= at < found.start() - 1 else ""
    as_separator = sign if sign in "|~;\\#*" else ""
    # Without an indicator, offsets count from where it should be.
    return (at if at >= 0 else found.start() - 4), as_separator, anomalies


def _entries_at(payload: str, after: int, version: int) -> tuple[int, list[Anomaly]]:
    """Where the number of entries stands: by the version, or else where designators follow."""
    old, new = after, after + 2
    expected, other = (old, new) if version <= _WITHOUT_OWN_VERSION else (new, old)
    if _is_entries(payload, expected) or not _is_entries(payload, other):
        return expected, []
    told = "the header has the length of another version than it names"
    return other, [Anomaly(kind=AnomalyKind.HEADER, told=told, start=after)]


def _is_entries(payload: str, at: int) -> bool:
    return payload[at : at + 2].isdecimal() and _TYPE.match(payload, at + 2) is not None


def _designators(payload: str, entries_at: int) -> tuple[list[_Designator], list[Anomaly]]:
    told = payload[entries_at : entries_at + 2]
    found, at = [], entries_at + 2
    while (match := _DESIGNATOR.match(payload, at)) and _TYPE.fullmatch(match["type"]):
        found.append(_Designator(match["type"], int(match["offset"]), int(match["length"]), at))
        at = match.end()
    if not told.isdecimal():
        odd = "the number of subfiles is no number"
    elif int(told) != len(found):
        odd = f"the header counts {int(told)} subfiles and describes {len(found)}"
    else:
        return found, []
    return found, [
        Anomaly(kind=AnomalyKind.DESIGNATOR, told=odd, start=min(entries_at, len(payload)))
    ]


def _subfiles(
    payload: str, designators: list[_Designator], origin: int, header_end: int
) -> tuple[tuple[Subfile, ...], list[Anomaly]]:
    """Every subfile where it really is; where none is found, all that follows the header is one."""
    anomalies: list[Anomaly] = []
    starts: dict[int, _Designator] = {}
    for one in designators:
        at = _place(payload, one, origin, header_end)
        if at is None:
            told = f"the subfile {one.type} that the header describes is not there"
            anomalies.append(Anomaly(kind=AnomalyKind.SUBFILE, told=told, start=one.at))
            continue
        starts[at] = one
        if at - origin != one.offset:
            told = f"subfile {one.type} begins at {at - origin}, not at {one.offset} as described"
            anomalies.append(Anomaly(kind=AnomalyKind.OFFSET, told=told, start=one.at + 2))
    main = [at for at, one in starts.items() if one.type in SUBFILES]
    if not main:
        at = _first_main(payload, header_end)
        if at is None:
            # A subfile whose type was left out begins with its first element.
            described = next((one.type for one in designators if one.type in SUBFILES), "")
            starts[header_end - 2] = _Designator(described, 0, 0, -1)
        else:
            starts[at] = _Designator(payload[at : at + 2], 0, 0, -1)
    places = sorted(starts)
    subfiles = []
    for at, until in zip(places, [*places[1:], len(payload)], strict=True):
        one = starts[at]
        # Maryland's first cards say it twice.
        begins = at + (4 if one.type in SUBFILES and payload.startswith(one.type * 2, at) else 2)
        subfiles.append(Subfile(one.type, begins, max(until, begins)))
        anomalies += _wrong_length(payload, one, at, until)
    return tuple(subfiles), anomalies


def _place(payload: str, one: _Designator, origin: int, header_end: int) -> int | None:
    """Where this subfile begins: where its designator says, or where its elements are."""
    at = origin + one.offset
    if at >= header_end and _begins(one.type).match(payload, at):
        return at
    return _first_of(payload, one.type, header_end)


@cache
def _begins(type: str) -> re.Pattern[str]:
    """A subfile's type with its first element behind it; a jurisdiction's own may be empty."""
    if type in SUBFILES:
        return re.compile(rf"{type}(?:{type})?(?=[\s\x00-\x1f]*(?:{'|'.join(ELEMENTS)}))")
    return re.compile(rf"{type}(?={type}[A-Z0-9])|(?<=[\x00-\x1f|]){type}(?![A-Z0-9])")


def _first_of(payload: str, type: str, since: int) -> int | None:
    """The first place at which a subfile of this type may begin."""
    if type in SUBFILES:
        if _begins(type).match(payload, since):
            return since
        # Not after a letter: `DDEN` before a line feed is no subfile EN. One whose first element
        # follows at once is likelier than a city that ends in ID.
        at_once = re.compile(rf"(?<![A-Z]){type}(?:{type})?(?={'|'.join(ELEMENTS)})")
        later = re.compile(rf"(?<![A-Z]){_begins(type).pattern}")
        found = at_once.search(payload, since) or later.search(payload, since)
    else:
        # Failing that, its own type was left out before its first element, or is spelled wrongly.
        misspelt = re.compile(rf"(?<=[\x00-\x1f]){type}")
        found = _begins(type).search(payload, since) or misspelt.search(payload, since)
    return found.start() if found else None


def _first_main(payload: str, since: int) -> int | None:
    """The first place at which the subfile of the licence itself may begin."""
    places = (_first_of(payload, type, since) for type in SUBFILES)
    return min((at for at in places if at is not None), default=None)


def _wrong_length(payload: str, one: _Designator, at: int, until: int) -> Iterator[Anomaly]:
    """A declared end that is not that of the subfile, its terminator counted or not."""
    if one.at < 0:
        return
    last = at + 2 + len(payload[at + 2 : until].rstrip("\n\r\x1e\x1c\x1d\x1f\x00"))
    spaces = last - len(payload[at:last].rstrip(" ")) - at
    declared = at + one.length
    if last - spaces <= declared <= last + 2 or declared == until:
        return
    told = f"subfile {one.type} has {last + 1 - at} characters, not {one.length} as described"
    yield Anomaly(kind=AnomalyKind.LENGTH, told=told, start=one.at + 6)
