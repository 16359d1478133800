"""Bands and distances, and what they do on real people where BONAFIDE_DATA is set."""

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.person import Band, FaceTemplate, TemplateKind
from verifiers.face_engine import unit
from verifiers.face_engines.augmentation import AUGMENTATIONS
from verifiers.face_engines.dlib_weights import ENGINE
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces.findings import compared
from verifiers.faces.matching import (
    BANDS,
    NotComparableError,
    PairKind,
    bands_for,
    distance,
    pair_kind,
)

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
    bands = BANDS[ENGINE][kind]
    near, far = sorted((one, two))
    assert ORDER.index(bands.band(near)) <= ORDER.index(bands.band(far))


def test_a_weaker_pair_needs_a_smaller_distance_for_support() -> None:
    bands = BANDS[ENGINE]
    assert bands[PairKind.PHOTO_PHOTO].strong < bands[PairKind.PORTRAIT_LIVE].strong
    assert bands[PairKind.PHOTO_PHOTO].moderate < bands[PairKind.PORTRAIT_LIVE].moderate


def test_no_band_of_support_is_wider_than_the_worst_cohort_allows() -> None:
    for bands in BANDS[ENGINE].values():
        assert bands.strong <= 0.26
        assert bands.moderate <= 0.28
        assert bands.unknown >= 0.43


def test_the_bands_tell_the_impostors_they_accept_where_that_was_measured() -> None:
    for kind, bands in BANDS[ENGINE].items():
        full = kind is PairKind.PORTRAIT_LIVE
        rates = (bands.strong_rate, bands.moderate_rate)
        assert rates == ((0.001, 0.01) if full else (None, None))
        assert ("0.1 % of impostors are within strong, 1 % within" in bands.impostors) is full
        assert ("was not measured" in bands.impostors) is not full
        # In black and white none was measured.
        assert bands.without_colour().strong_rate is None
        (scale,) = (s for s in compared(0.2, bands, ()) if s.what.startswith("bands"))
        assert bands.impostors in str(scale.value)


def test_another_set_of_augmentations_is_another_engine() -> None:
    # Where this fails, the engine's name must change with the list: kept templates are of the old.
    changes = hashlib.sha256(repr(AUGMENTATIONS).encode()).hexdigest()[:8]
    assert (ENGINE, changes) == ("dlib-resnet-v1+10/0.3.0", "df4c0ed6")


def test_a_glimpse_counts_as_one_photograph() -> None:
    portrait = a_template(TemplateKind.PORTRAIT, faces=1)
    assert pair_kind(portrait, a_template(faces=5)) is PairKind.PORTRAIT_LIVE
    assert pair_kind(portrait, a_template(faces=2)) is PairKind.PHOTO_PHOTO
    assert pair_kind(a_template(), a_template(seed=1)) is PairKind.LIVE_LIVE


def test_a_kept_portrait_without_colour_must_be_nearer_and_contradicts_later() -> None:
    kept = a_template(TemplateKind.PORTRAIT, faces=1)
    printed = kept.model_copy(update={"without_colour": True})
    for live in (a_template(faces=5), a_template(faces=1)):
        coloured, grey = bands_for(kept, live), bands_for(live, printed)
        assert grey.strong < coloured.strong
        assert grey.moderate < coloured.moderate
        assert grey.unknown > coloured.unknown


def test_templates_of_two_engines_never_meet() -> None:
    with pytest.raises(NotComparableError, match="other/1"):
        distance(a_template(), a_template(engine="other/1"))


@pytest.mark.parametrize("engine", ["other/1", f"{ENGINE}-2359", ENGINE.split("/")[0]])
def test_of_an_engine_without_measured_bands_every_distance_is_left_to_a_person(
    engine: str,
) -> None:
    colourless = a_template(engine=engine).model_copy(update={"without_colour": True})
    for one in (a_template(engine=engine), colourless):
        bands = bands_for(one, a_template(engine=engine))
        assert {bands.band(apart) for apart in (0.0, 0.1, 0.44, 2.0)} == {Band.UNKNOWN}
    assert set(BANDS) == {ENGINE}


def test_on_news_photographs_no_impostor_is_supported_and_no_genuine_contradicted(
    engine: OnnxEngine,
) -> None:
    root = os.environ.get("BONAFIDE_DATA")
    if not root:
        pytest.skip("BONAFIDE_DATA is not set")
    bands = BANDS[ENGINE][PairKind.PORTRAIT_LIVE]
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
