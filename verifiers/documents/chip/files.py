"""Elementary files of a chip as apps export them: as files in a folder, or as base64 in one JSON.

Which file it is, its outermost tag says (9303-10 §4.1); its name is asked only where that is
broken, for the two things that have no tag (`challenge` and `response` of active authentication),
and to tell several chips apart.
"""

import base64
import binascii
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from models.chip import ChipFile
from verifiers.decoding.bounds import CHIP_FILE_BYTES
from verifiers.documents.chip.data_groups import GROUP_TAGS
from verifiers.documents.chip.file_names import (
    last_words,
    names_elementary_file,
    prefix,
    told_apart,
)
from verifiers.documents.chip.hashes import HASHES
from verifiers.documents.chip.security_object import TAG as SOD_TAG
from verifiers.documents.chip.tlv import (
    Malformed,
    elementary_file,
    first_tag,
    refuse_unbounded,
    value_of,
)
from verifiers.unusable import UnusableInput, open_evidence, shown_name

_MOST_FILES = 500
_MOST_LEFT = 5
"""Values of one JSON that are no elementary file, which are told one by one."""
_MOST_LEVELS = 12
"""Of a JSON."""
_LONGEST_KEY = 40
_SHORTEST = 8
"""Bytes of a value in a JSON: a challenge."""

_COM_TAG = 0x60
_APPLICATION = 0x4F
"""EF.DIR begins with the tag of DG1, and goes on with the identifier of an application."""
_NAMES = {_COM_TAG: "EF.COM", SOD_TAG: "EF.SOD"} | {
    tag: f"EF.DG{number}" for tag, number in GROUP_TAGS.items()
}
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_LDS_OBJECT = bytes.fromhex("0606678108010101")

_EVIDENCE = ("challenge", "response")
_CHALLENGE_SIZES = (8, 16)
"""Bytes of a challenge (9303-11 §6.1), and of its hexadecimal text; every file is longer."""
_LEFT = "no elementary file that is checked"


@dataclass(frozen=True)
class NamedFile:
    """One elementary file and the name that it came under."""

    name: str
    data: bytes


@dataclass(eq=False)
class ChipFiles:
    """What was supplied of one chip."""

    source: str
    """The folder or file that it came in, by its name."""
    groups: dict[int, NamedFile] = field(default_factory=dict)
    """By the number of the data group."""
    com: NamedFile | None = None
    sod: NamedFile | None = None
    challenge: bytes | None = None
    response: bytes | None = None
    broken: dict[str, str] = field(default_factory=dict)
    """Why an elementary file cannot be used, by its name of 9303 (`EF.DG1`)."""
    twice: dict[str, str] = field(default_factory=dict)
    """Why `challenge` or `response` cannot be used: there are two, which differ."""
    files: list[ChipFile] = field(default_factory=list)
    """Everything, used or left aside."""

    @property
    def empty(self) -> bool:
        """Whether there is no elementary file at all, not even a broken one."""
        return not (self.groups or self.com or self.sod or self.broken)


def read_chips(path: Path) -> tuple[ChipFiles, ...]:
    """The chips in a folder or in one JSON: one, unless there are several EF.SOD.

    Raises:
        UnusableInput: it cannot be read, or holds nothing of a chip.
    """
    if path.is_dir():
        return _chips(shown_name(path), dict(_of_folder(path)))
    return read_together(shown_name(path), [path])


def read_together(source: str, paths: Sequence[Path]) -> tuple[ChipFiles, ...]:
    """The chips in files that came together under the name `source`; as `read_chips`."""
    parts: dict[str, bytes] = {}
    told: Counter[str] = Counter()
    for path in paths:
        for name, data in _of_file(path):
            told[name] += 1
            parts[f"{name} ({told[name]})" if told[name] > 1 else name] = data
    if len(parts) > _MOST_FILES or sum(map(len, parts.values())) > CHIP_FILE_BYTES:
        problem = f"are {len(parts)} files of more bytes than a chip has"
        raise UnusableInput(source, problem, "Send the files of one chip")
    return _chips(source, parts)


def _chips(source: str, parts: Mapping[str, bytes]) -> tuple[ChipFiles, ...]:
    chips = [sort_files(source, group) for group in _by_chip(parts)]
    chips = [chip for chip in chips if not chip.empty]
    if not chips:
        problem = "holds no elementary file of a chip (EF.SOD, EF.DG1, …)"
        raise UnusableInput(source, problem, "Name the folder that the chip was saved in")
    return tuple(chips)


def sort_files(source: str, parts: Mapping[str, bytes]) -> ChipFiles:
    """The elementary files among these, which are of one chip; a JSON among them is opened."""
    chip = ChipFiles(source)
    for name, data in parts.items():
        opened = _opened(name, data)
        if opened is None:
            _sort(chip, name, data)
        else:
            _sort_values(chip, name, opened)
    return chip


def _sort_values(chip: ChipFiles, name: str, values: Mapping[str, bytes]) -> None:
    """What a JSON holds; of values that are nothing of a chip, most are told by their number."""
    before = len(chip.files)
    for inner, value in values.items():
        _sort(chip, inner, value)
    added = chip.files[before:]
    left = [file for file in added if file.what == _LEFT]
    beyond = left[_MOST_LEFT:]
    chip.files[before:] = [file for file in added if file not in beyond]
    if beyond:
        chip.files.append(ChipFile(name=name, what=f"{len(beyond)} further: {_LEFT}", used=False))
    if len(values) == _MOST_FILES:
        what = f"more than {_MOST_FILES} values: what follows was not looked at"
        chip.files.append(ChipFile(name=name, what=what, used=False))


def _sort(chip: ChipFiles, name: str, data: bytes) -> None:
    evidence = next((e for e in _EVIDENCE if e in last_words(name)), None)
    if evidence and (len(data) in _CHALLENGE_SIZES or not _is_whole_file(data)):
        _take_evidence(chip, evidence, name, data)
        return
    tag = SOD_TAG if _is_bare_sod(data) else first_tag(data)
    what = _NAMES.get(tag) if tag is not None else None
    if what is None or tag is None or _is_directory(tag, data):
        chip.files.append(ChipFile(name=name, what=_LEFT, used=False))
        return
    try:
        file = NamedFile(name, elementary_file(data))
    except Malformed as malformed:
        named = names_elementary_file(name)
        if named:
            chip.broken[what] = malformed.problem
        told = f"{what}, which {malformed.problem}" if named else "no elementary file"
        chip.files.append(ChipFile(name=name, what=told, used=False))
        return
    _take(chip, tag, what, file)


def _is_whole_file(data: bytes) -> bool:
    """Whether it is an elementary file by every tag and length within it, as no answer is."""
    if _is_bare_sod(data):
        return True
    if first_tag(data) not in _NAMES:
        return False
    try:
        refuse_unbounded(elementary_file(data))
    except Malformed:
        return False
    return True


def _take_evidence(chip: ChipFiles, evidence: str, name: str, data: bytes) -> None:
    before = chip.challenge if evidence == "challenge" else chip.response
    if before is not None and before != data:
        chip.twice[evidence] = f"The {evidence} is there twice, as two that differ."
    setattr(chip, evidence, data)
    chip.files.append(ChipFile(name=name, what=evidence, used=before is None))


def _take(chip: ChipFiles, tag: int, what: str, file: NamedFile) -> None:
    if tag == SOD_TAG:
        before, chip.sod = chip.sod, chip.sod or file
    elif tag == _COM_TAG:
        before, chip.com = chip.com, chip.com or file
    else:
        before = chip.groups.get(GROUP_TAGS[tag])
        chip.groups.setdefault(GROUP_TAGS[tag], file)
    other = before is not None and before.data != file.data
    if other and before:
        chip.broken[what] = f"is there twice, as {before.name} and {file.name}, which differ"
    told = what if before is None else f"{what} a second time"
    chip.files.append(ChipFile(name=file.name, what=told, used=before is None))


def _is_sod(data: bytes) -> bool:
    return first_tag(data) == SOD_TAG or _is_bare_sod(data)


def _is_bare_sod(data: bytes) -> bool:
    """Signed data of a travel document without the tag of EF.SOD, as some apps keep it."""
    return data[:1] == b"0" and _SIGNED_DATA in data[:24] and _LDS_OBJECT in data[:120]


def _is_directory(tag: int, data: bytes) -> bool:
    try:
        return GROUP_TAGS.get(tag) == 1 and value_of(data, tag, _APPLICATION) is not None
    except Malformed:
        return False


def _by_chip(parts: Mapping[str, bytes]) -> list[dict[str, bytes]]:
    """The files of each chip: of several in one folder, those whose names begin alike.

    Chips whose files have the same names are told apart by which of that name each file is. That
    tells nothing about a file that not every one of them has: such a one belongs to the chip whose
    EF.SOD has its hash, and else to nobody.
    """
    sods = {
        data
        for name, held in parts.items()
        for data in (_opened(name, held) or {name: held}).values()
        if _is_sod(data)
    }
    if len(sods) < 2:
        return [dict(parts)]
    grouped: dict[str, dict[int, dict[str, NamedFile]]] = {}
    for name, data in parts.items():
        which, occurrence = told_apart(name)
        key = name if _opened(name, data) is not None else prefix(which)
        grouped.setdefault(key, {}).setdefault(occurrence, {})[which] = NamedFile(name, data)
    return [chip for alike in grouped.values() for chip in _apart(list(alike.values()))]


def _apart(alike: Sequence[Mapping[str, NamedFile]]) -> list[dict[str, bytes]]:
    """Chips whose files have the same names, each with those that are surely its own."""
    sods = [b"".join(f.data for f in chip.values() if _is_sod(f.data)) for chip in alike]
    if not all(sods):
        return [{file.name: file.data for chip in alike for file in chip.values()}]
    shared = set.intersection(*(set(chip) for chip in alike))
    apart = [
        {chip[name].name: chip[name].data for name in chip if name in shared} for chip in alike
    ]
    for file in (f for chip in alike for name, f in chip.items() if name not in shared):
        for sod, chip in zip(sods, apart, strict=True):
            if any(hash.digest(file.data) in sod for hash in HASHES.values()):
                chip[file.name] = file.data
    return apart


def _of_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        files = sorted(within for within in path.iterdir() if within.is_file())
        total = sum(within.stat().st_size for within in files)
    except OSError as error:
        problem = f"cannot be listed ({os.strerror(error.errno or 0)})"
        raise UnusableInput(shown_name(path), problem, "Give read permission") from None
    if len(files) > _MOST_FILES or total > CHIP_FILE_BYTES:
        problem = f"holds {len(files)} files of {total / 1e6:,.1f} MB, more than a chip"
        raise UnusableInput(shown_name(path), problem, "Name the folder that the chip was saved in")
    for within in files:
        if within.stat().st_size:
            yield from _of_file(within)


def _of_file(path: Path) -> Iterator[tuple[str, bytes]]:
    with open_evidence(path, largest_bytes=CHIP_FILE_BYTES) as source:
        yield shown_name(path), source.read()


def _opened(name: str, data: bytes) -> dict[str, bytes] | None:
    """The values of a JSON that are base64 or hexadecimal; `None` where it is no JSON."""
    if data.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return dict(islice(_strings(name, whole, _MOST_LEVELS), _MOST_FILES))


def _strings(name: str, value: Any, levels: int) -> Iterator[tuple[str, bytes]]:
    if isinstance(value, str):
        decoded = _decoded(value)
        if len(decoded) >= _SHORTEST:
            yield name, decoded
    elif levels and isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in inner:
            within = f"{name}{'.' if ': ' in name else ': '}{_shown(str(key))}"
            yield from _strings(within, part, levels - 1)


def _shown(key: str) -> str:
    """A key of the sender's choosing, safe to print."""
    return "".join(c if c.isprintable() else "\ufffd" for c in key[:_LONGEST_KEY])


def _decoded(text: str) -> bytes:
    """The bytes of hexadecimal or base64 text; none where it is neither."""
    plain = "".join(text.split())
    try:
        if len(plain) >= 2 * _SHORTEST and re.fullmatch(r"(?:[0-9a-fA-F]{2})+", plain):
            return bytes.fromhex(plain)
        padded = plain.translate(str.maketrans("-_", "+/")) + "=" * (-len(plain) % 4)
        return base64.b64decode(padded, validate=True)
    except (binascii.Error, ValueError):
        return b""
