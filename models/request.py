"""What the candidate is asked for: the open questions of a verification, in the one form that the
API, the events, the page and the command line tell.

A request is never a suspicion. Where a picture itself is at fault, its defects say what to do, and
what could not be read on it is not asked for a second time.
"""

from collections.abc import Iterable
from typing import Self

from pydantic import Field

from models.base import Model
from models.finding import Check, Code, EvidenceClass, Finding, Status
from models.verdict import Outcome
from models.verification import Verification

_OF_A_PICTURE = "document.picture."
"""How the codes of findings about a picture's own quality begin."""


class CandidateRequest(Model):
    """One thing that the candidate is asked to send or to explain."""

    code: Code
    """Of the finding behind it, such as `document.picture.too_small`."""
    check: Check
    """The check that it would help."""
    file: str | None
    """The one file it is about, as the sender named it; `null` where it is about none or many."""
    page: int | None = Field(ge=1)
    """Of that file, from 1."""
    problem: str
    """What is wrong, with its figures, in words that the candidate may read."""
    action: str
    """What the candidate can do about it."""

    @classmethod
    def of(cls, finding: Finding, action: str) -> Self:
        """The request behind a finding."""
        file, page = _place(finding)
        return cls(
            code=finding.code,
            check=finding.check,
            file=file,
            page=page,
            problem=finding.for_candidate,
            action=action,
        )

    @property
    def about(self) -> str | None:
        """The file, with the page beyond its first."""
        return f"{self.file}, page {self.page}" if self.page and self.page > 1 else self.file

    @property
    def text(self) -> str:
        """Problem and action in one go; some problems say themselves what to do."""
        return self.problem if self.action in self.problem else f"{self.problem} {self.action}"


def requests_of(verification: Verification) -> tuple[CandidateRequest, ...]:
    """What the candidate is asked for, each thing once, in the order of the findings.

    Nothing once all is verified. What could not be judged is asked for where a required check lacks
    support, and a contradiction always; screening is for compliance alone to ask about.
    """
    if verification.verdict.outcome is Outcome.VERIFIED:
        return ()
    lacking = {check.check for check in verification.verdict.checks if not check.met}
    found = [
        finding
        for finding in verification.findings
        if finding.evidence_class is not EvidenceClass.SCREENING
        and (finding.status is Status.CONTRADICTS or finding.check in lacking)
        and finding.status is not Status.SUPPORTS
    ]
    at_fault = _pictures_at_fault(found)
    asked = [
        CandidateRequest.of(finding, finding.question)
        for finding in found
        if finding.question and not _explained_by(finding, at_fault)
    ]
    return tuple(dict.fromkeys(asked))


Place = tuple[str | None, int | None]


def _place(finding: Finding) -> Place:
    """The one file that a finding is about, and its page."""
    places = {(seen.file, seen.page) for seen in finding.seen if seen.file}
    if len(places) == 1:
        return places.pop()
    files = {file for file, _ in places}
    return (files.pop() if len(files) == 1 else None, None)


def _pictures_at_fault(findings: Iterable[Finding]) -> set[Place]:
    return {_place(f) for f in findings if f.question and f.code.startswith(_OF_A_PICTURE)}


def _explained_by(finding: Finding, at_fault: set[Place]) -> bool:
    """Whether the quality of its picture is why nothing could be said."""
    of_a_picture = finding.code.startswith(_OF_A_PICTURE)
    return (
        finding.status is Status.UNKNOWN
        and finding.check is Check.DOCUMENT
        and not of_a_picture
        and _place(finding) in at_fault
    )
