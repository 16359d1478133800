"""Documents of different people among those that were sent, whatever kind they are of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from verifiers.documents.barcode_evidence import LicenceRead
from verifiers.documents.evidence import DocumentRead
from verifiers.documents.rules_claims import document_name
from verifiers.names import Agreement, DocumentName, compare_names


@dataclass(frozen=True)
class Bearer:
    """Whom one document is of, as it says."""

    name: DocumentName
    birth_date: date | None
    seen: tuple[Seen, ...]


def bearers(documents: Sequence[DocumentRead], licences: Sequence[LicenceRead]) -> list[Bearer]:
    """The people of these documents, as far as their names were read."""
    found = []
    for read in documents:
        if (name := document_name(read)) is not None:
            seen = read.seen_zone(), read.seen("birth_date")
            found.append(Bearer(name, read.mrz.birth_date, seen))
    for licence in licences:
        if licence.name is not None:
            told = [n for n in ("family_name", "birth_date") if n in licence.licence.fields]
            seen_on_it = tuple(licence.seen(n) for n in told)
            found.append(Bearer(licence.name, licence.licence.birth_date, seen_on_it))
    return found


def several(people: Sequence[Bearer]) -> Iterator[Finding]:
    """One for each pair of documents that are not of one person."""
    yield from of_others(combinations(people, 2))


def of_others(pairs: Iterable[tuple[Bearer, Bearer]]) -> Iterator[Finding]:
    """One for each of these pairs that is not of one person."""
    for one, two in pairs:
        compared = compare_names(one.name, str(two.name))
        days = one.birth_date, two.birth_date
        other_day = None not in days and days[0] != days[1]
        differs = compared.agreement is Agreement.DIFFERS and not two.name.guessed
        if not differs and not other_day:
            continue
        what = "birth dates" if other_day else "names"
        yield Finding(
            code="document.several",
            check=Check.DOCUMENT,
            status=Status.CONTRADICTS,
            strength=Strength.MODERATE,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(*one.seen, *two.seen),
            for_recruiter=f"Two documents with different {what} were sent.",
            for_candidate="You sent documents that seem to belong to different people.",
            innocent_explanation="A relative's document was in the picture or sent by mistake, or "
            "a name changed between two documents.",
            question="Please say which document is yours, and what the other one is.",
        )
