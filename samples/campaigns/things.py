"""What an applicant has that others could have: telephones, networks, homes, accounts, devices.

Drawn from pools as large as those of real life, so that strangers meet as seldom. Telephones have a
country's length and a prefix of no operator where we know one; none is ever dialled, no address of
a network asked.
"""

from dataclasses import dataclass
from hashlib import sha256
from random import Random

from models.contact_claims import PostalAddress
from samples.careers.world import City

_PREFIX = {
    "US": ("+1 390", 7), "GB": ("+44 7390", 6), "DE": ("+49 1999", 7), "FR": ("+33 799", 6),
    "ES": ("+34 799", 6), "PL": ("+48 429", 6), "UA": ("+380 19", 7), "IN": ("+91 590", 7),
    "KR": ("+82 19", 8), "TW": ("+886 999", 6), "NG": ("+234 999", 7), "MX": ("+52 399", 7),
    "BR": ("+55 419", 8), "JO": ("+962 799", 6), "AU": ("+61 399", 6),
}  # fmt: skip
_STREETS = (
    "Mill", "Station", "Oak", "River", "Church", "Harbour", "Linden", "Maple", "Garden", "Market",
    "Bridge", "Castle", "Orchard", "Meadow", "Quarry", "Forest", "Chapel", "Lake", "Summit",
    "Willow", "Cedar", "Canal", "School", "Abbey", "Birch", "Falcon", "Granary", "Heron", "Juniper",
)  # fmt: skip
_WAYS = ("Lane", "Road", "Street", "Walk", "Avenue", "Way", "Close")
_NETWORKS = tuple(first for first in range(24, 100))
"""First bytes of public IPv4 addresses."""
_HOMES = 2**22
"""Addresses that providers hand to homes here, one after the other: now and then a stranger had
the same."""
_CARRIER_ADDRESSES = 40
"""Public addresses of one country's mobile carriers, each for very many subscribers (RFC 6598)."""
_VPN_EXITS = 400


@dataclass(frozen=True)
class Home:
    """Where somebody lives."""

    address: PostalAddress
    city: City
    ip: str


def a_phone(random: Random, country: str) -> str:
    """A mobile number, in international form."""
    prefix, digits = _PREFIX[country]
    return prefix + " " + "".join(str(random.randrange(10)) for _ in range(digits))


def a_home(random: Random, city: City) -> Home:
    """A house or flat with a line of its own."""
    flat = f", Flat {random.randrange(1, 60)}" if random.random() < 0.4 else ""
    street = f"{random.randrange(1, 400)} {random.choice(_STREETS)} {random.choice(_WAYS)}{flat}"
    return Home(an_address(street, city, random), city, a_home_ip(random))


def an_address(street: str, city: City, random: Random) -> PostalAddress:
    """A street in one of the city's sixty postal districts."""
    return PostalAddress(
        address=street,
        postal_code=f"{abs(round(city.latitude * 100)) % 1000:03d}{random.randrange(60):02d}",
        city=city.name,
        region=city.region,
        country_code=city.country,
    )


def a_home_ip(random: Random) -> str:
    """Of a provider's pool: handed out again when somebody leaves."""
    return _ip(random.randrange(_HOMES) + 7)


def a_carrier_ip(random: Random, country: str) -> str:
    """Of a mobile carrier of this country."""
    return _ip(
        _HOMES * 2 + sorted(_PREFIX).index(country) * 4096 + random.randrange(_CARRIER_ADDRESSES)
    )


def a_vpn_exit(random: Random) -> str:
    """Of a service that many use to stay private."""
    return _ip(_HOMES * 3 + random.randrange(_VPN_EXITS))


def an_ip_of_its_own(random: Random) -> str:
    """Of an institution, a company or a rented line: nobody else ever has it."""
    return _ip(_HOMES * 4 + random.randrange(2**29))


def _ip(number: int) -> str:
    first, rest = divmod(number, 2**24)
    return f"{_NETWORKS[first % len(_NETWORKS)]}.{rest >> 16}.{rest >> 8 & 255}.{rest & 255}"


def an_id(random: Random) -> str:
    """By which a browser or a machine is known again."""
    return f"{random.getrandbits(64):016x}"


def an_account(random: Random) -> str:
    """Bank and account number, as payroll holds them where there is no IBAN."""
    return f"{random.randrange(10**8):08d} {random.randrange(10**9):09d}"


def a_document_number(random: Random) -> str:
    """A passport's or a licence's."""
    return random.choice("CEKLPX") + f"{random.randrange(10**8):08d}"


def a_file(random: Random) -> str:
    """The digest of a picture or a recording."""
    return sha256(random.randbytes(16)).hexdigest()
