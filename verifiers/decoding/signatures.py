"""What a file is, by its first bytes. Its name and extension are the sender's word and not asked.

Signatures are those of each format's own specification (JPEG T.81 B.1.1.3, PNG §5.2, RIFF,
TIFF 6.0, ISO/IEC 14496-12 §4.3 `ftyp`, EBML RFC 8794, ISO 32000-1 §7.5.2, APPNOTE 4.3.7).
"""

import re
from dataclasses import dataclass
from enum import Enum

HEAD_BYTES = 1 << 16


class Use(Enum):
    """What a kind of file can be evidence as."""

    PICTURE = "picture"
    PAGES = "pages"
    FOOTAGE = "footage"
    NONE = "none"


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    name: str
    """With its article, as a sentence needs it: "a JPEG"."""
    use: Use = Use.NONE
    decoder: str = ""
    """What Pillow or libavformat call it; only the named decoder gets to see the file."""
    foreign: bool = True
    """Whether it has no business inside or behind another file. Phone cameras append JPEG and MP4
    to a JPEG (multi-picture format, motion photos)."""


JPEG = Kind("a JPEG", Use.PICTURE, "JPEG", foreign=False)
PNG = Kind("a PNG", Use.PICTURE, "PNG", foreign=False)
WEBP = Kind("a WebP", Use.PICTURE, "WEBP", foreign=False)
GIF = Kind("a GIF", Use.PICTURE, "GIF", foreign=False)
BMP = Kind("a BMP", Use.PICTURE, "BMP", foreign=False)
TIFF = Kind("a TIFF", Use.PAGES, "TIFF", foreign=False)
HEIC = Kind("a HEIC", Use.PICTURE, "HEIF", foreign=False)
AVIF = Kind("an AVIF", Use.PICTURE, "AVIF", foreign=False)
PDF = Kind("a PDF", Use.PAGES, "PDF")
MP4 = Kind("an MP4 video", Use.FOOTAGE, "mov", foreign=False)
QUICKTIME = Kind("a QuickTime video", Use.FOOTAGE, "mov", foreign=False)
MATROSKA = Kind("a Matroska video", Use.FOOTAGE, "matroska", foreign=False)
WEBM = Kind("a WebM video", Use.FOOTAGE, "matroska", foreign=False)
AVI = Kind("an AVI video", Use.FOOTAGE, "avi", foreign=False)
FRAMES = Kind("a set of frames", Use.FOOTAGE)
"""A ZIP like others by its first bytes; its directory tells (`decoding.frames`)."""

HTML = Kind("an HTML page")
TEXT = Kind("plain text", foreign=False)
UNKNOWN = Kind("of a kind that is not known here", foreign=False)

ZIP_START = b"PK\x03\x04"

_HTML_TAG = re.compile(rb"<(?:!doctype html|html|head|body|script|iframe|svg)[\s>]", re.IGNORECASE)

_BY_START: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II\x2a\x00", TIFF),
    (b"MM\x00\x2a", TIFF),
    (b"II\x2b\x00", TIFF),
    (b"MM\x00\x2b", TIFF),
    (b"%PDF-", PDF),
    (b"Rar!\x1a\x07", Kind("a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7-Zip archive")),
    (b"\x1f\x8b\x08", Kind("a gzip archive")),
    (b"\x7fELF", Kind("a Linux program")),
    (b"#!", Kind("a script")),
    (b"<?php", Kind("a PHP script")),
    (b"{\\rtf", Kind("an RTF document")),
    (b"%!PS", Kind("a PostScript document")),
    (b"8BPS", Kind("a Photoshop document")),
    (b"\xff\x4f\xff\x51", Kind("a JPEG 2000")),
    (b"\x00\x00\x00\x0cjP  ", Kind("a JPEG 2000")),
    (b"\x00\x00\x00\x0cJXL ", Kind("a JPEG XL")),
    (b"\x00\x00\x01\x00", Kind("an icon")),
    (b"ID3", Kind("an MP3 recording")),
    (b"OggS", Kind("an Ogg recording")),
    (b"fLaC", Kind("a FLAC recording")),
    (b"FLV\x01", Kind("a Flash video")),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Kind("a Windows Media video")),
)
_RIFF = {b"WEBP": WEBP, b"AVI ": AVI, b"WAVE": Kind("a WAV recording")}
_HEIF_BRANDS = frozenset(b"heic heix hevc hevx heim heis mif1 msf1".split())
_ATOMS = frozenset(b"moov wide free skip pnot".split())
_ZIP_CONTENTS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub", "an e-book"),
    (b"AndroidManifest.xml", "an Android program"),
    (b"META-INF/", "a Java program"),
)


def recognise(head: bytes) -> Kind:
    """The kind of file that starts with these bytes (give up to `HEAD_BYTES`)."""
    for start, kind in _BY_START:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _by_brands(head)
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return WEBM if b"webm" in head[:64] else MATROSKA
    if head[:4] in (ZIP_START, b"PK\x05\x06"):
        return _archive(head)
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        locked = "EncryptedPackage".encode("utf-16-le") in head
        return Kind("a password-protected Office document" if locked else "an old Office document")
    if head[:2] == b"MZ" and b"PE\0\0" in head[:4096]:
        return Kind("a Windows program")
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return BMP
    if head[4:8] == b"mdat" or (head[:1] == b"\0" and head[4:8] in _ATOMS):
        return QUICKTIME
    return _by_text(head)


def _by_brands(head: bytes) -> Kind:
    """ISO/IEC 14496-12 §4.3: the major brand, then a version, then the compatible brands."""
    size = int.from_bytes(head[:4], "big")
    major, others = head[8:12], head[16 : min(size, 256)]
    brands = {major, *(others[i : i + 4] for i in range(0, len(others), 4))}
    if brands & {b"avif", b"avis"}:
        return AVIF
    if brands & _HEIF_BRANDS:
        return HEIC
    if major == b"crx ":
        return Kind("a Canon raw picture")
    return QUICKTIME if major == b"qt  " else MP4


def _archive(head: bytes) -> Kind:
    for name, kind in _ZIP_CONTENTS:
        if name in head:
            return Kind(kind)
    # APPNOTE 4.4.4: bit 0 of the general purpose flags.
    locked = len(head) > 6 and head[6] & 1
    return Kind("a password-protected ZIP archive" if locked else "a ZIP archive")


def _by_text(head: bytes) -> Kind:
    text = head.lstrip(b"\xef\xbb\xbf\t\r\n ")
    if b"%PDF-" in head[:1024] and not _HTML_TAG.search(head[:1024]):
        return PDF  # ISO 32000-1 Annex H.3: readers accept a header within the first 1024 bytes.
    if _HTML_TAG.match(text) or _HTML_TAG.search(head[:1024]):
        return HTML
    if text.startswith(b"<?xml"):
        return Kind("an XML document")
    try:
        # A character may be cut where the head ends.
        head[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return UNKNOWN
    return UNKNOWN if b"\0" in head else TEXT


def contains_markup(data: bytes) -> bool:
    """Whether a browser that sniffs would find a page in these bytes."""
    return _HTML_TAG.search(data) is not None
