"""Opens the sources that an operator enabled."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from urllib.parse import urlsplit

from pydantic import SecretStr

from verifiers.history.sources import (
    commits,
    companies_house,
    github,
    gleif,
    rdap,
    ror,
)
from verifiers.history.sources.background_check import BackgroundCheck
from verifiers.history.sources.caching import Cache, MemoryCache
from verifiers.history.sources.commits import Commits
from verifiers.history.sources.companies_house import CompaniesHouse
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.disposable import Disposable
from verifiers.history.sources.dns import Dns
from verifiers.history.sources.edgar import Edgar
from verifiers.history.sources.github import Github
from verifiers.history.sources.gleif import Gleif
from verifiers.history.sources.line_type import LineTypes
from verifiers.history.sources.polite import Patience, Polite
from verifiers.history.sources.port import Source
from verifiers.history.sources.rdap import Rdap
from verifiers.history.sources.ror import Ror
from verifiers.history.sources.universities import Universities
from verifiers.source_settings import NAMES, SourceSettings


@asynccontextmanager
async def open_sources(
    settings: SourceSettings,
    *,
    now: Callable[[], datetime],
    cache: Cache | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[tuple[Source, ...]]:
    """The enabled sources, in the order of `NAMES`, until the block ends.

    One that lacks its key, contact or address is left out. `now` must tell an aware time. Pass one
    `cache` to all verifications of a process, or answers are kept for this one only.
    """
    addresses = [settings.line_type_url, settings.background_check_url]
    addresses += settings.base_urls.values()
    http = Polite(
        trusted={urlsplit(address).netloc for address in addresses if address},
        patience=patience or Patience(),
    )
    try:
        desk = Desk(http, cache or MemoryCache(), now)
        opened = ((name, _open(name, settings, desk)) for name in NAMES if name in settings.enabled)
        yield tuple(source for _, source in opened if source is not None)
    finally:
        await http.aclose()


def _open(name: str, settings: SourceSettings, desk: Desk) -> Source | None:
    base = settings.base_urls.get(name)
    match name:
        case "rdap":
            return Rdap(desk, base or rdap.BASE)
        case "dns":
            return Dns(desk, base)
        case "disposable":
            return Disposable(desk)
        case "github":
            return Github(desk, _secret(settings.github_token), base or github.BASE)
        case "commits":
            return Commits(desk, base or commits.BASE)
        case "companies-house":
            key = _secret(settings.companies_house_key)
            return CompaniesHouse(desk, key, base or companies_house.BASE) if key else None
        case "edgar":
            return Edgar(desk, settings.edgar_contact, base) if settings.edgar_contact else None
        case "gleif":
            return Gleif(desk, base or gleif.BASE)
        case "ror":
            return Ror(desk, base or ror.BASE)
        case "universities":
            return Universities(desk)
        case "line-type":
            url = settings.line_type_url
            return LineTypes(desk, url, _secret(settings.line_type_key)) if url else None
        case "background-check":
            url = settings.background_check_url
            return (
                BackgroundCheck(desk, url, _secret(settings.background_check_key)) if url else None
            )
        case _:
            raise ValueError(f"{name!r} is no source")


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None
