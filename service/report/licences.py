"""A driver licence in the report: what its barcode says beside its printed front."""

from collections.abc import Iterator

from models.barcode import LicenceField
from models.document import FieldStatus
from models.finding import Region
from models.history import Claims
from service.report.field_rows import AGREEMENT, caption, claimed_fields
from service.report.figures import cut_out, marked_picture
from service.report.shown import DocumentShown, FieldRow, MarkedPicture
from verifiers.documents.agreement import FieldAgreement
from verifiers.documents.barcode_evidence import FIELD_OF_ZONE, LicenceRead
from verifiers.documents.evidence import in_words
from verifiers.documents.sides import Sides
from verifiers.picture import Picture

_AS_ZONE = {ours: theirs for theirs, ours in FIELD_OF_ZONE.items()}
_FIRST = (
    *("number", "family_name", "given_names", "birth_date", "sex", "issue_date", "expiry_date"),
    *("jurisdiction", "address"),
)
_RESULT = {
    FieldStatus.VALID: ("read", "good"),
    FieldStatus.INVALID: ("invalid", "bad"),
    FieldStatus.UNSURE: ("unsure", "unknown"),
    FieldStatus.EMPTY: ("empty", "plain"),
}


def licence_shown(sides: Sides, read: LicenceRead, claims: Claims | None) -> DocumentShown:
    """Its pictures with barcode and fields marked, and every field of the barcode."""
    files = " and ".join(dict.fromkeys(caption(picture) for picture in sides.pictures))
    licence = read.licence
    whose = f", {licence.jurisdiction}" if licence.jurisdiction else ""
    return DocumentShown(
        title=f"Driver licence or card{whose} ({read.text.symbology.value}) in {files}",
        problem=licence.problem or "",
        zone_name="Barcode",
        pictures=tuple(_marked(picture, read) for picture in sides.pictures),
        zone=cut_out(read.picture.pixels, read.text.region, "Barcode, laid flat", margin=0.1),
        rows=tuple(_rows(read, claims)),
    )


def _marked(picture: Picture, read: LicenceRead) -> MarkedPicture:
    marks: list[tuple[Region, str, str]] = []
    if picture is read.picture:
        marks.append((read.text.region, "barcode", "good" if not read.licence.problem else "bad"))
    if picture is read.printed_on:
        for compared in (*read.comparisons, *read.strangers):
            tone = AGREEMENT[compared.agreement][1]
            if compared.printed:
                label = "" if tone == "good" else in_words(compared.name)
                marks.append((compared.printed.region, label, tone))
    return marked_picture(picture.pixels, caption(picture), marks)


def _rows(read: LicenceRead, claims: Claims | None) -> Iterator[FieldRow]:
    claimed = claimed_fields(claims)
    compared = {one.name: one for one in (*read.comparisons, *read.strangers)}
    order = sorted(
        read.licence.fields.items(),
        key=lambda item: _FIRST.index(item[0]) if item[0] in _FIRST else len(_FIRST),
    )
    for name, field in order:
        as_zone = _AS_ZONE.get(name, name)
        yield _row(read, field, compared.get(as_zone), claimed.get(as_zone))


def _row(
    read: LicenceRead, field: LicenceField, compared: FieldAgreement | None, claimed: str | None
) -> FieldRow:
    result, tone = _RESULT[field.status]
    reason = field.reason
    if compared and field.status is FieldStatus.VALID:
        result, tone = AGREEMENT[compared.agreement]
        reason = None if tone == "good" else compared.explanation
    printed = compared.printed if compared else None
    return FieldRow(
        key=field.name,
        name=in_words(field.name),
        mrz=field.value or " ".join(element.raw for element in field.elements) or None,
        printed=printed.text if printed else None,
        claimed=claimed,
        result=result,
        tone=tone,
        reason=reason,
        printed_picture=cut_out(
            read.printed_on.pixels, printed.region, f"{in_words(field.name)}, in print", margin=0.35
        )
        if printed and read.printed_on and tone in ("bad", "unknown")
        else None,
    )
