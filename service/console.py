"""What a person sees at the command line: progress on a terminal, plain lines otherwise.

Results go to standard output, everything about the work itself to standard error, so that `--json`
can be piped.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)

# A file called `:smile:` stays called so.
out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)

Advance = Callable[[str], None]
"""Called with what is being done next."""


@contextmanager
def progress(title: str, total: int) -> Iterator[Advance]:
    """Show that work goes on: a bar on a terminal, a line a step elsewhere.

    Each call of the yielded function ends the step before it and names the next one.
    """
    if not err.is_terminal:
        yield lambda step: err.print(f"{title}: {step}", style="dim", markup=False)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("[bold]{task.fields[title]}"),
        BarColumn(bar_width=24),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("starting", total=total, title=title)
        begun = False

        def advance(step: str) -> None:
            nonlocal begun
            bar.update(task, description=step, advance=1 if begun else 0)
            begun = True

        yield advance


@contextmanager
def transfer(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how much of a file has come: a bar on a terminal, one line elsewhere.

    The yielded function takes the bytes there are by now.
    """
    if not err.is_terminal:
        err.print(title, style="dim", markup=False)
        yield lambda _: None
        return
    columns = (
        TextColumn("{task.fields[title]}", markup=False),
        BarColumn(bar_width=24),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=total, title=title)
        yield lambda done: bar.update(task, completed=done)


def fail(message: str) -> None:
    """Say on standard error what is wrong, without a traceback."""
    err.print(message, style="red" if err.is_terminal else None, markup=False)
