"""`bonafide policy`: what a tenant asks for."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from models.policy import Policy
from service import console
from service.commands.opened import DEFAULT_TENANT, Tenant, of_tenant, refuse

app = typer.Typer(help="Which checks a tenant requires at which stage.", no_args_is_help=True)


@app.command(epilog="Example: [b]bonafide policy show > policy.json[/b]")
def show(tenant: Tenant = DEFAULT_TENANT) -> None:
    """Print the policy as JSON: a file to change and to give to `policy set`."""
    with of_tenant(tenant) as t:
        policy = t.access.policy()
    console.out.print(policy.model_dump_json(indent=2), markup=False)


@app.command("set", epilog="Example: [b]bonafide policy set policy.json[/b]")
def set_policy(
    file: Annotated[Path, typer.Argument(help="A policy as JSON, as `policy show` prints it.")],
    tenant: Tenant = DEFAULT_TENANT,
) -> None:
    """Judge what is submitted from now on by this policy. Raise its version when you change it."""
    try:
        policy = Policy.model_validate_json(file.read_bytes())
    except OSError:
        raise refuse(f"{file} cannot be read.") from None
    except ValidationError as error:
        wrong = (f"  {'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors())
        raise refuse("\n".join([f"{file} is not a policy:", *wrong])) from None
    with of_tenant(tenant) as t:
        t.access.set_policy(policy)
    console.out.print(f"{tenant} asks for {policy.label} from now on.", markup=False)
    if policy.allow_specimens:
        console.err.print("It takes specimen documents for real ones: for trying out only.")
