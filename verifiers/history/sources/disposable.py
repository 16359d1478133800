"""Whether an e-mail address's domain is on the list of those that are thrown away after use.

A domain on the list stands for all under it. Services that forward to a real mailbox (SimpleLogin,
Apple's Hide My Email, Firefox Relay…) are not disposable: whoever has the address can be reached.
"""

from collections.abc import Sequence
from typing import Any

from models.outside import Answer, EmailDomain
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import email_domains
from verifiers.shipped_lists import disposable_domains

FORWARDING = frozenset(
    {
        "8alias.com", "8shield.net", "addy.io", "aleeas.com", "anonaddy.com", "anonaddy.me",
        "dralias.com", "duck.com", "erine.email", "mozmail.com", "passfwd.com", "passinbox.com",
        "passmail.com", "passmail.net", "privaterelay.appleid.com", "relay.firefox.com",
        "silomails.com", "simplelogin.co", "simplelogin.com", "simplelogin.fr", "simplelogin.io",
        "slmail.me", "slmails.com",
    }
)  # fmt: skip
"""Domains of forwarding services; a list that holds one is not followed there."""


class Disposable:
    """The list that Bonafide ships. Asks nobody."""

    name = "disposable e-mail domains"
    fills = "email_domains"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """The whole domains of e-mail addresses."""
        return email_domains(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """Whether a domain is disposable; the list knows every domain, so none is absent."""
        del inquiry

        async def look() -> EmailDomain:
            return EmailDomain(domain=question, disposable=is_disposable(question))

        return await self._desk.answer(self.name, question, look)


def is_disposable(domain: str) -> bool:
    """Whether a domain, or one that it lies under, is on the list."""
    labels = domain.lower().rstrip(".").split(".")
    names = {".".join(labels[i:]) for i in range(len(labels) - 1)}
    return not names & FORWARDING and not names.isdisjoint(disposable_domains())
