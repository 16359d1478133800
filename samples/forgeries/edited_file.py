"""Files that say how they came about: EXIF, XMP and C2PA as editors, phones and messengers write.

The pixels are those of an honest photograph, except where a thumbnail is to betray a change. Boxes
follow the published specifications: EXIF 2.32, Adobe XMP part 3, C2PA 2.1 §A.3 (JUMBF in APP11).
"""

import io
import struct
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PIL import Image

from samples.capture import Camera, capture, jpeg_decoded
from samples.captured_documents import drawn
from samples.forgeries.attack import Attack, Exhibit
from samples.portraits import RgbImage, document_photo, identity_one, identity_two

_MAKE, _MODEL, _SOFTWARE = 271, 272, 305


@dataclass(frozen=True)
class Traces:
    """What a file is given beside its pixels."""

    make: str | None = None
    model: str | None = None
    software: str | None = None
    xmp: str | None = None
    manifest: bytes | None = None
    """A C2PA manifest store."""
    thumbnail: RgbImage | None = None
    quality: int = 88


def saved(picture: RgbImage, traces: Traces) -> bytes:
    """A JPEG with these traces."""
    exif = Image.Exif()
    for tag, value in ((_MAKE, traces.make), (_MODEL, traces.model), (_SOFTWARE, traces.software)):
        if value is not None:
            exif[tag] = value
    blob = _with_thumbnail(exif, traces.thumbnail) if traces.thumbnail is not None else None
    sink = io.BytesIO()
    keep: dict[str, Any] = {"exif": blob or exif.tobytes()} if blob or len(exif) else {}
    if traces.xmp is not None:
        keep["xmp"] = traces.xmp.encode()
    Image.fromarray(picture).save(sink, "JPEG", quality=traces.quality, **keep)
    data = sink.getvalue()
    return data if traces.manifest is None else in_app11(data, traces.manifest)


def xmp_of(tool: str, steps: int = 0, source_type: str | None = None) -> str:
    """An XMP packet that names its tool, and a history of so many saves (XMP part 2 §6.2)."""
    entry = f'<rdf:li stEvt:action="saved" stEvt:softwareAgent="{tool}"/>'
    history = f"<xmpMM:History><rdf:Seq>{entry * steps}</rdf:Seq></xmpMM:History>" if steps else ""
    iptc = "http://cv.iptc.org/newscodes/digitalsourcetype/"
    kind = f' Iptc4xmpExt:DigitalSourceType="{iptc}{source_type}"' if source_type else ""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description '
        f'xmp:CreatorTool="{tool}"{kind}>{history}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )


def manifest_of(generator: str, actions: list[dict[str, str]]) -> bytes:
    """A C2PA manifest store of one manifest: a claim and its actions, without a signature."""
    asserted = _superbox("cbor", "c2pa.actions", _box(b"cbor", _cbor({"actions": list(actions)})))
    claim = _cbor({"claim_generator": generator, "assertions": [], "alg": "sha256"})
    manifest = _superbox(
        "c2ma",
        "urn:uuid:3fad1ead-8ed5-44d0-873b-ea5f58adea82",
        _superbox("c2as", "c2pa.assertions", asserted)
        + _superbox("c2cl", "c2pa.claim", _box(b"cbor", claim)),
    )
    return _superbox("c2pa", "c2pa", manifest)


def in_app11(data: bytes, store: bytes) -> bytes:
    """The JPEG with the store in APP11 segments behind its start (ISO/IEC 19566-5 §D.2)."""
    head, body = store[:8], store[8:]
    pieces = [body[at : at + 60_000] for at in range(0, len(body), 60_000)]
    segments = b"".join(
        b"\xff\xeb" + struct.pack(">H", 18 + len(piece)) + b"JP" + struct.pack(">HI", 1, place)
        + head + piece
        for place, piece in enumerate(pieces, start=1)
    )  # fmt: skip
    return data[:2] + segments + data[2:]


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def _superbox(kind: str, label: str, contents: bytes) -> bytes:
    # 19566-5 §A.3: the type as the first four bytes of an ISO UUID; 3 is "requestable, labelled".
    iso = kind.encode() + uuid.UUID("00000000-0011-0010-8000-00aa00389b71").bytes[4:]
    return _box(b"jumb", _box(b"jumd", iso + b"\x03" + label.encode() + b"\0") + contents)


def _cbor(value: Any) -> bytes:
    """RFC 8949 §3.1: maps, lists and text of less than 65,536 items or bytes."""
    if isinstance(value, dict):
        pairs = b"".join(_cbor(key) + _cbor(held) for key, held in value.items())
        return _cbor_head(5, len(value)) + pairs
    if isinstance(value, list):
        return _cbor_head(4, len(value)) + b"".join(_cbor(held) for held in value)
    text = str(value).encode()
    return _cbor_head(3, len(text)) + text


def _cbor_head(major: int, length: int) -> bytes:
    if length < 24:
        return bytes((major << 5 | length,))
    return bytes((major << 5 | 25,)) + struct.pack(">H", length)


def _with_thumbnail(exif: Image.Exif, thumbnail: RgbImage) -> bytes:
    """EXIF 2.32 §4.5.8: IFD1 with the offset and length of a JPEG behind it."""
    sink = io.BytesIO()
    Image.fromarray(thumbnail).save(sink, "JPEG", quality=70)
    small = sink.getvalue()
    # Written by hand: Pillow writes no IFD1. Little-endian TIFF; text of more than four bytes
    # stands behind its directory.
    entries = sorted((tag, str(value).encode().ljust(4) + b"\0") for tag, value in exif.items())
    first = 8
    texts = first + 2 + 12 * len(entries) + 4
    second = texts + sum(len(text) + len(text) % 2 for _, text in entries)
    jpeg_at = second + 2 + 12 * 3 + 4
    blob = b"II*\0" + struct.pack("<I", first) + struct.pack("<H", len(entries))
    held, at = b"", texts
    for tag, text in entries:
        padded = text + b"\0" * (len(text) % 2)
        blob += struct.pack("<HHII", tag, 2, len(text), at)
        held += padded
        at += len(padded)
    blob += struct.pack("<I", second) + held + struct.pack("<H", 3)
    for tag, kind, value in ((259, 3, 6), (513, 4, jpeg_at), (514, 4, len(small))):
        blob += struct.pack("<HHII", tag, kind, 1, value)
    return b"Exif\0\0" + blob + struct.pack("<I", 0) + small


def thumbnail_of(picture: RgbImage) -> RgbImage:
    """As cameras make it: 160 pixels wide."""
    image = Image.fromarray(picture)
    height = round(160 * image.height / image.width)
    return np.asarray(image.resize((160, height), Image.Resampling.BOX), np.uint8)


_PHONE = Traces(make="Apple", model="iPhone 13", software="17.5.1")
_AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

_EDITED: dict[str, Traces] = {
    "history of a developer": Traces(xmp=xmp_of("Adobe Lightroom 7.4", steps=3)),
    "EXIF of GIMP": Traces(software="GIMP 2.10.36"),
    "XMP of Canva": Traces(xmp=xmp_of("Canva (Renderer)")),
    "EXIF and XMP of Photoshop": Traces(
        make="Apple",
        model="iPhone 13",
        software="Adobe Photoshop 25.7 (Windows)",
        xmp=xmp_of("Adobe Photoshop 25.7 (Windows)", steps=4),
    ),
}
_GENERATED: dict[str, Traces] = {
    "IPTC source type": Traces(xmp=xmp_of("", source_type="trainedAlgorithmicMedia")),
    "C2PA manifest": Traces(
        manifest=manifest_of(
            "ImageService/1.0", [{"action": "c2pa.created", "digitalSourceType": _AI}]
        )
    ),
}
HONEST: dict[str, Traces] = {
    "a phone": _PHONE,
    "a messenger": Traces(quality=72),
    "a scanner": Traces(make="EPSON", model="DS-530", software="EPSON Scan 2"),
    "an unknown program": Traces(software="S918BXXU3BWK3"),
    "a phone that signs": Traces(
        make="Google",
        model="Pixel 10",
        manifest=manifest_of("Google Camera", [{"action": "c2pa.created"}]),
    ),
}
"""What honest files carry."""


def _saved(seed: int, traces: Traces) -> Exhibit:
    document = drawn(seed, with_portrait=True)
    shot = capture(document.side, document.camera)
    with_thumbnail = replace(traces, thumbnail=thumbnail_of(shot.pixels)) if traces.make else traces
    data = saved(shot.pixels, with_thumbnail)
    return Exhibit(document, replace(shot, data=data, pixels=jpeg_decoded(data)))


def _of(table: dict[str, Traces]) -> Callable[[int, str], Exhibit]:
    return lambda seed, strength: _saved(seed, table[strength])


def _stale_thumbnail(seed: int, strength: str) -> Exhibit:
    """The large picture is altered, the thumbnail left as the camera made it."""
    document = drawn(seed, with_portrait=True)
    camera: Camera = document.camera
    side = document.side
    box = side.boxes["portrait" if strength == "portrait" else "surname"]

    def altered(flat: RgbImage) -> RgbImage:
        left, top, width, height = (round(value) for value in box)
        made = flat.copy()
        patch = made[top : top + height, left : left + width]
        if strength == "portrait":
            worn = document.specimen.portrait.name
            other = identity_two() if worn == "identity one" else identity_one()
            patch[:] = document_photo(other, width, height)
        else:
            patch[:] = patch[:, ::-1]
        return made

    before = capture(side, camera)
    after = capture(side, camera, artwork=altered)
    data = saved(after.pixels, replace(_PHONE, thumbnail=thumbnail_of(before.pixels)))
    return Exhibit(document, replace(after, data=data, pixels=jpeg_decoded(data)), changed=(box,))


ATTACKS: tuple[Attack, ...] = (
    Attack("editor", "Saved by a program that names itself.", tuple(_EDITED), _of(_EDITED)),
    Attack("generator", "Declared as made by an AI.", tuple(_GENERATED), _of(_GENERATED)),
    Attack(
        "stale thumbnail",
        "Altered by an editor that leaves the EXIF with its small picture alone.",
        ("name", "portrait"),
        _stale_thumbnail,
    ),
)
