"""Settings of the running service, from the environment (`BONAFIDE_…`) or a `.env` file."""

import os
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

SOFTWARE = f"bonafide {version('bonafide')}"
"""Name and version, as verdicts and reports quote them."""


def _known_database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("must begin with postgresql:// or sqlite:///")
    return url


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
    step_seconds: Annotated[float, Field(gt=0)] = 600.0
    """How long one step of a case may take before its process is ended."""
    development: bool = False
    """Events may go to http:// and to addresses of this machine. For trying out only."""

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
    def on_sqlite(self) -> bool:
        """Whether one process does everything."""
        return self.database.startswith("sqlite")
