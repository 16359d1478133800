"""Bands and distances, and what they do on real people where BONAFIDE_DATA is set."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.person import Band, FaceTemplate, TemplateKind
from verifiers.face_engine import DlibEngine, unit
from verifiers.faces.matching import (
    BANDS,
    NotComparableError,
    PairKind,
    bands_for,
    distance,
    pair_kind,
)

ENGINE = "dlib-resnet-v1+mirror/0.3.0"
ORDER = [Band.STRONG, Band.MODERATE, Band.UNKNOWN, Band.CONTRADICTS]


def a_template(
    kind: TemplateKind = TemplateKind.LIVE, faces: int = 5, seed: int = 0, engine: str = ENGINE
) -> FaceTemplate:
    vector = unit(np.random.default_rng(seed).normal(size=128))
    return FaceTemplate(kind=kind, engine=engine, vector=tuple(map(float, vector)), faces=faces)


@given(st.floats(0, 2), st.floats(0, 2), st.sampled_from(PairKind))
def test_a_larger_distance_never_says_more_for_the_same_person(
    one: float, two: float, kind: PairKind
) -> None:
    bands = BANDS["dlib-resnet-v1+mirror"][kind]
    near, far = sorted((one, two))
    assert ORDER.index(bands.band(near)) <= ORDER.index(bands.band(far))


def test_a_weaker_pair_needs_a_smaller_distance_for_support() -> None:
    bands = BANDS["dlib-resnet-v1+mirror"]
    assert bands[PairKind.PHOTO_PHOTO].strong < bands[PairKind.PORTRAIT_LIVE].strong
    assert bands[PairKind.PHOTO_PHOTO].moderate < bands[PairKind.PORTRAIT_LIVE].moderate


def test_a_glimpse_counts_as_one_photograph() -> None:
    portrait = a_template(TemplateKind.PORTRAIT, faces=1)
    assert pair_kind(portrait, a_template(faces=5)) is PairKind.PORTRAIT_LIVE
    assert pair_kind(portrait, a_template(faces=2)) is PairKind.PHOTO_PHOTO
    assert pair_kind(a_template(), a_template(seed=1)) is PairKind.LIVE_LIVE


def test_templates_of_two_engines_never_meet() -> None:
    with pytest.raises(NotComparableError, match="other/1"):
        distance(a_template(), a_template(engine="other/1"))
    with pytest.raises(NotComparableError, match="no bands"):
        bands_for(a_template(engine="other/1"), a_template(engine="other/1"))


def test_on_news_photographs_no_impostor_is_supported_and_no_genuine_contradicted(
    engine: DlibEngine,
) -> None:
    root = os.environ.get("BONAFIDE_DATA")
    if not root:
        pytest.skip("BONAFIDE_DATA is not set")
    bands = BANDS["dlib-resnet-v1+mirror"][PairKind.PORTRAIT_LIVE]
    people = sorted(Path(root, "faces/krasserm+face-recognition/images").iterdir())
    described = {}
    for person in people:
        photographs = [np.array(Image.open(p).convert("RGB")) for p in sorted(person.iterdir())[:6]]
        faces = [(pixels, engine.detect(pixels)[:1]) for pixels in photographs]
        described[person.name] = np.vstack([engine.describe(p, f) for p, f in faces if f])
    genuine: list[Band] = []
    impostor: list[Band] = []
    for one, portraits in described.items():
        for other, frames in described.items():
            live = unit(frames[1:].mean(axis=0))
            apart = float(np.linalg.norm(portraits[0] - live))
            (genuine if one == other else impostor).append(bands.band(apart))
    assert len(genuine) == 5
    assert Band.CONTRADICTS not in genuine
    assert not {Band.STRONG, Band.MODERATE} & set(impostor)
