"""The visual inspection zone: what is printed for people to read (ICAO 9303-3 §3).

Of any document: issuers lay their pages out as they like, so fields are known by their labels, and
by what the machine readable zone makes one look for (`agreement`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pytesseract

from models.document import MrzText, PrintedField
from models.finding import Region
from verifiers.documents.print_fields import Labelled, labelled
from verifiers.documents.print_lines import PrintLine, Sheet
from verifiers.documents.print_reader import PrintReader, UnusableReader
from verifiers.documents.print_sheet import page_above_zone, page_without_zone
from verifiers.picture import Pixels

TOO_LITTLE = "too little print could be read: the picture may be blurred, too small or in glare"
NO_FRONT = "the printed side of the card was not found on any picture"
_FEWEST_LINES = 3
_TALL, _PAD = 44, 8
"""Pixels: the height at which Tesseract reads best, and paper around the line."""


@dataclass(frozen=True)
class PrintedZone:
    """What was read of the printed zone, or why nothing was."""

    sheets: tuple[Sheet, ...] = ()
    labelled: tuple[Labelled, ...] = ()
    fields: tuple[PrintedField, ...] = ()
    """For each field the value that was compared, or else the likeliest beside a label."""
    problem: str | None = None

    @property
    def lines(self) -> tuple[PrintLine, ...]:
        """All lines of all sheets."""
        return tuple(line for sheet in self.sheets for line in sheet.lines)

    def field(self, name: str) -> PrintedField | None:
        """The field of this name, where it was read."""
        return next((f for f in self.fields if f.name == name), None)


def read_printed(pixels: Pixels, text: MrzText | None, reader: PrintReader) -> PrintedZone:
    """Read the print of the page that this zone stands on; `None`: of a picture without a zone."""
    try:
        if text is None:
            sheets = page_without_zone(pixels, reader)
        else:
            sheets = page_above_zone(pixels, text, reader)
    except UnusableReader as error:
        return PrintedZone(problem=str(error))
    return zone_of(sheets)


def leaving_out(printed: PrintedZone, foreign: Callable[[Region], bool]) -> PrintedZone:
    """The zone without the lines that are foreign to it."""
    if not any(foreign(line.region) for line in printed.lines):
        return printed
    return zone_of(
        [
            replace(sheet, lines=tuple(line for line in sheet.lines if not foreign(line.region)))
            for sheet in printed.sheets
        ]
    )


def zone_of(sheets: Sequence[Sheet]) -> PrintedZone:
    """The fields of these sheets by their labels."""
    if sum(len(sheet.lines) for sheet in sheets) < _FEWEST_LINES:
        return PrintedZone(sheets=tuple(sheets), problem=TOO_LITTLE)
    found = tuple(one for sheet in sheets for one in labelled(sheet))
    fields = {
        one.field: field_of(one.field, one.values[0])
        for one in reversed(found)
        if one.field != "other"
    }
    return PrintedZone(tuple(sheets), found, tuple(fields.values()))


def with_compared(printed: PrintedZone, compared: Sequence[PrintedField]) -> PrintedZone:
    """The same zone, its fields those that were compared, where they were."""
    names = {field.name for field in compared}
    others = [field for field in printed.fields if field.name not in names]
    return replace(printed, fields=(*compared, *others))


def field_of(name: str, line: PrintLine) -> PrintedField:
    """This text as a printed field."""
    return PrintedField(
        name=name,
        value=" ".join(line.text.upper().split()),
        text=line.text,
        confidence=min(1.0, line.sure),
        region=line.region,
    )


def read_again(pixels: Pixels, field: PrintedField) -> str:
    """The text of one field by Tesseract, from that place alone and larger; empty if that fails.

    Two readers that err do so differently, so a value that contradicts is believed only where
    both give it.
    """
    corners = np.array(field.region.corners, dtype=np.float32)
    width, height = (float(np.hypot(*(corners[i] - corners[0]))) for i in (1, 3))
    wide = round(_TALL * width / max(height, 1.0))
    target = np.array([[0, 0], [wide, 0], [wide, _TALL], [0, _TALL]], dtype=np.float32) + _PAD
    turn = cv2.getPerspectiveTransform(corners, target)
    line = cv2.warpPerspective(
        pixels,
        turn,
        (wide + 2 * _PAD, _TALL + 2 * _PAD),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    grey = cv2.cvtColor(line, cv2.COLOR_RGB2GRAY)
    try:
        text: str = pytesseract.image_to_string(grey, lang="eng", config="--psm 7", timeout=20)
    except (RuntimeError, pytesseract.TesseractNotFoundError):
        return ""
    return " ".join(text.split())
