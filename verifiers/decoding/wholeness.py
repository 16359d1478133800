"""Whether a file is whole, and alone: where its own data ends, and what follows.

A file that is two things at once (a JPEG that is also a ZIP, a PDF or a web page) is refused: what
a person reviews and what another program opens would differ. What cameras append is not: zeros, the
second picture of the multi-picture format (CIPA DC-007), a motion photo's MP4, a maker's trailer.
"""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from verifiers.decoding import signatures
from verifiers.decoding.signatures import Kind
from verifiers.unusable import Refusal

SEND_AGAIN = "Send the original file again"
ZIP_TAIL_BYTES = 22 + 65535
"""APPNOTE 4.3.16: a ZIP's end record and the longest comment behind it."""


def refuse_cut_off_or_shared(kind: Kind, source: BinaryIO, size: int) -> None:
    """Judge the file's outline without decoding it."""
    source.seek(0)
    end = _end_of(kind, source, size)
    source.seek(0)
    start = source.read(1024)
    source.seek(end)
    behind = source.read(1 << 20)
    found = _foreign(kind, start, behind)
    if not found and kind is not signatures.FRAMES:
        found = _archive_at_the_end(source, size)
    if found:
        raise Refusal(
            f"is {kind.name} and {found} in one file",
            "Send a file that holds the picture or recording alone",
        )


def cut_off(kind: Kind, per_cent: int | None = None, *, what: str = "data") -> Refusal:
    share = "before its end" if per_cent is None else f"after {per_cent} % of its {what}"
    return Refusal(f"is {kind.name} cut off {share}", SEND_AGAIN)


def _end_of(kind: Kind, source: BinaryIO, size: int) -> int:
    """Where the file's own data ends.

    Raises:
        Refusal: the file ends before that.
    """
    if kind in (signatures.JPEG, signatures.PNG):
        # Of a cut one, the decoder can say how much of the picture is there.
        return _end_of_picture(kind, source) or size
    if kind in (signatures.WEBP, signatures.AVI):
        return _end_of_riff(kind, source.read(8), size)
    if kind in (signatures.HEIC, signatures.AVIF, signatures.MP4, signatures.QUICKTIME):
        return _end_of_boxes(kind, source, size)
    if kind in (signatures.MATROSKA, signatures.WEBM):
        return _end_of_segment(kind, source.read(4096), size)
    if kind is signatures.PDF:
        return _end_of_pdf(source.read())
    return size


def is_cut_off(kind: Kind, source: BinaryIO) -> bool:
    """Whether a JPEG or PNG lacks its end. Decoders are no judge: libjpeg fills in what lacks."""
    return _end_of_picture(kind, source) is None


def _end_of_picture(kind: Kind, source: BinaryIO) -> int | None:
    source.seek(0)
    return (_end_of_jpeg if kind is signatures.JPEG else _end_of_png)(source.read())


_MARKER_IN_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""ITU-T T.81 B.1.1.5: in entropy-coded data FF precedes 00 or is a restart marker (D0 to D7)."""


def _end_of_jpeg(data: bytes) -> int | None:
    """The first byte behind the EOI marker, or `None` where there is none (ITU-T T.81 B.1.1)."""
    at = 2
    while at + 4 <= len(data) or data[at : at + 2] == b"\xff\xd9":
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # B.1.1.2: fill bytes may precede a marker.
            at += 1
            continue
        if marker == 0xD9:
            return at + 2
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            found = _MARKER_IN_SCAN.search(data, at)
            if not found:
                return None
            at = found.start()
    return None


def _end_of_png(data: bytes) -> int | None:
    """The first byte behind the IEND chunk, or `None` where there is none (PNG §5.3)."""
    at = 8
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND":
            return at
    return None


def _end_of_riff(kind: Kind, head: bytes, size: int) -> int:
    end = 8 + int.from_bytes(head[4:8], "little")
    # Recorders that were ended by force leave 0; AVIs beyond 2 GB go on in further RIFF chunks.
    if kind is signatures.AVI and end in (8, 8 + 0xFFFFFFFF):
        return size
    if end > size:
        raise cut_off(kind, 100 * size // end)
    return size if kind is signatures.AVI else end


_BOX_NAME = re.compile(rb"[A-Za-z0-9 _\xa9-]{4}")


def _boxes(source: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """Name and end of each top-level box (ISO/IEC 14496-12 §4.2), until what is none."""
    at = 0
    while at + 8 <= size:
        source.seek(at)
        head = source.read(16)
        length, name = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        elif length == 0 and name == b"mdat":
            length = size - at  # To the end of the file.
        if length < 8 or not _BOX_NAME.fullmatch(name):
            return
        at += length
        yield name, at


def _end_of_boxes(kind: Kind, source: BinaryIO, size: int) -> int:
    names, end = set(), 0
    for name, box_end in _boxes(source, size):
        names.add(name)
        end = box_end
    if end > size:
        raise cut_off(kind, 100 * size // end)
    if kind in (signatures.MP4, signatures.QUICKTIME) and b"moov" not in names:
        raise Refusal(
            f"is {kind.name} without its index (no 'moov'), as when a recording is broken off",
            "Record it again, and stop the recording before sending it",
        )
    return end


def _end_of_segment(kind: Kind, head: bytes, size: int) -> int:
    """RFC 9559 §4: an EBML header, then one Segment, whose size a live recording leaves unknown."""
    length, at = _element_size(head, 4)
    at += length or 0
    if head[at : at + 4] != b"\x18\x53\x80\x67":
        return size
    length, at = _element_size(head, at + 4)
    if length is None:
        return size
    if at + length > size:
        raise cut_off(kind, 100 * size // (at + length))
    return at + length


def _element_size(head: bytes, at: int) -> tuple[int | None, int]:
    """RFC 8794 §4: a variable-size integer, `None` where all its bits are one; and what follows."""
    first = head[at] if at < len(head) else 0
    width = 9 - first.bit_length()
    value = int.from_bytes(head[at : at + width], "big") & ((1 << 7 * width) - 1)
    return (None if value == (1 << 7 * width) - 1 else value), at + width


def _end_of_pdf(data: bytes) -> int:
    """ISO 32000-1 §7.5.5: the last line is the end-of-file marker."""
    at = data.rfind(b"%%EOF")
    if at < 0:
        raise cut_off(signatures.PDF)
    return at + 5


def _foreign(kind: Kind, start: bytes, behind: bytes) -> str | None:
    """What else this is, by its first bytes and by what follows its own data."""
    if kind is not signatures.PDF and re.search(rb"%PDF-\d", start):
        return "a PDF"
    if signatures.contains_markup(start) or signatures.contains_markup(behind):
        return "an HTML page"
    rest = behind.lstrip(b"\0\r\n\t ")
    guest = signatures.recognise(rest[: signatures.HEAD_BYTES])
    if guest.foreign:
        return guest.name
    return "a PDF" if re.search(rb"%PDF-\d", rest) else None


def _archive_at_the_end(source: BinaryIO, size: int) -> str | None:
    """A ZIP is read from its end: a record that points back to a directory that is really there."""
    source.seek(max(0, size - ZIP_TAIL_BYTES))
    tail = source.read(ZIP_TAIL_BYTES)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        return None
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    begins = max(0, size - ZIP_TAIL_BYTES) + at - directory
    if directory == 0 or begins < 0:
        return None
    source.seek(begins, io.SEEK_SET)
    return "a ZIP archive" if source.read(4) == b"PK\x01\x02" else None
