"""What the zone says by itself, as findings: each contradiction beside its benign look-alike."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from models.context import Context
from models.document import MrzFormat, MrzText
from models.finding import Finding, Status, Strength
from models.stage import Stage
from tests.documents.zones import TODAY, a_card, a_passport, changed, read_unsurely
from verifiers.documents import rules_zone
from verifiers.documents.evidence import DocumentRead
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build
from verifiers.documents.printed import PrintedZone
from verifiers.picture import Picture

_RULES: tuple[Callable[[DocumentRead], Iterator[Finding]], ...] = (
    rules_zone.unsure,
    rules_zone.check_digits,
    rules_zone.dates,
    rules_zone.other_rules_of_9303,
    lambda read: rules_zone.expiry(read, Context(stage=Stage.INTERVIEW, today=TODAY)),
    lambda read: rules_zone.specimen(read, allowed=False),
)


def judged(zone: tuple[str, ...] | MrzText) -> dict[str, Finding]:
    """The findings on a zone by their code; lines are as surely read as can be."""
    text = zone if isinstance(zone, MrzText) else read_unsurely(zone)
    picture = Picture(file="zone.png", pixels=np.zeros((8, 8, 3), np.uint8))
    read = DocumentRead(
        picture=picture,
        text=text,
        mrz=understand(text, today=TODAY),
        printed=PrintedZone(problem="not looked at"),
        printed_on=picture,
        comparisons=(),
    )
    return {finding.code: finding for rule in _RULES for finding in rule(read)}


OLD_US_CARD = changed(build(MrzFormat.TD1, a_card(document_number="22345679")), 0, 0, "C1USA")


def test_a_document_in_order_gives_no_finding() -> None:
    for format, fields in (
        (MrzFormat.TD3, a_passport()),
        (MrzFormat.TD3, a_passport(document_code="PS", nationality="XXA", sex="<")),
        (MrzFormat.TD1, a_card(document_number="123456789012")),
        (MrzFormat.TD1, a_card(issuing_state="SI", nationality="SI")),
        (MrzFormat.TD2, a_card(issuing_state="ROU", document_code="ID")),
    ):
        assert judged(build(format, fields)) == {}


def test_a_wrong_digit_of_a_long_number_contradicts_as_strongly_as_any_and_says_where() -> None:
    lines = build(MrzFormat.TD1, a_card(document_number="D23145890734"))
    found = judged(changed(lines, 0, 18, "8"))
    finding = found["document.mrz.check_digit"]
    assert finding.strength is Strength.STRONG
    assert "line 1, character 19: check digit printed 8, computed 9" in finding.for_recruiter


def test_a_digit_that_was_left_out_contradicts_only_weakly() -> None:
    (finding,) = judged(build(MrzFormat.TD3, a_passport(document_number_check_digit="<"))).values()
    assert (finding.code, finding.strength) == ("document.mrz.not_as_icao", Strength.WEAK)
    assert "line 2, character 10: no check digit printed, computed" in finding.for_recruiter


def test_the_digits_of_an_old_us_card_are_left_open_and_a_newer_document_is_asked_for() -> None:
    (finding,) = judged(changed(OLD_US_CARD, 0, 14, "7")).values()
    assert (finding.code, finding.status) == ("document.mrz.digits_not_judged", Status.UNKNOWN)
    assert "US permanent resident cards of before 2010" in finding.for_recruiter
    assert finding.question
    assert judged(OLD_US_CARD) == {}, "newer cards with the same letters compute them as 9303 does"


def test_an_old_us_card_that_was_not_read_surely_is_a_request_for_a_better_picture() -> None:
    card = read_unsurely(changed(OLD_US_CARD, 0, 14, "7"), (0, 8))
    assert set(judged(card)) == {"document.mrz.unsure"}


@pytest.mark.parametrize(
    ("field", "value", "mark"),
    [
        ("issuing_state", "UTO", "UTO is Utopia"),
        ("document_number", "L898902C3", "L898902C3 is the number of the example of 9303-4"),
        ("name", "VZOREC<<TINA", "VZOREC stands for the name of a specimen's holder"),
    ],
)
def test_a_specimen_is_told_by_the_field_that_gives_it_away(
    field: str, value: str, mark: str
) -> None:
    (finding,) = judged(build(MrzFormat.TD3, a_passport(**{field: value}))).values()
    assert (finding.code, finding.strength) == ("document.specimen", Strength.STRONG)
    assert mark in finding.for_recruiter
    (seen,) = finding.seen
    assert seen.what.startswith(field.replace("_", " "))


@pytest.mark.parametrize("printed", ["<<<<<<", "991231", "999999"])
def test_a_card_that_does_not_expire_has_not_expired(printed: str) -> None:
    (finding,) = judged(build(MrzFormat.TD1, a_card(expiry_date=printed))).values()
    assert (finding.code, finding.status) == ("document.expiry_unknown", Status.UNKNOWN)


def test_a_document_that_ran_out_contradicts_moderately() -> None:
    (finding,) = judged(build(MrzFormat.TD1, a_card(expiry_date="260531"))).values()
    assert (finding.code, finding.strength) == ("document.expired", Strength.MODERATE)


@pytest.mark.parametrize(
    "zone",
    [
        changed(build(MrzFormat.TD3, a_passport()), 1, 9, "9"),
        build(MrzFormat.TD3, a_passport(birth_date="651345")),
        build(MrzFormat.TD3, a_passport(nationality="QQQ")),
        build(MrzFormat.TD3, a_passport(issuing_state="UTO")),
        build(MrzFormat.TD3, a_passport(expiry_date="200101")),
    ],
)
def test_whatever_contradicts_has_an_innocent_explanation_and_a_question(
    zone: tuple[str, ...],
) -> None:
    found = [f for f in judged(zone).values() if f.status is Status.CONTRADICTS]
    assert found
    assert all(finding.innocent_explanation and finding.question for finding in found)
