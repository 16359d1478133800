"""Schemes after the published cases, as groups of applicants who are not who they say they are.

Their lives are honest ones: no rule about a life sees them, and what is measured is what they have
in common. Sizes follow the court papers and advisories where these tell them (870 identities of one
facilitator over some 80 computers; 90 laptops in one house), and are assumed where they do not.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

from models.circumstances import PORTRAIT, FacePair, ListedKind
from models.sanctions import ListedName, ListEntry, SanctionsList
from models.stage import Stage
from models.surroundings import Inventory
from samples.campaigns import things, writing
from samples.campaigns.applicant import Applicant, an_applicant
from samples.campaigns.benign import Make, a_stage
from samples.campaigns.case import CampaignCase, case_of
from samples.campaigns.surrounded import a_kvm, remote_tools
from samples.campaigns.things import Home
from samples.careers import world
from samples.careers.names import a_name

SIZES = {
    "facilitator": 870, "laptop farm": 90, "stand-in": 15,
    "forged passport": 30, "payout accounts": 40, "front company": 25,
}  # fmt: skip
"""Cases of each scheme."""

FRONT_COMPANY = ("Halmyong Trading Corporation", "halmyong-trading.com")
"""Invented, after the kind of firm that lists name."""

_AMERICAN = tuple(city for city in world.CITIES if city.country == "US")
_Change = Callable[[Applicant], None]


def the_list() -> SanctionsList:
    """A list by hand, with the front company on it."""
    name, domain = FRONT_COMPANY
    return SanctionsList(
        name="made by hand",
        entries=(
            ListEntry(
                list_name="made by hand",
                id="hand-1",
                kind=ListedKind.ENTITY,
                names=(ListedName(text=name),),
                domains=(domain,),
            ),
        ),
    )


def facilitator(random: Random, size: int) -> list[Make]:
    """Identities over houses and computers, telephones passed on, some accounts, texts reworded."""
    houses = [_a_house(random) for _ in range(max(1, round(size * 80 / 870)))]
    computers = [things.an_id(random) for _ in houses]
    phones = [things.a_phone(random, "US") for _ in range(max(2, size // 6))]
    accounts = [things.an_account(random) for _ in range(max(1, size // 15))]
    masters = [_a_text(random) for _ in range(max(1, size // 35))]
    personas = [
        (f"reference{random.randrange(10**6)}@{world.WEBMAIL[n % 6]}", things.a_phone(random, "US"))
        for n in range(max(1, size // 70))
    ]

    def change(one: Applicant) -> None:
        own = one.random
        place = own.randrange(len(houses))
        one.home = houses[place] if own.random() < 0.6 else _a_house(own)
        one.ship_to = houses[place]
        one.device = computers[place]
        if own.random() < 0.5:
            one.phone = own.choice(phones)
        if own.random() < 0.6:
            one.account = own.choice(accounts)
        if own.random() < 0.4:
            one.references = (own.choice(personas),)
        if own.random() < 0.7:
            text = own.choice(masters)
            one.paragraphs = [writing.reworded(own, each, 0.06) for each in text]
        if own.random() < 0.5:
            one.all_visits_from = (houses[place].ip, houses[place].city)

    return _scheme(random, "facilitator", size, change)


def laptop_farm(random: Random, size: int) -> list[Make]:
    """Laptops sent to one house, where they wake up with programs to be worked from afar."""
    house = _a_house(random)

    def change(one: Applicant) -> None:
        own = one.random
        one.home, one.ship_to = _a_house(own), house
        one.laptop = Inventory(
            source="osquery",
            reported_at=datetime(2026, 1, 1, tzinfo=UTC),
            software=remote_tools() if own.random() < 0.8 else None,
            usb=a_kvm() if own.random() < 0.25 else (),
            virtual=False,
        )
        if own.random() < 0.5:
            one.all_visits_from = (house.ip, house.city)

    return _scheme(random, "laptop farm", size, change, Stage.ONBOARDING)


def stand_in(random: Random, size: int) -> list[Make]:
    """One person sits the interview, another comes on the first day. Nothing else is shared."""

    def change(one: Applicant) -> None:
        one.faces = (
            FacePair(one=PORTRAIT, other="the interview", same=True),
            FacePair(one="the interview", other="the first day", same=False),
            FacePair(one=PORTRAIT, other="the first day", same=False),
        )

    return _scheme(random, "stand-in", size, change, Stage.ONBOARDING)


def forged_passport(random: Random, size: int) -> list[Make]:
    """Passports that carry a real person's data under another face; the real one applies too.

    Every second bears another name with the real number, the rest the real name too. The real ones
    are benign, and of the kind "real holder".
    """
    cases: list[Make] = []
    for place in range(size):
        seed, number = random.getrandbits(60), things.a_document_number(random)
        group = f"passport-{seed:015x}"
        cases += [
            _holder(seed, number, group, "real holder", None, renamed=False),
            _holder(
                seed, number, group, "forged passport", "forged passport", renamed=place % 2 == 0
            ),
        ]
    return cases


def _holder(
    seed: int, document: str, group: str, kind: str, campaign: str | None, *, renamed: bool
) -> Make:
    def make(number: int) -> CampaignCase:
        # Number and name are the real person's; life, contacts and devices are each one's own.
        one = an_applicant(Random(f"{seed} {kind}"), number, Stage.OFFER)
        one.document = ("USA", document)
        if not renamed:
            one.name = a_name(Random(seed)).full
        return case_of(one, kind, campaign=campaign, group=group)

    return make


def payout_accounts(random: Random, size: int) -> list[Make]:
    """Pay of many to few accounts in others' names; half of a team also works over one line."""
    teams = [
        (things.an_account(random), a_name(random).full, things.an_ip_of_its_own(random))
        for _ in range(max(1, size // 7))
    ]

    def change(one: Applicant) -> None:
        own = one.random
        one.account, one.holder, line = own.choice(teams)
        one.holder_matches = False if own.random() < 0.5 else None
        if own.random() < 0.5:
            one.all_visits_from = (line, one.city)

    return _scheme(random, "payout accounts", size, change, Stage.ONBOARDING)


def front_company(random: Random, size: int) -> list[Make]:
    """A listed firm as the present employer, with its site or, one in four, without.

    As many benign ones have worked for another firm of that name, with a site of its own.
    """
    name, domain = FRONT_COMPANY

    def listed(one: Applicant) -> None:
        one.employer = (name, domain if one.random.random() < 0.75 else None)

    def namesake(one: Applicant) -> None:
        one.employer = (name, f"halmyong-{one.random.choice(('foods', 'art', 'music'))}.com")

    benign = _scheme(random, "namesake employer", size, namesake, benign=True)
    return [*_scheme(random, "front company", size, listed), *benign]


SCHEMES: dict[str, Callable[[Random, int], list[Make]]] = {
    "facilitator": facilitator,
    "laptop farm": laptop_farm,
    "stand-in": stand_in,
    "forged passport": forged_passport,
    "payout accounts": payout_accounts,
    "front company": front_company,
}
"""By name; each makes the cases of one scheme, and benign ones beside them where it needs some."""


def _scheme(
    random: Random,
    kind: str,
    size: int,
    change: _Change,
    stage: Stage | None = None,
    *,
    benign: bool = False,
) -> list[Make]:
    def maker(seed: int) -> Make:
        def make(number: int) -> CampaignCase:
            own = Random(seed)
            one = an_applicant(own, number, stage or a_stage(own))
            change(one)
            if benign:
                return case_of(one, kind)
            return case_of(one, kind, campaign=kind, group=kind)

        return make

    return [maker(random.getrandbits(60)) for _ in range(size)]


def _a_house(random: Random) -> Home:
    return things.a_home(random, random.choice(_AMERICAN))


def _a_text(random: Random) -> list[str]:
    return [writing.a_paragraph(random) for _ in range(4)]
