"""Long document numbers, and national cards that keep to 9303 in part."""

from datetime import date

from models.document import FieldStatus, MrzFormat
from tests.documents.zones import TD1, TODAY, a_card, changed, status
from verifiers.documents.check_digit import check_digit
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build


def test_a_card_may_leave_the_nationality_out_as_macaos_does() -> None:
    lines = (
        "I<MAC12281507<0<<<<<<<<0212300",
        "6106225M1212307<<<<<<<<<<<<<<6",
        "CHONG<<KA<KEONG<<<<<<<<<<<<<<<",
    )
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert status(mrz, "nationality") is FieldStatus.EMPTY


def test_a_long_document_number_continues_in_the_optional_data() -> None:
    for format in (MrzFormat.TD1, MrzFormat.TD2):
        lines = build(format, a_card(document_number="123456789012", optional_data=""))
        mrz = understand(lines, today=TODAY)
        assert mrz.value("document_number") == "123456789012"
        assert mrz.value("optional_data") is None
        assert mrz.invalid == ()


def test_the_standards_long_number_has_the_digit_nine() -> None:
    lines = changed(TD1, 0, 5, "D23145890<7349<")
    mrz = understand(changed(lines, 1, 29, "6"), today=TODAY)
    assert mrz.value("document_number") == "D23145890734"
    assert status(mrz, "document_number_check_digit") is FieldStatus.VALID


def test_a_long_number_may_take_all_of_the_optional_data() -> None:
    number = "123456789012345"
    lines = build(MrzFormat.TD2, a_card(document_number=number[:14]))
    full = changed(lines, 1, 28, f"{number[9:]}{check_digit(number)}")
    mrz = understand(full, today=TODAY)
    assert mrz.value("document_number") == number
    assert mrz.value("optional_data") is None


def test_a_wrong_digit_of_a_long_number_is_found() -> None:
    mrz = understand(changed(TD1, 0, 5, "D23145890<7348<"), today=TODAY)
    field = mrz.fields["document_number_check_digit"]
    assert field.reason == "line 1, character 19: check digit printed 8, computed 9"
    assert field.value == "8"


def test_the_standards_card_with_a_long_number_is_right_to_its_composite_digit() -> None:
    lines = (
        "I<UTOD23145890<7349<<<<<<<<<<<",
        "3407127M9507122UTO<<<<<<<<<<<2",
        "STEVENSON<<PETER<JOHN<<<<<<<<<",
    )
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert mrz.value("document_number") == "D23145890734"
    number = mrz.fields["document_number"].reason
    assert (
        number == "line 1, characters 6 to 14: a specimen's: D23145890734 is the number of the "
        "example of 9303-5"
    )


def test_a_digit_left_out_where_no_number_goes_on_is_said_to_be_missing() -> None:
    mrz = understand(changed(TD1, 0, 14, "<"), today=TODAY)
    field = mrz.fields["document_number_check_digit"]
    assert (field.status, field.value) == (FieldStatus.INVALID, None)
    assert field.reason == "line 1, character 15: no check digit printed, computed 7"


def test_portuguese_cards_weigh_the_filler_with_a_long_number_and_the_reason_says_so() -> None:
    lines = (
        "I<PRT000024759<ZZ72<<<<<<<<<<<",
        "8010100F2006017PRT<<<<<<<<<<<8",
        "CARLOS<MONTEIRO<<AMELIA<VANESS",
    )
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert mrz.value("document_number") == "000024759ZZ7"
    assert "as Portuguese cards do" in (mrz.fields["document_number_check_digit"].reason or "")
    assert mrz.name_truncated
    elsewhere = changed(lines, 0, 2, "UTO")
    assert "document_number_check_digit" in [
        f.name for f in understand(elsewhere, today=TODAY).invalid
    ]


def test_optional_data_beside_a_nine_character_number_are_not_its_rest() -> None:
    lines = (
        "IDBEL590330101085020100200<<<<",
        "8502016F0901015BEL<<<<<<<<<<<8",
        "VAN<DER<VELDEN<<GREET<HILDE<<<",
    )
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert mrz.value("document_number") == "590330101"
    assert mrz.value("optional_data") == "85020100200"


def test_the_old_french_card_is_read_by_its_own_layout() -> None:
    lines = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert mrz.value("document_number") == "880692310285"
    assert (mrz.primary_identifier, mrz.secondary_identifier) == ("BERTHIER", "CORINNE")
    assert mrz.birth_date == date(1965, 12, 6)
    assert mrz.expiry_date is None


def test_the_office_of_issue_on_a_french_card_is_no_part_of_the_name() -> None:
    fields = {
        "document_code": "ID",
        "issuing_state": "FRA",
        "primary_identifier": "Du Bois-Reymond",
        "issuing_office": "75P001",
        "document_number": "990175P00123",
        "secondary_identifier": "JEAN<<PIERRE",
        "birth_date": "650310",
        "sex": "M",
    }
    lines = build(MrzFormat.TD2, fields)
    assert lines[0] == "IDFRADU<BOIS<REYMOND<<<<<<<<<<75P001"
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert (mrz.primary_identifier, mrz.secondary_identifier) == ("DU BOIS REYMOND", "JEAN PIERRE")
    assert mrz.value("issuing_office") == "75P001"
    assert "French identity card" in (mrz.fields["document_code"].reason or "")


def test_a_wrong_digit_of_a_french_card_is_found() -> None:
    lines = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F7")
    (field,) = understand(lines, today=TODAY).invalid
    assert field.reason == "line 2, character 36: check digit printed 7, computed 6"


def test_a_romanian_card_keeps_parts_of_the_personal_number_in_its_optional_data() -> None:
    card = a_card(document_code="ID", issuing_state="ROU", nationality="ROU")
    lines = build(MrzFormat.TD2, card | {"document_number": "XR123456", "optional_data": "2123456"})
    mrz = understand(lines, today=TODAY)
    assert mrz.invalid == ()
    assert mrz.value("optional_data") == "2123456"
    told = mrz.fields["optional_data"].reason or ""
    assert told.startswith("line 2, characters 29 to 35: first and last six digits")


def test_digits_of_old_us_cards_are_not_judged_and_the_reason_says_so() -> None:
    lines = changed(build(MrzFormat.TD1, a_card()), 0, 0, "C1USA")
    mrz = understand(changed(lines, 0, 14, "9" if lines[0][14] != "9" else "8"), today=TODAY)
    field = mrz.fields["document_number_check_digit"]
    assert field.status is FieldStatus.UNSURE
    assert "do not compute their check digits as 9303-5 asks" in (field.reason or "")
    assert mrz.invalid == ()
    assert understand(lines, today=TODAY).value("document_number_check_digit") == lines[0][14]
