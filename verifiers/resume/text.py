"""Bytes into lines: what the file is, is decided by its content."""

from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO

from verifiers.decoding import signatures
from verifiers.resume.dates import ends_open, is_all_date, periods
from verifiers.resume.docx_text import docx_lines
from verifiers.resume.lines import LONGEST_LINE, MOST_LINES, Line, cleaned
from verifiers.resume.pdf_text import pdf_lines
from verifiers.unusable import Refusal

_EXPECTED = "expected a PDF or DOCX"
_PICTURES = (signatures.Use.PICTURE,)


def text_lines(source: BinaryIO) -> list[Line]:
    """The lines of a résumé in reading order, numbered on each page.

    Raises:
        Refusal: it is neither PDF nor DOCX, cannot be read, or holds no text.
    """
    head = source.read(signatures.HEAD_BYTES)
    kind = signatures.recognise(head)
    source.seek(0)
    if kind is signatures.PDF:
        lines = pdf_lines(source)
    elif head.startswith(signatures.ZIP_START):
        lines = docx_lines(source)
    else:
        raise _unexpected(kind)
    whole = [_from_and_to_joined(line) for raw in _bounded(lines) if (line := cleaned(raw))]
    if not whole:
        raise Refusal("has no text that can be read", "Send the PDF or DOCX it was made from")
    if len(whole) > MOST_LINES:
        raise Refusal(f"has more than {MOST_LINES:,} lines", "Send the résumé alone")
    return _numbered(_stories_marked(_wrapped_dates_joined(whole)))


def _unexpected(kind: signatures.Kind) -> Refusal:
    if kind.use in _PICTURES or kind is signatures.TIFF:
        return Refusal(
            f"is {kind.name}: a picture has no text", "Send the PDF or DOCX it was made from"
        )
    return Refusal(f"is {kind.name}; {_EXPECTED}", "Save it as PDF or DOCX and send that")


def _bounded(lines: Iterable[Line]) -> Iterable[Line]:
    """Paragraphs too long for a line go on in the next."""
    for line in lines:
        longest = max(map(len, line.cells), default=0)
        if longest <= LONGEST_LINE:
            yield replace(line, cells=line.cells[:20])
            continue
        text = "  ".join(line.cells)
        for start in range(0, len(text), LONGEST_LINE):
            yield replace(line, cells=(text[start : start + LONGEST_LINE],))


def _from_and_to_joined(line: Line) -> Line:
    """A date in one cell and a date in the next are a range: columns "From" and "To"."""
    cells: list[str] = []
    for cell in line.cells:
        ends = is_all_date(cell) and bool(cells) and is_all_date(cells[-1])
        first = periods(cells[-1]) if ends else []
        if len(first) == 1 and first[0].alone and all(one.alone for one in periods(cell)):
            cells[-1] += f" – {cell}"
        else:
            cells.append(cell)
    return replace(line, cells=tuple(cells))


def _wrapped_dates_joined(lines: list[Line]) -> list[Line]:
    """In a narrow column "01/2019 –" and "03/2021" stand below each other: one range."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and _goes_on(last, line):
            whole = f"{last.cells[0]} {line.cells[0]}"
            joined[-1] = replace(last, cells=(whole, *last.cells[1:]))
            if line.cells[1:]:
                joined.append(replace(line, cells=line.cells[1:]))
            continue
        joined.append(line)
    return joined


def _goes_on(above: Line, line: Line) -> bool:
    beside = len(above.cells) > 1 or len(line.cells) == 1
    return (
        (above.page == line.page and abs(line.x - above.x) < 3 and beside)
        and len(line.cells) <= 2
        and ends_open(above.cells[0])
        and is_all_date(line.cells[0])
    )


def _stories_marked(lines: list[Line]) -> list[Line]:
    """A line that goes on below a bullet's text is the bullet's: "…between 2017 and" "2019"."""
    marked: list[Line] = []
    bullet_x = None
    for line in lines:
        if line.bullet:
            bullet_x = line.x if line.x > 0 else None
        elif bullet_x is not None and line.x > bullet_x + 1 and len(line.cells) == 1:
            line = replace(line, bullet=not line.after_gap)
        if not line.bullet:
            bullet_x = None
        marked.append(line)
    return marked


def _numbered(lines: list[Line]) -> list[Line]:
    counts: dict[int, int] = {}
    numbered = []
    for line in lines:
        counts[line.page] = counts.get(line.page, 0) + 1
        numbered.append(replace(line, number=counts[line.page]))
    return numbered
