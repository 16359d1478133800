"""What is read of GitHub's answers (docs.github.com/rest); the rest is left."""

from datetime import datetime

from models.outside import Repository
from verifiers.history.sources.polite import Shape


class Account(Shape):
    """`GET /users/{login}`."""

    login: str
    id: int
    created_at: datetime
    name: str | None = None
    email: str | None = None


class ListedRepository(Shape):
    """One of `GET /users/{login}/repos`, or `GET /repos/{owner}/{name}`."""

    full_name: str
    fork: bool
    created_at: datetime
    size: int = 0
    """Kilobytes; 0 where it is empty."""

    def as_listed(self) -> Repository:
        """Without a look into it."""
        return Repository(name=self.full_name, fork=self.fork, created_on=self.created_at.date())


class Signature(Shape):
    """Who a commit says wrote it, and when."""

    name: str = ""
    email: str = ""
    date: datetime


class Tree(Shape):
    """The files of a commit, by their hash."""

    sha: str


class CommitDetails(Shape):
    """What git itself holds."""

    author: Signature
    tree: Tree


class Commit(Shape):
    """One of `GET /repos/{owner}/{name}/commits`."""

    commit: CommitDetails


class FoundRepository(Shape):
    """Where a search found a commit."""

    full_name: str
    fork: bool = False


class FoundCommit(Shape):
    """One of `GET /search/commits`."""

    commit: CommitDetails
    repository: FoundRepository


class FoundCommits(Shape):
    """`GET /search/commits`."""

    items: tuple[FoundCommit, ...]


class ListedGist(Shape):
    """One of `GET /users/{login}/gists`."""

    id: str
    description: str | None = None


class GistFile(Shape):
    """One file of a gist."""

    content: str | None = None


class Gist(Shape):
    """`GET /gists/{id}`."""

    files: dict[str, GistFile]
