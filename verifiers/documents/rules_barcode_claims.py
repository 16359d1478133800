"""A licence's barcode against what the candidate claims, and several licences among each other."""

from collections.abc import Collection, Iterator

from models.document import FieldStatus
from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.history import Claims
from verifiers.documents.barcode_evidence import LicenceRead
from verifiers.documents.names import Agreement, Compared, compare_names
from verifiers.documents.rules_claims import NAME_DIFFERS

_SAY_WHICH = "Please check the number you gave, or send the document that it belongs to."


def claimed_name(read: LicenceRead, claims: Claims) -> Compared | None:
    """How the claimed name agrees with the licence's; `None` where one of them is missing."""
    return compare_names(read.name, claims.full_name) if read.name and claims.full_name else None


def name(read: LicenceRead, claims: Claims) -> Iterator[Finding]:
    """Another name than the claimed one. Order, accents, middle and further names never count."""
    compared = claimed_name(read, claims)
    if compared is None or compared.agreement is Agreement.AGREES or claims.full_name is None:
        return
    seen = (
        read.seen("family_name", str(read.name)),
        Seen(what="name, claimed", value=claims.full_name),
    )
    if compared.agreement is Agreement.UNKNOWN:
        yield Finding(
            code="document.claims.name",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=seen,
            for_recruiter="Whether the claimed name is that of the licence is not clear. "
            f"{compared.explanation}",
            for_candidate="The name you gave is not written like that in your licence's barcode.",
            question="Please say under which name you are employed or known, and why it differs.",
        )
        return
    yield Finding(
        code="document.claims.name",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=seen,
        indicators=(NAME_DIFFERS,),
        for_recruiter=f"The claimed name is not that of the licence. {compared.explanation}",
        for_candidate="The name you gave is not the one in your licence's barcode.",
        innocent_explanation="Marriage, a change of name or a chosen name explain most such cases.",
        question="Please say why the names differ, and send what shows it if you have it, such as "
        "a certificate of marriage or change of name.",
    )


def birth_date(read: LicenceRead, claims: Claims) -> Iterator[Finding]:
    """Another birth date than the claimed one."""
    claimed, born = claims.identity.birth_date, read.licence.birth_date
    if claimed is None or born is None or claimed == born:
        return
    yield Finding(
        code="document.claims.birth_date",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(
            read.seen("birth_date"),
            Seen(what="birth date, claimed", value=claimed.isoformat()),
        ),
        for_recruiter=f"The licence's barcode says born {born}, the candidate {claimed}.",
        for_candidate=f"You gave {claimed} as your birth date; your licence says {born}.",
        innocent_explanation="A slip in a form, or day and month exchanged.",
        question="Please check the birth date you gave, or say why the licence's differs.",
    )


def number(
    read: LicenceRead, claims: Claims, other_numbers: Collection[str] = ()
) -> Iterator[Finding]:
    """Another number than the claimed one, unless that is of another document that was sent."""
    claimed, field = claims.identity.document_number, read.licence.fields.get("number")
    if not claimed or field is None or field.value is None or field.status is FieldStatus.INVALID:
        return
    if _bare(claimed) in {_bare(field.value), *map(_bare, other_numbers)}:
        return
    seen = (read.seen("number"), Seen(what="document number, claimed", value=claimed))
    if field.status is FieldStatus.UNSURE:
        yield Finding(
            code="document.claims.number",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=seen,
            for_recruiter="Whether the licence's number is the one that the candidate gave is not "
            f"clear: {field.reason}.",
            for_candidate="The number in your licence's barcode could not be read surely.",
        )
        return
    yield Finding(
        code="document.claims.number",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=seen,
        for_recruiter="The licence's number is not the one that the candidate gave.",
        for_candidate="The number you gave is not that of the licence you sent.",
        innocent_explanation="A slip in a form, the number of another document, or a licence of "
        "another jurisdiction since a move.",
        question=_SAY_WHICH,
    )


def _bare(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())
