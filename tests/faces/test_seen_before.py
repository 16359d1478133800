"""The same face under another candidate's name: what counts, and what is said of it."""

import numpy as np
import pytest

from models.finding import Status
from models.person import FaceTemplate, TemplateKind
from verifiers.face_engines.dlib_weights import ENGINE
from verifiers.faces.seen_before import nearest_strong, seen_before

LIVE, PORTRAIT = TemplateKind.LIVE, TemplateKind.PORTRAIT


def a_template(
    apart: float, kind: TemplateKind = LIVE, engine: str = ENGINE, faces: int = 5
) -> FaceTemplate:
    """So far from the one that is 0 apart."""
    angle = 2 * np.arcsin(apart / 2)
    vector = (float(np.cos(angle)), float(np.sin(angle)), *[0.0] * 126)
    return FaceTemplate(kind=kind, engine=engine, vector=vector, faces=faces)


@pytest.mark.parametrize(
    ("own", "other", "apart", "counts"),
    [
        (LIVE, PORTRAIT, 0.25, True),  # Strong to .26.
        (LIVE, PORTRAIT, 0.27, False),  # Moderate.
        (LIVE, LIVE, 0.23, True),  # Strong to .24.
        (LIVE, LIVE, 0.25, False),
        (PORTRAIT, PORTRAIT, 0.25, False),
        (LIVE, LIVE, 0.5, False),
    ],
)
def test_only_pairs_in_the_strong_band_of_their_kind_count(
    own: TemplateKind, other: TemplateKind, apart: float, counts: bool
) -> None:
    pair = nearest_strong([a_template(0, own)], [a_template(apart, other)])
    assert (pair is not None) == counts


def test_a_pair_that_counts_is_found_behind_a_nearer_one_that_does_not() -> None:
    """.245 apart two portraits are no strong pair, .25 apart a portrait and footage are one."""
    theirs = [a_template(0.245, PORTRAIT), a_template(0.25, LIVE)]
    pair = nearest_strong([a_template(0, PORTRAIT)], theirs)
    assert pair is not None
    assert pair.other.kind is LIVE


@pytest.mark.parametrize("engine", ["made up 1", ENGINE + " and more"])
def test_templates_of_two_engines_never_meet(engine: str) -> None:
    assert nearest_strong([a_template(0)], [a_template(0, engine=engine)]) is None


def test_an_engine_without_bands_says_nothing() -> None:
    own = a_template(0, engine="made up 1")
    assert nearest_strong([own], [own]) is None


@pytest.mark.parametrize(
    ("searched", "people", "strangers"),
    [
        (1, "1 other candidate was searched", "fewer than 1"),
        (999, "999 other candidates were searched", "fewer than 1"),
        (10_000, "10,000 other candidates were searched", "about 10"),
    ],
)
def test_how_many_were_searched_and_how_many_strangers_that_lets_expect_is_told(
    searched: int, people: str, strangers: str
) -> None:
    pair = nearest_strong([a_template(0)], [a_template(0.2, PORTRAIT)])
    assert pair is not None
    finding = seen_before(pair, searched=searched, reference="theirs")
    assert people in finding.for_recruiter
    assert strangers in finding.for_recruiter
    assert {seen.value for seen in finding.seen} >= {0.2, searched, strangers}


def test_it_is_no_contradiction_and_tells_the_candidate_nothing_of_the_other() -> None:
    pair = nearest_strong([a_template(0)], [a_template(0.2, PORTRAIT)])
    assert pair is not None
    finding = seen_before(pair, searched=3, reference="theirs")
    assert finding.status is Status.UNKNOWN
    assert "Twins" in str(finding.innocent_explanation)
    assert "theirs" in finding.for_recruiter
    assert "theirs" not in finding.for_candidate + str(finding.question)
