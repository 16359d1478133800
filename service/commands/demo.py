"""`bonafide demo`: sample candidates through the whole pipeline."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.policy import DEMO_POLICY
from models.stage import Stage
from samples.candidates import write
from service import console
from service.commands.verify import summary
from service.report.write import write_report
from service.workflow.evidence import Submitted
from service.workflow.pipeline import STEPS, Engines, Order
from service.workflow.pipeline import run as verify

NAME = "demo"
EXAMPLES = "Example: [b]bonafide demo --out my-demo[/b]"


def run(
    out: Annotated[
        Path, typer.Option(help="Folder for the sample files and their reports.")
    ] = Path("out/demo"),
) -> None:
    """Verify a handful of sample candidates, genuine and not, and write their reports.

    Documents are specimens of a country that does not exist and the footage is simulated, so the
    demo's policy allows specimens; a real policy does not.
    """
    with console.progress("samples", 10) as advance:
        candidates = write(out / "samples", progress=advance)
    engines = Engines.default()
    for candidate in candidates:
        order = Order(
            submitted=Submitted(candidate.documents, candidate.footage, candidate.claims),
            stage=Stage.INTERVIEW,
            policy=DEMO_POLICY,
        )
        steps = STEPS + len(candidate.documents) + len(candidate.footage) + 1
        with console.progress(candidate.name, steps) as advance:
            verification, exhibits = verify(order, engines, datetime.now(UTC), advance)
            report = write_report(verification, exhibits, out / candidate.name)
        console.out.print(f"\n[bold]{escape(candidate.title)}[/bold]")
        console.out.print(f"  story    {escape(candidate.story)}")
        console.out.print(summary(verification))
        console.out.print(f"  report   {escape(str(report))}")
