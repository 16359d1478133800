"""Sanctions lists beside one case: who is looked for, what stands, and what a judgement sets off.

What is found is sealed and queued for compliance. A search that came to nothing sure finds nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from models.barcode import Licence
from models.document import FieldStatus, Mrz
from models.finding import Check, EvidenceClass, Finding, Seen, Status
from models.order import State, VerificationOrder
from models.sanctions import Hit, Party
from models.verdict import Outcome
from service.lists.kept import KeptLists
from service.settings import Settings
from service.store.errors import Conflict
from service.store.screening import Judgement
from service.store.store import OfTenant
from service.workflow.pipeline import Step, StepResult
from verifiers.screening.matching import ListIndex, listed_of, parties_of
from verifiers.screening.remembered import forget_names
from verifiers.screening.same_entry import without_same_entries
from verifiers.screening.yente import Unavailable, Yente

CANDIDATE = "candidate"
"""The role of the party who is verified."""


@dataclass(frozen=True)
class Searched:
    """What lists say of a case."""

    hits: tuple[Hit, ...] | None
    """`None` where there was none to search."""
    unanswered: str | None = None
    """Why a service that should have been asked said nothing."""


class SearchesLists:
    """The lists of this machine, and a match API where the operator names one."""

    def __init__(self, settings: Settings) -> None:
        self._kept = KeptLists(settings.lists_folder)
        self._api = _api_of(settings)

    def search(self, order: VerificationOrder, documents: StepResult) -> Searched:
        """Look for the candidate and for whom the claims name. `documents` is that step's result.

        May take as long as the API does, so no transaction should be open.
        """
        index = self._kept.index()
        try:
            return self._searched(tuple(_parties(order, documents)), index)
        finally:
            forget_names()  # A process that goes on should not know whom it looked for.

    def _searched(self, parties: tuple[Party, ...], index: ListIndex | None) -> Searched:
        kept = tuple(hit for party in parties for hit in index.search(party)) if index else None
        if self._api is None:
            return Searched(kept)
        try:
            told = self._api.search(parties)
        except Unavailable as error:
            return Searched(kept, str(error))
        return Searched((*(kept or ()), *without_same_entries(told, kept or ())))


def screening_step(t: OfTenant, verification: UUID, searched: Searched) -> StepResult:
    """Queue for compliance what stands, and count it for the rules.

    `listed` is `None` where there were no lists: that is unknown, and says nothing for or against
    anybody. It holds the tenant to the transaction's end.

    Raises:
        NotFound: there is no such verification.
    """
    findings = (_unanswered(searched.unanswered),) if searched.unanswered else ()
    if searched.hits is None:
        return StepResult(step=Step.SCREENING, findings=findings)
    standing = t.screening.raise_hits(verification, searched.hits)
    return StepResult(step=Step.SCREENING, findings=findings, listed=listed_of(standing))


def judge(t: OfTenant, hit: UUID, judgement: Judgement, reason: str) -> tuple[str, ...]:
    """Record what compliance says of a hit; returned is what the engine is to verify anew.

    A candidate who turns out to be another person waits for nobody: where a case is on hold, none
    of its hits stands any more and no person has decided on it, it is submitted again with the
    evidence there is. The new verdict is made without what was judged.

    Raises:
        NotFound: there is no such hit.
        Conflict: it was judged before, or its case is being verified.
    """
    cleared = t.screening.judge(hit, judgement, reason)
    return tuple(case for verification in cleared if (case := _submitted_again(t, verification)))


def _submitted_again(t: OfTenant, verification: UUID) -> str | None:
    row = t.verifications.get(verification)
    if row.state != State.COMPLETED or row.outcome != Outcome.HOLD or row.choice:
        return None
    try:
        # Not in the name of whoever judged: others read in the audit who submits.
        row = t.verifications.submit_for_itself(verification)
    except Conflict:  # A file is half sent, or nothing is left to verify: somebody is at it.
        return None
    return f"{row.id}/{row.generation}"


def _api_of(settings: Settings) -> Yente | None:
    if not settings.yente_url:
        return None
    key = settings.yente_key.get_secret_value() if settings.yente_key else None
    return Yente(settings.yente_url, key=key, dataset=settings.yente_dataset)


def _unanswered(why: str) -> Finding:
    return Finding(
        code="screening.unanswered",
        check=Check.SCREENING,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.SCREENING,
        seen=(Seen(what="no answer", value=why, source="match API"),),
        for_recruiter="A service that screens names did not answer. What it would have said is not "
        "known, and that is held against nobody.",
        for_candidate="Something of ours did not answer; that is no fault of yours.",
    )


def _parties(order: VerificationOrder, documents: StepResult) -> Iterator[Party]:
    claims = order.claims
    payroll = order.surroundings.payroll
    for party in parties_of(
        claims,
        name=order.candidate.name or (claims.full_name if claims else None),
        document_names=tuple(dict.fromkeys(filter(None, _names(documents)))),
        document_numbers=tuple(dict.fromkeys(_numbers(documents))),
        payout_holder=payroll.holder if payroll else None,
        payout_account=(payroll.iban or payroll.account) if payroll else None,
        email=order.candidate.email,
    ):
        if party.role == CANDIDATE and documents.birth_date:
            # The document's, where one was read surely: it counts more than what was claimed.
            yield party.model_copy(update={"birth_date": documents.birth_date})
        else:
            yield party


def _names(documents: StepResult) -> Iterator[str]:
    """As documents have them, only where they were surely read."""
    for zone in _zones(documents):
        if _sure(zone, "name"):
            yield _joined(zone.secondary_identifier, zone.primary_identifier)
    for licence in _licences(documents):
        yield _joined(
            _field(licence, "given_names") or _field(licence, "first_name"),
            _field(licence, "family_name"),
        )


def _numbers(documents: StepResult) -> Iterator[str]:
    for zone in _zones(documents):
        number = zone.value("document_number")
        if number and _sure(zone, "document_number"):
            yield number
    for licence in _licences(documents):
        if number := _field(licence, "number"):
            yield number


def _zones(documents: StepResult) -> Iterator[Mrz]:
    sure = {zone.text.lines for zone in documents.zones if zone.text.sure}
    for found in documents.documents:
        if found.zone and found.zone.lines in sure:
            yield found.zone


def _sure(zone: Mrz, name: str) -> bool:
    field = zone.fields.get(name)
    return field is not None and field.status is FieldStatus.VALID


def _licences(documents: StepResult) -> Iterator[Licence]:
    return (found.licence for found in documents.documents if found.licence)


def _field(licence: Licence, name: str) -> str | None:
    field = licence.fields.get(name)
    return field.value if field and field.status is FieldStatus.VALID else None


def _joined(given: str | None, family: str | None) -> str:
    return " ".join(filter(None, (given, family)))
