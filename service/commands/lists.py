"""`bonafide lists`: the sanctions lists of this machine."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.markup import escape
from stamina import instrumentation

from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.commands.opened import load_settings, refuse
from service.lists.catalogue import CATALOGUE, Published

if TYPE_CHECKING:
    from service.lists.folder import KeptList, ListsFolder

app = typer.Typer(help="The sanctions lists of this machine.", no_args_is_help=True)

_OLD = timedelta(days=7)
"""The publishers change their lists in most weeks."""

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Smaller = Annotated[
    bool,
    typer.Option("--allow-smaller", help="Take it also where over half of the entries are gone."),
]


@app.command(
    epilog="Examples: [b]bonafide lists update[/b] · [b]bonafide lists update un "
    "--url un=https://mirror.example/consolidated.xml[/b]"
)
def update(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME...]", help="As `status` shows them; all if none is named."),
    ] = None,
    urls: Annotated[
        list[str] | None,
        typer.Option("--url", metavar="NAME=URL", help="Fetch a list from here: a mirror."),
    ] = None,
    allow_smaller: Smaller = False,
    as_json: Json = False,
) -> None:
    """Fetch lists, check them and put them in force; the old one stays where that fails.

    Status 2 where a list could not be updated.
    """
    from service.lists.updating import NotUpdated, update_list

    folder, wrong = _folder(), False
    mirrors = _mirrors(urls or [])
    for published in _chosen(names or []):
        url = mirrors.get(published.name, published.url)
        try:
            title = f"Fetching {published.name}"
            with console.transfer(title, published.size) as arrived, _retries_told():
                kept = update_list(published, url, folder, arrived, allow_smaller=allow_smaller)
            _show(_answer(published.name, kept), as_json)
        except NotUpdated as error:
            wrong = True
            before = next((one for one in folder.kept() if one.name == published.name), None)
            _show(_answer(published.name, before, f"It was not updated. {error}"), as_json)
    _end(wrong)


@app.command(epilog="Example: [b]bonafide lists status[/b]")
def status(as_json: Json = False) -> None:
    """Say how old each list is, and whether its files are whole; status 2 where they are not."""
    folder = _folder()
    kept = {one.name: one for one in folder.kept()}
    facts = [file.stem for file in folder.facts()]
    wrong = False
    for name in dict.fromkeys([*(one.name for one in CATALOGUE), *facts]):
        problem = folder.problem(kept[name]) if name in kept else None
        if name in facts and name not in kept:
            problem = "what is known of it cannot be read"
        if problem:
            wrong = True
            problem = f"It is damaged: {problem}. Fetch it again, or add it from a file."
        _show(_answer(name, kept.get(name), problem), as_json)
    console.err.print(f"They are kept in {escape(str(folder.path))}.")
    _end(wrong)


@app.command(epilog="Example: [b]bonafide lists add /media/usb/sdn.csv[/b]")
def add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Lists; of OFAC's CSV files the main ones."),
    ],
    allow_smaller: Smaller = False,
    as_json: Json = False,
) -> None:
    """Install lists from files, on a machine without internet.

    What lies beside OFAC's sdn.csv and cons_prim.csv (aliases, addresses, comments) comes along.
    A list counts as fetched when its file was last written.
    """
    from service.lists.updating import NotUpdated, add_list, main_files

    folder, wrong = _folder(), False
    for file in main_files(files):
        try:
            kept = add_list(file, folder, allow_smaller=allow_smaller)
            _show(_answer(kept.name, kept), as_json)
        except NotUpdated as error:
            wrong = True
            _show(_answer(file.name, None, f"It was not added. {error}"), as_json)
    _end(wrong)


@contextmanager
def _retries_told() -> Iterator[None]:
    """Say that a server is asked again. What hears of it otherwise logs to standard output."""
    before = instrumentation.get_on_retry_hooks()
    instrumentation.set_on_retry_hooks([_tell_retry])
    try:
        yield
    finally:
        instrumentation.set_on_retry_hooks(before)


def _tell_retry(details: instrumentation.RetryDetails) -> None:
    why = str(details.caused_by) or type(details.caused_by).__name__
    console.err.print(f"Asked again in {details.wait_for:.0f} s: {why}", markup=False)


def _folder() -> "ListsFolder":
    from service.lists.folder import ListsFolder

    return ListsFolder(load_settings().lists_folder)


def _chosen(names: Sequence[str]) -> list[Published]:
    known = {published.name: published for published in CATALOGUE}
    if unknown := [name for name in names if name not in known]:
        raise refuse(f"There is no list {unknown[0]!r}. There are {', '.join(known)}.")
    return [known[name] for name in dict.fromkeys(names)] or list(CATALOGUE)


def _mirrors(urls: Sequence[str]) -> dict[str, str]:
    mirrors = dict(text.partition("=")[::2] for text in urls)
    for name, url in mirrors.items():
        _chosen([name])
        if not _is_safe(url):
            raise refuse(
                f"--url {name}= needs an address that begins with https://; http:// is for this "
                "machine alone, such as http://localhost:8000/list.xml."
            )
    return mirrors


def _is_safe(url: str) -> bool:
    """Whether nobody on the way can put another list in its place."""
    try:
        parts = urlsplit(url)
        if parts.scheme != "http":
            return parts.scheme == "https" and bool(parts.hostname)
        return parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _answer(name: str, kept: "KeptList | None", problem: str | None = None) -> dict[str, Any]:
    """What is said of a list: `age_days` in whole days, `old` beyond seven of them."""
    if kept is None:
        return {"name": name, "installed": False, "problem": problem}
    age = datetime.now(UTC) - kept.fetched_at
    return {
        "name": name,
        "installed": True,
        "list": kept.list_name,
        "entries": kept.entries,
        "published_on": kept.published_on.isoformat() if kept.published_on else None,
        "fetched_at": kept.fetched_at.isoformat(timespec="seconds"),
        "age_days": max(age.days, 0),
        "old": age > _OLD,
        "url": kept.url,
        "files": kept.files,
        "problem": problem,
    }


def _show(answer: dict[str, Any], as_json: bool) -> None:
    name, problem = answer["name"], answer["problem"]
    if as_json:
        console.out.print(json.dumps(answer, ensure_ascii=False), markup=False)
    elif answer["installed"]:
        published = f", published {answer['published_on']}" if answer["published_on"] else ""
        days = answer["age_days"]
        age = "today" if days == 0 else f"{days} day{'s' if days > 1 else ''} ago"
        console.out.print(
            f"{name}  {answer['entries']} entries  fetched {age}{published}", markup=False
        )
    elif not problem:
        console.out.print(f"{name}  not installed", markup=False)
    if problem:
        console.fail(f"{name}: {problem}")
    if answer.get("old"):
        console.err.print(
            f"{name}: older than {_OLD.days} days, whoever was listed since is not found.",
            markup=False,
        )


def _end(wrong: bool) -> None:
    if wrong:
        raise typer.Exit(UNUSABLE_INPUT)
