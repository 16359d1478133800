"""What a candidate has that others could have: each in one canonical form, and masked."""

from collections.abc import Iterator, Sequence

from models.contact_claims import PostalAddress
from models.history import Claims
from models.link import Identifier, LinkKind
from models.surroundings import BankAccount, Inventory, Payroll, Surroundings
from verifiers.linkage import canonical
from verifiers.linkage.canonical import Forms
from verifiers.linkage.places import places
from verifiers.linkage.resume_text import text_bands

_Found = Iterator[tuple[LinkKind, Forms | None]]

_PAGES = {"blog", "homepage", "personal site", "portfolio", "site", "web", "website"}
"""Networks of an account that is a page of one's own."""


def identifiers_of(
    claims: Claims | None,
    surroundings: Surroundings,
    *,
    document_numbers: Sequence[tuple[str, str]] = (),
    files: Sequence[str] = (),
    rooms: Sequence[str] = (),
    email: str | None = None,
) -> tuple[Identifier, ...]:
    """All of them, each once.

    Where equipment goes is an address too, so that one's delivery is found at another's home. The
    company's own offices and networks are nobody's.

    Args:
        claims: What the candidate told; the text of the résumé is among it.
        surroundings: What the company sees.
        document_numbers: Issuing state (ICAO 9303-3 §5) and number, surely read off documents.
        files: SHA-256 of the pictures of documents and of recordings, in hexadecimal.
        rooms: Prints of what lies behind the candidate, from `room.prints_of`.
        email: The address that the company writes to.
    """
    found: dict[tuple[LinkKind, str], str] = {}

    def take(told: _Found) -> None:
        for kind, forms in told:
            if forms is not None:
                found.setdefault((kind, forms[0]), forms[1])

    if email:
        take(iter([(LinkKind.EMAIL, canonical.email(email))]))
    if claims:
        take(_claimed(claims, surroundings))
    take(_surrounding(surroundings))
    take((LinkKind.DOCUMENT_NUMBER, canonical.document_number(*one)) for one in document_numbers)
    take((LinkKind.FILE, _hashed("file", one)) for one in files)
    take((LinkKind.ROOM, _hashed("background", one)) for one in rooms)
    return tuple(
        Identifier(kind=kind, canonical=text, masked=masked)
        for (kind, text), masked in found.items()
    )


def _claimed(claims: Claims, seen: Surroundings) -> _Found:
    homes = (*claims.residences, *claims.addresses)
    countries = (home.country_code for home in homes if home.country_code)
    region = next(countries, seen.work_country)
    offices = _offices(seen)
    for number in claims.all_phones:
        yield LinkKind.PHONE, canonical.phone(number, region)
    for written in claims.all_emails:
        yield LinkKind.EMAIL, canonical.email(written)
    for home in homes:
        for forms in places(home):
            yield LinkKind.ADDRESS, forms
    for to in claims.ship_to:
        yield from _shipped(to, offices)
    for payout in claims.payout:
        if payout.iban:
            yield LinkKind.BANK_ACCOUNT, canonical.iban(payout.iban)
    yield from _pages(claims)
    for reference in claims.references:
        if reference.phone:
            yield LinkKind.REFERENCE_CONTACT, canonical.phone(reference.phone, region)
        if reference.email:
            yield LinkKind.REFERENCE_CONTACT, canonical.email(reference.email)
    for band in text_bands(claims):
        yield LinkKind.RESUME_TEXT, (band, "text of the résumé")


def _pages(claims: Claims) -> _Found:
    if claims.basics.url:
        yield LinkKind.PORTFOLIO, canonical.portfolio(claims.basics.url)
    for account in claims.all_accounts:
        if (account.network or "").casefold() in _PAGES:
            if account.url:
                yield LinkKind.PORTFOLIO, canonical.portfolio(account.url)
        elif account.network and (user := account.username or account.url):
            yield LinkKind.ACCOUNT, canonical.account(account.network, user)


def _surrounding(seen: Surroundings) -> _Found:
    offices, own_networks = _offices(seen), canonical.networks(seen.own_networks)
    for visit in seen.visits:
        if not canonical.is_within(visit.ip, own_networks):
            yield LinkKind.IP, canonical.ip(visit.ip)
        if visit.device:
            yield LinkKind.DEVICE, canonical.browser(visit.device)
    for inventory in seen.inventories:
        if inventory.ip and not canonical.is_within(inventory.ip, own_networks):
            yield LinkKind.IP, canonical.ip(inventory.ip)
        yield from _machine(inventory)
    for dispatch in seen.dispatches:
        changed = (to for change in dispatch.changes for to in (change.to, change.replaced))
        for to in (dispatch.to, *changed):
            if to:
                yield from _shipped(to, offices)
        if dispatch.serial:
            yield LinkKind.DEVICE, canonical.device_serial(dispatch.serial)
    if (payroll := seen.payroll) is not None:
        accounts: tuple[Payroll | BankAccount, ...] = (payroll, *payroll.earlier_accounts)
        for paid in accounts:
            if paid.iban:
                yield LinkKind.BANK_ACCOUNT, canonical.iban(paid.iban)
            if paid.account:
                told = canonical.bank_account(paid.account, paid.country_code)
                yield LinkKind.BANK_ACCOUNT, told


def _machine(inventory: Inventory) -> _Found:
    if inventory.serial:
        yield LinkKind.DEVICE, canonical.device_serial(inventory.serial)
    if inventory.uuid:
        yield LinkKind.DEVICE, canonical.device_uuid(inventory.uuid)
    for address in inventory.mac_addresses:
        yield LinkKind.DEVICE, canonical.mac_address(address)


def _shipped(to: PostalAddress, offices: frozenset[str]) -> _Found:
    found = places(to)
    if offices.isdisjoint(text for text, _ in found):
        for forms in found:
            yield LinkKind.SHIP_TO, forms
            yield LinkKind.ADDRESS, forms


def _offices(seen: Surroundings) -> frozenset[str]:
    return frozenset(text for office in seen.own_places for text, _ in places(office))


def _hashed(what: str, digest: str) -> Forms:
    return digest, f"{what} {digest[:6]}…"
