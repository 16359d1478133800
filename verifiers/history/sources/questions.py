"""What sources are asked, from the claims: the very texts that rules look answers up by.

Employers, institutions and accounts are asked for as claimed, without spaces around. Where a
question is not the claimed text itself, a `question_for_…` makes it of that text.
"""

import re
from collections.abc import Iterable

import phonenumbers

from models.contact_claims import Account
from models.history import Claims
from verifiers.domains import is_freemail, registrable_domain

_LOGIN = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}")
_GITHUB_URL = re.compile(
    r"(?:https?://)?(?:www\.)?github\.com/([^/?#\s]+)(?:/([A-Za-z0-9._-]{1,100}))?(?:[/?#].*)?",
    re.IGNORECASE,
)
_NOT_LOGINS = {"orgs", "sponsors", "users", "settings", "topics", "marketplace", "features"}
_HOST = re.compile(r"(?=.{4,253}$)[^\s@/:?#\[\]]+\.[^\s@/:?#\[\]]+")
_PLATFORMS = {
    "behance.net", "bitbucket.org", "dribbble.com", "facebook.com", "fiverr.com", "freelancer.com",
    "github.com", "gitlab.com", "indeed.com", "instagram.com", "kaggle.com", "linkedin.com",
    "medium.com", "malt.com", "npmjs.com", "pypi.org", "stackoverflow.com", "toptal.com",
    "twitter.com", "upwork.com", "x.com", "xing.com", "youtube.com",
}  # fmt: skip
"""Where anybody gets a profile: the age of the domain says nothing of theirs."""


def question_for_domain(text: str) -> str | None:
    """The registrable domain of a domain, a URL or an e-mail address; `None` where it has none."""
    return registrable_domain(text)


def question_for_email(address: str) -> str | None:
    """The whole domain of an e-mail address, in lower case; `None` where it has none."""
    domain = address.strip().rpartition("@")[2].rstrip(".").lower()
    return domain if "@" in address and _HOST.fullmatch(domain) else None


def question_for_phone(number: str, claims: Claims) -> str | None:
    """A number in E.164; one without a country's prefix is read by where the candidate lives."""
    countries = (home.country_code for home in claims.residences)
    region = next((code for code in countries if code), None)
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def question_for_account(account: Account) -> str | None:
    """The login of a GitHub account, as claimed; `None` for accounts elsewhere."""
    found = _GITHUB_URL.fullmatch((account.url or "").strip())
    on_github = found or (account.network or "").strip().lower() == "github"
    if not on_github:
        return None
    login = (account.username or "").strip().lstrip("@") or (found[1] if found else "")
    return login if _LOGIN.fullmatch(login) and login.lower() not in _NOT_LOGINS else None


def question_for_repository(url: str) -> str | None:
    """`owner/name` of a repository's URL on GitHub; `None` for any other."""
    found = _GITHUB_URL.fullmatch(url.strip())
    if not found or not found[2] or not _LOGIN.fullmatch(found[1]):
        return None
    name = found[2].removesuffix(".git")
    return f"{found[1]}/{name}" if name.strip(".") and found[1].lower() not in _NOT_LOGINS else None


def domains(claims: Claims) -> tuple[str, ...]:
    """Of employers, institutions, e-mail addresses, and web sites that may be the candidate's.

    Where anybody gets a mailbox or a profile is left out, unless it is the employer.
    """
    employers_and_schools = (
        *(work.url for work in claims.work),
        *(course.url for course in claims.education),
    )
    addresses = (
        *claims.all_emails,
        *(reference.email for reference in claims.references),
        *(course.contact_email for course in claims.education),
    )
    sites = (claims.basics.url, *(account.url for account in claims.all_accounts))
    return _each_once(
        (
            *(question_for_domain(text) for text in employers_and_schools if text),
            *(question_for_domain(text) for text in addresses if text and not is_freemail(text)),
            *(found for text in sites if text and (found := _own_site(text))),
        )
    )


def _own_site(url: str) -> str | None:
    found = question_for_domain(url)
    return None if found in _PLATFORMS else found


def email_domains(claims: Claims) -> tuple[str, ...]:
    """Of the candidate's addresses, and those of references and institutions."""
    texts = (
        *claims.all_emails,
        *(reference.email for reference in claims.references),
        *(course.contact_email for course in claims.education),
    )
    return _each_once(question_for_email(text) for text in texts if text)


def mail_domains(claims: Claims) -> tuple[str, ...]:
    """Of e-mail addresses, and of employers: one that takes mail is somebody's."""
    sites = (question_for_domain(work.url) for work in claims.work if work.url)
    return _each_once((*email_domains(claims), *sites))


def employers(claims: Claims) -> tuple[str, ...]:
    """The names of all employers."""
    return _each_once(work.name.strip() for work in claims.work if work.name)


def institutions(claims: Claims) -> tuple[str, ...]:
    """The names of all schools and universities."""
    return _each_once(c.institution.strip() for c in claims.education if c.institution)


def institution_domains(claims: Claims) -> tuple[str, ...]:
    """The registrable domains of schools and universities, by their sites and offices."""
    texts = (text for course in claims.education for text in (course.url, course.contact_email))
    return _each_once(question_for_domain(t) for t in texts if t and not is_freemail(t))


def institutions_and_domains(claims: Claims) -> tuple[str, ...]:
    """What a list of institutions is asked: their names, and their domains."""
    return _each_once((*institutions(claims), *institution_domains(claims)))


def logins(claims: Claims) -> tuple[str, ...]:
    """The candidate's accounts on GitHub."""
    return _each_once(question_for_account(account) for account in claims.all_accounts)


def repositories(claims: Claims) -> tuple[str, ...]:
    """Repositories that are named in the claims, of accounts that are claimed."""
    urls = (claims.basics.url, *(account.url for account in claims.all_accounts))
    named = _each_once(question_for_repository(url) for url in urls if url)
    owners = {login.lower() for login in logins(claims)}
    return tuple(name for name in named if name.partition("/")[0].lower() in owners)


def phones(claims: Claims) -> tuple[str, ...]:
    """The candidate's numbers."""
    return _each_once(question_for_phone(number, claims) for number in claims.all_phones)


def _each_once(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
