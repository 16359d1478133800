"""`bonafide users`: the people who may sign in."""

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from service import console
from service.access.passwords import WeakPassword, hash_new_password
from service.commands.opened import DEFAULT_TENANT, Tenant, of_tenant, opened, refuse
from service.store.actor import OPERATOR, Role

if TYPE_CHECKING:
    from service.store.access import Account
    from service.store.store import Store

app = typer.Typer(help="The people who may sign in.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The address they sign in with.")]
PasswordStdin = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input (one line)."),
]


@app.command(epilog="Example: [b]bonafide users add anna@example.com --role recruiter[/b]")
def add(
    email: Email,
    role: Annotated[Role, typer.Option(help="What they may do; docs/operate.md has the table.")],
    tenant: Tenant = DEFAULT_TENANT,
    password_stdin: PasswordStdin = False,
) -> None:
    """Add somebody. The password is asked for, never taken from the command line.

    An owner may be the first of a new tenant, which is made.
    """
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", email) or len(email) > 320:
        raise refuse(f"{email} is not an e-mail address.")
    from service.access.tenants import create_tenant

    password_hash = _new_password(email, password_stdin)
    with opened() as store:
        tenants = store.tenants()
        if tenant not in tenants:
            if role is not Role.OWNER:
                raise refuse(f"There is no tenant {tenant!r}; its first user must be an owner.")
            if store.account(email):
                raise refuse("There is a user with this e-mail address already.")
            tenants[tenant] = create_tenant(store, tenant, actor=OPERATOR)
            console.out.print(f"Tenant {escape(tenant)} is new.")
        with store.tenant(tenants[tenant], OPERATOR) as t:
            t.access.add_user(email, store.email_digest(email), password_hash, role)
    console.out.print(f"{email} may sign in as {role.value}.", markup=False)


@app.command("list")
def list_users(tenant: Tenant = DEFAULT_TENANT) -> None:
    """List the users of a tenant."""
    with of_tenant(tenant) as t:
        for person in t.access.users():
            state = "  disabled" if person.disabled else ""
            console.out.print(f"{person.email}  {person.role.value}{state}", markup=False)


@app.command()
def disable(email: Email) -> None:
    """Sign somebody out everywhere and let them in no longer; what they did stays on record."""
    _set_disabled(email, disabled=True)
    console.out.print(f"{email} may no longer sign in.", markup=False)


@app.command()
def enable(email: Email) -> None:
    """Let somebody in again."""
    _set_disabled(email, disabled=False)
    console.out.print(f"{email} may sign in again.", markup=False)


@app.command()
def password(email: Email, password_stdin: PasswordStdin = False) -> None:
    """Give somebody a new password, and sign them out everywhere."""
    with opened() as store:
        account = _account(store, email)
        password_hash = _new_password(email, password_stdin)
        with store.tenant(account.tenant, OPERATOR) as t:
            t.access.set_password(account.user, password_hash)
    console.out.print(f"{email} has a new password.", markup=False)


def _set_disabled(email: str, *, disabled: bool) -> None:
    with opened() as store:
        account = _account(store, email)
        with store.tenant(account.tenant, OPERATOR) as t:
            t.access.set_disabled(account.user, disabled=disabled)


def _account(store: "Store", email: str) -> "Account":
    account = store.account(email)
    if account is None:
        raise refuse(f"There is no user {email}.")
    return account


def _new_password(email: str, from_stdin: bool) -> str:
    """The hash of a password, asked for twice on the terminal or read from standard input."""
    if from_stdin:
        chosen = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        chosen = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        raise refuse("Nobody is at a terminal to ask for a password; give --password-stdin.")
    try:
        return hash_new_password(chosen, email)
    except WeakPassword as error:
        raise refuse(str(error)) from None
