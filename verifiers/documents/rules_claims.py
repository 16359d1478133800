"""The document against what the candidate claims; the words serve other kinds of documents too."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Protocol

from models.document import FieldStatus, Mrz
from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.history import Claims
from verifiers.names import Agreement, Compared, DocumentName, compare_names

NAME_DIFFERS = "DPRK-NAME-01"


class ReadZone(Protocol):
    """A machine readable zone as it was read, from paper or from a chip."""

    @property
    def mrz(self) -> Mrz:
        """What it says."""
        ...

    def seen(self, name: str, value: str | None = None) -> Seen:
        """One of its fields as evidence."""
        ...


def document_name(read: ReadZone) -> DocumentName | None:
    """The name on the document, where all of it was read surely."""
    names = [read.mrz.fields[n] for n in _NAME_FIELDS if n in read.mrz.fields]
    if any(f.status is FieldStatus.UNSURE for f in names) or not read.mrz.primary_identifier:
        return None
    return DocumentName(
        read.mrz.primary_identifier,
        read.mrz.secondary_identifier or "",
        read.mrz.name_truncated,
    )


_NAME_FIELDS = ("name", "primary_identifier", "secondary_identifier")


def claimed_name(read: ReadZone, claims: Claims) -> Compared | None:
    """How the claimed name agrees with the document's; `None` where one of them is missing."""
    name = document_name(read)
    return compare_names(name, claims.full_name) if name and claims.full_name else None


def name(read: ReadZone, claims: Claims) -> Iterator[Finding]:
    """Another name than the claimed one. Order, accents, middle and further names never count."""
    compared = claimed_name(read, claims)
    if compared is None or compared.agreement is Agreement.AGREES or claims.full_name is None:
        return
    yield different_name(
        compared,
        read.seen(next(n for n in _NAME_FIELDS if n in read.mrz.fields), str(document_name(read))),
        claims.full_name,
        of="the document",
        where="on your document",
    )


def different_name(compared: Compared, seen: Seen, claimed: str, *, of: str, where: str) -> Finding:
    """A claimed name that is not clearly the one `of` a document, told in this wording."""
    both = (seen, Seen(what="name, claimed", value=claimed))
    if compared.agreement is Agreement.UNKNOWN:
        return Finding(
            code="document.claims.name",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=both,
            for_recruiter=f"Whether the claimed name is that of {of} is not clear. "
            f"{compared.explanation}",
            for_candidate=f"The name you gave is not written like that {where}.",
            question="Please say under which name you are employed or known, and why it differs.",
        )
    return Finding(
        code="document.claims.name",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=both,
        indicators=(NAME_DIFFERS,),
        for_recruiter=f"The claimed name is not that of {of}. {compared.explanation}",
        for_candidate=f"The name you gave is not the one {where}.",
        innocent_explanation="Marriage, a change of name or a chosen name explain most such cases.",
        question="Please say why the names differ, and send what shows it if you have it, such as "
        "a certificate of marriage or change of name.",
    )


def birth_date(read: ReadZone, claims: Claims) -> Iterator[Finding]:
    """Another birth date than the claimed one."""
    claimed, field = claims.identity.birth_date, read.mrz.fields["birth_date"]
    if claimed is None or field.value is None or field.status is FieldStatus.UNSURE:
        return
    # Parts that the document leaves open cannot contradict.
    if claimed.isoformat().startswith(field.value):
        return
    yield different_birth_date(read.seen("birth_date"), field.value, claimed, kind="document")


def different_birth_date(seen: Seen, said: str, claimed: date, *, kind: str) -> Finding:
    """A claimed birth date that is not what this `kind` of document said."""
    return Finding(
        code="document.claims.birth_date",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(seen, Seen(what="birth date, claimed", value=claimed.isoformat())),
        for_recruiter=f"The {kind} says born {said}, the candidate {claimed}.",
        for_candidate=f"You gave {claimed} as your birth date; your {kind} says {said}.",
        innocent_explanation="A slip in a form, day and month exchanged, or another calendar.",
        question=f"Please check the birth date you gave, or say why the {kind}'s differs.",
    )


def number(read: ReadZone, claims: Claims, numbers: Collection[str]) -> Iterator[Finding]:
    """Another document number than the claimed one, which is none of the `numbers` sent."""
    claimed, field = claims.identity.document_number, read.mrz.fields["document_number"]
    if not claimed or field.value is None or field.status is FieldStatus.UNSURE:
        return
    if same_number(claimed, numbers):
        return
    yield different_number(
        read.seen("document_number"),
        claimed,
        kind="document",
        innocent="A slip in a form, a renewed document, or one of several documents.",
    )


def different_number(seen: Seen, claimed: str, *, kind: str, innocent: str) -> Finding:
    """A claimed number that is of no document that was sent, beside this `kind` of document's."""
    return Finding(
        code="document.claims.number",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(seen, Seen(what="document number, claimed", value=claimed)),
        for_recruiter=f"The {kind}'s number is not the one that the candidate gave.",
        for_candidate=f"The number you gave is not that of the {kind} you sent.",
        innocent_explanation=innocent,
        question="Please check the number you gave, or send the document that it belongs to.",
    )


def same_number(claimed: str, numbers: Collection[str]) -> bool:
    """Whether it is one of these, whatever stands between its letters and digits."""
    return _bare(claimed) in map(_bare, numbers)


def _bare(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())
