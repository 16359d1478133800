"""The text of a DOCX (ECMA-376) in reading order: paragraphs, tables, text boxes, headers.

The archive is judged before anything is unpacked: how much it holds, and that no part declares a
document type, which no word processor writes and which entities need. python-docx opens it; the
walk over its parts is ours, because it passes by content controls and text boxes, and templates are
made of them.
"""

import io
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, BinaryIO

from docx import Document
from docx.oxml.ns import qn

from verifiers.resume.lines import Line
from verifiers.resume.sections import heading_of
from verifiers.unusable import Refusal

MOST_UNPACKED_BYTES = 60_000_000
MOST_XML_BYTES = 15_000_000
"""Of one part: 200 pages of text have 3 MB."""
MOST_PARTS = 2000
_SEND_AGAIN = "Save it again as DOCX, or as PDF, and send that"
_COLUMN_PARAGRAPHS = 6
"""A cell with so many is a column of the page rather than a field of a table."""


def docx_lines(source: BinaryIO) -> list[Line]:
    """Every line in reading order.

    Raises:
        Refusal: it is no whole DOCX, unpacks to too much, or holds no text.
    """
    data = source.read()
    refuse_hostile(data)
    try:
        document = Document(io.BytesIO(data))
        lines = [*_header(document), *_walk(document.element.body, document)]
    except RecursionError:
        raise Refusal("nests tables too deep", _SEND_AGAIN) from None
    except Exception:
        # python-docx and lxml raise a dozen kinds for files that are not what they say.
        raise Refusal("is a DOCX whose data is damaged", _SEND_AGAIN) from None
    if not any(cell.strip() for line in lines for cell in line.cells):
        raise Refusal("has no text", "Send the résumé with its text, not a picture of it")
    return lines


def refuse_hostile(data: bytes) -> None:
    """Judge the archive before it is unpacked.

    Raises:
        Refusal: it is damaged, locked, no DOCX, too large unpacked, or declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise Refusal(f"has {len(parts)} parts; a DOCX has a few dozen", _SEND_AGAIN)
            if any(part.flag_bits & 1 for part in parts):
                raise Refusal("is protected by a password", "Remove the password")
            # zipfile never unpacks more of a part than its directory says.
            if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
                raise Refusal(
                    f"unpacks to more than {MOST_UNPACKED_BYTES // 10**6} MB", _SEND_AGAIN
                )
            if "word/document.xml" not in archive.namelist():
                raise Refusal("is a ZIP archive but no Word document", _SEND_AGAIN)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _refuse_entities(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
        raise Refusal("is a DOCX whose data is damaged", _SEND_AGAIN) from None


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.file_size > MOST_XML_BYTES:
        raise Refusal(f"has a part of {part.file_size / 1e6:.0f} MB of XML", _SEND_AGAIN)
    try:
        xml = archive.read(part).replace(b"\0", b"")  # UTF-16 as well.
    except Exception:
        # zlib.error and others: each decompressor has its own.
        raise Refusal("is a DOCX whose data is damaged", _SEND_AGAIN) from None
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refusal("declares XML entities, as no word processor does", _SEND_AGAIN)


def _header(document: Any) -> Iterator[Line]:
    """What is printed above the first page: many put their name and address there."""
    section = document.sections[0]
    for header in (section.first_page_header, section.header):
        if not header.is_linked_to_previous:
            yield from _walk(header._element, document)
            return


def _walk(parent: Any, document: Any) -> Iterator[Line]:
    """Paragraphs and tables below an element, through content controls."""
    gap = True
    for element in parent:
        if element.tag == qn("w:p"):
            empty = True
            for line in _paragraph(element, document, after_gap=gap):
                empty = False
                yield line
            gap = empty
        elif element.tag == qn("w:tbl"):
            yield from _table(element, document)
            gap = True
        elif element.tag == qn("w:sdt"):
            for content in element.iterchildren(qn("w:sdtContent")):
                yield from _walk(content, document)


def _paragraph(element: Any, document: Any, *, after_gap: bool) -> Iterator[Line]:
    """The lines of a paragraph, then those of the text boxes that hang on it."""
    text = "".join(_texts(element))
    style = _style(element, document)
    size, bold = _looks(element, style)
    name = (style.name or "").lower() if style is not None else ""
    for place, written in enumerate(text.split("\n")):
        if written.strip():
            yield Line(
                cells=tuple(written.split("\t")),
                size=size,
                bold=bold,
                bullet=element.find(f".//{qn('w:numPr')}") is not None or "list" in name,
                titled=name.startswith(("heading", "title")),
                after_gap=after_gap and place == 0,
            )
    for box in element.iter(qn("w:txbxContent")):
        if not any(_local(above) == "Fallback" for above in box.iterancestors()):
            yield from _walk(box, document)


def _texts(element: Any) -> Iterator[str]:
    """What a paragraph says, without text boxes, older software's copies and deletions."""
    for child in element:
        tag = _local(child)
        if tag == "t":
            yield child.text or ""
        elif tag in ("tab", "ptab"):
            yield "\t"
        elif tag in ("br", "cr"):
            yield "\n"
        elif tag == "noBreakHyphen":
            yield "-"
        elif tag not in ("pPr", "rPr", "txbxContent", "Fallback", "del", "delText", "instrText"):
            yield from _texts(child)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _style(element: Any, document: Any) -> Any:
    named = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if named is None:
        return None
    wanted = named.get(qn("w:val"))
    return next((style for style in document.styles if style.style_id == wanted), None)


def _looks(element: Any, style: Any) -> tuple[float, bool]:
    """Size in points (0 where it is the body's) and whether all of it is bold."""
    font = getattr(style, "font", None)
    size = font.size.pt if font is not None and font.size else 0.0
    styled_bold = bool(font is not None and font.bold)
    bolds = []
    for run in element.iter(qn("w:r")):
        if run.find(qn("w:t")) is None:
            continue
        of_run = run.find(f"{qn('w:rPr')}/{qn('w:sz')}")
        if of_run is not None and (of_run.get(qn("w:val")) or "").isdigit():
            size = max(size, int(of_run.get(qn("w:val"))[:4]) / 2)
        bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
        off = bold is not None and bold.get(qn("w:val")) in ("0", "false", "off")
        bolds.append(styled_bold if bold is None else not off)
    return size, bool(bolds) and all(bolds)


def _table(table: Any, document: Any) -> Iterator[Line]:
    """A table that lays out the page is read cell by cell, any other row by row."""
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not table:
            continue
        cells = []
        for cell in row.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is row:
                merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merged is None or merged.get(qn("w:val")) == "restart":
                    cells.append(list(_walk(cell, document)))
        if len(cells) > 1 and not _are_columns(cells):
            yield from _side_by_side(cells)
        else:
            for lines in cells:
                yield from lines


def _are_columns(cells: list[list[Line]]) -> bool:
    """Whether each of two cells is a piece of the page with a heading of its own."""
    headed = sum(
        len(lines) >= 2 and any(heading_of(line.text) is not None for line in lines)
        for lines in cells
    )
    long = sum(len(lines) >= _COLUMN_PARAGRAPHS for lines in cells)
    return headed >= 1 and (headed >= 2 or long >= 2)


def _side_by_side(cells: list[list[Line]]) -> Iterator[Line]:
    """The first lines of all cells are one line, and so on."""
    for place, row in enumerate(zip_longest(*cells)):
        there = [line for line in row if line is not None]
        first = there[0]
        yield Line(
            cells=tuple(cell for line in there for cell in line.cells),
            size=max(line.size for line in there),
            bold=all(line.bold for line in there),
            bullet=len(there) == 1 and first.bullet,
            titled=len(there) == 1 and first.titled,
            after_gap=place == 0,
        )
