"""What sanctions lists say is for compliance: everybody else is told that compliance has the case.

Whatever leaves the service and was made of findings passes here. A reader without the right learns
the outcome and one sentence: no list, no entry, no name, no code of a rule, nor which rules looked.
"""

from collections.abc import Iterator

from models.finding import EvidenceClass
from models.verdict import Reason
from models.verification import Verification
from service.report.shown import Shown
from verifiers.screening import RULES

WITH_COMPLIANCE = Reason(
    rule="hold.compliance",
    text="The case is with compliance; the candidate is asked nothing about that.",
)
"""In place of every reason that rests on what a list says."""

_OF_SCREENING = frozenset(rule.id for rule in RULES)


def told_to(verified: Verification, may_see: bool) -> Verification:
    """The verification for a reader who may see what lists say, or may not (`Right.SCREENING`)."""
    if may_see:
        return verified
    reasons = tuple(dict.fromkeys(_told(verified)))
    return verified.model_copy(
        update={
            "findings": tuple(
                finding
                for finding in verified.findings
                if finding.evidence_class is not EvidenceClass.SCREENING
            ),
            "verdict": verified.verdict.model_copy(update={"reasons": reasons}),
        }
    )


def shown_to(shown: Shown, may_see: bool) -> Shown:
    """What a report shows, for such a reader.

    The rules of screening are left out whatever they came to: a row that is there only for some
    candidates would tell as much as its words.
    """
    if may_see:
        return shown
    rules = tuple(rule for rule in shown.timeline.rules if rule.id not in _OF_SCREENING)
    timeline = shown.timeline.model_copy(update={"rules": rules})
    return shown.model_copy(update={"timeline": timeline})


def _told(verified: Verification) -> Iterator[Reason]:
    classes = {finding.code: finding.evidence_class for finding in verified.findings}
    for reason in verified.verdict.reasons:
        left = tuple(c for c in reason.findings if classes.get(c) is not EvidenceClass.SCREENING)
        if left == reason.findings:
            yield reason
            continue
        yield WITH_COMPLIANCE
        if len({classes.get(code) for code in left}) >= 2:
            # It speaks of two kinds of evidence, and two are left without the list.
            yield reason.model_copy(update={"findings": left})
