"""A licence's barcode beside its printed front, and why it could not be held against it.

A barcode is not signed: anybody can print one, and programs that do are for sale. So agreement
supports weakly; but who alters a front often leaves the barcode, or takes another licence's.
"""

from collections.abc import Iterator, Sequence

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from verifiers.documents.agreement import FieldAgreement
from verifiers.documents.barcode_evidence import FIELD_OF_ZONE, LicenceRead
from verifiers.documents.evidence import in_words
from verifiers.documents.printed import NO_FRONT
from verifiers.documents.rules_print import MAY_STAY_UNREAD
from verifiers.documents.rules_zone import FORGED
from verifiers.names import Agreement


def print_differs(read: LicenceRead) -> Iterator[Finding]:
    """Every field that surely says one thing on the front and another in the barcode."""
    differing = [c for c in read.comparisons if c.agreement is Agreement.DIFFERS]
    if another := _of_another(read, differing):
        yield another
        return
    for compared in differing:
        if compared.printed is None:
            continue
        name = in_words(compared.name)
        yield Finding(
            code=f"document.barcode_print.{compared.name}",
            check=Check.DOCUMENT,
            status=Status.CONTRADICTS,
            strength=Strength.STRONG,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(
                read.seen(FIELD_OF_ZONE[compared.name], compared.zone),
                read.seen_printed(compared.printed),
            ),
            indicators=(FORGED,),
            for_recruiter=f"The front says {compared.printed.text} for the {name}, the barcode on "
            f"the back {compared.zone}.",
            for_candidate=f"The {name} on the front of your licence differs from its barcode.",
            innocent_explanation="Issuers misprint now and then, a barcode of an earlier name or "
            "card stays in use, and software misreads print.",
            question="Please send another document, or show this one in person.",
        )


def _of_another(read: LicenceRead, differing: Sequence[FieldAgreement]) -> Finding | None:
    """A front that is not this licence's: another person's, or another card of the same one."""
    agreeing = {c.name for c in read.comparisons if c.agreement is Agreement.AGREES}
    same_person = {"surname", "birth_date"} <= agreeing
    another_card = {c.name for c in differing} == {"document_number", "expiry_date"}
    if read.strangers:
        told, differing = "the front is another person's", read.strangers
    elif same_person and another_card:
        told = "the front is another card of the same person"
    else:
        return None
    values = "; ".join(
        f"{in_words(c.name)}: {c.printed.text} in print, {c.zone} in the barcode"
        for c in differing
        if c.printed
    )
    return Finding(
        code="document.barcode.other_front",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=tuple(
            seen
            for c in differing
            if c.printed
            for seen in (read.seen(FIELD_OF_ZONE[c.name], c.zone), read.seen_printed(c.printed))
        ),
        indicators=(FORGED,),
        for_recruiter=f"The barcode does not belong to the front that was sent, or {told}: "
        f"{values}.",
        for_candidate="The front and the barcode that you sent seem to belong to two cards.",
        innocent_explanation="Sides of two cards were photographed: a relative's, an older licence "
        "or another card.",
        question="Please send front and back of one and the same licence again.",
    )


def print_not_compared(read: LicenceRead) -> Iterator[Finding]:
    """Why the front, or a part of it, says nothing."""
    unread = [c for c in read.comparisons if c.agreement is Agreement.UNKNOWN]
    if read.strangers:
        return
    if read.printed.problem:
        told = f"The barcode was not compared with the licence's front: {read.printed.problem}."
        front = read.printed.problem == NO_FRONT
        ask: str | None = (
            "Please send the front of your licence too, the side with your picture."
            if front
            else "Please send a sharper picture of the front: flat and without glare."
        )
        seen: tuple[Seen, ...] = (read.seen_barcode(),)
    elif unread:
        names = ", ".join(in_words(c.name) for c in unread)
        told = f"Some printed data could not be compared surely with the barcode: {names}."
        matters = any(c.name not in MAY_STAY_UNREAD for c in unread)
        ask = "Please send a sharper picture of the front: flat and without glare."
        ask = ask if matters else None
        seen = tuple(read.seen_printed(c.printed) for c in unread if c.printed)
    else:
        return
    yield Finding(
        code="document.barcode.print_not_compared",
        check=Check.DOCUMENT,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=seen,
        for_recruiter=told,
        for_candidate="The front of your licence could not be compared with its barcode in full.",
        question=ask,
    )
