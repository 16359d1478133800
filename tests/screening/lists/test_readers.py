"""What is read of each format, and what is told of a file that is none."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.circumstances import ListedKind
from models.sanctions import BirthSpan, ListedDocument, ListEntry, NameQuality, SanctionsList
from tests.screening.lists.made import eu_export, ofac_advanced, un_list
from verifiers.screening.lists import UnreadableList, files_of, read_list
from verifiers.screening.lists.countries import country_code

SDN = (
    '1,"DOE, Jane","individual","CYBER2] [DPRK2","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB '
    "07 Jan 1980; alt. DOB circa 1981; POB Erewhon; nationality Korea, North; Passport A1234567 "
    "(Korea, North) expires 04 Nov 2019; National ID No. 99-88 (Russia); Email Address "
    "jane@example.com; alt. Email Address doe@example.com; Website http://www.doe-consult.com/x; "
    "alt. Website www.facebook.com/doe; Phone Number 850 2 18111; Digital Currency Address - XBT "
    "1ExampLe1ExampLe1ExampLe1ExampLe1; a.k.a. 'JD'; Linked To: EXAMPLE TRADI\"\r\n"
    '2,"EXAMPLE TRADING","-0- ","DPRK4",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Company Number 4711 '
    '(Hong Kong); SWIFT/BIC EXAMKPPY; Organization Established Date 2004."\r\n'
    '3,"EXAMPLE STAR","vessel","DPRK4",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"IMO 123."\r\n\x1a'
)


@pytest.fixture
def sdn(tmp_path: Path) -> Path:
    """The four files of OFAC's CSV."""
    (tmp_path / "alt.csv").write_text('1,7,"aka","DOH, Jane",-0- \r\n9,8,"aka","NOBODY",-0- \r\n')
    (tmp_path / "add.csv").write_text('1,7,"Main St 1","Erewhon","Korea, North",-0- \r\n')
    (tmp_path / "sdn_comments.csv").write_text('1,"NG; Tax ID No. 555-1 (Russia)."\r\n')
    (tmp_path / "sdn.csv").write_text(SDN)
    return tmp_path / "sdn.csv"


def _read(path: Path, text: str) -> SanctionsList:
    path.write_text(text, encoding="utf-8")
    (found,) = read_list(path)
    return found


def _names(entry: ListEntry) -> list[tuple[str, NameQuality]]:
    return [(name.text, name.quality) for name in entry.names]


def _day(year: int, month: int, day: int) -> BirthSpan:
    return BirthSpan(earliest=date(year, month, day), latest=date(year, month, day))


def _years(first: int, last: int) -> BirthSpan:
    return BirthSpan(earliest=date(first, 1, 1), latest=date(last, 12, 31))


def test_ofacs_csv_is_read_with_the_files_beside_it(sdn: Path) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    (found,) = read_list(sdn, fetched_at=at)
    assert (found.name, found.fetched_at, len(found.entries)) == ("OFAC SDN", at, 2)
    jane, trading = found.entries
    assert (jane.id, jane.kind, trading.kind) == ("1", ListedKind.PERSON, ListedKind.ENTITY)
    assert _names(jane) == [
        ("DOE, Jane", NameQuality.PRIMARY),
        ("DOH, Jane", NameQuality.STRONG),
        ("JD", NameQuality.WEAK),
    ]
    assert jane.births == (_day(1980, 1, 7), _years(1980, 1982))
    assert jane.documents == (
        ListedDocument(number="A1234567", kind="Passport", country_code="KP"),
        ListedDocument(number="99-88", kind="National ID No", country_code="RU"),
        ListedDocument(number="555-1", kind="Tax ID No", country_code="RU"),
    )
    assert jane.emails == ("jane@example.com", "doe@example.com")
    assert jane.domains == ("doe-consult.com",)
    assert jane.phones == ("850 2 18111",)
    assert jane.wallets == ("1ExampLe1ExampLe1ExampLe1ExampLe1",)
    assert jane.addresses == ("Main St 1, Erewhon, Korea, North",)
    assert jane.programmes == ("CYBER2", "DPRK2")
    assert jane.remarks
    assert "Linked To: EXAMPLE TRADING; Tax ID" in jane.remarks
    assert [one.number for one in trading.documents] == ["4711"]
    assert {file.name for file in files_of(sdn)} == {
        "sdn.csv",
        "alt.csv",
        "add.csv",
        "sdn_comments.csv",
    }


def test_a_folder_is_read_as_the_lists_in_it(sdn: Path) -> None:
    (sdn.parent / "un.xml").write_text(un_list())
    (sdn.parent / "notes.csv").write_text("who,when\nme,today\n")
    assert sorted(one.name for one in read_list(sdn.parent)) == ["OFAC SDN", "UN Security Council"]


def test_ofacs_advanced_xml_is_read(tmp_path: Path) -> None:
    found = _read(tmp_path / "SDN_ADVANCED.XML", ofac_advanced())
    assert (found.name, found.published_on) == ("OFAC SDN", date(2026, 11, 20))
    person, company = found.entries
    assert _names(person) == [
        ("EXAMPLE, Min-jun", NameQuality.PRIMARY),
        ("예제민준", NameQuality.PRIMARY),
        ("Minny", NameQuality.WEAK),
        ("EKSAMPLE, Minjun", NameQuality.STRONG),
    ]
    assert person.births == (_day(1987, 3, 5), _years(1984, 1986))
    assert person.documents == (
        ListedDocument(number="654321987", kind="Passport", country_code="KP"),
    )
    assert person.emails == ("min@example.com",)
    assert person.wallets == ("1ExampLe1ExampLe1ExampLe1ExampLe1",)
    assert person.addresses == ("Example Street 1, Pyongyang, Korea, North",)
    assert person.country_codes == ("KP",)
    assert (person.programmes, person.listed_on) == (("DPRK2",), date(2025, 7, 8))
    assert person.remarks == "Title IT worker"
    assert company.kind is ListedKind.ENTITY
    assert (company.domains, company.documents) == (("example-trading.com",), ())
    other = _read(tmp_path / "c.xml", ofac_advanced(listed="Consolidated List"))
    assert other.name == "OFAC Consolidated"


def test_the_eus_export_is_read(tmp_path: Path) -> None:
    found = _read(tmp_path / "eu.xml", eu_export())
    assert (found.name, found.published_on) == ("EU", date(2026, 11, 19))
    person, company = found.entries
    assert _names(person) == [
        ("Jiho Beispiel", NameQuality.PRIMARY),
        ("Ji-ho Beispil", NameQuality.STRONG),
        ("Ho", NameQuality.WEAK),
    ]
    assert person.births == (_day(1969, 4, 28), _years(1970, 1972), _years(1965, 1967))
    assert person.documents[0].number == "836110034"
    assert (person.emails, person.phones) == (("jiho@example.org",), ("+41 31 555 01 02",))
    assert person.listed_on == date(2016, 5, 20)
    assert person.remarks == "Diplomat; Also travels on business."
    assert company.documents == (ListedDocument(number="HRB 4711", kind="regnumber"),)


def test_an_annex_of_an_eu_regulation_is_read_as_a_list_of_its_own(tmp_path: Path) -> None:
    found = _read(
        tmp_path / "annex.csv",
        "celex,recordId,annex,schema,name,alias,birthDate,passportNumber,nationality,email\n"
        '32017R1509,1,XIII.A,Person,Beispiel Jiho,Jiho B.; 예제지호,"19.2.1968; 1965 or 1966",'
        '"836110034 (diplomatic), issued on 22.3.2013",DPRK.,"a@example.org and b@example.org."\n'
        "32017R1509,2,XIII.A,Vessel,EXAMPLE STAR,,,,,\n",
    )
    assert found.name == "EU 32017R1509"
    (person,) = found.entries
    assert [name.text for name in person.names] == ["Beispiel Jiho", "Jiho B.", "예제지호"]
    assert person.births == (_day(1968, 2, 19), _years(1965, 1965), _years(1966, 1966))
    assert [one.number for one in person.documents] == ["836110034"]
    assert person.emails == ("a@example.org", "b@example.org")
    assert person.country_codes == ("KP",)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Korea, North", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Saint Kitts and Nevis", "KN"),
        ("Cote d Ivoire", "CI"),
        ("de", "DE"),
        ("undetermined", None),
        ("00", None),
        (None, None),
    ],
)
def test_countries_are_known_as_lists_call_them(name: str | None, code: str | None) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("<!DOCTYPE html><html><body>Moved</body></html>", "is a web page, not a list"),
        ("<html><body>Sign in</body></html>", "is a web page, not a list"),
        ("<feed/>", "is XML of another kind"),
        ("who,when\nme,today\n", "is no list of a known format"),
        ('1,7,"aka","DOH, Jane",-0- \n', "name the main file"),
        (un_list()[:-60], "is damaged or cut off"),
        (ofac_advanced()[:4000], "is damaged or cut off"),
        (eu_export()[:-20], "is damaged or cut off"),
        (un_list(0), "has no entries"),
        (SDN[:-200].rstrip('"'), "is damaged or cut off"),
        (SDN[:-40], "is damaged or cut off"),
        ("<a>" * 60, "is XML of another kind"),
        ("<CONSOLIDATED_LIST>" + "<a>" * 60, "is nested deeper"),
    ],
)
def test_a_file_that_is_no_whole_list_is_refused_with_the_reason(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(UnreadableList, match=told) as refused:
        _read(tmp_path / "list", text)
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize("name", ["consolidated.xml", "sdn.csv"])
def test_entities_of_xml_are_not_expanded(tmp_path: Path, name: str) -> None:
    bomb = '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    text = un_list().replace("?>", f"?>{bomb}", 1).replace("PERSON", "&b;")
    with pytest.raises(UnreadableList, match="declares entities"):
        _read(tmp_path / name, text)


def test_a_file_that_is_not_there_is_told_without_its_path(tmp_path: Path) -> None:
    with pytest.raises(UnreadableList, match=r"^gone\.csv cannot be read: No such file"):
        read_list(tmp_path / "gone.csv")
