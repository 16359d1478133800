"""The small picture inside a file (EXIF 2.32 §4.5.8, IFD1) against the large one.

Cameras write it as they take the picture. Editors that keep the EXIF as it was leave it as it was.
"""

import io
from typing import Any

from PIL import Image, ImageStat

from verifiers.decoding import bounds
from verifiers.decoding.pictures import UPRIGHT

_IFD1, _OFFSET, _LENGTH, _ORIENTATION = -1, 513, 514, 274
"""Pillow calls the second directory -1 (`ExifTags.IFD.IFD1`)."""
_LARGEST_SIDE = 1024
_BAR_LEVEL = 24
"""Grey level below which a row is a bar: thumbnails are 4:3 even of pictures that are not."""
_SIDE = 64
_TURNS = tuple(Image.Transpose)
_BLOCKS = 8
_SAME_SHAPE = 0.04
"""Thumbnails of 160 pixels round their sides; cropping a picture by 5 % shows beyond this."""


def embedded(exif: Image.Exif, blob: object) -> Image.Image | None:
    """The thumbnail, turned upright as the picture will be; `None` where there is none.

    Raises:
        OSError, ValueError, …: it is damaged (`pictures.DAMAGE`).
    """
    if not isinstance(blob, bytes):
        return None
    place = exif.get_ifd(_IFD1)
    start, length = place.get(_OFFSET), place.get(_LENGTH)
    if not (isinstance(start, int) and isinstance(length, int) and length > 0):
        return None
    head = 6 if blob.startswith(b"Exif\0\0") else 0
    thumbnail = Image.open(io.BytesIO(blob[head + start : head + start + length]), formats=["JPEG"])
    if max(thumbnail.size) > _LARGEST_SIDE or min(thumbnail.size) < bounds.MIN_SIDE:
        return None
    grey = thumbnail.convert("L")
    turn = UPRIGHT.get(exif.get(_ORIENTATION, 1))
    return grey if turn is None else grey.transpose(turn)


def against(thumbnail: Image.Image, picture: Image.Image) -> dict[str, Any]:
    """`models.file_traits.Thumbnail` of an upright thumbnail and the upright picture.

    Of the thumbnail's four turns and their mirror images the likest counts: programs turn pictures
    and leave the thumbnail as it was.
    """
    small = _without_bars(thumbnail)
    other = picture.resize((_SIDE, _SIDE), Image.Resampling.BOX, reducing_gap=2.0).convert("L")
    shape = picture.width / picture.height
    turned = (small if turn is None else small.transpose(turn) for turn in (None, *_TURNS))
    seen = [_one_way(way, other, shape) for way in turned]
    return min(seen, key=lambda way: (not way["same_shape"], way["difference"]))


def _one_way(small: Image.Image, other: Image.Image, picture_shape: float) -> dict[str, Any]:
    shape = small.width / small.height / picture_shape
    one = small.resize((_SIDE, _SIDE), Image.Resampling.BOX)
    one_mean, one_spread = _light(one)
    mean, spread = _light(other)
    gain = one_spread / spread if spread > 1 and one_spread > 1 else 1.0
    first, second = one.tobytes(), other.tobytes()
    apart = [abs(a - one_mean - gain * (b - mean)) for a, b in zip(first, second, strict=True)]
    step = _SIDE // _BLOCKS
    blocks = {
        (row, column): sum(
            sum(apart[y * _SIDE + column * step : y * _SIDE + (column + 1) * step])
            for y in range(row * step, (row + 1) * step)
        )
        / step**2
        for row in range(_BLOCKS)
        for column in range(_BLOCKS)
    }
    (row, column), difference = max(blocks.items(), key=lambda entry: entry[1])
    left, top = column / _BLOCKS, row / _BLOCKS
    return {
        "same_shape": abs(shape - 1) <= _SAME_SHAPE,
        "difference": difference,
        "at": (left, top, left + 1 / _BLOCKS, top + 1 / _BLOCKS),
    }


def _light(image: Image.Image) -> tuple[float, float]:
    measured = ImageStat.Stat(image)
    return measured.mean[0], measured.stddev[0]


def _without_bars(thumbnail: Image.Image) -> Image.Image:
    box = thumbnail.point(lambda value: 255 * (value > _BAR_LEVEL)).getbbox()
    whole = thumbnail.width * thumbnail.height
    if box is None or (box[2] - box[0]) * (box[3] - box[1]) < whole / 2:
        return thumbnail
    return thumbnail.crop(box)
