"""The visual inspection zone: what is printed for people to read (ICAO 9303-3 §3).

So far only of our own specimens, whose layout is known; for every other issuer the answer is
"unknown" with that reason. The page is laid flat by the machine readable zone, the whole printed
zone is read by one call of Tesseract (`eng`), and the words that were found say where exactly the
fields lie: a zone nine millimetres high cannot tell the perspective of a page ten times as high.
Measured on rendered passports of 200 dpi: 0.4 s a call, every field right. Blur of 2 pixels ends
it; 75 dpi, JPEG quality 8 and strong noise do not, and no honest page was read as different.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from models.document import Mrz, MrzText, PrintedField
from models.finding import Region
from verifiers.documents.specimen_layout import ISSUERS, LABELS, LAYOUTS, Box, SpecimenLayout
from verifiers.picture import Pixels

Homography = NDArray[np.float64]
"""3 x 3, from millimetres on the page to pixels of the picture."""
Points = NDArray[np.float64]
"""`(n, 2)`, millimetres."""

_PIXELS_PER_MM = 10.0
"""Labels of 1.75 mm become 17 pixels high, which Tesseract reads; more gains nothing."""

_MARGIN_MM = 8.0
"""Read around the zone, since the first laying flat may be that far off."""

_LABELS_NEEDED = 5
_VALUES_NEEDED = 6
_WORD_OFF_MM = 1.5
"""How far a word may lie from its place for it to count."""

_LABEL_MIDDLE_MM = 1.0
"""From the top of a label's line to the middle of its letters."""

_BASELINE_MM = 1.0
"""From the middle of a value's box to the foot of its letters: 0.9 to 1.2 as measured."""

_VALUE_NEAR_MM = 4.0
"""Rows of values are 6.6 mm apart and more, so the nearest within this is the right one."""

_MOVED_MM = 1.0
"""The words moved the page by more than this: it is laid flat anew and read once more."""


@dataclass(frozen=True)
class PrintedZone:
    """What was read of the printed zone, or why nothing was."""

    fields: tuple[PrintedField, ...] = ()
    problem: str | None = None

    def field(self, name: str) -> PrintedField | None:
        """The field of this name, where it was read."""
        return next((f for f in self.fields if f.name == name), None)


@dataclass(frozen=True)
class _Word:
    text: str
    confidence: float
    box: Box
    """Left, top, width, height, in millimetres on the page as first laid flat."""

    @property
    def middle(self) -> tuple[float, float]:
        left, top, width, height = self.box
        return left + width / 2, top + height / 2

    @property
    def foot(self) -> tuple[float, float]:
        """Where its baseline begins; Tesseract's boxes may reach up into the line above."""
        left, top, _, height = self.box
        return left, top + height

    @property
    def start(self) -> tuple[float, float]:
        left, top, _, height = self.box
        return left, top + height / 2


def read_printed(pixels: Pixels, mrz: Mrz, text: MrzText | None) -> PrintedZone:
    """Read the printed zone of the document that this zone belongs to.

    `text` says where the machine readable zone lies on the picture; `None` means that this is the
    other side of the card, which then fills the picture.
    """
    layout = LAYOUTS[mrz.format]
    if mrz.value("issuing_state") not in ISSUERS:
        return PrintedZone(problem="the layout of this issuer's document is not known yet")
    if (text is None) is not (layout.mrz is None):
        return PrintedZone(problem="the printed side of the card is not on this picture")
    guess = _by_zone(text, layout.mrz) if text and layout.mrz else _filling(pixels, layout)
    try:
        return _read(pixels, layout, guess)
    except pytesseract.TesseractNotFoundError:
        return PrintedZone(problem="Tesseract, which reads print, is not installed on this machine")
    except RuntimeError as error:  # A failure of Tesseract, its language data or its time limit.
        return PrintedZone(problem=f"Tesseract could not read the print: {error}")


def read_again(pixels: Pixels, field: PrintedField) -> str:
    """The text of one field, read once more by itself and larger; empty where that fails.

    Two readings that err do so differently, so a value that contradicts is believed only where
    both give it.
    """
    corners = np.array(field.region.corners, dtype=np.float32)
    width, height = (float(np.hypot(*(corners[i] - corners[0]))) for i in (1, 3))
    tall, pad = 44, 8
    wide = round(tall * width / height)
    target = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], dtype=np.float32)
    target += (pad, 0)  # The label above is cut off.
    turn = cv2.getPerspectiveTransform(corners, target)
    size = wide + 2 * pad, tall
    line = cv2.warpPerspective(
        pixels, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    grey = cv2.cvtColor(line, cv2.COLOR_RGB2GRAY)
    try:
        text: str = pytesseract.image_to_string(grey, lang="eng", config="--psm 7", timeout=20)
    except RuntimeError:
        return ""
    return _value(text)


def _read(
    pixels: Pixels, layout: SpecimenLayout, page: Homography, *, first: bool = True
) -> PrintedZone:
    words = _words(pixels, layout, page)
    moved = _by_words(words, layout)
    if moved is None:
        return PrintedZone(
            problem="the printed fields are too blurred to read, or not where this issuer's "
            "specimens have them"
        )
    corners = [(layout.left, layout.top), (layout.right, layout.top + 6 * layout.pitch)]
    off = max(_distance(_apply(moved, c), c) for c in corners)
    if first and off > _MOVED_MM:
        return _read(pixels, layout, page @ moved, first=False)
    return PrintedZone(fields=_fields(words, layout, moved, page @ moved))


def _by_zone(text: MrzText, ink: Box) -> Homography:
    """Turn, scale and place by the machine readable zone; perspective is left to the labels."""
    left, top, width, height = ink
    corners = np.array(text.region.corners)
    across = (corners[1] + corners[2] - corners[0] - corners[3]) / 2
    scale = float(np.hypot(*across)) / width
    cos, sin = across / np.hypot(*across) * scale
    turn = np.array([[cos, -sin], [sin, cos]])
    middle = np.array([left + width / 2, top + height / 2])
    shift = corners.mean(axis=0) - turn @ middle
    return np.vstack([np.column_stack([turn, shift]), [0, 0, 1]])


def _filling(pixels: Pixels, layout: SpecimenLayout) -> Homography:
    """The page fills the picture."""
    return np.diag([pixels.shape[1] / layout.width, pixels.shape[0] / layout.height, 1.0])


def _words(pixels: Pixels, layout: SpecimenLayout, page: Homography) -> list[_Word]:
    """All words of the printed zone in one call (page segmentation 11: sparse text)."""
    left, top = layout.left - _MARGIN_MM, layout.top - _MARGIN_MM
    width = layout.right - left + _MARGIN_MM
    height = 6 * layout.pitch + 2 * _MARGIN_MM
    to_mm = np.array([[1 / _PIXELS_PER_MM, 0, left], [0, 1 / _PIXELS_PER_MM, top], [0, 0, 1]])
    flat = cv2.warpPerspective(
        pixels,
        page @ to_mm,
        (round(width * _PIXELS_PER_MM), round(height * _PIXELS_PER_MM)),
        flags=cv2.INTER_AREA | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    read: Mapping[str, list[Any]] = pytesseract.image_to_data(
        cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY),
        lang="eng",
        config="--psm 11 --dpi 254",
        output_type=pytesseract.Output.DICT,
        timeout=20,
    )
    words = []
    for place, text in enumerate(read["text"]):
        if text.strip():
            sides = (read[side][place] for side in ("left", "top", "width", "height"))
            box = [side / _PIXELS_PER_MM for side in sides]
            words.append(
                _Word(
                    text=text.strip(),
                    confidence=max(0.0, float(read["conf"][place]) / 100),
                    box=(box[0] + left, box[1] + top, box[2], box[3]),
                )
            )
    return words


def _by_words(words: list[_Word], layout: SpecimenLayout) -> Homography | None:
    """From the layout's millimetres to those of the page as laid flat, by the words found.

    By its labels where five were read: they are known by their text, wherever perspective put
    them. Blur takes the labels first, being small; then by where the values begin, which tells
    turn, scale and place of a page that was seen from straight ahead, and no more.
    """
    expected, found = _labels(words, layout)
    if len(found) >= _LABELS_NEEDED:
        moved, agreeing = cv2.findHomography(expected, found, cv2.RANSAC, _WORD_OFF_MM)
        if moved is not None and int(agreeing.sum()) >= _LABELS_NEEDED:
            return np.asarray(moved, dtype=np.float64)
    expected, found = _values(words, layout)
    if len(found) >= _VALUES_NEEDED:
        moved, agreeing = cv2.estimateAffinePartial2D(
            expected, found, method=cv2.RANSAC, ransacReprojThreshold=_WORD_OFF_MM
        )
        if moved is not None and int(agreeing.sum()) >= _VALUES_NEEDED:
            return np.vstack([moved, [0.0, 0.0, 1.0]])
    return None


def _labels(words: list[_Word], layout: SpecimenLayout) -> tuple[Points, Points]:
    """Where the middles of labels' beginnings should be, and where they are."""
    expected, found = [], []
    for name, label in LABELS.items():
        left, top, _, _ = layout.fields[name]
        place = left, top - layout.label_height + 0.5 + _LABEL_MIDDLE_MM
        likely = [w for w in words if OSA.distance(w.text[: len(label)], label) <= len(label) // 4]
        if likely:
            nearest = min(likely, key=lambda w: _distance(w.start, place))
            expected.append(place)
            found.append(nearest.start)
    return np.array(expected), np.array(found)


def _values(words: list[_Word], layout: SpecimenLayout) -> tuple[Points, Points]:
    """Where the lines of values should begin, and where the nearest words do."""
    expected, found = [], []
    for left, top, _, height in layout.fields.values():
        place = left, top + height / 2 + _BASELINE_MM
        near = [w for w in words if _distance(w.foot, place) <= _VALUE_NEAR_MM]
        if near:
            expected.append(place)
            found.append(min(near, key=lambda w: _distance(w.foot, place)).foot)
    return np.array(expected), np.array(found)


def _distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    return float(np.hypot(one[0] - two[0], one[1] - two[1]))


def _fields(
    words: list[_Word], layout: SpecimenLayout, moved: Homography, page: Homography
) -> tuple[PrintedField, ...]:
    """Each word belongs to the box that its middle lies in."""
    back: Homography = np.linalg.inv(moved).astype(np.float64)
    placed = [(word, _apply(back, word.middle)) for word in words]
    fields = []
    for name, (left, top, width, height) in layout.fields.items():
        inside = [
            (word, x)
            for word, (x, y) in placed
            if left - 1 <= x <= left + width + 1 and top - 0.2 <= y <= top + height + 0.2
        ]
        if not inside:
            continue
        text = " ".join(word.text for word, _ in sorted(inside, key=lambda pair: pair[1]))
        corners = [(left, top), (left + width, top), (left + width, top + height)]
        quad = [_apply(page, corner) for corner in (*corners, (left, top + height))]
        fields.append(
            PrintedField(
                name=name,
                value=_value(text),
                text=text,
                confidence=min(word.confidence for word, _ in inside),
                region=Region(corners=(quad[0], quad[1], quad[2], quad[3])),
            )
        )
    return tuple(fields)


def _value(text: str) -> str:
    return " ".join(text.upper().split()).strip(".,:;|-_'’ ")


def _apply(matrix: Homography, point: tuple[float, float]) -> tuple[float, float]:
    x, y, w = matrix @ (*point, 1.0)
    return float(x / w), float(y / w)
