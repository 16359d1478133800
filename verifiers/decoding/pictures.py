"""Still pictures by Pillow and pillow-heif: upright, on white, RGB with 8 bits a sample.

The colour profile is ignored: no verifier measures absolute colour, and a colour transform is one
more parser for hostile data.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import BinaryIO

from PIL import Image

from verifiers.decoding import bounds, signatures
from verifiers.decoding.signatures import Kind
from verifiers.decoding.wholeness import SEND_AGAIN, cut_off, is_cut_off
from verifiers.unusable import Refusal

# Our own bounds are checked first, with a better message than Pillow's warning.
Image.MAX_IMAGE_PIXELS = None

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF 2.32 §4.6.4 Orientation: what makes each of its values upright."""
_ORIENTATION = 274
_SUBFILE_TYPE = 254
"""TIFF 6.0 NewSubfileType: bit 0 marks a preview of another page, bit 2 a transparency mask."""

_PLUGINS = {
    signatures.TIFF: "PIL.TiffImagePlugin",
    signatures.WEBP: "PIL.WebPImagePlugin",
    signatures.AVIF: "PIL.AvifImagePlugin",
}
"""Outside Pillow's first five formats it would import all its 40 plugins (35 ms) to find one."""
_ROWS_AT_ONCE = 256

DAMAGE = (
    *(OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, AssertionError),
    *(RuntimeError, struct.error, zlib.error),
)
"""What Pillow and its plugins raise on data that breaks its format."""


def open_header(kind: Kind, source: BinaryIO) -> Image.Image:
    """The picture's header, judged; no pixel is decoded yet.

    Raises:
        Refusal: it is no such picture, or too large or too small.
    """
    source.seek(0)
    if kind is signatures.WEBP:
        # libwebp takes the canvas's memory as it opens the file, before anyone can ask its size.
        bounds.refuse_size(kind.name, *_webp_size(source.read(30)))
        source.seek(0)
    if kind is signatures.HEIC:
        import pillow_heif

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener()
    if kind in _PLUGINS:
        import_module(_PLUGINS[kind])
    with _damage_refused(kind):
        image = Image.open(source, formats=[kind.decoder])
    most = bounds.MAX_JPEG_PIXELS if kind is signatures.JPEG else bounds.MAX_PIXELS
    bounds.refuse_size(kind.name, *image.size, most=most)
    return image


def decode(kind: Kind, source: BinaryIO) -> Iterator[Image.Image]:
    """Every page, upright and RGB, decoded as it is asked for: one at a time is in memory.

    Raises:
        Refusal: the data is cut off or damaged, or a page is out of bounds.
    """
    if kind in (signatures.JPEG, signatures.PNG) and is_cut_off(kind, source):
        raise cut_off(kind, _per_cent_of_rows(kind, source), what="picture")
    with _damage_refused(kind):
        image = open_header(kind, source)
        if kind is signatures.TIFF:
            yield from _pages(image)
        else:
            if image.width * image.height > bounds.MAX_PIXELS:
                image.draft("RGB", (image.width // 2, image.height // 2))
            yield upright_rgb(image)


def is_animated(kind: Kind, source: BinaryIO) -> bool:
    """Whether it holds more than one frame."""
    with _damage_refused(kind):
        return bool(getattr(open_header(kind, source), "is_animated", False))


def comment_of(kind: Kind, source: BinaryIO) -> str:
    """What the file says of itself: JPEG's COM segment, a comment in a PNG or GIF."""
    notes = open_header(kind, source).info.items()
    said = (value for key, value in notes if str(key).lower() == "comment")
    value = next(said, "")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


@contextmanager
def _damage_refused(kind: Kind) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        if "truncated" in str(error):
            raise cut_off(kind) from None
        raise Refusal(f"is {kind.name} whose data is damaged", SEND_AGAIN) from None


def _webp_size(head: bytes) -> tuple[int, int]:
    """Width and height by the first chunk (RFC 9649 §2.5 to §2.7)."""
    if head[12:16] == b"VP8X":
        width, height = (int.from_bytes(head[i : i + 3], "little") for i in (24, 27))
        return 1 + width, 1 + height
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = (int.from_bytes(head[i : i + 2], "little") & 0x3FFF for i in (26, 28))
    return width, height


def _per_cent_of_rows(kind: Kind, source: BinaryIO) -> int | None:
    """How much of a cut picture can still be decoded; `None` where its rows do not tell.

    Rows that were never decoded stay black. An interlaced or progressive picture is there from top
    to bottom, only coarse.
    """
    image = open_header(kind, source)
    image.draft("L", (image.width // 8, image.height // 8))
    # Not Pillow's LOAD_TRUNCATED_IMAGES: it lets libjpeg fill the missing rows with grey.
    with suppress(*DAMAGE):
        image.load()
    box = image.im.getbbox()
    bottom = box[3] if box else 0
    # libjpeg holds back the last rows of blocks until it has seen what follows them.
    return None if bottom >= 0.9 * image.height else 100 * bottom // image.height


def _pages(image: Image.Image) -> Iterator[Image.Image]:
    count = getattr(image, "n_frames", 1)
    bounds.refuse_pages(signatures.TIFF.name, count)
    for index in range(count):
        image.seek(index)
        if getattr(image, "tag_v2", {}).get(_SUBFILE_TYPE, 0) & 0b101:
            continue
        bounds.refuse_size(signatures.TIFF.name, *image.size)
        yield upright_rgb(image)


def upright_rgb(image: Image.Image) -> Image.Image:
    """The picture as every verifier gets it."""
    # First, because some formats (TIFF, HEIC) turn the picture as they load it, and then say so.
    image.load()
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except DAMAGE:
        orientation = 1  # Cameras and editors write broken EXIF; the picture is none the worse.
    image = _rgb(image)
    turn = UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode == "F":
        raise Refusal("holds floating-point samples", "Save it as JPEG or PNG")
    if image.mode.startswith("I"):
        # 16 bits a sample; Pillow would clip at 255 rather than scale.
        image = image.point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image if image.mode == "RGB" else image.convert("RGB")


def write(image: Image.Image, sink: BinaryIO) -> None:
    """Append an RGB image's pixels, in strips: a second copy of 50 megapixels is 150 MB."""
    for top in range(0, image.height, _ROWS_AT_ONCE):
        bottom = min(top + _ROWS_AT_ONCE, image.height)
        sink.write(image.crop((0, top, image.width, bottom)).tobytes())
