"""What two people have in common, weighed: which ties are independent, and which are ordinary life.

Ties fall into groups; ties of one group follow from each other and count once. What many honest
people share in one way (an agency's contacts, a campus' network) is damped, and counts nothing.
Addresses, bank accounts, devices, documents and faces are never damped, however many share them: a
house with ninety laptops is what is looked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from math import log2

from models.link import Hub, LinkKind
from verifiers.linkage.places import street_of

HOME = 4
"""People in a household: so many use one computer without another reason."""
FLAT = 8
"""People at one address up to whom it is a shared flat, or one tenant after the other: telephone,
mailbox, network and room follow from it. Of more it is a hall of residence, or a farm."""
MANY = 12
"""People from which shared contacts, texts and networks are an agency's, a campus' or a carrier's.

The 870 identities of one published scheme stood over 80 addresses and devices: eleven each."""
_HALL = 2 * MANY
"""People of one address from which one of its computers may be everybody's. A house of fewer with
several laptops is what is looked for."""
MOST_HOLDERS = 200
"""Of one identifier, the newest that are looked at and counted: who has more is a hub for sure."""
_CAMPUS = 60
"""People on one network up to whom it is a campus or a company; beyond, a carrier."""
_FEWEST = 1000
"""People among whom rarity is counted at least: among five candidates nothing shows it."""

PLACES = {LinkKind.ADDRESS, LinkKind.SHIP_TO}
DOCUMENTS = {LinkKind.DOCUMENT_NUMBER, LinkKind.DOCUMENT_PICTURE, LinkKind.FILE}
WRITTEN = {LinkKind.RESUME_TEXT, LinkKind.PORTFOLIO, LinkKind.ACCOUNT}
_CONTACTS = {LinkKind.PHONE, LinkKind.EMAIL, LinkKind.REFERENCE_CONTACT}
NEVER_DAMPED = PLACES | DOCUMENTS | {LinkKind.BANK_ACCOUNT, LinkKind.DEVICE, LinkKind.FACE}
_FIRM = NEVER_DAMPED - PLACES


@dataclass(frozen=True)
class Common:
    """One thing that two people have in common."""

    kind: LinkKind
    canonical: str
    masked: str
    others: int
    """How many hold it beside the one who is asked about."""
    bits: float
    """How seldom two strangers have it in common."""
    similarity: float | None = None
    damped_as: Hub | None = None
    who: frozenset[str] = frozenset()
    """These others, as far as they are looked at."""

    @property
    def holders(self) -> int:
        """Everybody who holds it."""
        return self.others + 1


def bits(people: int, others: int) -> float:
    """How seldom a stranger holds what `others` beside the candidate hold, in bits."""
    among = max(people, _FEWEST, others + 1)
    return log2(among / (others + 1))


def weigh(common: Iterable[Common], *, shares_home: bool) -> dict[str, list[Common]]:
    """By independent group, what two have in common, the heaviest of each group first.

    Damped things stand in it too, marked and without weight; a group of nothing else is no group
    to count.
    """
    found = list(common)
    pair = _Pair.of(found, shares_home=shares_home)
    groups: dict[str, list[Common]] = {}
    for one in pair.things:
        group = _group(one, pair)
        hub = _hub(one, group, pair)
        groups.setdefault(group, []).append(replace(one, damped_as=hub) if hub else one)
    for members in groups.values():
        members.sort(key=_order)
    return groups


class _Setting(StrEnum):
    """Of what kind the places are that two people share."""

    NONE = auto()
    HOME = auto()
    """Of no more than a flat."""
    HALL = auto()
    """Of more, who say that they live there: a hall of residence, a block, an agency's office."""
    FARM = auto()
    """Where equipment of several goes, and of at least half of those who have the address."""


_GROUP_IN = {
    _Setting.NONE: {"contact": "contacts", "network": "contacts", "room": "contacts"},
    _Setting.HOME: {"place": "home", "contact": "home", "network": "home", "room": "home"},
    _Setting.HALL: {"place": "place", "contact": "contacts", "network": "place", "room": "room"},
    _Setting.FARM: {"place": "place", "contact": "contacts", "network": "contacts", "room": "room"},
}
"""Where a tie counts by the setting, so that what follows from one thing of life counts once."""


@dataclass(frozen=True)
class _Pair:
    """What two people have in common, and what that says of how to take a single tie."""

    things: tuple[Common, ...]
    setting: _Setting
    halls: tuple[Common, ...]
    """The places of more than a flat, in a hall."""
    shipped: tuple[Common, ...]
    """The places to which their equipment goes, as to a farm."""
    devices: tuple[Common, ...]
    public: bool
    """All the computers that they share are a public place's."""
    firm: bool
    """Something that no agency gives to those for whom it applies."""
    recording: bool
    shares_home: bool

    @classmethod
    def of(cls, found: Sequence[Common], *, shares_home: bool) -> "_Pair":
        things = _one_tie_a_place(found)
        shipped = _shipped(found)
        kinds = {one.kind for one in things}
        places = [one for one in things if one.kind in PLACES]
        devices = [one for one in things if one.kind is LinkKind.DEVICE]
        networks = [one for one in things if one.kind is LinkKind.IP]
        halls = [] if shipped else [one for one in places if one.holders > FLAT]
        public = all(_is_public(device, networks, places, halls) for device in devices)
        return cls(
            things=tuple(things),
            setting=_setting(places, halls, shipped),
            halls=tuple(halls),
            shipped=tuple(shipped),
            devices=tuple(devices),
            public=public,
            firm=bool(shipped or kinds & (_FIRM - {LinkKind.DEVICE})) or not public,
            recording=LinkKind.FILE in kinds,
            shares_home=shares_home,
        )


def _setting(
    places: Sequence[Common], halls: Sequence[Common], shipped: Sequence[Common]
) -> _Setting:
    if shipped:
        return _Setting.FARM
    if halls:
        return _Setting.HALL
    return _Setting.HOME if places else _Setting.NONE


def _is_public(
    device: Common,
    networks: Iterable[Common],
    places: Iterable[Common],
    halls: Iterable[Common],
) -> bool:
    """Whether a computer is a library's, an agency's or an office's.

    It is a hall's where most of its many people have not used it; in a house of fewer, each of
    several laptops would look like that. Else, where its users live together it is theirs, whoever
    came from the same network: a tunnel's exit is every stranger's. Else others must come from its
    network without it (a quarter as many as with it), which tells of a place only while those are
    no more than a campus has: a carrier or a tunnel stands nowhere.
    """
    if any(hall.holders > _HALL and not _is_mostly_of(hall, device) for hall in halls):
        return True
    if any(_is_mostly_of(device, place) for place in places):
        return False
    return any(
        len(network.who - device.who) * 4 >= device.holders
        for network in networks
        if network.holders <= _CAMPUS
    )


def _is_mostly_of(one: Common, house: Common) -> bool:
    """Whether at least half of those who have one thing have this place or device too."""
    return len(one.who & house.who) * 2 >= len(one.who)


def _shipped(common: Iterable[Common]) -> list[Common]:
    """Where equipment of many goes, and of at least half of those who have the address at all."""
    most: dict[str, int] = {}
    things = [one for one in common if one.kind in PLACES]
    for one in things:
        street = street_of(one.canonical)
        most[street] = max(most.get(street, 0), one.holders)
    return [
        one
        for one in things
        if one.kind is LinkKind.SHIP_TO
        and one.holders > HOME
        and one.holders * 2 >= most[street_of(one.canonical)]
    ]


def _group(one: Common, pair: _Pair) -> str:
    """Where a tie counts."""
    groups = _GROUP_IN[pair.setting]
    if one.kind in PLACES:
        return groups["place"]
    if one.kind in DOCUMENTS or (one.kind is LinkKind.ROOM and pair.recording):
        return "document"
    if one.kind in WRITTEN:
        return "written"
    if one.kind is LinkKind.ROOM and one.holders <= FLAT:
        return groups["room"]
    if one.kind is LinkKind.IP or (one.kind is LinkKind.DEVICE and pair.public):
        return groups["network"]
    if one.kind is LinkKind.DEVICE and _is_declared(one, pair):
        return groups["place"]
    if one.kind in _CONTACTS:
        return groups["place" if _goes_with_a_hall(one, pair) else "contact"]
    return str(one.kind)


def _is_declared(device: Common, pair: _Pair) -> bool:
    """Whether it is the computer of a home that the candidate told of."""
    return pair.setting is _Setting.HOME and pair.shares_home and device.holders <= FLAT


def _goes_with_a_hall(contact: Common, pair: _Pair) -> bool:
    """Whether it is a couple's there, or one that most have: the office at that address."""
    return bool(pair.halls) and (
        contact.holders <= HOME or any(_is_mostly_of(hall, contact) for hall in pair.halls)
    )


def _hub(one: Common, group: str, pair: _Pair) -> Hub | None:
    """As what a tie is damped: for the many who have it, or because it goes with an address."""
    if one.kind in NEVER_DAMPED:
        return None
    if one.holders > MANY and not _is_exempt(one, pair):
        if one.kind is LinkKind.IP:
            return Hub.CAMPUS if one.holders <= _CAMPUS else Hub.CARRIER
        return Hub.CAMPUS if one.kind is LinkKind.ROOM else Hub.AGENCY
    if group in ("home", "place"):
        return Hub.HOUSEHOLD if pair.setting is _Setting.HOME else Hub.CAMPUS
    return None


def _is_exempt(one: Common, pair: _Pair) -> bool:
    """Whether what else two share says that no agency, campus or carrier explains this."""
    if one.kind is LinkKind.IP:
        # A network that hardly anybody uses from elsewhere is that of the crowded house itself.
        houses = (*pair.shipped, *pair.devices)
        return not _capped(one) and any(_is_mostly_of(one, house) for house in houses)
    return pair.firm and not (_capped(one) and one.kind in _CONTACTS)


def _capped(one: Common) -> bool:
    return one.others >= MOST_HOLDERS


def _one_tie_a_place(common: Iterable[Common]) -> list[Common]:
    """Each place once, however it was found: as where equipment goes before as an address.

    One address has two canonical forms, with the postal code and with the town.
    """
    things: list[Common] = []
    places: dict[str, list[Common]] = {}
    for one in common:
        if one.kind in PLACES:
            places.setdefault(street_of(one.canonical), []).append(one)
        else:
            things.append(one)
    for forms in places.values():
        shown = min(forms, key=lambda one: (one.kind is not LinkKind.SHIP_TO, one.canonical))
        most = max(forms, key=lambda one: (one.others, -one.bits, one.canonical))
        things.append(replace(shown, others=most.others, bits=most.bits, who=most.who))
    return things


def _order(one: Common) -> tuple[bool, bool, float, str, str]:
    """A home before what follows from it, then the seldom; names break ties for good."""
    return (
        one.damped_as is not None,
        one.kind not in PLACES,
        -one.bits,
        one.kind,
        one.canonical,
    )
