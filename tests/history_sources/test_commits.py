"""Commit offsets, copied with git from a real repository on this machine."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from models.history import Claims
from models.outside import Author, CommitTimes, GithubAccount, OffsetCount, Outcome, Repository
from tests.history_sources.asking_one import NOW, Asking
from tests.history_sources.git_server import backend, git_server, make_repository
from tests.history_sources.local_server import HANGS, LocalServer, Says
from tests.rules.building import found
from verifiers.history.sources import Inquiry, git
from verifiers.history.sources.caching import MemoryCache
from verifiers.history.sources.commits import Commits
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.polite import Polite

needs_backend = pytest.mark.skipif(
    backend() is None, reason="this git has no http-backend to serve a repository with"
)

TOOL = "anna-example/tool"
ANNA = {
    "basics": {"name": "Anna Example", "email": "anna@example.com"},
    "accounts": [{"network": "GitHub", "url": f"https://github.com/{TOOL}"}],
}
JUNE_2021, JUNE_2023 = 1_623_000_000, 1_686_000_000


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with one repository of the candidate's, and of others."""
    root = tmp_path_factory.mktemp("repositories")
    make_repository(
        root / f"{TOOL}.git",
        [
            ("Anna Example <anna@example.com>", f"{JUNE_2021} +0200"),
            ("anna <42+anna-example@users.noreply.github.com>", f"{JUNE_2021 + 60} +0200"),
            ("Bo Other <bo@example.org>", f"{JUNE_2021 + 90} +0900"),
            ("ANNA EXAMPLE <anna@laptop.local>", f"{JUNE_2023} -0330"),
        ],
    )
    make_repository(
        root / "anna-example" / "fork.git", [("Bo Other <bo@example.org>", f"{JUNE_2021} +0900")]
    )
    with git_server(root) as url:
        yield url


@needs_backend
def test_the_candidates_own_commits_are_counted_by_year_and_offset(url: str) -> None:
    answer = Asking("commits", url).one(ANNA)
    assert (answer.question, answer.outcome) == (TOOL, Outcome.FOUND)
    assert answer.value == CommitTimes(
        repository=TOOL,
        offsets=(
            OffsetCount(year=2021, offset_minutes=120, commits=2),
            OffsetCount(year=2023, offset_minutes=-210, commits=1),
        ),
    )


@needs_backend
def test_a_repository_without_commits_of_the_candidate_is_absent(url: str) -> None:
    account = {"network": "GitHub", "url": "https://github.com/anna-example/fork"}
    assert Asking("commits", url).one({**ANNA, "accounts": [account]}).outcome is Outcome.ABSENT


@needs_backend
def test_a_repository_that_is_not_there_is_unknown(url: str) -> None:
    account = {"network": "GitHub", "url": "https://github.com/anna-example/gone"}
    answer = Asking("commits", url).one({**ANNA, "accounts": [account]})
    assert answer.why == "could not be copied"


@pytest.mark.parametrize(
    "said",
    [
        Says(status=401, headers={"WWW-Authenticate": 'Basic realm="x"'}),
        Says(status=302, headers={"Location": "https://127.0.0.1:1/x/info/refs"}),
        Says(status=302, headers={"Location": "file:///etc"}),
        Says(b"<html>", headers={"Content-Type": "text/html"}),
        Says(b"001e# service=git-upload-pack\n0000", missing=50),
    ],
    ids=["asks for a password", "leads away", "leads to a file", "no git", "cut off"],
)
def test_a_server_that_is_odd_is_unknown_and_nobody_is_asked_for_a_password(
    server: LocalServer, asking: Callable[[str], Asking], said: Says
) -> None:
    server.answers[f"/{TOOL}.git/info/refs"] = said
    assert asking("commits").one(ANNA).why == "could not be copied"


def test_a_server_that_hangs_is_unknown_and_nothing_stays_behind(
    server: LocalServer,
    asking: Callable[[str], Asking],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(git, "_SECONDS", 0.5)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    server.answers[f"/{TOOL}.git/info/refs"] = HANGS
    assert asking("commits").one(ANNA).why == "did not answer in time"
    assert list(tmp_path.iterdir()) == []


def test_without_git_it_is_unknown(
    asking: Callable[[str], Asking], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert asking("commits").one(ANNA).why == "needs the program git, which is not installed"


def _commits() -> Commits:
    return Commits(Desk(Polite(), MemoryCache(), lambda: NOW))


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/somebody-else/tool",
        "https://github.com/anna-example",
        "https://github.com/anna-example/..",
        "https://gitlab.com/anna-example/tool",
        "https://github.com/--upload-pack=x/tool",
        "ext::sh -c date",
    ],
)
def test_only_repositories_of_claimed_accounts_are_copied(url: str) -> None:
    accounts = [{"network": "GitHub", "username": "anna-example"}, {"url": url}]
    claims = Claims.model_validate({"accounts": accounts})
    claimed = _commits().questions(Inquiry(claims))
    assert [name for name in claimed if not name.startswith("somebody-else/")] == []


def test_an_account_that_was_found_leads_to_its_own_repositories() -> None:
    def repository(name: str, *, fork: bool = False, read: bool = True) -> Repository:
        authors = (Author(name="A", email="a@example.com", commits=1),) if read else ()
        return Repository(name=name, fork=fork, created_on=date(2020, 1, 1), authors=authors)

    account = GithubAccount(
        login="anna-example",
        id=1,
        created_on=date(2015, 1, 1),
        repositories=(
            repository("anna-example/copy", fork=True),
            repository("anna-example/unread", read=False),
            repository("anna-example/tool"),
            repository("somebody/else"),
            repository("anna-example/../x"),
        ),
    )
    further = _commits().questions_after(
        found("anna-example", account), Inquiry(Claims.model_validate(ANNA))
    )
    assert list(further) == ["anna-example/tool"]
