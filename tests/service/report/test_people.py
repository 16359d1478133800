"""The film strips of a report: who was where, and when."""

import pytest

from service.report.people import FACES_A_ROW, people_shown
from tests.faces.conftest import collins, engine, hopper, lit, picture, room, scaled
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import verify_faces
from verifiers.picture import Clip, Frame, Pixels

__all__ = ["collins", "engine", "hopper"]


@pytest.mark.parametrize("company", [True, False])
def test_everyone_has_a_row_of_faces_in_order_of_time_the_candidate_first(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels, *, company: bool
) -> None:
    beside = [(scaled(hopper, 0.9), 340)] if company else []
    scene = room((collins, 10), *beside)
    frames = tuple(Frame(float(i), lit(scene, 1 + 0.05 * (i % 3))) for i in range(12))
    clip = Clip("call.mp4", frames, 12.0, 1.0)
    shown = people_shown(verify_faces(engine, [picture(collins)], [clip]))
    rows = shown.rows
    told = "agrees best with the document's portrait" if company else "Nobody but the candidate"
    assert told in shown.how_chosen
    assert [row.who for row in rows] == ["The candidate", "Someone else (1)"][: 1 + company]
    for row in rows:
        assert (row.file, row.seen_from, row.seen_to) == ("call.mp4", 0.0, 11.0)
        assert len(row.faces) == FACES_A_ROW
        assert [face.caption for face in (row.faces[0], row.faces[-1])] == ["0.0 s", "11.0 s"]
