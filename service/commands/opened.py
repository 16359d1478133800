"""How commands reach the store, and tell what is wrong with it or with what they were given.

The store and its database are imported where they are used: that takes a second, which the
commands that work on files alone need not wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from pydantic import ValidationError

from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.settings import Settings
from service.store.actor import OPERATOR
from service.store.errors import Conflict, NotFound

if TYPE_CHECKING:
    from service.store.store import OfTenant, Store

DEFAULT_TENANT = "default"
Tenant = Annotated[str, typer.Option("--tenant", help="Name of the tenant, a company that hires.")]


def refuse(message: str) -> typer.Exit:
    """Say what is wrong; raise what this returns."""
    console.fail(message)
    return typer.Exit(UNUSABLE_INPUT)


@contextmanager
def told_unwritable(folder: Path) -> Iterator[None]:
    """Tell that the folder, or a file in it, cannot be written, and exit with 2."""
    try:
        yield
    except OSError as error:
        raise refuse(f"{error.filename or folder} cannot be written: {error.strerror}.") from None


@contextmanager
def told() -> Iterator[None]:
    """Tell settings, keys and databases that cannot be used in plain words, and exit with 2."""
    import psycopg
    from sqlalchemy.exc import SQLAlchemyError

    from service.store.keys import BadMasterKey, Unopenable
    from service.workflow.claim import AlreadyRunning

    try:
        yield
    except Conflict as error:
        raise refuse(error.detail) from None
    except NotFound as error:
        raise refuse(f"There is no such {error.what}.") from None
    except (BadMasterKey, AlreadyRunning) as error:
        raise refuse(str(error)) from None
    except Unopenable:
        raise refuse(
            "What is stored does not open with this master key. It was made under another one: "
            "give that one back (BONAFIDE_MASTER_KEY, or master.key in the folder)."
        ) from None
    except PermissionError as error:
        raise refuse(f"This user may not write {error.filename}.") from None
    except (SQLAlchemyError, psycopg.Error) as error:
        # Its kind only: the message may quote the address.
        kind = type(error).__name__
        raise refuse(
            f"The database cannot be used ({kind}). Does it run, and is BONAFIDE_DATABASE_URL "
            "right?"
        ) from None


def load_settings() -> Settings:
    """The settings of the environment; exits with 2 where one is not as it must be."""
    try:
        return Settings()
    except ValidationError as error:
        # The name and the rule, never the value: it may hold a password.
        wrong = (f"BONAFIDE_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise refuse("\n".join(wrong)) from None


@contextmanager
def opened() -> Iterator["Store"]:
    """The store, its tables up to date."""
    from service.runtime import open_store

    settings = load_settings()
    with told():
        store = open_store(settings)
        try:
            yield store
        finally:
            store.close()


def tenant_named(store: "Store", name: str) -> UUID:
    """The tenant of this name; exits with 2 where there is none."""
    tenants = store.tenants()
    if name not in tenants:
        known = ", ".join(sorted(tenants)) or "none yet"
        raise refuse(
            f"There is no tenant {name!r} (there are: {known}). "
            "`bonafide users add EMAIL --role owner --tenant NAME` makes one."
        )
    return tenants[name]


@contextmanager
def of_tenant(name: str) -> Iterator["OfTenant"]:
    """One transaction of the tenant of this name, by the operator of this machine."""
    with opened() as store, store.tenant(tenant_named(store, name), OPERATOR) as t:
        yield t
