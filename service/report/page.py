"""The page of a report: everything a person needs to decide, on one self-contained page."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from models.finding import Finding, Status
from models.request import requests_of
from models.verification import Verification
from service.report.shown import Shown

_TONES = {"supports": "good", "unknown": "unknown", "contradicts": "bad"}
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


def _subject(verification: Verification, candidate: str | None) -> str:
    claimed = verification.claims.full_name if verification.claims else None
    return claimed or candidate or "A candidate who claimed no name"
