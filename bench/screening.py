"""Screening: pairs of names, listed people found, others not, and what it costs.

`python -m bench.screening [--json]`, with `BONAFIDE_DATA`. Beside it stands rapidfuzz's WRatio at
85, as a developer would take it for the same work.
"""

import csv
import hashlib
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.fuzz import WRatio
from rapidfuzz.utils import default_process

from bench.screening_tables import print_table
from models.circumstances import ListedKind
from models.sanctions import ListEntry, NameQuality, Party, SanctionsList
from verifiers.screening.lists import read_list
from verifiers.screening.matching import ListIndex
from verifiers.screening.names import compare

LISTS = (
    "moov-io__watchman/test/testdata/sdn.csv",
    "moov-io__watchman/test/testdata/cons_prim.csv",
    "moov-io__watchman/test/testdata/UN_consolidated.xml",
    "opensanctions__opensanctions/datasets/eu/journal_sanctions/data/consolidated/32017R1509.csv",
)
_PAIRS = "opensanctions__nomenklatura/contrib/name_bench/cases.csv"
_OTHERS = "opensanctions__yente/contrib/candidate_generation_benchmark/fixtures/negatives_{}.csv"
_SIMILAR = 85
"""WRatio's score from which names are commonly taken to match."""

Pair = dict[str, str]


def measure(data: Path, *, others: int = 50_000, compared: int = 500) -> dict[str, Any]:
    """All figures. `others`: people of either file who are on no list; `compared`: by WRatio."""
    folder = data / "lists"
    before = _peak_megabytes()
    lists = [listed for name in LISTS for listed in read_list(folder / name)]
    start = time.process_time()
    index = ListIndex(lists)
    built = time.process_time() - start
    return {
        "lists": {listed.name: len(listed.entries) for listed in lists},
        "names": sum(len(entry.names) for listed in lists for entry in listed.entries),
        "index": {"seconds": built, "megabytes": _peak_megabytes() - before},
        "pairs": _pairs(folder / _PAIRS),
        "listed": {listed.name: _found(listed, index) for listed in lists},
        "others": {
            of: _others(folder / _OTHERS.format(of), lists, index, others, compared)
            for of in ("us", "global")
        },
    }


def is_tuned_on(pair: Pair) -> bool:
    """Whether a pair is of the half that was looked at: by its hash, drawn before any was seen."""
    digest = hashlib.sha256(f"{pair['name1']}\n{pair['name2']}".encode()).digest()
    return digest[0] % 2 == 0


def _pairs(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8", newline="") as opened:
        pairs = list(csv.DictReader(opened))
    told: dict[str, Any] = {}
    for half, tuned in (("tuned on", True), ("held out", False)):
        some = [pair for pair in pairs if is_tuned_on(pair) is tuned]
        groups = {"all": some}
        groups |= {kind: [p for p in some if _kind(p) == kind] for kind in ("people", "entities")}
        categories = Counter(pair["category"] for pair in some if pair["category"])
        groups |= {
            f"“{name}”": [p for p in some if p["category"] == name]
            for name, count in categories.most_common()
            if count > 4
        }
        told[half] = {name: _by_all(of) for name, of in groups.items()}
    return told


def _kind(pair: Pair) -> str:
    return "people" if pair["schema"] == "Person" else "entities"


def _by_all(pairs: Sequence[Pair]) -> dict[str, Any]:
    ways: dict[str, Callable[[str, str], bool]] = {
        "ours": lambda one, other: compare(one, other).match,
        "WRatio": lambda one, other: WRatio(one, other) >= _SIMILAR,
        "WRatio, prepared": lambda one, other: (
            WRatio(one, other, processor=default_process) >= _SIMILAR
        ),
    }
    return {"pairs": len(pairs), **{way: _rates(pairs, matches) for way, matches in ways.items()}}


def _rates(pairs: Iterable[Pair], matches: Callable[[str, str], bool]) -> dict[str, float]:
    counted = Counter(
        (matches(pair["name1"], pair["name2"]), pair["is_match"] == "true") for pair in pairs
    )
    right, wrong, missed = (counted[key] for key in ((True, True), (True, False), (False, True)))
    return {
        "precision": right / max(1, right + wrong),
        "recall": right / max(1, right + missed),
        "F1": 2 * right / max(1, 2 * right + wrong + missed),
    }


def _found(listed: SanctionsList, index: ListIndex) -> dict[str, Any]:
    """How many of the people with a birth date are found, by each name, also rewritten."""
    people = [e for e in listed.entries if e.kind is ListedKind.PERSON and e.births]
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for entry in people:
        by_any = False
        for way, name in _written(entry):
            party = _person(name, entry.births[0].earliest)
            hit = any(
                (one.entry.list_name, one.entry.id) == (entry.list_name, entry.id)
                for one in index.search(party)
            )
            asked[way] += 1
            found[way] += hit
            by_any |= hit
        asked["people"] += 1
        found["people"] += by_any
    return {way: {"asked": asked[way], "found": found[way]} for way in asked}


def _written(entry: ListEntry) -> Iterator[tuple[str, str]]:
    for name in entry.names:
        if name.quality is NameQuality.WEAK:
            continue
        words = name.text.replace(",", " ").split()
        yield ("main names" if name is entry.names[0] else "aliases"), name.text
        if len(words) > 1:
            yield "in another order", " ".join((words[-1], *words[:-1]))
        if "-" in name.text:
            yield "without hyphens", name.text.replace("-", " ")
            yield "joined at hyphens", name.text.replace("-", "")


def _others(
    path: Path, lists: list[SanctionsList], index: ListIndex, count: int, compared: int
) -> dict[str, Any]:
    """People of a file who are on no list: how many surface, and what names alone would do."""
    with path.open(encoding="utf-8", newline="") as opened:
        rows = [row for _, row in zip(range(count), csv.DictReader(opened), strict=False)]
    alone = sum(bool(index.search(_person(row["full_name"], None))) for row in rows)
    parties = [_person(row["full_name"], _day(row["date_of_birth"])) for row in rows]
    start = time.process_time()
    dated = sum(bool(index.search(party)) for party in parties)
    seconds = time.process_time() - start
    some = rows[:: max(1, len(rows) // compared)][:compared]
    names = [
        name.text
        for listed in lists
        for entry in listed.entries
        if entry.kind is ListedKind.PERSON
        for name in entry.names
    ]
    prepared = [default_process(name) for name in names]
    similar, extracting = _extracted([row["full_name"] for row in some], prepared)
    ours = sum(any(True for _ in index.named_alike(_person(r["full_name"], None))) for r in some)
    return {
        "people": len(rows),
        "surface by name alone": alone,
        "surface with their birth date": dated,
        "compared": len(some),
        "names alike, ours": ours,
        "names alike, WRatio": similar,
        "people a second": len(rows) / seconds,
        "people a second, WRatio": len(some) / extracting,
    }


def _extracted(asked: Sequence[str], names: Sequence[str]) -> tuple[int, float]:
    start = time.process_time()
    similar = sum(
        process.extractOne(default_process(name), names, scorer=WRatio, score_cutoff=_SIMILAR)
        is not None
        for name in asked
    )
    return similar, time.process_time() - start


def _person(name: str, born: date | None) -> Party:
    return Party(kind=ListedKind.PERSON, role="candidate", names=(name,), birth_date=born)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> None:
    """Measure, print."""
    data = os.environ.get("BONAFIDE_DATA")
    if not data:
        sys.exit("BONAFIDE_DATA names no folder of labelled data")
    figures = measure(Path(data))
    if "--json" in arguments:
        print(json.dumps(figures, indent=1, ensure_ascii=False))
    else:
        print_table(figures)


if __name__ == "__main__":
    main(sys.argv[1:])
