"""Lists as they were published: OFAC's of 2018 and 2021, the UN's of 2026, the EU's on the DPRK."""

import os
from datetime import date
from pathlib import Path

import pytest

from models.circumstances import ListedKind
from models.sanctions import BirthSpan, ListEntry, NameQuality, SanctionsList
from verifiers.screening.lists import read_list

_DATA = Path(os.environ.get("BONAFIDE_DATA", "")) / "lists"
_OFAC = _DATA / "moov-io__watchman" / "test" / "testdata"
_EU = _DATA / "opensanctions__opensanctions" / "datasets" / "eu" / "journal_sanctions" / "data"

pytestmark = pytest.mark.skipif(
    not os.environ.get("BONAFIDE_DATA"), reason="BONAFIDE_DATA is not set: no published lists"
)


def _one(path: Path) -> SanctionsList:
    (found,) = read_list(path)
    return found


def _named(found: SanctionsList, name: str) -> ListEntry:
    return next(entry for entry in found.entries if entry.names[0].text == name)


def _span(*days: date) -> BirthSpan:
    return BirthSpan(earliest=days[0], latest=days[-1])


def _kinds(found: SanctionsList) -> tuple[int, int]:
    people = sum(entry.kind is ListedKind.PERSON for entry in found.entries)
    return people, len(found.entries) - people


def test_every_person_and_entity_of_ofacs_list_is_read() -> None:
    found = _one(_OFAC / "sdn.csv")
    assert _kinds(found) == (3845, 2994)
    ryu = _named(found, "RYU, Jin")
    assert ryu.births == (_span(date(1965, 8, 7)),)
    assert [one.number for one in ryu.documents] == ["563410081"]
    names = {name.text: name.quality for name in _named(found, "JO, Yong Chol").names}
    assert names["CHO, Yong Chol"] is NameQuality.STRONG
    weak = [name for entry in found.entries for name in entry.names if name.text == "BNC"]
    assert [name.quality for name in weak] == [NameQuality.WEAK]


def test_nearly_every_person_of_ofacs_newer_list_has_a_birth_date() -> None:
    found = _one(_OFAC / "bench" / "sdn.csv")
    assert _kinds(found) == (4620, 3673)
    people = [entry for entry in found.entries if entry.kind is ListedKind.PERSON]
    stated = [entry for entry in people if "DOB" in (entry.remarks or "")]
    assert len(stated) > 4000
    assert all(entry.births for entry in stated)
    assert sum(len(entry.wallets) for entry in found.entries) == 79


def test_ofacs_other_lists_are_read() -> None:
    found = _one(_OFAC / "cons_prim.csv")
    assert (found.name, _kinds(found)) == ("OFAC Consolidated", (79, 363))


def test_every_entry_of_the_uns_list_is_read() -> None:
    found = _one(_OFAC / "UN_consolidated.xml")
    assert (found.published_on, _kinds(found)) == (date(2026, 2, 27), (730, 273))
    badege = _named(found, "ERIC BADEGE")
    assert badege.births == (_span(date(1971, 1, 1), date(1971, 12, 31)),)
    assert badege.country_codes == ("RW", "CD")
    assert badege.listed_on == date(2012, 12, 31)
    weak = sum(n.quality is NameQuality.WEAK for e in found.entries for n in e.names)
    assert weak == 615


def test_the_eus_annex_on_the_dprk_is_read() -> None:
    found = _one(_EU / "consolidated" / "32017R1509.csv")
    assert (found.name, _kinds(found)) == ("EU 32017R1509", (157, 94))
    kim = _named(found, "Kim Yong Chol")
    assert kim.births == (_span(date(1962, 2, 18)),)
    assert [one.number for one in kim.documents] == ["472310168"]
    assert "Kim Young-Cheol" in {name.text for name in kim.names}
