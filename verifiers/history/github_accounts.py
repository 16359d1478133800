"""Claimed GitHub accounts, each with what was found of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.finding import Seen
from models.history import Claims
from models.outside import Answer, GithubAccount, Outcome, Repository
from verifiers.case import Case
from verifiers.domains import registrable_domain
from verifiers.history.answers import said
from verifiers.life import folded


@dataclass(frozen=True)
class FoundAccount:
    """A claimed account that was found."""

    value: GithubAccount
    answer: Answer[GithubAccount]

    def seen(self, what: str, value: str | int) -> Seen:
        """What it shows, as evidence."""
        return said(what, value, self.answer)


def accounts_of(case: Case) -> Iterator[FoundAccount | None]:
    """Each claimed account, as it was found; `None` where it was not, or nobody looked."""
    for login in logins_of(case.claims):
        found = (
            FoundAccount(answer.value, answer)
            for answer in case.outside.github
            if answer.outcome is Outcome.FOUND
            and answer.value is not None
            and login in (_login(answer.question), answer.value.login.casefold())
        )
        yield next(found, None)


def logins_of(claims: Claims) -> tuple[str, ...]:
    """The claimed logins at GitHub, each once, in lower case."""
    logins: dict[str, None] = {}
    for account in claims.all_accounts:
        at_github = folded(account.network) == "github" or _at_github(account.url)
        written = account.username or account.url
        if at_github and written and (login := _login(written)):
            logins[login] = None
    return tuple(logins)


def _at_github(url: str | None) -> bool:
    return bool(url) and registrable_domain(url or "") == "github.com"


def _login(written: str) -> str:
    """The login of "login", "@login", "github.com/login" or a whole URL."""
    text = written.strip().casefold()
    path = text.partition("github.com/")[2] or text
    return re.split(r"[/?#]", path.removeprefix("@"), maxsplit=1)[0]


def own_repositories(account: GithubAccount) -> list[Repository]:
    """The account's own repositories, without forks and those of organisations."""
    owner = account.login.casefold()
    return [
        repository
        for repository in account.repositories
        if not repository.fork and repository.name.casefold().partition("/")[0] == owner
    ]
