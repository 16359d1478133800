"""`bonafide link`: a file of people, and who of them has what in common."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from models.link import Holder, Identifier, Link
from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.commands.link_people import Listed, load_people
from service.commands.opened import refuse
from verifiers.linkage.book import Book
from verifiers.linkage.graph import MOST_LINKS, links_of
from verifiers.unusable import UnusableInput

EXAMPLES = (
    "Examples: [b]bonafide link people.jsonl[/b] · [b]bonafide link people.jsonl --json[/b] · "
    "[b]bonafide link people.jsonl --splink --json[/b]"
)


def run(
    people: Annotated[
        Path,
        typer.Argument(
            help='One JSON object a line: {"id", "name", "phone", "email", "address"…}, or {"id", '
            '"claims", "surroundings"} with a JSON Resume and what the company sees.'
        ),
    ],
    splink: Annotated[
        bool,
        typer.Option(
            "--splink",
            help="Add which records are alike by names, birth dates and contacts, as Splink "
            "estimates it: a view for people to look at, no verdict. Needs the extra “batch”.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Find who has what in common, and say why.

    A link needs two independent kinds, and is shown with what would explain it innocently. Nobody
    is merged with anybody, and nothing is kept.
    """
    try:
        listed = load_people(people)
    except UnusableInput as error:
        raise refuse(f"{error.file}: {error.told}") from None
    with console.progress("link", 2) as advance:
        advance(f"comparing {len(listed)} people")
        book, identifiers = _book(listed)
        shown: set[frozenset[str]] = set()
        for one in listed:
            held = book.held(one.id, identifiers[one.id])
            links = links_of(held, book.people, shares_home=bool(one.surroundings.shares_home))
            if len(links) == MOST_LINKS:
                console.err.print(
                    f"{one.id!r} is linked to {MOST_LINKS} or more others; the heaviest are shown.",
                    markup=False,
                )
            for link in links:
                pair = frozenset((one.id, link.other.person))
                if pair not in shown:
                    shown.add(pair)
                    _print_link(one.id, link, as_json=as_json)
        if splink:
            advance("estimating with Splink")
            _print_probable(listed, as_json=as_json)
    console.err.print(f"{len(listed)} people; links: {len(shown)}.")


def _book(listed: list[Listed]) -> tuple[Book, dict[str, tuple[Identifier, ...]]]:
    book = Book()
    identifiers = {one.id: one.identifiers for one in listed}
    for one in listed:
        book.add(Holder(person=one.id, case=one.id), identifiers[one.id])
    return book, identifiers


def _print_link(one: str, link: Link, *, as_json: bool) -> None:
    if as_json:
        told = {
            "one": one,
            "other": link.other.person,
            "weight": link.weight,
            "ties": [tie.model_dump(mode="json") for tie in link.ties],
        }
        _print_object(told)
        return
    lines = [f"{one} and {link.other.person}: {link.weight:.1f} bits"]
    for tie in link.ties:
        counts = "counts nothing" if tie.damped_as else f"{tie.weight:.1f} bits"
        name = tie.kind.replace("_", " ")
        lines.append(f"  {name}: {tie.masked} ({counts}). {tie.innocent_explanation}")
    console.out.print("\n".join(lines), markup=False)


def _print_probable(listed: list[Listed], *, as_json: bool) -> None:
    try:
        from service.commands.link_probable import probable_pairs, rows_of
    except ImportError:
        console.fail(
            "--splink needs Splink, which is not installed: pip install 'bonafide[batch]'."
        )
        raise typer.Exit(UNUSABLE_INPUT) from None
    rows, left_out = rows_of(listed)
    for column, values in left_out.items():
        console.err.print(
            f"Splink does not compare by {column.replace('_', ' ')} what too many people have: "
            f"{values} {'value' if values == 1 else 'values'}.",
            markup=False,
        )
    for pair in probable_pairs(rows):
        if as_json:
            _print_object({"view": "splink", "verdict": None, **pair})
        else:
            console.out.print(
                f"{pair['one']} and {pair['other']}: records alike, {pair['probability']:.2f} "
                "as Splink estimates it (no verdict)",
                markup=False,
            )


def _print_object(told: dict[str, Any]) -> None:
    console.out.print(json.dumps(told, ensure_ascii=False), markup=False)
