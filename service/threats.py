"""`python -m service.threats` writes docs/threats.md: each published indicator and what covers it.

Made of the table of indicators, the registry of rules, and which facts the product learns.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from service.workflow.facts import Supply, awaited, supply_of
from service.workflow.rules import ALL_RULES
from verifiers.indicators import INDICATORS, Indicator, Use
from verifiers.rule import Rule

PAGE = Path("docs/threats.md")


class State(StrEnum):
    """How far an indicator is covered; the value heads its row of the counts."""

    COVERED = "covered by findings and rules today"
    READY = "rule ready, evidence to come"
    CONTROL = "a control of the product"
    HUMAN = "for people"
    PLANNED = "not covered yet"
    OUTSIDE = "outside this product"
    NOT_USED = "deliberately not used"


_MEANS = {
    State.COVERED: "at least one finding or rule speaks to it with evidence that the product takes",
    State.READY: "the rule is written and tested; it stays `unknown` until the product takes the "
    "evidence that it names",
    State.CONTROL: "how the product works keeps it from paying, or keeps an honest look-alike "
    "from being suspected",
    State.HUMAN: "it reaches people, and no machine concludes anything from it",
    State.PLANNED: "nothing covers it today; the row says what it waits for",
    State.OUTSIDE: "it is seen elsewhere: in an employer's own systems, or by those who sell data",
    State.NOT_USED: "unfair, unlawful or unreliable; the row says why",
}
_BY_USE = {
    Use.CONTROL: State.CONTROL,
    Use.HUMAN: State.HUMAN,
    Use.PLANNED: State.PLANNED,
    Use.OUTSIDE_SCOPE: State.OUTSIDE,
    Use.NOT_USED: State.NOT_USED,
}


def state_of(indicator: Indicator, rules: Sequence[Rule]) -> State:
    """How far it is covered, by these rules that name it."""
    if indicator.use in _BY_USE:
        return _BY_USE[indicator.use]
    fed = any(supply_of(rule) is not Supply.LATER for rule in rules)
    return State.COVERED if fed or indicator.use is Use.FINDING else State.READY


def page(rules: Sequence[Rule] = ALL_RULES) -> str:
    """The whole page, as Markdown."""
    naming = {i.id: tuple(r for r in rules if i.id in r.indicators) for i in INDICATORS}
    states = {i.id: state_of(i, naming[i.id]) for i in INDICATORS}
    unused = [i for i in INDICATORS if states[i.id] is State.NOT_USED]
    used = [i for i in INDICATORS if states[i.id] is not State.NOT_USED]
    lines = [
        *_INTRODUCTION,
        *_table(
            ("what is done", "indicators", "meaning"),
            ((s.value, str(list(states.values()).count(s)), _MEANS[s]) for s in State),
        ),
        "",
        "## Deliberately not used",
        "",
        "No rule and no finding names one of these; a test holds it.",
        "",
        *_table(
            ("indicator", "what it is", "why not"), ((i.id, i.description, i.why) for i in unused)
        ),
    ]
    for category, members in groupby(sorted(used, key=_place), key=lambda i: i.category):
        lines += [
            "",
            f"## {_HEADINGS.get(category, category.capitalize())}",
            "",
            *_table(
                ("indicator", "what it is", "covered by", "how far"),
                (
                    (i.id, i.description, _coverage(i, naming[i.id], states[i.id]), i.why)
                    for i in members
                ),
            ),
        ]
    return "\n".join(lines) + "\n"


_INTRODUCTION = (
    "# What is published, and what covers it",
    "",
    "Investigations and advisories describe how people who are not who they say get hired from",
    "afar. Here is each of the signs that they name, in our words, with what speaks to it. This",
    "page is written by `python -m service.threats` from the registry of rules and",
    "[`verifiers/indicators.csv`](../verifiers/indicators.csv); a test holds it to them.",
    "",
    "A sign is not a verdict. Whatever contradicts names the honest life that looks the same, and",
    "it hardly ever decides alone: see [how a verdict is decided](decision.md). `bonafide rules`",
    "tells each rule in full.",
    "",
    "Beside a rule stands where the facts come from that it needs beyond what the candidate and",
    "their documents say: *sources*, public ones and lists, once the operator names or fetches",
    "them; *company*, the company's own systems, where they tell what they see; *provider*, one",
    "that the operator connects; *other checks*, which judge the same by themselves; *ready*, that",
    "the rule is written and tested, and stays `unknown` until the product takes what is named.",
    "",
)


_HEADINGS = {"github": "GitHub", "resume": "Résumé", "email": "E-mail"}


def _place(indicator: Indicator) -> int:
    """By category, in the order in which categories first come."""
    categories = dict.fromkeys(i.category for i in INDICATORS)
    return list(categories).index(indicator.category)


def _coverage(indicator: Indicator, rules: Sequence[Rule], state: State) -> str:
    parts = [_linked(rule) for rule in rules]
    parts += [f"`{code}`" for code in indicator.covered_by]
    if state not in (State.COVERED, State.READY):
        parts.insert(0, state.value)
    return "; ".join(parts)


def _linked(rule: Rule) -> str:
    module = rule.evaluate.__module__.replace(".", "/")
    supply = supply_of(rule)
    note = "" if supply is Supply.TODAY else f" ({supply})"
    if supply is Supply.LATER:
        note = f" ({supply}: {', '.join(fact.replace('_', ' ') for fact in awaited(rule))})"
    return f"[{rule.id}](../{module}.py){note}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield "|" + "---|" * len(head)
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
