"""`bonafide keys`: ways in for programs."""

import json
from typing import Annotated
from uuid import UUID

import typer
from rich.markup import escape

from service import console
from service.commands import webhooks
from service.commands.opened import DEFAULT_TENANT, Tenant, of_tenant

app = typer.Typer(help="API keys and webhook secrets: ways in for programs.", no_args_is_help=True)
app.add_typer(webhooks.app, name=webhooks.NAME)


@app.command(epilog="Example: [b]bonafide keys create ats > ats.key[/b]")
def create(
    name: Annotated[str, typer.Argument(help="What the key is for; shown in `keys list`.")],
    tenant: Tenant = DEFAULT_TENANT,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Make an API key and print its secret, which is shown this once.

    The secret alone goes to standard output, so that it can be piped.
    """
    with of_tenant(tenant) as t:
        key, secret = t.access.add_key(name)
    if as_json:
        answer = {"id": str(key), "name": name, "tenant": tenant, "secret": secret}
        console.out.print(json.dumps(answer, ensure_ascii=False), markup=False)
        return
    console.err.print(
        f"API key {escape(name)} ({key}) of tenant {escape(tenant)}. Its secret follows; only a "
        "hash of it is kept, so it cannot be shown again.\n"
        "A program sends it as [b]Authorization: Bearer …[/b]"
    )
    console.out.print(secret, markup=False)


@app.command("list")
def list_keys(tenant: Tenant = DEFAULT_TENANT) -> None:
    """List the API keys of a tenant, without their secrets."""
    with of_tenant(tenant) as t:
        keys = t.access.keys()
    for key in keys:
        if key.revoked_at:
            state = f"revoked {key.revoked_at:%Y-%m-%d}"
        else:
            state = f"used {key.used_at:%Y-%m-%d}" if key.used_at else "never used"
        made = f"made {key.created_at:%Y-%m-%d}"
        console.out.print(f"{key.id}  {key.name}  {made}  {state}", markup=False)
    if not keys:
        console.err.print("No keys yet; [b]bonafide keys create NAME[/b] makes one.")


@app.command()
def revoke(
    key: Annotated[UUID, typer.Argument(metavar="ID", help="As `keys list` shows it.")],
    tenant: Tenant = DEFAULT_TENANT,
) -> None:
    """Let a key in no longer, from now on."""
    with of_tenant(tenant) as t:
        t.access.revoke_key(key)
    console.out.print(f"{key} lets nobody in any more.", markup=False)
