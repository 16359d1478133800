"""The grammar of licence barcodes: the standard, and what printers and scanners make of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from models.barcode import AnomalyKind, Licence
from models.document import FieldStatus
from samples.licence_payload import ANNA_DRIVES, assembled, elements, payload
from verifiers.documents.aamva import NO_LICENCE, understand_licence

VERSIONS = range(1, 11)

CANADIAN = replace(ANNA_DRIVES, country="CAN", postal_code="K1A 0B1")
ONTARIO = (
    "@\n\x1e\rANSI 636012030001DL00000367DLDCAG1 \nDCBX\nDCDNONE \nDBA20280520\nDCSPUBLIC,\n"
    "DCTJANE\nDBD20230627\nDBB19800306\nDBC2\nDAYNONE\nDAU160 cm\nDAG16 ELM DR, \nDAITORONTO \n"
    "DAJON\nDAKM4N 1B6\nDAQP0233-60409-25311\nDCFDN2962102\nDCGCAN\nDCHNONE\nDCK*9989695*\n\r\n"
)
BRITISH_COLUMBIA = (
    "%BCKELOWNA^PUBLIC,$JANE QUINN^17 ELM RD$KELOWNA BC  V1Y 2P6^?;6360287290172=280619920315=?"
    "_%0AV1Y2P6                     F165 60BRNGRN                           <*,A.9O1H8?"
)


def understood(text: str) -> Licence:
    licence = understand_licence(text)
    assert licence.problem is None
    return licence


def kinds(licence: Licence) -> set[AnomalyKind]:
    return {anomaly.kind for anomaly in licence.anomalies}


def is_annas(licence: Licence) -> bool:
    said = [licence.value(n) for n in ("family_name", "given_names", "birth_date", "number")]
    return said == ["ERIKSSON", "ANNA MARIA", "1974-08-12", "X4471209"]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_of_the_standard_is_understood_without_an_anomaly(version: int) -> None:
    licence = understood(payload(ANNA_DRIVES, version))
    assert is_annas(licence)
    assert licence.version == version
    assert licence.anomalies == ()
    assert licence.expiry_date == date(2032, 8, 12)
    assert licence.issue_date == date(2024, 4, 15)
    assert licence.value("sex") == "F"
    assert licence.value("address") == "12 HARBOUR STREET, EXAMPLETON, XX 00501"


@pytest.mark.parametrize("version", [3, 10])
def test_canadian_dates_have_the_year_first_without_an_anomaly(version: int) -> None:
    licence = understood(payload(CANADIAN, version))
    assert licence.birth_date == date(1974, 8, 12)
    assert licence.anomalies == ()


def test_a_date_in_another_order_is_understood_and_told() -> None:
    text = payload(ANNA_DRIVES).replace("DBB08121974", "DBB19740812")
    licence = understood(text)
    assert licence.birth_date == date(1974, 8, 12)
    (anomaly,) = licence.anomalies
    assert (anomaly.kind, anomaly.element) == (AnomalyKind.DATE_ORDER, "DBB")
    assert text[anomaly.start :].startswith("19740812")


def test_every_field_says_from_which_elements_and_where() -> None:
    text = payload(ANNA_DRIVES)
    licence = understood(text)
    assert [e.id for e in licence.fields["given_names"].elements] == ["DAC", "DAD"]
    for element in licence.elements:
        assert text[element.start : element.end] == element.raw
        assert text[: element.start].rstrip(" ").endswith(element.id)


def test_elements_of_unknown_meaning_are_kept() -> None:
    named = {e.id: e for e in understood(payload(ANNA_DRIVES)).elements}
    assert (named["ZXA"].raw, named["ZXA"].subfile) == ("SPECIMEN", "ZX")
    text = assembled({"DL": (*elements(ANNA_DRIVES, 10), ("DCZ", "NEW"))}, 10)
    assert next(e.raw for e in understood(text).elements if e.id == "DCZ") == "NEW"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda t: t.replace("\n", "\r\n"), AnomalyKind.OFFSET),
        (lambda t: t.replace("\r", "\n"), AnomalyKind.HEADER),
        (lambda t: t.replace("\n", "\r"), AnomalyKind.HEADER),
        (lambda t: t.replace("\n", "|"), AnomalyKind.HEADER),
        (lambda t: "".join(c for c in t if c.isprintable()), AnomalyKind.SEPARATOR),
        (lambda t: "".join(c if c.isprintable() else " " for c in t), AnomalyKind.SEPARATOR),
        (lambda t: t[1:], AnomalyKind.HEADER),
        (lambda t: t.replace("ANSI ", "ANSI"), AnomalyKind.HEADER),
        (lambda t: t.replace("ANSI ", "AAMVA"), AnomalyKind.HEADER),
        (lambda t: t.replace("ANSI ", "AMVAA"), AnomalyKind.HEADER),
        (lambda t: "\x1c?" + t, AnomalyKind.STRAY),
        (lambda t: "]L0" + t, AnomalyKind.STRAY),
        (lambda t: t.replace("DLDAQ", "DLDLDAQ"), AnomalyKind.OFFSET),
        (lambda t: t + "8" * 100, AnomalyKind.STRAY),
        (lambda t: t.replace("DL0041", "DL0000"), AnomalyKind.OFFSET),
        (lambda t: t.replace("DL0041", "DL9999"), AnomalyKind.OFFSET),
        (lambda t: t.replace("DL0041", "DLabac"), AnomalyKind.DESIGNATOR),
        (lambda t: t.replace("100102DL", "100105DL"), AnomalyKind.DESIGNATOR),
        (lambda t: t.replace("DLDAQ", "DAQ"), AnomalyKind.SUBFILE),
        (lambda t: t.replace("\rZX", "MZX"), AnomalyKind.SEPARATOR),
        (lambda t: t.replace("DBC2\n", "DBC2"), AnomalyKind.SEPARATOR),
        (lambda t: t.replace("\nDBC2", "\n\n  DBC2\x90\nDBC1"), AnomalyKind.REPEATED),
        (lambda t: t.replace("999999", "123456"), AnomalyKind.ISSUER),
        (lambda t: t.replace("DAIEXAMPLETON\n", ""), AnomalyKind.MISSING),
        (lambda t: t.replace("DBC2", "DBC7"), AnomalyKind.VALUE),
        (lambda t: t[t.index("DLDAQ") :], AnomalyKind.HEADER),
    ],
)  # fmt: skip
def test_what_strays_from_the_standard_is_parsed_and_told(
    change: Callable[[str], str], kind: AnomalyKind
) -> None:
    text = change(payload(ANNA_DRIVES))
    assert text != payload(ANNA_DRIVES)
    licence = understood(text)
    assert is_annas(licence)
    assert kind in kinds(licence)
    assert all(anomaly.start <= len(text) for anomaly in licence.anomalies)


def test_a_header_of_another_versions_length_is_understood_and_told() -> None:
    text = payload(ANNA_DRIVES).replace("99999910", "99999901", 1)
    licence = understood(text)
    assert is_annas(licence)
    assert AnomalyKind.HEADER in kinds(licence)


def test_ontario_writes_offset_0_commas_and_one_element_for_all_given_names() -> None:
    licence = understood(ONTARIO)
    assert (licence.jurisdiction, licence.value("country")) == ("ON", "CAN")
    assert (licence.value("family_name"), licence.value("given_names")) == ("PUBLIC", "JANE")
    assert licence.birth_date == date(1980, 3, 6)
    assert licence.value("street") == "16 ELM DR"
    assert AnomalyKind.OFFSET in kinds(licence)


def test_north_carolina_gave_a_residence_and_dates_with_hyphens() -> None:
    licence = understood(
        "@\n\nAAMVA63600401DL00280200DLDABPUBLIC\nDACJANE\nDADQUINN\nDAE\nDAL16 ELM DR\nDAM\n"
        "DANANYTOWN\nDAONC\nDAP27614-7307\nDAQ27475304\nDBA06-05-2019\nDBB06-05-1951\nDBCF\n"
    )
    assert licence.value("address") == "16 ELM DR, ANYTOWN, NC 27614-7307"
    assert licence.birth_date == date(1951, 6, 5)
    assert licence.value("given_names") == "JANE QUINN"


@pytest.mark.parametrize("sign", [": ", "=", " "])
def test_elements_listed_with_a_sign_behind_their_identifier_are_read(sign: str) -> None:
    listed = "\n".join(f"{id}{sign}{value}" for id, value in elements(ANNA_DRIVES, 10))
    assert is_annas(understood(listed))


def test_british_columbia_prints_its_magnetic_stripe() -> None:
    licence = understood(BRITISH_COLUMBIA)
    assert licence.magnetic
    assert licence.jurisdiction == "BC"
    assert (licence.value("family_name"), licence.value("given_names")) == ("PUBLIC", "JANE QUINN")
    assert licence.birth_date == date(1992, 3, 15)
    assert (licence.value("number"), licence.value("sex")) == ("7290172", "F")
    assert licence.value("address") == "17 ELM RD, KELOWNA, BC V1Y2P6"


@pytest.mark.parametrize(
    ("month", "ends"),
    [("06", "2028-06-30"), ("77", None), ("88", "2028-03-31"), ("99", "2028-03-15")],
)
def test_a_stripe_names_a_month_or_the_birthday_or_no_end(month: str, ends: str | None) -> None:
    licence = understood(BRITISH_COLUMBIA.replace("=2806", f"=28{month}"))
    assert licence.value("expiry_date") == ends


@pytest.mark.parametrize(
    ("written", "family", "given", "suffix"),
    [
        ((("DAA", "CORTEZ,PABLO,LUIS RODRIGUEZ,JR"),), "CORTEZ", "PABLO LUIS RODRIGUEZ", "JR"),
        ((("DAA", "CORTEZ,PABLO,,JR"),), "CORTEZ", "PABLO", "JR"),
        ((("DAA", "SMITH,MARY,ROBINS,"),), "SMITH", "MARY ROBINS", None),
        ((("DAA", "SMITH$MARY$ROBINS"),), "SMITH", "MARY ROBINS", None),
        ((("DAA", "SMITH@MARY"),), "SMITH", "MARY", None),
        ((("DAA", "JOHN ROBERT LEE SMITH"),), "SMITH", "JOHN ROBERT LEE", None),
        ((("DAA", "JOHN SMITH JR"),), "SMITH", "JOHN", "JR"),
        ((("DCS", "VAN DER MEER"), ("DCT", "ANNA,MARIA")), "VAN DER MEER", "ANNA MARIA", None),
        ((("DCS", "MEER"), ("DCT", "ANNA MARIA"), ("DCU", "III")), "MEER", "ANNA MARIA", "III"),
        ((("DAB", "MEER"), ("DAC", "ANNA"), ("DAD", "")), "MEER", "ANNA", None),
        ((("DCS", "MEER"), ("DAC", "ANNA"), ("DAD", "NONE")), "MEER", "ANNA", None),
        ((("DCS", "MEER"), ("DAC", "unavl"), ("DAD", "unavl")), "MEER", None, None),
        ((("DCS", "NONE"), ("DAC", "ANNA")), "NONE", "ANNA", None),
        ((("DCS", "MEER"), ("DCT", "$"), ("DAD", "@")), "MEER", None, None),
        ((("DCS", "MEER"), ("DAC", ""), ("DAD", "MARIA")), "MEER", "MARIA", None),
        ((("DCS", "MEER"), ("DAC", "ANNA"), ("DCT", "ANNA MARIA")), "MEER", "ANNA MARIA", None),
        ((("DCS", "PUBLIC,JOHN,Q"),), "PUBLIC", "JOHN Q", None),
        ((("DCS", "PUBLIC,JOHN,Q"), ("DCT", "")), "PUBLIC", "JOHN Q", None),
        ((("DCS", "PUBLIC,JOHN,Q"), ("DCT", "JOHN Q")), "PUBLIC", "JOHN Q", None),
        ((("DAA", "PUBLIC;JOHN;Q"),), "PUBLIC", "JOHN Q", None),
        ((("DCS", "MCDADE"), ("DAC", "DACIA"), ("DAD", "DCSA")), "MCDADE", "DACIA DCSA", None),
    ],
)
def test_names_are_read_in_each_way_of_writing_them(
    written: tuple[tuple[str, str], ...], family: str, given: str | None, suffix: str | None
) -> None:
    others = (("DBB", "08121974"), ("DAQ", "X1"))
    licence = understood(assembled({"DL": (*written, *others)}, 10))
    assert licence.value("family_name") == family
    assert licence.value("given_names") == given
    assert licence.value("name_suffix") == suffix


def test_a_name_without_commas_is_said_to_be_a_guess() -> None:
    text = assembled({"DL": (("DAA", "JOHN LEE SMITH"), ("DBB", "19740812"), ("DAQ", "X1"))}, 1)
    assert AnomalyKind.VALUE in kinds(understood(text))


def test_identifiers_inside_values_are_no_elements_even_where_nothing_separates_them() -> None:
    holder = replace(ANNA_DRIVES, family="MCDADE", city="DADEVILLE")
    bare = "".join(c for c in payload(holder) if c.isprintable())
    licence = understood(bare)
    assert (licence.value("family_name"), licence.value("city")) == ("MCDADE", "DADEVILLE")
    assert licence.value("given_names") == "ANNA MARIA"


FREE = ("family_name", "given_names", "number", "street", "city")


def test_what_nothing_separates_from_the_next_element_is_said_to_be_a_guess() -> None:
    bare = "".join(c for c in payload(ANNA_DRIVES) if c.isprintable())
    licence = understood(bare)
    assert is_annas(licence)
    for name in FREE:
        field = licence.fields[name]
        assert field.status is FieldStatus.UNSURE
        assert "guess" in str(field.reason)
        assert any(element.guessed for element in field.elements)
    for name in ("birth_date", "expiry_date", "sex"):
        assert licence.fields[name].status is FieldStatus.VALID


def test_what_is_separated_is_no_guess_even_where_it_holds_an_identifier() -> None:
    for holder in (
        ANNA_DRIVES,
        replace(ANNA_DRIVES, family="MCDADE", first="SOLEDAD", middle=""),
        replace(ANNA_DRIVES, family="DACOSTA", first="TRINIDAD DCF"),
    ):
        for version in VERSIONS:
            assert not understood(payload(holder, version)).guesses()
    assert not understood(ONTARIO).guesses()
    assert not understood(ONTARIO.replace("PUBLIC", "DACOSTA")).guesses()
    assert not understood(BRITISH_COLUMBIA).guesses()


@pytest.mark.parametrize("family", ["ADDEN", "MCDADE", "DACOSTA", "HADDAF", "DCTER", "BDBCX"])
@pytest.mark.parametrize("version", VERSIONS)
def test_a_family_name_that_is_cut_wrongly_is_a_guess(family: str, version: int) -> None:
    bare = "".join(c for c in payload(replace(ANNA_DRIVES, family=family), version)
                   if c.isprintable())  # fmt: skip
    licence = understood(bare)
    assert licence.guesses("family_name")
    assert licence.birth_date == date(1974, 8, 12)


def test_one_lost_separator_makes_a_guess_of_the_name_before_it() -> None:
    licence = understood(payload(ANNA_DRIVES, 3).replace("\nDCT", "DCT"))
    assert licence.guesses("family_name")
    assert not licence.guesses("number", "city")


def test_where_half_of_the_separators_are_lost_all_is_still_found_as_a_guess() -> None:
    lines = payload(ANNA_DRIVES).split("\n")
    head, body = lines[:3], lines[3:]
    pairs = ["".join(body[at : at + 2]) for at in range(0, len(body), 2)]
    licence = understood("\n".join([*head, *pairs]))
    assert is_annas(licence)
    assert AnomalyKind.SEPARATOR in kinds(licence)


def test_a_name_that_was_cut_off_is_said_to_be() -> None:
    assert not understood(payload(ANNA_DRIVES)).name_truncated
    assert understood(payload(ANNA_DRIVES).replace("DDGN", "DDGT")).name_truncated


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("02311974", "day 31 of month 02"), ("13011974", "month 13"), ("00000000", "no year"),
     ("UNAVL", "eight digits"), ("0812974", "eight digits")],
)  # fmt: skip
def test_an_impossible_birth_date_is_told_with_its_reason(raw: str, reason: str) -> None:
    licence = understand_licence(payload(ANNA_DRIVES).replace("08121974", raw))
    field = licence.fields["birth_date"]
    assert (field.status, field.value, licence.birth_date) == (FieldStatus.INVALID, None, None)
    assert reason in str(field.reason)
    assert licence.problem == "it gives no birth date"


@pytest.mark.parametrize("raw", ["00000000", "99999999", "INDEF"])
def test_a_licence_without_end_is_no_impossible_date(raw: str) -> None:
    licence = understood(payload(ANNA_DRIVES).replace("DBA08122032", f"DBA{raw}"))
    field = licence.fields["expiry_date"]
    assert (field.status, field.value) == (FieldStatus.EMPTY, None)
    assert "no end" in str(field.reason)


def test_an_address_elsewhere_than_the_issuer_is_told() -> None:
    written = payload(ANNA_DRIVES).replace("999999", "636015")
    assert AnomalyKind.ISSUER not in kinds(understood(written.replace("DAJXX", "DAJTX")))
    moved = understood(written.replace("DAJXX", "DAJOK"))
    assert moved.jurisdiction == "TX"
    assert AnomalyKind.ISSUER in kinds(moved)


def test_real_id_and_limited_duration_are_told_in_words() -> None:
    said = understood(payload(ANNA_DRIVES).replace("DDAF\n", "DDAN\nDDD1\n"))
    assert said.value("real_id") == "not compliant"
    assert said.value("limited_duration") == "yes"


@pytest.mark.parametrize(
    "text", ["", "@", "hello", "https://DAQ.example/DCS", "M1ERIKSSON/ANNA E3T2JX SFOJFK", "\0" * 9]
)
def test_another_text_is_no_licence(text: str) -> None:
    licence = understand_licence(text)
    assert licence.problem == NO_LICENCE
    assert licence.fields == {}


def test_a_text_longer_than_any_barcode_is_refused_with_its_length() -> None:
    assert "characters" in str(understand_licence("DAQ1\n" * 10_000).problem)
