"""`bonafide weights`: models that may be installed beside what Bonafide brings."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, TypeVar

import typer
from rich.markup import escape

from models.weights import ModelWeights
from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.commands.opened import load_settings
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.face_engines.weights import WeightsFolder

app = typer.Typer(
    help="Models for faces that may be installed beside Bonafide's own.", no_args_is_help=True
)

T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command("list", epilog="Example: [b]bonafide weights list[/b]")
def list_weights(as_json: Json = False) -> None:
    """List the models that are known: installed or not, size, licence, use."""
    folder, known = _known()
    for model in known:
        installed = folder.has(model)
        problem = _problem(folder.read, model) if installed else None
        if as_json:
            console.out.print(json.dumps(_answer(model, installed, problem)), markup=False)
            continue
        state = "damaged" if problem else "installed" if installed else "not installed"
        size = f"{model.size / 1e6:.1f} MB"
        console.out.print(
            f"{model.name}  {state}  {size}  {model.licence}  {model.use}", markup=False
        )
        if problem:
            console.fail(problem)
    console.err.print(f"They are kept in {escape(str(folder.path))}.")
    _fail([f"{problem}." for problem in folder.misdescribed()])


@app.command(
    epilog="Examples: [b]bonafide weights install sface-2021dec[/b] · "
    "[b]bonafide weights install sface-2021dec --from /media/usb[/b]"
)
def install(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="As `list` shows them.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Take the files from this folder, not from the internet."),
    ] = None,
) -> None:
    """Fetch models, check that they are the right files, and run each once.

    Their licences are those that `list` names; whoever installs a model accepts its own.
    """
    folder, _ = _known()
    _each(names, folder, lambda model: _install(model, folder, source))


@app.command(epilog="Example: [b]bonafide weights verify[/b]")
def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME...]", help="All that are installed if none is named."),
    ] = None,
) -> None:
    """Check that installed models are whole, and run each once; status 2 where one is not."""
    folder, known = _known()
    asked = names or [model.name for model in known if folder.has(model)]
    if not asked:
        console.err.print("No model is installed.")
    misdescribed = () if names else folder.misdescribed()
    _each(asked, folder, lambda model: _try_out(model, folder), misdescribed)


def _install(model: ModelWeights, folder: WeightsFolder, source: Path | None) -> None:
    from service.downloads import download

    if folder.has(model) and not _problem(folder.read, model):
        console.err.print(f"{model.name} is installed already.")
        _try_out(model, folder)
        return
    folder.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    # It takes its place only once it ran: every engine refuses to work beside one that cannot.
    with TemporaryDirectory(dir=folder.path, prefix=".") as place:
        trial = WeightsFolder(Path(place))
        if source is None:
            with console.transfer(f"{model.name} from {model.url}", model.size) as arrived:
                download(model, trial, arrived)
        else:
            trial.install(model, _parts(source / model.file))
        _try_out(model, trial)
        (trial.path / model.file).replace(folder.path / model.file)


def _try_out(model: ModelWeights, folder: WeightsFolder) -> None:
    # The engines take half a second to import, which `list` need not wait.
    from verifiers.face_engines.installed import try_out

    try_out(model, folder)
    console.out.print(
        f"{model.name}: {model.file} is whole, and runs as described ({model.licence}).",
        markup=False,
    )


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while part := opened.read(1 << 20):
            yield part


def _known() -> tuple[WeightsFolder, tuple[ModelWeights, ...]]:
    folder = WeightsFolder(load_settings().weights_folder)
    return folder, folder.known()


def _each(
    names: Sequence[str],
    folder: WeightsFolder,
    work: Callable[[ModelWeights], None],
    also_wrong: Sequence[UnusableWeights] = (),
) -> None:
    """Do the work for each model named; exits with 2 where one failed, after the others."""

    def one(name: str) -> None:
        work(folder.named(name))

    problems = [problem for name in names if (problem := _problem(one, name))]
    _fail([*problems, *(f"{problem}." for problem in also_wrong)])


def _fail(problems: Sequence[str]) -> None:
    """Tell them, and exit with 2 where there are any."""
    for problem in problems:
        console.fail(problem)
    if problems:
        raise typer.Exit(UNUSABLE_INPUT)


def _problem(work: Callable[[T], object], what: T) -> str | None:
    """Why the work could not be done, in words."""
    try:
        work(what)
    except UnusableWeights as error:
        return f"{error}."
    except OSError as error:
        file = error.filename or "The folder of weights"
        return f"{file} cannot be read or written: {error.strerror}."
    return None


def _answer(model: ModelWeights, installed: bool, problem: str | None) -> dict[str, object]:
    described = model.model_dump(mode="json")
    return described | {"use": model.use.value, "installed": installed, "problem": problem}
