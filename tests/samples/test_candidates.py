"""The demo's candidates: complete on disk, made once, and each telling its own story."""

import json
from pathlib import Path

import pytest

from models.history import Claims
from models.verdict import Outcome
from samples import careers
from samples.candidates import CANDIDATES, write
from samples.footage import is_simulated
from samples.holder import ANNA


def test_there_is_a_candidate_for_every_outcome_the_demo_promises() -> None:
    expected = {candidate.name: candidate.expected for candidate in CANDIDATES}
    assert expected["genuine"] is Outcome.VERIFIED
    assert expected["altered_document"] is Outcome.REVIEW
    assert expected["flat_picture"] is Outcome.REVIEW
    assert expected["someone_else"] is Outcome.REVIEW
    assert expected["contradicting_history"] is Outcome.NEEDS_INFO


def test_files_are_complete_and_are_made_once(tmp_path: Path) -> None:
    told: list[str] = []
    names = ["genuine", "identity_card"]
    genuine, card = write(tmp_path, names, told.append)
    assert told == [
        "Genuine candidate: document",
        "Genuine candidate: footage",
        "Identity card, both sides: document",
    ]
    assert [path.name for path in card.documents] == ["document_front.jpg", "document_back.jpg"]
    assert is_simulated(genuine.footage[0])
    assert is_simulated(card.footage[0])
    told.clear()
    write(tmp_path, names, told.append)
    assert told == []
    genuine.documents[0].unlink()
    write(tmp_path, names, told.append)
    assert "Genuine candidate: document" in told
    assert genuine.documents[0].exists()


def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nobody; there are genuine"):
        write(tmp_path, ["nobody"])


def test_careers_are_claims_that_name_the_documents_holder() -> None:
    for career in (careers.coherent(ANNA), careers.contradicting(ANNA)):
        claims = Claims.model_validate(json.loads(json.dumps(career)))
        assert claims.full_name == "Anna Maria Eriksson"
        assert claims.identity.birth_date == ANNA.birth_date
        assert len(claims.work) >= 2


def test_the_contradicting_career_cannot_have_been_whatever_its_missing_days() -> None:
    coherent = Claims.model_validate(careers.coherent(ANNA))
    contradicting = Claims.model_validate(careers.contradicting(ANNA))
    for claims, possible in ((coherent, True), (contradicting, False)):
        course, first = claims.education[0], claims.work[0]
        assert course.start is not None
        assert course.end is not None
        assert first.start is not None
        assert course.end.surely_before(course.start) is not possible
        assert (first.start.latest.year - ANNA.birth_date.year >= 14) is possible
