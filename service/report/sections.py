"""What each section of a report shows, made from what the verifiers saw while it is at hand."""

from collections.abc import Iterator, Sequence

import numpy as np

from models.document import FieldStatus, MrzField
from models.finding import Region
from models.history import Claims
from service.report.figures import band_scale, marked_picture, small_picture
from service.report.shown import DocumentShown, FacesShown, FieldRow, PictureShown
from verifiers.documents.evidence import DocumentRead, in_words
from verifiers.documents.names import Agreement
from verifiers.documents.verify import DocumentResult
from verifiers.faces import FaceResult
from verifiers.liveness import LivenessResult
from verifiers.picture import Picture

_RESULT = {
    FieldStatus.VALID: ("read", "good"),
    FieldStatus.INVALID: ("invalid", "bad"),
    FieldStatus.UNSURE: ("unsure", "unknown"),
    FieldStatus.EMPTY: ("empty", "plain"),
}
_AGREEMENT = {
    Agreement.AGREES: ("agrees", "good"),
    Agreement.DIFFERS: ("differs", "bad"),
    Agreement.UNKNOWN: ("not compared", "unknown"),
}
_IN_NAME = {"surname": "primary_identifier", "given_names": "secondary_identifier"}
_ROWS = (
    *("document_number", "surname", "given_names", "birth_date", "sex", "nationality"),
    *("issuing_state", "expiry_date", "personal_number", "composite_check_digit"),
)


def documents_shown(
    pages: Sequence[Picture], result: DocumentResult, claims: Claims | None
) -> tuple[DocumentShown, ...]:
    """Every document that was read, its fields marked, and then the pages that no zone is on."""
    read = [_document(document, claims) for document in result.documents]
    used = [page for d in result.documents for page in (d.picture, d.printed_on)]
    unread = [
        DocumentShown(pictures=(marked_picture(page.pixels, _caption(page)),))
        for page in pages
        if page not in used
    ]
    return (*read, *unread)


def _caption(page: Picture) -> str:
    return f"{page.file}, page {page.page}" if page.page > 1 else page.file


def _document(read: DocumentRead, claims: Claims | None) -> DocumentShown:
    zone_tone = "bad" if read.mrz.invalid else "good" if read.text.sure else "unknown"
    marks: list[tuple[Region, str, str]] = [
        (_with_margin(read.text.region), "machine readable zone", zone_tone),
        # The zone and the table name these; labels among its characters would hide them.
        *((read.region_of(f), "", "bad") for f in read.mrz.invalid),
    ]
    tones = {c.name: _AGREEMENT[c.agreement][1] for c in read.comparisons}
    printed: list[tuple[Region, str, str]] = [
        (f.region, "" if tones.get(f.name) == "good" else in_words(f.name), tones[f.name])
        for f in read.printed.fields
        if f.name in tones
    ]
    if read.printed_on is read.picture:
        pictures = [marked_picture(read.picture.pixels, _caption(read.picture), [*marks, *printed])]
    else:
        pictures = [
            marked_picture(read.printed_on.pixels, _caption(read.printed_on), printed),
            marked_picture(read.picture.pixels, _caption(read.picture), marks),
        ]
    return DocumentShown(
        title=f"{read.text.format.value} · the fields of both zones",
        pictures=tuple(pictures),
        mrz="\n".join(read.text.lines),
        rows=tuple(_rows(read, claims)),
    )


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
    compared = {c.name: c for c in read.comparisons}
    claimed = _claimed(claims)
    for name in _ROWS:
        field = read.mrz.fields.get("name" if name in _IN_NAME else name)
        if field is None:
            continue
        value = getattr(read.mrz, _IN_NAME[name]) if name in _IN_NAME else field.value or field.raw
        comparison = compared.get(name)
        result, tone, reason = *_RESULT[field.status], field.reason
        digit = read.mrz.fields.get(f"{name}_check_digit")
        if _is_wrong(field) or (digit and _is_wrong(digit)):
            result, tone = _RESULT[FieldStatus.INVALID]
            reasons = [field.reason, digit.reason if digit else None]
            if comparison and comparison.agreement is Agreement.DIFFERS:
                reasons.append(comparison.explanation)
            reason = "; ".join(dict.fromkeys(why for why in reasons if why))
        elif comparison:
            result, tone = _AGREEMENT[comparison.agreement]
            reason = None if comparison.agreement is Agreement.AGREES else comparison.explanation
        printed = comparison.printed.text if comparison and comparison.printed else None
        yield FieldRow(
            name=in_words(name),
            mrz=value,
            printed=printed,
            claimed=claimed.get(name),
            result=result,
            tone=tone,
            reason=reason,
        )


def _is_wrong(field: MrzField) -> bool:
    return field.status is FieldStatus.INVALID


def _claimed(claims: Claims | None) -> dict[str, str | None]:
    if claims is None:
        return {}
    born = claims.identity.birth_date
    return {
        "surname": claims.full_name,
        "birth_date": born.isoformat() if born else None,
        "document_number": claims.identity.document_number,
    }


def faces_shown(result: FaceResult) -> FacesShown | None:
    """The pairs that were compared, and the distance of the templates above each pair's own."""
    if not result.pairs or not result.match:
        return None
    portrait = result.pairs[0].portrait
    return FacesShown(
        portrait=small_picture(portrait.chip, f"Portrait in {portrait.file}"),
        faces=tuple(
            small_picture(
                pair.frame.chip,
                f"{pair.frame.frame_seconds or 0:.1f} s · {pair.distance:.2f} alone",
            )
            for pair in result.pairs
        ),
        scale=band_scale(
            result.match.bands,
            [("All frames together", result.match.distance)]
            + [(f"{p.frame.frame_seconds or 0:.1f} s", p.distance) for p in result.pairs],
        ),
    )


def frames_shown(result: LivenessResult) -> tuple[PictureShown, ...]:
    """The frames that presence was judged by."""
    return tuple(
        small_picture(
            shown.tracked.frame.pixels,
            f"{shown.role.value} · {shown.tracked.frame.seconds:.1f} s · "
            f"turned {shown.yaw:+.0f}°, raised {shown.pitch:+.0f}°",
        )
        for shown in result.frames
    )
