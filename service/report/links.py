"""What a candidate has in common with others, for the report: masked, and explained innocently."""

from collections.abc import Iterable

from models.base import Model
from models.link import Hub, Link, LinkKind, Tie

KINDS = {
    LinkKind.PHONE: "telephone number",
    LinkKind.EMAIL: "e-mail address",
    LinkKind.ADDRESS: "address",
    LinkKind.SHIP_TO: "delivery address",
    LinkKind.BANK_ACCOUNT: "bank account",
    LinkKind.DOCUMENT_NUMBER: "document number",
    LinkKind.DOCUMENT_PICTURE: "picture of a document",
    LinkKind.FILE: "file",
    LinkKind.DEVICE: "device",
    LinkKind.IP: "IP address",
    LinkKind.FACE: "face",
    LinkKind.ROOM: "background",
    LinkKind.RESUME_TEXT: "text of the résumé",
    LinkKind.PORTFOLIO: "portfolio",
    LinkKind.ACCOUNT: "account elsewhere",
    LinkKind.REFERENCE_CONTACT: "contact of a reference",
}
"""What two have in common, in words."""
_HUBS = {
    Hub.HOUSEHOLD: "as in a household",
    Hub.AGENCY: "as with an agency",
    Hub.CAMPUS: "as on a campus",
    Hub.CARRIER: "as behind a carrier's address",
}
MOST_SHOWN = 20
"""Links in a report; the page of links has them all."""


class TieShown(Model):
    """One thing in common."""

    kind: str
    masked: str
    held_by: str
    explanation: str
    """What honest life has in common like this."""


class LinkShown(Model):
    """What is in common with one other."""

    verification: str
    ties: tuple[TieShown, ...]


class LinksShown(Model):
    """What is in common with others, the weightiest first."""

    links: tuple[LinkShown, ...] = ()
    more: int = 0
    """Links that are left out."""


def links_shown(links: Iterable[Link]) -> LinksShown:
    """Links as the report tells them."""
    told = [
        LinkShown(verification=link.other.case, ties=tuple(map(tie_shown, link.ties)))
        for link in links
    ]
    return LinksShown(links=tuple(told[:MOST_SHOWN]), more=len(told[MOST_SHOWN:]))


def tie_shown(tie: Tie) -> TieShown:
    """One thing in common, in words."""
    others = "one other" if tie.people == 1 else f"{tie.people} others"
    hub = f", {_HUBS[tie.damped_as]}" if tie.damped_as else ""
    return TieShown(
        kind=KINDS[tie.kind],
        masked=tie.masked,
        held_by=f"{others}{hub}" if tie.similarity is None else f"{tie.similarity:.0%} alike",
        explanation=tie.innocent_explanation,
    )
