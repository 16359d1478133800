"""One canonical form for all ways of writing a thing, and what a reader may see of it.

Each function answers with the canonical form and the masked one, or `None` where what is written
names nothing: a placeholder, a private network, a number that no telephone has.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from urllib.parse import urlsplit

import phonenumbers
from stdnum import iban as iban_numbers

from verifiers.domains import SHARED_SITES, is_freemail, registrable_domain
from verifiers.public_address import as_called, is_public

Forms = tuple[str, str]
"""Canonical, masked."""

HIDDEN = "•••"
"""Stands for what is left out, however long it is."""


def phone(written: str, region: str | None) -> Forms | None:
    """E.164 without an extension; `region` (ISO 3166-1) is where a short number is dialled."""
    try:
        parsed = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    told = str(parsed.national_number)
    # Not whether a number is in use: carriers open new ranges before the library knows of them.
    if not phonenumbers.is_possible_number(parsed) or _is_placeholder(told):
        return None
    if parsed.country_code == 1 and told.startswith("555"):  # No area has this code (NANPA).
        return None
    parsed.extension = None
    number = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return number, f"+{parsed.country_code} {HIDDEN} {number[-2:]}"


def email(written: str) -> Forms | None:
    """Lower case, without a sub-address (RFC 5233); Gmail's dots are spelling."""
    local, at, domain = written.strip().lower().rpartition("@")
    local, domain = local.partition("+")[0], domain.rstrip(".")
    if domain == "googlemail.com":
        domain = "gmail.com"
    if domain == "gmail.com":
        local = local.replace(".", "")
    if not (at and local and "." in domain) or _is_no_mailbox(local, domain):
        return None
    shown = domain if is_freemail(domain) else _domain_masked(domain)
    return f"{local}@{domain}", f"{_head(local, 1)}@{shown}"


_NO_MAILBOX = {
    "a", "aa", "abc", "asdf", "email", "example", "foo", "mail", "n.a", "na", "name", "no",
    "no-email", "nobody", "noemail", "nomail", "none", "noreply", "no-reply", "null", "test",
    "unknown", "user", "x", "xx", "xxx",
}  # fmt: skip
"""What people write where an address is asked for and they have or tell none."""


def _is_no_mailbox(local: str, domain: str) -> bool:
    """A placeholder before the "@", and one or everybody's domain behind it."""
    site = domain.partition(".")[0]
    return local in _NO_MAILBOX and (site in _NO_MAILBOX or is_freemail(domain))


def iban(written: str) -> Forms | None:
    """Without spaces, in capitals, with the right check digits (ISO 13616)."""
    compact = re.sub(r"[\s.-]", "", written).upper()
    # All zeros can have right check digits, too.
    if not iban_numbers.is_valid(compact) or len(set(compact[4:])) < _FEWEST_DIFFERENT:
        return None
    return compact, f"{compact[:2]} {HIDDEN} {compact[-4:]}"


def bank_account(written: str, country: str | None) -> Forms | None:
    """Bank and account number as one text, letters and digits only, and the country."""
    plain = "".join(c for c in written.upper() if c.isalnum())
    if sum(c.isdigit() for c in plain) < _FEWEST_DIGITS or _is_placeholder(written):
        return None
    return f"{country or ''}:{plain}", f"{country or ''} {HIDDEN} {_tail(plain, 4)}".strip()


_FEWEST_DIGITS = 5
"""Of an account, a document or a device; what is shorter is a remark or a running number."""


_FEWEST_DIFFERENT = 3
"""Letters and digits: with fewer it is a key held down."""
_FEWEST_SIGNS = 6
_NO_NUMBER = re.compile(
    r"\bn\.?/?a\b|\b(?:none|null|unknown|pending|tbd|tba|test|example|sample|see|later)\b|x{4}",
    re.IGNORECASE,
)
_RUNNING = "012345678901234567890"


def _is_placeholder(written: str) -> bool:
    """Too short, one or two signs again and again, digits in a row, or words for "none"."""
    plain = "".join(c for c in written.upper() if c.isalnum())
    return (
        len(plain) < _FEWEST_SIGNS
        or len(set(plain)) < _FEWEST_DIFFERENT
        or plain in _RUNNING
        or plain in _RUNNING[::-1]
        or bool(_NO_NUMBER.search(written))
    )


def document_number(state: str, number: str) -> Forms | None:
    """Issuing state and number, without fillers and spaces (ICAO 9303-3 §5)."""
    plain = "".join(c for c in number.upper() if c.isalnum())
    if _is_placeholder(number):
        return None
    code = state.strip("< ").upper()
    return f"{code}:{plain}", f"{code} {HIDDEN} {_tail(plain, 2)}".strip()


_NO_SERIAL = re.compile(
    r"to be filled|o\.?e\.?m\.?|system|serial|default|not (?:specified|available|applicable)"
    r"|none|null|unknown|invalid|chassis|asset|example|x{4}|123456|n/?a\b",
    re.IGNORECASE,
)
"""What makers of mainboards and virtual machines leave where a number belongs."""
_NO_UUID = {"03000200-0400-0500-0006-000700080009", "12345678-1234-5678-90ab-cddeefaabbcc"}


def device_serial(written: str) -> Forms | None:
    """The maker's serial number, unless it is a placeholder."""
    plain = "".join(c for c in written.upper() if c.isalnum())
    if _NO_SERIAL.search(written) or len(plain) < _FEWEST_DIGITS or len(set(plain)) < 3:
        return None
    return f"serial:{plain}", f"serial number {HIDDEN}{_tail(plain, 3)}"


def device_uuid(written: str) -> Forms | None:
    """The firmware's UUID (SMBIOS §7.2.1), unless it is a placeholder."""
    plain = written.strip("{} ").lower()
    digits = plain.replace("-", "")
    if not re.fullmatch(r"[0-9a-f]{32}", digits) or len(set(digits)) < 4 or plain in _NO_UUID:
        return None
    return f"uuid:{digits}", f"device id {HIDDEN}{digits[-3:]}"


_NOT_A_MACHINE = {
    "000569", "000C29", "001C14", "005056",  # VMware.
    "080027", "0A0027",  # VirtualBox.
    "00155D",  # Hyper-V.
    "00163E",  # Xen.
    "001C42",  # Parallels.
    "00E04C", "000EC6", "0050B6", "00249B", "A0CEC8", "00133B",  # Docks and USB adapters.
}  # fmt: skip
"""Makers' parts of addresses (IEEE OUI) that go with software or with a desk, not a machine."""


def mac_address(written: str) -> Forms | None:
    """A network card's own address (IEEE 802): not made up, not virtual, not a dock's."""
    digits = re.sub(r"[^0-9A-Fa-f]", "", written).upper()
    if len(digits) != 12 or len(set(digits)) < 3 or digits[:6] in _NOT_A_MACHINE:
        return None
    # The two lowest bits of the first byte: for a group, locally administered.
    if int(digits[:2], 16) & 0b11:
        return None
    return f"mac:{digits}", f"network card {HIDDEN}{digits[-3:]}"


def browser(written: str) -> Forms | None:
    """The id by which the company knows a browser again."""
    plain = written.strip()
    return (f"browser:{plain}", f"browser {HIDDEN}{_tail(plain, 3)}") if len(plain) >= 8 else None


def ip(written: str) -> Forms | None:
    """A public address; of IPv6 the network of 64 bits, as one home has one (RFC 6177).

    An IPv4 address within an IPv6 one is that IPv4 address: its 64 bits are everybody's.
    """
    address = as_called(written)
    if not is_public(written):
        return None
    if isinstance(address, IPv6Address):
        network = IPv6Network((address, 64), strict=False)
        return str(network), f"{network.exploded[:9]}:{HIDDEN}"
    return str(address), ".".join(str(address).split(".")[:2]) + f".{HIDDEN}"


def networks(written: Iterable[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks in CIDR, and single addresses; what is neither is left out."""
    found = []
    for one in written:
        with suppress(ValueError):
            found.append(_as_called(ip_network(one.strip(), strict=False)))
    return tuple(found)


def _as_called(network: IPv4Network | IPv6Network) -> IPv4Network | IPv6Network:
    """The network of IPv4 addresses, where it is one written as IPv6."""
    first = as_called(str(network.network_address))
    if isinstance(network, IPv6Network) and isinstance(first, IPv4Address):
        # Both ways of writing it put 96 bits before an IPv4 address.
        return IPv4Network((first, network.prefixlen - 96)) if network.prefixlen >= 96 else network
    return network


def is_within(address: str, among: Iterable[IPv4Network | IPv6Network]) -> bool:
    """Whether an address is of one of these networks."""
    read = as_called(address)
    return any(read in network for network in among)


def portfolio(written: str) -> Forms | None:
    """A page of one's own: host and path, without scheme, "www." and what follows a "?"."""
    text = written.strip()
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    # The front page of a site where anybody has one is nobody's.
    if "." not in host.strip(".") or (not path and registrable_domain(host) in SHARED_SITES):
        return None
    return host + path, _domain_masked(host) + (f"/{HIDDEN}" if path else "")


def account(network: str, username: str) -> Forms | None:
    """A profile at a network: its name and the user's."""
    site = "".join(network.lower().split())
    user = username.strip().lstrip("@").rstrip("/").rpartition("/")[2].casefold()
    return (f"{site}:{user}", f"{site}: {_head(user, 2)}") if site and user else None


def _domain_masked(domain: str) -> str:
    name, _, ending = domain.partition(".")
    return f"{_head(name, 2)}.{ending}"


def _head(text: str, most: int) -> str:
    return text[: min(most, len(text) // 3)] + HIDDEN


def _tail(text: str, most: int) -> str:
    return text[-min(most, len(text) // 3) :]
