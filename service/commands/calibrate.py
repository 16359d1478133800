"""`bonafide calibrate`: how often faces are matched wrongly, measured on labelled pairs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from models.calibration import FaceRates, Rate
from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.commands.calibration_decided import MOST_CASES, NOTES, decided_comparisons
from service.commands.calibration_pairs import (
    BadPairs,
    Pair,
    Unusable,
    comparisons,
    describe_pictures,
    pictures_of,
    read_pairs,
)
from service.commands.face_engines import engine_or_model
from service.commands.opened import of_tenant, refuse, told_unwritable
from verifiers.faces.calibration import calibrate
from verifiers.faces.calibration_scores import Comparison, TooFew

EXAMPLES = (
    "Examples: [b]bonafide calibrate pairs.csv --out rates[/b] · "
    "[b]bonafide calibrate pairs.csv --store default --by 'Jane Doe'[/b]"
)


def run(
    pairs: Annotated[
        Path | None, typer.Argument(help="CSV: one,other,same[,group] or distance,same…")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an engine.")] = False,
    engine_name: Annotated[
        str | None,
        typer.Option(
            "--engine",
            help="By which the pictures are compared: onnx, dlib, or an installed model of "
            "descriptors as `bonafide weights list` names it.",
        ),
    ] = None,
    decided: Annotated[
        str | None,
        typer.Option("--decided", help="In place of pairs: the tenant whose decided cases to use."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for a page, its curves and the figures.")
    ] = None,
    tenant: Annotated[
        str | None,
        typer.Option("--store", help="Record the result in the policy of the tenant so named."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Who answers for the pairs; with --store.")
    ] = None,
) -> None:
    """Measure false matches and false non-matches by threshold, and propose bands.

    Rates come with 95 % intervals; what the pairs are too few to show is refused. Nothing that is
    proposed takes effect by itself.
    """
    if bool(tenant) != bool(by):
        raise refuse("A record names who answers for the pairs: give --store and --by together.")
    try:
        if pairs and not decided:
            source = pairs.name
            compared, unusable = _compared(pairs, engine_name)
            # Ahead of the rates, which the pictures left out may be missing for.
            for file in unusable:
                console.fail(f"Left out: {file.file}: {file.problem}")
            rates = tuple(_of_engine(source, *each) for each in compared.items())
        elif decided and not pairs and not engine_name:
            source = f"decided cases of {decided}"
            compared, unusable = _decided(decided), []
            rates = tuple(_of_engine(source, *each, NOTES) for each in compared.items())
        else:
            raise refuse("Give a file of pairs (--engine names the engine), or --decided TENANT.")
    except BadPairs as error:
        raise refuse(str(error)) from None
    for each in rates:
        if as_json:
            answer = {"file": str(pairs) if pairs else None} | each.model_dump(mode="json")
            answer["unusable"] = [asdict(file) for file in unusable]
            console.out.print(json.dumps(answer, ensure_ascii=False), markup=False)
        else:
            _show(each)
    if out:
        _write(out, source, rates, compared, unusable)
    if tenant and by:
        _store(tenant, rates, source=source, by=by)
    if unusable:
        raise typer.Exit(UNUSABLE_INPUT)


def _compared(
    path: Path, engine_name: str | None
) -> tuple[dict[str, list[Comparison]], list[Unusable]]:
    """The comparisons by engine; pictures are described here, each once."""
    pairs = read_pairs(path)
    if pairs[0].distance is not None:
        if engine_name:
            raise BadPairs(f"{path} has distances; --engine is for pictures.")
        return comparisons(path, pairs, lambda pair: pair.distance), []
    # Before any picture is read: labels that contradict each other.
    comparisons(path, pairs, lambda _: None)
    engine = engine_or_model(engine_name)
    names = pictures_of(pairs)
    with console.progress("calibrate", len(names)) as advance:
        known, unusable = describe_pictures(engine, path.parent, names, advance)

    def apart(pair: Pair) -> float | None:
        if pair.one not in known or pair.other not in known:
            return None
        return float(np.linalg.norm(known[pair.one] - known[pair.other]))

    found = comparisons(path, pairs, apart)
    return {engine.name: [c for each in found.values() for c in each]}, unusable


def _decided(tenant: str) -> dict[str, list[Comparison]]:
    with of_tenant(tenant) as t:
        cases = t.results.faces_to_proceed(MOST_CASES)
    compared = decided_comparisons(cases)
    if not compared:
        raise BadPairs(
            f"{tenant} has no decided case with a portrait and a live face that were kept with "
            "consent."
        )
    return compared


def _of_engine(
    source: str, engine: str, found: Sequence[Comparison], notes: tuple[str, ...] = ()
) -> FaceRates:
    try:
        rates = calibrate(engine, found)
    except TooFew as error:
        raise BadPairs(f"{source}, {engine}: {error}.") from None
    return rates.model_copy(update={"notes": (*rates.notes, *notes)})


def _write(
    folder: Path,
    source: str,
    rates: Sequence[FaceRates],
    compared: dict[str, list[Comparison]],
    unusable: Sequence[Unusable],
) -> None:
    # Matplotlib takes a second to import.
    from service.report.calibration import write_calibration

    left_out = [(file.file, file.problem) for file in unusable]
    with told_unwritable(folder):
        page = write_calibration(folder, source, rates, compared, left_out)
    console.err.print(f"Page: {page}", markup=False)


def _store(tenant: str, rates: Sequence[FaceRates], *, source: str, by: str) -> None:
    now = datetime.now(UTC)
    with of_tenant(tenant) as t:
        policy = t.access.policy()
        for each in rates:
            policy = policy.with_calibration(each.recorded(source=source, at=now, by=by))
        t.access.set_policy(policy)
    console.err.print(
        f"Recorded in {policy.label} of {tenant}. Its bands are a proposal: matching goes on by "
        "those that Bonafide brings.",
        markup=False,
    )


def _show(rates: FaceRates) -> None:
    out = console.out
    out.print(rates.engine, style="bold", markup=False)
    for note in rates.notes:
        out.print(note, markup=False)
    eer = rates.equal_error_rate
    out.print(
        f"Equal error rate {100 * eer.rate:.2f} ({100 * eer.low:.2f}-{100 * eer.high:.2f}) %, "
        f"at {eer.threshold:.3f}",
        markup=False,
    )
    for one in rates.true_accepts:
        out.print(
            f"TAR at FAR {100 * one.far:.3g} %: {_told(one.tar)} %, at {one.threshold:.3f}",
            markup=False,
        )
    out.print(_table(rates), markup=False)
    bands = rates.bands
    ends = {"strong": bands.strong, "moderate": bands.moderate, "unknown": bands.unknown}
    told = ", ".join(f"{name} up to {end:.3f}" for name, end in ends.items() if end is not None)
    out.print(f"Proposed bands: {told or 'none'}", markup=False)
    reasons: dict[str, list[str]] = {}
    for refused in (*rates.refused, *bands.refused):
        reasons.setdefault(refused.why, []).append(refused.what)
    for why, what in reasons.items():
        out.print(f"Not shown: {', '.join(what)}. {why}", markup=False)


def _table(rates: FaceRates) -> Table:
    table = Table("threshold", "FMR % (95 %)", "FNMR % (95 %)", box=SIMPLE_HEAD)
    if rates.thresholds[0].groups:
        table.add_column("FMR % of the worst group")
    for row in rates.thresholds:
        cells = [f"{row.threshold:g}", _told(row.overall.fmr), _told(row.overall.fnmr)]
        cells += [f"{g.group}: {_told(g.fmr)}" for g in row.groups if g.group == row.worst_group]
        table.add_row(*cells)
    return table


def _told(rate: Rate) -> str:
    if rate.value is None:
        return "nothing compared"
    return f"{100 * rate.value:.2f} ({100 * rate.low:.2f}-{100 * rate.high:.2f})"
