"""What each check digit of a zone is computed over, and where it stands: ICAO 9303-3 §4.9.

A document number of more than nine characters (9303-5 and -6 §4.2.2.2) leaves a filler in its
digit's place and goes on in the optional data, its digit after it; the composite takes the fields
as they stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.document import MrzFormat
from verifiers.documents.mrz_fields import FILLER, Check, Field, Layout


@dataclass(frozen=True)
class Weighed:
    """One check digit with the characters under it."""

    text: str
    """What it is computed over."""
    printed: str
    """The character in its place."""
    line: int
    column: int
    fields: tuple[Field, ...]
    """Every field that has a part in it."""


def weighed(check: Check, layout: Layout, lines: Sequence[str]) -> Weighed:
    """The characters that this check digit of these lines belongs to."""
    digit = layout.field(check.digit)
    covered = tuple(layout.field(name) for name in check.covers)
    text = "".join(field.cut(lines) for field in covered)
    rest = rest_of_long_number(layout, lines)
    if rest is None or check.covers != ("document_number",):
        return Weighed(text, digit.cut(lines), digit.line, digit.start, (digit, *covered))
    optional = layout.field("optional_data")
    filler = FILLER if layout.long_number_weighs_filler else ""
    return Weighed(
        text + filler + rest[:-1],
        rest[-1],
        optional.line,
        optional.start + len(rest) - 1,
        (digit, *covered, optional),
    )


def rest_of_long_number(layout: Layout, lines: Sequence[str]) -> str | None:
    """What follows the first nine characters of a long number, its check digit last."""
    if layout.format not in (MrzFormat.TD1, MrzFormat.TD2) or not layout.has("optional_data"):
        return None
    number = layout.field("document_number").cut(lines)
    digit = layout.field("document_number_check_digit").cut(lines)
    rest = layout.field("optional_data").cut(lines).split(FILLER)[0]
    if digit != FILLER or FILLER in number or len(rest) < 2 or not rest[-1].isdigit():
        return None
    return rest
