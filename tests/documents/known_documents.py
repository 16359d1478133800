"""Specimens whose machine readable zone is known: pictures for `verify`, and a reader of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from models.document import MrzFormat, MrzSearch, MrzText
from models.finding import Region
from samples.holder import ANNA, Holder
from samples.layout import Box
from samples.mrz_lines import Format
from samples.portraits import identity_one
from samples.specimen import Specimen, render
from samples.tampering import Tampering
from verifiers.picture import Picture, Pixels


@cache
def specimen(
    holder: Holder = ANNA, format: Format = "TD3", tampering: tuple[Tampering, ...] = ()
) -> Specimen:
    """A specimen as it would be scanned at 200 dpi."""
    return render(holder, format, identity_one(), dpi=200, tampering=tampering)


def pictures(document: Specimen) -> list[Picture]:
    """One picture a side."""
    return [Picture(file=f"{side.name}.png", pixels=side.image) for side in document.sides]


def text_of(
    document: Specimen,
    *,
    lines: Sequence[str] | None = None,
    unsure: tuple[tuple[int, int], ...] = (),
) -> MrzText:
    """What a perfect reader sees on the specimen, or these lines and doubts instead."""
    box: Box = document.mrz_side.boxes["mrz"]
    format = MrzFormat(document.format)
    rows, columns = format.shape
    return MrzText(
        format=format,
        lines=tuple(lines or document.mrz),
        confidence=((1.0,) * columns,) * rows,
        unsure=unsure,
        region=Region.box(box.left, box.top, box.left + box.width, box.top + box.height),
    )


@dataclass
class KnownLines:
    """Stands in for the reader of pixels: it knows which picture carries which zone."""

    known: Sequence[tuple[Pixels, MrzText]]

    def read(self, pixels: Pixels) -> MrzSearch:
        found = tuple(text for image, text in self.known if image is pixels)
        return MrzSearch(readings=found, problem=None if found else "no lines were found")


def reader_of(*documents: Specimen) -> KnownLines:
    """A reader that knows these specimens."""
    return KnownLines([(d.mrz_side.image, text_of(d)) for d in documents])
