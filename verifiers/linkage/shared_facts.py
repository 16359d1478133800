"""From links to what rules may know of others: how many people of other names, and never who."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from models.circumstances import Shared, SharedKind
from models.link import Held, Link, LinkKind, Tie
from verifiers.linkage.weighing import FLAT, HOME, PLACES

SameName = Callable[[str], bool | None]
"""Whether a person, by id, has the candidate's name; `None` where that is not known."""

_KINDS = {
    LinkKind.PHONE: SharedKind.PHONE,
    LinkKind.EMAIL: SharedKind.EMAIL,
    LinkKind.ADDRESS: SharedKind.ADDRESS,
    LinkKind.SHIP_TO: SharedKind.SHIP_TO,
    LinkKind.BANK_ACCOUNT: SharedKind.BANK_ACCOUNT,
    LinkKind.DOCUMENT_NUMBER: SharedKind.DOCUMENT_NUMBER,
    LinkKind.FACE: SharedKind.FACE,
    LinkKind.DEVICE: SharedKind.DEVICE,
    LinkKind.IP: SharedKind.IP,
    LinkKind.ROOM: SharedKind.ROOM,
    LinkKind.REFERENCE_CONTACT: SharedKind.REFERENCE_CONTACT,
    LinkKind.PORTFOLIO: SharedKind.PORTFOLIO,
    LinkKind.RESUME_TEXT: SharedKind.RESUME_TEXT,
}
"""The rest (pictures, files, accounts) has no rule here."""


def shared_of(
    links: Sequence[Link],
    same_name: SameName,
    *,
    looked_for: Collection[LinkKind] = tuple(_KINDS),
    document_numbers: Iterable[Held] = (),
    household_declared: bool = False,
    same_person: SameName | None = None,
) -> tuple[Shared, ...]:
    """One entry for each kind that was looked for; none of the others with it is 0.

    Only others whose name is surely another are counted, and only ties that are not damped.

    Args:
        links: Those that are shown, so with two independent kinds each.
        same_name: Whether a person, by id, has the candidate's name.
        looked_for: Kinds of which the candidate has something that was looked for.
        document_numbers: Who holds the candidate's document numbers; these speak alone.
        household_declared: The candidate says that others who apply live with them. It is heard
            as far as a shared flat goes: of no crowd, and of those who share the address too.
        same_person: As `same_name`, more strictly, for document numbers and faces, which no two
            people share: see `verifiers.same_person`. Without it `same_name`.
    """
    same_person = same_person or same_name
    people: dict[LinkKind, set[str]] = {kind: set() for kind in _KINDS if kind in looked_for}
    alike: dict[LinkKind, float] = {}
    elsewhere: set[LinkKind] = set()
    for link in links:
        person = link.other.person
        lives_there = any(tie.kind in PLACES for tie in link.ties)
        for tie in _told(link):
            same = same_person if tie.kind in _OF_ONE_PERSON else same_name
            if tie.kind in people and same(person) is False:
                people[tie.kind].add(person)
                alike[tie.kind] = max(alike.get(tie.kind, 0.0), _likeness(tie.kind, tie.similarity))
                if not lives_there:
                    elsewhere.add(tie.kind)
    for held in document_numbers:
        others = (one.person for one in held.holders if same_person(one.person) is False)
        people.setdefault(LinkKind.DOCUMENT_NUMBER, set()).update(others)
    return tuple(
        Shared(
            kind=_KINDS[kind],
            others=len(others),
            similarity=alike.get(kind) if kind in _TEXTS else None,
            household_declared=(
                household_declared and len(others) < FLAT and kind not in elsewhere
            ),
        )
        for kind, others in people.items()
    )


_OF_ONE_PERSON = {LinkKind.DOCUMENT_NUMBER, LinkKind.FACE}
_OF_ONE_COMPUTER = {LinkKind.DEVICE, LinkKind.IP}


def _told(link: Link) -> Iterator[Tie]:
    """Ties that rules hear of: none that is damped, and no family's computer.

    A computer of no more than a household, beside nothing but their home and its network, is shown
    as a link, and rules hear nothing of it.
    """
    ties = [tie for tie in link.ties if tie.damped_as is None]
    at_home = any(tie.kind in PLACES for tie in ties)
    familys = at_home and all(
        tie.kind in PLACES | _OF_ONE_COMPUTER and tie.people < HOME for tie in ties
    )
    for tie in ties:
        if not (familys and tie.kind in _OF_ONE_COMPUTER):
            yield tie


_TEXTS = {LinkKind.RESUME_TEXT, LinkKind.PORTFOLIO}


def _likeness(kind: LinkKind, similarity: float | None) -> float:
    """Of a portfolio the address is compared: one page is wholly alike."""
    return 1.0 if kind is LinkKind.PORTFOLIO and similarity is None else similarity or 0.0
