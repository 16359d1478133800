"""The text of a PDF by its characters' boxes: rows, cells, and columns side by side.

The order in which a PDF writes its text is its program's own affair; what a reader sees is where
the letters stand. So characters are put into rows by their height on the page, rows are parted
where a gap is wide, and a page is read as columns where a gutter runs down a good part of it,
unless one side of the gutter holds only dates and headings that belong to the text beside them.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from verifiers.resume.dates import is_all_date
from verifiers.resume.lines import Line
from verifiers.resume.sections import heading_of, is_document_title
from verifiers.unusable import Refusal

MOST_PAGES = 20
MOST_CHARACTERS = 200_000
_WRONG_PASSWORD = 4
"""FPDF_ERR_PASSWORD of fpdfview.h."""
_SAME_ROW = 0.5
"""Share of a letter's height by which two letters of a row overlap at least."""
_WORD_GAP = 0.16
"""Of the letters' size. Kerning stays below a tenth, the narrowest spaces are a fifth."""
_WRITTEN_GAP = 0.02
"""Of the letters' size, where the file has a space there."""
_CELL_GAP = 1.3
"""Of the letters' size: no justified line stretches its spaces so far."""
_GUTTER = 7.0
"""Points of empty paper between columns at least."""
_COLUMN_ROWS = 6
"""Rows that each of two columns has at least,"""
_HEADED_ROWS = 3
"""and one with a heading of its own."""
_NARROW = 0.34
"""Of the text's width: a column of dates takes no more."""
_HYPHENS = (0x02, 0xFFFE)
"""What PDFium calls a hyphen at the end of a line."""
_BOLD = 600
"""CSS font weight, as FPDFText_GetFontWeight tells it."""


@dataclass(frozen=True)
class Letter:
    """One character: left, bottom, right and top in points, size of the type, boldness."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    spaced: bool
    """A space was written before it."""


@dataclass(frozen=True)
class Run:
    """Letters of one row without a wide gap."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool


Row = tuple[Run, ...]


def pdf_lines(source: BinaryIO) -> list[Line]:
    """Every line in reading order.

    Raises:
        Refusal: it asks for a password, is damaged, has too many pages, or holds no text.
    """
    document = _opened(source.read())
    if len(document) > MOST_PAGES:
        raise Refusal(
            f"is a PDF of {len(document)} pages; at most {MOST_PAGES} are read",
            "Send the résumé alone",
        )
    lines: list[Line] = []
    left = MOST_CHARACTERS
    for number in range(len(document)):
        try:
            page = document[number]
            letters = list(_letters(page, left))
        except pypdfium2.PdfiumError:
            raise Refusal(
                f"is a PDF whose page {number + 1} is damaged", "Export it again and send that"
            ) from None
        left -= len(letters)
        lines += _page_lines(letters, number + 1)
    if not lines:
        raise Refusal(
            "has no text: it is a picture", "Send the PDF or DOCX that it was printed from"
        )
    return lines


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _WRONG_PASSWORD:
            raise Refusal(
                "is a PDF protected by a password", "Remove the password and send it again"
            ) from None
        raise Refusal("is a PDF whose data is damaged", "Export it again and send that") from None


def _letters(page: pypdfium2.PdfPage, most: int) -> Iterator[Letter]:
    """Printed characters; spaces are found again by their room."""
    textpage = page.get_textpage()
    box = pdfium.FS_RECTF()
    count = pdfium.FPDFText_CountChars(textpage)
    if count > most:
        raise Refusal(f"holds more than {MOST_CHARACTERS:,} characters", "Send the résumé alone")
    spaced = False
    for index in range(max(0, count)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code in (32, 0xA0):
            spaced = True
        if code in _HYPHENS:
            code = ord("-")
        if code <= 32 or code in (0xA0, 0xFFFF) or 0xD800 <= code <= 0xDFFF:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        size = abs(box.top - box.bottom)
        if not (1 <= size <= 400 and box.right > box.left):
            continue
        weight = pdfium.FPDFText_GetFontWeight(textpage, index)
        bold = weight >= _BOLD
        yield Letter(chr(code), box.left, box.bottom, box.right, box.top, size, bold, spaced)
        spaced = False


def _page_lines(letters: Sequence[Letter], page: int) -> list[Line]:
    rows = [row for row in map(_runs, _rows(letters)) if row]
    lines: list[Line] = []
    for block in _blocks(rows):
        above: Row | None = None
        for row in block:
            gap = 0.0 if above is None else min(r.bottom for r in above) - max(r.top for r in row)
            size = max(run.size for run in row)
            lines.append(
                Line(
                    cells=tuple(run.text for run in row),
                    page=page,
                    number=len(lines) + 1,
                    x=row[0].left,
                    size=round(size, 1),
                    bold=all(run.bold for run in row),
                    after_gap=above is None or gap > 0.45 * size,
                )
            )
            above = row
    return lines


def _rows(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Letters by rows, the topmost first, each from left to right."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: -(one.bottom + one.top)):
        for row in rows[:-5:-1]:
            low, high = max(letter.bottom, row[0].bottom), min(letter.top, row[0].top)
            if high - low > _SAME_ROW * min(letter.size, row[0].size):
                row.append(letter)
                break
        else:
            rows.append([letter])
    for row in rows:
        row.sort(key=lambda one: one.left)
    return rows


def _runs(row: Sequence[Letter]) -> Row:
    runs: list[list[Letter]] = []
    for letter in row:
        if runs and letter.left - runs[-1][-1].right <= _CELL_GAP * letter.size:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return tuple(_run(letters) for letters in runs)


def _run(letters: Sequence[Letter]) -> Run:
    text = letters[0].text
    for before, letter in pairwise(letters):
        # Fake bold prints a letter twice, almost in the same place.
        if letter.text == before.text and letter.left - before.left < 0.15 * letter.size:
            continue
        least = _WRITTEN_GAP if letter.spaced else _WORD_GAP
        space = letter.left - before.right > least * min(letter.size, before.size)
        text += f" {letter.text}" if space else letter.text
    sizes = sorted(one.size for one in letters)
    return Run(
        text=text,
        left=letters[0].left,
        right=max(one.right for one in letters),
        bottom=min(one.bottom for one in letters),
        top=max(one.top for one in letters),
        size=sizes[len(sizes) // 2],
        bold=sum(one.bold for one in letters) > len(letters) / 2,
    )


def _blocks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Rows in the order they are read: what stands above two columns, these, what is below."""
    found = _columns(rows)
    if found is None:
        yield rows
        return
    first, last, x = found
    if first > 0:
        yield rows[:first]
    inside = rows[first:last]
    for left in (True, False):
        column = [tuple(run for run in row if (run.right <= x) == left) for row in inside]
        yield [row for row in column if row]
    if last < len(rows):
        yield from _blocks(rows[last:])


def _columns(rows: Sequence[Row]) -> tuple[int, int, float] | None:
    """The rows, from the first to beyond the last, that a gutter parts, and where it is."""
    if len(rows) < _COLUMN_ROWS:
        return None
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    best: tuple[float, int, int, float] | None = None
    x = left + 0.15 * (right - left)
    while x < left + 0.85 * (right - left):
        for first, last in _stretches(rows, x):
            inside = rows[first:last]
            if (score := _score(inside, x)) and (best is None or score > best[0]):
                best = (score, first, last, x)
        x += 3.0
    return best[1:] if best else None


def _stretches(rows: Sequence[Row], x: float) -> Iterator[tuple[int, int]]:
    """The longest stretches of rows of which nothing crosses the gutter at `x`."""
    first = 0
    for index, row in enumerate(rows):
        if any(run.left < x + _GUTTER / 2 and run.right > x - _GUTTER / 2 for run in row):
            if index - first >= _COLUMN_ROWS:
                yield first, index
            first = index + 1
    if len(rows) - first >= _COLUMN_ROWS:
        yield first, len(rows)


def _score(inside: Sequence[Row], x: float) -> float:
    """How many rows of text the two sides have; 0 where they are no columns."""
    pairs = [
        ([run for run in row if run.right <= x], [run for run in row if run.left >= x])
        for row in inside
    ]
    inside_left = min(row[0].left for row in inside)
    inside_right = max(row[-1].right for row in inside)
    sides = [[run for pair in pairs for run in pair[place]] for place in (0, 1)]
    alone = [pair for pair in pairs if not (pair[0] and pair[1])]
    told = [run for pair in alone for run in (*pair[0], *pair[1]) if heading_of(run.text) is None]
    dated = sum(is_all_date(run.text) for row in inside for run in row)
    if dated >= 2 and len(told) <= 0.2 * len(pairs):
        return 0.0  # Nearly every row has both sides: a table.
    for place, side in enumerate(sides):
        headed = any(heading_of(run.text) is not None for run in side)
        if len(side) < (_HEADED_ROWS if headed else _COLUMN_ROWS):
            return 0.0
        beside = [run for pair in pairs if pair[1 - place] for run in pair[place]]
        # A date, or a heading in the margin, is nothing without the text beside it.
        dates = sum(is_all_date(run.text) for run in beside)
        headings = sum(heading_of(run.text) is not None for run in beside)
        width = max(run.right for run in side) - min(run.left for run in side)
        narrow = width <= _NARROW * (inside_right - inside_left)
        if narrow and dates >= max(2, 0.25 * len(side)):
            return 0.0
        labels = sum(heading_of(r.text) is None and not is_document_title(r.text) for r in side)
        if narrow and dates and len(beside) >= 0.8 * labels:
            return 0.0  # "Name", "Telephone" and dates: a table's first column.
        if dates + headings >= 0.75 * len(side):
            return 0.0
    # Of equal gutters the one that parts most rows, then the widest.
    room = min(run.left for run in sides[1]) - max(run.right for run in sides[0])
    return min(map(len, sides)) + len(inside) / 1000 + min(room, 100.0) / 1e6
