"""A generated stream replayed in the order of its arrival, as the service takes each case.

The same functions as in the service's steps SCREENING, SURROUNDINGS, LINKAGE and HISTORY, with a
book in memory where the service has its store. Document, face and presence are given clean support
of the strength that the policy asks for; where a scheme has other faces, `continuity` is given as
comparing them says it.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.circumstances import PORTRAIT, FacePair, Listed, Session, Shared, SharedKind
from models.context import Context
from models.finding import Check, EvidenceClass, Finding, Status, Strength
from models.link import Held, Holder, Link, LinkKind
from models.policy import DEFAULT_POLICY
from models.sanctions import Party
from models.stage import Stage
from models.surroundings import Visit
from models.verdict import Outcome, Verdict
from samples.campaigns.case import CampaignCase
from samples.campaigns.schemes import the_list
from service.workflow.rules import ALL_RULES
from verifiers.case import Case
from verifiers.decision import PERSON_CHANGED, decide
from verifiers.environment.surrounded import circumstances_of
from verifiers.environment.visits import NetworkDatabases
from verifiers.history import verify_history
from verifiers.life import folded
from verifiers.linkage.book import Book
from verifiers.linkage.graph import links_of
from verifiers.linkage.identifiers import identifiers_of
from verifiers.linkage.shared_facts import shared_of
from verifiers.names import could_be_one_persons
from verifiers.same_person import same_person_name
from verifiers.screening.matching import ListIndex, parties_of

A_PERSON_LOOKS = (Outcome.REVIEW, Outcome.HOLD)

_ID_BY_CODE = {rule.code: rule.id for rule in ALL_RULES}
_HISTORY = {EvidenceClass.HISTORY, EvidenceClass.CONTACT}
_CLASSES = {
    Check.DOCUMENT: EvidenceClass.DOCUMENT,
    Check.FACE: EvidenceClass.BIOMETRIC,
    Check.PRESENCE: EvidenceClass.PRESENCE,
    Check.CONTINUITY: EvidenceClass.BIOMETRIC,
}


@dataclass(frozen=True)
class Replayed:
    """What a case came to when it arrived."""

    number: int
    person: str
    human: str
    group: str | None
    kind: str
    campaign: str | None
    stage: Stage
    links: tuple[tuple[str, tuple[LinkKind, ...]], ...]
    """Whom it was linked to, and by which kinds that are not damped."""
    alike: tuple[tuple[str, tuple[LinkKind, ...]], ...]
    """Who of earlier ones has two kinds or more in common with it, damped or not."""
    outcome: Outcome
    because: frozenset[str]
    """Ids of the rules that the outcome rests on."""
    beyond_history: bool
    """A person looks at it, and would not for its history and contacts alone."""
    naive: tuple[str, ...]
    """Whom a check for any one exact match finds."""
    naive_contacts: tuple[str, ...]
    """Whom a check for the same e-mail address or telephone finds."""
    milliseconds: float
    """Of linking, screening and judging it, its identifiers included."""
    linking_milliseconds: float
    """Of that, looking for others in the book and weighing links."""

    @property
    def looked_at(self) -> bool:
        """Whether a person is asked to look."""
        return self.outcome in A_PERSON_LOOKS


class _Placed(NetworkDatabases):
    """What a database says of each address, as the case brings it along."""

    def __init__(self) -> None:
        super().__init__(Path("/nonexistent"))
        self.networks: dict[str, Session] = {}

    def session(self, visit: Visit) -> Session:
        """As the database's record, at the time of the visit."""
        known = self.networks.get(visit.ip)
        if known is None:
            return super().session(visit)
        return known.model_copy(update={"at": visit.at, "time_zone": visit.time_zone})


class Replay:
    """Cases taken one after the other; each is held against all before it."""

    def __init__(self) -> None:
        self._book = Book()
        self._index = ListIndex([the_list()])
        self._networks = _Placed()
        self._names: dict[str, set[str]] = {}
        self._employers: dict[str, set[str]] = {}
        self._number = 0

    def take(self, cases: Iterable[CampaignCase]) -> Iterator[Replayed]:
        """Each as it arrives."""
        for case in cases:
            yield self._take(case)

    def _take(self, case: CampaignCase) -> Replayed:
        began = time.perf_counter()
        identifiers = identifiers_of(
            case.claims,
            case.surroundings,
            document_numbers=case.document_numbers,
            files=case.files,
        )
        before = time.perf_counter()
        held = self._book.held(case.person, identifiers)
        shares_home = bool(case.surroundings.shares_home)
        links = links_of(held, self._book.people, shares_home=shares_home)
        self._book.add(Holder(person=case.person, case=case.person), identifiers)
        linking = time.perf_counter() - before
        self._remember(case)
        findings = self._judge(case, self._shared(case, held, links))
        verdict = _decide(case, findings)
        spent = time.perf_counter() - began
        rested_on = {code for reason in verdict.reasons for code in reason.findings}
        looked_at = verdict.outcome in A_PERSON_LOOKS
        self._number += 1
        return Replayed(
            number=self._number,
            person=case.person,
            human=case.human,
            group=case.group,
            kind=case.kind,
            campaign=case.campaign,
            stage=case.stage,
            links=tuple(
                (link.other.person, tuple(t.kind for t in link.ties if t.damped_as is None))
                for link in links
            ),
            alike=tuple(_alike(held)),
            outcome=verdict.outcome,
            because=frozenset(_ID_BY_CODE.get(code, code) for code in rested_on),
            beyond_history=looked_at
            and _decide(case, [f for f in findings if f.evidence_class in _HISTORY]).outcome
            not in A_PERSON_LOOKS,
            naive=_anybody_with(held, set(LinkKind) - {LinkKind.RESUME_TEXT}),
            naive_contacts=_anybody_with(held, {LinkKind.EMAIL, LinkKind.PHONE}),
            milliseconds=spent * 1000,
            linking_milliseconds=linking * 1000,
        )

    def _remember(self, case: CampaignCase) -> None:
        claims = case.claims
        told = (case.name, claims.full_name, claims.identity.preferred_name, *case.former_names)
        self._names[case.person] = {name for name in told if name}
        self._employers[case.person] = {folded(work.name) for work in claims.work if work.name}

    def _shared(
        self, case: CampaignCase, held: Sequence[Held], links: Sequence[Link]
    ) -> tuple[Shared, ...]:
        facts = shared_of(
            links,
            lambda other: self._compared(case.person, other, could_be_one_persons),
            looked_for={one.identifier.kind for one in held},
            document_numbers=[o for o in held if o.identifier.kind is LinkKind.DOCUMENT_NUMBER],
            household_declared=bool(case.surroundings.shares_home),
            same_person=lambda other: self._compared(case.person, other, same_person_name),
        )
        return tuple(
            self._of_reference(case, fact, links)
            if fact.kind is SharedKind.REFERENCE_CONTACT
            else fact
            for fact in facts
        )

    def _compared(
        self, one: str, other: str, alike: Callable[[str, str], bool | None]
    ) -> bool | None:
        said = {alike(mine, theirs) for mine in self._names[one] for theirs in self._names[other]}
        return True if True in said else False if said == {False} else None

    def _of_reference(self, case: CampaignCase, fact: Shared, links: Sequence[Link]) -> Shared:
        """Whoever worked where the candidate did is a colleague, and no other."""
        own = self._employers[case.person]
        others = [
            link.other.person
            for link in links
            if any(tie.kind is LinkKind.REFERENCE_CONTACT for tie in link.ties)
            and self._compared(case.person, link.other.person, could_be_one_persons) is False
        ]
        elsewhere = [person for person in others if not own & self._employers[person]]
        if others and not elsewhere:
            return fact.model_copy(update={"same_employer": True})
        return fact.model_copy(update={"others": min(fact.others, len(elsewhere))})

    def _judge(self, case: CampaignCase, shared: tuple[Shared, ...]) -> tuple[Finding, ...]:
        self._networks.networks = case.networks
        seen = circumstances_of(case.surroundings, self._networks, case.claims)
        known = case.known
        seen = seen.model_copy(
            update={
                "stage": case.stage,
                "id_address": known.id_address,
                "documents": known.documents,
                "reference_answers": known.reference_answers,
                "names_seen": known.names_seen,
                "official_domains": known.official_domains,
                "diploma_mills": known.diploma_mills,
                "listed": self._listed(case),
                "shared": shared,
            }
        )
        judged = verify_history(
            Case(
                case.claims,
                Context(stage=case.stage, today=case.today),
                case.document_birth_date,
                case.outside,
                seen,
            ),
            ALL_RULES,
        )
        return judged.findings

    def _listed(self, case: CampaignCase) -> tuple[Listed, ...]:
        payroll = case.surroundings.payroll
        parties = parties_of(
            case.claims,
            name=case.name,
            document_numbers=tuple(number for _, number in case.document_numbers),
            payout_holder=payroll.holder if payroll else None,
        )
        return tuple(listed for party in parties for listed in self._hits(party))

    def _hits(self, party: Party) -> Iterator[Listed]:
        for hit in self._index.search(party):
            yield Listed(
                kind=hit.entry.kind,
                role=hit.party.role,
                list_name=hit.entry.list_name,
                entry=hit.entry.id,
                agrees_in=hit.agrees_in,
            )


def _alike(held: Sequence[Held]) -> Iterator[tuple[str, tuple[LinkKind, ...]]]:
    """Everybody with two kinds in common; of the text of a résumé, half of its bands."""
    kinds: dict[str, set[LinkKind]] = {}
    bands: dict[str, int] = {}
    asked = sum(one.identifier.kind is LinkKind.RESUME_TEXT for one in held)
    for one in held:
        for holder in one.holders:
            if one.identifier.kind is LinkKind.RESUME_TEXT:
                bands[holder.person] = bands.get(holder.person, 0) + 1
            else:
                kinds.setdefault(holder.person, set()).add(one.identifier.kind)
    for person, shared in bands.items():
        if shared * 2 >= asked:
            kinds.setdefault(person, set()).add(LinkKind.RESUME_TEXT)
    for person, common in kinds.items():
        # Where equipment goes is an address too: together they are one thing.
        if len(common - {LinkKind.SHIP_TO}) > 1:
            yield person, tuple(sorted(common))


def _anybody_with(held: Sequence[Held], kinds: set[LinkKind]) -> tuple[str, ...]:
    found = {
        holder.person: None for one in held if one.identifier.kind in kinds
        for holder in one.holders
    }  # fmt: skip
    return tuple(found)


def _decide(case: CampaignCase, findings: Sequence[Finding]) -> Verdict:
    return decide(
        (*findings, *_given(case)),
        DEFAULT_POLICY,
        case.stage,
        claims_given=case.claims.tells_history,
    )


def _given(case: CampaignCase) -> Iterator[Finding]:
    """Support for what is not measured here, and what comparing faces says of other people."""
    changed = {_code(pair) for pair in case.faces if pair.same is False}
    for code in sorted(changed & PERSON_CHANGED):
        yield _finding(code, Check.CONTINUITY, Status.CONTRADICTS, Strength.STRONG)
    for need in DEFAULT_POLICY.required[case.stage]:
        if need.check in _CLASSES and not (changed and need.check is Check.CONTINUITY):
            yield _finding(f"{need.check}.given", need.check, Status.SUPPORTS, need.strength)


def _code(pair: FacePair) -> str:
    return "continuity.id_portrait" if pair.one == PORTRAIT else "continuity.earlier_capture"


def _finding(code: str, check: Check, status: Status, strength: Strength) -> Finding:
    return Finding(
        code=code,
        check=check,
        status=status,
        strength=strength,
        evidence_class=_CLASSES[check],
        for_recruiter="Given, for measuring the rest alone.",
        for_candidate="Given, for measuring the rest alone.",
        innocent_explanation="Given." if status is Status.CONTRADICTS else None,
    )
