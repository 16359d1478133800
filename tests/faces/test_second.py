"""A second engine beside the first: a match needs both."""

import numpy as np
import pytest

from models.finding import Check, Status, Strength
from models.person import Band
from tests.faces.conftest import a_capture, clip, lit, picture, room, scaled
from tests.faces.stand_ins import an_embedder
from verifiers.face_engine import TrackedFace, unit
from verifiers.face_engines.embedder import Embedder
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import compare, verify_faces
from verifiers.faces.second import opinion
from verifiers.picture import Frame, Pixels

STRICT, LOOSE = 0.01, 1.99


def _other(support: float | None, name: str = "acme-1") -> Embedder:
    return Embedder(*an_embedder(name, support=support))


@pytest.fixture(scope="module")
def again(collins: Pixels) -> Pixels:
    """The same person in other light."""
    return lit(collins, 0.8)


def test_descriptors_have_length_one_and_do_not_depend_on_where_the_face_is(
    engine: OnnxEngine, collins: Pixels
) -> None:
    other = _other(LOOSE)
    shifted = np.pad(collins, ((40, 0), (90, 0), (0, 0)), mode="edge")
    one, two = (other.describe(p, engine.detect(p)[:1])[0] for p in (collins, shifted))
    assert np.linalg.norm(one) == pytest.approx(1)
    assert np.linalg.norm(one - two) < 0.1


def test_where_both_support_the_band_is_the_first_engines(
    engine: OnnxEngine, collins: Pixels, again: Pixels
) -> None:
    alone = compare(engine, picture(collins), picture(again))
    both = compare(engine, picture(collins), picture(again), others=[_other(LOOSE)])
    assert both.band is alone.band is Band.STRONG
    assert both.problem is None
    (told,) = both.opinions
    assert told.band is Band.MODERATE


def test_where_the_second_does_not_support_the_band_is_unknown_and_it_is_named(
    engine: OnnxEngine, collins: Pixels, again: Pixels
) -> None:
    others = [_other(LOOSE, "agrees"), _other(STRICT, "does-not")]
    result = compare(engine, picture(collins), picture(again), others=others)
    assert result.band is Band.UNKNOWN
    assert result.problem
    assert "does-not/" in result.problem
    assert "agrees/" not in result.problem
    assert "1 % of impostors" in result.problem


def test_a_threshold_stated_for_two_photographs_is_held_against_single_ones(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    other = _other(LOOSE)
    shown = [lit(hopper, 0.6), hopper[:, ::-1], scaled(hopper, 0.5), np.roll(hopper, 9, axis=0)]
    portrait, *frames = (
        TrackedFace("a.png", Frame(0.0, np.ascontiguousarray(p)), engine.detect(p)[0])
        for p in (collins, *shown)
    )
    single = [opinion(other, [portrait], [frame]).distance for frame in frames]
    together = opinion(other, [portrait], frames).distance
    assert together == pytest.approx(np.mean(single))
    described = [other.describe(f.frame.pixels, (f.face,))[0] for f in (portrait, *frames)]
    # Why it is not their mean: it lies nearer to a stranger than the photographs do.
    mean = unit(np.mean(described[1:], axis=0))
    assert np.linalg.norm(described[0] - mean) < together - 0.01


def test_a_second_engine_clears_nobody_of_what_the_first_contradicts(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    alone = compare(engine, picture(collins), picture(hopper))
    both = compare(engine, picture(collins), picture(hopper), others=[_other(LOOSE)])
    assert both.band is alone.band is Band.CONTRADICTS
    assert both.opinions[0].band is Band.MODERATE


def test_a_picture_too_poor_for_the_first_stays_so_whatever_the_second_says(
    engine: OnnxEngine, hopper: Pixels
) -> None:
    poor = picture(scaled(hopper, 0.4), "poor.png")
    result = compare(engine, picture(hopper), poor, others=[_other(LOOSE)])
    assert [told.band for told in result.opinions] == [Band.MODERATE]
    assert result.band is Band.UNKNOWN
    assert result.problem
    assert "poor.png" in result.problem


def test_in_a_verification_disagreement_goes_to_a_person(
    engine: OnnxEngine, collins: Pixels
) -> None:
    footage = clip(room((collins, 170)))
    for support, status in ((LOOSE, Status.SUPPORTS), (STRICT, Status.UNKNOWN)):
        result = verify_faces(engine, [picture(collins)], [footage], others=[_other(support)])
        assert result.match
        finding = result.match.finding
        assert finding.status is status
        (told,) = [seen.value for seen in finding.seen if seen.what == "another engine"]
        assert "acme-1/" in str(told)
    assert finding.code == "face.match.undecided"
    assert "Another engine disagrees" in finding.for_recruiter


def test_where_an_installed_engine_could_not_be_asked_nothing_is_supported(
    engine: OnnxEngine, collins: Pixels, again: Pixels
) -> None:
    others, unheard = [_other(LOOSE)], ["sface.onnx is damaged"]
    result = compare(engine, picture(collins), picture(again), others=others, unheard=unheard)
    assert result.band is Band.UNKNOWN
    assert result.raised is None
    assert result.problem
    assert "could not be asked" in result.problem
    assert "sface.onnx is damaged" in result.problem
    verified = verify_faces(
        engine, [picture(collins)], [clip(room((collins, 170)))], unheard=unheard
    )
    assert verified.match
    assert verified.match.finding.status is Status.UNKNOWN
    assert "sface.onnx is damaged" in verified.match.finding.for_recruiter


def test_an_engine_that_could_not_be_asked_clears_nobody_of_what_the_first_says(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    alone = compare(engine, picture(collins), picture(hopper))
    result = compare(engine, picture(collins), picture(hopper), unheard=["sface.onnx is damaged"])
    assert (result.band, result.problem) == (alone.band, alone.problem)


def test_an_engine_that_states_no_distance_has_no_say(
    engine: OnnxEngine, collins: Pixels, again: Pixels
) -> None:
    with pytest.raises(ValueError, match="states no distance"):
        compare(engine, picture(collins), picture(again), others=[_other(None)])


def test_a_later_stage_is_moderate_at_most_where_another_engine_kept_nothing_of_before(
    engine: OnnxEngine, collins: Pixels
) -> None:
    footage = clip(room((collins, 170)))
    first = verify_faces(engine, [picture(collins)], [footage])
    for others, strength in (([], Strength.STRONG), ([_other(LOOSE)], Strength.MODERATE)):
        earlier = [a_capture(first.templates)]
        result = verify_faces(engine, [], [footage], earlier=earlier, others=others)
        found = [each for each in result.findings if each.check is Check.CONTINUITY]
        assert [each.strength for each in found] == [strength] * 2
