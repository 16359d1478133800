"""A line of a résumé as it stands on the page: its text in cells, and how it looks."""

import re
from dataclasses import dataclass, replace

from models.draft_claims import ReadLine

MOST_LINES = 4000
"""Of one file. Twenty pages of small print have 1,600."""
LONGEST_LINE = 1000
"""Characters. A paragraph of a DOCX is one line; a longer one goes on in the next."""

_BULLET = re.compile(r"^\s*(?:[•●◦▪▫■□‣⁃∙·○◆◇➢➤►▸✓✔–—*\uf0b7\uf0a7-]|o(?=\s{1,3}[A-Z]))\s+")


@dataclass(frozen=True)
class Line:
    """One line; cells are parts of it with a wide gap or a tab between them."""

    cells: tuple[str, ...]
    page: int = 1
    number: int = 1
    x: float = 0.0
    """Where its text begins, in points from the left."""
    size: float = 0.0
    """Of its letters, in points; 0 where it is not known."""
    bold: bool = False
    bullet: bool = False
    titled: bool = False
    """The author marked it as a heading."""
    after_gap: bool = False
    """There is more room above it than between lines of a paragraph."""

    @property
    def text(self) -> str:
        """All of it, cells apart by two spaces."""
        return "  ".join(self.cells)

    @property
    def place(self) -> ReadLine:
        """Where it stands."""
        return ReadLine(page=self.page, line=self.number, text=self.text)


def cleaned(line: Line) -> Line | None:
    """Without its bullet and odd spaces, bounded; `None` where nothing is written."""
    cells: list[str] = []
    bullet = line.bullet
    for cell in line.cells:
        text = "".join(c if c.isprintable() else " " for c in cell[:LONGEST_LINE])
        text = text.replace("\u00ad", "")
        if not cells and (mark := _BULLET.match(text + " ")):
            bullet, text = True, text[mark.end() :]
        if text := " ".join(text.split()):
            cells.append(text)
    if not cells:
        return None
    return replace(line, cells=tuple(cells), bullet=bullet)
