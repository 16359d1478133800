"""Which service hides where somebody is, by what databases and lists say of an address.

That something hides an address is ordinary, and at most a reason to show the place in another way.
That nothing does is no merit: a laptop in a stranger's home has an address like any other.
"""

from collections.abc import Iterable

from verifiers.environment.address_lists import ListKind
from verifiers.environment.databases import Record

TOR, RESIDENTIAL_PROXY, VPN, PROXY, HOSTING, SOME = (
    "Tor",
    "residential proxy",
    "VPN",
    "public proxy",
    "hosting provider",
    "a service of unknown kind",
)
_MOST_TELLING_FIRST = (TOR, RESIDENTIAL_PROXY, VPN, PROXY, SOME, HOSTING)
"""A provider of hosting comes last: behind its addresses are gateways of companies as well."""
_BY_FIELD = {
    "is_tor_exit_node": TOR,
    "is_residential_proxy": RESIDENTIAL_PROXY,
    "is_anonymous_vpn": VPN,
    "is_public_proxy": PROXY,
    "is_hosting_provider": HOSTING,
}
_BY_LIST = {
    ListKind.TOR: TOR,
    ListKind.VPN: VPN,
    ListKind.PROXY: PROXY,
    ListKind.HOSTING: HOSTING,
}
_NAMED_BY_PROVIDER = {VPN, RESIDENTIAL_PROXY}
_SURE_FROM = 50
"""Per cent of `anonymizer_confidence` from which an entry counts: an address passes on, and an
entry that is more likely wrong than right is none."""


def is_doubtful(record: Record) -> bool:
    """Whether the database itself holds its entry for more likely wrong than right."""
    sure = record.get("anonymizer_confidence")
    return isinstance(sure, int | float) and sure < _SURE_FROM


def named_in(record: Record) -> dict[str, str | None]:
    """The services that a record of anonymisers names, with the provider where it is told."""
    named = [service for field, service in _BY_FIELD.items() if record.get(field) is True]
    if not named and record.get("is_anonymous") is True:
        named = [SOME]
    told = record.get("provider_name")
    provider = told if isinstance(told, str) and told.isprintable() else None
    return {service: provider if service in _NAMED_BY_PROVIDER else None for service in named}


def named_by(lists: Iterable[ListKind]) -> dict[str, str | None]:
    """The services whose lists these are."""
    return {_BY_LIST[kind]: None for kind in lists if kind in _BY_LIST}


def most_telling(named: dict[str, str | None]) -> str | None:
    """The one to show of those that were named, with its provider; `None` where none was."""
    service = next((one for one in _MOST_TELLING_FIRST if one in named), None)
    provider = named.get(service or "")
    return f"{service} ({provider})" if service and provider else service
