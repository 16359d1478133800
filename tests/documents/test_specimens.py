"""Published specimens are known by their values, and nobody is one for the name that he bears."""

import pytest

from models.document import MrzFormat
from tests.documents.zones import TODAY, a_card, a_passport, read_unsurely
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build
from verifiers.documents.mrz_fields import CHARACTERS
from verifiers.documents.specimens import SPECIMEN_NUMBERS, SpecimenNumber

GERMAN = {"issuing_state": "D", "nationality": "D", "document_number": "C4CH9N2K1"}


def test_a_document_like_any_other_is_no_specimen() -> None:
    assert not understand(build(MrzFormat.TD3, a_passport()), today=TODAY).specimen
    assert not understand(build(MrzFormat.TD1, a_card(**GERMAN)), today=TODAY).specimen


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("issuing_state", "UTO"),
        ("issuing_state", "BDR"),
        ("issuing_state", "XXA"),
        ("document_number", "L898902C3"),
        ("document_number", "LT0000000"),
        ("document_number", "00000000"),
        ("document_number", "CA00000AA"),
        ("name", "SPECIMEN<<VZOR"),
        ("name", "WZOR<<JAN"),
    ],
)
def test_specimens_are_told_by_the_field_that_gives_them_away(name: str, value: str) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport() | {name: value}), today=TODAY)
    assert mrz.specimen
    assert "a specimen's: " in (mrz.fields[name].reason or "")


@pytest.mark.parametrize("known", SPECIMEN_NUMBERS, ids=lambda known: known.number)
def test_every_published_number_is_known_where_its_issuer_gives_it(
    known: SpecimenNumber,
) -> None:
    """And a stranger's document that happens to bear the same number is like any other."""
    assert known.source
    assert set(known.number) <= set(CHARACTERS)
    card = a_card(issuing_state=known.state or "NLD", document_number=known.number)
    mrz = understand(build(MrzFormat.TD1, card), today=TODAY)
    assert known.what in (mrz.fields["document_number"].reason or "")
    if known.state:
        elsewhere = understand(build(MrzFormat.TD1, card | {"issuing_state": "MEX"}), today=TODAY)
        assert not elsewhere.specimen


def test_erika_mustermann_is_known_by_issuer_and_birth_date() -> None:
    erika = a_passport(**GERMAN, name="MUSTERMANN<<ERIKA", birth_date="640812")
    mrz = understand(build(MrzFormat.TD3, erika), today=TODAY)
    assert "holder of Germany's specimens" in (mrz.fields["name"].reason or "")


@pytest.mark.parametrize(
    "person",
    [
        {"name": "MUSTERMANN<<MAX"},
        {"name": "MUSTERMANN<<ERIKA"},
        {"name": "MUSTER<<ANNA"},
        {"name": "MUSTERFRAU<<MARIA"},
        {"name": "ERIKSSON<<ANNA<MARIA"},
        {"name": "SPECIMENSKI<<JAN"},
        {"name": "MUSTERMANN<<ERIKA", "birth_date": "640812", "issuing_state": "AUT"},
        {"document_number": "A10000001"},
    ],
)
def test_people_who_share_a_name_or_nearly_a_number_with_a_specimen_are_people(
    person: dict[str, str],
) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(**(GERMAN | person))), today=TODAY)
    assert not mrz.specimen


def test_what_was_not_read_surely_makes_no_specimen() -> None:
    lines = build(MrzFormat.TD3, a_passport(issuing_state="UTO"))
    assert not understand(read_unsurely(lines, (0, 3)), today=TODAY).specimen
    erika = a_passport(**GERMAN, name="MUSTERMANN<<ERIKA", birth_date="640812")
    lines = build(MrzFormat.TD3, erika)
    assert not understand(read_unsurely(lines, (1, 14)), today=TODAY).specimen


def test_a_stateless_person_is_not_taken_for_a_specimen() -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(nationality="XXA")), today=TODAY)
    assert not mrz.specimen
    assert mrz.invalid == ()
