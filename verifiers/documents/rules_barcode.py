"""What a licence's barcode says by itself: written as the standard asks, dates possible, valid."""

from collections.abc import Iterator

from models.barcode import AnomalyKind
from models.context import Context
from models.document import FieldStatus
from models.finding import Check, EvidenceClass, Finding, Status, Strength
from verifiers.documents.aamva_dates import Order, later_by_years, read_date
from verifiers.documents.aamva_issuers import SPECIMEN_ISSUER
from verifiers.documents.barcode_evidence import LicenceRead
from verifiers.documents.evidence import in_words
from verifiers.documents.rules_zone import MISPRINTED, a_specimen, expired

_MANY_ANOMALIES = 6
"""Beyond which a list tells a person nothing."""
_DATES = ("birth_date", "issue_date", "expiry_date")
_AGES = {"DDH": 18, "DDI": 19, "DDJ": 21}
"""Elements that say until when somebody is under that age."""
_NEAR_DAYS = 1
"""Some issuers write the birthday, some the day before."""
_STANDARD_EXAMPLE = "T64235789"
"""The number on the example of Annex D."""
_STAND_INS = frozenset(("SPECIMEN", "MOTORIST", "CARDHOLDER"))
"""Family names of published samples that nobody bears."""


def unparsed(read: LicenceRead) -> Iterator[Finding]:
    """A licence's barcode without name, birth date or number: nothing can be compared."""
    if read.licence.problem is None:
        return
    yield Finding(
        code="document.barcode.unparsed",
        check=Check.DOCUMENT,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(read.seen_barcode(),),
        for_recruiter=f"The licence's barcode was read, but {read.licence.problem}.",
        for_candidate="The barcode on your licence does not say all that is needed.",
    )


def structure(read: LicenceRead) -> Iterator[Finding]:
    """Whatever strays from the standard. Printers stray too, so it is weak and asks nothing."""
    dated = {e.id for name in _DATES if name in read.licence.fields
             for e in read.licence.fields[name].elements}  # fmt: skip
    odd = [
        a
        for a in read.licence.anomalies
        if not (a.kind is AnomalyKind.VALUE and a.element in dated)
    ]
    if not odd:
        return
    told = "; ".join(f"{a.told} (character {a.start})" for a in odd[:_MANY_ANOMALIES])
    told += f"; and {len(odd) - _MANY_ANOMALIES} more" if len(odd) > _MANY_ANOMALIES else ""
    yield Finding(
        code="document.barcode.structure",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.WEAK,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(read.seen_barcode(),),
        indicators=(MISPRINTED,),
        for_recruiter=f"The barcode is not written as the AAMVA standard asks: {told}.",
        for_candidate="The barcode on your licence is not written as usual.",
        innocent_explanation="The printers of several jurisdictions stray in such ways on every "
        "card that they make, and scanners change characters.",
    )


def impossible_dates(read: LicenceRead) -> Iterator[Finding]:
    """Dates that no calendar has; a barcode corrects its own errors, so none is misread."""
    for name in _DATES:
        field = read.licence.fields.get(name)
        if field is None or field.status is not FieldStatus.INVALID:
            continue
        yield Finding(
            code="document.barcode.impossible_date",
            check=Check.DOCUMENT,
            status=Status.CONTRADICTS,
            strength=Strength.MODERATE,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(read.seen(name),),
            indicators=(MISPRINTED,),
            for_recruiter=f"The {in_words(name)} in the barcode is no date: {field.reason}.",
            for_candidate=f"The {in_words(name)} in the barcode of your licence is no date.",
            innocent_explanation="Issuers do make mistakes, and some have their own way of writing "
            "a date that is not known in full.",
            question="Please send a second document that shows your birth date.",
        )


def dates_together(read: LicenceRead, context: Context) -> Iterator[Finding]:
    """Dates that exclude each other: expired before issued, issued before birth or in future."""
    born, issued, ends = (
        read.licence.birth_date,
        read.licence.issue_date,
        read.licence.expiry_date,
    )
    odd: list[tuple[str, str, str]] = []
    if issued and ends and ends < issued:
        odd.append((f"it expires on {ends}, before it was issued on {issued}", *_DATES[1:]))
    if born and issued and issued < born:
        odd.append((f"it was issued on {issued}, before the birth on {born}", *_DATES[:2]))
    if born and born > context.today:
        odd.append((f"the birth date {born} is still to come", "birth_date", "birth_date"))
    if issued and issued > context.today:
        odd.append((f"the date of issue {issued} is still to come", "issue_date", "issue_date"))
    if not odd:
        return
    yield Finding(
        code="document.barcode.dates",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=tuple(read.seen(name) for name in dict.fromkeys(n for _, *two in odd for n in two)),
        indicators=(MISPRINTED,),
        for_recruiter="The dates in the barcode exclude each other: "
        f"{'; '.join(told for told, *_ in odd)}.",
        for_candidate="The dates in the barcode of your licence do not fit each other.",
        innocent_explanation="Issuers do make mistakes, and a licence that was just renewed may "
        "carry the day on which it begins.",
        question="Please send a second document, or show this one in person.",
    )


def ages(read: LicenceRead) -> Iterator[Finding]:
    """'Under 21 until' that is not the day on which the cardholder turns 21."""
    born = read.licence.birth_date
    elements = {e.id: e for e in read.licence.elements}
    for id, years in _AGES.items():
        if born is None or id not in elements:
            continue
        day = read_date(elements[id].raw, Order.MONTH_FIRST).day
        if day is None:
            continue
        if any(abs((day - b).days) <= _NEAR_DAYS for b in later_by_years(born, years)):
            continue
        yield Finding(
            code="document.barcode.ages",
            check=Check.DOCUMENT,
            status=Status.CONTRADICTS,
            strength=Strength.WEAK,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(read.seen("birth_date"), read.seen_barcode()),
            indicators=(MISPRINTED,),
            for_recruiter=f"The barcode says born {born}, and under {years} until {day}.",
            for_candidate="Two dates in the barcode of your licence do not fit each other.",
            innocent_explanation="Some issuers put another date there, such as the end of a "
            "restriction.",
        )


def expiry(read: LicenceRead, context: Context) -> Iterator[Finding]:
    """A licence is valid to the end of the day it expires on."""
    day, field = read.licence.expiry_date, read.licence.fields.get("expiry_date")
    if day is None:
        if field is None or (field.status is FieldStatus.EMPTY and not field.reason):
            yield Finding(
                code="document.expiry_unknown",
                check=Check.DOCUMENT,
                status=Status.UNKNOWN,
                evidence_class=EvidenceClass.DOCUMENT,
                seen=(read.seen_barcode(),),
                for_recruiter="The barcode of this licence names no expiry date.",
                for_candidate="Whether your licence is still valid could not be seen.",
            )
        return
    if day >= context.today:
        return
    yield expired(
        read.seen("expiry_date"),
        day,
        kind="licence",
        innocent="Documents run out unnoticed, and some jurisdictions extend licences beyond the "
        "date in the barcode.",
    )


def specimen(read: LicenceRead, *, allowed: bool) -> Iterator[Finding]:
    """Specimens prove nothing, unless the policy lets them stand in for documents."""
    why = _specimen_mark(read)
    if why is not None:
        yield a_specimen([read.seen_barcode()], why, allowed=allowed)


def _specimen_mark(read: LicenceRead) -> str | None:
    licence = read.licence
    if licence.issuer == SPECIMEN_ISSUER:
        return f"{licence.issuer} is the issuer's number of samples"
    if licence.value("number") == _STANDARD_EXAMPLE:
        return f"{_STANDARD_EXAMPLE} is the number of the standard's example"
    family = (licence.value("family_name") or "").upper()
    return f"{family} stands for the name of a cardholder" if family in _STAND_INS else None
