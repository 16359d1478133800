"""`bonafide`: the command line. Each command parses, calls and answers; the work is elsewhere."""

import os

# Face and MRZ models run one thread each: many small jobs side by side beat one that spins.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's own name for it.

import typer

from service.commands import (
    barcode,
    chip,
    compare,
    demo,
    document,
    keys,
    liveness,
    mrz,
    policy,
    serve,
    users,
    verify,
    worker,
)
from service.settings import SOFTWARE

app = typer.Typer(
    name="bonafide",
    help=(
        "Identity verification for hiring: documents, faces, presence and history, with the "
        "evidence shown. No outcome rejects a person; a human decides."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (verify, demo, document, mrz, barcode, chip, compare, liveness, serve, worker):
    app.command(name=command.NAME, epilog=command.EXAMPLES)(command.run)
for group in (keys, users, policy):
    app.add_typer(group.app, name=group.NAME)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(SOFTWARE)
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    pass


def main() -> None:
    """Run the command line. Exit status 2 says that some input was unusable."""
    app()
