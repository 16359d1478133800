"""`bonafide`: the command line. Each command parses, calls and answers; the work is elsewhere."""

import os

# Face and MRZ models run one thread each: many small jobs side by side beat one that spins.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's own name for it.

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_group

from service.settings import SOFTWARE

COMMANDS = {
    "verify": "Verify one candidate: documents, footage and claims in, an explained verdict out.",
    "demo": "Verify a handful of sample candidates, genuine and not, and write their reports.",
    "document": "Read documents: both zones field by field, the portrait, and what speaks for or "
    "against.",
    "mrz": "Read the machine readable zone of passports, cards and visas (ICAO 9303).",
    "barcode": "Read the PDF417 of driver licences and identification cards (AAMVA DL/ID).",
    "chip": "Check the hashes and signatures of a chip, and who vouches for them (ICAO 9303).",
    "faces": "Find faces, and say how good each is for a comparison and what would make it better.",
    "compare": "Say how far the faces are from a portrait, and what that distance allows to be "
    "said.",
    "calibrate": "Measure false matches and false non-matches by threshold, and propose bands.",
    "liveness": "Look for a live person: what they were asked to do, depth across a turn of the "
    "head, and motion that is not replayed.",
    "challenge": "What a person in front of a camera is asked to do.",
    "history": "Judge what somebody claims of their life, and ask public sources about it.",
    "rules": "List the rules; of those that are named, tell everything.",
    "resume": "Read a résumé (PDF or DOCX) into draft claims for a person to confirm.",
    "screen": "Look for people and companies on sanctions lists, by name and a hard identifier.",
    "lists": "The sanctions lists of this machine.",
    "environment": "Judge what surrounds somebody: visits, devices, shipments, pay.",
    "link": "Find who has what in common, and say why.",
    "serve": "Run the service: API, pages, the sending of events and, unless told otherwise, the "
    "verifying.",
    "worker": "Work off the queue on PostgreSQL, beside any number of other workers.",
    "keys": "API keys and webhook secrets: ways in for programs.",
    "users": "The people who may sign in.",
    "policy": "Which checks a tenant requires at which stage.",
    "weights": "Models for faces that may be installed beside Bonafide's own.",
    "templates": "Face templates that candidates agreed to have kept.",
}
"""What `--help` says of each; a file in `service.commands` holds it, or its `app` of several."""


class _Lazy(TyperCommand):
    """A command, or a group of them, imported where it is asked for: all take two seconds."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        name = str(self.name)
        module, of_one = import_module(f"service.commands.{name}"), typer.Typer()
        if hasattr(module, "app"):
            of_one.add_typer(module.app, name=name)
        else:
            of_one.command(name, epilog=module.EXAMPLES)(module.run)
        return get_group(of_one).commands[name].make_context(*args, **kwargs)


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
for name, summary in COMMANDS.items():
    app.command(name, cls=_Lazy, help=summary)(lambda: None)


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
