"""Challenges: given out once, answered once or never; and what interviewers asked for instead.

Acts, colours and answers are sealed under the candidate's key, and go with the verification.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa

from models.challenge import AnsweredChallenge, Challenge, ChallengeAnswer
from service.store.challenge_tables import GivenChallenge, Prompts
from service.store.errors import Conflict, NotFound
from service.store.evidence import taking_evidence
from service.store.keys import Key
from service.store.scope import Scope
from service.store.tables import Evidence, Verification

MOST_A_DAY = 10
"""Of one verification. Somebody with trouble needs three or four; who looks for one that suits a
recording of theirs would need very many."""
_DAY = timedelta(days=1)


class ChallengeState(StrEnum):
    """What became of a challenge."""

    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Given:
    """A challenge that was given out, opened."""

    id: UUID
    challenge: Challenge
    issued_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    evidence: UUID | None
    """The recording of the answer."""

    def state(self, now: datetime) -> ChallengeState:
        """Whether an answer that begins to arrive now could be one."""
        if self.answered_at is not None:
            return ChallengeState.ANSWERED
        return ChallengeState.EXPIRED if now > self.expires_at else ChallengeState.OPEN


@dataclass(frozen=True)
class Answered:
    """What was asked for while a recording was made."""

    evidence: UUID
    """The recording."""
    challenge: Challenge
    answer: ChallengeAnswer | None = None
    received_at: datetime | None = None

    def called(self, file: str) -> AnsweredChallenge:
        """The same for the verifiers, with the recording's name in reports."""
        return AnsweredChallenge(
            file=file, challenge=self.challenge, answer=self.answer, received_at=self.received_at
        )


class Challenges:
    """The challenges and prompts of one tenant's verifications."""

    def __init__(self, scope: Scope) -> None:
        self._in = scope

    def give(self, verification: UUID, challenge: Challenge) -> Given:
        """Give a challenge out; from now on it is known, and its time runs.

        Raises:
            NotFound: no such verification.
            Conflict: it takes no evidence now, or too many were given out today.
        """
        row = taking_evidence(self._in, verification)
        if self._given_since(row.id, self._in.now - _DAY) >= MOST_A_DAY:
            raise Conflict(
                "too-many-challenges",
                f"{MOST_A_DAY} challenges were asked for within a day. Try again tomorrow, or show "
                "another way that a person is there: on a phone, with a passport's chip, or in "
                "person.",
            )
        if challenge.issued_at is None or challenge.expires_at is None:
            raise ValueError("only what the server chose is given out")
        given = GivenChallenge(
            id=uuid4(),
            tenant_id=self._in.tenant_id,
            verification_id=row.id,
            issued_at=challenge.issued_at,
            expires_at=challenge.expires_at,
            sealed=b"",
        )
        given.sealed = self._key(row).seal(_json(challenge), about=f"challenge/{given.id}")
        self._in.session.add(given)
        self._in.session.flush()
        self._in.record("challenge.asked", f"verification:{row.id}", challenge=str(given.id))
        return self._opened(given, self._key(row))

    def get(self, verification: UUID, challenge: UUID) -> Given:
        """One that was given out. Raises `NotFound`."""
        row = self._verification(verification)
        given = self._in.session.get(GivenChallenge, challenge)
        if given is None or given.verification_id != row.id:
            raise NotFound("challenge")
        return self._opened(given, self._key(row))

    def list(self, verification: UUID) -> list[Given]:
        """All that were given out, the first one first. Raises `NotFound`."""
        row = self._verification(verification)
        key = self._key(row)
        given = self._in.session.scalars(
            sa.select(GivenChallenge)
            .where(
                GivenChallenge.tenant_id == self._in.tenant_id,
                GivenChallenge.verification_id == row.id,
            )
            .order_by(GivenChallenge.issued_at, GivenChallenge.id)
        )
        return [self._opened(one, key) for one in given]

    def answer(
        self, challenge: UUID, answer: ChallengeAnswer, *, evidence: UUID, received_at: datetime
    ) -> None:
        """This recording is the answer: the only one there will ever be.

        Raises:
            NotFound: no such challenge, or no such recording beside it.
            Conflict: another answer was first.
        """
        given = self._in.session.get(GivenChallenge, challenge)
        if given is None or given.tenant_id != self._in.tenant_id:
            raise NotFound("challenge")
        file = self._in.session.get(Evidence, evidence)
        if file is None or file.verification_id != given.verification_id:
            raise NotFound("evidence")
        key = self._key(self._verification(given.verification_id))
        # By the database itself: of two answers that arrive at once both read that there is none.
        taken = self._in.session.execute(
            sa.update(GivenChallenge)
            .where(GivenChallenge.id == challenge, GivenChallenge.answered_at.is_(None))
            .values(
                answered_at=received_at,
                evidence_id=evidence,
                sealed_answer=key.seal(_json(answer), about=f"challenge/{challenge}/answer"),
            )
            .returning(GivenChallenge.id)
        ).all()
        if not taken:
            raise already_answered()
        self._in.record(
            "challenge.answered",
            f"verification:{given.verification_id}",
            challenge=str(challenge),
            evidence=str(evidence),
        )

    def ask_in(self, evidence: UUID, challenge: Challenge | None) -> None:
        """Keep what an interviewer asked for in a recording, in place of what was kept before.

        Raises:
            NotFound: no such recording.
            Conflict: it answers a challenge, or is being verified.
        """
        file = self._in.session.get(Evidence, evidence)
        if file is None or file.tenant_id != self._in.tenant_id:
            raise NotFound("evidence")
        row = taking_evidence(self._in, file.verification_id)
        if self._in.session.scalar(
            sa.select(GivenChallenge.id).where(GivenChallenge.evidence_id == evidence)
        ):
            raise Conflict(
                "answers-a-challenge",
                "This recording answers a challenge of the service; nobody else asked for anything "
                "in it.",
            )
        self._in.session.execute(sa.delete(Prompts).where(Prompts.evidence_id == evidence))
        if challenge is not None:
            sealed = self._key(row).seal(_json(challenge), about=f"prompts/{evidence}")
            self._in.session.add(
                Prompts(
                    evidence_id=evidence,
                    tenant_id=self._in.tenant_id,
                    verification_id=row.id,
                    sealed=sealed,
                )
            )
        row.updated_at = self._in.now
        asked = len(challenge.steps) if challenge else 0
        self._in.record("prompts.replaced", f"evidence:{evidence}", prompts=asked)

    def answered(self, verification: UUID) -> Sequence[Answered]:
        """What was asked for in the recordings of a verification, for the service's own work.

        Answers to challenges in the order they were given out, then interviewers' prompts.

        Raises:
            NotFound: no such verification.
        """
        row = self._verification(verification)
        key = self._key(row)
        answers = self._in.session.scalars(
            sa.select(GivenChallenge)
            .where(
                GivenChallenge.tenant_id == self._in.tenant_id,
                GivenChallenge.verification_id == row.id,
                GivenChallenge.evidence_id.is_not(None),
            )
            .order_by(GivenChallenge.issued_at, GivenChallenge.id)
        )
        prompts = self._in.session.scalars(
            sa.select(Prompts)
            .join(Evidence, Evidence.id == Prompts.evidence_id)
            .where(Prompts.tenant_id == self._in.tenant_id, Prompts.verification_id == row.id)
            .order_by(Evidence.position)
        )
        return [
            *(_answer(one, key) for one in answers),
            *(
                Answered(
                    one.evidence_id,
                    _challenge(key.open(one.sealed, about=f"prompts/{one.evidence_id}")),
                )
                for one in prompts
            ),
        ]

    def _given_since(self, verification: UUID, moment: datetime) -> int:
        return (
            self._in.session.scalar(
                sa.select(sa.func.count())
                .select_from(GivenChallenge)
                .where(
                    GivenChallenge.tenant_id == self._in.tenant_id,
                    GivenChallenge.verification_id == verification,
                    GivenChallenge.issued_at > moment,
                )
            )
            or 0
        )

    def _verification(self, verification: UUID) -> Verification:
        row = self._in.session.get(Verification, verification)
        if row is None or row.tenant_id != self._in.tenant_id:
            raise NotFound("verification")
        return row

    def _key(self, row: Verification) -> Key:
        return self._in.subject_key(row.subject_id)

    def _opened(self, given: GivenChallenge, key: Key) -> Given:
        return Given(
            id=given.id,
            challenge=_challenge(key.open(given.sealed, about=f"challenge/{given.id}")),
            issued_at=given.issued_at,
            expires_at=given.expires_at,
            answered_at=given.answered_at,
            evidence=given.evidence_id,
        )


def already_answered() -> Conflict:
    """The refusal of a second answer."""
    return Conflict("challenge-used", "This challenge was answered already; ask for a new one.")


def _answer(given: GivenChallenge, key: Key) -> Answered:
    if given.evidence_id is None or given.sealed_answer is None:
        raise ValueError("it was not answered")
    said = key.open(given.sealed_answer, about=f"challenge/{given.id}/answer")
    return Answered(
        evidence=given.evidence_id,
        challenge=_challenge(key.open(given.sealed, about=f"challenge/{given.id}")),
        answer=ChallengeAnswer.model_validate_json(said),
        received_at=given.answered_at,
    )


def _challenge(said: bytes) -> Challenge:
    return Challenge.model_validate_json(said)


def _json(said: Challenge | ChallengeAnswer) -> bytes:
    return said.model_dump_json().encode()
