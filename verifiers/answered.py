"""Answers of the candidate beside the findings that asked: evidence to read, judged by nobody here.

What was found stands as it is. Where its question has an answer, an `unknown` says so, with the
words of the candidate, and the decision may call a person to read them.
"""

from collections.abc import Iterable, Sequence

from models.answer import CandidateAnswer
from models.finding import Check, EvidenceClass, Finding, Seen, Status

ANSWERED = "history.answered"
"""The code of such a finding."""
_FINDING = "finding that asked"


def answers_beside(
    findings: Iterable[Finding], answers: Sequence[CandidateAnswer]
) -> tuple[Finding, ...]:
    """One `unknown` for each code whose question still stands and has an answer."""
    asked = {
        finding.code: finding.question
        for finding in findings
        if finding.question and finding.status is not Status.SUPPORTS
    }
    given = dict.fromkeys(answer.code for answer in answers if answer.code in asked)
    return tuple(
        _answered(code, asked[code] or "", [a for a in answers if a.code == code]) for code in given
    )


def answered_codes(findings: Iterable[Finding]) -> frozenset[str]:
    """The codes of findings that these say have an answer."""
    return frozenset(
        str(seen.value)
        for finding in findings
        if finding.code == ANSWERED
        for seen in finding.seen
        if seen.what == _FINDING
    )


def _answered(code: str, question: str, answers: Sequence[CandidateAnswer]) -> Finding:
    return Finding(
        code=ANSWERED,
        check=Check.HISTORY,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.HISTORY,
        seen=(
            Seen(what=_FINDING, value=code),
            Seen(what="question", value=question),
            *(
                Seen(
                    what="answer, in the candidate's own words",
                    value=answer.text,
                    source="the candidate",
                    fetched_at=answer.answered_at,
                )
                for answer in answers
            ),
        ),
        for_recruiter="The candidate has answered a question; what was found stands until a "
        "person has read the answer.",
        for_candidate="Thank you for your answer. It is shown with the finding.",
    )
