"""Whose chip it is: its data against what the candidate claims, and against other documents.

A chip proves who it was issued to, not that this is the candidate: a genuine chip of somebody else
supports nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from models.chip import ChipReading, Step, StepStatus
from models.document import Mrz
from models.finding import Finding, Seen, Status, Strength
from models.history import Claims
from verifiers.documents import rules_claims
from verifiers.documents.evidence import in_words
from verifiers.documents.rules_several import Bearer
from verifiers.names import Agreement

_SUPPORT = "document.chip.authentic"


@dataclass(frozen=True)
class ChipZone:
    """The zone of DG1."""

    mrz: Mrz
    source: str

    def seen(self, name: str, value: str | None = None) -> Seen:
        """A field of the zone as evidence."""
        field = self.mrz.fields[name]
        return Seen(
            what=f"{in_words(name)}, chip",
            value=value or field.value or field.raw,
            file=self.source,
        )


def of_the_candidate(
    reading: ChipReading, found: Sequence[Finding], claims: Claims | None, numbers: Collection[str]
) -> tuple[Finding, ...]:
    """The findings of this chip with what its data say of the claims.

    `numbers` are those of all documents that were sent. Support stays where the claimed name is
    clearly the chip's, or none was claimed; it is `weak` where that is open, and goes where the
    chip is another's. What the print says too is told by the print.
    """
    if claims is None or reading.zone is None:
        return tuple(found)
    zone = ChipZone(reading.zone, reading.source)
    told = list(_against(zone, claims, numbers))
    if any(finding.status is Status.CONTRADICTS for finding in told):
        found = [finding for finding in found if finding.code != _SUPPORT]
    elif claims.full_name:
        name = rules_claims.claimed_name(zone, claims)
        if name is None or name.agreement is not Agreement.AGREES:
            found = [_weakened(finding) for finding in found]
    printed = reading.step(Step.PRINTED_ZONE).status is StepStatus.DONE
    return (*found, *(() if printed else told))


def bearers(readings: Sequence[ChipReading]) -> list[Bearer]:
    """The people of these chips, as far as their zones were read."""
    people = []
    for reading in readings:
        if reading.zone is None:
            continue
        zone = ChipZone(reading.zone, reading.source)
        name = rules_claims.document_name(zone)
        if name is not None:
            seen = zone.seen(_name_field(reading.zone), str(name)), zone.seen("birth_date")
            people.append(Bearer(name, reading.zone.birth_date, seen))
    return people


def _against(zone: ChipZone, claims: Claims, numbers: Collection[str]) -> Iterator[Finding]:
    yield from rules_claims.name(zone, claims)
    yield from rules_claims.birth_date(zone, claims)
    yield from rules_claims.number(zone, claims, numbers)


def _weakened(finding: Finding) -> Finding:
    if finding.code != _SUPPORT:
        return finding
    return finding.model_copy(
        update={
            "strength": Strength.WEAK,
            "for_recruiter": f"{finding.for_recruiter} Whether the claimed name is the chip's is "
            "not clear.",
        }
    )


def _name_field(zone: Mrz) -> str:
    return next(n for n in ("name", "primary_identifier") if n in zone.fields)
