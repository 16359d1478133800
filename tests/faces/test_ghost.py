"""The ghost portrait: a forgotten one gives an exchanged portrait away, a benign face does not."""

from functools import cache

import numpy as np

from models.finding import Check, Status, Strength
from models.person import Band
from samples.holder import MARTHA
from samples.portraits import identity_two
from samples.specimen import Side, render
from tests.faces.conftest import scaled
from tests.faces.pages import a_stranger, page_on, pasted
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import Portrait, about_ghosts
from verifiers.faces.portraits import find_portraits
from verifiers.picture import Pixels


@cache
def the_side(*, ghost: bool = True) -> Side:
    """Martha's passport as it would be scanned at 300 dpi."""
    return render(MARTHA, "TD3", identity_two(), dpi=300, ghost=ghost).face_side


def exchanged(side: Side) -> Pixels:
    """Another person's photograph stuck over the portrait; the ghost is left as it was."""
    box = side.boxes["portrait"]
    photo = a_stranger(round(box.width), round(box.height), of_the_first=True)
    return pasted(side.image, photo, box.left, box.top)


def seen(engine: OnnxEngine, pixels: Pixels, *, scale: float = 1.0) -> Portrait:
    page = page_on(pixels, np.diag([scale, scale, 1.0]), the_side(), "TD3")
    (portrait,) = find_portraits(engine, page.picture, [page])
    assert portrait.cut
    return portrait


def test_the_ghost_of_an_honest_passport_is_shown_and_says_nothing_against_it(
    engine: OnnxEngine,
) -> None:
    portrait = seen(engine, the_side().image)
    assert portrait.ghost
    assert portrait.ghost.distance < 0.3
    box = the_side().boxes["ghost"]
    left, top, right, bottom = portrait.ghost.cut.box.bounds
    assert box.left < (left + right) / 2 < box.left + box.width
    assert box.top < (top + bottom) / 2 < box.top + box.height
    assert about_ghosts([portrait]) == []


def test_an_exchanged_portrait_is_given_away_by_the_ghost_that_was_forgotten(
    engine: OnnxEngine,
) -> None:
    portrait = seen(engine, exchanged(the_side()))
    assert portrait.ghost
    assert portrait.ghost.band is Band.CONTRADICTS
    (finding,) = about_ghosts([portrait])
    assert (finding.code, finding.check) == ("document.ghost_portrait", Check.DOCUMENT)
    assert (finding.status, finding.strength) == (Status.CONTRADICTS, Strength.MODERATE)
    places = [s.region for s in finding.seen if s.region]
    assert places == [portrait.cut.box, portrait.ghost.cut.box] if portrait.cut else False
    assert finding.question


def test_a_ghost_too_small_to_compare_holds_nothing_against_anybody(engine: OnnxEngine) -> None:
    portrait = seen(engine, scaled(exchanged(the_side()), 0.5), scale=0.5)
    assert portrait.ghost is None or portrait.ghost.band is Band.UNKNOWN
    assert about_ghosts([portrait]) == []


def test_a_face_beside_the_page_is_no_ghost_of_it(engine: OnnxEngine) -> None:
    side = the_side(ghost=False)
    height, width = side.image.shape[:2]
    table = np.full((height, width + 500, 3), 120, np.uint8)
    on_table = pasted(pasted(table, side.image, 0, 0), a_stranger(240, 308), width + 60, 200)
    assert seen(engine, on_table).ghost is None


def test_a_page_without_a_ghost_has_none(engine: OnnxEngine) -> None:
    assert seen(engine, the_side(ghost=False).image).ghost is None


def test_of_several_small_faces_the_one_like_the_portrait_counts(engine: OnnxEngine) -> None:
    """A public figure in the artwork of an honest page is none of the holder's business."""
    side = the_side()
    founder = a_stranger(150, 192, of_the_first=True)
    portrait = seen(engine, pasted(side.image, founder, 800, 480))
    assert portrait.ghost
    assert portrait.ghost.distance < 0.3
    assert about_ghosts([portrait]) == []
