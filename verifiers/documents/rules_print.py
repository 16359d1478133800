"""The printed zone against the machine readable zone, and why it could not be held against it."""

from collections.abc import Iterator

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from verifiers.documents.evidence import DocumentRead, in_words
from verifiers.documents.printed import NO_FRONT
from verifiers.documents.rules_zone import FORGED
from verifiers.names import Agreement

MAY_STAY_UNREAD = frozenset({"sex", "nationality"})
"""A single letter and a word are the first that OCR misses; the rest must agree for support."""

_SEND_SHARPER = "Please send a sharper picture of the whole page, flat and without glare."
_SEND_FRONT = "Please send the other side of your card too, the one with your picture."

_ZONE_FIELDS = {
    "surname": ("name", "primary_identifier"),
    "given_names": ("name", "secondary_identifier"),
}
"""Which field of a zone holds what is printed apart."""


def differences(read: DocumentRead) -> Iterator[Finding]:
    """Every field that surely says one thing in print and another in the zone."""
    for compared in read.comparisons:
        if compared.agreement is not Agreement.DIFFERS or compared.printed is None:
            continue
        name = in_words(compared.name)
        places = _ZONE_FIELDS.get(compared.name, (compared.name,))
        field = next(place for place in places if place in read.mrz.fields)
        yield Finding(
            code=f"document.mrz_print.{compared.name}",
            check=Check.DOCUMENT,
            status=Status.CONTRADICTS,
            strength=Strength.STRONG,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(read.seen(field, compared.zone), read.seen_printed(compared.printed)),
            indicators=(FORGED,),
            for_recruiter=f"The {name} is printed as {compared.printed.text}, but the machine "
            f"readable zone says {compared.zone}.",
            for_candidate=f"The {name} on your document differs between its printed part and its "
            "machine readable lines.",
            innocent_explanation="Issuers misprint now and then, and software misreads print.",
            question="Please send another document, or show this one in person.",
        )


def not_compared(read: DocumentRead) -> Iterator[Finding]:
    """Why the printed zone, or a part of it, says nothing."""
    unread = [c for c in read.comparisons if c.agreement is Agreement.UNKNOWN]
    if read.printed.problem:
        yield Finding(
            code="document.print.not_compared",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(
                Seen(
                    what="searched for print",
                    value=read.printed_on.file,
                    file=read.printed_on.file,
                    page=read.printed_on.page,
                ),
            ),
            for_recruiter="The printed data were not compared with the machine readable zone: "
            f"{read.printed.problem}.",
            for_candidate="The printed part of your document could not be compared with its "
            "machine readable lines.",
            question=_SEND_FRONT if read.printed.problem == NO_FRONT else _SEND_SHARPER,
        )
    elif unread:
        names = ", ".join(in_words(c.name) for c in unread)
        doubts = [f" {in_words(c.name).capitalize()}: {c.explanation}" for c in unread if c.printed]
        matters = any(c.name not in MAY_STAY_UNREAD for c in unread)
        yield Finding(
            code="document.print.unread",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=tuple(read.seen_printed(c.printed) for c in unread if c.printed),
            for_recruiter=f"Some printed data could not be compared surely: {names}."
            + "".join(doubts),
            for_candidate="Some of the printed part of your document could not be read surely.",
            question=_SEND_SHARPER if matters else None,
        )
