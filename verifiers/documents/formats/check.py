"""A zone held against the tables: its number, its holder's number, and how long it is valid.

A row says what an honest document looks like as far as is known; what no row speaks of is not odd.
Nothing is judged on characters that were not read surely, or whose own check digit is wrong: that
is told by the rules of the zone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.document import FieldStatus, Mrz
from verifiers.documents.formats.checks import CHECKS
from verifiers.documents.formats.document_numbers import DOCUMENT_NUMBERS
from verifiers.documents.formats.pattern import birth_digits, fits
from verifiers.documents.formats.personal_numbers import PERSONAL_NUMBERS
from verifiers.documents.formats.rows import DocumentNumber, PersonalNumber, Row, Validity
from verifiers.documents.formats.validity_periods import VALIDITY_PERIODS
from verifiers.documents.mrz_fields import FILLER

_LONGEST_YEARS = 11
"""Beyond its last year of issue, in which a series may still be valid."""
_SLACK = timedelta(days=31)
"""Between the printed day of issue and the day from which years are counted."""


class Looked(StrEnum):
    """What was looked at."""

    NUMBER = "document number"
    PERSONAL_NUMBER = "personal number"
    BIRTH_DATE = "birth date in the personal number"
    VALIDITY = "period of validity"


class Outcome(StrEnum):
    """What came of it."""

    AGREES = "agrees"
    DEVIATES = "deviates"
    NOT_JUDGED = "not judged"
    """There is a row, and a reason why it could not be held against this document."""
    NO_RULE = "no rule"


@dataclass(frozen=True)
class FormatResult:
    """One thing that was looked at, what it was held against, and what came of it."""

    looked: Looked
    outcome: Outcome
    field: str
    """The field of the zone, as `mrz_fields` names it."""
    explanation: str
    """Half a sentence that a person understands."""
    row: Row | None = None
    """`None` without a rule."""


def check_formats(mrz: Mrz, *, issued: date | None, today: date) -> tuple[FormatResult, ...]:
    """The number, personal number and validity of this document against the tables.

    `issued` is the printed day of issue, `None` where it was not read surely.
    """
    return (*_number(mrz), *_personal_numbers(mrz), *_validity(mrz, issued, today))


def _number(mrz: Mrz) -> Iterator[FormatResult]:
    rows = [row for row in DOCUMENT_NUMBERS if _is_of(mrz, row)]
    result = _Results(Looked.NUMBER, "document_number")
    if not rows:
        yield result.no_rule("no format of this document's numbers is known")
        return
    if why := _not_sure(mrz, "document_number"):
        yield result.of(Outcome.NOT_JUDGED, why, rows[0])
        return
    number = _compact(mrz, "document_number")
    fitting = [row for row in rows if fits(row.pattern, number)]
    current = [row for row in fitting if _in_force(row, mrz.expiry_date)]
    if not fitting:
        known = " or ".join(dict.fromkeys(row.pattern for row in rows))
        yield result.of(Outcome.DEVIATES, f"{number} is not of the pattern {known}", rows[0])
    elif not current:
        row = fitting[0]
        when = f"since {row.since}" if row.since else f"until {row.until}"
        told = f"{number} is of a series given {when}, which does not go with the expiry date"
        yield result.of(Outcome.DEVIATES, told, row)
    else:
        row = current[0]
        if row.check and CHECKS[row.check](number) is False:
            told = f"{number} does not fit the check within it ({row.check})"
            yield result.of(Outcome.DEVIATES, told, row)
        else:
            yield result.of(Outcome.AGREES, f"{number} is of the pattern {row.pattern}", row)


def _personal_numbers(mrz: Mrz) -> Iterator[FormatResult]:
    rows = [row for row in PERSONAL_NUMBERS if _is_of(mrz, row)]
    result = _Results(Looked.PERSONAL_NUMBER, rows[0].field if rows else "document_number")
    if not rows:
        yield result.no_rule("no personal number is known to stand on such documents")
        return
    if why := _not_sure(mrz, rows[0].field):
        yield result.of(Outcome.NOT_JUDGED, why, rows[0])
        return
    for row in rows:
        number = _whole(mrz, row)
        if number is not None and fits(row.pattern, number):
            yield from _personal_number(mrz, row, number)
            return
    told = f"what stands there has not the form of {rows[0].name}"
    yield result.of(Outcome.NOT_JUDGED, told, rows[0])


def _personal_number(mrz: Mrz, row: PersonalNumber, number: str) -> Iterator[FormatResult]:
    result = _Results(Looked.PERSONAL_NUMBER, row.field)
    fitting = CHECKS[row.check](number) if row.check else None
    if fitting is False:
        told = f"{number} does not fit the check digit within it as {row.name}"
        yield result.of(Outcome.DEVIATES, told, row)
    elif fitting is None:
        told = f"{number} has the form of {row.name}, whose check digit is not judged"
        yield result.of(Outcome.NOT_JUDGED, told, row)
    else:
        yield result.of(
            Outcome.AGREES, f"{number} fits the check digit within it as {row.name}", row
        )
    digits = birth_digits(row.pattern, number)
    if digits is None or row.lacks_birth_date or number.startswith(row.without_birth_date):
        return
    result = _Results(Looked.BIRTH_DATE, row.field)
    if mrz.birth_date is None or (why := _not_sure(mrz, "birth_date")):
        why = "the birth date of the zone is not wholly known"
        yield result.of(Outcome.NOT_JUDGED, why, row)
    elif digits.fit(mrz.birth_date, row.month_adds, row.day_adds):
        yield result.of(Outcome.AGREES, f"the {row.name} holds the birth date of the zone", row)
    elif digits.unknown:
        told = f"the {row.name} was given without a full birth date"
        yield result.of(Outcome.NOT_JUDGED, told, row)
    else:
        told = f"the {row.name} {number} holds another birth date than {mrz.birth_date}"
        yield result.of(Outcome.DEVIATES, told, row)


def _validity(mrz: Mrz, issued: date | None, today: date) -> Iterator[FormatResult]:
    rows = [row for row in VALIDITY_PERIODS if _is_of(mrz, row)]
    result = _Results(Looked.VALIDITY, "expiry_date")
    if not rows:
        yield result.no_rule("no period of validity of such documents is known")
        return
    why = _not_sure(mrz, "expiry_date") or _not_sure(mrz, "birth_date")
    if why or mrz.birth_date is None or mrz.expiry_date is None:
        why = why or "birth and expiry date are not both known"
        yield result.of(Outcome.NOT_JUDGED, why, rows[0])
        return
    if issued is not None and not mrz.birth_date <= issued <= mrz.expiry_date:
        told = f"{issued} does not lie between birth and expiry, so it is no day of issue"
        yield result.of(Outcome.NOT_JUDGED, told, rows[0])
        return
    since = issued or today
    row = _by_age(rows, _years_between(mrz.birth_date, since))
    if row.years is None:
        yield result.of(Outcome.NOT_JUDGED, "such documents are valid without end", row)
        return
    added = row.extra_months if row.extra_until and since <= row.extra_until else 0
    latest = _later(since, row.years, added)
    span = f"{row.years} years" + (f" and {added} months" if added else "")
    start = f"issued on {issued}" if issued else "were it issued today"
    if mrz.expiry_date > latest + _SLACK:
        told = f"{start}, it would expire by {latest} ({span} at most), not on {mrz.expiry_date}"
        yield result.of(Outcome.DEVIATES, told, row)
    elif issued:
        told = f"from {issued} to {mrz.expiry_date} is no more than {span}"
        yield result.of(Outcome.AGREES, told, row)
    else:
        told = f"{mrz.expiry_date} is no more than {span} ahead; the day of issue is not known"
        yield result.of(Outcome.AGREES, told, row)


@dataclass(frozen=True)
class _Results:
    """Results on one thing that is looked at."""

    looked: Looked
    field: str

    def of(self, outcome: Outcome, explanation: str, row: Row) -> FormatResult:
        return FormatResult(self.looked, outcome, self.field, explanation, row)

    def no_rule(self, explanation: str) -> FormatResult:
        return FormatResult(self.looked, Outcome.NO_RULE, self.field, explanation)


def _is_of(mrz: Mrz, row: Row) -> bool:
    """Whether the row speaks of this document, as far as its codes were read surely."""
    codes = [mrz.fields["issuing_state"], mrz.fields["document_code"]]
    if any(code.status is not FieldStatus.VALID for code in codes):
        return False
    if codes[0].value != row.state or codes[1].value not in row.documents:
        return False
    return not isinstance(row, PersonalNumber) or row.field in mrz.fields


def _not_sure(mrz: Mrz, name: str) -> str | None:
    """Why a field cannot be held against anything; `None` where it can."""
    field = mrz.fields.get(name)
    if field is None or field.status is FieldStatus.EMPTY:
        return "there is none"
    digit = mrz.fields.get(f"{name}_check_digit") or mrz.fields.get("composite_check_digit")
    statuses = {field.status} | ({digit.status} if digit else set())
    if FieldStatus.UNSURE in statuses:
        return "it was not read surely"
    if FieldStatus.INVALID in statuses:
        return "its check digit in the zone is wrong"
    return None


def _compact(mrz: Mrz, name: str) -> str:
    """The characters of a field, fillers around them dropped and those within kept."""
    return (mrz.value(name) or "").replace(" ", FILLER)


def _whole(mrz: Mrz, row: PersonalNumber) -> str | None:
    number = _compact(mrz, row.field)
    if not row.lacks_birth_date:
        return number
    born = mrz.fields["birth_date"]
    return number[:1] + born.raw + number[1:] if born.status is FieldStatus.VALID else None


def _in_force(row: DocumentNumber, expiry: date | None) -> bool:
    """Whether documents with such numbers may expire then."""
    if expiry is None:
        return True
    return (row.since is None or expiry.year >= row.since) and (
        row.until is None or expiry.year <= row.until + _LONGEST_YEARS
    )


def _by_age(rows: Sequence[Validity], age: int) -> Validity:
    return max((row for row in rows if row.from_age <= max(age, 0)), key=lambda row: row.from_age)


def _years_between(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _later(day: date, years: int, months: int) -> date:
    """This day so many years and months later; a day that the month lacks is its successor."""
    month = day.month - 1 + months
    year, month = day.year + years + month // 12, month % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
