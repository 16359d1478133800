"""C2PA manifests (Technical Specification 2.1): what they say, their signatures left unchecked.

A manifest store is a tree of JUMBF boxes (ISO/IEC 19566-5) whose claims and assertions are CBOR or
JSON. Where it lies in a file is said by §A.3 of the specification, format by format.
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from verifiers.decoding import cbor, signatures
from verifiers.decoding.signatures import Kind

_LARGEST_BYTES = 8_000_000
_MOST_READ_BYTES = 500_000
"""Of claims and assertions: a real one has some thousand; Python reads a megabyte a second."""
_MOST_BOXES = 5_000
_DEEPEST = 12
_MOST_SAID = 40

_C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def store_in(kind: Kind, data: bytes, app11: list[bytes]) -> bytes | None:
    """The manifest store of a picture's file; `None` where it has none.

    `app11` are the payloads of a JPEG's APP11 segments, in order.
    """
    if kind is signatures.JPEG:
        return _of_jpeg(app11)
    if kind is signatures.PNG:
        return next((body for name, body in _chunks_of_png(data) if name == b"caBX"), None)
    if kind is signatures.WEBP:
        return next((body for name, body in _chunks_of_riff(data) if name == b"C2PA"), None)
    if kind in (signatures.HEIC, signatures.AVIF):
        uuids = (body for name, body in _boxes(data) if name == b"uuid")
        stores = (body[16:] for body in uuids if body[:16] == _C2PA_UUID)
        # A full box's version and flags, the purpose and its zero, an offset of eight bytes.
        return next((body[4:].partition(b"\0")[2][8:] for body in stores), None)
    return None


_ACTION = re.compile(r"[a-z0-9]+(\.[a-z0-9_]+)+")
"""C2PA §18.15.2: `c2pa.` or a domain's name before it. Anything else may be anybody's words."""
_SOURCE_TYPES = frozenset(
    (
        *("digitalCapture", "computationalCapture", "multiFrameComputationalCapture"),
        *("negativeFilm", "positiveFilm", "print", "humanEdits", "minorHumanEdits"),
        *("compositeCapture", "algorithmicallyEnhanced", "dataDrivenMedia", "digitalArt"),
        *("digitalCreation", "virtualRecording", "composite", "compositeSynthetic"),
        *("screenCapture", "softwareImage", "algorithmicMedia", "trainedAlgorithmicMedia"),
        *("compositeWithTrainedAlgorithmicMedia", "empty", "trainedAlgorithmicData"),
    )
)
"""IPTC's vocabulary of digital source types, and C2PA's two."""


def read(store: bytes) -> dict[str, list[str]]:
    """What claims and actions of all its manifests say, the ingredients' too.

    Raises:
        ValueError: the boxes, or a claim or assertion in them, cannot be read.
    """
    if len(store) > _LARGEST_BYTES:
        raise ValueError("a manifest store too large to read")
    said: dict[str, list[str]] = {"claim_generators": [], "actions": [], "source_types": []}
    for label, content in _contents(store):
        if label.startswith("c2pa.claim"):
            said["claim_generators"] += _generators(content)
        if label.startswith("c2pa.actions"):
            actions = (a for a in _all(content, "action") if isinstance(a, str))
            said["actions"] += [action for action in actions if _ACTION.fullmatch(action)]
            agents = _all(content, "softwareAgent")
            said["claim_generators"] += [a for agent in agents for a in _named(agent)]
        types = (t for t in _all(content, "digitalSourceType") if isinstance(t, str))
        last = (t.rstrip("/").rpartition("/")[2] for t in types)
        said["source_types"] += [name for name in last if name in _SOURCE_TYPES]
    return {name: list(dict.fromkeys(values))[:_MOST_SAID] for name, values in said.items()}


def _of_jpeg(app11: list[bytes]) -> bytes | None:
    """Each segment repeats the box's header: "JP", its number, its place, LBox and TBox."""
    parts: dict[bytes, list[bytes]] = {}
    length = 0
    for payload in app11:
        if payload[:2] != b"JP" or len(payload) < 16:
            continue
        parts.setdefault(payload[2:4], [payload[8:16]]).append(payload[16:])
        length += len(payload)
        if length > 2 * _LARGEST_BYTES:
            break
    boxes = (b"".join(pieces) for pieces in parts.values() if pieces[0][4:8] == b"jumb")
    return next(boxes, None)


def _chunks_of_png(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    for _ in range(_MOST_BOXES):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if len(name) < 4 or name == b"IEND":
            return
        if name != b"IDAT":
            yield name, data[at + 8 : at + 8 + length]
        at += 12 + length


def _chunks_of_riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    for _ in range(_MOST_BOXES):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if len(name) < 4:
            return
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Boxes on one level (ISO/IEC 14496-12 §4.2; JUMBF's are the same)."""
    at = 0
    for _ in range(_MOST_BOXES):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        start = at + 8
        if length == 1:
            length, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif length == 0:
            length = len(data) - at
        if len(name) < 4 or at + length < start:
            return
        yield name, data[start : at + length]
        at += length


def _contents(store: bytes) -> Iterator[tuple[str, Any]]:
    """Label and value of every box of CBOR or JSON, wherever it stands in the tree."""
    waiting: deque[tuple[int, bytes]] = deque([(0, store)])
    seen = read_bytes = 0
    while waiting:
        depth, level = waiting.popleft()
        label = ""
        for name, body in _boxes(level):
            seen += 1
            if seen > _MOST_BOXES or depth > _DEEPEST:
                raise ValueError("boxes without end")
            if name == b"jumb":
                waiting.append((depth + 1, body))
            elif name == b"jumd":
                # 19566-5 §A.3: a UUID, toggles (bit 1: a label follows), the label and its zero.
                label = body[17:].partition(b"\0")[0].decode("utf-8", "replace")
            elif label.startswith(("c2pa.", "stds.")) and name in (b"cbor", b"json"):
                read_bytes += len(body)
                if read_bytes > _MOST_READ_BYTES:
                    raise ValueError("claims and assertions without end")
                yield label, cbor.decode(body) if name == b"cbor" else _json(body)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("JSON nested too deep") from None


def _generators(claim: Any) -> list[str]:
    if not isinstance(claim, dict):
        return []
    generator = claim.get("claim_generator")
    return [*_named(generator), *_named(claim.get("claim_generator_info"))]


def _named(value: Any) -> list[str]:
    """Names of programs: a string, a map with a name, or a list of such maps."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [value["name"]] if isinstance(value.get("name"), str) else []
    if isinstance(value, list):
        return [name for entry in value if isinstance(entry, dict) for name in _named(entry)]
    return []


def _all(value: Any, key: str) -> Iterator[Any]:
    """Every value under this key, at any depth."""
    waiting = deque([value])
    while waiting:
        here = waiting.popleft()
        if isinstance(here, dict):
            if key in here:
                yield here[key]
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here
