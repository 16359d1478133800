"""Whether a registry's company is surely the claimed employer."""

import pytest

from models.history import Work
from models.outside import Company
from tests.rules.building import found
from verifiers.history.answers import company_key, employer_in, institution_key


@pytest.mark.parametrize(
    ("claimed", "registered"),
    [
        ("Northwind", "NORTHWIND LIMITED"),
        ("Müller & Söhne", "Muller and Sohne GmbH & Co. KG"),
        ("O'Neill Systems, Inc.", "ONeill Systems"),
        ("Contoso S.A.", "Contoso, S.A. de C.V."),
        ("Fabryka sp. z o.o.", "FABRYKA"),
        ("Blue-Bell", "Bluebell"),
        ("Ромашка", "ООО «Ромашка»"),
    ],
)
def test_case_spacing_punctuation_marks_and_legal_forms_make_no_other_name(
    claimed: str, registered: str
) -> None:
    assert company_key(claimed) == company_key(registered)


@pytest.mark.parametrize(
    ("claimed", "registered"),
    [
        ("Northwind", "Northwind Holdings Ltd"),
        ("Northwind", "Northwing Ltd"),
        ("Northwind Trading", "Northwind"),
    ],
)
def test_a_name_that_resembles_is_another_company(claimed: str, registered: str) -> None:
    assert company_key(claimed) != company_key(registered)


def test_a_company_in_another_country_or_of_another_site_is_not_the_employer() -> None:
    here = Company(name="Northwind Ltd", number="1", country_code="GB", domains=("northwind.com",))
    told: tuple[Company, ...] = (here,)
    answer = found("Northwind", told)
    assert employer_in(answer, Work(name="Northwind")) == ()
    assert employer_in(answer, Work(name="Northwind", country_code="GB")) == (here,)
    assert employer_in(answer, Work(name="Northwind", country_code="SE")) == ()
    assert employer_in(answer, Work(name="Northwind", url="https://northwind.se")) == ()
    assert employer_in(
        answer, Work(name="Northwind", country_code="SE", url="https://www.northwind.com/jobs")
    ) == (here,)


def test_a_schools_name_is_compared_without_its_small_words() -> None:
    assert institution_key("The University of Utopia") == institution_key("University Utopia")
    assert institution_key("Utopia State") != institution_key("Utopia")
