"""Where a specimen's fields stand, in millimetres from the top left corner of its side.

Sizes of documents and the MRZ zone (the lowest 23.2 mm; 10 characters an inch, lines 6.35 mm apart)
are those of ICAO 9303-3 to -7. Where the printed fields stand is our specimens' own choice: fixed,
so that tests know where to look.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from samples.mrz_lines import Format

MRZ_ZONE_HEIGHT = 23.2
MRZ_CHARACTER_PITCH = 25.4 / 10
MRZ_LINE_PITCH = 6.35
MRZ_CHARACTER_HEIGHT = 2.75

SideName = Literal["data page", "front", "back"]


class Box(NamedTuple):
    """Left, top, width, height: millimetres in a layout, pixels in a rendered side."""

    left: float
    top: float
    width: float
    height: float


LABELS = {
    "document_type": "Type",
    "issuing_state": "Code",
    "document_number": "Document No.",
    "surname": "Surname",
    "given_names": "Given names",
    "nationality": "Nationality",
    "birth_date": "Date of birth",
    "sex": "Sex",
    "issue_date": "Date of issue",
    "expiry_date": "Date of expiry",
    "personal_number": "Personal No.",
}


@dataclass(frozen=True)
class Layout:
    """One format: size, title, which side carries what, and the boxes of the printed values.

    A value's label stands in the `label_height` above its box.
    """

    width: float
    height: float
    title: str
    portrait: Box
    fields: dict[str, Box]
    mrz_left: float
    label_height: float
    value_size: float
    sides: tuple[SideName, ...] = ("data page",)

    @property
    def ghost(self) -> Box:
        """Of a ghost portrait: right of both rows of names, in the proportions of the portrait."""
        number, given = self.fields["document_number"], self.fields["given_names"]
        top = number.top + number.height
        height = given.top + given.height - top
        width = height * self.portrait.width / self.portrait.height
        return Box(number.left + number.width - width, top, width, height)


def _rows(left: float, top: float, pitch: float, right: float) -> dict[str, Box]:
    """Six rows of values: the halves of a row start at `left` and at 52 % of the way to `right`."""
    span = right - left
    height = pitch * 0.52
    half, third = left + 0.52 * span, left + 0.24 * span

    def box(row: int, start: float, end: float) -> Box:
        down = top + (row + 1) * pitch - height
        return Box(round(start, 2), round(down, 2), round(end - start, 2), round(height, 2))

    gap = 1.0
    return {
        "document_type": box(0, left, third - gap),
        "issuing_state": box(0, third, half - gap),
        "document_number": box(0, half, right),
        "surname": box(1, left, right),
        "given_names": box(2, left, right),
        "nationality": box(3, left, third - gap),
        "sex": box(3, third, half - gap),
        "birth_date": box(3, half, right),
        "issue_date": box(4, left, half - gap),
        "expiry_date": box(4, half, right),
        "personal_number": box(5, left, right),
    }


LAYOUTS: dict[Format, Layout] = {
    "TD1": Layout(
        width=85.6,
        height=53.98,
        title="IDENTITY CARD",
        portrait=Box(4, 13, 27, 34.7),
        fields=_rows(35, 10.5, 6.6, 82),
        mrz_left=4.7,
        label_height=2.6,
        value_size=2.9,
        sides=("front", "back"),
    ),
    "TD2": Layout(
        width=105,
        height=74,
        title="IDENTITY CARD",
        portrait=Box(4, 12, 28, 36),
        fields=_rows(37, 9.5, 6.6, 101),
        mrz_left=4.0,
        label_height=2.6,
        value_size=2.9,
    ),
    "TD3": Layout(
        width=125,
        height=88,
        title="PASSPORT",
        portrait=Box(5, 15, 35, 45),
        fields=_rows(46, 12, 8.4, 120),
        mrz_left=6.0,
        label_height=3.2,
        value_size=3.4,
    ),
    "MRV-A": Layout(
        width=120,
        height=80,
        title="VISA",
        portrait=Box(5, 13, 32, 41.1),
        fields=_rows(43, 10.5, 7.4, 115),
        mrz_left=4.0,
        label_height=2.9,
        value_size=3.2,
    ),
    "MRV-B": Layout(
        width=105,
        height=74,
        title="VISA",
        portrait=Box(4, 12, 28, 36),
        fields=_rows(37, 9.5, 6.6, 101),
        mrz_left=4.0,
        label_height=2.6,
        value_size=2.9,
    ),
}


def mrz_box(layout: Layout, lines: int, characters: int) -> Box:
    """The ink of the MRZ: its lines stand centred in the zone at the document's lower edge."""
    height = (lines - 1) * MRZ_LINE_PITCH + MRZ_CHARACTER_HEIGHT
    top = layout.height - MRZ_ZONE_HEIGHT / 2 - height / 2
    return Box(layout.mrz_left, top, characters * MRZ_CHARACTER_PITCH, height)
