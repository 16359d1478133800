"""What a file says about itself, read beside its decoding (`models.file_traits` says what is kept).

Everything here was written by a stranger. Each part is read by itself; one that breaks is named in
`broken` and leaves the rest, and the picture, as they are. The reply is plain JSON, of which the
parent makes a `FileTraits`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from PIL import Image

from verifiers.decoding import credentials, pictures, signatures
from verifiers.decoding.programs import UNKNOWN, camera, recognised
from verifiers.decoding.signatures import Kind
from verifiers.decoding.traits_jpeg import Segments, compression, segments_of
from verifiers.decoding.traits_thumbnail import embedded
from verifiers.unusable import Refusal

Traits = dict[str, Any]

_CONTAINERS = {
    signatures.JPEG: "jpeg",
    signatures.PNG: "png",
    signatures.WEBP: "webp",
    signatures.TIFF: "tiff",
    signatures.HEIC: "heic",
    signatures.AVIF: "avif",
    signatures.GIF: "gif",
    signatures.BMP: "bmp",
    signatures.PDF: "pdf",
}
_LONGEST_LINE = 60
_MOST_PROGRAMS = 20
_LARGEST_XMP = 2_000_000
_NO_SEGMENTS = Segments((), 0, False)

_MAKE, _MODEL, _SOFTWARE, _PROCESSING, _EXIF_IFD = 271, 272, 305, 11, 0x8769
_USER_COMMENT = 37510
"""EXIF 2.32 §4.6.5. Read for the one word that Apple's systems put there, "Screenshot"."""

_XMP_PROGRAMS = (
    (re.compile(rb"xmp:CreatorTool(?:=[\"']|>)([^\"'<]{1,200})"), "XMP CreatorTool"),
    (re.compile(rb"stEvt:softwareAgent(?:=[\"']|>)([^\"'<]{1,200})"), "XMP history"),
    (re.compile(rb"photoshop:Credit(?:=[\"']|>)(Made with Google AI)"), "IPTC credit"),
)
_XMP_STEP = re.compile(rb"stEvt:action(?:=[\"']|>)")
_XMP_SOURCE_TYPE = re.compile(
    rb"DigitalSourceType(?:=[\"']|>|\s+rdf:resource=[\"'])[^\"'<]{0,200}/(\w{1,60})"
)
_AI_SOURCE_TYPES = (b"trainedAlgorithmicMedia", b"compositeWithTrainedAlgorithmicMedia")
_PNG_TEXTS = {"Software": "PNG Software", "software": "PNG Software"}
_GENERATOR_TEXTS = {"parameters": "Stable Diffusion", "prompt": "ComfyUI", "workflow": "ComfyUI"}
"""Keys under which image generators write their settings into a PNG."""


def read(kind: Kind, source: BinaryIO) -> tuple[Traits, Image.Image | None]:
    """The traits as JSON, and the thumbnail inside the file, upright, for `traits_thumbnail`."""
    traits: Traits = {"container": _CONTAINERS[kind], "programs": [], "broken": []}
    thumbnail: Image.Image | None = None
    source.seek(0)
    data = source.read()
    if kind is signatures.PDF:
        _guarded(traits, "PDF", lambda: _read_pdf(traits, data))
        return _cut(traits), None
    segments = _NO_SEGMENTS
    if kind is signatures.JPEG:
        segments = segments_of(data)
    _guarded(traits, "C2PA", lambda: _read_credentials(traits, kind, data, segments))
    try:
        image = pictures.open_header(kind, source)
    except Refusal:
        return _cut(traits), None  # Decoding says so.
    if kind is signatures.JPEG:
        _guarded(traits, "compression", lambda: _read_compression(traits, image, segments))
    _guarded(traits, "comments", lambda: _read_texts(traits, image))
    _guarded(traits, "XMP", lambda: _read_xmp(traits, image.info.get("xmp")))
    exif: list[Image.Exif] = []
    _guarded(traits, "EXIF", lambda: exif.append(image.getexif()))
    if exif:
        _guarded(traits, "EXIF", lambda: _read_exif(traits, exif[0]))
        found: list[Image.Image | None] = []
        blob = image.info.get("exif")
        _guarded(traits, "thumbnail", lambda: found.append(embedded(exif[0], blob)))
        thumbnail = found[0] if found else None
    return _cut(traits), thumbnail


def _guarded(traits: Traits, part: str, read_part: Callable[[], None]) -> None:
    """Read one part, or name it as broken."""
    try:
        read_part()
    except Exception:  # Whatever a parser trips over here, the picture is none the worse.
        if part not in traits["broken"]:
            traits["broken"].append(part)


def _read_credentials(traits: Traits, kind: Kind, data: bytes, segments: Segments) -> None:
    store = credentials.store_in(kind, data, [body for m, body in segments.found if m == 0xEB])
    if store is None:
        return
    traits["credentials"] = {}
    read_out = credentials.read(store)
    generators = [recognised(line)[0] for line in _lines(read_out["claim_generators"])]
    traits["credentials"] = read_out | {"claim_generators": list(dict.fromkeys(generators))}
    for name in read_out["claim_generators"]:
        _add_program(traits, name, "C2PA")


def _read_compression(traits: Traits, image: Image.Image, segments: Segments) -> None:
    traits["jpeg"] = compression(image, segments)
    if any(marker == 0xEC and body.startswith(b"Ducky") for marker, body in segments.found):
        _add_program(traits, "Adobe Photoshop", "JPEG (Save for Web)")


def _read_texts(traits: Traits, image: Image.Image) -> None:
    """Comments by their program only: JPEG's and GIF's comment, PNG's texts."""
    for key, where in _PNG_TEXTS.items():
        _add_program(traits, image.info.get(key), where)
    for key, name in _GENERATOR_TEXTS.items():
        if image.format == "PNG" and isinstance(image.info.get(key), str):
            _add_program(traits, name, f"PNG {key}")
            traits["ai_declared"] = True
    comment = _text(image.info.get("comment", ""))
    if recognised(comment)[1] != UNKNOWN:  # Other comments are the sender's own words.
        _add_program(traits, comment, "comment")


def _read_xmp(traits: Traits, xmp: object) -> None:
    """By its words rather than by an XML parser: entities of strangers are not to be expanded."""
    packet = xmp.encode() if isinstance(xmp, str) else xmp
    if not isinstance(packet, bytes):
        return
    packet = packet[:_LARGEST_XMP]
    for pattern, where in _XMP_PROGRAMS:
        for said in list(_first(pattern.finditer(packet), 50)):
            _add_program(traits, said.group(1), where)
    traits["edit_steps"] = sum(1 for _ in _first(_XMP_STEP.finditer(packet), 10_000))
    types = (found.group(1) for found in _first(_XMP_SOURCE_TYPE.finditer(packet), 50))
    if any(name in _AI_SOURCE_TYPES for name in types):
        traits["ai_declared"] = True


def _read_exif(traits: Traits, exif: Image.Exif) -> None:
    taken_with = camera(_line(exif.get(_MAKE)), _line(exif.get(_MODEL)))
    if taken_with is not None:
        traits["camera"] = taken_with
    _add_program(traits, exif.get(_SOFTWARE), "EXIF Software")
    _add_program(traits, exif.get(_PROCESSING), "EXIF ProcessingSoftware")
    if "screenshot" in _text(exif.get_ifd(_EXIF_IFD).get(_USER_COMMENT, "")).lower():
        _add_program(traits, "screenshot", "EXIF UserComment")


def _read_pdf(traits: Traits, data: bytes) -> None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return  # Decoding says so.
    for key in ("Creator", "Producer"):
        _add_program(traits, document.get_metadata_value(key), f"PDF {key.lower()}")
    # A linearised file has two cross-reference sections from its start (ISO 32000-1 Annex F).
    sections = data.count(b"startxref") - (1 if b"/Linearized" in data[:1024] else 0)
    traits["pdf"] = {"updates": max(0, sections - 1)}
    if b"C2PA_Manifest" in data:
        traits["credentials"] = {}


def _first(found: Iterator[Any], count: int) -> Iterator[Any]:
    return (match for match, _ in zip(found, range(count), strict=False))


def _add_program(traits: Traits, said: object, where: str) -> None:
    words = _line(said)
    if not words:
        return
    name, kind = recognised(words)
    program = {"name": name, "kind": kind, "said_in": where}
    if program not in traits["programs"]:
        traits["programs"].append(program)


def _cut(traits: Traits) -> Traits:
    return traits | {"programs": traits["programs"][:_MOST_PROGRAMS]}


def _text(value: object) -> str:
    """Of what Pillow gives for a text: bytes, a string, or a tuple where it was damaged."""
    if isinstance(value, bytes):
        return value[:1000].replace(b"\0", b"").decode("utf-8", "replace")
    return value[:1000] if isinstance(value, str) else ""


def _line(value: object) -> str:
    """Printable, on one line and short; empty where there is nothing to say."""
    words = "".join(c if c.isprintable() else " " for c in _text(value)).split()
    return " ".join(words)[:_LONGEST_LINE].strip()


def _lines(values: list[str]) -> list[str]:
    return [line for value in values if (line := _line(value))]
