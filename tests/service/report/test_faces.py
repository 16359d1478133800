"""The face section of a report: faces equally large, a scale in words, what the answer is of."""

import re
from dataclasses import replace
from html import unescape
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.person import Band
from service.report.faces import faces_shown
from service.report.figures import band_scale
from service.report.named import pictures
from service.report.shown import FacesShown, Shown, jpeg_uri
from tests.faces.conftest import blurred, clip, collins, engine, hopper, picture, room, scaled
from tests.service.report.test_documents import page_of
from verifiers.face_engines.dlib_weights import ENGINE
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import FaceResult, verify_faces
from verifiers.faces.matching import BANDS, Bands, PairKind
from verifiers.faces.raising import Raise
from verifiers.picture import Pixels

__all__ = ["collins", "engine", "hopper"]

KINDS = [bands for by_kind in BANDS.values() for bands in by_kind.values()]


def section(shown: FacesShown) -> str:
    """The face section of the page, as a reader has it."""
    page = unescape(page_of(Shown(faces=shown)))
    return page.partition('id="face"')[2].partition("</section>")[0]


def shown(result: FaceResult) -> FacesShown:
    made = faces_shown(result)
    assert made
    return made


def compared(engine: OnnxEngine, portrait: Pixels, live: Pixels) -> FacesShown:
    """The section on this portrait and a recording."""
    return shown(verify_faces(engine, [picture(portrait)], [clip(room((live, 150)))]))


@pytest.fixture(scope="module")
def of_both(engine: OnnxEngine, collins: Pixels) -> FaceResult:
    """A portrait in print and one on a chip, and their holder."""
    chip = picture(scaled(collins, 0.8), "passport.json (chip)")
    return verify_faces(engine, [picture(collins)], [clip(room((collins, 150)))], chips=[chip])


@pytest.fixture(scope="module")
def same(of_both: FaceResult) -> FacesShown:
    return shown(of_both)


@pytest.fixture(scope="module")
def others(engine: OnnxEngine, collins: Pixels, hopper: Pixels) -> FacesShown:
    return compared(engine, hopper, collins)


# The scale


@given(st.sampled_from(KINDS), st.floats(0, 2), st.lists(st.floats(0, 2), min_size=1, max_size=9))
def test_every_distance_lies_on_the_scale_inside_the_stretch_of_its_band(
    bands: Bands, decided: float, single: list[float]
) -> None:
    scale = band_scale(bands, [("all", decided), *(("one", each) for each in single)])
    assert [part.band for part in scale.stretches] == list(Band)
    assert scale.stretches[0].left == 0
    assert scale.stretches[-1].right == scale.width
    for distance in (decided, *single):
        assert 0 <= scale.x(distance) <= scale.width
    assert scale.of_distance is bands.band(decided)
    (here,) = (part for part in scale.stretches if part.band is scale.of_distance)
    assert here.left <= scale.x(decided) <= here.right


@pytest.mark.parametrize("bands", KINDS)
def test_the_scale_says_its_levels_and_its_mark_in_words_too(bands: Bands) -> None:
    scale = band_scale(bands, [("All frames together", 0.31), ("1.0 s alone", 0.4)])
    for end in (bands.strong, bands.moderate, bands.unknown):
        assert f"{end:.2f}" in scale.words
    assert scale.decided[0] == "All frames together: 0.31"
    assert [part.name for part in scale.stretches] == [
        "strong",
        "moderate",
        "a person looks",
        "contradicts",
    ]


# Side by side


def test_every_face_is_equally_large_and_says_in_words_what_it_shows(same: FacesShown) -> None:
    for face in (same.portrait, *same.faces, *(other.portrait for other in same.others)):
        with Image.open(BytesIO(face.jpeg)) as jpeg:
            assert jpeg.size == (320, 320)
    alts = re.findall(r'<img[^>]* alt="([^"]*)"', section(same))
    assert "Portrait in portrait.png" in alts
    assert sum(alt.startswith("The candidate at ") for alt in alts) == len(same.faces) + 1
    assert all(alts)


def test_of_a_chip_and_a_print_both_are_shown_the_signed_one_first(same: FacesShown) -> None:
    chip, printed = same.compared
    assert chip.portrait.caption == "Portrait in passport.json (chip)"
    assert printed.portrait.caption == "Portrait in portrait.png"
    assert section(same).count("<svg") == 2
    named = pictures(Shown(faces=same))
    assert list(named) == ["portrait", *(f"face-{n}" for n in range(1, 6)), "compared-2"]


def test_the_best_frame_is_the_one_of_best_quality_not_the_nearest(
    engine: OnnxEngine, collins: Pixels
) -> None:
    # The blurred stretch is nearer to a blurred portrait, and yet no better to look at.
    soft = room((blurred(collins, 2.0), 150))
    footage = clip(soft, room((collins, 150)))
    made = shown(verify_faces(engine, [picture(blurred(collins, 1.5))], [footage]))
    assert float(made.faces[0].caption.split()[0]) >= 3


def test_what_is_supported_is_shown_small_and_what_is_not_large_to_be_compared(
    same: FacesShown, others: FacesShown
) -> None:
    assert others.comparison
    assert others.comparison.band in (Band.UNKNOWN, Band.CONTRADICTS)
    assert 'class="beside large"' in section(others)
    assert "Compare for yourself" in section(others)
    assert 'class="beside large"' not in section(same)
    assert "Compare for yourself" not in section(same)


def test_a_weak_picture_says_what_is_wrong_with_it_and_leaves_the_request_to_the_request(
    engine: OnnxEngine, collins: Pixels
) -> None:
    weak = compared(engine, scaled(collins, 0.7), collins)
    assert (weak.portrait.quality, len(weak.portrait.lacks)) == ("weak", 1)
    assert re.fullmatch(r"The face is \d+ pixels between the eyes", weak.portrait.lacks[0])
    assert weak.portrait.lacks[0] in section(weak)
    assert weak.comparison
    assert weak.comparison.quality == "weak"


# What the answer rests on


def test_frames_that_all_look_alike_are_said_to_count_as_one_photograph(same: FacesShown) -> None:
    said = {one.name: one for one in same.said}
    assert said["frames compared"].answer == "5 frames"
    assert said["frames compared"].words.startswith("They all look alike. 4 that differ make")
    assert said["frames compared"].words.endswith(BANDS[ENGINE][PairKind.PHOTO_PHOTO].impostors)
    assert same.comparison
    assert same.comparison.bands.strong_rate is None
    assert said["answer"].tone == "good"
    assert said["beside other candidates"].answer == "too few"


def test_why_a_band_was_raised_or_lowered_is_told_with_the_band_by_the_distance_alone(
    of_both: FaceResult,
) -> None:
    assert of_both.match
    assert of_both.match.judgement
    step = Raise(Band.MODERATE, Band.STRONG, "every other engine agrees")
    judged = replace(of_both.match.judgement, raised=step)
    for band, told in ((Band.STRONG, False), (Band.UNKNOWN, True)):
        match = replace(of_both.match, band=band, judgement=judged)
        made = shown(replace(of_both, matches=(match,)))
        said = {one.name: one for one in made.said}
        assert said["raised"].words == "From moderate to strong, because every other engine agrees."
        assert ("by the distance alone" in said) is told
        assert made.comparison
        assert made.comparison.raised == step.told


def test_a_comparison_that_was_not_made_names_no_cohort_and_no_band_of_support(
    engine: OnnxEngine, collins: Pixels
) -> None:
    poor = compared(engine, blurred(collins, 3), collins)
    assert poor.comparison
    assert poor.comparison.band is Band.UNKNOWN
    assert (poor.comparison.quality, poor.comparison.cohort) == ("unusable", None)
    assert [one.name for one in poor.said] == ["answer", "frames compared"]
    assert "too poor" in section(poor)


def test_a_report_that_was_stored_before_still_shows_its_faces() -> None:
    jpeg = BytesIO()
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(jpeg, "JPEG")
    uri = jpeg_uri(jpeg.getvalue())
    old = {
        "portrait": {"uri": uri, "caption": "Portrait in id.jpg"},
        "faces": [{"uri": uri, "caption": "1.0 s · 0.21 alone"}],
        "scale": {
            "bands": [
                ["strong", 0.26],
                ["moderate", 0.28],
                ["unknown", 0.43],
                ["contradicts", 0.7],
            ],
            "marks": [["All frames together", 0.2]],
        },
    }
    told = section(FacesShown.model_validate(old))
    assert "All frames together: 0.20" in told
    assert "Portrait in id.jpg" in told
