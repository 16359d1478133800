"""Names of authors are compared in every script alike, and between scripts not at all."""

import pytest

from models.outside import Author, GithubAccount, Outside, Repository
from models.rule import RuleOutcome
from tests.rules.building import FETCHED, a_case, found
from verifiers.history.github import RULES
from verifiers.judging import judge

(RULE,) = (rule for rule in RULES if rule.id == "HIST-28")
CREATED = FETCHED.date()


def _outcome(claimed: str, author: str) -> RuleOutcome:
    repository = Repository(
        name="dev/tool",
        fork=False,
        created_on=CREATED,
        authors=(Author(name=author, email="somebody@quux.org", commits=50),),
    )
    account = GithubAccount(login="dev", id=1, created_on=CREATED, repositories=(repository,))
    told = {"basics": {"name": claimed, "profiles": [{"url": "https://github.com/dev"}]}}
    case = a_case(told, Outside(github=(found("dev", account, "GitHub"),)))
    return judge([RULE], case).rules[0].outcome


@pytest.mark.parametrize(
    ("claimed", "author"),
    [
        ("Anna Example", "Grace Quux"),
        ("김 민준", "박 서연"),
        ("李小龍", "王秀英"),
        ("فاطمة الحسن", "يوسف منصور"),
        ("प्रिया शर्मा", "अर्जुन गुप्ता"),
        ("Ольга Смирнова", "Иван Петров"),
    ],
)
def test_other_peoples_commits_are_seen_in_every_script(claimed: str, author: str) -> None:
    assert _outcome(claimed, author) is RuleOutcome.CONTRADICTS


@pytest.mark.parametrize(
    ("claimed", "author"),
    [
        ("Anna Example", "A. Example-Smith"),
        ("김민준", "민준 김"),
        ("李小龍", "李小龙"),
        ("فاطمة الحسن", "فاطمة"),
        ("Ольга Смирнова", "Olga Smirnova"),
    ],
)
def test_one_name_in_two_writings_is_one(claimed: str, author: str) -> None:
    assert _outcome(claimed, author) is RuleOutcome.NOTHING


@pytest.mark.parametrize(
    ("claimed", "author"),
    [("Bruce Lee", "李小龍"), ("김민준", "Minjun Kim"), ("प्रिया शर्मा", "Priya Sharma")],
)
def test_names_in_two_scripts_are_not_known(claimed: str, author: str) -> None:
    assert _outcome(claimed, author) is RuleOutcome.UNKNOWN
