"""`bonafide demo`: sample candidates through the whole pipeline."""

import os
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.policy import DEMO_POLICY
from models.stage import Stage
from samples.candidates import CANDIDATES, CandidateFiles, write
from service import console
from service.commands.verify import summary
from service.report.write import write_report
from service.workflow.pipeline import Order, Submitted
from service.workflow.verifying import Engines, verify

EXAMPLES = "Example: [b]bonafide demo --out my-demo[/b]"

_STEPS_TO_WRITE = 10
"""Documents and recordings that are rendered where none are there yet."""


def run(
    out: Annotated[
        Path, typer.Option(help="Folder for the sample files and their reports.")
    ] = Path("out/demo"),
) -> None:
    """Verify a handful of sample candidates, genuine and not, and write their reports.

    Then the service: ordered and answered by webhook, and someone else on the first day.

    Documents are specimens of a country that does not exist and the footage is simulated, so the
    demo's policy allows specimens; a real policy does not.
    """
    with console.progress("rendering samples", _STEPS_TO_WRITE) as advance:
        candidates = write(out / "samples", progress=advance)
    # Spawned, not forked: the face models do not survive a fork in the middle of their work.
    workers = min(os.cpu_count() or 1, len(candidates))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        verdicts = [pool.submit(_verify, files, out) for files in candidates]
        with console.progress("verifying", len(CANDIDATES)) as advance:
            for files, verdict in zip(candidates, verdicts, strict=True):
                advance(files.title)
                told = verdict.result()
                console.out.print(f"\n[bold]{escape(files.title)}[/bold]")
                console.out.print(f"  story    {escape(files.story)}")
                console.out.print(told)
    _serve_and_verify({files.name: files for files in candidates}, out)


def _serve_and_verify(candidates: dict[str, CandidateFiles], out: Path) -> None:
    # Here and not above: the service takes a second to import.
    from service.commands import demo_service

    demo_service.run(candidates["genuine"], candidates["someone_else"].footage, out)


def _verify(files: CandidateFiles, out: Path) -> str:
    """Verify one candidate in this process; the verdict in words, and where its report is."""
    order = Order(
        submitted=Submitted(documents=files.documents, footage=files.footage, claims=files.claims),
        stage=Stage.INTERVIEW,
        policy=DEMO_POLICY,
        now=datetime.now(UTC),
    )
    verification, shown = verify(order, _engines(), lambda _: None)
    report = write_report(verification, shown, out / files.name)
    return f"{summary(verification)}\n  report   {escape(str(report))}"


@cache
def _engines() -> Engines:
    return Engines.default(None)
