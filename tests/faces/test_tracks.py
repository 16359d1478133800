"""Footage of several people: whose tracks are whose, and what is no change of person."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tests.faces.conftest import lit, room, scaled
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces.choosing import Chosen, ChosenBy, Reference, choose
from verifiers.faces.tracks import follow
from verifiers.picture import Clip, Frame, Pixels

SMALL = 0.8
"""Of the one whose face is larger, so that both have about the same size."""


def tile(person: Pixels | None, wall: int = 0) -> Pixels:
    """One of four tiles of a call at 1280 x 720: somebody, or a camera that is off."""
    if person is None:
        return np.full((360, 640, 3), 60, dtype=np.uint8)
    return room((person, 170), wall=wall)[120:]


def call(tiles: Sequence[Pixels]) -> Pixels:
    return np.vstack([np.hstack(tiles[:2]), np.hstack(tiles[2:])])


def filmed(shown: Callable[[float], Pixels], frames: int, per_second: float) -> Clip:
    """What is shown at each moment, under light that wanders."""
    return Clip(
        "call.mp4",
        tuple(
            Frame(i / per_second, lit(shown(i / per_second), 1 + 0.1 * np.sin(i / 3)))
            for i in range(frames)
        ),
        frames / per_second,
        30.0,
    )


@pytest.fixture(scope="module")
def chosen(engine: OnnxEngine, collins: Pixels) -> Callable[[Clip], Chosen]:
    """Who is who, given the document of the one called Collins."""
    (descriptor,) = engine.describe(collins, engine.detect(collins)[:1])
    reference = Reference(descriptor, ChosenBy.PORTRAIT)
    return lambda clip: choose(engine, follow(engine, [clip]), reference)


def test_in_a_call_of_four_tiles_the_one_on_the_document_is_found_though_another_is_larger(
    chosen: Callable[[Clip], Chosen], collins: Pixels, hopper: Pixels
) -> None:
    tiles = call([tile(hopper, 1), tile(collins), tile(None), tile(None)])
    found = chosen(filmed(lambda _: tiles, 10, 1))
    (mine,), (other,) = found.candidate, found.beside
    assert all(face.face.left > 640 for face in mine.faces)
    assert all(face.face.right < 640 for face in other.faces)
    assert len(mine.times) == len(other.times) == 10
    assert not found.changes


def test_a_call_that_puts_its_tiles_in_another_order_changes_nobody(
    chosen: Callable[[Clip], Chosen], collins: Pixels, hopper: Pixels
) -> None:
    one, other = tile(collins), tile(scaled(hopper, SMALL))
    first = call([one, other, tile(None), tile(None)])
    then = call([other, one, tile(None), tile(None)])
    found = chosen(filmed(lambda seconds: first if seconds < 6 else then, 12, 1))
    assert not found.changes
    assert found.beside
    assert len({seconds for track in found.candidate for seconds in track.times}) == 12


def test_a_tile_that_is_shown_late_after_the_order_changed_changes_nobody(
    chosen: Callable[[Clip], Chosen], collins: Pixels, hopper: Pixels
) -> None:
    one, other = tile(collins), tile(scaled(hopper, SMALL))
    shown = [
        call([*two, tile(None), tile(None)])
        for two in ((one, other), (other, tile(None)), (other, one))
    ]
    found = chosen(filmed(lambda seconds: shown[(seconds >= 6) + (seconds >= 8)], 14, 1))
    assert not found.changes
    assert found.beside


def test_who_steps_aside_for_somebody_else_and_is_gone_has_not_moved(
    chosen: Callable[[Clip], Chosen], collins: Pixels, hopper: Pixels
) -> None:
    other = (scaled(hopper, SMALL), 180)
    own, both, taken = (
        room(*people, width=960) for people in ([(collins, 150)], [other, (collins, 600)], [other])
    )
    shown = (own, both, taken)
    found = chosen(filmed(lambda seconds: shown[(seconds >= 6) + (seconds >= 8)], 14, 1))
    (change,) = found.changes
    assert (change.before.frame.seconds, change.after.frame.seconds) == (5, 6)


def test_another_face_in_the_candidates_tile_is_a_change_of_person(
    chosen: Callable[[Clip], Chosen], collins: Pixels, hopper: Pixels
) -> None:
    own, taken = (
        call([tile(None), tile(person), tile(None), tile(None)])
        for person in (collins, scaled(hopper, SMALL))
    )
    found = chosen(filmed(lambda seconds: own if seconds < 6 else taken, 12, 1))
    (change,) = found.changes
    assert (change.before.frame.seconds, change.after.frame.seconds) == (5, 6)
    assert change.same_scene


def test_a_stand_in_for_a_second_and_a_half_of_twenty_is_not_missed(
    chosen: Callable[[Clip], Chosen], collins: Pixels, hopper: Pixels
) -> None:
    own, taken = room((collins, 150)), room((scaled(hopper, SMALL), 180))
    clip = filmed(lambda seconds: taken if 9 <= seconds < 10.5 else own, 80, 4)
    (first, *_) = found = chosen(clip).changes
    assert found
    assert 8 <= first.before.frame.seconds < 9 <= first.after.frame.seconds < 10.5


def test_a_small_passer_by_is_somebody_beside_and_takes_nobodys_place(
    chosen: Callable[[Clip], Chosen], collins: Pixels, hopper: Pixels
) -> None:
    small = scaled(hopper, 0.5)

    def shown(seconds: float) -> Pixels:
        passing = [(small, round(300 + 100 * (seconds - 8)))] if 8 <= seconds < 9.5 else []
        return room((collins, 20), *passing)

    found = chosen(filmed(shown, 80, 4))
    (passer_by,) = found.beside
    assert {8 <= seconds < 9.5 for seconds in passer_by.times} == {True}
    assert not found.changes


def test_who_leaves_and_comes_back_is_one_person(
    chosen: Callable[[Clip], Chosen], collins: Pixels
) -> None:
    here, away = room((collins, 20)), room()
    found = chosen(filmed(lambda seconds: away if 4 <= seconds < 8 else here, 12, 1))
    assert not found.changes
    assert not found.others
    assert len({seconds for track in found.candidate for seconds in track.times}) == 8
