"""A licence's barcode against what the candidate claims, in the words of other documents."""

from collections.abc import Collection, Iterator

from models.document import FieldStatus
from models.finding import Check, EvidenceClass, Finding, Seen, Status
from models.history import Claims
from verifiers.documents.barcode_evidence import LicenceRead
from verifiers.documents.rules_claims import (
    different_birth_date,
    different_name,
    different_number,
    same_number,
)
from verifiers.names import Agreement, Compared, compare_names


def claimed_name(read: LicenceRead, claims: Claims) -> Compared | None:
    """How the claimed name agrees with the licence's; `None` where one of them is missing."""
    return compare_names(read.name, claims.full_name) if read.name and claims.full_name else None


def name(read: LicenceRead, claims: Claims) -> Iterator[Finding]:
    """Another name than the claimed one. Order, accents, middle and further names never count."""
    compared = claimed_name(read, claims)
    if compared is None or compared.agreement is Agreement.AGREES or claims.full_name is None:
        return
    yield different_name(
        compared,
        read.seen("family_name", str(read.name)),
        claims.full_name,
        of="the licence",
        where="in your licence's barcode",
    )


def birth_date(read: LicenceRead, claims: Claims) -> Iterator[Finding]:
    """Another birth date than the claimed one."""
    claimed, born = claims.identity.birth_date, read.licence.birth_date
    if claimed is None or born is None or claimed == born:
        return
    yield different_birth_date(read.seen("birth_date"), born.isoformat(), claimed, kind="licence")


def number(
    read: LicenceRead, claims: Claims, other_numbers: Collection[str] = ()
) -> Iterator[Finding]:
    """Another number than the claimed one, unless that is of another document that was sent."""
    claimed, field = claims.identity.document_number, read.licence.fields.get("number")
    if not claimed or field is None or field.value is None or field.status is FieldStatus.INVALID:
        return
    if same_number(claimed, (field.value, *other_numbers)):
        return
    if field.status is FieldStatus.UNSURE:
        yield Finding(
            code="document.claims.number",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(read.seen("number"), Seen(what="document number, claimed", value=claimed)),
            for_recruiter="Whether the licence's number is the one that the candidate gave is not "
            f"clear: {field.reason}.",
            for_candidate="The number in your licence's barcode could not be read surely.",
        )
        return
    yield different_number(
        read.seen("number"),
        claimed,
        kind="licence",
        innocent="A slip in a form, the number of another document, or a licence of another "
        "jurisdiction since a move.",
    )
