"""`bonafide history`: a claimed life judged, and public sources asked about it."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from models.circumstances import Circumstances
from models.context import Context
from models.history import Claims
from models.outside import Outside
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from models.verdict import Outcome
from models.verification import EvidenceKind, Verification
from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.commands.history_told import summary
from service.commands.opened import load_settings, refuse, told_unwritable
from service.private_files import write_private
from service.report.page import render
from service.report.shown import Shown
from service.report.timeline import lay_out
from service.settings import SOFTWARE, Settings
from service.workflow.evidence import described
from service.workflow.rules import ALL_RULES
from verifiers.case import Case
from verifiers.claims import load_claims
from verifiers.decision import decide
from verifiers.history import HistoryResult, verify_history
from verifiers.history.sources import NAMES, Inquiry, SourceSettings, ask_all, open_sources
from verifiers.unusable import UnusableInput, shown_name

EXAMPLES = (
    "Examples: [b]bonafide history resume.json --offline[/b] · "
    "[b]bonafide history resume.json --source rdap --source gleif --report report.html[/b]"
)
_NEEDS = {
    "companies-house": "companies_house_key",
    "edgar": "edgar_contact",
    "line-type": "line_type_url",
    "background-check": "background_check_url",
}
"""What the settings must hold for a source to be asked at all."""
_PUBLIC = tuple(name for name in NAMES if name not in ("line-type", "background-check"))
"""Those that are told no name or number of a candidate, and cost nothing by the question."""


def run(
    claims: Annotated[Path, typer.Argument(help="What is claimed: a JSON Resume.")],
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody outside.")] = False,
    source: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=f"Ask this source only. Repeatable: {', '.join(NAMES)}. Without it, those of "
            "BONAFIDE_SOURCES, or all public ones.",
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write a report with the timeline drawn.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Judge what somebody claims of their life, and ask public sources about it.

    Employers, schools, domains and accounts are asked for by name; who is asked is said before.
    What nobody knows weighs nothing, and no outcome rejects a person.
    """
    if offline and source:
        raise refuse("--offline asks nobody, so no --source can be named beside it.")
    try:
        said = load_claims(claims)
    except UnusableInput as error:
        raise _unusable(claims, error, as_json=as_json) from None
    with console.progress("history", 2) as advance:
        asks = None if offline else _settings(source or ())
        outside = asyncio.run(_ask(said, asks, advance)) if asks else Outside()
        advance("judging")
        context = Context(stage=Stage.APPLICATION, today=_now().date())
        case = Case(said, context, None, outside, Circumstances(stage=context.stage))
        history = verify_history(case, ALL_RULES)
    timeline = lay_out(history, outside, context.today, said)
    verification = _verification(claims, case, history)
    if report:
        with told_unwritable(report):
            write_private(report, render(verification, Shown(timeline=timeline)).encode())
    if as_json:
        _print(claims, verification.verdict.outcome, history, outside)
    else:
        console.out.print(summary(verification, timeline, history.judged, report))


def _verification(path: Path, case: Case, history: HistoryResult) -> Verification:
    """What the history alone amounts to."""
    stage, claims = case.context.stage, case.claims
    return Verification(
        id=uuid4(),
        stage=stage,
        created_at=_now(),
        software=SOFTWARE,
        evidence=(described(path, shown_name(path), EvidenceKind.CLAIMS, None),),
        claims=claims,
        findings=history.findings,
        verdict=decide(history.findings, DEFAULT_POLICY, stage, claims_given=claims.tells_history),
    )


def _print(
    path: Path,
    outcome: Outcome | None,
    history: HistoryResult,
    outside: Outside,
    problem: str | None = None,
) -> None:
    told = {
        "file": str(path),
        "outcome": outcome.value if outcome else None,
        "findings": [finding.model_dump(mode="json") for finding in history.findings],
        "rules": [rule.model_dump(mode="json") for rule in history.judged],
        "outside": outside.model_dump(mode="json"),
        "problem": problem,
    }
    console.out.print(json.dumps(told, ensure_ascii=False), markup=False)


async def _ask(claims: Claims, settings: SourceSettings, advance: console.Advance) -> Outside:
    inquiry = Inquiry(claims)
    async with open_sources(settings, now=_now) as sources:
        asked = [(source.name, len(source.questions(inquiry))) for source in sources]
        names = [f"{name} ({count})" for name, count in asked if count]
        if not names:
            console.err.print("There is nothing in these claims to ask these sources about.")
            return Outside()
        console.err.print(
            f"Asking outside, up to {settings.seconds:g} seconds: {', '.join(names)}.",
            markup=False,
        )
        advance(f"asking {len(names)} {'source' if len(names) == 1 else 'sources'}")
        return await ask_all(inquiry, sources, seconds=settings.seconds, now=_now)


def _now() -> datetime:
    return datetime.now(UTC)


def _settings(named: Sequence[str]) -> SourceSettings | None:
    """Whom to ask: those that are named, the operator's, or all public ones.

    Says who of them cannot be asked.
    """
    unknown = [name for name in named if name not in NAMES]
    if unknown:
        raise refuse(f"There is no source {unknown[0]!r}. They are: {', '.join(NAMES)}.")
    of_operator = load_settings()
    enabled = tuple(named) or of_operator.sources or _PUBLIC
    lacking = [name for name in enabled if name in _NEEDS and not _has(of_operator, _NEEDS[name])]
    for name in lacking:
        setting = f"BONAFIDE_{_NEEDS[name].upper()}"
        console.err.print(f"{name} is not asked: {setting} is not set.", style="dim")
    return of_operator.model_copy(update={"sources": enabled}).outside


def _has(settings: Settings, setting: str) -> bool:
    return bool(getattr(settings, setting))


def _unusable(path: Path, error: UnusableInput, *, as_json: bool) -> typer.Exit:
    """Tell why a file cannot be used; of a résumé, what makes claims of it."""
    told = error.told
    if error.problem.startswith(("starts as a PDF", "starts as a Word document")):
        told += " `bonafide resume FILE` makes claims of it."
    if as_json:
        _print(path, None, HistoryResult(findings=()), Outside(), told)
    else:
        console.fail(f"{error.file}: {told}")
    return typer.Exit(UNUSABLE_INPUT)
