"""The claimed history judged: findings of all rules, and the timeline for the report's picture."""

from collections.abc import Iterator, Sequence
from datetime import date

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.outside import Answer, Confirmation, EmploymentConfirmation
from verifiers.case import Case
from verifiers.history.answers import said
from verifiers.history.employers import in_last_years, independent_answers, positions
from verifiers.history.rules import RULES
from verifiers.history.timeline import HistoryResult, TimelineEntry
from verifiers.judging import Judged, judge
from verifiers.life import Entry
from verifiers.rule import Rule

_EXAMPLES = 5
"""How many confirmations are shown."""


def verify_history(case: Case, rules: Sequence[Rule] = RULES) -> HistoryResult:
    """Judge what is claimed against itself, the birth date, today, and what others said.

    One finding a rule that is contradicted; one `unknown` for each kind of fact that a candidate
    could state and has not; and, where at least one entry is dated and nothing of the history
    clashes, a weak support: a life that fits together is easy to invent. An employment of the last
    five years that somebody independent confirmed supports more. `rules` may hold those of other
    rooms as well.
    """
    judged = judge(rules, case)
    told = case.claims.tells_history
    first = () if told else (_nothing_told(),)
    supports = (_consistent(case),) if told and _fits(case, judged) else ()
    confirmed = tuple(_confirmations(case))
    if confirmed:
        supports = (*supports, _confirmed(confirmed))
    return HistoryResult(
        findings=(*first, *judged.contradictions, *supports, *judged.not_stated),
        timeline=tuple(
            _shown(entry, case.today, judged.concerned.get(entry.position, ()))
            for entry in case.life.entries
        ),
        judged=tuple(judged.rules),
    )


def _shown(entry: Entry, today: date, codes: Sequence[str]) -> TimelineEntry:
    return TimelineEntry(
        kind=entry.kind,
        label=entry.label,
        start=entry.start,
        end=entry.end,
        ongoing=entry.open_on(today),
        codes=tuple(codes),
    )


def _fits(case: Case, judged: Judged) -> bool:
    # What asks nothing is information only, and takes no support away.
    clashes = any(f.check is Check.HISTORY and f.question for f in judged.contradictions)
    return bool(_dated(case)) and not clashes


def _consistent(case: Case) -> Finding:
    dated = _dated(case)
    entries = f"{len(dated)} dated {'entry' if len(dated) == 1 else 'entries'}"
    return Finding(
        code="history.timeline.consistent",
        check=Check.HISTORY,
        status=Status.SUPPORTS,
        strength=Strength.WEAK,
        evidence_class=EvidenceClass.HISTORY,
        seen=(Seen(what="dated entries", value=len(dated)),),
        for_recruiter=f"The claimed history fits together ({entries}).",
        for_candidate="The dates of your history fit together.",
    )


Confirmed = tuple[Entry, Answer[EmploymentConfirmation]]


def _confirmations(case: Case) -> Iterator[Confirmed]:
    """Employments of the last five years, with who confirmed them without the candidate's help."""
    for entry, work in positions(case):
        if in_last_years(entry, case.today):
            for answer in independent_answers(case, work):
                if answer.value and answer.value.confirmation is Confirmation.CONFIRMED:
                    yield entry, answer


def _confirmed(confirmed: Sequence[Confirmed]) -> Finding:
    (entry, answer), more = confirmed[0], len({e.position for e, _ in confirmed}) - 1
    others = f", and {more} more of the last five years" if more else ""
    return Finding(
        code="history.employment.confirmed",
        check=Check.HISTORY,
        status=Status.SUPPORTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.HISTORY,
        seen=tuple(said(f"{e.label}, confirmed by", a.source, a) for e, a in confirmed[:_EXAMPLES]),
        for_recruiter=f"{answer.source} confirmed {entry.label}{others}.",
        for_candidate=f"This employment of yours was confirmed: {entry.label}{others}.",
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


def _dated(case: Case) -> tuple[Entry, ...]:
    return tuple(entry for entry in case.life.entries if entry.dated)
