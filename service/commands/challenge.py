"""`bonafide challenge`: what a person in front of a camera is asked to do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import SystemRandom
from typing import Annotated

import typer

from models.challenge import Act, Need
from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.commands.opened import told_unwritable
from verifiers.liveness import NothingToAsk, new_challenge

app = typer.Typer(help="What a person in front of a camera is asked to do.", no_args_is_help=True)


@app.command(
    epilog="Examples: [b]bonafide challenge new --out asked.json[/b] · "
    "[b]bonafide challenge new --without head --without light[/b]"
)
def new(
    without: Annotated[
        list[Need] | None,
        typer.Option(help="What the person cannot do, or would rather not. Repeatable."),
    ] = None,
    minutes: Annotated[
        float, typer.Option(min=0.5, max=60, help="How long an answer is taken.")
    ] = 3.0,
    out: Annotated[
        Path | None, typer.Option(help="The file to write; standard output without it.")
    ] = None,
) -> None:
    """Choose acts, order, times and colours at random, as JSON.

    Show them to the person while a recording is made that begins with the first step, then judge
    it: bonafide liveness RECORDING --challenge FILE.
    """
    needs = frozenset(without or ())
    try:
        challenge = new_challenge(
            SystemRandom(),
            now=datetime.now(UTC),
            without=needs,
            lifetime=timedelta(minutes=minutes),
        )
    except NothingToAsk as error:
        console.fail(str(error))
        raise typer.Exit(UNUSABLE_INPUT) from None
    told = challenge.model_dump_json(indent=2)
    if out is None:
        console.out.print(told, markup=False, highlight=False)
        return
    with told_unwritable(out):
        out.write_text(f"{told}\n", encoding="utf-8")
    acts = sum(step.act is not Act.LOOK for step in challenge.steps)
    console.err.print(f"  {acts} acts in {challenge.seconds:.0f} s, in {out}.")
