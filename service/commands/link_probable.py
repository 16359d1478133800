"""Which records of a file are alike, as Splink estimates it (Fellegi and Sunter 1969).

A view for people beside the links, never one of them: it compares names and birth dates, which
strangers share. DuckDB runs in memory; nothing is asked outside and nothing is kept.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from models.link import LinkKind
from service.commands.link_people import Listed
from verifiers.life import folded

_LEAST = 0.5
"""Probability from which a pair is shown."""
_MEASURED_FROM = 1000
"""People from whom on the file itself says how often strangers agree."""
_MOST_PAIRS = 1e6
_MOST_OF_ONE_VALUE = 200
"""People whose records are held against each other for having one value: pairs grow by the square,
and what more have says nothing."""
_CONTACTS = ("email", "phone", "place")
_COLUMNS = ("unique_id", "name", "birth_date", *_CONTACTS)

Row = tuple[str | None, ...]


def rows_of(listed: Sequence[Listed]) -> tuple[list[Row], dict[str, int]]:
    """A row for each, and by column how many values are left out because too many have them."""
    rows = [_row(one) for one in listed]
    common: dict[str, set[str]] = {}
    for n, name in enumerate(_COLUMNS):
        times = Counter(row[n] for row in rows if row[n])
        hubs = {value for value, count in times.items() if value and count > _MOST_OF_ONE_VALUE}
        if hubs:
            common[name] = hubs
    kept = [
        tuple(
            None if value in common.get(name, ()) else value
            for name, value in zip(_COLUMNS, row, strict=True)
        )
        for row in rows
    ]
    return kept, {name: len(hubs) for name, hubs in common.items()}


def probable_pairs(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Pairs with ids, probability and match weight (bits), the likeliest first."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    columns = {
        name: pa.array([row[n] for row in rows], pa.string()) for n, name in enumerate(_COLUMNS)
    }
    database = DuckDBAPI()
    linker = Linker(database.register(pa.table(columns)), _settings(), log_level=logging.ERROR)
    if len(rows) >= _MEASURED_FROM:
        linker.training.estimate_u_using_random_sampling(max_pairs=_MOST_PAIRS, seed=1)
    found = linker.inference.predict(threshold_match_probability=_LEAST)
    pairs = found.as_record_list()
    for pair in sorted(pairs, key=lambda p: (-p["match_weight"], p["unique_id_l"])):
        yield {
            "one": pair["unique_id_l"],
            "other": pair["unique_id_r"],
            "probability": round(pair["match_probability"], 4),
            "match_weight": round(pair["match_weight"], 2),
        }


def _settings() -> SettingsCreator:
    """How much agreement tells: m among records of one person, u among strangers."""
    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=1e-4,
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.92, 0.8]).configure(
                m_probabilities=[0.7, 0.2, 0.05, 0.05],
                u_probabilities=[0.0005, 0.002, 0.0175, 0.98],
            ),
            cl.ExactMatch("birth_date").configure(
                m_probabilities=[0.95, 0.05], u_probabilities=[0.0001, 0.9999]
            ),
            cl.CustomComparison(
                output_column_name="contacts", comparison_levels=list(_contact_levels())
            ),
        ],
        blocking_rules_to_generate_predictions=[block_on(name) for name in _COLUMNS[1:]],
        retain_matching_columns=False,
    )


def _contact_levels() -> Iterator[dict[str, Any]]:
    """Mailbox, telephone and home as one: whoever lives together has them all in common."""
    same = " + ".join(f"coalesce(cast({n}_l = {n}_r as int), 0)" for n in _CONTACTS)
    compared = " and ".join(f"({n}_l is null or {n}_r is null)" for n in _CONTACTS)
    yield {"sql_condition": compared, "label_for_charts": "not told", "is_null_level": True}
    for least, m, u in ((2, 0.5, 0.0001), (1, 0.3, 0.0003)):
        yield {
            "sql_condition": f"({same}) >= {least}",
            "label_for_charts": f"{least} or more agree",
            "m_probability": m,
            "u_probability": u,
        }
    yield {
        "sql_condition": "ELSE",
        "label_for_charts": "none agrees",
        "m_probability": 0.2,
        "u_probability": 0.9996,
    }


def _row(one: Listed) -> Row:
    first: dict[LinkKind, str] = {}
    for identifier in one.identifiers:
        first.setdefault(identifier.kind, identifier.canonical)
    name, born = one.claims.full_name, one.claims.identity.birth_date
    return (
        one.id,
        folded(name) if name else None,
        born.isoformat() if born else None,
        *(first.get(kind) for kind in (LinkKind.EMAIL, LinkKind.PHONE, LinkKind.ADDRESS)),
    )
