"""The databases of the service's tests, here as well."""

from tests.service.conftest import (  # noqa: F401
    database_url,
    new_postgresql_database,
    new_sqlite_database,
    postgresql,
)
