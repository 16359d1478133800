"""Rules at work: what each came to for a case, and the findings that follow.

One finding a rule that is contradicted, with up to five examples. What a candidate could state and
has not is one `unknown` a fact, with what to add. What nobody outside could say makes no finding:
it is told with the rule (`RuleJudged.lacking`), and weighs nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.finding import Check, EvidenceClass, Finding, Seen, Status
from models.rule import CANDIDATE_CAN_STATE, Fact, RuleJudged, RuleOutcome
from verifiers.case import Case
from verifiers.life import Entry
from verifiers.rule import Clash, Missing, Rule

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


@dataclass
class Judged:
    """What some rules came to for one case."""

    rules: list[RuleJudged] = field(default_factory=list)
    contradictions: list[Finding] = field(default_factory=list)
    not_stated: list[Finding] = field(default_factory=list)
    concerned: dict[int, list[str]] = field(default_factory=dict)
    """The codes of the findings that concern an entry, by its position."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, contradictions first."""
        return (*self.contradictions, *self.not_stated)


def judge(rules: Iterable[Rule], case: Case) -> Judged:
    """Evaluate each rule, in order."""
    judged = Judged()
    missing: dict[Fact, list[Missing]] = {}
    for rule in rules:
        clashes: list[Clash] = []
        lacking: dict[Fact, None] = {}
        for judgement in rule.evaluate(case):
            if isinstance(judgement, Clash):
                clashes.append(judgement)
            else:
                lacking[judgement.fact] = None
                missing.setdefault(judgement.fact, []).append(judgement)
        if clashes:
            judged.contradictions.append(_contradiction(rule, clashes))
            _mark(judged.concerned, rule.code, clashes)
        judged.rules.append(
            RuleJudged(
                rule=rule.id,
                version=rule.version,
                outcome=_outcome(clashes, lacking),
                lacking=tuple(lacking),
            )
        )
    for fact in CANDIDATE_CAN_STATE:
        if fact in missing:
            found = _not_stated(fact, missing[fact])
            judged.not_stated.append(found)
            _mark(judged.concerned, found.code, missing[fact])
    return judged


def _outcome(clashes: list[Clash], lacking: Mapping[Fact, None]) -> RuleOutcome:
    if clashes:
        return RuleOutcome.CONTRADICTS
    return RuleOutcome.UNKNOWN if lacking else RuleOutcome.NOTHING


def _contradiction(rule: Rule, clashes: list[Clash]) -> Finding:
    more = f" The same holds elsewhere, {len(clashes)} times in all." if clashes[1:] else ""
    first = clashes[0]
    told = first.for_candidate or f"Please check this. {first.sentence}{more}"
    return Finding(
        code=rule.code,
        check=rule.check,
        status=Status.CONTRADICTS,
        strength=rule.strength,
        evidence_class=rule.evidence_class,
        seen=tuple(seen for clash in clashes[:_EXAMPLES] for seen in clash.seen),
        indicators=rule.indicators,
        for_recruiter=first.sentence + more,
        for_candidate=told,
        innocent_explanation=rule.benign,
        question=rule.question,
    )


def _not_stated(fact: Fact, missing: list[Missing]) -> Finding:
    said, asked = _ASKED[fact]
    return Finding(
        code=f"history.{fact}.not_stated",
        check=Check.HISTORY,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.HISTORY,
        seen=tuple(
            Seen(what="not stated of", value=entry.label)
            for entry in entries_of(missing)[:_EXAMPLES]
        ),
        for_recruiter=said,
        for_candidate=f"{said} {asked}",
        question=asked,
    )


def _mark(
    concerned: dict[int, list[str]], code: str, judgements: Iterable[Clash | Missing]
) -> None:
    for entry in entries_of(judgements):
        concerned.setdefault(entry.position, []).append(code)


def entries_of(judgements: Iterable[Clash | Missing]) -> tuple[Entry, ...]:
    """The entries that these are about, each once, in the order of the claims."""
    entries = {entry.position: entry for j in judgements for entry in j.entries}
    return tuple(entries[position] for position in sorted(entries))
