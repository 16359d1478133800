"""PDF pages with real text (ISO 32000-1), written by hand: standard fonts, nothing embedded."""

from dataclasses import dataclass

WIDTH, HEIGHT = 595.0, 842.0
"""A4 in points."""
_AVERAGE = {False: 0.5, True: 0.53}
"""Of Helvetica's widths, in ems, for setting text flush right."""


@dataclass(frozen=True)
class Text:
    """A text on a page: from the left and from the top, in points."""

    text: str
    x: float
    y: float
    size: float = 10.0
    bold: bool = False


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is set."""
    narrow = sum(c in "iljtfI.,:;|'() " for c in text)
    return size * (_AVERAGE[bold] * 1.06 * (len(text) - narrow) + 0.27 * narrow)


def pdf(pages: list[list[Text]]) -> bytes:
    """A PDF with these texts. Characters beyond Windows-1252 are printed as question marks."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * place} 0 R" for place in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
    ]
    for place, texts in enumerate(pages):
        content = b"\n".join(map(_shown, texts))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH:g} {HEIGHT:g}]"
            f"/Contents {6 + 2 * place} 0 R/Resources<</Font<</F0 3 0 R/F1 4 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _font(name: str) -> bytes:
    return f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode()


def _shown(text: Text) -> bytes:
    said = text.text.encode("cp1252", errors="replace")
    for mark in (b"\\", b"(", b")"):
        said = said.replace(mark, b"\\" + mark)
    place = f"BT /F{int(text.bold)} {text.size:g} Tf {text.x:.1f} {HEIGHT - text.y:.1f} Td ("
    return place.encode() + said + b") Tj ET"


def _file(objects: list[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%s"
        b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, table, size, len(data))
    )
