"""One licence as it was seen: its barcode, the picture of its front, and how the two compare."""

from dataclasses import dataclass

from models.barcode import BarcodeText, Licence
from models.document import PrintedField
from models.finding import Region, Seen
from verifiers.documents.agreement import FieldAgreement
from verifiers.documents.evidence import in_words
from verifiers.documents.printed import PrintedZone
from verifiers.names import Agreement, DocumentName
from verifiers.picture import Picture

FIELD_OF_ZONE = {
    "document_number": "number",
    "surname": "family_name",
    "given_names": "given_names",
    "birth_date": "birth_date",
    "sex": "sex",
    "expiry_date": "expiry_date",
}
"""What a machine readable zone and print call a field -> what a licence calls it."""

_PARTS = frozenset(("first_name", "middle_names", "street", "street_2", "city", "postal_code"))
"""Told as a whole in another field."""


def name_on(licence: Licence) -> DocumentName | None:
    """The name in a licence's barcode; `None` where it gives no family name."""
    family = licence.value("family_name")
    if family is None:
        return None
    return DocumentName(
        family,
        licence.value("given_names") or "",
        truncated=licence.name_truncated,
        guessed=licence.guesses("family_name", "given_names"),
    )


@dataclass(frozen=True)
class FieldBeside:
    """One field of a licence, in its barcode and beside it on the front."""

    name: str
    """As a licence calls it."""
    barcode: str
    printed: str | None
    """As it is printed; `None` where it is not compared, or was not found."""
    agreement: Agreement | None
    """`None` where this field is not compared."""
    explanation: str | None
    on_barcode: Region
    """The whole barcode: its characters have no place of their own that a person could see."""
    on_front: Region | None


@dataclass(frozen=True, eq=False)
class LicenceRead:
    """A licence whose barcode was read on a picture."""

    picture: Picture
    text: BarcodeText
    licence: Licence
    printed: PrintedZone
    """The front, or why it was not compared."""
    printed_on: Picture | None
    comparisons: tuple[FieldAgreement, ...]
    """Barcode and front field by field; empty where the front could not be compared."""
    strangers: tuple[FieldAgreement, ...] = ()
    """What surely stands on a front that nothing says to be this licence's."""

    @property
    def name(self) -> DocumentName | None:
        """The name in the barcode; `None` where it gives no family name."""
        return name_on(self.licence)

    @property
    def beside(self) -> tuple[FieldBeside, ...]:
        """Every field of the barcode that says something, and what the front says of it."""
        compared = {FIELD_OF_ZONE[c.name]: c for c in (*self.comparisons, *self.strangers)}
        rows = []
        for name, field in self.licence.fields.items():
            if name in _PARTS or field.value is None:
                continue
            at = compared.get(name)
            printed = at.printed if at else None
            rows.append(
                FieldBeside(
                    name=name,
                    barcode=field.value,
                    printed=printed.text if printed else None,
                    agreement=at.agreement if at else None,
                    explanation=at.explanation if at else field.reason,
                    on_barcode=self.text.region,
                    on_front=printed.region if printed else None,
                )
            )
        return tuple(rows)

    def seen(self, name: str, value: str | None = None) -> Seen:
        """A field of the barcode as evidence, with the elements that it comes from."""
        field = self.licence.fields[name]
        ids = ", ".join(e.id for e in field.elements)
        raw = " ".join(e.raw for e in field.elements)
        what = f"{name.replace('_', ' ')}, barcode"
        return Seen(
            what=f"{what} ({ids})" if ids else what,
            value=value or field.value or raw,
            file=self.picture.file,
            page=self.picture.page,
            region=self.text.region,
        )

    def seen_barcode(self) -> Seen:
        """The whole barcode as evidence."""
        return Seen(
            what="barcode",
            value=self.text.symbology.value,
            file=self.picture.file,
            page=self.picture.page,
            region=self.text.region,
        )

    def seen_printed(self, field: PrintedField) -> Seen:
        """A printed field as evidence."""
        on = self.printed_on
        return Seen(
            what=f"{in_words(field.name)}, printed",
            value=field.text,
            file=on.file if on else None,
            page=on.page if on else None,
            region=field.region,
        )
