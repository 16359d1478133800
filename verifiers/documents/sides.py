"""Which pictures show one document: a page with both zones, or a card's front and its back.

A licence's back has a barcode where other cards have a zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.document import MrzFormat
from verifiers.documents.barcode_evidence import LicenceRead
from verifiers.documents.evidence import DocumentRead
from verifiers.documents.upright import front_of_card, lies_on, page_of
from verifiers.page import Page
from verifiers.picture import Picture


@dataclass(frozen=True, eq=False)
class Sides:
    """The pictures of one document, and where on them its pages lie."""

    pictures: tuple[Picture, ...]
    """The one of the printed zone first, then that of the machine readable zone, if another."""
    pages: tuple[Page, ...]
    """The page of the machine readable zone, and a card's front; none where no zone was read."""
    read: DocumentRead | None
    """What was read; `None` on a picture on which no zone was."""
    licence: LicenceRead | None = None
    """What was read of a licence's barcode."""


def sides_of_each(
    pictures: Sequence[Picture],
    documents: Sequence[DocumentRead],
    licences: Sequence[LicenceRead] = (),
) -> tuple[Sides, ...]:
    """Every document that was read on these pictures, and then each picture that shows none."""
    found = (*(_sides(read) for read in documents), *(_of_licence(read) for read in licences))
    used = [picture for sides in found for picture in sides.pictures]
    rest = [picture for picture in pictures if not any(picture is other for other in used)]
    return (*found, *(Sides((picture,), (), None) for picture in rest))


def _sides(read: DocumentRead) -> Sides:
    apart = read.printed_on is not read.picture
    pictures = (read.printed_on, read.picture) if apart else (read.picture,)
    page = page_of(read.picture, read.text)
    front = _front(read, page) if read.text.format is MrzFormat.TD1 else None
    return Sides(pictures, (page, front) if front else (page,), read)


def _of_licence(read: LicenceRead) -> Sides:
    front = read.printed_on
    if front is None:
        return Sides((read.picture,), (), None, read)
    sheets = [[line.region for line in sheet.lines] for sheet in read.printed.sheets]
    page = front_of_card(front, max(sheets, key=len, default=[]))
    pictures = (front,) if front is read.picture else (front, read.picture)
    return Sides(pictures, (page,) if page else (), None, read)


def _front(read: DocumentRead, back: Page) -> Page | None:
    """Where the print of the card's other side is, if that was found."""
    sheets = [[line.region for line in sheet.lines] for sheet in read.printed.sheets]
    if read.printed_on is read.picture:
        sheets = [[region for region in sheet if not lies_on(back, region)] for sheet in sheets]
    return front_of_card(read.printed_on, max(sheets, key=len, default=[]))
