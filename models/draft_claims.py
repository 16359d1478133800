"""What was read of a résumé: draft claims for a person to confirm, and where each value stood.

A draft is no claim yet. A value that is not in the text is absent, and what could not be read
surely is left out and listed, so that whoever confirms it sees what there is to add.
"""

from pydantic import Field

from models.base import Model
from models.history import Claims


class ReadLine(Model):
    """One line of the résumé, in reading order."""

    page: int = Field(ge=1)
    """A DOCX has no pages of its own: all of it is page 1."""
    line: int = Field(ge=1)
    """On that page, from 1."""
    text: str


class FieldRead(Model):
    """One value of the draft, and the line it stood on."""

    field: str
    """Its place in the claims, entries counted from 0: `work[0].startDate`."""
    value: str | None = None
    """As the draft has it; `None` where the text says that it goes on until today."""
    at: ReadLine


class Unsure(Model):
    """Something that a person should look at before they confirm the draft."""

    note: str
    """A sentence."""
    at: ReadLine | None = None


class Draft(Model):
    """A résumé as draft claims."""

    claims: Claims
    read: tuple[FieldRead, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    unread_lines: tuple[ReadLine, ...] = ()
    """Of the parts that are read: the lines that gave nothing."""
    warnings: tuple[str, ...] = ()
    """About the file as a whole, in sentences."""
    text: tuple[ReadLine, ...] = ()
    """Everything that is written, in reading order."""
