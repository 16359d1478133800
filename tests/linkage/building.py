"""People and what they have, in one line each."""

from collections.abc import Iterable, Mapping, Sequence

from models.link import Holder, Identifier, Link, LinkKind
from verifiers.linkage.book import Book
from verifiers.linkage.graph import links_of

Has = Sequence[tuple[LinkKind, str]]


def a_holder(person: str) -> Holder:
    """Somebody in a case of their own."""
    return Holder(person=person, case=f"case of {person}")


def having(has: Has) -> tuple[Identifier, ...]:
    """Identifiers, masked as nothing."""
    return tuple(Identifier(kind=kind, canonical=text, masked="•••") for kind, text in has)


def a_book(people: Mapping[str, Has]) -> Book:
    """Everybody with what they have."""
    book = Book()
    for person, has in people.items():
        book.add(a_holder(person), having(has))
    return book


def links_for(
    person: str, people: Mapping[str, Has], *, shares_home: bool = False
) -> tuple[Link, ...]:
    """The links of one of them to the others."""
    book = a_book(people)
    held = book.held(person, having(people[person]))
    return links_of(held, book.people, shares_home=shares_home)


def others(links: Iterable[Link]) -> set[str]:
    """To whom they lead."""
    return {link.other.person for link in links}


def crowd(size: int, *has: tuple[LinkKind, str]) -> dict[str, Has]:
    """So many people who all have the same."""
    return {f"p{n}": has for n in range(size)}
