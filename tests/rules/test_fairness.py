"""Fair: who somebody is, and what their name or language is, changes no outcome of any rule."""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from models.circumstances import BankAccountSeen, Circumstances
from models.history import Basics, Claims, Identity
from models.outside import Author, GithubAccount, Outside, Repository
from service.workflow.rules import ALL_RULES
from tests.rules.building import a_case, found
from tests.rules.coming_to import SCREENING, clashing, outcomes
from tests.rules.drawn import SEEDS
from tests.rules.renaming import (
    PEOPLE,
    PLACES,
    in_other_countries,
    in_other_words,
    with_employers_of,
    with_name_of,
)
from verifiers.case import Case
from verifiers.judging import judge
from verifiers.rule import Rule

OF_SEEDS = tuple((case, outcomes(case, ())) for case in SEEDS)


def same_outcomes(changed: Callable[[Case], Case], but: Iterable[str] = SCREENING) -> None:
    """Assert that every seed, changed so, comes to what it came to before."""
    others = [(changed(case), case, before) for case, before in OF_SEEDS]
    assert any(other != case for other, case, _ in others)
    for other, case, before in others:
        told = outcomes(other, but)
        assert told == {rule: outcome for rule, outcome in before.items() if rule in told}, case


READ_NAMES = {"HIST-20", "HIST-28", "ENV-12"}
"""All compare writings of one name with each other, and none asks where it comes from."""
CLEARED_BY_NAMES = {"HIST-21", "HIST-27"}
"""A former name, or another author's, can only clear what these found."""


@pytest.mark.parametrize("origin", PEOPLE)
def test_a_name_from_elsewhere_changes_no_outcome(origin: str) -> None:
    same_outcomes(lambda case: with_name_of(case, origin), SCREENING | READ_NAMES)


@pytest.mark.parametrize("origin", PEOPLE)
def test_one_name_wherever_it_comes_from_never_differs_from_itself(origin: str) -> None:
    given, family = PEOPLE[origin].split()[:2]
    for name in (f"{given} {family}", f"{family} {given}"):
        assert not clashing(_named(f"{given} {family}", name)) & READ_NAMES


@pytest.mark.parametrize("origin", ["English", "Spanish", "Yoruba", "Korean, romanised"])
def test_two_names_differ_wherever_they_come_from(origin: str) -> None:
    given, family, other, another = PEOPLE[origin].split()[:4]
    assert clashing(_named(f"{given} {family}", f"{other} {another}")) >= READ_NAMES


def _named(told: str, elsewhere: str) -> Case:
    """A candidate whose name is told, and stands elsewhere too, in commits among other places."""
    repository = Repository(
        name="someone/tool",
        fork=False,
        created_on=date(2024, 5, 1),
        authors=(Author(name=elsewhere, email="dev@tool.example", commits=200),),
    )
    account = GithubAccount(
        login="someone",
        id=7,
        created_on=date(2020, 5, 1),
        repositories=(repository,),
    )
    url = "https://github.com/someone"
    return a_case(
        {
            "basics": {
                "name": told,
                "profiles": [{"network": "GitHub", "username": "someone", "url": url}],
            },
            "identity": {"fullName": told},
        },
        Outside(github=(found(url, account, "GitHub"),)),
        Circumstances(
            names_seen=((elsewhere, "bank account"),), bank=BankAccountSeen(holder=elsewhere)
        ),
    )


@pytest.mark.parametrize("origin", PLACES)
def test_employers_and_schools_of_elsewhere_change_no_outcome(origin: str) -> None:
    same_outcomes(lambda case: with_employers_of(case, origin))


@pytest.mark.parametrize(
    "words",
    ["개발자 분석 연구 관리", "مهندس تطوير إدارة بحث", "разработчик анализ проект отдел"],
    ids=["Korean", "Arabic", "Russian"],
)
def test_a_resume_in_another_language_changes_no_outcome(words: str) -> None:
    same_outcomes(lambda case: in_other_words(case, words))


READ_PLACES = {"HIST-30", "HIST-49", "HIST-53", "ENV-11"}
"""They know a country's hours, the country of an IBAN, the states of a country, and which lands
share a post."""


def test_a_life_in_other_countries_changes_no_outcome() -> None:
    countries = {"US": "NG", "NG": "US", "DE": "IN", "IN": "DE", "KR": "BR", "BR": "KR"}
    same_outcomes(lambda case: in_other_countries(case, countries), SCREENING | READ_PLACES)


def test_a_case_holds_nothing_of_origin_looks_or_language() -> None:
    assert {field.name for field in fields(Case)} == {
        "claims",
        "context",
        "document_birth_date",
        "outside",
        "seen",
    }
    names = {name for model in _models_of_a_case() for name in model.model_fields}
    assert "full_name" in names
    never = re.compile(
        "national|citizen|origin|ethnic|race|language|locale|accent|gender|sex|birth_?place"
        "|religion|skin|marital"
    )
    assert [name for name in names if never.search(name)] == []


def _models_of_a_case() -> set[type[BaseModel]]:
    reached: set[type[BaseModel]] = set()

    def reach(annotation: Any) -> None:
        is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
        if is_model and annotation not in reached:
            reached.add(annotation)
            for field in annotation.model_fields.values():
                reach(field.annotation)
        for part in get_args(annotation):
            reach(part)

    for whole in (Claims, Outside, Circumstances):
        reach(whole)
    return reached


class _Unread(Exception):
    """A name was read."""


def _guarded(model: type[Any], *names: str) -> type[Any]:
    def read(self: Any, name: str) -> Any:
        if name in names:
            raise _Unread(name)
        return object.__getattribute__(self, name)

    return type(model.__name__, (model,), {"__getattribute__": read})


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_no_rule_reads_the_name_but_those_that_compare_names(rule: Rule) -> None:
    if rule.id in READ_NAMES | CLEARED_BY_NAMES | SCREENING:
        return
    basics = _guarded(Basics, "name")
    identity = _guarded(Identity, "full_name", "preferred_name", "former_names")
    for case in SEEDS:
        claims = case.claims.model_copy(
            update={
                "basics": basics.model_construct(**dict(case.claims.basics)),
                "identity": identity.model_construct(**dict(case.claims.identity)),
            }
        )
        judge([rule], replace(case, claims=claims))
