"""A GitHub account's public side: the REST API, version 2022-11-28.

A few repositories of the candidate's own are looked into; the others are told by name and day. With
a token five thousand calls an hour are allowed, without one sixty, which is about five candidates.
"""

from collections.abc import Sequence
from typing import Any, Literal

from models.outside import Answer, GithubAccount, Repository
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.github_repositories import Lookups
from verifiers.history.sources.github_shapes import Account, Gist, ListedGist, ListedRepository
from verifiers.history.sources.polite import Unavailable
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import logins

BASE = "https://api.github.com"
_LOOKED_INTO = 4
"""Repositories whose commits are read: enough for a rule that asks for three."""
_GISTS = 5
"""The newest; whoever was asked for one has just made it."""


class Github:
    """Accounts on GitHub."""

    name = "GitHub"
    fills = "github"

    def __init__(self, desk: Desk, token: str | None = None, base: str = BASE) -> None:
        self._desk = desk
        self._base = base
        self._headers = {
            "accept": "application/vnd.github+json",
            "x-github-api-version": "2022-11-28",
        }
        if token:
            self._headers["authorization"] = f"Bearer {token}"

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """Logins."""
        return logins(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """The account, and whether the candidate showed control of it where that was asked."""
        lookups = Lookups(self._desk.http, self._base, self._headers)
        told = await self._desk.answer(
            self.name,
            question,
            lambda: self._account(question, lookups),
            keep=lambda: lookups.complete,
        )
        if not isinstance(told.value, GithubAccount) or not inquiry.proof:
            return told
        # The proof is this candidate's: looked for each time, and never kept.
        proven = await self._proven(question, inquiry.proof)
        account = told.value.model_copy(update={"proven": proven})
        return told.model_copy(update={"value": account, "fetched_at": self._desk.now()})

    async def _account(self, login: str, lookups: Lookups) -> GithubAccount | None:
        reply = await lookups.get(f"/users/{login}", Account)
        account = reply.value
        if account is None:
            return None
        if account.login.lower() != login.lower():
            raise Unavailable("answered about something else")
        return GithubAccount(
            login=account.login,
            id=account.id,
            created_on=account.created_at.date(),
            name=account.name,
            public_email=account.email,
            repositories=await self._repositories(login, lookups),
        )

    async def _repositories(self, login: str, lookups: Lookups) -> tuple[Repository, ...]:
        """All of the first page, by name; what was looked into says more."""
        listed = await lookups.several(
            f"/users/{login}/repos",
            ListedRepository,
            {"type": "owner", "sort": "pushed", "per_page": "100"},
        )
        own = [one for one in listed if not one.fork and one.size > 0]
        # The largest tell most of a life; by name where they are as large, so that order holds.
        own.sort(key=lambda one: (-one.size, one.full_name))
        known = {one.full_name: await lookups.look_into(one) for one in own[:_LOOKED_INTO]}
        return tuple(known.get(one.full_name) or one.as_listed() for one in listed)

    async def _proven(self, login: str, proof: str) -> Literal[True] | None:
        """`True` where a public gist of the account holds the text, or else `None`.

        That it was not found may mean that it was not put there yet: it proves nothing.
        """
        lookups = Lookups(self._desk.http, self._base, self._headers)
        gists = await lookups.several(
            f"/users/{login}/gists", ListedGist, {"per_page": str(_GISTS)}
        )
        for listed in gists[:_GISTS]:
            if proof in (listed.description or ""):
                return True
            gist = await lookups.one(f"/gists/{listed.id}", Gist) if listed.id.isalnum() else None
            if gist and any(proof in (file.content or "") for file in gist.files.values()):
                return True
        return None
