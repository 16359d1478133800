"""What a claimed GitHub account shows of itself: its age, its repositories, and who wrote them.

No account, a quiet one or a new one says nothing.
"""

from datetime import timedelta

from models.finding import Strength
from models.history import Claims
from models.outside import Author, GithubAccount, Repository
from models.rule import Fact
from verifiers.case import Case
from verifiers.domains import registrable_domain
from verifiers.history.contact_points import canonical_email
from verifiers.history.github_accounts import accounts_of, own_repositories
from verifiers.history.name_rules import is_a_whole_name
from verifiers.history.one_script import same_person_in_one_script
from verifiers.life import folded
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_MANY_REPOSITORIES = 3
_LONG_BEFORE = timedelta(days=365)
_FEW_COMMITS = 20
"""Fewer commits in all may be one afternoon with a friend."""
_OWN_SHARE = 0.2


@_registry.rule(
    id="HIST-27",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-GIT-01",),
    benign="Work that was begun elsewhere and moved here, such as from GitLab or Subversion.",
    question="Where was the work in these repositories kept before this account was opened?",
)
def account_younger_than_its_work(case: Case) -> Judgement:
    """Three or more repositories of one's own work begin over a year before the account."""
    for account in accounts_of(case):
        if account is None:
            yield Missing(Fact.GITHUB)
            continue
        own = own_repositories(account.value)
        opened = account.value.created_on
        older = [
            r for r in own if r.first_authored_on and opened - r.first_authored_on > _LONG_BEFORE
        ]
        # An import of others' work is as old as they made it.
        early = [r for r in older if _may_have_written(r, account.value, case.claims)]
        not_known = sum(r.first_authored_on is None for r in own)
        not_known += sum(not r.authors for r in older)
        if len(early) >= _MANY_REPOSITORIES:
            yield Clash(
                f"{len(early)} repositories of the account {account.value.login} begin over a "
                "year before it was opened.",
                (
                    account.seen("account opened", opened.isoformat()),
                    *(
                        account.seen(f"first commit, {r.name}", str(r.first_authored_on))
                        for r in early[:_MANY_REPOSITORIES]
                    ),
                ),
            )
        elif len(early) + not_known >= _MANY_REPOSITORIES:
            yield Missing(Fact.COMMITS)


@_registry.rule(
    id="HIST-28",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-GIT-03", "DPRK-NAME-01"),
    benign="Commits under a nickname, an old name or an employer's address, or work in pairs.",
    question="Under which names and addresses did you commit to these repositories?",
)
def commits_by_others(case: Case) -> Judgement:
    """Under a fifth of the commits in an account's own repositories carry the candidate's name."""
    for account in accounts_of(case):
        if account is None:
            yield Missing(Fact.GITHUB)
            continue
        own = own_repositories(account.value)
        authors = [a for repository in own for a in repository.authors if not _a_robot(a)]
        commits = sum(author.commits for author in authors)
        if own and commits < _FEW_COMMITS:
            yield Missing(Fact.COMMITS)
        if commits < _FEW_COMMITS:
            continue
        ours = [(a.commits, _may_be_candidate(a, account.value, case.claims)) for a in authors]
        theirs = sum(count for count, candidate in ours if candidate)
        not_known = sum(count for count, candidate in ours if candidate is None)
        if theirs / commits >= _OWN_SHARE:
            continue
        if (theirs + not_known) / commits >= _OWN_SHARE:
            yield Missing(Fact.NAMES)
            continue
        yield Clash(
            f"{commits - theirs} of {commits} commits in the account's own repositories carry "
            "other names and addresses than the candidate's.",
            (
                account.seen("commits in own repositories", commits),
                account.seen("of them under the candidate's names or addresses", theirs),
            ),
        )


@_registry.rule(
    id="HIST-29",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-GIT-02", "DPRK-RES-13"),
    benign="A course's exercise, a template, or a copy whose origin the text of it names.",
    question="Which part of this repository is your own work, and would you walk us through it?",
)
def copied_under_another_author(case: Case) -> Judgement:
    """A repository holds the same files as an older one of others, under changed authors."""
    for account in accounts_of(case):
        if account is None:
            yield Missing(Fact.GITHUB)
            continue
        own = own_repositories(account.value)
        copied = [repository for repository in own if repository.same_tree_elsewhere]
        for repository in copied:
            yield Clash(
                f"{repository.name} holds the same files as {repository.same_tree_elsewhere[0]}, "
                "which is older and names other authors.",
                (
                    account.seen("repository", repository.name),
                    account.seen("same files in", repository.same_tree_elsewhere[0]),
                ),
            )
        if own and not copied and not any(repository.authors for repository in own):
            yield Missing(Fact.COMMITS)


@_registry.rule(
    id="HIST-31",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-GIT-09", "DPRK-ID-18"),
    benign="An account that was lost with an old e-mail address or telephone.",
    question="Can you sign in to this account, or tell us when you lost it?",
)
def account_not_controlled(case: Case) -> Judgement:
    """The candidate was asked to show control of a claimed account and could not."""
    for account in accounts_of(case):
        if account is None or account.value.proven is None:
            yield Missing(Fact.ACCOUNT_CONTROL)
        elif account.value.proven is False:
            yield Clash(
                f"Control of the account {account.value.login} was asked for, and not shown.",
                (account.seen("control of the account", "not shown"),),
            )


@_registry.rule(
    id="HIST-32",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-EML-06",),
    benign="One address for the public and another for applications, as many people have.",
    question=None,
)
def public_address_differs(case: Case) -> Judgement:
    """The public e-mail address of a claimed account is none of those that are told."""
    own = {canonical_email(text) for text in case.claims.all_emails}
    for account in accounts_of(case):
        if account is None:
            yield Missing(Fact.GITHUB)
            continue
        shown = account.value.public_email
        if not own or not shown or _hidden(shown) or _at_work(shown, case.claims):
            continue
        if canonical_email(shown) not in own:
            yield Clash(
                f"The account {account.value.login} shows an e-mail address that was not told.",
                (account.seen("public e-mail address", shown),),
            )


RULES = _registry.rules
"""What a GitHub account says of its owner."""


def _a_robot(author: Author) -> bool:
    return "[bot]" in f"{author.name}{author.email}" or author.email == "noreply@github.com"


def _may_have_written(repository: Repository, account: GithubAccount, claims: Claims) -> bool:
    """Whether one of the known authors may be the candidate."""
    people = (author for author in repository.authors if not _a_robot(author))
    return any(_may_be_candidate(author, account, claims) is not False for author in people)


def _hidden(email: str) -> bool:
    """GitHub's own stand-in for an address that is kept private."""
    return email.casefold().endswith("@users.noreply.github.com")


def _at_work(email: str, claims: Claims) -> bool:
    """Whether an address is at a claimed employer's domain."""
    return registrable_domain(email) in {
        registrable_domain(work.url) for work in claims.work if work.url
    }


def _may_be_candidate(author: Author, account: GithubAccount, claims: Claims) -> bool | None:
    """Whether commits are the candidate's, by address, login or any name of theirs.

    `None` where the names are in scripts that cannot be compared, or the author's is a nickname.
    """
    # A whole name shown by the account may be its former owner's; one word is a nickname.
    nickname = account.name if account.name and len(account.name.split()) == 1 else None
    login = account.login.casefold()
    addresses = {canonical_email(text) for text in claims.all_emails}
    if account.public_email:
        addresses.add(canonical_email(account.public_email))
    local = author.email.casefold().partition("@")[0]
    if canonical_email(author.email) in addresses or login in (
        folded(author.name),
        local,
        local.partition("+")[2],
    ):
        return True
    identity = claims.identity
    names = (claims.full_name, claims.basics.name, identity.preferred_name, nickname)
    own = [name for name in (*names, *identity.former_names) if name]
    agree = [same_person_in_one_script(name, author.name) for name in own]
    if True in agree:
        return True
    return None if None in agree or not own or not is_a_whole_name(author.name) else False
