"""An entry while it is gathered; nothing stands in it twice."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from models.circumstances import ListedKind
from models.sanctions import BirthSpan, ListedDocument, ListedName, ListEntry, NameQuality
from verifiers.domains import own_domain
from verifiers.screening.lists.countries import country_code

T = TypeVar("T")

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass
class Draft:
    """What is known of an entry so far."""

    id: str
    kind: ListedKind
    names: dict[str, NameQuality] = field(default_factory=dict)
    births: list[BirthSpan] = field(default_factory=list)
    documents: list[ListedDocument] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    wallets: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    country_codes: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    listed_on: date | None = None

    def add_name(self, text: str | None, quality: NameQuality) -> None:
        """Once each: the first quality stays, since lists name the primary one first."""
        if shown := one_line(text):
            self.names.setdefault(shown, quality)

    def add_document(self, number: str | None, kind: str | None, country: str | None) -> None:
        """The country as the list names it; one that is not known leaves the code open."""
        if shown := one_line(number):
            code = country_code(country)
            self.documents.append(
                ListedDocument(number=shown, kind=one_line(kind) or None, country_code=code)
            )

    def add_country(self, name: str | None) -> None:
        """As the list names it."""
        if code := country_code(one_line(name)):
            self.country_codes.append(code)

    def add_emails(self, text: str) -> None:
        """All in a text."""
        self.emails.extend(_EMAIL.findall(text))

    def add_website(self, text: str) -> None:
        """Its domain; a page on a site that everybody shares tells nobody apart."""
        if domain := own_domain(one_line(text).rstrip(".")):
            self.domains.append(domain)

    def add_remark(self, text: str | None) -> None:
        """As the list has it."""
        if text and text.strip():
            self.remarks.append(text.strip())

    def entry(self, list_name: str) -> ListEntry | None:
        """The entry; `None` where it has no name."""
        if not self.names:
            return None
        return ListEntry(
            list_name=list_name,
            id=self.id,
            kind=self.kind,
            names=tuple(ListedName(text=text, quality=how) for text, how in self.names.items()),
            births=_once(self.births),
            documents=_once(self.documents),
            emails=_once(self.emails),
            wallets=_once(self.wallets),
            phones=_once(self.phones),
            domains=_once(self.domains),
            addresses=_once(self.addresses),
            country_codes=_once(self.country_codes),
            programmes=_once(self.programmes),
            remarks="; ".join(dict.fromkeys(self.remarks)) or None,
            listed_on=self.listed_on,
        )


def one_line(text: str | None) -> str:
    """Without the white space around it, and with one space within."""
    return " ".join(text.split()) if text else ""


def day(text: str | None) -> date | None:
    """The date that an ISO 8601 text begins with; `None` where it is none."""
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None


def _once(values: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
