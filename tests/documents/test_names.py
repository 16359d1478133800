"""Names as different hands write them."""

import pytest

from verifiers.names import (
    Agreement,
    DocumentName,
    compare_names,
    compare_printed_name,
)

AGREES, DIFFERS, UNKNOWN = Agreement.AGREES, Agreement.DIFFERS, Agreement.UNKNOWN


@pytest.mark.parametrize(
    ("family", "given", "claimed"),
    [
        ("MUELLER", "JUERGEN", "Jürgen Müller"),
        ("MUELLER", "JUERGEN", "Jurgen Muller"),
        ("MUXXLLER", "JURGEN", "Jürgen Müller"),
        ("PENXXA", "JOSE", "José Peña"),
        ("ERIKSSON", "ANNA MARIA", "anna eriksson"),
        ("ERIKSSON", "ANNA MARIA", "Eriksson, Anna"),
        ("ERIKSSON", "ANNA MARIA", "Maria Eriksson"),
        ("ERIKSSON", "ANNA", "Anna Eriksson-Johansson"),
        ("ERIKSSON", "ANNA", "Anna Birgitta Eriksson"),
        ("GARCIA LOPEZ", "ANA", "Ana García"),
        ("VAN DER MEER", "MARTHA LOUISE", "Martha-Louise Vandermeer"),
        ("LIN", "MEI HUA", "Lin Meihua"),
        ("OBRIEN", "SEAN", "Seán O’Brien"),
        ("IVANOV", "IURII", "Юрий Иванов"),
        ("PAVLYCHENKO", "YURII", "Юрій Павличенко"),
        ("MXHMD", "ABW BKR", "ابو بكر محمد"),
        ("MEULENDIJK", "LOES", "L. Meulendijk"),
        ("ERIKSSON", "SERGEI", "Sergey Eriksson"),
        ("SUKARNO", "", "Sukarno"),
    ],
)
def test_one_persons_name_in_another_hand_agrees(family: str, given: str, claimed: str) -> None:
    compared = compare_names(DocumentName(family, given), claimed)
    assert compared.agreement is AGREES, compared.explanation


@pytest.mark.parametrize(
    ("family", "given", "claimed"),
    [
        ("ERIKSSON", "ANNA MARIA", "Anna Johansson"),
        ("ERIKSSON", "ANNA MARIA", "John Smith"),
        ("VAN DIJK", "JAN", "Jan van Berg"),
        ("PARK", "MIN JUN", "Kim Min Jun"),
        ("WANG", "WEI", "Wei Zhang"),
        ("NGUYEN", "VAN AN", "Tran Van An"),
    ],
)
def test_another_family_name_differs(family: str, given: str, claimed: str) -> None:
    assert compare_names(DocumentName(family, given), claimed).agreement is DIFFERS


@pytest.mark.parametrize(
    ("family", "given", "claimed"),
    [
        ("SOLOVEV", "IURII", "Yury Solovyov"),
        ("ZHUKOVSKII", "ALEKSANDR", "Alexander Zhukovsky"),
        ("CHAIKOVSKII", "DMITRII", "Dmitry Tchaikovsky"),
        ("HUSAYN", "MUHAMMAD", "Mohammed Hussein"),
        ("MIRZAEV", "ZHASUR", "Jasur Mirzayev"),
        ("SHERBAKOV", "IVAN", "Иван Щербаков"),
    ],
)
def test_another_romanisation_of_the_same_name_is_asked_about(
    family: str, given: str, claimed: str
) -> None:
    assert compare_names(DocumentName(family, given), claimed).agreement is UNKNOWN


@pytest.mark.parametrize("claimed", ["Aziz Oʻktamov", "Aziz O‘ktamov", "Aziz O'ktamov"])
def test_letters_that_look_like_apostrophes_leave_no_trace(claimed: str) -> None:
    assert compare_names(DocumentName("OKTAMOV", "AZIZ"), claimed).agreement is AGREES


def test_another_given_name_is_left_open_since_people_go_by_other_names() -> None:
    compared = compare_names(DocumentName("SMITH", "ROBERT"), "Bob Smith")
    assert compared.agreement is UNKNOWN
    assert "preferred name" in compared.explanation


def test_a_name_cut_off_by_the_zone_agrees_with_the_whole_one() -> None:
    cut = DocumentName("PAPANDROPOULOUS", "JONATHON ALEC CHRISTO", truncated=True)
    assert compare_names(cut, "Christopher Papandropoulous").agreement is AGREES
    whole = DocumentName("PAPANDROPOULOUS", "JONATHON ALEC CHRISTO")
    assert compare_names(whole, "Christopher Papandropoulous").agreement is UNKNOWN


def test_a_script_that_cannot_be_compared_is_unknown_and_never_differs() -> None:
    assert compare_names(DocumentName("WANG", "XIAOMING"), "王小明").agreement is UNKNOWN


def test_an_arabic_name_that_entered_the_document_by_its_sound_never_differs() -> None:
    compared = compare_names(DocumentName("MOHAMMED", "ABU BAKR"), "ابو بكر محمد")
    assert compared.agreement is UNKNOWN
    assert "sound" in compared.explanation


def test_a_missing_name_is_unknown() -> None:
    assert compare_names(DocumentName("WANG", "XIAOMING"), " ").agreement is UNKNOWN


@pytest.mark.parametrize(
    ("zone", "printed", "expected"),
    [
        ("VAN DER MEER", "van der Meer", AGREES),
        ("MUELLER", "MÜLLER", AGREES),
        ("MARTHA LOUISE", "MARTHA-LOUISE", AGREES),
        ("ERIKSSON", "ER1KSSON", UNKNOWN),
        ("ERIKSSON", "ERIKSS0N.", UNKNOWN),
        ("ERIKSSON", "LINDQVIST", DIFFERS),
    ],
)
def test_print_differs_only_beyond_what_ocr_gets_wrong(
    zone: str, printed: str, expected: Agreement
) -> None:
    assert compare_printed_name(zone, printed).agreement is expected


@pytest.mark.parametrize(
    ("zone", "printed", "expected"),
    [
        ("CHRISTO", "Christopher", AGREES),
        ("BENNELONG WOOLOOMOOLOO W W", "Bennelong Wooloomooloo Warrandyte Warnambool", AGREES),
        ("NILAVADHANANANDA K", "Nilavadhanananda Dejthamrong Krasuang", AGREES),
        ("MUELL", "Müller", AGREES),
        ("LI", "Lindqvist", UNKNOWN),
        ("LINDQVIST", "Papandropoulous", DIFFERS),
    ],
)
def test_the_printed_name_may_go_on_where_the_zone_cut_it_off(
    zone: str, printed: str, expected: Agreement
) -> None:
    assert compare_printed_name(zone, printed, truncated=True).agreement is expected


def test_a_name_that_is_whole_in_the_zone_may_not_go_on_in_print() -> None:
    assert compare_printed_name("LIND", "Lindqvist").agreement is DIFFERS
