"""An applicant: a generated life with the things that its person has, and as they tell it.

The life (`samples.careers`) gives claims, visits, pay and what sources answer; its contacts come
out of pools that are too small for many applicants, so each gets others here. What the life says
that others share is dropped: here others are there, and are to be found.
"""

from dataclasses import dataclass, field
from random import Random

from models.circumstances import Circumstances, FacePair
from models.contact_claims import Address, PostalAddress, ShipTo
from models.history import Claims, Work
from models.outside import Outside
from models.stage import Stage
from models.surroundings import (
    Inventory,
)
from samples.campaigns import things, writing
from samples.campaigns.things import Home
from samples.careers import world
from samples.careers.population import Evidence, SampleLife, honest


@dataclass
class Applicant:
    """Somebody who applies, with what they have; changed by their kind before it is told."""

    random: Random
    number: int
    """In the stream: part of what must be nobody else's."""
    life: SampleLife
    born_in: world.City
    """Where the life was drawn; `home` may have become another."""
    stage: Stage
    home: Home
    phone: str
    email: str
    device: str
    account: str
    document: tuple[str, str]
    name: str
    paragraphs: list[str]
    former_names: tuple[str, ...] = ()
    files: list[str] = field(default_factory=list)
    references: tuple[tuple[str | None, str | None], ...] = ()
    """E-mail address and telephone of each; those of the life where there are none."""
    ship_to: Home | None = None
    """Where equipment goes; where the life says, unless this is set."""
    shares_home: bool | None = None
    all_visits_from: tuple[str, world.City] | None = None
    """A network that every visit comes from, and where it is."""
    laptop: Inventory | None = None
    holder: str | None = None
    """Of the account, where it is somebody else."""
    holder_matches: bool | None = None
    employer: tuple[str, str | None] | None = None
    """A name and the domain of a web site told in place of the latest employer's."""
    faces: tuple[FacePair, ...] = ()

    @property
    def city(self) -> world.City:
        """Where they live."""
        return self.home.city

    def claims(self, seen: Evidence) -> Claims:
        """What they tell, with their own contacts."""
        told = seen.claims
        basics = told.basics.model_copy(
            update={"name": self.name, "email": self.email, "phone": self.phone,
                    "location": self.home.address}
        )  # fmt: skip
        identity = told.identity.model_copy(
            update={"full_name": self.name, "former_names": self.former_names}
        )
        return told.model_copy(
            update={
                "basics": basics,
                "identity": identity,
                "work": tuple(self._work(told)),
                "addresses": tuple(self._elsewhere(one, told) for one in told.addresses),
                "references": tuple(
                    one.model_copy(update=self._contact(place))
                    for place, one in enumerate(told.references)
                ),
                "accounts": tuple(
                    one.model_copy(update={"url": (one.url or "").replace("//", f"//{self._own}")})
                    if one.network == "portfolio"
                    else one
                    for one in told.accounts
                ),
                "ship_to": tuple(self.goes_to(one, told) for one in told.ship_to),
                "payout": tuple(
                    one.model_copy(update={"holder": self.holder or self.name})
                    for one in told.payout
                ),
            }
        )

    @property
    def _own(self) -> str:
        return f"p{self.number}-"

    def _work(self, told: Claims) -> list[Work]:
        # What is told twice, on a form and on a résumé, is described once.
        work: list[Work] = []
        for place, one in enumerate(told.work):
            text = self.paragraphs[place] if place < len(self.paragraphs) else None
            update: dict[str, object] = {"summary": text}
            if self.employer and place == len(told.work) - 1:
                name, domain = self.employer
                update |= {"name": name, "url": f"https://{domain}/" if domain else None}
            work.append(one.model_copy(update=update))
        return work

    def _contact(self, place: int) -> dict[str, str | None]:
        if place < len(self.references):
            email, telephone = self.references[place]
            return {"email": email, "phone": telephone}
        random = self.random
        number = things.a_phone(random, self.city.country) if random.random() < 0.5 else None
        return {"phone": number}

    def _elsewhere(self, address: Address, told: Claims) -> Address:
        """A former home of their own, or the present one."""
        home = self.home.address if _same(address, told.basics.location) else self._other(address)
        return address.model_copy(update=parts(home))

    def goes_to(self, to: ShipTo, told: Claims) -> ShipTo:
        """Where equipment is asked to be sent."""
        if self.ship_to:
            there = self.ship_to.address
        elif _same(to, told.basics.location):
            there = self.home.address
        else:
            there = self._other(to)
        return to.model_copy(update=parts(there))

    def _other(self, address: PostalAddress) -> PostalAddress:
        """One that nobody else here has, in the same town."""
        here = Random(f"{self.number} {address.address} {address.city}")
        street = f"{here.randrange(1, 400)} Former Street"
        if "Box" in (address.address or ""):
            street = f"PO Box {here.randrange(1, 10**5)}"
        code = f"{here.randrange(10**5):05d}"
        return address.model_copy(update={"address": street, "postal_code": code})

    def outside(self, outside: Outside, told: Claims) -> Outside:
        """What sources say of it."""
        lines = tuple(
            one.model_copy(update={"question": self.phone})
            if one.question == told.basics.phone
            else one
            for one in outside.line_types
        )
        return outside.model_copy(update={"line_types": lines})

    def known(self, seen: Evidence) -> Circumstances:
        """What documents, references and the operator's lists add."""
        known, told = seen.seen, seen.claims.basics.location
        shown = known.id_address
        if shown:
            shown = self.home.address if _same(shown, told) else self._other(shown)
        names = tuple(
            (self.name if where in ("bank account", "identity document") else name, where)
            for name, where in known.names_seen
        )
        if self.holder and self.stage is Stage.ONBOARDING:
            names = (*names, (self.holder, "bank account"))
        return Circumstances(
            id_address=shown,
            reference_answers=known.reference_answers,
            documents=known.documents,
            names_seen=names if self.name == self.life.claims.full_name else (),
            official_domains=known.official_domains,
            diploma_mills=known.diploma_mills,
        )


def an_applicant(
    random: Random, number: int, stage: Stage, life: SampleLife | None = None
) -> Applicant:
    """Somebody with a life of their own, and nothing in common with anybody but by chance."""
    life = life or next(honest(1, random.getrandbits(60)))
    location = life.claims.basics.location
    city = next(one for one in world.CITIES if location and one.name == location.city)
    local, _, domain = (life.claims.basics.email or "").partition("@")
    return Applicant(
        random=random,
        number=number,
        life=life,
        born_in=city,
        stage=stage,
        home=things.a_home(random, city),
        phone=things.a_phone(random, city.country),
        email=f"{local}{number}@{domain}",
        device=things.an_id(random),
        account=things.an_account(random),
        document=(city.country, things.a_document_number(random)),
        name=life.claims.full_name or "",
        former_names=life.claims.identity.former_names,
        paragraphs=[writing.a_paragraph(random) for _ in life.claims.work[:4]],
        files=[things.a_file(random)],
    )


def parts(address: PostalAddress) -> dict[str, str | None]:
    """The fields of an address, by name."""
    return {
        "address": address.address,
        "postal_code": address.postal_code,
        "city": address.city,
        "region": address.region,
        "country_code": address.country_code,
    }


def _same(one: PostalAddress, other: PostalAddress | None) -> bool:
    return other is not None and (one.address, one.city) == (other.address, other.city)
