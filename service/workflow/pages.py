"""Documents and their pages as results keep them, without pixels, and with them again."""

from collections.abc import Sequence

import numpy as np

from service.workflow.pipeline import DocumentFound, PageFound
from verifiers.documents.sides import Sides
from verifiers.page import Page
from verifiers.picture import Picture


def place(picture: Picture, pages: Sequence[Picture]) -> int:
    """Which of the pictures and pages it is, from 0."""
    return next(number for number, other in enumerate(pages) if other is picture)


def document_found(sides: Sides, pages: Sequence[Picture]) -> DocumentFound:
    """The document without its pixels."""
    return DocumentFound(
        pictures=tuple(place(picture, pages) for picture in sides.pictures),
        pages=tuple(
            PageFound(
                picture=place(page.picture, pages),
                width=page.width,
                height=page.height,
                zone_top=page.zone_top,
                to_picture=tuple((float(a), float(b), float(c)) for a, b, c in page.to_picture),
            )
            for page in sides.pages
        ),
        zone=sides.read.mrz if sides.read else None,
        licence=sides.licence.licence if sides.licence else None,
        barcode=sides.licence.text.region if sides.licence else None,
    )


def found_sides(found: DocumentFound, pages: Sequence[Picture]) -> Sides:
    """The document on its pictures again; what was read of it stays with the result."""
    return Sides(
        pictures=tuple(pages[number] for number in found.pictures),
        pages=tuple(
            Page(
                picture=pages[page.picture],
                width=page.width,
                height=page.height,
                zone_top=page.zone_top,
                to_picture=np.array(page.to_picture),
            )
            for page in found.pages
        ),
        read=None,
    )
