"""The nearest of many unit vectors, by numpy alone: no graph, and nothing left of what is removed.

Vectors are kept as codes of one byte a component and a scale each: 136 bytes of 128 dimensions, and
a distance that is off by some thousandths. Who asks takes some more than they need and compares
those exactly.

**Up to 100,000 all are looked at**: 8 ms of CPU, and nothing nearer can be missed. Beyond, they are
grouped around centres (k-means), and only the groups nearest to the question are looked at, until
they make up 15 % of all, and never fewer than 100,000. What was added since the groups were made is
looked at as well.

Why none of the libraries made for this (`docs/accuracy.md` has the figures): usearch, hnswlib and
faiss's HNSW answer sooner, but take minutes of CPU to build, so that what was built has to lie in a
file; and a vector that is removed stays in memory and in that file, as their graph leads through
it. sqlite-vec looks at all, at 512 bytes each. faiss's IVF is what this is, with 66 MB more to
install. Ours is made of the templates in seconds and needs no file: there is none to encrypt, to
lock, to find damaged, or to delete from.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

LOOKED_AT = 100_000
"""So many are always looked at, or all: 8 ms of CPU."""
SHARE = 0.15
"""Of more. On rendered people with 5 templates each, the ten nearest to a new template of one (so
half of them strangers) are then found to 99.5 % among 1,000,000, at 13 ms of CPU."""
UNGROUPED = 20_000
"""Added since the last grouping, before they are grouped too: they cost each question 2 ms."""
_AT_ONCE = 1024
"""Rows widened to floats in one go: what fits into a core's own cache."""
_STEPS = 127
_NOBODY = -1


def code_of(vector: Sequence[float]) -> bytes:
    """A vector as its scale (float32) and a signed byte a component."""
    exact = np.asarray(vector, np.float32)
    scale = np.float32(np.abs(exact).max() / _STEPS)
    return bytes(scale.tobytes() + np.rint(exact / scale).astype(np.int8).tobytes())


class Nearest:
    """Ids by the nearness of their vectors. One thread at a time."""

    def __init__(
        self,
        dimensions: int,
        *,
        looked_at: int = LOOKED_AT,
        share: float = SHARE,
        ungrouped: int = UNGROUPED,
    ) -> None:
        """So many are looked at, or such a share of more; so many new ones wait to be grouped."""
        self.dimensions = dimensions
        self._looked_at, self._share, self._most_ungrouped = looked_at, share, ungrouped
        self._code_type = np.dtype([("scale", "<f4"), ("steps", "i1", (dimensions,))])
        self._ids: Ids = np.empty(0, np.int64)
        self._scales: Floats = np.empty(0, np.float32)
        self._steps = np.empty((0, dimensions), np.int8)
        self._used = 0
        self._holes = 0
        # Rows below the last start are grouped: those of group g lie from start g to start g + 1.
        self._centres: Floats = np.empty((0, dimensions), np.float32)
        self._starts: Ids = np.zeros(1, np.int64)
        self._grouped_when = 0
        self._wide: Floats = np.empty((_AT_ONCE, dimensions), np.float32)

    def __len__(self) -> int:
        return self._used - self._holes

    @property
    def size_bytes(self) -> int:
        """Memory taken."""
        return self._ids.nbytes + self._scales.nbytes + self._steps.nbytes + self._centres.nbytes

    def add(self, ids: Sequence[int], codes: Sequence[bytes]) -> None:
        """Add what `code_of` made. Raises ValueError where one has other dimensions."""
        read = np.frombuffer(b"".join(codes), self._code_type)
        if len(read) != len(ids):
            raise ValueError("a code of other dimensions")
        end = self._used + len(ids)
        if end > len(self._ids):
            self._move(np.arange(self._used), room=max(end, self._used * 5 // 4))
        self._ids[self._used : end] = ids
        self._scales[self._used : end] = read["scale"]
        self._steps[self._used : end] = read["steps"]
        self._used = end

    def remove(self, ids: Collection[int]) -> None:
        """Overwrite these, those that are there, with zeros, and whatever was made of them."""
        gone = np.flatnonzero(np.isin(self._ids[: self._used], np.fromiter(ids, np.int64)))
        self._ids[gone], self._scales[gone], self._steps[gone] = _NOBODY, 0, 0
        self._holes += len(gone)
        self._wide[:] = 0
        # The centre of few is nearly a template of theirs.
        grouped = gone[gone < self._starts[-1]]
        for group in np.unique(np.searchsorted(self._starts, grouped, side="right") - 1):
            rows = np.arange(self._starts[group], self._starts[group + 1])
            rows = rows[self._ids[rows] != _NOBODY]
            self._centres[group] = self._vectors(rows).mean(0) if len(rows) else 0

    def nearest(self, vector: Sequence[float], count: int) -> list[int]:
        """The ids of the `count` nearest, the nearest first."""
        self._tidy()
        asked = np.asarray(vector, np.float32)
        stretches = self._to_look_at(asked)
        if not stretches:
            return []
        ids = np.concatenate([self._ids[start:end] for start, end in stretches])
        alike: Floats = np.empty(len(ids), np.float32)
        at = 0
        for start, end in stretches:
            for first in range(start, end, _AT_ONCE):
                last = min(first + _AT_ONCE, end)
                wide = self._wide[: last - first]
                np.copyto(wide, self._steps[first:last])
                np.dot(wide, asked, out=alike[at : at + len(wide)])
                alike[at : at + len(wide)] *= self._scales[first:last]
                at += len(wide)
        alike[ids == _NOBODY] = -np.inf
        best = np.argpartition(-alike, min(count, len(ids) - 1))[:count]
        best = best[np.argsort(-alike[best], kind="stable")]
        return [int(id) for id in ids[best] if id != _NOBODY]

    def _to_look_at(self, asked: Floats) -> list[tuple[int, int]]:
        """Stretches of rows: the ungrouped, and the nearest groups until they are enough."""
        grouped = int(self._starts[-1])
        stretches = [(grouped, self._used)] if self._used > grouped else []
        if not grouped:
            return stretches
        order = np.argsort(_away(self._centres, asked[None])[0])
        sizes = np.diff(self._starts)[order]
        enough = max(self._looked_at, int(grouped * self._share))
        groups = order[: int(np.searchsorted(np.cumsum(sizes), enough)) + 1]
        stretches += [(int(self._starts[g]), int(self._starts[g + 1])) for g in groups]
        return stretches

    def _tidy(self) -> None:
        """Group what is not, and close the holes, where either has become much."""
        grouped = int(self._starts[-1])
        many_holes = self._holes > max(self._most_ungrouped, self._used // 4)
        if not many_holes and self._used <= max(self._looked_at, grouped + self._most_ungrouped):
            return
        if len(self) > self._looked_at:
            if len(self) > 2 * self._grouped_when:
                self._find_centres()
                groups = self._groups_of(0, self._used)
            else:
                groups = np.repeat(np.arange(len(self._centres)), np.diff(self._starts))
                groups = np.concatenate([groups, self._groups_of(grouped, self._used)])
        else:
            self._centres, groups = self._centres[:0], np.zeros(self._used, np.int64)
            self._grouped_when = 0
        kept = np.flatnonzero(self._ids[: self._used] != _NOBODY)
        kept = kept[np.argsort(groups[kept], kind="stable")]
        sizes = np.bincount(groups[kept], minlength=len(self._centres))
        # Without centres `bincount` has one group of all: they are ungrouped.
        self._starts = np.concatenate([[0], np.cumsum(sizes)]) if len(self._centres) else _NONE
        self._move(kept, room=len(kept) * 9 // 8)
        self._holes = 0

    def _vectors(self, rows: Ids) -> Floats:
        vectors: Floats = self._steps[rows] * self._scales[rows, None]
        return vectors

    def _move(self, rows: Ids, *, room: int) -> None:
        """Keep these rows alone, in this order."""
        ids, scales = np.empty(room, np.int64), np.empty(room, np.float32)
        steps = np.empty((room, self.dimensions), np.int8)
        used = len(rows)
        for old, new in ((self._ids, ids), (self._scales, scales), (self._steps, steps)):
            np.take(old, rows, axis=0, out=new[:used], mode="clip")  # Else it copies once more.
        self._ids, self._scales, self._steps, self._used = ids, scales, steps, used

    def _find_centres(self) -> None:
        """Lloyd's k-means over a sample, the same for the same rows."""
        chosen = np.random.default_rng(0)
        many = round(2 * len(self) ** 0.5)
        here = np.flatnonzero(self._ids[: self._used] != _NOBODY)
        rows = np.sort(chosen.choice(here, min(len(here), 40 * many), replace=False))
        sample = self._vectors(rows)
        self._centres = sample[chosen.choice(len(sample), many, replace=False)]
        for _ in range(6):
            nearest = _nearest_of(self._centres, sample)
            order = np.argsort(nearest, kind="stable")
            theirs, firsts, sizes = np.unique(nearest[order], return_index=True, return_counts=True)
            sums = np.add.reduceat(sample[order], firsts)
            self._centres[theirs] = sums / sizes[:, None].astype(np.float32)
        self._grouped_when = len(self)

    def _groups_of(self, start: int, end: int) -> Ids:
        found = [
            _nearest_of(self._centres, self._vectors(np.arange(a, min(a + _MANY, end))))
            for a in range(start, end, _MANY)
        ]
        return np.concatenate(found) if found else np.empty(0, np.int64)


_NONE: Ids = np.zeros(1, np.int64)
_MANY = 8192


def _away(centres: Floats, rows: Floats) -> Floats:
    """Squared distances of rows to centres, less what is the same for all centres of a row."""
    away: Floats = np.square(centres).sum(1) - 2 * (rows @ centres.T)
    return away


def _nearest_of(centres: Floats, rows: Floats) -> Ids:
    return np.concatenate(
        [_away(centres, rows[a : a + _MANY]).argmin(1) for a in range(0, len(rows), _MANY)]
    )
