"""What `bonafide history` says to a person."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.markup import escape

from models.finding import Finding, Status
from models.rule import RuleJudged
from models.verification import Verification
from service.report.rules_shown import WANTED
from service.report.timeline_shown import Timeline

_STYLES = {"verified": "green", "needs_info": "yellow", "review": "magenta", "hold": "red"}


def summary(
    verification: Verification,
    timeline: Timeline,
    rules: Sequence[RuleJudged],
    report: Path | None,
) -> str:
    """Outcome, findings, what could not be judged and who said nothing, as console markup."""
    outcome = verification.verdict.outcome
    style = _STYLES[outcome.value]
    lines = [f"  outcome   [bold {style}]{outcome.value}[/] ({outcome.label})"]
    lines += [f"  because   {escape(reason.text)}" for reason in verification.verdict.reasons]
    for status in (Status.CONTRADICTS, Status.SUPPORTS, Status.UNKNOWN):
        for finding in verification.findings:
            if finding.status is status:
                lines += finding_lines(finding)
    lines += [f"  rules     {timeline.judged}"]
    lines += not_judged_lines(rules)
    lines += _outside(timeline)
    if report:
        lines.append(f"  report    {escape(str(report))}")
    else:
        lines.append("  [dim]--report FILE.html draws the timeline.[/]")
    return "\n".join(lines)


def finding_lines(finding: Finding) -> Iterator[str]:
    """One finding: what was seen, what it could be, and what is asked."""
    strength = f", {finding.strength.value}" if finding.strength else ""
    yield f"  {finding.status.value}{strength}: {finding.code}"
    yield f"            {escape(finding.for_recruiter)}"
    if finding.innocent_explanation:
        yield f"            could be: {escape(finding.innocent_explanation)}"
    if finding.question:
        yield f"            ask: {escape(finding.question)}"


def not_judged_lines(rules: Sequence[RuleJudged]) -> Iterator[str]:
    """For want of what, the commonest first."""
    facts = Counter(fact for rule in rules for fact in rule.lacking)
    for fact, count in facts.most_common():
        yield f"            {count} for want of {WANTED[fact]}"


def _outside(timeline: Timeline) -> Iterator[str]:
    if not timeline.asked:
        yield "  outside   nobody was asked"
        return
    yield f"  outside   {timeline.answered}"
    for asked in timeline.asked:
        yield escape(f"            {asked.source}, {asked.question}: {asked.answer}")
