"""What the machine readable zone says by itself: read surely, digits right, dates possible, valid.

Strengths follow the table of docs/decision.md. A clearly printed wrong check digit is `strong`;
what 9303 asks and an issuer may have got wrong is `weak` or `moderate`, with a question.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from models.context import Context
from models.document import FieldStatus, MrzField
from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from verifiers.documents.evidence import DocumentRead, in_words
from verifiers.documents.print_overprint import overprinted
from verifiers.documents.printed import PrintedZone
from verifiers.documents.specimens import specimen_marks
from verifiers.picture import Picture

_MANY_UNSURE = 12
"""Characters beyond which a list of their places tells a person nothing."""

FORGED = "DPRK-DOC-01"
MISPRINTED = "DPRK-DOC-07"


def unsure(read: DocumentRead) -> Iterator[Finding]:
    """Characters that were not read surely: a better picture is asked for, nothing is held."""
    if read.text.sure:
        return
    doubtful = [f for f in read.mrz.fields.values() if f.status is FieldStatus.UNSURE and f.reason]
    doubtful = [f for f in doubtful if not f.name.endswith("check_digit")] or doubtful
    count, whole = len(read.text.unsure), sum(len(line) for line in read.text.lines)
    told = "; ".join(f"{in_words(f.name)} ({f.reason})" for f in doubtful)
    if count > _MANY_UNSURE:
        told = ", ".join(in_words(f.name) for f in doubtful)
        told += f"; {count} of {whole} characters are unclear"
    yield Finding(
        code="document.mrz.unsure",
        check=Check.DOCUMENT,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(read.seen_zone(), *(read.seen(f.name) for f in doubtful)),
        for_recruiter=f"Parts of the machine readable zone could not be read surely: {told}.",
        for_candidate="Some characters at the foot of your document could not be read in the "
        "picture.",
        question="Please send a sharper picture of the document: flat, in even light, without "
        "glare over the lines at its foot, and close enough to fill the frame.",
    )


def check_digits(read: DocumentRead) -> Iterator[Finding]:
    """Check digits that are clearly printed and do not fit what they cover."""
    yield from _not_judged(read)
    wrong = [f for f in _wrong_digits(read) if f.value]
    if not wrong:
        return
    what = "; ".join(f"{in_words(f.name)} on {f.reason}" for f in wrong)
    yield Finding(
        code="document.mrz.check_digit",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.STRONG,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=tuple(read.seen(f.name, f"{f.value} ({f.reason})") for f in wrong),
        indicators=(FORGED,),
        for_recruiter=f"The machine readable zone does not fit its own check digits: {what}.",
        for_candidate="The machine readable lines of your document do not fit their check digits.",
        innocent_explanation="Some issuers compute or print check digits against the standard, and "
        "dirt or wear can make one character look clearly like another.",
        question="Please send a second document, or show this one in person.",
    )


def dates(read: DocumentRead) -> Iterator[Finding]:
    """Dates that no calendar has, where their own check digit fits or none is printed."""
    wrong_digits = {f.name for f in _wrong_digits(read)}
    for name in ("birth_date", "expiry_date"):
        field = read.mrz.fields.get(name)
        if field is None or field.status is not FieldStatus.INVALID or field.value is not None:
            continue
        if f"{name}_check_digit" in wrong_digits:
            continue
        yield Finding(
            code="document.mrz.impossible_date",
            check=Check.DOCUMENT,
            status=Status.CONTRADICTS,
            strength=Strength.MODERATE,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(read.seen(name),),
            indicators=(MISPRINTED,),
            for_recruiter=f"The {in_words(name)} on {field.reason}.",
            for_candidate=f"The {in_words(name)} in the machine readable lines of your document "
            "is no date.",
            innocent_explanation="Issuers do misprint, and some have their own way of writing a "
            "date that is not known in full.",
            question="Please send a second document that shows your birth date.",
        )


def other_rules_of_9303(read: DocumentRead) -> Iterator[Finding]:
    """What else is clearly printed and not as the standard asks: codes, names, missing digits."""
    missing = [f for f in _wrong_digits(read) if not f.value]
    covered = {f.name.removesuffix("_check_digit") for f in _wrong_digits(read)}
    others = [
        f
        for f in read.mrz.invalid
        if not f.name.endswith(("check_digit", "_date")) and f.name not in covered
    ]
    if not missing and not others:
        return
    what = "; ".join(f"{in_words(f.name)} on {f.reason}" for f in (*missing, *others))
    yield Finding(
        code="document.mrz.not_as_icao",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.WEAK,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=tuple(read.seen(f.name) for f in (*missing, *others)),
        indicators=(MISPRINTED,),
        for_recruiter=f"The machine readable zone is not as ICAO 9303 asks: {what}.",
        for_candidate="The machine readable lines of your document are not written as usual.",
        innocent_explanation="Issuers deviate from the standard, and new codes appear.",
        question="Please say which authority issued the document, or send another one.",
    )


def expiry(read: DocumentRead, context: Context) -> Iterator[Finding]:
    """A document is valid to the end of the day it expires on."""
    day = read.mrz.expiry_date
    if day is None:
        field = read.mrz.fields.get("expiry_date")
        if field is None or field.status is FieldStatus.EMPTY:
            yield Finding(
                code="document.expiry_unknown",
                check=Check.DOCUMENT,
                status=Status.UNKNOWN,
                evidence_class=EvidenceClass.DOCUMENT,
                seen=(read.seen_zone(),),
                for_recruiter="The machine readable zone of this document names no expiry date.",
                for_candidate="Whether your document is still valid could not be seen.",
                question="Please send a document whose machine readable lines say how long it is "
                "valid, such as a passport.",
            )
        return
    if day >= context.today:
        return
    yield expired(
        read.seen("expiry_date"),
        day,
        kind="document",
        innocent="Documents run out unnoticed, some states extend theirs beyond the printed date, "
        "and a few print a date of their own for cards without end.",
    )


def expired(seen: Seen, day: date, *, kind: str, innocent: str) -> Finding:
    """This `kind` of document was valid until that day, which is over."""
    return Finding(
        code="document.expired",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(seen,),
        for_recruiter=f"The {kind} expired on {day}.",
        for_candidate=f"Your {kind} expired on {day}.",
        innocent_explanation=innocent,
        question="Please send a current document, or say why this one is still valid.",
    )


def specimen(read: DocumentRead, *, allowed: bool) -> Iterator[Finding]:
    """Specimens prove nothing, unless the policy lets them stand in for documents."""
    marks = specimen_marks(read.mrz.fields)
    seen = [read.seen(name) for name in marks]
    why = [f"{in_words(name)}: {mark}" for name, mark in marks.items()]
    if across := _overprint(read.printed_on, read.printed):
        seen.append(across)
        why.append(f"printed across it: {across.value}")
    if seen:
        yield a_specimen(seen, "; ".join(why), allowed=allowed)


def overprint(picture: Picture, printed: PrintedZone, *, allowed: bool) -> Iterator[Finding]:
    """The same of a page on which no zone was read, where the word is printed across it."""
    if across := _overprint(picture, printed):
        yield a_specimen([across], f"printed across it: {across.value}", allowed=allowed)


def _overprint(picture: Picture, printed: PrintedZone) -> Seen | None:
    line = next((one for s in printed.sheets if (one := overprinted(s.lines))), None)
    if line is None:
        return None
    return Seen(
        what="printed across the page",
        value=line.text,
        file=picture.file,
        page=picture.page,
        region=line.region,
    )


def a_specimen(seen: Sequence[Seen], why: str, *, allowed: bool) -> Finding:
    """Something that is no document of a person; `why` says by what it is known."""
    if allowed:
        return Finding(
            code="document.specimen",
            check=Check.DOCUMENT,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=tuple(seen),
            for_recruiter=f"This is a specimen document ({why}); the policy in use lets specimens "
            "count.",
            for_candidate="This is a specimen document, which is accepted here for demonstration.",
        )
    return Finding(
        code="document.specimen",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.STRONG,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=tuple(seen),
        indicators=(FORGED,),
        for_recruiter=f"This is a specimen ({why}).",
        for_candidate="What you sent is a specimen, not a document that was issued to a person.",
        innocent_explanation="A sample picture was sent by mistake or to try the service out, or "
        "an issuer uses a code in a way of its own.",
        question="Please send a picture of your own document.",
    )


def _not_judged(read: DocumentRead) -> Iterator[Finding]:
    """Digits that do not fit, on cards whose issuer is known to compute them in another way."""
    open_digits = [f for f in read.mrz.fields.values() if f.status is FieldStatus.UNSURE]
    if not open_digits or not read.text.sure:
        return
    what = "; ".join(f"{in_words(f.name)} on {f.reason}" for f in open_digits)
    yield Finding(
        code="document.mrz.digits_not_judged",
        check=Check.DOCUMENT,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=tuple(read.seen(f.name) for f in open_digits),
        for_recruiter=f"The check digits of this card cannot be judged: {what}.",
        for_candidate="The check digits of your card follow rules of their own and could not be "
        "checked.",
        question="Please send a passport or a newer card as well, if you have one.",
    )


def _wrong_digits(read: DocumentRead) -> list[MrzField]:
    return [f for f in read.mrz.invalid if f.name.endswith("check_digit")]
