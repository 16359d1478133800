"""Made-up people with the geometry of real templates: cohorts, people in them, captures of each."""

from collections.abc import Callable

import numpy as np

from models.person import FaceTemplate, TemplateKind
from service.linkage.nearest import Floats, Ids

DIMENSIONS = 128
ENGINE = "made up 1"


def people(count: int, captures: int, seed: int = 0) -> tuple[Floats, Callable[[Ids], Floats]]:
    """Unit vectors, `captures` for each of `count` people, and how to capture them once more.

    One person's are about .26 apart, two people's .64, as those of dlib's weights are; most of the
    variance lies in some thirty directions.
    """
    chosen = np.random.default_rng(seed)
    spread = np.sqrt(np.exp(-np.arange(DIMENSIONS) / 25)).astype(np.float32)
    noise = np.sqrt(np.exp(-np.arange(DIMENSIONS) / 50)).astype(np.float32)
    spread, noise = spread / np.linalg.norm(spread), noise / np.linalg.norm(noise)
    turn = np.linalg.qr(chosen.standard_normal((DIMENSIONS, DIMENSIONS)))[0].astype(np.float32)
    middle = 0.88 * turn[0]
    cohorts = 0.21 * spread * chosen.standard_normal((8, DIMENSIONS), np.float32)
    persons = 0.36 * spread * chosen.standard_normal((count, DIMENSIONS), np.float32)
    persons += cohorts[chosen.integers(0, len(cohorts), count)]

    def captured(whom: Ids) -> Floats:
        taken = chosen.standard_normal((len(whom), DIMENSIONS), np.float32)
        vectors = (persons[whom] + 0.18 * noise * taken) @ turn + middle
        unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    whom = np.repeat(np.arange(count), captures)
    parts = [captured(whom[start : start + 100_000]) for start in range(0, len(whom), 100_000)]
    return np.concatenate(parts), captured


def a_template(
    vector: Floats, kind: TemplateKind = TemplateKind.LIVE, engine: str = ENGINE
) -> FaceTemplate:
    return FaceTemplate(kind=kind, engine=engine, vector=tuple(map(float, vector)), faces=5)
