"""`bonafide chip`: check the chips of passports and cards, as a phone saved them."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.chip import ChipReading, Step, StepStatus
from models.finding import Finding
from service import console
from service.commands.answers import UNUSABLE_INPUT, Answer, answer_each
from verifiers.documents.chip.check import check_chip
from verifiers.documents.chip.files import read_chips
from verifiers.documents.chip.lists import load_trust
from verifiers.documents.chip.trust import TrustStore
from verifiers.documents.evidence import in_words
from verifiers.imaging import UnusableInput

EXAMPLES = (
    "Examples: [b]bonafide chip passport[/b] · "
    "[b]bonafide chip --json --master-list lists/ --crl nl.crl passport card.json[/b]"
)

_STYLES = {"done": "green", "failed": "magenta", "not_possible": "yellow"}
_INTACT = (Step.SECURITY_OBJECT, Step.DATA_GROUPS, Step.SIGNATURE)


def run(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR...", help="Folders of EF.SOD and data groups; or one JSON with all."
        ),
    ],
    master_lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--master-list", help="Whom to trust: a master list, certificates, or a folder of them."
        ),
    ] = None,
    crls: Annotated[
        list[Path] | None, typer.Option("--crl", help="Revocation lists, or a folder of them.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Check the hashes and signatures of a chip, and who vouches for them (ICAO 9303).

    Without a master list it is told whether the data are whole, but not who signed them.
    """
    trust = _trusted([*(master_lists or []), *(crls or [])])
    today = datetime.now(UTC).date()

    def work(path: Path) -> Iterator[Answer]:
        for files in read_chips(path):
            began = time.perf_counter()
            result = check_chip(files, trust, today=today)
            seconds = round(time.perf_counter() - began, 4)
            yield _answer(result.reading, result.findings) | {"seconds": seconds}

    answer_each("chip", folders, work, _nothing, _show, as_json=as_json)


def _trusted(paths: list[Path]) -> TrustStore:
    try:
        trust = load_trust(paths)
    except UnusableInput as error:
        console.fail(str(error))
        raise typer.Exit(UNUSABLE_INPUT) from None
    for file in trust.files:
        if file.problem:
            console.fail(f"{file.name}: {file.problem}")
    return trust


def _answer(reading: ChipReading, findings: tuple[Finding, ...]) -> Answer:
    zone = reading.zone
    told = [reading.step(step) for step in _INTACT]
    return {
        "valid": reading.intact,
        "authentic": reading.authentic,
        "hashes": {g.name: g.status.value for g in reading.data_groups},
        "signature": reading.step(Step.SIGNATURE).status.value,
        "trust_chain": reading.step(Step.TRUST_CHAIN).status.value,
        "lines": list(zone.lines) if zone else [],
        "fields": {
            name: {"value": field.value, "status": field.status.value, "reason": field.reason}
            for name, field in (zone.fields if zone else {}).items()
        },
        "chip": reading.model_dump(mode="json"),
        "findings": [finding.model_dump(mode="json") for finding in findings],
        "problem": next((s.reason for s in told if s.status is not StepStatus.DONE), None),
    }


def _nothing() -> Answer:
    return {
        "valid": False,
        "authentic": False,
        "hashes": {},
        "signature": StepStatus.NOT_POSSIBLE.value,
        "trust_chain": StepStatus.NOT_POSSIBLE.value,
        "lines": [],
        "fields": {},
        "chip": None,
        "findings": [],
        "problem": None,
        "seconds": 0.0,
    }


def _show(answer: Answer) -> str:
    chip = answer["chip"]
    if chip is None:
        return f"  {escape(str(answer['problem']))}"
    told = [f"  {escape(line)}" for line in answer["lines"]]
    told += [_step(step["step"], step) for step in chip["steps"]]
    told += [_step(f"DG{g['number']}", g) for g in chip["data_groups"] if g["status"] != "done"]
    told += [f"  {_certificate(certificate)}" for certificate in chip["chain"]]
    told += [
        f"  {escape(in_words(name))}: {escape(value)}" for name, value in chip["details"].items()
    ]
    told += [f"  {_finding(finding)}" for finding in answer["findings"]]
    return "\n".join(told)


def _step(name: str, step: Answer) -> str:
    status = step["status"]
    label = f"{name.replace('_', ' ')}: {status.replace('_', ' ')}"
    return f"  [{_STYLES[status]}]{label}[/]; {escape(step['reason'])}"


def _certificate(certificate: Answer) -> str:
    trusted = "trusted" if certificate["trusted"] else "not trusted by itself"
    return (
        f"{certificate['role'].replace('_', ' ')}: {escape(certificate['subject'])}, "
        f"{certificate['key']}, {certificate['valid_from'][:10]} to "
        f"{certificate['valid_until'][:10]}, from {escape(certificate['source'])}, {trusted}"
    )


def _finding(finding: Answer) -> str:
    weight = f" {finding['strength']}" if finding["strength"] else ""
    return f"[bold]{finding['status']}{weight}[/] {escape(finding['for_recruiter'])}"
