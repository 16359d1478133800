"""Settings of the running service, from the environment (`BONAFIDE_…`) or a `.env` file."""

from importlib.metadata import version

from pydantic import PostgresDsn
from pydantic_settings import BaseSettings, SettingsConfigDict

SOFTWARE = f"bonafide {version('bonafide')}"
"""Name and version, as verdicts and reports quote them."""


class Settings(BaseSettings):
    """What an operator may set. `docs/operate.md` describes each; a test holds the two together."""

    model_config = SettingsConfigDict(env_prefix="BONAFIDE_", env_file=".env", extra="ignore")

    database_url: PostgresDsn | None = None
    """PostgreSQL that `/readyz` must reach; unset on a single machine."""
