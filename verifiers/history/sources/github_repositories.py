"""What a repository's commits say: who wrote them, since when, and whether they stand elsewhere.

Where GitHub stops answering on the way, what was learnt so far is told, and is not kept.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

import httpx

from models.outside import Author, Repository
from verifiers.history.sources.github_shapes import (
    Commit,
    FoundCommit,
    FoundCommits,
    ListedRepository,
)
from verifiers.history.sources.polite import Polite, Reply, Unavailable

T = TypeVar("T")

_COMMITS = "100"
_OTHERS = 3
"""Repositories that hold the same tree, of which the age is asked."""
_AUTHORS = 50
_TELLING_TREE = 3
"""Commits that must have gone before: the first ones of many projects are a template's."""
_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""Git's name for no files at all, which stands in repositories without number."""
_FULL_NAME = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
_EMPTY = (404, 409)
"""GitHub answers 409 for a repository without commits."""


class Lookups:
    """The calls for one account, and whether all of them were answered."""

    def __init__(self, http: Polite, base: str, headers: Mapping[str, str]) -> None:
        self._http = http
        self._base = base
        self._headers = headers
        self.complete = True
        """Whether nothing had to be left out so far."""

    async def get(
        self, path: str, shape: type[T], params: Mapping[str, str] | None = None
    ) -> Reply[T]:
        """Raises Unavailable."""
        return await self._http.get(
            self._base + path, shape, params=params, headers=self._headers, absent=_EMPTY
        )

    async def one(
        self, path: str, shape: type[T], params: Mapping[str, str] | None = None
    ) -> T | None:
        """`None` also where it could not be had; then this is not complete."""
        try:
            return (await self.get(path, shape, params)).value
        except Unavailable:
            self.complete = False
            return None

    async def several(self, path: str, shape: type[T], params: Mapping[str, str]) -> Sequence[T]:
        """As `one`, for a list."""
        found: list[T] | None = await self.one(path, list[shape], params)  # type: ignore[valid-type]
        return found or ()

    async def look_into(self, listed: ListedRepository) -> Repository | None:
        """A repository with what its commits say; `None` where they could not be read."""
        if not _FULL_NAME.fullmatch(listed.full_name):
            return None
        try:
            latest, oldest = await self._ends(listed.full_name)
        except Unavailable:
            self.complete = False
            return None
        if not latest:
            return None
        return listed.as_listed().model_copy(
            update={
                "first_authored_on": oldest[-1].commit.author.date.date(),
                "authors": _authors(latest if oldest is latest else [*latest, *oldest]),
                "same_tree_elsewhere": await self._elsewhere(listed, latest, oldest is latest),
            }
        )

    async def _ends(self, name: str) -> tuple[list[Commit], list[Commit]]:
        """The latest page of commits and the oldest, the same one where there is one only."""
        path, params = f"/repos/{name}/commits", {"per_page": _COMMITS}
        first = await self.get(path, list[Commit], params)
        latest = first.value or []
        last = httpx.URL(first.links["last"]).params.get("page") if "last" in first.links else None
        if not latest or last is None or not last.isdigit():
            return latest, latest
        oldest = (await self.get(path, list[Commit], {**params, "page": last})).value
        return latest, oldest or latest

    async def _elsewhere(
        self, listed: ListedRepository, latest: Sequence[Commit], is_all: bool
    ) -> tuple[str, ...]:
        """Older repositories of others in which the very same files stand under other authors.

        The latest tree is looked for, and one from the middle, in case something was added since.
        """
        before = len(latest) - 1 if is_all else len(latest) - 1 + _TELLING_TREE
        places = [place for place in (0, len(latest) // 2) if before - place >= _TELLING_TREE]
        ours = {_who(commit) for commit in latest}
        found: dict[str, None] = {}
        for tree in dict.fromkeys(latest[place].commit.tree.sha for place in places):
            if tree != _EMPTY_TREE and re.fullmatch(r"[0-9a-f]{40,64}", tree):
                answer = await self.one(
                    "/search/commits", FoundCommits, {"q": f"tree:{tree}", "per_page": "20"}
                )
                for hit in answer.items if answer else ():
                    if _of_somebody_else(hit, listed, ours):
                        found[hit.repository.full_name] = None
        others = [await self.one(f"/repos/{name}", ListedRepository) for name in [*found][:_OTHERS]]
        return tuple(o.full_name for o in others if o and o.created_at < listed.created_at)


def _authors(commits: Sequence[Commit]) -> tuple[Author, ...]:
    counted = Counter((c.commit.author.name, c.commit.author.email) for c in commits)
    return tuple(
        Author(name=name, email=email, commits=number)
        for (name, email), number in counted.most_common(_AUTHORS)
    )


def _who(commit: Commit | FoundCommit) -> str:
    return (commit.commit.author.email or commit.commit.author.name).lower()


def _of_somebody_else(hit: FoundCommit, listed: ListedRepository, ours: set[str]) -> bool:
    owner = listed.full_name.partition("/")[0].lower()
    other = hit.repository.full_name
    return (
        bool(_FULL_NAME.fullmatch(other))
        and other.partition("/")[0].lower() != owner
        and _who(hit) not in ours
    )
