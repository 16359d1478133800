"""GitHub accounts, from a server that answers as the REST API is documented to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.outside import GithubAccount, Outcome
from tests.history_sources.asking_one import Asking
from tests.history_sources.local_server import LocalServer, Says, says
from verifiers.history.sources import MemoryCache

Ask = Callable[[str], Asking]
ANNA = {"accounts": [{"network": "GitHub", "username": "anna-example"}]}
TREE = "9bf1c0a2" * 5


def _account(**fields: Any) -> Says:
    return says(
        {
            "login": "anna-example",
            "id": 583231,
            "created_at": "2015-01-25T18:44:36Z",
            "name": "Anna Example",
            "email": None,
            **fields,
        }
    )


def _listed(name: str, **fields: Any) -> dict[str, Any]:
    repository = {"full_name": name, "fork": False, "created_at": "2016-03-01T09:00:00Z", "size": 9}
    return {**repository, **fields}


def _commit(day: str, email: str = "anna@example.com", tree: str = TREE) -> dict[str, Any]:
    author = {"name": email.partition("@")[0], "email": email, "date": f"{day}T12:00:00Z"}
    return {"sha": "0" * 40, "commit": {"author": author, "tree": {"sha": tree}}}


def _history(*trees: str) -> Says:
    """Commits of these trees, the newest first."""
    return says([_commit(f"{2020 - age}-01-01", tree=tree) for age, tree in enumerate(trees)])


def _value(answer: Any) -> GithubAccount:
    assert isinstance(answer.value, GithubAccount)
    return answer.value


@pytest.fixture
def anna(server: LocalServer) -> LocalServer:
    """An account with one repository of three commits, and a fork."""
    server.answers |= {
        "/users/anna-example": _account(),
        "/users/anna-example/repos": says(
            [_listed("anna-example/tool"), _listed("anna-example/copy", fork=True)]
        ),
        "/repos/anna-example/tool/commits": says(
            [
                _commit("2020-05-05"),
                _commit("2018-02-02", "bo@example.com"),
                _commit("2013-01-01", tree="1" * 40),
            ]
        ),
        "/search/commits": says({"total_count": 0, "incomplete_results": False, "items": []}),
    }
    return server


def test_an_account_is_told_with_its_repositories_and_who_wrote_them(
    anna: LocalServer, asking: Ask
) -> None:
    account = _value(asking("github").one(ANNA))
    assert (account.id, account.created_on) == (583231, date(2015, 1, 25))
    tool, copy = account.repositories
    assert (tool.name, tool.first_authored_on) == ("anna-example/tool", date(2013, 1, 1))
    assert {author.email: author.commits for author in tool.authors} == {
        "anna@example.com": 2,
        "bo@example.com": 1,
    }
    assert (copy.fork, copy.authors) == (True, ())
    assert account.proven is None
    assert anna.asked[0].headers["authorization"] == "Bearer a-token"


def test_the_oldest_commit_is_on_the_last_page(anna: LocalServer, asking: Ask) -> None:
    path = "/repos/anna-example/tool/commits"
    link = f'<{anna.url}{path}?page=2>; rel="next", <{anna.url}{path}?page=34>; rel="last"'
    anna.answers[path] = [
        says([_commit("2020-05-05")] * 100, Link=link),
        says([_commit("2011-11-11", "old@example.com")]),
    ]
    (tool, _) = _value(asking("github").one(ANNA)).repositories
    assert tool.first_authored_on == date(2011, 11, 11)
    assert anna.of(path)[1].query["page"] == "34"
    assert {author.email for author in tool.authors} == {"anna@example.com", "old@example.com"}


def test_files_that_stood_elsewhere_before_under_another_author_are_told(
    anna: LocalServer, asking: Ask
) -> None:
    def hit(name: str, email: str) -> dict[str, Any]:
        return {**_commit("2012-01-01", email), "repository": {"full_name": name}}

    anna.answers["/repos/anna-example/tool/commits"] = _history(TREE, "1" * 40, "2" * 40, "3" * 40)
    anna.answers["/search/commits"] = says(
        {
            "items": [
                hit("maker/tool", "maker@example.org"),
                hit("later/tool", "later@example.org"),
                hit("mirror/tool", "anna@example.com"),
                hit("Anna-Example/other", "x@example.org"),
                hit("../../admin", "x@example.org"),
            ]
        }
    )
    anna.answers["/repos/maker/tool"] = says(
        _listed("maker/tool", created_at="2012-01-01T00:00:00Z")
    )
    for older in ("mirror/tool", "Anna-Example/other"):
        anna.answers[f"/repos/{older}"] = says(_listed(older, created_at="2012-01-01T00:00:00Z"))
    anna.answers["/repos/later/tool"] = says(
        _listed("later/tool", created_at="2019-01-01T00:00:00Z")
    )
    (tool, _) = _value(asking("github").one(ANNA)).repositories
    assert tool.same_tree_elsewhere == ("maker/tool",)
    assert anna.of("/search/commits")[0].query["q"] == f"tree:{TREE}"
    assert not any("admin" in asked.path for asked in anna.asked)


@pytest.mark.parametrize(
    "trees",
    [
        ("4b825dc642cb6eb9a060e54bf8d69288fbee4904", "1" * 40, "2" * 40, "3" * 40),
        (TREE, "1" * 40, "2" * 40),
    ],
    ids=["no files at all", "what a template begins with"],
)
def test_files_that_many_repositories_hold_are_not_looked_for(
    anna: LocalServer, asking: Ask, trees: tuple[str, ...]
) -> None:
    anna.answers["/repos/anna-example/tool/commits"] = _history(*trees)
    (tool, _) = _value(asking("github").one(ANNA)).repositories
    assert tool.same_tree_elsewhere == ()
    assert anna.of("/search/commits") == []


def test_an_empty_repository_is_told_by_name_only(anna: LocalServer, asking: Ask) -> None:
    anna.answers["/repos/anna-example/tool/commits"] = says({"message": "empty"}, 409)
    (tool, _) = _value(asking("github").one(ANNA)).repositories
    assert (tool.authors, tool.first_authored_on) == ((), None)


def test_an_account_that_is_not_there_is_absent(asking: Ask) -> None:
    assert asking("github").one(ANNA).outcome is Outcome.ABSENT


@pytest.mark.parametrize("headers", [{"X-RateLimit-Remaining": "0"}, {"Retry-After": "60"}])
def test_a_spent_limit_is_unknown(
    server: LocalServer, asking: Ask, headers: dict[str, str]
) -> None:
    server.answers["/users/anna-example"] = Says(b"{}", 403, headers)
    assert asking("github").one(ANNA).why == "limits how often it may be asked"


def test_a_limit_on_the_way_leaves_what_was_learnt_and_nothing_of_it_is_kept(
    anna: LocalServer, asking: Ask
) -> None:
    cache = MemoryCache()
    commits = anna.answers["/repos/anna-example/tool/commits"]
    limit = Says(b"{}", 403, {"X-RateLimit-Remaining": "0"})
    anna.answers["/repos/anna-example/tool/commits"] = limit
    less = _value(asking("github").one(ANNA, cache=cache))
    assert [repository.authors for repository in less.repositories] == [(), ()]
    anna.answers["/repos/anna-example/tool/commits"] = commits
    assert _value(asking("github").one(ANNA, cache=cache)).repositories[0].authors


def test_control_is_shown_by_a_public_gist_that_holds_the_text(
    anna: LocalServer, asking: Ask
) -> None:
    cache = MemoryCache()
    anna.answers["/users/anna-example/gists"] = says([{"id": "aa11", "description": ""}])
    anna.answers["/gists/aa11"] = says({"files": {"a.txt": {"content": "proof-7f3a\n"}}})
    shown = asking("github").one(ANNA, proof="proof-7f3a", cache=cache)
    other = asking("github").one(ANNA, proof="proof-0000", cache=cache)
    unasked = asking("github").one(ANNA, cache=cache)
    assert [_value(a).proven for a in (shown, other, unasked)] == [True, None, None]


def test_gists_that_cannot_be_read_prove_nothing(anna: LocalServer, asking: Ask) -> None:
    anna.answers["/users/anna-example/gists"] = says({}, 500)
    assert _value(asking("github").one(ANNA, proof="proof-7f3a")).proven is None


@pytest.mark.parametrize(
    ("account", "login"),
    [
        ({"network": "github", "username": "@anna-example"}, "anna-example"),
        ({"url": "https://github.com/Anna-Example"}, "Anna-Example"),
        ({"network": "GitHub", "url": "github.com/anna-example/tool?tab=x"}, "anna-example"),
        ({"network": "GitHub", "username": "../admin"}, None),
        ({"network": "GitHub", "username": "anna example"}, None),
        ({"network": "LinkedIn", "username": "anna"}, None),
        ({"url": "https://github.com/orgs/example"}, None),
        ({"url": "https://github.com.example.org/anna"}, None),
    ],
)
def test_the_login_is_taken_from_the_account_as_claimed(
    asking: Ask, account: dict[str, str], login: str | None
) -> None:
    answers = asking("github").all({"accounts": [account]})
    assert [answer.question for answer in answers] == ([login] if login else [])
