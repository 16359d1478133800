"""`bonafide environment`: what a company saw around one person, judged."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from models.context import Context
from models.history import Claims
from models.outside import Outside
from models.stage import Stage
from models.surroundings import Surroundings
from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.commands.history_told import finding_lines, not_judged_lines
from service.commands.opened import load_settings, refuse
from verifiers import environment
from verifiers.case import Case
from verifiers.claims import load_claims
from verifiers.environment.inventory import LARGEST_BYTES, UnreadableInventory
from verifiers.environment.surrounded import circumstances_of
from verifiers.environment.told import read_told
from verifiers.environment.visits import NetworkDatabases, UnreadableDatabase
from verifiers.judging import Judged, judge
from verifiers.unusable import UnusableInput, open_evidence, shown_name

EXAMPLES = (
    "Examples: [b]bonafide environment seen.json osquery.json --claims resume.json[/b] · "
    "[b]bonafide environment intune.json --json[/b]"
)


def run(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="What a company saw of one person: visits, devices, shipments and pay as the API "
            "takes them, or a device's inventory of osquery, Intune or Jamf Pro."
        ),
    ],
    claims: Annotated[
        Path | None, typer.Option(help="What the person claims: a JSON Resume.")
    ] = None,
    databases: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            file_okay=False,
            exists=True,
            help="MaxMind-format databases by which visits are placed. Without it, those of "
            "BONAFIDE_NETWORK_DATABASES.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Judge what surrounds somebody: visits, devices, shipments, pay.

    All files are of one person. What was not seen weighs nothing, and no finding rejects anybody.
    """
    try:
        said = load_claims(claims) if claims else Claims()
    except UnusableInput as error:
        raise refuse(str(error)) from None
    try:
        placed = NetworkDatabases(databases or load_settings().network_folder)
    except UnreadableDatabase as error:
        raise refuse(str(error)) from None
    seen, problems = _read_all(files)
    if len(problems) < len(files):
        context = Context(stage=Stage.APPLICATION, today=datetime.now(UTC).date())
        case = Case(said, context, None, Outside(), circumstances_of(seen, placed, said))
        _tell(judge(environment.RULES, case), as_json=as_json)
    for path, problem in problems.items():
        if as_json:
            _print({"file": str(path), "problem": problem})
        else:
            console.fail(f"{shown_name(path)}: {problem}")
    for problem in placed.problems:
        console.err.print(problem, style="dim", markup=False)
    if problems:
        raise typer.Exit(UNUSABLE_INPUT)


def _read_all(files: list[Path]) -> tuple[Surroundings, dict[Path, str]]:
    """Everything that could be read together, and what is wrong with the rest."""
    seen, problems = Surroundings(), {}
    with console.progress("environment", len(files)) as advance:
        for path in files:
            advance(path.name)
            try:
                seen = seen.and_also(_read(path))
            except UnusableInput as error:
                problems[path] = error.told
            except UnreadableInventory as error:
                problems[path] = str(error)
    return seen, problems


def _read(path: Path) -> Surroundings:
    with open_evidence(path, largest_bytes=LARGEST_BYTES) as source:
        data = source.read(LARGEST_BYTES + 1) or b""
    made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return read_told(data, reported_at=made_at)


def _tell(judged: Judged, *, as_json: bool) -> None:
    if as_json:
        for finding in judged.findings:
            _print(finding.model_dump(mode="json"))
        return
    lines = [line for finding in judged.findings for line in finding_lines(finding)]
    lines += [f"  rules     {len(judged.rules)} judged, {len(judged.contradictions)} contradicted"]
    console.out.print("\n".join((*lines, *not_judged_lines(judged.rules))))


def _print(told: dict[str, Any]) -> None:
    console.out.print(json.dumps(told, ensure_ascii=False), markup=False)
