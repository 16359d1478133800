"""A file of labelled pairs, read: pictures to compare, or distances measured already.

One line a comparison, as CSV with a head line:

- `one,other,same[,group]`: two pictures, their paths relative to the file, and whether they show
  one person (`yes` or `no`);
- `distance,same[,group][,engine][,one,other]`: what an engine measured, and the names of what it
  compared if they are known: by these people are told apart.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import FaceEngine
from verifiers.faces.calibration_people import ContradictoryLabels, LabelledPair, people_of
from verifiers.faces.calibration_scores import Comparison
from verifiers.faces.portraits import find_portrait
from verifiers.imaging import UnusableInput, load_pictures

COLUMNS = frozenset({"one", "other", "same", "group", "distance", "engine"})
UNNAMED_ENGINE = "unnamed engine"
"""Of distances whose file names none."""

_SAME = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class BadPairs(ValueError):
    """The file of pairs is not as it must be; it says where, and how it must be."""


@dataclass(frozen=True)
class Pair:
    """One line of the file."""

    line: int
    same: bool
    one: str = ""
    other: str = ""
    group: str = ""
    engine: str = UNNAMED_ENGINE
    distance: float | None = None
    """`None` where the pictures are still to be compared."""


@dataclass(frozen=True)
class Unusable:
    """A picture that was left out."""

    file: str
    problem: str


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The lines of the file. Raises `BadPairs`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadPairs(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadPairs(f"{path} is not a text in UTF-8; save it as CSV in UTF-8.") from None
    # Not by splitlines: a cell in quotes may hold a line break.
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    pairs = []
    try:
        columns = _columns(path, next(rows, []))
        for cells in rows:
            if any(cell.strip() for cell in cells):
                pairs.append(_pair(path, rows.line_num, columns, cells))
    except csv.Error as error:
        raise BadPairs(f"{path}, line {rows.line_num}: not CSV: {error}.") from None
    if not pairs:
        raise BadPairs(f"{path} has no pairs below its head line.")
    return tuple(pairs)


def comparisons(
    path: Path, pairs: Sequence[Pair], apart: Callable[[Pair], float | None]
) -> dict[str, list[Comparison]]:
    """The comparisons of each engine, without those that have no distance.

    Raises `BadPairs` where the labels contradict each other.
    """
    named = bool(pairs[0].one)
    people: Mapping[str, int] = {}
    if named:
        labelled = [LabelledPair(p.one, p.other, p.same) for p in pairs]
        try:
            people = people_of(labelled)
        except ContradictoryLabels as error:
            line = pairs[error.index].line
            raise BadPairs(f"{path}, line {line}, column same: {error}.") from None
    found: dict[str, list[Comparison]] = {}
    for pair in pairs:
        if (distance := apart(pair)) is not None:
            who = (people[pair.one], people[pair.other]) if named else None
            found.setdefault(pair.engine, []).append(
                Comparison(distance, pair.same, who, pair.group)
            )
    return found


def describe_pictures(
    engine: FaceEngine, folder: Path, names: Sequence[str], advance: Callable[[str], None]
) -> tuple[dict[str, NDArray[np.float64]], list[Unusable]]:
    """The descriptor of each picture, and those that `compare` would leave undecided too."""
    found, unusable = {}, []
    for name in names:
        advance(name)
        try:
            seen = find_portrait(engine, load_pictures(folder / name)[0])
        except UnusableInput as error:
            unusable.append(Unusable(name, error.told))
            continue
        if seen.face is None:
            unusable.append(Unusable(name, seen.problem or "No face was found."))
        elif problems := seen.face.rated.quality.problems:
            unusable.append(Unusable(name, " ".join(problems)))
        else:
            found[name] = seen.face.descriptor
    return found, unusable


def _columns(path: Path, head: Sequence[str]) -> tuple[str, ...]:
    columns = tuple(cell.strip().lower() for cell in head)
    where = f"{path}, line 1"
    if unknown := [c for c in columns if c not in COLUMNS]:
        raise BadPairs(
            f"{where}: there is no column {unknown[0]!r}. It must be one,other,same[,group] or "
            "distance,same[,group][,engine][,one,other], with commas between."
        )
    if twice := [c for c in COLUMNS if columns.count(c) > 1]:
        raise BadPairs(f"{where}: the column {twice[0]} is there twice.")
    needed = ["same"] if "distance" in columns else ["one", "other", "same"]
    if "one" in columns or "other" in columns:
        needed += ["one", "other"]
    if missing := [c for c in needed if c not in columns]:
        raise BadPairs(f"{where}: the column {missing[0]} is missing.")
    if "engine" in columns and "distance" not in columns:
        raise BadPairs(
            f"{where}: the column engine belongs to distances; pictures are compared by --engine."
        )
    return columns


def _pair(path: Path, line: int, columns: Sequence[str], cells: Sequence[str]) -> Pair:
    if len(cells) != len(columns):
        raise BadPairs(
            f"{path}, line {line}: {len(cells)} cells, but the head line names {len(columns)}."
        )
    said = dict(zip(columns, (cell.strip() for cell in cells), strict=True))

    def wrong(column: str, why: str) -> BadPairs:
        return BadPairs(f"{path}, line {line}, column {column}: {why}.")

    for column in ("one", "other", "engine"):
        if said.get(column) == "":
            raise wrong(column, "empty")
    same = _SAME.get(said["same"].lower())
    if same is None:
        raise wrong("same", f"{said['same']!r} is neither yes nor no")
    if "one" in said and said["one"] == said["other"]:
        raise wrong("other", "a picture compared with itself tells nothing")
    distance = None
    if "distance" in said:
        try:
            distance = float(said["distance"])
        except ValueError:
            raise wrong("distance", f"{said['distance']!r} is not a number") from None
        if not isfinite(distance) or distance < 0:
            raise wrong("distance", f"{said['distance']!r} is not a distance, 0 or more")
    return Pair(
        line=line,
        same=same,
        one=said.get("one", ""),
        other=said.get("other", ""),
        group=said.get("group", ""),
        engine=said.get("engine", UNNAMED_ENGINE),
        distance=distance,
    )


def pictures_of(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """Every picture of the pairs once, in the order of the file."""
    return tuple(dict.fromkeys(_names(pairs)))


def _names(pairs: Sequence[Pair]) -> Iterator[str]:
    for pair in pairs:
        yield pair.one
        yield pair.other
