"""One life told at several places: counted once, compared once, drawn once."""

from models.finding import Status, Strength
from models.outside import Confirmation, EmploymentConfirmation, Outside
from tests.rules.building import a_case, course, found, full, history, told, work
from verifiers.history import HistoryResult, verify_history

RESUME, FORM = {"where": "resume"}, {"where": "application_form"}


def contradicted(result: HistoryResult) -> set[str]:
    """Codes of the rules that are contradicted."""
    return {f.code for f in result.findings if f.status is Status.CONTRADICTS}


def test_a_job_in_the_resume_and_again_in_the_form_is_one_job() -> None:
    jobs = [full("2021", at=name) for name in ("Northwind", "Contoso")]
    twice = [{**job, "asserted": where} for where in (RESUME, FORM) for job in jobs]
    result = verify_history(told(*twice))
    assert contradicted(result) == set()
    assert [entry.label for entry in result.timeline] == [
        "Engineer at Northwind",
        "Engineer at Contoso",
    ]


def test_the_fullest_telling_is_the_life_and_of_equals_the_file_itself() -> None:
    form = work("2019-01", "2020-06", at="Contoso", asserted=FORM)
    file = work("2012-01", "2018-06")
    assert [e.place for e in told(form, file).life.entries] == ["northwind"]
    more = work("2021-01", "2022-06", at="Fabrikam", asserted=FORM)
    assert [e.place for e in told(form, more, file).life.entries] == ["contoso", "fabrikam"]


def test_courses_told_at_another_place_than_the_jobs_are_part_of_the_life() -> None:
    case = told(work("2019-01", asserted=FORM), course("2015", "2018", asserted=RESUME))
    assert [e.position for e in case.life.entries] == [0, 1]


def test_an_entrys_place_in_the_claims_stays_whatever_telling_is_the_life() -> None:
    case = told(
        work("2019-01", asserted=FORM),
        work("2019-01", asserted=RESUME),
        work("2010-01", "2018-12", at="Contoso", asserted=RESUME),
    )
    assert [e.position for e in case.life.entries] == [1, 2]
    assert [e.position for e in case.life.told] == [0, 1, 2]


def test_tellings_that_differ_are_marked_on_the_drawn_life() -> None:
    result = verify_history(
        told(
            work("2015-01", "2016-03", asserted=RESUME),
            work("2017-01", "2019-03", at="Contoso", asserted=RESUME),
            work("2015-01", "2018-03", asserted=FORM),
        )
    )
    assert [entry.codes for entry in result.timeline] == [
        ("history.told_differently_elsewhere",),
        (),
    ]


def _asked(confirmation: Confirmation, *, independent: bool = True, ended: str = "") -> set[str]:
    said = EmploymentConfirmation(
        employer="Northwind", confirmation=confirmation, independent=independent
    )
    case = a_case(
        history(work("2012-01", ended)),
        Outside(employments=(found("Northwind", said, "a background-check provider"),)),
    )
    return {f.code for f in verify_history(case).findings if f.status is Status.SUPPORTS}


def test_an_employment_that_somebody_independent_confirmed_supports_and_says_who() -> None:
    said = EmploymentConfirmation(employer="Northwind", confirmation=Confirmation.CONFIRMED)
    case = a_case(
        history(work("2012-01", "2024-05")),
        Outside(employments=(found("Northwind", said, "a background-check provider"),)),
    )
    (finding,) = (
        f for f in verify_history(case).findings if f.code == "history.employment.confirmed"
    )
    assert finding.strength is Strength.MODERATE
    assert "a background-check provider" in finding.for_recruiter
    assert finding.seen[0].source == "a background-check provider"


def test_only_an_independent_confirmation_of_the_last_five_years_supports() -> None:
    confirmed = "history.employment.confirmed"
    assert confirmed in _asked(Confirmation.CONFIRMED)
    assert confirmed not in _asked(Confirmation.CONFIRMED, independent=False)
    assert confirmed not in _asked(Confirmation.CONFIRMED, ended="2020-12")
    assert confirmed not in _asked(Confirmation.NO_COMMENT)
