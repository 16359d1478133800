"""The candidate's answers, written down by whoever asked them."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from models.answer import LONGEST_ANSWER, CandidateAnswer
from service.api.answers import keep_answers
from service.portal.case import ANSWER_FIELD, Case, as_one_text, submit
from service.portal.rendering import page, see_other
from service.portal.visitors import Orderer, OwnForm

router = APIRouter()


@router.post("/verifications/{id}/answers")
def record_answers(request: Request, visitor: Orderer, id: UUID, form: OwnForm) -> Response:
    typed = {
        name.removeprefix(ANSWER_FIELD): text.replace("\r\n", "\n").strip()
        for name, text in form.items()
        if name.startswith(ANSWER_FIELD)
    }
    with visitor.transaction() as t:
        before = t.verifications.order_of(t.verifications.get(id)).answers
        # Several answers to one question stand in one field, and may be longer than one may be.
        new = {code: said for code, said in typed.items() if said != as_one_text(before, code)}
        problems = {f"{ANSWER_FIELD}{code}": told for code, told in _wrong_in(new)}
        if not problems:
            keep_answers(t, id, _replaced(before, new))
        case = Case.read(t, visitor, id)
    if problems:
        shown = {"case": case, "problems": problems, "link": None}
        again = {f"{ANSWER_FIELD}{code}": text for code, text in typed.items()}
        return page(request, "verification.html", 422, typed=again, **shown)
    if form.get("then") == "submit" and case.can_submit:
        submit(visitor, id)
    return see_other(request, f"/verifications/{id}")


def _replaced(
    before: Sequence[CandidateAnswer], new: Mapping[str, str]
) -> tuple[CandidateAnswer, ...]:
    """What is new in the form in place of what was; what it leaves as it was stays untouched."""
    kept = (one for one in before if one.code not in new)
    return (*kept, *(CandidateAnswer(code=code, text=text) for code, text in new.items() if text))


def _wrong_in(typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for code, text in typed.items():
        if len(text) > LONGEST_ANSWER:
            yield code, f"Write at most {LONGEST_ANSWER} characters."
        elif text:
            try:
                CandidateAnswer(code=code, text=text)
            except ValidationError:
                yield code, "Write it as plain text."
