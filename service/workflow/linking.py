"""Linkage: what a candidate has that others have too, looked for in the service's store.

It links, and never merges. What the candidate has is written down in the same transaction as it is
looked for, and the tenant is held meanwhile, so of two candidates who come at once the second
always finds the first. Only what was verified since there are digests is found: of cases before,
nothing is taken over. Faces and pictures have no digests here: those of others are found once their
verdict has kept them, faces only where both agreed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from uuid import UUID

from models.circumstances import Shared, SharedKind
from models.document import FieldStatus
from models.history import Claims
from models.link import Held, Link, LinkKind
from models.order import VerificationOrder
from service.linkage.faces import FaceIndexes
from service.report.links import links_shown
from service.report.shown import Shown
from service.store.store import OfTenant
from service.workflow.links import UNREADABLE, same_faces, same_pictures
from service.workflow.pipeline import Step, StepResult, result_of
from verifiers.life import folded
from verifiers.linkage.graph import links_of
from verifiers.linkage.identifiers import identifiers_of
from verifiers.linkage.shared_facts import shared_of
from verifiers.names import could_be_one_persons
from verifiers.same_person import same_person_name

__all__ = ["UNREADABLE", "linkage_step"]


def linkage_step(
    t: OfTenant,
    faces: FaceIndexes,
    verification: UUID,
    order: VerificationOrder,
    results: Sequence[StepResult],
    files: Sequence[str],
) -> StepResult:
    """Who else has what this candidate has; from now on others are held against it too.

    Args:
        t: A transaction that may write. The tenant is held until its end.
        faces: Where faces are searched, with consent. Read the tenant's before: see `read_faces`.
        verification: Whose step it is.
        order: What was ordered, with what the company sees around the candidate.
        results: At least those of DOCUMENTS, FACES, FORENSICS and PRESENCE.
        files: SHA-256 of the evidence, in hexadecimal.

    Raises:
        NotFound: there is no such verification.
    """
    documents = result_of(Step.DOCUMENTS, results)
    identifiers = identifiers_of(
        documents.claims or order.claims,
        order.surroundings,
        document_numbers=tuple(dict.fromkeys(_document_numbers(documents))),
        files=files,
        rooms=result_of(Step.PRESENCE, results).rooms,
        email=order.candidate.email,
    )
    face = same_faces(t, faces, verification, result_of(Step.FACES, results).templates)
    picture = same_pictures(t, verification, result_of(Step.FORENSICS, results).fingerprints)
    held = (
        # These first: a link then names the verification in which the face or the picture was.
        *((face,) if face else ()),
        picture,
        *t.identifiers.held(verification, identifiers),
    )
    shares_home = bool(order.surroundings.shares_home)
    links = links_of(held, t.identifiers.people(), shares_home=shares_home)
    t.identifiers.remember(verification, identifiers)
    return StepResult(
        step=Step.LINKAGE,
        findings=(),
        identifiers=identifiers,
        links=links,
        shared=(*_Others(t, order, held, links).shared(), *_referrer(t, order)),
        shown=Shown(links=links_shown(links)),
    )


class _Others:
    """What others have too, for the rules; their orders are opened for this alone.

    At most so many as links and document numbers name. Nothing of them is told but how many have
    another name.
    """

    def __init__(
        self, t: OfTenant, order: VerificationOrder, held: Sequence[Held], links: Sequence[Link]
    ) -> None:
        self._order, self._held, self._links = order, held, links
        self._numbers = [one for one in held if one.identifier.kind is LinkKind.DOCUMENT_NUMBER]
        cases = {link.other.person: link.other.case for link in links}
        for one in self._numbers:
            cases = {holder.person: holder.case for holder in one.holders} | cases

        @cache
        def order_of(person: str) -> VerificationOrder | None:
            with suppress(*UNREADABLE):
                return t.verifications.order_of(t.verifications.get(UUID(cases[person])))
            return None

        self._order_of = order_of

    def shared(self) -> Iterator[Shared]:
        """What others have too, each kind that was looked for once."""
        facts = shared_of(
            self._links,
            self._same_name,
            looked_for={one.identifier.kind for one in self._held},
            document_numbers=self._numbers,
            household_declared=bool(self._order.surroundings.shares_home),
            same_person=self._could_be_this_person,
        )
        for fact in facts:
            yield self._of_reference(fact) if fact.kind is SharedKind.REFERENCE_CONTACT else fact

    def _same_name(self, person: str) -> bool | None:
        """Whether this person could have the candidate's name; `None` where that is not known."""
        return self._compared(person, could_be_one_persons)

    def _could_be_this_person(self, person: str) -> bool | None:
        """The same more strictly, for what no two people share."""
        return self._compared(person, same_person_name)

    def _compared(self, person: str, alike: Callable[[str, str], bool | None]) -> bool | None:
        said = {
            alike(one, other)
            for one in _names(self._order)
            for other in _names(self._order_of(person))
        }
        return True if True in said else False if said == {False} else None

    def _of_reference(self, fact: Shared) -> Shared:
        """A reference speaks for colleagues: whoever worked where the candidate did is no other."""
        own = _employers(self._order.claims)
        others = [
            link.other.person
            for link in self._links
            if any(tie.kind is LinkKind.REFERENCE_CONTACT for tie in link.ties)
            and self._same_name(link.other.person) is False
        ]
        elsewhere = [p for p in others if not own & self._employers_of(p)]
        if others and not elsewhere:
            return fact.model_copy(update={"same_employer": True})
        return fact.model_copy(update={"others": min(fact.others, len(elsewhere))})

    def _employers_of(self, person: str) -> set[str]:
        order = self._order_of(person)
        return _employers(order.claims) if order else set()


def _names(order: VerificationOrder | None) -> set[str]:
    if order is None:
        return set()
    claims = order.claims or Claims()
    told = (order.candidate.name, claims.full_name, claims.identity.preferred_name)
    return {name for name in (*told, *claims.identity.former_names) if name}


def _employers(claims: Claims | None) -> set[str]:
    return {folded(work.name) for work in claims.work if work.name} if claims else set()


def _referrer(t: OfTenant, order: VerificationOrder) -> Iterator[Shared]:
    """Whoever referred the candidate, where the company says who and they were a candidate too."""
    referred_by = order.surroundings.referred_by
    if referred_by is None:
        return
    known = t.subjects.with_reference(referred_by)
    stopped = known is not None and t.subjects.was_stopped(known)
    yield Shared(kind=SharedKind.REFERRER, others=0, confirmed_fraud=stopped)


def _document_numbers(documents: StepResult) -> Iterator[tuple[str, str]]:
    """Issuing state and number of each document that is surely read and no specimen."""
    sure = {zone.text.lines for zone in documents.zones if zone.text.sure}
    for found in documents.documents:
        zone, licence = found.zone, found.licence
        if zone and zone.lines in sure and not zone.specimen:
            number = zone.fields.get("document_number")
            state = zone.value("issuing_state")
            if state and number and number.value and number.status is FieldStatus.VALID:
                yield state, number.value
        if licence and licence.jurisdiction:
            field = licence.fields.get("number")
            if field and field.value and field.status is FieldStatus.VALID:
                # As ISO 3166-2 writes it, apart from every state of ICAO 9303-3.
                country = "CA" if licence.value("country") == "CAN" else "US"
                yield f"{country}-{licence.jurisdiction}", field.value
