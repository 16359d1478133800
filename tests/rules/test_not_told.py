"""Honest lives of which a rule says that it cannot be judged, never that it is contradicted."""

import pytest

from models.rule import RuleOutcome
from service.workflow.rules import ALL_RULES
from tests.rules import cases_accounts as accounts
from tests.rules.building import work
from tests.rules.cases_history_employers import a_company, domain_of, referred, registered
from verifiers.case import Case
from verifiers.judging import judge

NOT_TOLD: dict[str, tuple[str, Case]] = {
    "a young namesake, of which the country is not known": (
        "HIST-01",
        registered(work("2012-03", "2015-06"), a_company(founded="2019-05-02", country_code=None)),
    ),
    "a registry knows another ending of a group that got a new one": (
        "HIST-06",
        referred(
            "maria@northwind.co.uk",
            domain_of("2025-12-01", "northwind.co.uk"),
            official=(),
            companies=(a_company(domains=("northwind.com",)),),
        ),
    ),
    **accounts.NOT_TOLD,
}


@pytest.mark.parametrize(("rule", "case"), NOT_TOLD.values(), ids=NOT_TOLD.keys())
def test_what_is_not_sure_is_unknown(rule: str, case: Case) -> None:
    judged = judge([one for one in ALL_RULES if one.id == rule], case)
    assert judged.rules[0].outcome is RuleOutcome.UNKNOWN
