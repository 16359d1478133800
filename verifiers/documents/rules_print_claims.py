"""Documents without a machine readable zone: whether they print what the candidate claims.

A driving licence or an older card has nothing to hold its print against, and print alone is easily
made; so what is found supports weakly, and what is not found says nothing.
"""

from collections.abc import Iterable, Iterator

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.history import Claims
from verifiers.documents.print_dates import printed_dates
from verifiers.documents.print_labels import labels_in
from verifiers.documents.print_lines import PrintLine, Sheet, joined
from verifiers.documents.print_words import folded
from verifiers.documents.printed import PrintedZone
from verifiers.names import Agreement, DocumentName, compare_names
from verifiers.picture import Picture

_SHORTEST_NUMBER = 5


def printed_claims(picture: Picture, printed: PrintedZone, claims: Claims) -> Iterator[Finding]:
    """The claimed name, birth date and document number, as far as this picture prints them."""
    wanted = {
        "name": claims.full_name,
        "birth date": claims.identity.birth_date and claims.identity.birth_date.isoformat(),
        "document number": claims.identity.document_number,
    }
    claimed = {what: value for what, value in wanted.items() if value}
    if not claimed or printed.problem:
        return
    found = {what: line for what, value in claimed.items() if (line := _FIND[what](printed, value))}
    missing = [what for what in claimed if what not in found]
    seen = tuple(
        Seen(
            what=f"{what}, printed",
            value=line.text,
            file=picture.file,
            page=picture.page,
            region=line.region,
        )
        for what, line in found.items()
    )
    other_birth = _another_birth_date(printed) if "birth date" in missing else None
    supports = "name" in found and other_birth is None
    told = f"{picture.file} has no machine readable zone that could be read. "
    told += f"It prints the claimed {_listed(found)}. " if found else ""
    told += f"The claimed {_listed(missing)} could not be found on it." if missing else ""
    told += f" Its birth date reads {other_birth}." if other_birth else ""
    yield Finding(
        code="document.print.claims",
        check=Check.DOCUMENT,
        status=Status.SUPPORTS if supports else Status.UNKNOWN,
        strength=Strength.WEAK if supports else None,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=seen,
        for_recruiter=told.strip(),
        for_candidate=f"The {_listed(found)} you gave can be read in {picture.file}."
        if supports
        else f"The {'birth date' if other_birth else 'name'} you gave could not be read in "
        f"{picture.file}.",
        question=None
        if supports
        else "Please send a sharp picture of the whole page or side, or of a document with machine "
        "readable lines.",
    )


def _name(printed: PrintedZone, name: str) -> PrintLine | None:
    """The claimed name, family name first or last, on lines that follow each other."""
    words = name.split()
    names = (
        DocumentName(words[-1], " ".join(words[:-1])),
        DocumentName(words[0], " ".join(words[1:])),
    )
    for sheet in printed.sheets:
        for lines in _neighbours(sheet):
            text = " ".join(line.text for line in lines).replace(",", " ")
            # A single letter would pass for an initial.
            told = " ".join(w for w in text.split() if len(w) > 1 and folded(w).isalpha())
            if any(compare_names(n, told).agreement is Agreement.AGREES for n in names):
                return joined(lines)
    return None


def _birth_date(printed: PrintedZone, day: str) -> PrintLine | None:
    for line in printed.lines:
        for found in printed_dates(line.text):
            if any(d.isoformat() == day for d in found.days):
                return line.part(found.start, found.end)
    return None


def _another_birth_date(printed: PrintedZone) -> str | None:
    """What stands at the label of the birth date and can be a date."""
    return next(
        (
            value.text
            for one in printed.labelled
            if one.field == "birth_date"
            for value in one.values
            if printed_dates(value.text)
        ),
        None,
    )


def _number(printed: PrintedZone, number: str) -> PrintLine | None:
    wanted = folded(number)
    if len(wanted) < _SHORTEST_NUMBER:
        return None
    return next((line for line in printed.lines if wanted in folded(line.text)), None)


def _neighbours(sheet: Sheet) -> Iterator[list[PrintLine]]:
    """Each line that is no label, then each with the next one and two below it."""
    lines = [line for line in sheet.lines if not labels_in(line.text)]
    for count in (1, 2, 3):
        for start in range(len(lines) - count + 1):
            yield lines[start : start + count]


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


_FIND = {"name": _name, "birth date": _birth_date, "document number": _number}
