"""Documents in, findings out: the machine readable zone, the print, the claims, each other.

A right check digit proves neither a correct reading nor an honest document; so support is
`moderate` only where the zone was read surely, is valid, and agrees with the print and with what
the candidate claims. Where the print could not be compared, support stays `weak` and says why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from models.context import Context
from models.document import FieldStatus, MrzFormat, MrzSearch, MrzText
from models.finding import Check, EvidenceClass, Finding, Status, Strength
from models.history import Claims
from verifiers.documents import rules_claims, rules_print, rules_zone
from verifiers.documents.agreement import compare_zones
from verifiers.documents.evidence import DocumentRead
from verifiers.documents.mrz import understand
from verifiers.documents.names import Agreement
from verifiers.documents.printed import PrintedZone, read_again, read_printed
from verifiers.picture import Picture, Pixels

_MAY_STAY_UNREAD = frozenset({"sex", "nationality"})
"""A single letter and a code are the first that OCR misses; the rest must agree for support."""


class MrzReaderProtocol(Protocol):
    """What finds machine readable zones on a picture."""

    def read(self, pixels: Pixels, /) -> MrzSearch:
        """All zones on this picture, or why there is none."""
        ...


@dataclass(frozen=True, eq=False)
class DocumentResult:
    """What the documents say, and the documents themselves for the report."""

    findings: tuple[Finding, ...]
    documents: tuple[DocumentRead, ...]


def verify_documents(
    pictures: Sequence[Picture],
    claims: Claims | None,
    context: Context,
    policy_allows_specimens: bool,
    reader: MrzReaderProtocol,
) -> DocumentResult:
    """Read every document on these pictures and judge it."""
    searches = [(picture, reader.read(picture.pixels)) for picture in pictures]
    texts = _distinct([(p, text) for p, search in searches for text in search.readings])
    if not texts:
        return DocumentResult(findings=tuple(_nothing_found(searches)), documents=())
    fronts = [picture for picture, search in searches if not search.readings]
    documents = tuple(_read(picture, text, fronts, context) for picture, text in texts)
    findings: list[Finding] = []
    for read in documents:
        own = list(_judge(read, claims, context, specimens_allowed=policy_allows_specimens))
        findings += own
        if not any(f.status is Status.CONTRADICTS for f in own):
            findings += _support(read, claims)
    findings += rules_claims.several(documents)
    return DocumentResult(findings=tuple(findings), documents=documents)


def _judge(
    read: DocumentRead, claims: Claims | None, context: Context, *, specimens_allowed: bool
) -> Iterator[Finding]:
    yield from rules_zone.unsure(read)
    yield from rules_zone.check_digits(read)
    yield from rules_zone.dates(read)
    yield from rules_zone.other_rules_of_9303(read)
    yield from rules_zone.expiry(read, context)
    yield from rules_zone.specimen(read, allowed=specimens_allowed)
    yield from rules_print.differences(read)
    yield from rules_print.not_compared(read)
    if claims:
        yield from rules_claims.name(read, claims)
        yield from rules_claims.birth_date(read, claims)
        yield from rules_claims.number(read, claims)


def _support(read: DocumentRead, claims: Claims | None) -> Iterator[Finding]:
    """What speaks for a document that nothing contradicts."""
    fields = read.mrz.fields.values()
    if not read.text.sure or any(f.status is FieldStatus.UNSURE for f in fields):
        return
    print_agrees = bool(read.comparisons) and all(
        c.agreement is Agreement.AGREES or c.name in _MAY_STAY_UNREAD for c in read.comparisons
    )
    name = rules_claims.claimed_name(read, claims) if claims else None
    name_open = name is not None and name.agreement is not Agreement.AGREES
    reasons = [
        why
        for why, applies in (
            ("the printed data could not be compared", not print_agrees),
            ("it is not known until when it is valid", read.mrz.expiry_date is None),
            ("the claimed name is not clearly the document's", name_open),
        )
        if applies
    ]
    agrees = "the print and the claimed name" if name and not name_open else "the print"
    yield Finding(
        code="document.consistent",
        check=Check.DOCUMENT,
        status=Status.SUPPORTS,
        strength=Strength.WEAK if reasons else Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(read.seen_zone(),),
        for_recruiter=(
            f"The machine readable zone was read surely and is in order, but {'; '.join(reasons)}."
            if reasons
            else f"The document is valid, in order, and agrees with {agrees}."
        ),
        for_candidate=(
            "The machine readable lines of your document are in order."
            if reasons
            else "Your document is in order."
        ),
    )


def _read(
    picture: Picture, text: MrzText, fronts: Sequence[Picture], context: Context
) -> DocumentRead:
    mrz = understand(text, today=context.today)
    printed_on, printed = picture, PrintedZone(problem="the printed side of the card was not sent")
    if mrz.format is not MrzFormat.TD1:
        printed = read_printed(picture.pixels, mrz, text)
    else:
        for front in fronts:
            printed_on, printed = front, read_printed(front.pixels, mrz, None)
            if not printed.problem:
                break
    compared = compare_zones(mrz, printed, lambda field: read_again(printed_on.pixels, field))
    return DocumentRead(
        picture=picture,
        text=text,
        mrz=mrz,
        printed=printed,
        printed_on=printed_on,
        comparisons=() if printed.problem else tuple(compared),
    )


def _distinct(texts: Sequence[tuple[Picture, MrzText]]) -> list[tuple[Picture, MrzText]]:
    """One reading a document: of several pictures of the same zone, the one read most surely."""
    kept: list[tuple[Picture, MrzText]] = []
    for picture, text in sorted(texts, key=lambda pair: len(pair[1].unsure)):
        if not any(_same_zone(text, other) for _, other in kept):
            kept.append((picture, text))
    return kept


def _same_zone(text: MrzText, sure: MrzText) -> bool:
    """Whether the readings differ only where the less sure one was unsure."""
    if text.format is not sure.format:
        return False
    unsure = set(text.unsure) | set(sure.unsure)
    return all(
        a == b or (line, column) in unsure
        for line, rows in enumerate(zip(text.lines, sure.lines, strict=True))
        for column, (a, b) in enumerate(zip(*rows, strict=True))
    )


def _nothing_found(searches: Sequence[tuple[Picture, MrzSearch]]) -> Iterator[Finding]:
    if not searches:
        yield Finding(
            code="document.missing",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            for_recruiter="No picture of a document was sent that could be opened.",
            for_candidate="No usable picture of your document has arrived yet.",
            question="Please send a picture of your passport or identity card.",
        )
    for picture, search in searches:
        where = f"{picture.file}, page {picture.page}" if picture.page > 1 else picture.file
        why = (search.problem or "none was found").rstrip(".")
        yield Finding(
            code="document.mrz.not_found",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            for_recruiter=f"No machine readable zone could be read in {where}: {why}.",
            for_candidate=f"The machine readable lines of your document could not be read in "
            f"{where}: {why}.",
            question="Please send the page or side with the two or three lines of capital letters "
            "and < signs: whole, flat, sharp, without glare.",
        )
