"""The printed front of a licence against its barcode, as the zones of a document are compared.

A barcode stands on the other side of the card, so that which picture shows its front, and whether
one does, is a question of its own: the front is the page that says most of what the barcode says. A
page that says nothing of it, and surely says other things, is another's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.barcode import BarcodeText, Licence
from models.document import FieldStatus, Mrz, MrzField, MrzFormat
from verifiers.documents.agreement import SURE, FieldAgreement, ReadAgain, compare_zones
from verifiers.documents.barcode_evidence import FIELD_OF_ZONE, LicenceRead
from verifiers.documents.print_compare import DATE, NAME_PART, NUMBER, Kind
from verifiers.documents.printed import (
    NO_FRONT,
    PrintedZone,
    field_of,
    read_again,
    with_compared,
)
from verifiers.names import Agreement
from verifiers.picture import Picture

_TELLING: dict[str, Kind] = {
    "document_number": NUMBER,
    "surname": NAME_PART,
    "birth_date": DATE,
}
"""What two people do not share; all three must surely differ for a page to be another's."""
_SAID = (FieldStatus.VALID, FieldStatus.UNSURE)


def compare_print(
    licence: Licence, printed: PrintedZone, read_again: ReadAgain
) -> list[FieldAgreement]:
    """Barcode and printed front field by field, as zones of a document are compared.

    Number, names, birth date, sex and expiry date, where the barcode has them; one that it only
    guesses, where it agrees. `read_again` reads one printed field a second time, by itself.
    """
    return [
        compared
        for compared in compare_zones(_as_zone(licence), printed, read_again)
        if compared.agreement is Agreement.AGREES
        or not licence.guesses(FIELD_OF_ZONE[compared.name])
    ]


def read_front(
    picture: Picture,
    text: BarcodeText,
    licence: Licence,
    pages: Sequence[tuple[Picture, PrintedZone]],
) -> LicenceRead:
    """The licence of this barcode with its front, which is the page that says most of its data."""
    compared = [
        (side, printed, compare_print(licence, printed, _reader_of(side)))
        for side, printed in pages
        if not printed.problem
    ]
    if not any(_of_this(agreed) for *_, agreed in compared):
        for side, printed, _ in compared:
            if strange := strangers(licence, printed, _reader_of(side)):
                why = "it says nothing of what the barcode says"
                unlike = replace(printed, problem=why)
                return LicenceRead(picture, text, licence, unlike, side, (), tuple(strange))
    on, printed, agreed = max(
        compared, key=lambda side: _told(side[2]), default=(None, PrintedZone(), [])
    )
    if not _told(agreed):
        problems = [zone.problem for _, zone in pages if zone.problem]
        on, agreed = None, []
        # Of a back alone, too little print is what it should have.
        printed = replace(printed, problem=problems[0] if len(problems) > 1 else NO_FRONT)
    return LicenceRead(
        picture=picture,
        text=text,
        licence=licence,
        printed=with_compared(printed, [c.printed for c in agreed if c.printed]),
        printed_on=on,
        comparisons=tuple(agreed),
    )


def strangers(
    licence: Licence, printed: PrintedZone, read_again: ReadAgain
) -> list[FieldAgreement]:
    """Number, family name and birth date of a page, where all three are surely not this licence's.

    Each must stand at its label, be read surely, and alike by a second reader. Empty otherwise.
    """
    zone = _as_zone(licence)
    found = []
    for name, kind in _TELLING.items():
        said = licence.value(FIELD_OF_ZONE[name])
        other = next(_other_values(zone, name, said, kind, printed, read_again), None)
        if said is None or other is None or licence.guesses(FIELD_OF_ZONE[name]):
            return []
        found.append(other)
    return found


def _other_values(
    zone: Mrz,
    name: str,
    said: str | None,
    kind: Kind,
    printed: PrintedZone,
    read_again: ReadAgain,
) -> Iterator[FieldAgreement]:
    """What stands at this field's labels and is surely another value."""
    for at in printed.labelled:
        if at.field != name or said is None:
            continue
        shown = field_of(name, at.values[0])
        compared = kind.compare(zone, said, shown.text)
        if compared is None or at.values[0].sure < SURE:
            continue
        again = read_again(shown)
        repeated = kind.compare(zone, said, again)
        if (
            compared.agreement is Agreement.DIFFERS
            and repeated is not None
            and repeated.agreement is Agreement.DIFFERS
            and kind.alike(shown.text, again)
        ):
            yield FieldAgreement(name, Agreement.DIFFERS, compared.explanation, said, shown)


def _of_this(agreed: Sequence[FieldAgreement]) -> bool:
    """Whether a page says anything that tells people apart, and it is this licence's."""
    return any(c.agreement is Agreement.AGREES and c.name in _TELLING for c in agreed)


def _reader_of(side: Picture) -> ReadAgain:
    return lambda field: read_again(side.pixels, field)


def _told(compared: Sequence[FieldAgreement]) -> int:
    return sum(c.agreement is not Agreement.UNKNOWN for c in compared)


def _as_zone(licence: Licence) -> Mrz:
    """The licence in the shape in which zones are compared; a card has the size of a TD1."""
    fields = {
        theirs: MrzField(
            name=theirs,
            raw=said.value,
            value=said.value,
            status=FieldStatus.VALID,
            line=0,
            start=said.elements[0].start,
            end=max(1, said.elements[-1].end),
        )
        for theirs, ours in FIELD_OF_ZONE.items()
        if (said := licence.fields.get(ours)) and said.status in _SAID and said.value
        if said.elements
    }
    return Mrz(
        format=MrzFormat.TD1,
        lines=(),
        fields={**fields, **({"name": fields["surname"]} if "surname" in fields else {})},
        primary_identifier=licence.value("family_name"),
        secondary_identifier=licence.value("given_names"),
        name_truncated=licence.name_truncated,
        birth_date=licence.birth_date,
        expiry_date=licence.expiry_date,
    )
