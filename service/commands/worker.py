"""`bonafide worker`: verify what others ordered."""

from typing import Annotated

import typer

from service import console, logs
from service.commands.opened import load_settings, refuse, told
from service.commands.stopping import Stopping
from service.confine import confine

EXAMPLES = "Example: [b]BONAFIDE_DATABASE_URL=postgresql://… bonafide worker --concurrency 4[/b]"


def run(
    concurrency: Annotated[
        int | None,
        typer.Option(help="Cases at a time, in place of BONAFIDE_CONCURRENCY.", min=1, max=256),
    ] = None,
) -> None:
    """Work off the queue on PostgreSQL, beside any number of other workers.

    It reaches the database and the folder of evidence and nothing else; `bonafide serve` sends the
    events. SIGTERM or Ctrl-C ends it: what it was in the middle of is taken up by another worker.
    """
    settings = load_settings()
    if settings.on_sqlite:
        raise refuse(
            "With SQLite `bonafide serve` does this work itself. Workers of their own need "
            "PostgreSQL: set BONAFIDE_DATABASE_URL."
        )
    if concurrency:
        settings = settings.model_copy(update={"concurrency": concurrency})

    from service.runtime import running

    confine()
    logs.configure()
    stopping = Stopping()
    with told(), running(settings, verifies=True, delivers=False) as runtime:
        console.out.print(f"Ready to verify, {settings.concurrency} at a time.")
        stopping.wait()
        console.out.print("Stopping: finishing the steps under way, for some seconds at most.")
    if runtime.engine.lost:
        raise refuse("The database lost sight of this worker, so others took over its work.")
