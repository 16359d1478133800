"""Licences in, findings out: barcodes on pictures, their fronts, the claims.

Support is `weak` at most: a barcode that agrees with print and claims was perhaps printed to. What
can be relied on comes from documents with a chip or from the issuer.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from models.barcode import BarcodeText, Licence
from models.context import Context
from models.finding import Check, EvidenceClass, Finding, Status, Strength
from models.history import Claims
from verifiers.documents import rules_barcode, rules_barcode_claims, rules_barcode_print
from verifiers.documents.aamva import NO_LICENCE, understand_licence
from verifiers.documents.barcode import read_barcodes
from verifiers.documents.barcode_evidence import LicenceRead
from verifiers.documents.barcode_front import read_front
from verifiers.documents.printed import PrintedZone
from verifiers.documents.rules_print import MAY_STAY_UNREAD
from verifiers.names import Agreement
from verifiers.picture import Picture


@dataclass(frozen=True, eq=False)
class LicenceResult:
    """What the licences say, and the licences themselves for the report."""

    findings: tuple[Finding, ...]
    licences: tuple[LicenceRead, ...]


def find_licences(pictures: Sequence[Picture]) -> list[tuple[Picture, BarcodeText, Licence]]:
    """Every licence barcode on these pictures, each once; other barcodes are passed over."""
    found: dict[str, tuple[Picture, BarcodeText, Licence]] = {}
    for picture in pictures:
        for text in read_barcodes(picture.pixels).readings:
            licence = understand_licence(text.text)
            if licence.problem != NO_LICENCE:
                found.setdefault(text.text, (picture, text, licence))
    return list(found.values())


def verify_licences(
    found: Sequence[tuple[Picture, BarcodeText, Licence]],
    pages: Sequence[tuple[Picture, PrintedZone]],
    claims: Claims | None,
    context: Context,
    *,
    specimens_allowed: bool,
    other_numbers: Collection[str] = (),
) -> LicenceResult:
    """Judge these licences.

    `pages` are the pictures that show no other document, with their print; a licence's front is
    looked for among them. `other_numbers` are those of other documents that were sent, to which a
    claimed number may belong.
    """
    licences = tuple(read_front(*one, pages) for one in found)
    findings: list[Finding] = []
    for read in licences:
        own = list(_judge(read, context, specimens_allowed=specimens_allowed))
        own += _against_claims(read, claims, other_numbers) if claims else ()
        findings += own
        if not any(_weighs(finding) for finding in own):
            findings += _support(read, claims)
    return LicenceResult(tuple(findings), licences)


def _judge(read: LicenceRead, context: Context, *, specimens_allowed: bool) -> Iterator[Finding]:
    yield from rules_barcode.unparsed(read)
    yield from rules_barcode.structure(read)
    yield from rules_barcode.impossible_dates(read)
    yield from rules_barcode.dates_together(read, context)
    yield from rules_barcode.ages(read)
    yield from rules_barcode.expiry(read, context)
    yield from rules_barcode.specimen(read, allowed=specimens_allowed)
    yield from rules_barcode_print.print_differs(read)
    yield from rules_barcode_print.print_not_compared(read)


def _against_claims(
    read: LicenceRead, claims: Claims, other_numbers: Collection[str]
) -> Iterator[Finding]:
    yield from rules_barcode_claims.name(read, claims)
    yield from rules_barcode_claims.birth_date(read, claims)
    yield from rules_barcode_claims.number(read, claims, other_numbers)


def _weighs(finding: Finding) -> bool:
    """Whether it contradicts by more than a printer's habit."""
    return finding.status is Status.CONTRADICTS and finding.strength is not Strength.WEAK


def _support(read: LicenceRead, claims: Claims | None) -> Iterator[Finding]:
    """A barcode that agrees with the front, and with the claimed name where there is one."""
    name = rules_barcode_claims.claimed_name(read, claims) if claims else None
    agrees = bool(read.comparisons) and all(
        c.agreement is Agreement.AGREES or c.name in MAY_STAY_UNREAD for c in read.comparisons
    )
    if read.licence.problem or not agrees or (name and name.agreement is not Agreement.AGREES):
        return
    what = "the front of the licence" + (" and the claimed name" if name else "")
    yield Finding(
        code="document.barcode.consistent",
        check=Check.DOCUMENT,
        status=Status.SUPPORTS,
        strength=Strength.WEAK,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(read.seen_barcode(),),
        for_recruiter=f"The licence's barcode agrees with {what}. It is not signed, so anybody "
        "could have printed it.",
        for_candidate="The barcode of your licence agrees with its front.",
    )
