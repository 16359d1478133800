"""Names of one person or organisation agree however they are written, and others do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.circumstances import ListedKind
from verifiers.screening.names import compare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Choe Myong-ho", "CHOE, Myong Ho"),
        ("Choe Myong-ho", "Myongho Choe"),
        ("Yi Sun-ok", "이순옥"),
        ("Lee Myung-soo", "Ri Myong-su"),
        ("Noh Young-jin", "Ro Yong-jin"),
        ("王小明", "Wang Xiaoming"),
        ("張偉強", "Zhang Weiqiang"),
        ("Hsieh Kuo-chung", "Xie Guozhong"),
        ("Юрий Шевченко", "Yury Shevchenko"),
        ("Юрий Шевченко", "Iouri Chevtchenko"),
        ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"),
        ("خالد مشعل", "Khalid Mishal"),
        ("गीता शर्मा", "Geeta Sharma"),
        ("アンナ・サトウ", "Anna Sato"),
        ("Yusuf Abdurrahman al-Masri", "Youssef 'Abd al-Rahman El Masry"),
        ("Bill Harper", "William Harper"),
        ("J. Harper", "James Harper"),
        ("Müller, Jörg", "Joerg Mueller"),
        ("Petrov Ivan Sergeevich", "Ivan Petrov"),
        ("Dr. Amina Yusuf", "Amina Yusuf"),
        ("Katharina Lindqvist", "Katarina Lindquist"),
        ("بشار الأسد", "Bashar al-Assad"),
        ("أيمن الظواهري", "Ayman al-Zawahiri"),
        ("حسن نصر الله", "Hasan Nasrallah"),
        ("عبد الرحمن محمد", "Abdul Rahman Mohammad"),
        ("سراج الدين حقاني", "Sirajuddin Haqqani"),
        ("عبدالله أحمد", "Ahmad Abd Allah"),
        ("Ri Thae Song", "Lee Tae-sung"),
        ("Kim Phyong Hae", "김평해"),
        ("Ким Чен Ын", "Kim Jong Un"),
        ("Чо Гён Хун", "JO, Kyong Hun"),
        ("Мён Чхоль Мин", "MYONG, Chol Min"),
        ("Цой Рён Хэ", "Choe Ryong Hae"),
    ],
)
def test_one_persons_name_agrees_in_every_writing(one: str, other: str) -> None:
    """Order, spacing, scripts, romanisations, pet names, initials, patronymics, titles."""
    assert compare(one, other).match
    assert compare(other, one).match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Choe Myong-ho", "Choe Kwang-su"),
        ("Ivan Sergeevich Petrov", "Ivan Andreevich Petrov"),
        ("Yusuf bin Omar", "Omar bin Yusuf"),
        ("Amina Yusuf", "Amina"),
        ("William A. Harper", "William B. Harper"),
        ("Maria Lopez Garcia", "Maria Lopez Torres"),
        ("Hassan Karimi", "Hussein Karimi"),
        ("王小明", "王大明"),
        ("Anna Sato", "Hanako Sato"),
        ("Mario Rossi", "Maria Rossi"),
        ("Michael Brown", "Michelle Brown"),
        ("John Smith", "Joan Smith"),
        ("Kim Chol", "Kim Chol Su"),
        ("Чо Гён Хун", "Jo Song Hun"),
        ("Анна Иванова", "Kim Jong Un"),
        ("بشار الأسد", "Bashar Hamdan"),
    ],
)
def test_two_peoples_names_do_not_agree(one: str, other: str) -> None:
    """What each has and the other has not tells them apart."""
    assert not compare(one, other).match
    assert not compare(other, one).match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО Северный Ветер", "Severnyy Veter LLC"),
        ("Nordlicht Gesellschaft mit beschränkter Haftung", "Nordlicht GmbH"),
        ("Sunrise Imp. & Exp. Co., Ltd.", "SUNRISE IMP AND EXP COMPANY LIMITED"),
        ("Blue Harbor Holdings plc", "Blue Harbour Holding"),
        ("A.B.K. Systems Inc.", "ABK Systems"),
        ("Sea Star Shipping", "Seastar Shipping"),
        ("2nd Bank of Example", "Second Bank of Example"),
        ("OADB", "Ostland Agricultural Development Bank"),
        ("ERGC", "Eastern Revolutionary Guard Corps"),
    ],
)
def test_one_organisations_name_agrees_in_every_writing(one: str, other: str) -> None:
    """Legal forms, spellings of business words, dots, numbers in words, initials."""
    assert compare(one, other).match
    assert compare(other, one).match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Example Fund 3 LP", "Example Fund 4 LP"),
        ("Eastern Trading Company", "Northwind Trading Company"),
        ("Northwind Insurance Ltd", "Northwind Shipping Ltd"),
        ("Trading Company", "Northwind Trading Company"),
        ("Bank of Latvia", "Bank of Malta"),
    ],
)
def test_two_organisations_names_do_not_agree(one: str, other: str) -> None:
    """Numbers, places and kinds of business contradict; business words alone say nothing."""
    assert not compare(one, other).match
    assert not compare(other, one).match


def test_a_comparison_says_why() -> None:
    """In a sentence that names the words."""
    assert "harper" in compare("Bill Harper", "William Harper").explanation
    assert "pet name" in compare("Bill Harper", "William Harper").explanation
    assert "“karimi”" in compare("Ali Karimi", "Ali Rahimi").explanation


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_are_compared_the_same_both_ways(one: str, other: str) -> None:
    """Whatever the characters: a score in bounds, a sentence, and no order of asking."""
    for kind in (None, *ListedKind):
        alike = compare(one, other, kind)
        assert 0 <= alike.score <= 1
        assert alike.explanation.endswith(".")
        assert alike.match == compare(other, one, kind).match


def test_a_name_without_end_is_compared_by_its_beginning() -> None:
    """Nobody's name is that long, and no text keeps a worker busy."""
    endless = " ".join(f"word{number}" for number in range(20_000))
    assert compare(endless, f"{endless} Ltd").match
    assert not compare(endless, "Anna Example").match
