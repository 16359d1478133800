"""Faces beside the company's other candidates and beside other engines, through the API.

The same two photographs of one person each time; what is kept or installed beside them changes.
"""

from collections.abc import Iterator, Sequence
from html import unescape
from uuid import UUID, uuid4

import numpy as np
import pytest

from models.person import FaceTemplate, TemplateKind
from samples.portraits import identity_one
from service.store.actor import SYSTEM
from tests.faces.stand_ins import an_embedder, as_toml
from tests.service.api.conftest import Service, a_service
from tests.service.api.face_check import SUPPORTED, UNDECIDED, Told, photographed, portrait, told
from verifiers.face_engine import unit
from verifiers.face_engines.dlib_weights import ENGINE

# Beside other candidates of the company


def remember(service: Service, vectors: Sequence[np.ndarray]) -> None:
    """As many other candidates as vectors, each with a template kept."""
    for vector in vectors:
        order = UUID(service.order(candidate={"reference": str(uuid4())}))
        kept = FaceTemplate(
            kind=TemplateKind.LIVE, engine=ENGINE, vector=tuple(vector.tolist()), faces=5
        )
        with service.store.tenant(service.tenant, SYSTEM) as t:
            t.faces.remember(order, [kept])


def around(vector: np.ndarray, distance: float, count: int) -> list[np.ndarray]:
    """Unit vectors about so far from a unit vector, in all directions."""
    noise = np.random.default_rng(1).standard_normal((count, len(vector)))
    return [unit(vector + distance * unit(each)) for each in noise]


AGREED = {"verification": True, "keep_template": True}


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Told, Told, Told]]:
    """The same evidence while the company keeps 5 other faces, 21, and 20 very like it besides."""
    evidence = [portrait(identity_one())], [photographed()]
    strangers = around(unit(np.ones(128)), 3.0, 20)
    with a_service(tmp_path_factory.mktemp("growing")) as service:
        remember(service, strangers[:5])
        few = told(service, *evidence, consent=AGREED)
        with service.store.tenant(service.tenant, SYSTEM) as t:
            ((_, kept), *_) = t.faces.gallery(ENGINE, without=uuid4())
            own = np.array(kept.vector, np.float32)
        remember(service, strangers[5:])
        enough = told(service, *evidence)
        remember(service, around(own.astype(float), 0.12, 20))
        yield few, enough, told(service, *evidence)


def test_with_too_few_other_faces_kept_the_test_is_not_made_and_that_is_told(
    growing: tuple[Told, Told, Told],
) -> None:
    few, _, _ = growing
    assert few.compared["cohort"] == {"answer": "too_few", "people": 5, "relative": None}
    assert few.codes == {SUPPORTED}
    assert ">too few</span> 5 other people to compare with" in few.face_section.replace("\n", " ")


def test_a_match_that_stands_beside_other_faces_is_supported_and_says_so(
    growing: tuple[Told, Told, Told],
) -> None:
    _, enough, _ = growing
    cohort = enough.compared["cohort"]
    assert (cohort["answer"], cohort["people"]) == ("passed", 21)
    assert cohort["relative"] < -0.12
    assert enough.codes == {SUPPORTED}
    seen = [one["value"] for one in enough.found(SUPPORTED)["seen"]]
    assert any("21 other people" in str(value) for value in seen)


def test_who_resembles_a_crowd_as_much_is_left_to_a_person_whatever_the_distance(
    growing: tuple[Told, Told, Told],
) -> None:
    few, _, crowd = growing
    assert crowd.compared["distance"] == few.compared["distance"]
    assert crowd.compared["cohort"]["answer"] == "failed"
    assert crowd.compared["band"] == "unknown"
    assert crowd.codes == {UNDECIDED}
    assert (few.status["outcome"], crowd.status["outcome"]) == ("needs_info", "review")
    assert "by the distance alone" in crowd.face_section
    assert "by the distance alone" not in few.face_section


# Beside other engines


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Told, Told, Told]]:
    """The same evidence with a second engine that agrees, one that does not, and a damaged one."""
    evidence = [portrait(identity_one())], [photographed()]
    with a_service(tmp_path_factory.mktemp("installed")) as service:
        folder = service.parts.settings.weights_folder
        folder.mkdir()
        answers = []
        for support in (1.99, 0.001):
            model, data = an_embedder(support=support)
            (folder / f"{model.name}.toml").write_text(as_toml(model))
            (folder / model.file).write_bytes(data)
            answers.append(told(service, *evidence))
        (folder / model.file).write_bytes(data[:-100] + bytes(100))
        agrees, disagrees = answers
        yield agrees, disagrees, told(service, *evidence)


def test_a_second_engine_that_agrees_is_told(installed: tuple[Told, Told, Told]) -> None:
    agrees, _, _ = installed
    (other,) = agrees.compared["other_engines"]
    assert other["engine"].startswith("acme-1/")
    assert (other["supports"], other["supports_up_to"]) == (True, 1.99)
    assert agrees.codes == {SUPPORTED}
    assert ">agrees</span>" in agrees.face_section


def test_where_a_second_engine_does_not_agree_a_person_looks(
    installed: tuple[Told, Told, Told],
) -> None:
    agrees, disagrees, _ = installed
    (other,) = disagrees.compared["other_engines"]
    assert other["supports"] is False
    assert disagrees.compared["band"] == "unknown"
    assert disagrees.codes == {UNDECIDED}
    assert "acme-1" in disagrees.found(UNDECIDED)["for_recruiter"]
    assert (agrees.status["outcome"], disagrees.status["outcome"]) == ("needs_info", "review")
    assert "by the distance alone" in disagrees.face_section


def test_where_a_second_engine_is_damaged_that_is_noted_and_a_person_looks(
    installed: tuple[Told, Told, Told],
) -> None:
    agrees, _, damaged = installed
    (note,) = (n for n in damaged.verdict["notes"] if "installed model" in n)
    assert "acme-1" in note
    assert note in unescape(damaged.report)
    assert damaged.compared["other_engines"] == []
    assert damaged.compared["distance"] == agrees.compared["distance"]
    assert damaged.compared["band"] == "unknown"
    assert damaged.codes == {UNDECIDED}
    assert "acme-1.onnx is damaged" in damaged.found(UNDECIDED)["for_recruiter"]
