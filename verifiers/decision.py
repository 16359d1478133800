"""Findings and a policy give a verdict: a table, the first row that applies.

The table is docs/decision.md. It is a pure function of its arguments, so that any verdict can be
replayed, and it keeps three promises: a supporting finding added never worsens the outcome, a
contradicting one never improves it, and an `unknown` changes nothing, except that on a required
check that nothing supports, about another candidate, or as the answer to a contradiction's
question, it may send the case to a person where the policy asks for that.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from models.finding import Check, EvidenceClass, Finding, Status, Strength
from models.policy import Policy
from models.stage import Stage
from models.verdict import CheckResult, Outcome, Reason, Verdict
from verifiers.answered import ANSWERED, answered_codes

PERSON_CHANGED = frozenset({"continuity.id_portrait", "continuity.earlier_capture"})
"""The two independent comparisons that together say that the person changed between stages."""


@dataclass(frozen=True)
class Case:
    """What the rows of the table look at."""

    contradictions: tuple[Finding, ...]
    unknowns: tuple[Finding, ...]
    checks: tuple[CheckResult, ...]
    policy: Policy

    def at_least(self, strength: Strength) -> tuple[Finding, ...]:
        """The contradictions of this strength or above."""
        return tuple(f for f in self.contradictions if f.strength and f.strength >= strength)

    @property
    def unmet(self) -> tuple[CheckResult, ...]:
        """The required checks whose support is missing or too weak."""
        return tuple(check for check in self.checks if not check.met)


Row = tuple[Outcome, str, str, Callable[[Case], Sequence[Finding]]]


def _independent_and_conclusive(case: Case) -> Sequence[Finding]:
    strong = case.at_least(Strength.STRONG)
    conclusive = any(f.strength is Strength.CONCLUSIVE for f in strong)
    return strong if conclusive and len(_classes(strong)) >= 2 else ()


def _screening_hit(case: Case) -> Sequence[Finding]:
    # A name alone never surfaces: screening only makes a strong finding of a hard identifier.
    return [
        f for f in case.at_least(Strength.STRONG) if f.evidence_class is EvidenceClass.SCREENING
    ]


def _person_changed(case: Case) -> Sequence[Finding]:
    changed = [f for f in case.at_least(Strength.STRONG) if f.code in PERSON_CHANGED]
    return changed if {f.code for f in changed} == PERSON_CHANGED else ()


def _strong_contradiction(case: Case) -> Sequence[Finding]:
    return case.at_least(Strength.STRONG)


def _moderate_in_two_classes(case: Case) -> Sequence[Finding]:
    moderate = case.at_least(Strength.MODERATE)
    return moderate if len(_classes(moderate)) >= 2 else ()


def _a_person_should_look(case: Case) -> Sequence[Finding]:
    unsupported = {check.check for check in case.checks if check.supported is None}
    return [
        f
        for f in case.unknowns
        if f.check in unsupported and f.code in case.policy.person_looks_at and f.code != ANSWERED
    ]


def _another_candidate(case: Case) -> Sequence[Finding]:
    # What may tie two candidates together, no evidence of one of them settles.
    return [
        f
        for f in case.unknowns
        if f.check is Check.LINKAGE and f.code in case.policy.person_looks_at
    ]


def _answered(case: Case) -> Sequence[Finding]:
    # Only what asks the candidate by itself: an answer to anything else calls nobody.
    if ANSWERED not in case.policy.person_looks_at:
        return ()
    open_ = {f.code for f in case.contradictions if f.question}
    return [f for f in case.unknowns if answered_codes([f]) & open_]


def _moderate_contradiction(case: Case) -> Sequence[Finding]:
    return case.at_least(Strength.MODERATE)


def _question_open(case: Case) -> Sequence[Finding]:
    weaker = (f for f in case.contradictions if f.strength and f.strength < Strength.MODERATE)
    return [f for f in weaker if f.question]


TABLE: tuple[Row, ...] = (
    (
        Outcome.HOLD,
        "hold.independent_and_conclusive",
        "Two independent kinds of evidence contradict the claim, one of them conclusively.",
        _independent_and_conclusive,
    ),
    (
        Outcome.HOLD,
        "hold.screening",
        "A sanctions list names somebody of this case with a hard identifier; compliance decides.",
        _screening_hit,
    ),
    (
        Outcome.HOLD,
        "hold.person_changed",
        "The person differs both from the document's portrait and from the earlier footage.",
        _person_changed,
    ),
    (
        Outcome.REVIEW,
        "review.strong_contradiction",
        "Evidence strongly contradicts the claim; a person must look.",
        _strong_contradiction,
    ),
    (
        Outcome.REVIEW,
        "review.two_classes",
        "Two independent kinds of evidence contradict the claim; a person must look.",
        _moderate_in_two_classes,
    ),
    (
        Outcome.REVIEW,
        "review.undecided",
        "A required check could not be decided by the software; a person should look.",
        _a_person_should_look,
    ),
    (
        Outcome.REVIEW,
        "review.another_candidate",
        "Another candidate may be the same person; a person should look at both.",
        _another_candidate,
    ),
    (
        Outcome.REVIEW,
        "review.answered",
        "The candidate has answered; a person should read it.",
        _answered,
    ),
    (
        Outcome.NEEDS_INFO,
        "needs_info.contradiction",
        "Something does not fit and may well be explained; the candidate is asked.",
        _moderate_contradiction,
    ),
    (
        Outcome.NEEDS_INFO,
        "needs_info.question",
        "A small thing does not fit; the candidate is asked.",
        _question_open,
    ),
)
"""Rows about findings, the gravest first. A required check that is not supported makes a row of
its own, `needs_info.<check>`, beside the others: the candidate hears of everything at once."""


def decide(
    findings: Iterable[Finding], policy: Policy, stage: Stage, *, claims_given: bool
) -> Verdict:
    """The verdict that follows from the findings.

    `claims_given` says whether the candidate told a history; a requirement marked
    `only_where_claimed` applies only then.
    """
    found = tuple(findings)
    case = Case(
        contradictions=tuple(f for f in found if f.status is Status.CONTRADICTS),
        unknowns=tuple(f for f in found if f.status is Status.UNKNOWN),
        checks=_check_results(found, policy, stage, claims_given),
        policy=policy,
    )
    rows = [
        (outcome, Reason(rule=rule, text=text, findings=_codes(because)))
        for outcome, rule, text, applies in TABLE
        if (because := applies(case))
    ]
    rows += [(Outcome.NEEDS_INFO, _unmet_reason(check, case)) for check in case.unmet]
    if not rows:
        supports = [f for f in found if f.status is Status.SUPPORTS]
        text = "Every required check supports the claim, and nothing contradicts it."
        return Verdict(
            outcome=Outcome.VERIFIED,
            reasons=(Reason(rule="verified", text=text, findings=_codes(supports)),),
            checks=case.checks,
            policy=policy.label,
        )
    outcome = max((row[0] for row in rows), key=lambda o: o.severity)
    return Verdict(
        outcome=outcome,
        reasons=tuple(reason for severity, reason in rows if severity is outcome),
        checks=case.checks,
        policy=policy.label,
    )


def _check_results(
    findings: Sequence[Finding], policy: Policy, stage: Stage, claims_given: bool
) -> tuple[CheckResult, ...]:
    results = []
    for need in policy.required.get(stage, ()):
        if need.only_where_claimed and not claims_given:
            continue
        support = [
            f.strength
            for f in findings
            if f.check is need.check and f.status is Status.SUPPORTS and f.strength
        ]
        results.append(
            CheckResult(check=need.check, asked=need.strength, supported=max(support, default=None))
        )
    return tuple(results)


def _unmet_reason(check: CheckResult, case: Case) -> Reason:
    name = check.check.value
    if check.supported is None:
        text = f"The {name} check is required and nothing supports it yet."
    else:
        text = f"The {name} check is supported only weakly ({check.supported} of {check.asked})."
    because = [f for f in case.unknowns if f.check is check.check and f.question]
    return Reason(rule=f"needs_info.{name}", text=text, findings=_codes(because))


def _classes(findings: Iterable[Finding]) -> set[EvidenceClass]:
    return {f.evidence_class for f in findings}


def _codes(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(sorted({f.code for f in findings}))
