"""The claimed history judged: findings of all rules, and the timeline for the report's picture."""

from collections.abc import Sequence
from datetime import date

from models.context import Context
from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.history import Claims
from verifiers.history.rule import Clash, Fact, Missing, Rule
from verifiers.history.rules import RULES
from verifiers.history.timeline import Entry, HistoryResult, Life, TimelineEntry

_EXAMPLES = 5
"""How many clashes of one rule are shown in full; a long résumé can hold thousands."""

_ASKED = {
    Fact.DATES: (
        "The dates of some entries are not stated, so they could not be judged.",
        "Please add the start and the end, as exactly as you know them.",
    ),
    Fact.BIRTH_DATE: (
        "The birth date is not known, so the history was not compared with it.",
        "Please add your birth date, or a picture of your document that shows it.",
    ),
    Fact.HOURS: (
        "Positions run side by side, and it is not stated which of them were full-time.",
        "Please say which of these positions were full-time.",
    ),
}


def verify_history(
    claims: Claims | None, context: Context, birth_date: date | None
) -> HistoryResult:
    """Judge the claimed history against itself, the birth date and today.

    One finding a rule that is contradicted, with up to five examples in `seen`; one `unknown` for
    each kind of fact that was not stated; and, where at least one entry is dated and nothing
    clashes, a weak support: a life that fits together is easy to invent. `birth_date` is the
    document's; where it is `None`, the claimed one is used.
    """
    if claims is None or not claims.tells_history:
        return HistoryResult(findings=(_nothing_told(),))
    life = Life.of(claims, context.today, birth_date or claims.identity.birth_date)
    clashes: dict[str, list[Clash]] = {}
    missing: dict[Fact, list[Missing]] = {}
    for rule in RULES:
        for judgement in rule.evaluate(life):
            if isinstance(judgement, Clash):
                clashes.setdefault(rule.code, []).append(judgement)
            else:
                missing.setdefault(judgement.fact, []).append(judgement)

    contradictions = [_contradiction(r, clashes[r.code]) for r in RULES if r.code in clashes]
    supports = [] if contradictions or not _dated(life) else [_consistent(life)]
    unknowns = [_not_stated(fact, missing[fact]) for fact in Fact if fact in missing]

    concerned: dict[int, list[str]] = {}
    for finding in contradictions:
        _mark(concerned, finding.code, clashes[finding.code])
    for fact in missing:
        _mark(concerned, fact.code, missing[fact])
    return HistoryResult(
        findings=(*contradictions, *supports, *unknowns),
        timeline=tuple(
            TimelineEntry(
                kind=entry.kind,
                label=entry.label,
                start=entry.start,
                end=entry.end,
                ongoing=entry.open_on(context.today),
                codes=tuple(concerned.get(entry.position, ())),
            )
            for entry in life.entries
        ),
    )


def _contradiction(rule: Rule, clashes: list[Clash]) -> Finding:
    more = f" The same holds elsewhere, {len(clashes)} times in all." if clashes[1:] else ""
    sentence = clashes[0].sentence + more
    return Finding(
        code=rule.code,
        check=Check.HISTORY,
        status=Status.CONTRADICTS,
        strength=rule.strength,
        evidence_class=rule.evidence_class,
        seen=tuple(seen for clash in clashes[:_EXAMPLES] for seen in clash.seen),
        indicators=rule.indicators,
        for_recruiter=sentence,
        for_candidate=f"Please check these dates. {sentence}",
        innocent_explanation=rule.benign,
        question=rule.question,
    )


def _consistent(life: Life) -> Finding:
    dated = _dated(life)
    entries = f"{len(dated)} dated {'entry' if len(dated) == 1 else 'entries'}"
    return Finding(
        code="history.timeline.consistent",
        check=Check.HISTORY,
        status=Status.SUPPORTS,
        strength=Strength.WEAK,
        evidence_class=EvidenceClass.HISTORY,
        seen=(Seen(what="dated entries", value=len(dated)),),
        for_recruiter=f"The claimed history fits together ({entries}); nobody outside was asked.",
        for_candidate="The dates of your history fit together.",
    )


def _not_stated(fact: Fact, missing: list[Missing]) -> Finding:
    said, asked = _ASKED[fact]
    return Finding(
        code=fact.code,
        check=Check.HISTORY,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.HISTORY,
        seen=tuple(
            Seen(what="not stated of", value=entry.label) for entry in _entries(missing)[:_EXAMPLES]
        ),
        for_recruiter=said,
        for_candidate=f"{said} {asked}",
        question=asked,
    )


def _nothing_told() -> Finding:
    return Finding(
        code="history.not_told",
        check=Check.HISTORY,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.HISTORY,
        for_recruiter="No position and no course was claimed, so there is no history to judge.",
        for_candidate="You have not told us of your work or education.",
        question="Please send your résumé as JSON Resume, with the dates of each entry.",
    )


def _mark(
    concerned: dict[int, list[str]], code: str, judgements: Sequence[Clash | Missing]
) -> None:
    for entry in _entries(judgements):
        concerned.setdefault(entry.position, []).append(code)


def _dated(life: Life) -> tuple[Entry, ...]:
    return tuple(entry for entry in life.entries if entry.dated)


def _entries(judgements: Sequence[Clash | Missing]) -> tuple[Entry, ...]:
    """The entries that these are about, each once, in the order of the claims."""
    entries = {entry.position: entry for j in judgements for entry in j.entries}
    return tuple(entries[position] for position in sorted(entries))
