"""Whether two names, freely written, could be one person's: any part in common, in any writing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.names import could_be_one_persons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åsa Öberg", "OBERG Aasa"),
        ("Иван Петров", "Ivan Petrov"),
        ("Katherine Miller", "Kate Jones"),
        ("José García López", "Pepe Ruiz"),
        ("Tsai Ing-wen", "Cai Yingwen"),
        ("Choi Min-jun", "Choe Minjoon"),
        ("Noh Moohyun", "Roh Mu-hyeon"),
        ("Hsu Chia-ling", "Xu Jialing"),
        ("Mohamed El Sayed", "Muhammad Elsayed"),
        ("John Ronald Smith", "J. R. Brown"),
        ("Ludwig van der Meer", "Ludwig Vandermeer"),
    ],
)
def test_names_with_any_part_in_common_could_be_one_persons(one: str, other: str) -> None:
    assert could_be_one_persons(one, other) is True
    assert could_be_one_persons(other, one) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Eriksson", "Dmitri Volkov"),
        ("James Smith", "Li Wei"),
        ("Dr. Jane Roe", "Dr. Mark Stone"),
        ("Ana de la Cruz", "Luis de la Vega"),
    ],
)
def test_names_that_share_nothing_but_a_title_or_a_particle_are_two_peoples(
    one: str, other: str
) -> None:
    assert could_be_one_persons(one, other) is False


@pytest.mark.parametrize("other", ["김철수", "山田太郎", "", "…", "Dr."])
def test_what_cannot_be_compared_is_not_known(other: str) -> None:
    assert could_be_one_persons("Anna Eriksson", other) is None


@settings(max_examples=50)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_are_compared_and_no_name_differs_from_itself(one: str, other: str) -> None:
    could_be_one_persons(one, other)
    assert could_be_one_persons(one, one) is not False
