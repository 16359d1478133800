"""DG2: the face image as the issuer stored it (9303-10 §4.7.2, ISO/IEC 19794-5, 39794-5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from tempfile import TemporaryFile

import numpy as np

from verifiers import child
from verifiers.child import ChildFailed, Limits
from verifiers.documents.chip.tlv import Malformed, read_values, value_of
from verifiers.picture import Pixels
from verifiers.unusable import Refusal

_LIMITS = Limits(seconds=20.0, memory_bytes=1 << 30, output_bytes=60_000_000)
_MOST_PIXELS = 20_000_000
"""Issuers store 0.1 to 2 megapixels."""

_TEMPLATE, _GROUP, _INSTANCE = 0x75, 0x7F61, 0x7F60
_PLAIN_BLOCK, _BUILT_BLOCK = 0x5F2E, 0x7F2E
_JPEG, _JP2, _CODESTREAM = b"\xff\xd8\xff", b"\x00\x00\x00\x0cjP  ", b"\xff\x4f\xff\x51"
_DEEPEST = 12


@dataclass(frozen=True)
class FaceImage:
    """The stored image, not yet decoded."""

    data: bytes
    format: str
    """`JPEG` or `JPEG 2000`."""
    standard: str


def read_face(file: bytes) -> FaceImage:
    """The first face image of DG2.

    Raises:
        Malformed: there is none.
    """
    instance = value_of(file, _TEMPLATE, _GROUP, _INSTANCE)
    if instance is None:
        raise Malformed("holds no biometric template")
    block = next(
        (part.value for part in read_values(instance) if part.tag in (_PLAIN_BLOCK, _BUILT_BLOCK)),
        None,
    )
    if block is None:
        raise Malformed("holds a biometric template without data")
    if block.startswith(b"FAC\x00"):
        return _image(_of_19794(block), "ISO/IEC 19794-5")
    found = next((v for v in _values(block, _DEEPEST) if _format(v)), None)
    if found is None:
        raise Malformed("holds no face image of a format that is known")
    return _image(found, "ISO/IEC 39794-5")


def decode(image: FaceImage) -> Pixels:
    """The pixels, RGB, decoded in a process of its own.

    Raises:
        Malformed: the image is damaged or too large.
    """
    with TemporaryFile() as source:
        source.write(image.data)
        source.seek(0)
        job = {"format": image.format, "most_pixels": _MOST_PIXELS}
        try:
            reply, data = child.run("verifiers.documents.chip.face_task", job, source, _LIMITS)
        except Refusal as refusal:
            raise Malformed(refusal.problem) from None
        except ChildFailed as failure:
            raise Malformed(f"made its decoder fail ({failure.detail})") from None
    width, height = reply["size"]
    flat: Pixels = np.frombuffer(data, np.uint8, count=width * height * 3)
    return flat.reshape(height, width, 3)


def _of_19794(block: bytes) -> bytes:
    """ISO/IEC 19794-5:2005 §5: header, then for each face its block, feature points and image."""
    source = BytesIO(block)
    source.seek(14)
    size = int.from_bytes(source.read(4))
    points = int.from_bytes(source.read(2))
    start = 14 + 20 + 8 * points + 12
    end = 14 + size
    if not start < end <= len(block):
        raise Malformed("holds a face record whose lengths do not fit")
    return block[start:end]


def _values(data: bytes, levels: int) -> Iterator[bytes]:
    """Everything inside built values, innermost first."""
    for part in read_values(data):
        if part.constructed and levels:
            yield from _values(part.value, levels - 1)
        else:
            yield part.value


def _image(data: bytes, standard: str) -> FaceImage:
    format = _format(data)
    if format is None:
        raise Malformed("holds a face image that is neither JPEG nor JPEG 2000")
    return FaceImage(data, format, standard)


def _format(data: bytes) -> str | None:
    if data.startswith(_JPEG):
        return "JPEG"
    return "JPEG 2000" if data.startswith((_JP2, _CODESTREAM)) else None
