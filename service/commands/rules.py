"""`bonafide rules`: what claims are held against, rule by rule."""

import json
import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from service import console
from service.commands.answers import UNUSABLE_INPUT

if TYPE_CHECKING:
    from verifiers.rule import Rule

EXAMPLES = "Examples: [b]bonafide rules[/b] · [b]bonafide rules HIST-07 HIST-08 --json[/b]"


def run(
    rules: Annotated[
        list[str] | None, typer.Argument(metavar="RULE…", help="Ids, such as HIST-07.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the rules; of those that are named, tell everything."""
    from service.workflow.rules import ALL_RULES

    asked = _of_ids(rules, ALL_RULES) if rules else ALL_RULES
    if as_json:
        for rule in asked:
            told = json.dumps(described(rule), ensure_ascii=False)
            console.out.print(told, markup=False)
    elif rules:
        console.out.print("\n\n".join(_in_full(rule) for rule in asked), markup=False)
    else:
        console.out.print(_listed(asked))


def described(rule: "Rule") -> dict[str, Any]:
    """Everything that is known of a rule, as `--json` tells it."""
    return {
        "id": rule.id,
        "version": rule.version,
        "class": rule.evidence_class.value,
        "strength": rule.strength.value,
        "code": rule.code,
        "summary": rule.summary,
        "benign": rule.benign,
        "question": rule.question,
        "indicators": list(rule.indicators),
    }


def _of_ids(ids: Sequence[str], rules: Sequence["Rule"]) -> list["Rule"]:
    """The rules of these ids, in any case and each once; exits where one is not there."""
    by_id = {rule.id.upper(): rule for rule in rules}
    asked = dict.fromkeys(id.strip().upper() for id in ids)
    unknown = [id for id in asked if id not in by_id]
    for id in unknown:
        near = _near(id, list(by_id))
        meant = f" Did you mean {' or '.join(by_id[one].id for one in near)}?" if near else ""
        console.fail(f"There is no rule {id}.{meant} `bonafide rules` lists them.")
    if unknown:
        raise typer.Exit(UNUSABLE_INPUT)
    return [by_id[id] for id in asked]


def _near(asked: str, ids: Sequence[str]) -> list[str]:
    """Those that begin so, zeros before a number apart, or else those that are spelt alike."""
    begins = [id for id in ids if _bare(id).startswith(_bare(asked))]
    return begins[:3] or get_close_matches(asked, ids, n=3)


def _bare(id: str) -> str:
    return re.sub(r"-0+", "-", id)


def _listed(rules: Sequence["Rule"]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column()
    for rule in rules:
        # One below the other: beside a code, a narrow terminal leaves no room for a sentence.
        told = f"{rule.strength.value} {rule.code}\n{rule.summary}"
        table.add_row(f"{rule.id} v{rule.version}", told)
    return table


def _in_full(rule: "Rule") -> str:
    told = (
        ("class", rule.evidence_class.value),
        ("strength", rule.strength.value),
        ("code", rule.code),
        ("looks the same", rule.benign),
        ("asks", rule.question or "nothing: it is information only"),
        ("indicators", ", ".join(rule.indicators) or "none: it is our own"),
    )
    lines = (f"  {name:<16}{value}" for name, value in told)
    return "\n".join((f"{rule.id}, version {rule.version}: {rule.summary}", *lines))
