"""What tells one person or company from others of the same name, in forms that can be equal.

Hard for a person: the birth date within a year, a document's number, an e-mail address, a telephone
number, an address of a crypto currency. Hard for a company: its registration number, its own web
domain (or mail at it), and the last three as well. Never: a country, a city, a nationality, a sex,
a domain where anybody gets an address.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from models.circumstances import ListedKind
from models.sanctions import BirthSpan, ListEntry, Party
from verifiers.domains import own_domain

BIRTH_DATE = "birth date"
DOCUMENT_NUMBER = "document number"
REGISTRATION_NUMBER = "registration number"
EMAIL = "e-mail address"
PHONE = "telephone number"
WALLET = "crypto address"
DOMAIN = "web domain"

ONE_ENTRYS_ALONE = frozenset({DOCUMENT_NUMBER, REGISTRATION_NUMBER, EMAIL, PHONE, WALLET, DOMAIN})
"""Those that two strangers do not share; a birth date they do."""

A_YEAR = timedelta(days=366)
"""Lists often have the year only, or one that the person gave at another time."""

_NO_FIGURE_OR_LETTER = re.compile(r"[\W_]+")
_LEAST_NUMBER = 5
"""Characters of a number; shorter ones are many people's."""
_LEAST_PHONE = 8
_NATIONAL = 9
"""Last figures of a telephone number, which are the same with and without the country's code."""
_CASELESS_WALLET = re.compile(
    r"0x[0-9a-f]{40}|(?:bc|ltc|tb)1[02-9ac-hj-np-z]{11,87}", re.IGNORECASE
)

Identifier = tuple[str, str]
"""What it is, and its form for comparing."""


def of_entry(entry: ListEntry) -> Iterator[Identifier]:
    """Identifiers of an entry, but for the birth date."""
    what = DOCUMENT_NUMBER if entry.kind is ListedKind.PERSON else REGISTRATION_NUMBER
    yield from _numbers(what, (document.number for document in entry.documents))
    yield from _contacts(entry.kind, entry.emails, entry.phones, entry.wallets, entry.domains)


def of_party(party: Party) -> Iterator[Identifier]:
    """Identifiers of whom is looked for, but for the birth date."""
    if party.kind is ListedKind.PERSON:
        yield from _numbers(DOCUMENT_NUMBER, (*party.document_numbers, *party.accounts))
    else:
        numbers = (*party.registration_numbers, *party.document_numbers, *party.accounts)
        yield from _numbers(REGISTRATION_NUMBER, numbers)
    yield from _contacts(party.kind, party.emails, party.phones, party.wallets, party.domains)


def born_within_a_year(born: date, spans: Iterable[BirthSpan]) -> bool:
    """Whether the date lies in one of the spans, or within a year of it."""
    return any(span.earliest - born <= A_YEAR and born - span.latest <= A_YEAR for span in spans)


def years_around(span: BirthSpan) -> range:
    """The years in which a date that is within a year of the span can lie."""
    return range(span.earliest.year - 1, span.latest.year + 2)


def _numbers(what: str, numbers: Iterable[str]) -> Iterator[Identifier]:
    for number in numbers:
        plain = _NO_FIGURE_OR_LETTER.sub("", number).upper()
        if len(plain) >= _LEAST_NUMBER and any(one.isdigit() for one in plain):
            yield what, plain


def _contacts(
    kind: ListedKind,
    emails: Iterable[str],
    phones: Iterable[str],
    wallets: Iterable[str],
    domains: Iterable[str],
) -> Iterator[Identifier]:
    emails = [*emails]
    yield from ((EMAIL, email.strip().casefold()) for email in emails if "@" in email)
    for phone in phones:
        figures = "".join(one for one in phone if one.isdigit())
        if len(figures) >= _LEAST_PHONE:
            yield PHONE, figures[-_NATIONAL:]
    for wallet in wallets:
        plain = wallet.strip()
        yield WALLET, plain.lower() if _CASELESS_WALLET.fullmatch(plain) else plain
    if kind is ListedKind.ENTITY:
        for address in (*domains, *emails):
            if domain := own_domain(address):
                yield DOMAIN, domain
