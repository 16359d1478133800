"""References and employers beyond the three cases of each rule."""

import pytest

from models.rule import RuleOutcome
from tests.rules.building import a_case
from tests.rules.cases_contacts import FURTHER_FRAUD, NOT_TOLD
from verifiers.case import Case
from verifiers.history.contact_points import canonical_email, canonical_phone
from verifiers.history.contacts import RULES
from verifiers.judging import judge

BY_ID = {rule.id: rule for rule in RULES}


def _outcome(rule: str, case: Case) -> RuleOutcome:
    return judge([BY_ID[rule]], case).rules[0].outcome


@pytest.mark.parametrize("case", FURTHER_FRAUD.values(), ids=FURTHER_FRAUD.keys())
def test_a_shared_contact_is_found_however_it_is_written(case: Case) -> None:
    assert _outcome("HIST-24", case) is RuleOutcome.CONTRADICTS


@pytest.mark.parametrize("case", NOT_TOLD.values(), ids=NOT_TOLD.keys())
def test_only_an_employers_own_denial_counts(case: Case) -> None:
    assert _outcome("HIST-21", case) is RuleOutcome.UNKNOWN


def test_two_references_without_names_are_not_taken_for_two_people() -> None:
    case = a_case({"references": [{"email": "hr@firm.com"}, {"email": "hr@firm.com"}]})
    assert _outcome("HIST-24", case) is RuleOutcome.UNKNOWN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J.Doe+work@GoogleMail.com", "jdoe@gmail.com"),
        ("jo@outlook.com", "Jo+jobs@Outlook.com"),
        ("jo@proton.me", "jo@pm.me"),
    ],
)
def test_one_mailbox_is_one_address(one: str, other: str) -> None:
    assert canonical_email(one) == canonical_email(other)


def test_dots_and_plus_count_where_the_provider_counts_them() -> None:
    assert canonical_email("j.doe@firm.com") != canonical_email("jdoe@firm.com")
    assert canonical_email("jo+a@firm.com") != canonical_email("jo@firm.com")


def test_a_number_keeps_its_own_country_and_a_short_one_is_no_line() -> None:
    assert canonical_phone("+1 (212) 555-0100") == canonical_phone("001 212 555 0100")
    assert canonical_phone("+44 20 7946 0018") != canonical_phone("+45 20 7946 0018")
    assert canonical_phone("55 01 23") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anna Smith", "Robert Smith"), ("김 민준", "박 서연"), ("José Núñez", "Ana Ibáñez")],
)
def test_two_names_of_one_resume_in_one_mailbox_are_two_people(one: str, other: str) -> None:
    told = [{"name": name, "email": "hr@firm.com"} for name in (one, other)]
    assert _outcome("HIST-24", a_case({"references": told})) is RuleOutcome.CONTRADICTS


def test_a_pet_name_in_another_form_may_be_one_person_told_twice() -> None:
    form = {"where": "application_form"}
    told = [
        {"name": "Robert Smith", "email": "rob@firm.com"},
        {"name": "Bob Smith", "email": "rob@firm.com", "asserted": form},
    ]
    assert _outcome("HIST-24", a_case({"references": told})) is RuleOutcome.UNKNOWN
