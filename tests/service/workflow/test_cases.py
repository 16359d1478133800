"""Cases of the store, worked on as the engine does it: real database, real child processes."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.history import Claims
from models.order import Candidate, Consent, State, VerificationOrder
from models.person import TemplateKind
from models.stage import Stage
from models.verdict import Outcome
from service.linkage.faces import FaceIndexes
from service.settings import Settings
from service.store.actor import SYSTEM
from service.store.results import Work
from service.store.tables import Verification
from service.workflow import cases
from service.workflow.cases import StoredCases, gallery_beside
from service.workflow.engine import NotNow, Stop
from service.workflow.job import JobEnded
from service.workflow.scratch import Scratch
from tests.service.linkage.people import ENGINE as MADE_UP
from tests.service.linkage.people import a_template, people
from tests.service.store.building import House
from verifiers.face_engines.dlib_weights import EMBEDDER, ENGINE, FIVE_POINTS, engine_name

NOT_A_PICTURE = b"this is no passport"
CAREER = Claims.model_validate(
    {
        "basics": {"name": "Ada Adams"},
        "identity": {"birthDate": "1990-04-01"},
        "work": [{"name": "Mill Ltd", "startDate": "2012-01", "endDate": "2019-06"}],
    }
)
CALLBACK = "https://ats.example.com/events"


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    built = House(database_url, tmp_path)
    yield built
    built.store.close()


def _cases(house: House, **settings: object) -> StoredCases:
    made = Settings.model_validate({"folder": house.folder, **settings})
    return StoredCases(house.store, made, FaceIndexes(house.store))


def _submitted(house: House) -> Work:
    order = VerificationOrder(
        candidate=Candidate(reference="c-1"),
        stage=Stage.APPLICATION,
        claims=CAREER,
        consent=Consent(verification=True),
        callback=CALLBACK,
    )
    return house.submitted(house.ordered(order))


def _name(work: Work) -> str:
    return f"{work.verification}/{work.generation}"


def _row(house: House, work: Work) -> Verification:
    with house.acting() as t:
        return t.verifications.get(work.verification)


def _events(house: House) -> list[str]:
    with house.acting() as t:
        return [delivery.event for delivery in t.deliveries.list()]


def _opened_evidence(house: House) -> list[Path]:
    scratch = Scratch(house.folder)
    return [found for base in scratch.places for found in base.glob("case-*")]


def test_a_case_goes_from_claims_to_a_verdict_and_one_event(house: House) -> None:
    work = _submitted(house)
    cases = _cases(house)
    for step in cases.steps:
        cases.perform(_name(work), step)
    row = _row(house, work)
    assert (row.state, row.outcome) == (State.COMPLETED, Outcome.VERIFIED)
    assert _events(house) == ["verification.completed"]
    assert _opened_evidence(house) == []


def test_steps_and_the_verdict_done_again_change_nothing(house: House) -> None:
    work = _submitted(house)
    cases = _cases(house)
    for step in cases.steps:
        cases.perform(_name(work), step)
        if step != cases.steps[-1]:
            cases.perform(_name(work), step)
    with pytest.raises(Stop):  # It has its verdict.
        cases.perform(_name(work), cases.steps[-1])
    assert _events(house) == ["verification.completed"]


def test_a_case_goes_on_in_another_process_from_the_step_it_was_in(house: House) -> None:
    work = _submitted(house)
    house.sent(house.ordered())  # Somebody else's file is nobody's business here.
    first, second = _cases(house), _cases(house)
    first.perform(_name(work), "documents")
    for step in second.steps:
        second.perform(_name(work), step)
    first.interrupt()
    assert _row(house, work).outcome == Outcome.VERIFIED


def test_a_file_that_cannot_be_used_is_asked_for_again_and_is_no_failure(house: House) -> None:
    verification = house.ordered()
    house.sent(verification, "pass\x00port/../x.jpg", NOT_A_PICTURE)
    work = house.submitted(verification)
    cases = _cases(house)
    for step in cases.steps:
        cases.perform(_name(work), step)
    with house.acting() as t:
        verified = t.results.verified(work.verification)
    assert verified.verdict.outcome is Outcome.NEEDS_INFO
    assert [file.problem is not None for file in verified.evidence] == [True]


def test_a_step_that_takes_too_long_three_times_parks_the_case_with_a_reason(house: House) -> None:
    work = _submitted(house)
    cases = _cases(house, step_seconds=0.000001)
    for _ in range(2):
        with pytest.raises(JobEnded):
            cases.perform(_name(work), "documents")
    with pytest.raises(Stop):
        cases.perform(_name(work), "documents")
    row = _row(house, work)
    assert row.state == State.PARKED
    assert row.problem is not None
    assert "took longer" in row.problem
    assert _events(house) == ["verification.updated"]
    assert _opened_evidence(house) == []


def test_a_case_that_ended_its_process_three_times_is_not_begun_a_fourth_time(house: House) -> None:
    work = _submitted(house)
    for _ in range(3):  # What three processes leave behind that died in this step.
        with house.acting(SYSTEM) as t:
            t.results.begin(work, "documents")
    with pytest.raises(Stop):
        _cases(house).perform(_name(work), "documents")
    row = _row(house, work)
    assert row.state == State.PARKED
    assert row.problem is not None
    assert "ended the process" in row.problem


def test_a_parked_case_can_be_submitted_again(house: House) -> None:
    work = _submitted(house)
    cases = _cases(house)
    cases.park(_name(work), "step faces failed 3 times")
    again = house.submitted(work.verification)
    for step in cases.steps:
        cases.perform(_name(again), step)
    assert _row(house, work).state == State.COMPLETED


def test_a_case_cancelled_while_it_is_verified_ends_without_a_verdict(house: House) -> None:
    work = _submitted(house)
    cases = _cases(house)
    cases.perform(_name(work), "documents")
    with house.acting() as t:
        t.verifications.cancel(work.verification)
    with pytest.raises(Stop):
        cases.perform(_name(work), "faces")
    assert _row(house, work).state == State.CANCELLED
    assert _opened_evidence(house) == []


def test_a_case_deleted_meanwhile_ends_quietly(house: House) -> None:
    work = _submitted(house)
    cases = _cases(house)
    with house.acting() as t:
        t.verifications.cancel(work.verification)
        t.verifications.delete(work.verification)
    with pytest.raises(Stop):
        cases.perform(_name(work), "documents")
    cases.park(_name(work), "whatever")


def test_evidence_that_a_crash_left_open_goes_at_the_next_start(house: House) -> None:
    left = Scratch(house.folder).places[0] / "case-left-by-a-crash"
    left.mkdir(parents=True)
    (left / "lock").touch()
    (left / "passport.jpg").write_bytes(b"pixels")
    _cases(house)
    assert not left.exists()


def test_evidence_in_use_is_left_alone(house: House) -> None:
    with Scratch(house.folder).folder(100) as folder:
        _cases(house)
        assert folder.exists()
    assert not folder.exists()


def test_a_folder_that_somebody_else_prepared_is_not_used(house: House) -> None:
    scratch = Scratch(house.folder)
    prepared = scratch.places[-1]
    prepared.mkdir(exist_ok=True)
    prepared.chmod(0o777)
    with scratch.folder(100) as folder:
        assert prepared not in folder.parents
    prepared.rmdir()


def test_a_full_disk_puts_a_case_off_and_is_no_fault_of_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    work = _submitted(house)
    cases = _cases(house)
    with monkeypatch.context() as patch:
        patch.setattr("service.workflow.placing.place", full)
        for _ in range(5):
            with pytest.raises(NotNow):
                cases.perform(_name(work), "documents")
    cases.perform(_name(work), "documents")
    cases.interrupt()
    assert _row(house, work).state == State.RUNNING


def test_a_match_stands_beside_the_faces_of_other_candidates_whoever_they_resemble(
    house: House,
) -> None:
    one, other, twin = (
        house.ordered(
            VerificationOrder(
                candidate=Candidate(reference=name),
                consent=Consent(verification=True, keep_template=True),
            )
        )
        for name in ("one", "other", "twin")
    )
    first, second = people(2, captures=1)[0]
    for verification, face in ((one, first), (other, second), (twin, first)):
        with house.acting(SYSTEM) as t:
            t.faces.remember(verification, [a_template(face, kind=TemplateKind.PORTRAIT)])
    with house.acting(SYSTEM) as t:
        subject = t.verifications.get(one).subject_id
        beside = gallery_beside(t, subject, MADE_UP)
        assert gallery_beside(t, subject, "another engine") == ()
    kept = a_template(second, kind=TemplateKind.PORTRAIT)
    assert beside[1].model_copy(update={"vector": kept.vector}) == kept, "as it was kept"
    assert [each.vector[0] for each in beside] == pytest.approx([first[0], second[0]], abs=1e-6)


def test_the_gallery_is_of_the_engine_whose_weights_are_installed(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _cases(house)._engine == ENGINE
    others = tmp_path / "others"
    monkeypatch.setattr(cases, "models_folder", lambda: others)
    assert _cases(house)._engine is None, "the step of the faces says what is missing"
    others.mkdir()
    for file in (EMBEDDER, FIVE_POINTS):
        (others / file).write_bytes(b"other weights")
    assert _cases(house)._engine == engine_name(others) != ENGINE
