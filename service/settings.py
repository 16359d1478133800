"""Settings of the running service, from the environment (`BONAFIDE_…`) or a `.env` file."""

import os
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from verifiers.source_settings import NAMES, SourceSettings

SOFTWARE = f"bonafide {version('bonafide')}"
"""Name and version, as verdicts and reports quote them."""


def _known_database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("must begin with postgresql:// or sqlite:///")
    return url


def _asked_safely(url: str) -> str:
    """The address of a match API; over http only `development` may, or this machine itself."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError("is no address of a service: its host or port cannot be read") from None
    if parts.scheme not in ("https", "http"):
        raise ValueError("must begin with https://")
    if not host or any(one.isspace() for one in url.strip()) or port == 0:
        raise ValueError("must name a host, and a port from 1 to 65535 where it has one")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("must be an address without user, query or fragment; the key is yente_key")
    return url.strip()


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listed(value: Any) -> Any:
    """Names with commas between them; `all` stands for every one, and nothing for none."""
    if not isinstance(value, str):
        return value
    if value.strip() == "all":
        return NAMES
    return tuple(name.strip() for name in value.split(",") if name.strip())


_OURS = {"enabled": "sources", "base_urls": "source_urls", "seconds": "source_seconds"}
"""What settings of sources are called here, where that is not the same."""


class Settings(BaseSettings):
    """What an operator may set. `docs/operate.md` describes each; a test holds the two together."""

    model_config = SettingsConfigDict(env_prefix="BONAFIDE_", env_file=".env", extra="ignore")

    folder: Path = Path("~/.local/share/bonafide")
    """Where the service keeps its files: evidence, the SQLite database, the master key."""
    database_url: Annotated[str, AfterValidator(_known_database)] | None = None
    """PostgreSQL, for several workers; SQLite in the folder where it is unset."""
    master_key: SecretStr | None = None
    """32 bytes in hex or base64 that wrap all other keys; `master.key` in the folder if unset."""
    url: str = "http://127.0.0.1:8000"
    """How others reach this service: the links in events and on pages begin with it."""
    concurrency: Annotated[int, Field(ge=1, le=256)] = max(1, (os.cpu_count() or 1) // 2)
    """How many cases one process verifies at once. Each takes a core and about 1 GB."""
    chip_certificates: Path | None = None
    """Folder of the master lists, certificates and revocation lists by which chips are trusted;
    `chip-certificates` in the folder if unset."""
    weights: Path | None = None
    """Folder of the models that were installed beside Bonafide's own; `weights` in the folder if
    unset."""
    sources: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)] = ()
    """Which outside sources are asked about what candidates claim; none where it is unset."""
    companies_house_key: SecretStr | None = None
    github_token: SecretStr | None = None
    edgar_contact: str | None = None
    """A name and an e-mail address, which the SEC asks for."""
    line_type_url: str | None = None
    line_type_key: SecretStr | None = None
    background_check_url: str | None = None
    background_check_key: SecretStr | None = None
    source_urls: dict[str, str] = Field(default_factory=dict)
    """Other addresses of sources, by their short names: for a proxy of one's own."""
    source_seconds: float = 10.0
    """How long all sources together have for one candidate."""
    lists: Path | None = None
    """Folder of the sanctions lists that `bonafide lists update` fetches; `lists` in the folder if
    unset."""
    network_databases: Path | None = None
    """Folder of MaxMind-format databases and lists of addresses by which visits are placed;
    `network-databases` in the folder if unset."""
    yente_url: Annotated[str, AfterValidator(_asked_safely)] | None = None
    """Of an OpenSanctions match API (yente), asked beside the lists; none where it is unset."""
    yente_key: SecretStr | None = None
    yente_dataset: str = "sanctions"
    step_seconds: Annotated[float, Field(gt=0)] = 600.0
    """How long one step of a case may take before its process is ended."""
    development: bool = False
    """Events may go to http:// and to addresses of this machine. For trying out only."""

    @model_validator(mode="after")
    def _sources_can_be_asked(self) -> Self:
        # What is wrong with these settings is told at the start, not in a case, and by their names.
        try:
            _ = self.outside
        except ValidationError as error:
            raise ValidationError.from_exception_data(
                "Settings",
                [
                    {
                        "type": PydanticCustomError("of_sources", "{told}", {"told": e["msg"]}),
                        "loc": (_OURS.get(str(e["loc"][0]), str(e["loc"][0])),),
                        "input": None,  # It may be a key.
                    }
                    for e in error.errors()
                ],
            ) from None
        return self

    @model_validator(mode="after")
    def _names_are_asked_in_secret(self) -> Self:
        parts = urlsplit(self.yente_url or "")
        if parts.scheme == "http" and not (
            self.development or _is_this_machine(parts.hostname or "")
        ):
            told = "must begin with https://; http:// is for this machine, or with development"
            raise ValidationError.from_exception_data(
                "Settings",
                [
                    {
                        "type": PydanticCustomError("of_yente", "{told}", {"told": told}),
                        "loc": ("yente_url",),
                        "input": None,
                    }
                ],
            )
        return self

    @property
    def outside(self) -> SourceSettings | None:
        """How sources outside are asked; `None` where nobody is."""
        if not self.sources:
            return None
        return SourceSettings(
            enabled=self.sources,
            companies_house_key=self.companies_house_key,
            github_token=self.github_token,
            edgar_contact=self.edgar_contact,
            line_type_url=self.line_type_url,
            line_type_key=self.line_type_key,
            background_check_url=self.background_check_url,
            background_check_key=self.background_check_key,
            base_urls=self.source_urls,
            seconds=self.source_seconds,
        )

    @property
    def database(self) -> str:
        """The URL of the database."""
        return self.database_url or f"sqlite:///{self.home / 'bonafide.sqlite'}"

    @property
    def home(self) -> Path:
        """The folder as an absolute path."""
        return self.folder.expanduser().absolute()

    @property
    def chip_lists(self) -> Path:
        """The folder of master lists as an absolute path."""
        return (self.chip_certificates or self.home / "chip-certificates").expanduser().absolute()

    @property
    def weights_folder(self) -> Path:
        """The folder of installed models as an absolute path."""
        return (self.weights or self.home / "weights").expanduser().absolute()

    @property
    def lists_folder(self) -> Path:
        """The folder of sanctions lists as an absolute path."""
        return (self.lists or self.home / "lists").expanduser().absolute()

    @property
    def network_folder(self) -> Path:
        """The folder of network databases as an absolute path."""
        return (self.network_databases or self.home / "network-databases").expanduser().absolute()

    @property
    def on_sqlite(self) -> bool:
        """Whether one process does everything."""
        return self.database.startswith("sqlite")
