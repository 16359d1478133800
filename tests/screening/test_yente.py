"""The match API: its results meet our own rule, and what goes wrong is unknown."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import stamina

from tests.history_sources.local_server import LocalServer, Says, local_server, says
from tests.screening.building import born, by_hand, entry, person
from verifiers.screening.same_entry import without_same_entries
from verifiers.screening.yente import Unavailable, Yente

PATH = "/match/sanctions"
KIM = {
    "id": "NK-1",
    "caption": "Kim Se Un",
    "schema": "Person",
    "properties": {"name": ["Kim Se Un"], "birthDate": ["1977-04"], "country": ["kp"]},
    "datasets": ["us_ofac_sdn"],
    "score": 1.0,
    "match": True,
}
ASKED = person("Kim Se-un", birth_date=date(1977, 12, 1))


def _answer(*results: Any) -> Says:
    return says({"responses": {"q0": {"status": 200, "results": list(results)}}})


@pytest.fixture
def server() -> Iterator[LocalServer]:
    """It knows nothing yet."""
    with local_server() as server, stamina.set_testing(True, attempts=3):
        yield server


@pytest.fixture
def yente(server: LocalServer) -> Iterator[Yente]:
    """The API of that server."""
    api = Yente(server.url, key="a-key", seconds=0.3)
    yield api
    api.close()


def test_a_result_that_agrees_in_a_hard_identifier_is_a_hit(
    server: LocalServer, yente: Yente
) -> None:
    """It is asked with the key, by name and birth date."""
    server.answers[PATH] = _answer(KIM)
    (hit,) = yente.search([ASKED])
    assert (hit.entry.id, hit.entry.list_name) == ("NK-1", "us_ofac_sdn")
    assert hit.agrees_in == ("birth date",)
    (asked,) = server.asked
    assert asked.headers["authorization"] == "ApiKey a-key"
    assert json.loads(asked.body)["queries"]["q0"] == {
        "schema": "Person",
        "properties": {"name": ["Kim Se-un"], "birthDate": ["1977-12-01"]},
    }


@pytest.mark.parametrize(
    "asked", [person("Kim Se Un"), person("Kim Se Un", birth_date=date(1990, 1, 1))]
)
def test_its_match_by_name_alone_surfaces_nobody(
    server: LocalServer, yente: Yente, asked: Any
) -> None:
    """However sure it is."""
    server.answers[PATH] = _answer(KIM)
    assert yente.search([asked]) == ()


def test_it_is_told_numbers_of_documents_and_no_account(server: LocalServer, yente: Yente) -> None:
    server.answers[PATH] = _answer()
    asked = ASKED.model_copy(
        update={"document_numbers": ("PS654321",), "accounts": ("GB33BUKB20201555555555",)}
    )
    assert yente.search([asked]) == ()
    assert b"PS654321" in server.asked[0].body
    assert b"GB33" not in server.asked[0].body


@pytest.mark.parametrize("address", ["https://[bad", "http://host:abc"])
def test_an_address_that_is_none_is_unavailable(address: str) -> None:
    with pytest.raises(Unavailable):
        Yente(address).search([ASKED])


@pytest.mark.parametrize(
    ("name", "datasets", "birth", "left"),
    [
        ("KIM, Se Un", ["us_ofac_sdn"], "1977-04-02", 0),
        ("Se Un Kim", ["us_ofac_sdn"], "1977", 0),
        ("Kim Se Un", ["elsewhere"], "1977-04-02", 0),
        ("Kim Se Un", ["elsewhere"], "1977-05-02", 1),
        ("Kim Seun", ["us_ofac_sdn"], "1977-05-02", 1),
    ],
)
def test_what_a_kept_list_has_is_not_told_twice(
    server: LocalServer, yente: Yente, name: str, datasets: list[str], birth: str, left: int
) -> None:
    """The same list with a name or birth in common, or both whatever the list."""
    properties = {"name": [name], "birthDate": [birth]}
    server.answers[PATH] = _answer(KIM | {"properties": properties, "datasets": datasets})
    mine = entry("KIM, Se Un", births=born(1977, 4, 2)).model_copy(update={"list_name": "OFAC SDN"})
    kept = by_hand(mine).search(ASKED)
    told = yente.search([ASKED])
    assert (len(kept), len(told)) == (1, 1)
    assert len(without_same_entries(told, kept)) == left


def test_results_of_other_kinds_are_left_out(server: LocalServer, yente: Yente) -> None:
    """Vessels, and people without a name."""
    vessel = KIM | {"schema": "Vessel"}
    server.answers[PATH] = _answer(vessel, KIM | {"properties": {}})
    assert yente.search([ASKED]) == ()


@pytest.mark.parametrize("first", [says({}, 429), says({}, 503)])
def test_what_may_pass_is_tried_again(server: LocalServer, yente: Yente, first: Says) -> None:
    """A limit, a failure."""
    server.answers[PATH] = [first, _answer(KIM)]
    assert len(yente.search([ASKED])) == 1


@pytest.mark.parametrize(
    ("answer", "why", "tries"),
    [
        (says({}, 401), "refuses the key", 1),
        (says({}, 404), "answered 404", 1),
        (says({}, 429), "limits", 3),
        (says({}, 500), "failed", 3),
        (Says(hangs=True), "in time", 3),
        (Says(b'{"responses"', missing=100), "broke off", 3),
        (Says(b"<html>"), "cannot be read", 1),
        (says({"responses": {"q0": {"results": [{"id": 1}]}}}), "cannot be read", 1),
        (says({"responses": {}}), "other questions", 1),
        (says({}, 302, Location="/elsewhere"), "answered 302", 1),
    ],
)
def test_whatever_goes_wrong_is_unknown_and_never_not_listed(
    server: LocalServer, yente: Yente, answer: Says, why: str, tries: int
) -> None:
    """The message tells neither address nor key."""
    server.answers[PATH] = answer
    with pytest.raises(Unavailable, match=why) as told:
        yente.search([ASKED])
    assert len(server.asked) == tries
    assert "a-key" not in str(told.value)
    assert server.host not in str(told.value)
