"""What the candidate answered to what a verdict asked, and what shows that an account is theirs."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field

from models.answer import MOST_ANSWERS, CandidateAnswer
from models.base import Model
from service.api.bodies import documented, json_body
from service.api.caller import Orders, Reads
from service.api.openapi import problems
from service.errors import Refused
from service.store.store import OfTenant
from verifiers.history.sources import question_for_account

router = APIRouter(prefix="/v1/verifications/{verification}", tags=["Verifications"])

_EXAMPLE = {
    "items": [
        {
            "code": "history.overlapping_full_time",
            "text": "The second contract was for one day a week until the end of my notice.",
        }
    ]
}


class Answers(Model):
    """All that the candidate answered."""

    items: tuple[CandidateAnswer, ...] = Field(max_length=MOST_ANSWERS)
    """Several may be to one question; none takes back those of before."""


class AccountProof(Model):
    """What shows that a claimed account is the candidate's."""

    network: str
    username: str
    text: str
    """To be put in a public gist of that account, alone or among other text."""


class AccountProofs(Model):
    """One for each claimed account that can be asked."""

    items: tuple[AccountProof, ...]


@router.put(
    "/answers",
    summary="Send or replace the candidate's answers",
    responses=problems(400, 404, 409, 413, 415),
    openapi_extra=documented(Answers, overlap=_EXAMPLE),
)
def put_answers(
    caller: Orders,
    verification: UUID,
    answers: Annotated[Answers, Depends(json_body(Answers))],
) -> Answers:
    """What the candidate says to what a verdict of it asked (`requests`), in their own words.

    After a verdict, and then submitted again. An answer clears nothing by itself: it is shown
    with the finding. What was claimed wrongly is corrected in the claims.
    """
    with caller.transaction() as t:
        keep_answers(t, verification, answers.items)
        return _told(t, verification)


@router.get("/answers", summary="What the candidate answered", responses=problems(404))
def read_answers(caller: Reads, verification: UUID) -> Answers:
    """The answers that count at the next submission. The view is recorded in the audit."""
    with caller.transaction() as t:
        return _told(t, verification)


@router.get(
    "/account-proofs",
    summary="How the candidate shows that an account is theirs",
    responses=problems(404),
)
def read_account_proofs(caller: Reads, verification: UUID) -> AccountProofs:
    """For each claimed GitHub account a text for a public gist. The view is recorded.

    The text is the same at every question, and is kept nowhere.
    """
    with caller.transaction() as t:
        claims = t.verifications.open_order(verification).claims
        text = t.answers.account_proof(verification)
    accounts = claims.all_accounts if claims else ()
    logins = dict.fromkeys(filter(None, map(question_for_account, accounts)))
    return AccountProofs(
        items=tuple(AccountProof(network="GitHub", username=login, text=text) for login in logins)
    )


def keep_answers(t: OfTenant, verification: UUID, answers: Sequence[CandidateAnswer]) -> None:
    """Keep them with the order, in place of those of before.

    Raises:
        NotFound: no such verification.
        Refused: an answer is to something that no verdict of it asked, or there are too many.
        Conflict: it is being verified, or was cancelled.
    """
    if len(answers) > MOST_ANSWERS:
        detail = f"A verification has at most {MOST_ANSWERS} answers; put some of them into one."
        raise Refused(422, "too-many-answers", detail)
    asked = t.answers.asked(verification)
    strays = sorted({one.code for one in answers} - asked)
    if strays:
        detail = f"No verdict of this verification asked for {', '.join(strays)}."
        raise Refused(422, "not-asked", detail[:1000])
    t.answers.replace(verification, answers)


def _told(t: OfTenant, verification: UUID) -> Answers:
    return Answers(items=t.verifications.open_order(verification).answers)
