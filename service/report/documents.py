"""The document section of a report: every document with both its zones, field by field.

People would rather look than read: what differs or is not sure is cut out and shown enlarged.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from models.context import Context
from models.document import FieldStatus, MrzField, MrzFormat
from models.finding import Finding, Region
from models.history import Claims
from service.report.field_rows import AGREEMENT, caption, claimed_fields
from service.report.figures import cut_out, marked_picture
from service.report.licences import licence_shown
from service.report.shown import (
    DocumentShown,
    FieldRow,
    MarkedPicture,
    PictureShown,
    TableRow,
)
from verifiers.documents.evidence import DocumentRead, in_words
from verifiers.documents.formats.check import Outcome
from verifiers.documents.print_words import folded
from verifiers.documents.rules_formats import looked_for
from verifiers.documents.sides import Sides
from verifiers.documents.upright import quarter_turns
from verifiers.names import Agreement
from verifiers.picture import Picture

_KINDS = {
    MrzFormat.TD1: "Card",
    MrzFormat.TD2: "Card",
    MrzFormat.TD3: "Passport",
    MrzFormat.MRV_A: "Visa",
    MrzFormat.MRV_B: "Visa",
}
_RESULT = {
    FieldStatus.VALID: ("read", "good"),
    FieldStatus.INVALID: ("invalid", "bad"),
    FieldStatus.UNSURE: ("unsure", "unknown"),
    FieldStatus.EMPTY: ("empty", "plain"),
}
_OUTCOME = {
    Outcome.AGREES: "good",
    Outcome.DEVIATES: "bad",
    Outcome.NOT_JUDGED: "unknown",
    Outcome.NO_RULE: "plain",
}
_IN_NAME = {"surname": "primary_identifier", "given_names": "secondary_identifier"}
_ROWS = (
    *("document_number", "surname", "given_names", "birth_date", "sex", "nationality"),
    *("issuing_state", "issue_date", "expiry_date", "personal_number", "composite_check_digit"),
)


_Marks = list[tuple[Region, str, str]]
"""Region, label, tone."""


def documents_shown(
    sides: Sequence[Sides],
    claims: Claims | None,
    context: Context,
    findings: Sequence[Finding] = (),
) -> tuple[DocumentShown, ...]:
    """Every document that was read, its fields marked, and then the pages that no zone is on.

    `findings` of these documents say why a page without a zone has none.
    """
    return tuple(
        _document(each, each.read, claims, context)
        if each.read
        else licence_shown(each, each.licence, claims)
        if each.licence
        else DocumentShown(
            title=" and ".join(caption(picture) for picture in each.pictures),
            problem=next((_why(picture, findings) for picture in each.pictures), ""),
            pictures=tuple(marked_picture(p.pixels, caption(p)) for p in each.pictures),
        )
        for each in sides
    )


def _why(page: Picture, findings: Sequence[Finding]) -> str:
    told = (
        finding.for_recruiter
        for finding in findings
        if finding.code == "document.mrz.not_found"
        and any((seen.file, seen.page) == (page.file, page.page) for seen in finding.seen)
    )
    return next(told, "")


def _document(
    sides: Sides, read: DocumentRead, claims: Claims | None, context: Context
) -> DocumentShown:
    files = " and ".join(dict.fromkeys(caption(picture) for picture in sides.pictures))
    kind = _KINDS[read.text.format]
    return DocumentShown(
        title=f"{kind} ({read.text.format.value}) in {files}",
        pictures=tuple(_marked(picture, read) for picture in sides.pictures),
        mrz="\n".join(read.text.lines),
        zone=cut_out(
            read.picture.pixels,
            read.text.region,
            "Machine readable zone, laid flat",
            margin=0.2,
        ),
        rows=tuple(_rows(read, claims)),
        tables=tuple(_tables(read, context)),
    )


def _tables(read: DocumentRead, context: Context) -> Iterator[TableRow]:
    for result in looked_for(read, context):
        if result.row is not None:
            yield TableRow(
                name=result.looked.value,
                result=result.outcome.value,
                tone=_OUTCOME[result.outcome],
                said=result.explanation,
                source=result.row.source,
            )


def _marked(picture: Picture, read: DocumentRead) -> MarkedPicture:
    """The picture turned as its print reads, with the zones that are on it."""
    marks: _Marks = []
    quarters = 0
    if picture is read.printed_on and read.printed.fields:
        marks += _printed_marks(read)
        longest = max((f.region for f in read.printed.fields), key=_length)
        quarters = quarter_turns(longest)
    if picture is read.picture:
        marks += _zone_marks(read)
        quarters = quarter_turns(read.text.region)
    return marked_picture(picture.pixels, caption(picture), marks, quarters=quarters)


def _zone_marks(read: DocumentRead) -> _Marks:
    tone = "bad" if read.mrz.invalid else "good" if read.text.sure else "unknown"
    return [
        (_with_margin(read.text.region), "machine readable zone", tone),
        # The zone and the table name these; labels among its characters would hide them.
        *((read.region_of(f), "", "bad") for f in read.mrz.invalid),
    ]


def _printed_marks(read: DocumentRead) -> _Marks:
    tones = {c.name: AGREEMENT[c.agreement][1] for c in read.comparisons}
    return [
        (f.region, "" if tones.get(f.name) == "good" else in_words(f.name), tones[f.name])
        for f in read.printed.fields
        if f.name in tones
    ]


def _length(region: Region) -> float:
    one, two, *_ = np.array(region.corners)
    return float(np.hypot(*(two - one)))


def _with_margin(region: Region) -> Region:
    """The region and a little paper around it, so that its outline does not hide its print."""
    top_left, top_right, _, bottom_left = np.array(region.corners)
    across, down = (top_right - top_left) * 0.008, (bottom_left - top_left) * 0.09
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    moved = [
        corner + x * across + y * down
        for corner, (x, y) in zip(np.array(region.corners), signs, strict=True)
    ]
    return Region.model_validate({"corners": [tuple(map(float, corner)) for corner in moved]})


def _rows(read: DocumentRead, claims: Claims | None) -> Iterator[FieldRow]:
    claimed = claimed_fields(claims)
    for name in _ROWS:
        row = _row(read, name, claimed.get(name))
        if row:
            yield row


def _row(read: DocumentRead, name: str, claimed: str | None) -> FieldRow | None:
    field = read.mrz.fields.get("name" if name in _IN_NAME else name)
    printed = read.printed.field(name)
    if field is None and printed is None:
        return None
    comparison = next((c for c in read.comparisons if c.name == name), None)
    result, tone, reason = ("printed only", "plain", None)
    if field:
        result, tone, reason = *_RESULT[field.status], field.reason
    digit = read.mrz.fields.get(f"{name}_check_digit")
    wrong = [f for f in (field, digit) if f and f.status is FieldStatus.INVALID]
    if wrong:
        result, tone = _RESULT[FieldStatus.INVALID]
        reasons = [field.reason if field else None, digit.reason if digit else None]
        if comparison and comparison.agreement is Agreement.DIFFERS:
            reasons.append(comparison.explanation)
        reason = "; ".join(dict.fromkeys(why for why in reasons if why))
    elif comparison:
        result, tone = AGREEMENT[comparison.agreement]
        reason = None if comparison.agreement is Agreement.AGREES else comparison.explanation
        printed = comparison.printed or printed
    elif field and printed and folded(printed.text) == folded(field.value or ""):
        result, tone = AGREEMENT[Agreement.AGREES]
    look = tone in ("bad", "unknown")
    return FieldRow(
        key=name,
        name=in_words(name),
        mrz=_in_zone(read, name, field),
        printed=printed.text if printed else None,
        claimed=claimed,
        result=result,
        tone=tone,
        reason=reason,
        mrz_picture=_zone_picture(read, name, field, digit) if field and look else None,
        printed_picture=cut_out(
            read.printed_on.pixels, printed.region, f"{in_words(name)}, in print", margin=0.35
        )
        if printed and look
        else None,
    )


def _in_zone(read: DocumentRead, name: str, field: MrzField | None) -> str | None:
    if field is None:
        return None
    if name in _IN_NAME:
        value: str | None = getattr(read.mrz, _IN_NAME[name])
        return value
    return field.value or field.raw


def _zone_picture(
    read: DocumentRead, name: str, field: MrzField, digit: MrzField | None
) -> PictureShown:
    """The field's characters without the filler after them, and the check digit that follows."""
    end = field.start + max(1, len(field.raw.rstrip("<")))
    if digit and (digit.line, digit.start) == (field.line, field.end):
        end = digit.end
    shown = field.model_copy(update={"end": end})
    words = f"{in_words(name)}, machine readable zone"
    return cut_out(read.picture.pixels, read.region_of(shown), words, margin=0.35)
