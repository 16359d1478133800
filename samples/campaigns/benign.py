"""Benign applicants, and what they share with others in all honesty.

`KINDS` is the table of what is assumed: how many applicants are of each kind, and why so many. Each
kind makes a group of applicants who have something in common, as they do in life.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from models.stage import Stage
from samples.campaigns import things, writing
from samples.campaigns.applicant import Applicant, an_applicant
from samples.campaigns.case import CampaignCase, case_of
from samples.careers import world
from samples.careers.names import a_name
from samples.careers.population import honest, of_kind

Make = Callable[[int], CampaignCase]
"""Makes a case when its turn comes; its argument is its number in the stream."""

STAGES = {Stage.APPLICATION: 60, Stage.INTERVIEW: 10, Stage.OFFER: 10, Stage.ONBOARDING: 20}
"""Per cent of applicants by how far they come; assumed. Each is looked at where they stop: by then
the most is known of them."""


@dataclass(frozen=True)
class Kind:
    """One kind of benign applicant."""

    share: float
    """Per cent of applicants; assumed."""
    sizes: tuple[int, int]
    """The smallest and the largest group."""
    why: str
    """Why so many, and what they share."""
    grow: Callable[[Random, int], list[Make]]
    """Of a source of chance and a size, the applicants of one group."""


def a_stage(random: Random) -> Stage:
    """How far somebody comes."""
    return random.choices(tuple(STAGES), tuple(STAGES.values()))[0]


def alone(random: Random, _: int) -> list[Make]:
    """Shares nothing, but by chance: a carrier's or a service's address, a recycled line."""
    return [_member(random, "alone", None, _nothing)]


def thin_file(random: Random, _: int) -> list[Make]:
    """Hardly a trace; nothing shared."""
    seed = random.getrandbits(60)

    def make(number: int) -> CampaignCase:
        own = Random(seed)
        life = next(of_kind("thin files", 1, seed))
        return case_of(an_applicant(own, number, a_stage(own), life), "thin file")

    return [make]


def household(random: Random, size: int) -> list[Make]:
    """Couples, families, flatmates: one home and network; a landline, a computer, an account."""
    city = random.choice(world.CITIES)
    home = things.a_home(random, city)
    landline = things.a_phone(random, city.country) if random.random() < 0.35 else None
    computer = things.an_id(random) if random.random() < 0.25 else None
    account = things.an_account(random) if random.random() < 0.3 else None
    told = random.random() < 0.5 or None

    def change(one: Applicant) -> None:
        one.home, one.shares_home = home, told
        one.phone = landline or one.phone
        one.device = computer or one.device
        one.account = account or one.account

    return _members(random, "household", size, change)


def agency(random: Random, size: int) -> list[Make]:
    """An agency's candidates: its telephone, addresses at its domain, its consultant, template."""
    city = random.choice(world.CITIES)
    phone = things.a_phone(random, city.country)
    domain = f"{world.slug(world.company_name(random))}-{random.randrange(10**4)}-talent.com"
    consultants = [
        (f"consultant{n}@{domain}", things.a_phone(random, city.country)) for n in range(3)
    ]
    office, desk = things.an_ip_of_its_own(random), things.an_id(random)
    uses_template = random.random() < 0.6

    def change(one: Applicant) -> None:
        own = one.random
        one.home = things.a_home(own, city)
        if own.random() < 0.5:
            one.phone = phone
        if own.random() < 0.6:
            one.email = f"{one.email.partition('@')[0]}@{domain}"
        if own.random() < 0.4:
            one.references = (own.choice(consultants),)
        if uses_template:
            one.paragraphs = [writing.from_a_template(own) for _ in one.paragraphs]
        if own.random() < 0.2:
            one.all_visits_from = (office, city)
            one.device = desk if own.random() < 0.3 else one.device

    return _members(random, "agency", size, change)


def campus(random: Random, size: int) -> list[Make]:
    """Students of one hall: its network, its address with or without a room, its computers."""
    city = random.choice(world.CITIES)
    network = things.an_ip_of_its_own(random)
    library = [things.an_id(random) for _ in range(6)]
    street = f"{random.randrange(1, 99)} Hall of Residence Road"
    code = random.getrandbits(40)

    def change(one: Applicant) -> None:
        own = one.random
        room = f", Room {own.randrange(1, 400)}" if own.random() < 0.7 else ""
        address = things.an_address(street + room, city, Random(code))
        one.home = things.Home(address, city, network)
        if own.random() < 0.08:
            one.device = own.choice(library)

    return _members(random, "campus", size, change)


def office(random: Random, size: int) -> list[Make]:
    """Colleagues who all leave one employer: its network at lunch, one manager as reference."""
    city = random.choice(world.CITIES)
    network = things.an_ip_of_its_own(random)
    manager = (f"manager{random.randrange(10**6)}@{world.slug(world.company_name(random))}.com",
               None)  # fmt: skip

    def change(one: Applicant) -> None:
        one.home = things.a_home(one.random, city)
        if one.random.random() < 0.6:
            one.all_visits_from = (network, city)
        if one.random.random() < 0.5:
            one.references = (manager,)

    return _members(random, "office", size, change)


def movers(random: Random, _: int) -> list[Make]:
    """Two who lived in one flat one after the other, now and then with the same line."""
    home = things.a_home(random, random.choice(world.CITIES))
    same_line = random.random() < 0.3

    def change(one: Applicant) -> None:
        line = home.ip if same_line else things.a_home_ip(one.random)
        one.home = replace(home, ip=line)

    return _members(random, "mover", 2, change)


def number_handed_on(random: Random, _: int) -> list[Make]:
    """Two who had one telephone number one after the other, as carriers hand them out again."""
    city = random.choice(world.CITIES)
    phone = things.a_phone(random, city.country)

    def change(one: Applicant) -> None:
        one.phone = phone

    return _members(random, "number handed on", 2, change)


def name_changer(random: Random, _: int) -> list[Make]:
    """Applies, marries, and applies again under the new name, told or not as a former one."""
    told = random.random() < 0.75

    def again(one: Applicant) -> None:
        before = one.name
        other = a_name(one.random, one.life.origin)
        one.name = f"{before.split()[0]} {other.family}"
        one.former_names = (before,) if told else ()
        if one.random.random() < 0.8:
            one.document = (one.document[0], things.a_document_number(one.random))
        one.email = f"{one.email.partition('@')[0]}.new@{one.email.partition('@')[2]}"

    return _twice(random, "name changer", again)


def applies_twice(random: Random, _: int) -> list[Make]:
    """The same person for a second vacancy: the same name and contacts, or some new ones."""

    def again(one: Applicant) -> None:
        if one.random.random() < 0.15:
            one.home = things.a_home(one.random, one.city)
        if one.random.random() < 0.4:
            one.device = things.an_id(one.random)

    return _twice(random, "applies twice", again)


KINDS = {
    "alone": Kind(67.0, (1, 1), "Most apply alone; carriers and services for privacy give very "
                  "many of them one address.", alone),
    "thin file": Kind(4.0, (1, 1), "As common as in the generated lives: the young, the newly "
                      "arrived, the private.", thin_file),
    "household": Kind(4.0, (2, 4), "Couples, families and flatmates who apply to one large "
                      "employer; far more than would by chance, as work is passed on at home.",
                      household),
    "agency": Kind(8.0, (6, 60), "One applicant in ten or so comes through an agency; its "
                   "telephone, domain, consultant and template come along.", agency),
    "campus": Kind(6.0, (10, 120), "Graduates of one year apply together; a hall has one network "
                   "and often one address.", campus),
    "office": Kind(3.0, (3, 25), "Where a firm shuts, its people apply from its network, with one "
                   "manager for a reference.", office),
    "mover": Kind(3.0, (2, 2), "Large employers' applicants live in the same few towns, and flats "
                  "change hands.", movers),
    "number handed on": Kind(1.0, (2, 2), "Carriers hand a number out again after some months.",
                             number_handed_on),
    "name changer": Kind(1.0, (2, 2), "People marry, divorce and transition between two "
                         "applications.", name_changer),
    "applies twice": Kind(3.0, (2, 2), "Many apply for a second vacancy; most systems take that "
                          "for another person.", applies_twice),
}  # fmt: skip
"""By kind: what is assumed. It was set before anything was replayed."""


def _nothing(_: Applicant) -> None:
    """Stays as they are."""


def _members(
    random: Random, kind: str, size: int, change: Callable[[Applicant], None]
) -> list[Make]:
    group = f"{kind}-{random.getrandbits(48):012x}"
    return [_member(random, kind, group, change) for _ in range(size)]


def _member(
    random: Random, kind: str, group: str | None, change: Callable[[Applicant], None]
) -> Make:
    seed = random.getrandbits(60)

    def make(number: int) -> CampaignCase:
        own = Random(seed)
        one = an_applicant(own, number, a_stage(own))
        change(one)
        return case_of(one, kind, group=group)

    return make


def _twice(random: Random, kind: str, again: Callable[[Applicant], None]) -> list[Make]:
    """One life, two applications."""
    seed = random.getrandbits(60)
    human = f"{kind}-{seed:015x}"

    def application(change: Callable[[Applicant], None]) -> Make:
        def make(number: int) -> CampaignCase:
            own = Random(seed)
            one = an_applicant(own, number, a_stage(own), next(honest(1, seed)))
            one.email = one.email.replace(str(number), f"{seed % 10**6}")
            change(one)
            return case_of(one, kind, human=human, group=human)

        return make

    return [application(_nothing), application(again)]
