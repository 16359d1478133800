"""A verification as its page shows it, and the one way to submit it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from models.answer import CandidateAnswer
from models.order import State, VerificationOrder
from models.request import CandidateRequest
from models.verdict import Outcome
from models.verification import EvidenceKind
from service.access.roles import Right
from service.api.verdicts import verified_by
from service.portal import words
from service.portal.asking import Asking, asking
from service.portal.people import names_of_users
from service.portal.visitors import Visitor
from service.store.challenges import ChallengeState, Given
from service.store.decisions import Decided
from service.store.evidence import File
from service.store.store import OfTenant
from service.store.tables import AuditEntry, Delivery, Verification
from service.store.verifications import Filter

ANSWER_FIELD = "answer:"
"""How the fields of answers begin; the code of what was asked follows."""


@dataclass(frozen=True)
class StepShown:
    """One step of the work."""

    label: str
    state: str
    """`done`, `now` or `later`."""


@dataclass(frozen=True)
class Progress:
    """Where a verification stands: nothing personal, so watching it is not recorded."""

    id: UUID
    state: State
    problem: str | None
    steps: tuple[StepShown, ...]
    mark: str
    """What a browser shows already; it is sent nothing while this is the same."""

    @classmethod
    def of(cls, row: Verification) -> Self:
        state = State(row.state)
        mark = f"{row.generation}-{state.value}-{row.step or ''}"
        return cls(row.id, state, row.problem, tuple(_steps(state, row.step)), mark)

    @property
    def said(self) -> str:
        """The line that is read aloud when it changes."""
        now = next((step.label for step in self.steps if step.state == "now"), None)
        return now or words.STATE[self.state]


def _steps(state: State, at: str | None) -> Iterator[StepShown]:
    names = list(words.STEP)
    reached = names.index(at) if at in names else len(names) * (state is State.COMPLETED)
    for position, name in enumerate(names):
        done = position < reached
        now = position == reached and state is State.RUNNING and at is not None
        yield StepShown(words.STEP[name], "done" if done else "now" if now else "later")


@dataclass(frozen=True)
class Case:
    """Everything on the page of one verification."""

    row: Verification
    order: VerificationOrder
    progress: Progress
    files: Sequence[File]
    verdicts: Sequence[tuple[int, Outcome, datetime]]
    """Of every submission that got one, the first one first."""
    asking: Asking | None
    """What the candidate is asked for; `None` unless the latest submission has its verdict."""
    decisions: Sequence[Decided]
    challenges: Sequence[tuple[Given, ChallengeState]]
    """What the candidate was asked to do before a camera, the first one first."""
    link_until: datetime | None
    """When the candidate's link ends; `None` where none is good."""
    others: Sequence[Verification]
    """Of the same candidate, the newest first."""
    deliveries: Sequence[Delivery]
    entries: Sequence[AuditEntry]
    people: dict[str, str]

    @property
    def surroundings(self) -> list[tuple[str, str]]:
        """What was told of the candidate's surroundings, counted."""
        told = self.order.surroundings
        counted = (
            ("Visits", len(told.visits), "visit"),
            ("Devices", len(told.inventories), "inventory"),
            ("Shipments", len(told.dispatches), "shipment"),
            ("Pay", int(told.payroll is not None), "account"),
        )
        return [(name, words.count(number, one)) for name, number, one in counted if number]

    @classmethod
    def read(cls, t: OfTenant, visitor: Visitor, id: UUID) -> Self:
        """Read it for a visitor, which is recorded. Raises `NotFound`."""
        order = t.verifications.open_order(id)
        row = t.verifications.get(id)
        theirs = t.verifications.list(Filter(subject=row.subject_id))
        files = t.evidence.listed(id)
        verified = verified_by(t, id, row.generation) if row.present_outcome else None
        sees_deliveries = visitor.may(Right.DELIVERIES)
        deliveries = t.deliveries.list(verification=id) if sees_deliveries else ()
        about = [f"verification:{id}"]
        about += [f"evidence:{file.id}" for file in files]
        about += [f"delivery:{delivery.id}" for delivery in deliveries]
        return cls(
            row=row,
            order=order,
            progress=Progress.of(row),
            files=files,
            verdicts=t.results.decided(id),
            asking=asking(verified, name=order.candidate.name) if verified else None,
            decisions=t.decisions.list(id),
            challenges=[(given, given.state(t.now)) for given in t.challenges.list(id)],
            link_until=t.links.good_until(id),
            others=[other for other in theirs if other.id != id],
            deliveries=deliveries,
            entries=t.audit.list(about=about, screening=visitor.may(Right.SCREENING))
            if visitor.may(Right.AUDIT)
            else (),
            people=names_of_users(t),
        )

    @property
    def state(self) -> State:
        return self.progress.state

    @property
    def outcome(self) -> Outcome | None:
        """Of the last verdict there was."""
        return self.verdicts[-1][1] if self.verdicts else None

    @property
    def takes_evidence(self) -> bool:
        return not self.state.in_work and self.state is not State.CANCELLED

    @property
    def can_submit(self) -> bool:
        """Whether there is anything to verify."""
        return self.takes_evidence and bool(self.files or self.order.claims)

    @property
    def answer_fields(self) -> dict[str, CandidateRequest]:
        """What the candidate can answer in words, each question once, by the field it goes into."""
        fields: dict[str, CandidateRequest] = {}
        for file in self.asking.files if self.asking else ():
            for request in file.requests:
                fields.setdefault(f"{ANSWER_FIELD}{request.code}", request)
        return fields

    def answer_to(self, code: str) -> str:
        """What they answered to it so far."""
        return as_one_text(self.order.answers, code)

    @property
    def films_somebody(self) -> bool:
        """Whether there is footage in which the candidate could be named."""
        return any(file.kind is EvidenceKind.FOOTAGE for file in self.files)

    @property
    def can_cancel(self) -> bool:
        return self.state not in (State.COMPLETED, State.CANCELLED)

    @property
    def can_decide(self) -> bool:
        return self.state in (State.COMPLETED, State.PARKED)

    def awaits_approval(self, decision: Decided) -> bool:
        """Whether a second person can still agree to it."""
        current = decision.generation == self.row.generation and self.can_decide
        return not decision.stands and current and decision == self.decisions[-1]


def as_one_text(answers: Iterable[CandidateAnswer], code: str) -> str:
    """All that was answered to one question."""
    return "\n".join(one.text for one in answers if one.code == code)


def submit(visitor: Visitor, id: UUID) -> None:
    """Have it verified. Raises `NotFound`, `Conflict`.

    It is queued in the store first, then enqueued: a crash between the two is mended by the
    sweeper, and a case that is enqueued twice runs once.
    """
    with visitor.transaction() as t:
        row = t.verifications.submit(id)
    visitor.parts.engine.enqueue(f"{row.id}/{row.generation}")
