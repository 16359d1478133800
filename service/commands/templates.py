"""`bonafide templates`: the face templates that candidates agreed to have kept."""

import json
import threading
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from service import console, logs
from service.commands.answers import UNUSABLE_INPUT
from service.commands.opened import load_settings, opened, refuse, tenant_named
from service.confine import confine
from service.store.actor import OPERATOR
from verifiers.face_engines.dlib_weights import engine_name, models_folder
from verifiers.face_engines.unusable import UnusableWeights

if TYPE_CHECKING:
    from service.store.store import Store
    from service.workflow.remaking import Came, Remaking

app = typer.Typer(help="Face templates that candidates agreed to have kept.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    pass


@app.command(epilog="Example: [b]bonafide templates remake --dry-run[/b]")
def remake(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell how many there are and what to expect.")
    ] = False,
    tenant: Annotated[
        str | None, typer.Option("--tenant", help="Only the templates of this tenant.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a tenant.")] = False,
) -> None:
    """Make templates anew, of retained images, that an earlier face engine made.

    Those of two engines are never compared. Verdicts stay as they are. It may run beside the
    service, and be stopped and started again at any time: what is done is not done twice. Status 2
    says that some failed.
    """
    engine = _present_engine()
    confine()
    logs.configure()
    failed = 0
    with opened() as store:
        tenants = store.tenants() if tenant is None else {tenant: tenant_named(store, tenant)}
        for name, id in sorted(tenants.items()):
            told = _of_tenant(store, name, id, engine, dry_run=dry_run)
            failed += told.get("failed", 0)
            if as_json:
                answer = {"tenant": name, "engine": engine, "dry_run": dry_run} | told
                console.out.print(json.dumps(answer, ensure_ascii=False), markup=False)
            else:
                said = ", ".join(f"{key.replace('_', ' ')} {count}" for key, count in told.items())
                console.out.print(f"{name}: {said}", markup=False)
    if failed:
        raise typer.Exit(UNUSABLE_INPUT)


def _of_tenant(
    store: "Store", name: str, tenant: UUID, engine: str, *, dry_run: bool
) -> dict[str, int]:
    """Verifications by what came of them; of a dry run, by what can be expected."""
    from service.workflow.remaking import Came, Remaking

    if not dry_run:
        # What was kept before there was a table for it: the service does so too, by and by.
        while _take_over(store, tenant):
            pass
    remaking = Remaking(store, load_settings(), tenant, engine)
    if not dry_run:
        found = _run(remaking, name)
        return {came.name.lower(): found.get(came, 0) for came in Came}
    found = remaking.look()
    with store.tenant(tenant, OPERATOR, reads_only=True) as t:
        unseen = t.templates.left_to_take_over()
    expected = {"to_remake": found.get(Came.REMADE, 0)}
    expected["images_gone"] = found.get(Came.IMAGES_GONE, 0)
    return expected | {"older_verdicts": unseen} if unseen else expected


def _take_over(store: "Store", tenant: UUID) -> int:
    with store.tenant(tenant, OPERATOR) as t:
        return t.templates.take_over()


def _run(remaking: "Remaking", name: str) -> dict["Came", int]:
    from service.workflow.job import NoJobs

    found: dict[Came, int] = {}
    total, lock = len(remaking), threading.Lock()
    with console.progress(f"templates of {name}", total) as advance:

        def on_each(came: "Came") -> None:
            with lock:
                found[came] = found.get(came, 0) + 1
                advance(f"{sum(found.values())} of {total}: {came.value}")

        try:
            remaking.run(on_each)
        except NoJobs as error:
            raise refuse(f"{str(error).capitalize()}.") from None
    return found


def _present_engine() -> str:
    try:
        return engine_name(models_folder())
    except (UnusableWeights, OSError) as error:
        raise refuse(f"No face engine can be used: {error}.") from None
