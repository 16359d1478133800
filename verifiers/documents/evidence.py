"""One document as it was seen: its picture, its zones, and where on the picture each field lies."""

from dataclasses import dataclass

from models.document import Mrz, MrzField, MrzText, PrintedField
from models.finding import Point, Region, Seen
from verifiers.documents.agreement import FieldAgreement
from verifiers.documents.printed import PrintedZone
from verifiers.picture import Picture

_LINE_PITCH_MM, _LETTER_MM = 6.35, 2.75
"""9303-3 §4.2: from line to line, and the height of OCR-B."""

FIELD_NAMES = {
    "document_number": "document number",
    "name": "name",
    "surname": "family name",
    "given_names": "given names",
    "birth_date": "birth date",
    "expiry_date": "expiry date",
    "sex": "sex",
    "nationality": "nationality",
    "issuing_state": "issuing state",
    "personal_number": "personal number",
}


def in_words(name: str) -> str:
    """How a sentence calls this field: a check digit by the field it belongs to."""
    of, digit, _ = name.partition("_check_digit")
    if digit:
        return "check digit of all" if of == "composite" else f"check digit of the {in_words(of)}"
    return FIELD_NAMES.get(name, name.replace("_", " "))


@dataclass(frozen=True, eq=False)
class DocumentRead:
    """A document that was found on a picture."""

    picture: Picture
    text: MrzText
    mrz: Mrz
    printed: PrintedZone
    printed_on: Picture
    """The picture of the printed zone: for a card, that of its other side."""
    comparisons: tuple[FieldAgreement, ...]
    """The two zones field by field; empty where the print could not be compared."""

    def seen(self, name: str, value: str | None = None) -> Seen:
        """A field of the machine readable zone as evidence, with its place on the picture."""
        field = self.mrz.fields[name]
        return Seen(
            what=f"{in_words(name)}, machine readable zone",
            value=value or field.value or field.raw,
            file=self.picture.file,
            page=self.picture.page,
            region=self.region_of(field),
        )

    def seen_printed(self, field: PrintedField) -> Seen:
        """A printed field as evidence."""
        return Seen(
            what=f"{in_words(field.name)}, printed",
            value=field.text,
            file=self.printed_on.file,
            page=self.printed_on.page,
            region=field.region,
        )

    def seen_zone(self) -> Seen:
        """The whole machine readable zone as evidence."""
        return Seen(
            what="machine readable zone",
            value="\n".join(self.text.lines),
            file=self.picture.file,
            page=self.picture.page,
            region=self.text.region,
        )

    def region_of(self, field: MrzField) -> Region:
        """Where these characters lie, by their share of the zone's quadrilateral."""
        lines, columns = self.text.format.shape
        tall = (lines - 1) * _LINE_PITCH_MM + _LETTER_MM
        top = field.line * _LINE_PITCH_MM / tall
        bottom = top + _LETTER_MM / tall
        left, right = field.start / columns, field.end / columns
        return Region(
            corners=(
                self._within(left, top),
                self._within(right, top),
                self._within(right, bottom),
                self._within(left, bottom),
            )
        )

    def _within(self, across: float, down: float) -> Point:
        one, two, three, four = self.text.region.corners
        return (
            _mix(_mix(one[0], two[0], across), _mix(four[0], three[0], across), down),
            _mix(_mix(one[1], two[1], across), _mix(four[1], three[1], across), down),
        )


def _mix(one: float, two: float, share: float) -> float:
    return one + (two - one) * share
