"""Numbers and validity against what issuers publish: weak signs, since tables grow old.

A number out of its pattern is `weak`: a new series is likelier than a forgery. A personal number is
`moderate` where its issuer publishes how it is made and it breaks that rule, or holds another birth
date than the zone. What agrees supports nothing: forgers can count too. Sex is never compared.
"""

from collections.abc import Iterator
from datetime import date

from models.context import Context
from models.document import PrintedField
from models.finding import Check, EvidenceClass, Finding, Status, Strength
from verifiers.documents.agreement import SURE
from verifiers.documents.evidence import DocumentRead
from verifiers.documents.formats.check import FormatResult, Looked, Outcome, check_formats
from verifiers.documents.formats.rows import Certainty, PersonalNumber, Row
from verifiers.documents.print_dates import printed_dates
from verifiers.documents.printed import field_of, read_again
from verifiers.documents.rules_zone import FORGED

_CODES = {
    Looked.NUMBER: "document.format.number",
    Looked.PERSONAL_NUMBER: "document.format.personal_number",
    Looked.BIRTH_DATE: "document.format.birth_date_in_number",
    Looked.VALIDITY: "document.format.validity",
}
_INNOCENT = {
    Looked.NUMBER: "Issuers begin new series before tables know of them, old series stay in use, "
    "and a character may have been misread.",
    Looked.PERSONAL_NUMBER: "A character may have been misread, and registers hold numbers that "
    "were given against their own rule.",
    Looked.BIRTH_DATE: "Birth dates are corrected in registers while the number stays, and "
    "immigrants were given numbers before their date was known.",
    Looked.VALIDITY: "The law may have changed, time left on an earlier document may have been "
    "added, and a printed date may have been misread.",
}
_FOR_CANDIDATE = {
    Looked.NUMBER: "The number of your document is not of the form that we know.",
    Looked.PERSONAL_NUMBER: "The personal number on your document could not be confirmed.",
    Looked.BIRTH_DATE: "The personal number on your document and your birth date do not match.",
    Looked.VALIDITY: "Your document is valid for longer than we know such documents to be.",
}


def formats(read: DocumentRead, context: Context) -> Iterator[Finding]:
    """What surely does not go with the tables; nothing of specimens, whose numbers are invented."""
    if read.mrz.specimen:
        return
    for result in looked_for(read, context):
        if result.outcome is Outcome.DEVIATES and result.row is not None:
            yield _finding(read, result, result.row)


def looked_for(read: DocumentRead, context: Context) -> tuple[FormatResult, ...]:
    """All that was held against the tables and what came of it, for the report to list."""
    results = check_formats(read.mrz, issued=None, today=context.today)
    printed = _printed_issue(read)
    issued = _day(read, printed) if printed else None
    if printed is None or issued is None:
        return results
    with_issue = check_formats(read.mrz, issued=issued, today=context.today)
    doubtful = any(_validity_deviates(r) for r in with_issue)
    return results if doubtful and not _confirmed(read, printed, issued) else with_issue


def _finding(read: DocumentRead, result: FormatResult, row: Row) -> Finding:
    strength = _strength(result, row)
    seen = [read.seen(result.field)]
    if result.looked is Looked.BIRTH_DATE:
        seen.append(read.seen("birth_date"))
    printed = _printed_issue(read) if result.looked is Looked.VALIDITY else None
    if printed:
        seen.append(read.seen_printed(printed))
    why = row.birth_date_may_differ if isinstance(row, PersonalNumber) else None
    innocent = _INNOCENT[result.looked]
    if why and result.looked is Looked.BIRTH_DATE:
        innocent += f" Here, {why}."
    return Finding(
        code=_CODES[result.looked],
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=strength,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=tuple(seen),
        indicators=(FORGED,) if strength is Strength.MODERATE else (),
        for_recruiter=f"The {result.looked} is not as expected: {result.explanation} "
        f"(after: {row.source}).",
        for_candidate=_FOR_CANDIDATE[result.looked],
        innocent_explanation=innocent,
        question="Please send a second document that shows your birth date or this number."
        if strength is Strength.MODERATE
        else None,
    )


def _strength(result: FormatResult, row: Row) -> Strength:
    if not isinstance(row, PersonalNumber) or row.certainty is not Certainty.PUBLISHED:
        return Strength.WEAK
    if result.looked is Looked.BIRTH_DATE and row.birth_date_may_differ:
        return Strength.WEAK
    return Strength.MODERATE


def _validity_deviates(result: FormatResult) -> bool:
    return result.looked is Looked.VALIDITY and result.outcome is Outcome.DEVIATES


def _printed_issue(read: DocumentRead) -> PrintedField | None:
    """What stands surely read at the only label of the day of issue."""
    values = [one.values[0] for one in read.printed.labelled if one.field == "issue_date"]
    if len(values) != 1 or values[0].sure < SURE:
        return None
    return field_of("issue_date", values[0])


def _day(read: DocumentRead, printed: PrintedField) -> date | None:
    """The latest day that the print may mean, since a later issue leaves more time to expire.

    `None` where that is the day of birth or expiry: then the label belongs to another date.
    """
    others = {read.mrz.birth_date, read.mrz.expiry_date}
    dates = printed_dates(printed.text)
    if len(dates) != 1 or dates[0].days & others:
        return None
    born, expires = read.mrz.birth_date or date.min, read.mrz.expiry_date or date.max
    return max((day for day in dates[0].days if born < day < expires), default=None)


def _confirmed(read: DocumentRead, printed: PrintedField, day: date) -> bool:
    """Whether a second reader, which errs in other ways, reads the same day there."""
    again = printed_dates(read_again(read.printed_on.pixels, printed))
    return any(day in one.days for one in again)
