"""Pixels -> the texts of stacked barcodes: PDF417 (ISO/IEC 15438) and its compact and micro forms.

zxing-cpp reads, and is helped where it gives up: places that look like a barcode are cut out, laid
level (`barcode_locate`), enlarged, smoothed along the bars and sharpened across them. The number of
attempts and the size of each are bounded, and with them the time. MicroPDF417 and compact PDF417
are read where zxing-cpp finds them on the whole picture, but carry no licence. The symbols of a
Macro PDF417 set are told one by one: zxing-cpp does not give their order.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from models.barcode import BarcodeSearch, BarcodeText, Symbology
from models.finding import Point, Region
from verifiers.documents.barcode_locate import Place, places
from verifiers.documents.barcode_payload import decoded
from verifiers.page import Homography, through
from verifiers.picture import Pixels

Grey = NDArray[np.uint8]

NOT_FOUND = (
    "No PDF417 barcode could be read. Send the side with the wide barcode: flat, sharp, without "
    "glare, the barcode filling the picture from edge to edge."
)

_FORMATS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.PDF417,
        zxingcpp.BarcodeFormat.CompactPDF417,
        zxingcpp.BarcodeFormat.MicroPDF417,
    ]
)
_SYMBOLOGIES = {
    zxingcpp.BarcodeFormat.PDF417: Symbology.PDF417,
    zxingcpp.BarcodeFormat.CompactPDF417: Symbology.COMPACT_PDF417,
    zxingcpp.BarcodeFormat.MicroPDF417: Symbology.MICRO_PDF417,
}
_WHOLE_PIXELS = 2_000_000
"""Of a whole picture, read at once; a barcode too small for that is found as a place."""
_ENLARGED_PIXELS = 1_000_000
"""Of a picture that is read once more at twice its size."""
_PLACE_PIXELS = 2_000_000
"""Of one place as it is read; a larger one is enlarged less. The widest barcode of a licence has
some 360 modules (Annex D §5.3), which then have six pixels each."""

LIKELY = 0.17
"""Fineness from which a place is worth patience: rendered barcodes have 0.3 to 0.5, those with a
blur of two pixels 0.17 to 0.3, print on large pictures up to 0.15."""


@dataclass(frozen=True)
class _Attempt:
    """How a level place is made easier to read."""

    enlarged: float
    prepare: Callable[[Grey], Grey]


def _plain(grey: Grey) -> Grey:
    return grey


def _sharper(sigma: float, amount: float, smooth: int) -> Callable[[Grey], Grey]:
    """Sharpened against a blur of `sigma` pixels, smoothed over `smooth` pixels along the bars."""

    def prepare(grey: Grey) -> Grey:
        level = cv2.blur(grey, (1, smooth)) if smooth else grey
        soft = cv2.GaussianBlur(level, (0, 0), sigma)
        return np.asarray(cv2.addWeighted(level, 1 + amount, soft, -amount, 0), np.uint8)

    return prepare


def _dilated(grey: Grey) -> Grey:
    """Light drawn out across the bars: ink that ran, or bars that a forger's printer made thick."""
    return np.asarray(cv2.dilate(grey, np.ones((1, 3), np.uint8)), np.uint8)


def _negative(grey: Grey) -> Grey:
    """Dark for light, for a picture that was inverted."""
    return np.asarray(255 - grey, np.uint8)


_QUICK = (_Attempt(1, _plain), _Attempt(2, _plain))
_PATIENT = (
    _Attempt(3, _sharper(4, 3, 7)),
    _Attempt(3, _sharper(4, 3, 0)),
    _Attempt(4, _sharper(7, 5, 9)),
    _Attempt(3, _dilated),
    _Attempt(2, _negative),
)
"""In the order in which each reads most of what those before it left unread, on rendered backs of
licences, blurred, noisy, turned and small (bench.barcode)."""


def read_barcodes(pixels: Pixels) -> BarcodeSearch:
    """Every stacked barcode of an upright RGB picture, from top to bottom, or why there is none."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    found: list[BarcodeText] = []
    around = places(grey)
    for place in around:
        if not any(_covers(one.region, place) for one in found):
            found += _new(found, _at_place(grey, place, _QUICK))
    if not found:
        found += _new(found, list(_on_whole(grey)))
    if not found:
        found += _new(found, _patiently(grey, around))
    if not found and grey.size <= _ENLARGED_PIXELS:
        found += _new(found, _enlarged(grey))
    found.sort(key=lambda one: one.region.bounds[1])
    return BarcodeSearch(readings=tuple(found), problem=None if found else NOT_FOUND)


def _on_whole(grey: Grey) -> Iterator[BarcodeText]:
    shrink = min(1.0, (_WHOLE_PIXELS / grey.size) ** 0.5)
    seen = grey
    if shrink < 1:
        seen = np.asarray(
            cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8
        )
    yield from _read(seen, np.diag([1 / shrink, 1 / shrink, 1.0]))


def _at_place(grey: Grey, place: Place, attempts: Sequence[_Attempt]) -> list[BarcodeText]:
    """What is read there first; attempts that come after are not made."""
    most = (_PLACE_PIXELS / max(place.width * place.height, 1.0)) ** 0.5
    for attempt in attempts:
        view = place.view(grey, min(attempt.enlarged, most))
        if read := list(_read(attempt.prepare(view.pixels), view.to_picture, level=True)):
            return read
    return []


def _patiently(grey: Grey, around: Sequence[Place]) -> list[BarcodeText]:
    """What is read at the two likeliest places, of those that look like a barcode at all."""
    likely = [place for place in around if place.fineness(grey) >= LIKELY]
    for place in likely[:2]:
        if read := _at_place(grey, place, _PATIENT):
            return read
    return []


def _enlarged(grey: Grey) -> list[BarcodeText]:
    """A barcode that fills its picture has no surroundings that it would be denser than."""
    twice = np.asarray(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)
    back = np.diag([0.5, 0.5, 1.0])
    return list(_read(twice, back)) or list(_read(_dilated(twice), back))


def _read(grey: Grey, to_picture: Homography, *, level: bool = False) -> Iterator[BarcodeText]:
    """What zxing-cpp reads, looking across only where rows are level: that costs it most."""
    read = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=_FORMATS,
        text_mode=zxingcpp.TextMode.Plain,
        try_rotate=not level,
    )
    for one in read:
        at = one.position
        corners = [
            through(to_picture, (float(corner.x), float(corner.y)))
            for corner in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        ]
        yield BarcodeText(
            symbology=_SYMBOLOGIES[one.format],
            text=decoded(one.bytes) if _is_licence(one.bytes) else one.text,
            region=Region(corners=(corners[0], corners[1], corners[2], corners[3])),
        )


def _is_licence(data: bytes) -> bool:
    """zxing-cpp guesses at character sets, Shift JIS among them; licences name none."""
    return b"ANSI" in data[:64] or b"AAMVA" in data[:64]


def _new(known: Sequence[BarcodeText], read: Sequence[BarcodeText]) -> list[BarcodeText]:
    """Those that were not read before at the same place; zxing-cpp may tell one twice itself."""
    new: list[BarcodeText] = []
    for one in read:
        if not any(_same(one, other) for other in (*known, *new)):
            new.append(one)
    return new


def _same(one: BarcodeText, other: BarcodeText) -> bool:
    """Whether the texts are the same, and the middle of either lies on the other."""
    return one.text == other.text and (
        _lies_on(_middle(one.region), other.region) or _lies_on(_middle(other.region), one.region)
    )


def _covers(region: Region, place: Place) -> bool:
    """Whether the middle of the place lies on what was read."""
    return _lies_on(place.centre, region)


def _lies_on(point: Point, region: Region) -> bool:
    left, top, right, low = region.bounds
    return left <= point[0] <= right and top <= point[1] <= low


def _middle(region: Region) -> Point:
    xs, ys = zip(*region.corners, strict=True)
    return sum(xs) / 4, sum(ys) / 4
