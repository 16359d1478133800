"""The page of a report: everything a person needs to decide, on one self-contained page."""

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from models.finding import Finding, Seen, Status
from models.request import requests_of
from models.verification import Verification
from service.report.shown import Shown
from verifiers.answered import ANSWERED, answered_codes

_TONES = {"supports": "good", "unknown": "unknown", "contradicts": "bad"}
_BY_CANDIDATE = "the candidate"
"""The source that their answers are under."""
_ORDER = (Status.CONTRADICTS, Status.UNKNOWN, Status.SUPPORTS)


def render(verification: Verification, shown: Shown, *, candidate: str | None = None) -> str:
    """The page as HTML. All text is escaped; nothing is loaded from elsewhere, no pixels needed.

    `candidate` is the name they were ordered under, for a report whose claims give none.
    """
    findings = sorted(verification.findings, key=_gravest_first)
    return (
        templates()
        .get_template("report.html")
        .render(
            v=verification,
            subject=_subject(verification, candidate),
            told={
                reason.rule: [f for f in findings if f.code in reason.findings]
                for reason in verification.verdict.reasons
            },
            questions=list(dict.fromkeys(r.action for r in requests_of(verification))),
            shown=shown,
            answers=_answers(findings),
            findings=findings,
            anchors={finding: f"finding-{n}" for n, finding in enumerate(findings, start=1)},
            tones=_TONES,
        )
    )


@cache
def templates() -> Environment:
    """The templates of this package; what they are given is escaped."""
    return Environment(
        loader=PackageLoader("service.report"),
        autoescape=select_autoescape(("html", "css")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _gravest_first(finding: Finding) -> tuple[int, int, str]:
    weight = finding.strength.rank if finding.strength else 0
    return _ORDER.index(finding.status), -weight, finding.code


def _answers(findings: Iterable[Finding]) -> dict[str, list[Seen]]:
    """What the candidate answered, by the code of the finding that asked."""
    answers: dict[str, list[Seen]] = {}
    for finding in findings:
        if finding.code == ANSWERED:
            said = [seen for seen in finding.seen if seen.source == _BY_CANDIDATE]
            for code in answered_codes([finding]):
                answers[code] = said
    return answers


def _subject(verification: Verification, candidate: str | None) -> str:
    claimed = verification.claims.full_name if verification.claims else None
    return claimed or candidate or "A candidate who claimed no name"
