"""What an operator may set about sources. `docs/sources.md` describes each."""

from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from models.base import Model

NAMES: tuple[str, ...] = (
    "rdap",
    "dns",
    "github",
    "commits",
    "companies-house",
    "edgar",
    "gleif",
    "ror",
    "universities",
    "disposable",
    "line-type",
    "background-check",
)
"""Every source's short name, as an operator writes it; answers are told in this order."""


def is_loopback_host(host: str) -> bool:
    """Whether a host is this machine, as far as its name says."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _all_or_some(value: Any) -> Any:
    return NAMES if value == "all" else value


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in NAMES:
            raise ValueError(f"{name!r} is no source; they are {', '.join(NAMES)}")
    return names


def _safe_address(address: str) -> str:
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError("an address of a source names its scheme and host")
    if parts.username or parts.password:
        raise ValueError("an address of a source holds no user name or password")
    plain = parts.scheme == "http" and is_loopback_host(parts.hostname)
    if parts.scheme != "https" and not plain:
        raise ValueError("an address of a source begins with https:// (http:// on this machine)")
    return address.rstrip("/")


def _of_sources(addresses: dict[str, str]) -> dict[str, str]:
    _known(tuple(addresses))
    return {
        name: _name_server(address) if name == "dns" else _safe_address(address)
        for name, address in addresses.items()
    }


def _name_server(address: str) -> str:
    parts = urlsplit(address)
    try:
        ip_address(parts.hostname or "")
    except ValueError:
        raise ValueError(
            "the address of dns is that of a name server: dns://ADDRESS:PORT"
        ) from None
    if parts.scheme != "dns":
        raise ValueError("the address of dns begins with dns://")
    return address


Address = Annotated[str, AfterValidator(_safe_address)]


class SourceSettings(Model):
    """Which sources are asked, where, and with which keys.

    A source that needs a key, a contact or an address and has none is not opened: it asks nothing.
    """

    enabled: Annotated[tuple[str, ...], BeforeValidator(_all_or_some), AfterValidator(_known)] = (
        NAMES
    )
    """Short names; "all" is every one."""
    companies_house_key: SecretStr | None = None
    github_token: SecretStr | None = None
    """GitHub answers without one too, but sixty times an hour only."""
    edgar_contact: str | None = Field(default=None, pattern=r"^[\x20-\x7e]*\S+@\S+\.\S+$")
    """The SEC asks everybody to say who asks: a name and an e-mail address."""
    line_type_url: Address | None = None
    line_type_key: SecretStr | None = None
    """`user:password`, or else a bearer token."""
    background_check_url: Address | None = None
    background_check_key: SecretStr | None = None
    base_urls: Annotated[dict[str, str], AfterValidator(_of_sources)] = Field(default_factory=dict)
    """Other addresses by short name, for a proxy of one's own; `dns` takes `dns://ADDRESS:PORT`."""
    seconds: float = Field(default=10, gt=0, le=600)
    """How long all sources together have for one candidate."""
