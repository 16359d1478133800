"""What sources said of a claimed firm, school or domain, and whether it is surely that one.

A registry's search answers with names that resemble. A company counts as the claimed employer only
where the names are equal but for case, spacing, punctuation, marks on letters and the legal form;
former names count. It must also have the employer's web site or, where the sites do not tell, be in
the employer's country: small firms of one name stand in every country.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from models.finding import Seen
from models.history import Education, Work
from models.outside import Answer, Company, DomainRegistration, Institution
from verifiers.case import Case
from verifiers.domains import own_domain, registrable_domain
from verifiers.life import folded

T = TypeVar("T")

_LEGAL_FORMS = frozenset(
    {
        "ab", "ag", "aps", "as", "asa", "bhd", "bv", "co", "company", "corp", "corporation", "cv",
        "de", "doo", "eood", "gmbh", "inc", "incorporated", "jsc", "kft", "kg", "kk", "limited",
        "llc", "llp", "lp", "ltd", "ltda", "mbh", "nv", "oo", "ood", "ou", "oy", "oyj", "plc",
        "private", "pte", "pty", "pvt", "sa", "sarl", "sas", "sdn", "se", "sl", "sp", "spa", "srl",
        "sro", "ug", "z", "zrt",
    }
)  # fmt: skip
"""Taken off the end of a company's name, as many as stand there ("GmbH & Co. KG")."""
_LEGAL_FORMS_BEFORE = frozenset({"ао", "оао", "ооо", "пао", "тов", "ooo", "oao", "pao", "zao"})
"""Taken off its beginning ("ООО Ромашка"), the folded writing of each."""


def said(what: str, value: str | int, answer: Answer[T]) -> Seen:
    """What a source said, with who said it and when."""
    return Seen(what=what, value=value, source=answer.source, fetched_at=answer.fetched_at)


def about_name(answers: Iterable[Answer[T]], name: str | None) -> tuple[Answer[T], ...]:
    """The answers to a question for this name, as it was claimed."""
    wanted = folded(name)
    return tuple(a for a in answers if wanted and folded(a.question) == wanted)


def about_employer(answers: Iterable[Answer[T]], name: str | None) -> tuple[Answer[T], ...]:
    """The answers to a question for this employer, whichever legal form was asked with."""
    wanted = company_key(name or "")
    return tuple(a for a in answers if wanted and company_key(a.question) == wanted)


def about_domain(answers: Iterable[Answer[T]], domain: str | None) -> tuple[Answer[T], ...]:
    """The answers to a question for this domain, or an address at it."""
    return tuple(a for a in answers if domain and _domain_asked(a.question) == domain)


def registered_on(case: Case, domain: str) -> Answer[DomainRegistration] | None:
    """The registry's answer with the day on which a domain was registered, where it told one."""
    return next(
        (
            a
            for a in about_domain(case.outside.domains, domain)
            if a.value and a.value.registered_on
        ),
        None,
    )


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """A company's name as it is compared: equal is the same name."""
    words = words_of(name)
    while len(words) > 1 and words[-1] in _LEGAL_FORMS | {"and"}:
        words.pop()
    while len(words) > 1 and words[0] in _LEGAL_FORMS_BEFORE:
        words.pop(0)
    return "".join(words)


@lru_cache(maxsize=4096)
def institution_key(name: str) -> str:
    """A school's name as it is compared: equal is the same name."""
    return "".join(institution_words(name))


def institution_words(name: str) -> tuple[str, ...]:
    """The words of a school's name, folded."""
    return tuple(word for word in words_of(name) if word not in ("the", "of"))


def is_a_company(name: str) -> bool:
    """Whether a name ends in a legal form."""
    return len(words := words_of(name)) > 1 and words[-1] in _LEGAL_FORMS


def employer_in(answer: Answer[tuple[Company, ...]], work: Work) -> tuple[Company, ...]:
    """The companies of one registry that are this employer; none where none surely is."""
    return tuple(company for company in answer.value or () if _is_employer(company, work))


def was_renamed(case: Case, work: Work) -> bool:
    """Whether a company that may be this employer had another name; it need not surely be it."""
    return any(
        company.former_names
        and _is_named(company, work)
        and not _differ(company.country_code, work.country_code)
        for answer in about_employer(case.outside.companies, work.name)
        for company in answer.value or ()
    )


def school_in(
    answer: Answer[tuple[Institution, ...]], course: Education
) -> tuple[Institution, ...]:
    """The institutions of one list that may be where this course was taken."""
    wanted = institution_key(course.institution or "")
    return tuple(
        school
        for school in answer.value or ()
        if wanted
        and wanted in map(institution_key, (school.name, *school.other_names))
        and not _differ(school.country_code, course.country_code)
    )


def operators_domains_of(case: Case, name: str | None) -> dict[str, Seen]:
    """The real domains of a firm or school as the operator gives them, by domain."""
    real: dict[str, Seen] = {}
    for owner, address in case.seen.official_domains if name else ():
        if company_key(owner) == company_key(name or ""):
            _add(real, address, Seen(what=f"official domain of {owner}", value=address))
    return real


def official_domains_of(
    case: Case, name: str | None, works: Sequence[Work] = ()
) -> dict[str, Seen]:
    """The real domains of a firm or school, as an operator, a registry or a list has them.

    By domain, with who says so. With positions there, a registry's company counts only where it
    has the site or the country of one of them; without, whatever has the name counts, which may
    clear a domain, but tells little against one.
    """
    if not name:
        return {}
    firm, school = company_key(name), institution_key(name)
    real = operators_domains_of(case, name)
    for companies in case.outside.companies:
        for company in companies.value or ():
            if firm in map(company_key, (company.name, *company.former_names)) and (
                not works or any(_has_site_or_country(company, work) for work in works)
            ):
                for address in company.domains:
                    _add(real, address, said(f"domain of {company.name}", address, companies))
    for schools in case.outside.institutions:
        for one in schools.value or ():
            if school in map(institution_key, (one.name, *one.other_names)):
                for address in one.domains:
                    _add(real, address, said(f"domain of {one.name}", address, schools))
    return real


def every_official_domain(case: Case) -> frozenset[str]:
    """The real domains of whomever: one of these is nobody's imitation."""
    told = [address for _, address in case.seen.official_domains]
    told += [d for a in case.outside.companies for c in a.value or () for d in c.domains]
    told += [d for a in case.outside.institutions for i in a.value or () for d in i.domains]
    return frozenset(domain for address in told if (domain := registrable_domain(address)))


@lru_cache(maxsize=4096)
def _domain_asked(question: str) -> str | None:
    return registrable_domain(question)


def _add(real: dict[str, Seen], address: str, seen: Seen) -> None:
    if domain := registrable_domain(address):
        real.setdefault(domain, seen)


def _is_employer(company: Company, work: Work) -> bool:
    if not _is_named(company, work) or not _has_site_or_country(company, work):
        return False
    return _has_site(company, work) or not (own_domain(work.url) and company.domains)


def _is_named(company: Company, work: Work) -> bool:
    wanted = company_key(work.name or "")
    return bool(wanted) and wanted in map(company_key, (company.name, *company.former_names))


def _has_site_or_country(company: Company, work: Work) -> bool:
    """Whether it has the employer's site, or is known to be in the employer's country."""
    return _has_site(company, work) or (
        company.country_code is not None and company.country_code == work.country_code
    )


def _has_site(company: Company, work: Work) -> bool:
    site = own_domain(work.url)
    return bool(site) and site in map(registrable_domain, company.domains)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def words_of(name: str) -> list[str]:
    """The words of a name, folded, without a leading article."""
    marked = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    letters = "".join(c for c in marked if not unicodedata.combining(c))
    # Dots and apostrophes stand within a word ("S.A.", "O'Neill"), the rest between words.
    words = re.sub(r"[.'’`]", "", letters)
    split = re.sub(r"[^\w]+|_", " ", words).split()
    return split[1:] if split[:1] == ["the"] and len(split) > 1 else split
