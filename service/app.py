"""The application: health today, the API, portal and webhooks as they are added.

`create_app` is the whole of it at one glance; `bonafide serve` runs it.
"""

import psycopg
from fastapi import FastAPI

from service import errors
from service.settings import SOFTWARE, Settings


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application with its error handlers and routes."""
    settings = settings or Settings()
    name, _, version = SOFTWARE.partition(" ")
    app = FastAPI(title=name.capitalize(), version=version)
    errors.install(app)

    @app.get("/livez", summary="Is the process alive?")
    async def livez() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", summary="Can it do its work?")
    def readyz() -> dict[str, str]:
        if settings.database_url:
            _reach_database(str(settings.database_url))
        return {"status": "ready"}

    return app


def _reach_database(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            connection.execute("SELECT 1")
    except psycopg.Error as error:
        raise errors.NotReady("The database") from error
