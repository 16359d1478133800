"""Documents in, findings out: machine readable zone, barcode, print, claims, each other.

A right check digit proves neither a correct reading nor an honest document; so support is
`moderate` only where the zone was read surely, is valid, and agrees with the print and with what
the candidate claims. Where the print could not be compared, support stays `weak` and says why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from models.context import Context
from models.document import FieldStatus, Mrz, MrzFormat, MrzSearch, MrzText
from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.history import Claims
from verifiers.documents import (
    rules_claims,
    rules_formats,
    rules_print,
    rules_print_claims,
    rules_quality,
    rules_zone,
)
from verifiers.documents.agreement import FieldAgreement, compare_zones
from verifiers.documents.barcode_evidence import LicenceRead
from verifiers.documents.barcode_verify import find_licences, verify_licences
from verifiers.documents.evidence import DocumentRead
from verifiers.documents.mrz import understand
from verifiers.documents.print_reader import PrintReader
from verifiers.documents.printed import (
    NO_FRONT,
    TOO_LITTLE,
    PrintedZone,
    leaving_out,
    read_again,
    read_printed,
    with_compared,
)
from verifiers.documents.rules_several import bearers, several
from verifiers.documents.upright import lies_on, page_of
from verifiers.names import Agreement
from verifiers.page import Page
from verifiers.picture import Picture, Pixels

_ITS_OWN = {"document_number", "expiry_date"}
"""What no other document of the same holder has, or hardly."""
_HOLDERS = {"surname", "given_names", "birth_date"}


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
    licences: tuple[LicenceRead, ...] = ()
    zones: tuple[tuple[Picture, MrzText], ...] = ()
    """Every zone that was read, those as well that another picture of the same document shows
    better."""


def verify_documents(
    pictures: Sequence[Picture],
    claims: Claims | None,
    context: Context,
    policy_allows_specimens: bool,
    reader: MrzReaderProtocol,
    print_reader: PrintReader,
) -> DocumentResult:
    """Read every document on these pictures and judge it."""
    searches = [(picture, reader.read(picture.pixels)) for picture in pictures]
    zones = tuple((p, text) for p, search in searches for text in search.readings)
    texts = _distinct(zones)
    pages = [
        (picture, read_printed(picture.pixels, None, print_reader))
        for picture, search in searches
        if not search.readings
    ]
    documents = tuple(
        _read(picture, text, _others(picture, text, texts), pages, context, print_reader)
        for picture, text in texts
    )
    numbers = [n for read in documents if (n := read.mrz.value("document_number"))]
    licences = verify_licences(
        find_licences(pictures),
        [page for page in pages if not any(read.printed_on is page[0] for read in documents)],
        claims,
        context,
        specimens_allowed=policy_allows_specimens,
        other_numbers=numbers,
    )
    numbers += [n for read in licences.licences if (n := read.licence.value("number"))]
    of_licences = [on for read in licences.licences for on in (read.picture, read.printed_on)]
    findings: list[Finding] = []
    if not documents:
        unread = [s for s in searches if not _among(s[0], of_licences)]
        findings += _nothing_found(unread, sent=bool(searches))
    for read in documents:
        own = list(_judge(read, claims, context, specimens_allowed=policy_allows_specimens))
        own += rules_claims.number(read, claims, numbers) if claims else ()
        tables = list(rules_formats.formats(read, context))
        findings += [*own, *tables]
        # Tables grow old: what weakly goes against one takes no support away.
        weighty = [f for f in tables if f.strength is not Strength.WEAK]
        if not any(f.status is Status.CONTRADICTS for f in (*own, *weighty)):
            findings += _support(read, claims)
    findings += licences.findings
    findings += several(bearers(documents, licences.licences))
    fronts = [read.printed_on for read in documents]
    for picture, printed in pages:
        # Bills and certificates have large words of many kinds: only a licence's front is a card.
        if _among(picture, of_licences):
            findings += rules_zone.overprint(picture, printed, allowed=policy_allows_specimens)
        if claims and not _among(picture, [*fronts, *of_licences]):
            findings += rules_print_claims.printed_claims(picture, printed, claims)
    unread = [search for search in searches if not _among(search[0], of_licences)]
    findings += rules_quality.picture_quality(unread, documents)
    return DocumentResult(tuple(findings), documents, licences.licences, zones)


def _among(picture: Picture, pictures: Sequence[Picture | None]) -> bool:
    return any(picture is other for other in pictures)


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


def _support(read: DocumentRead, claims: Claims | None) -> Iterator[Finding]:
    """What speaks for a document that nothing contradicts."""
    fields = read.mrz.fields.values()
    if not read.text.sure or any(f.status is FieldStatus.UNSURE for f in fields):
        return
    print_agrees = bool(read.comparisons) and all(
        c.agreement is Agreement.AGREES or c.name in rules_print.MAY_STAY_UNREAD
        for c in read.comparisons
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
    picture: Picture,
    text: MrzText,
    others: Sequence[Page],
    pages: Sequence[tuple[Picture, PrintedZone]],
    context: Context,
    print_reader: PrintReader,
) -> DocumentRead:
    """The document of this zone; the front of a card may be one of the pages without a zone.

    `others` are the pages of further documents on the same picture.
    """
    mrz = understand(text, today=context.today)
    page = page_of(picture, text)
    own = leaving_out(
        read_printed(picture.pixels, text, print_reader),
        lambda region: not lies_on(page, region) and any(lies_on(o, region) for o in others),
    )
    sides = [(picture, own, _compared(mrz, picture, own))]
    is_card = mrz.format is MrzFormat.TD1
    if is_card:
        sides += [(side, printed, _compared(mrz, side, printed)) for side, printed in pages]
        sides = [side for side in sides if _may_be_the_front(side[2])] or [(picture, own, [])]
    on, printed, agreed = max(sides, key=lambda side: _weight(side[2]))
    if not _told(agreed):
        missing = printed.problem in (None, TOO_LITTLE)
        why = NO_FRONT if is_card and missing else printed.problem or TOO_LITTLE
        printed, agreed = replace(printed, problem=why), []
    return DocumentRead(
        picture=picture,
        text=text,
        mrz=mrz,
        printed=with_compared(printed, [c.printed for c in agreed if c.printed]),
        printed_on=on,
        comparisons=tuple(agreed),
    )


def _compared(mrz: Mrz, side: Picture, printed: PrintedZone) -> list[FieldAgreement]:
    if printed.problem:
        return []
    return compare_zones(mrz, printed, lambda field: read_again(side.pixels, field))


def _may_be_the_front(compared: Sequence[FieldAgreement]) -> bool:
    """Whether a picture is of this card, not of another document of the same holder.

    Name and birth date are the same on all of them: fields that differ are the card's own only
    where it bears the zone's number or expiry date. Sex and nationality are many people's.
    """
    agree = {c.name for c in compared if c.agreement is Agreement.AGREES}
    differ = {c.name for c in compared if c.agreement is Agreement.DIFFERS}
    return bool(agree & _ITS_OWN) or (bool(agree & _HOLDERS) and not differ)


def _others(
    picture: Picture, text: MrzText, texts: Sequence[tuple[Picture, MrzText]]
) -> list[Page]:
    return [page_of(on, one) for on, one in texts if on is picture and one is not text]


def _weight(compared: Sequence[FieldAgreement]) -> tuple[int, int]:
    """By which of several fronts is judged: one that differs is not hidden by another that fits."""
    differ = sum(c.agreement is Agreement.DIFFERS for c in compared)
    return differ, sum(c.agreement is Agreement.AGREES for c in compared)


def _told(compared: Sequence[FieldAgreement]) -> int:
    """How many fields of a side say something: of a card's two sides that is the front."""
    return sum(c.agreement is not Agreement.UNKNOWN for c in compared)


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


def _nothing_found(
    searches: Sequence[tuple[Picture, MrzSearch]], *, sent: bool
) -> Iterator[Finding]:
    if not sent:
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
            seen=(
                Seen(what="searched for a zone", value=where, file=picture.file, page=picture.page),
            ),
            for_recruiter=f"No machine readable zone could be read in {where}: {why}.",
            for_candidate=f"The machine readable lines of your document could not be read in "
            f"{where}: {why}.",
            question="Please send the page or side with the two or three lines of capital letters "
            "and < signs: whole, flat, sharp, without glare.",
        )
