"""Another name, employer, country or language for the same case, consistently everywhere."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from models.circumstances import Circumstances
from models.history import Claims
from models.outside import Outside
from verifiers.case import Case

PEOPLE: Mapping[str, str] = {
    "Korean, romanised": "Seo-yeon Park Ji-hoon Kim Min-jun Choi Ha-eun Jung",
    "Korean": "서연 박 지훈 김 민준 최 하은 정",
    "Arabic": "فاطمة الحسن يوسف منصور ليلى خليل عمر ناصر",
    "Russian": "Ольга Смирнова Иван Петров Анна Соколова Павел Орлов",
    "Yoruba": "Adebayo Ogunlesi Funmilayo Adewale Bolanle Olaolu Kayode Ajayi",
    "Vietnamese": "Thảo Nguyễn Minh Trần Hương Phạm Quang Đặng",
    "Chinese": "秀英 王 伟 李 芳 张 军 刘",
    "Hindi": "प्रिया शर्मा अर्जुन गुप्ता अनीता वर्मा रोहन मिश्रा",
    "Spanish": "María García José Hernández Lucía Núñez Andrés Ibáñez",
    "English": "Emily Walker James Thompson Grace Hughes Oliver Bennett",
}
"""Parts of common names, by where they are common."""

PLACES: Mapping[str, str] = {
    "Korea": "Hansol Daehan Mirae Sejong Namsan Taebaek Hanbit Garam",
    "Nigeria": "Zuma Oduduwa Kainji Lekki Aso Benue Osun Ikeja",
    "Iran": "Damavand Alborz Karun Zagros Sepid Atlas Kavir Parsa",
    "Germany": "Brocken Havelland Nordlicht Kiefer Altmark Saale Rhön Eifel",
}
"""Words that firms and schools are called by."""

_GENERIC = """
a academy ag agency and bank bv co college company consulting corp corporation data digital
employed for freelance freelancer gmbh group high inc institute international labs limited llc llp
ltd of office plc pte sa school self service services sl software solutions srl startup stealth
studio systems technologies technology the university various works
"""
"""What a name says of a firm's form or trade, and of having no employer; rules may read it."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_DOMAIN = re.compile(r"(https?://)?[\w.-]+\.\w{2,}(/\S*)?")

Told = Callable[[str], str]


def with_name_of(case: Case, origin: str) -> Case:
    """The case of somebody whose name comes from elsewhere, wherever it stands."""
    return _changed(case, _PERSON, _other_words(PEOPLE[origin], kept=""))


def with_employers_of(case: Case, origin: str) -> Case:
    """The case with employers and schools called otherwise, in every source too."""
    other = _other_words(PLACES[origin], kept=_GENERIC)
    # Lists of schools are asked by their domains too.
    return _changed(case, _PLACE, lambda text: text if _DOMAIN.fullmatch(text) else other(text))


def in_other_words(case: Case, words: str) -> Case:
    """The case of a résumé whose free text is in another language."""
    return _changed(case, _FREE_TEXT, _other_words(words, kept=""))


def in_other_countries(case: Case, countries: Mapping[str, str]) -> Case:
    """The case with each country another, wherever it is named."""
    return _changed(case, _COUNTRY, lambda code: countries.get(code, code))


def _other_words(words: str, *, kept: str) -> Told:
    """Each word becomes another of the pool, the same one always; initials go with their words."""
    pool = words.split()
    given = {word: word for word in kept.split()}
    first = len(given)

    def other(match: re.Match[str]) -> str:
        word = match[0].casefold()
        if len(word) == 1:
            whole = (new for old, new in given.items() if old.startswith(word) and new != old)
            return next(whole, match[0])[:1]
        if word not in given:
            times, place = divmod(len(given) - first, len(pool))
            given[word] = pool[place] * (times + 1)
        return match[0] if given[word] == word else given[word]

    return lambda text: _WORD.sub(other, text)


_PERSON = {
    "claims.basics.name",
    "claims.identity.fullName",
    "claims.identity.preferredName",
    "claims.identity.formerNames",
    "claims.payout.holder",
    "outside.github.value.name",
    "outside.github.value.repositories.authors.name",
    "seen.names_seen.0",
    "seen.bank.holder",
}
_PLACE = {
    "claims.work.name",
    "claims.education.institution",
    "claims.references.employer",
    "outside.companies.question",
    "outside.companies.value.name",
    "outside.companies.value.former_names",
    "outside.companies.value.successors",
    "outside.institutions.question",
    "outside.institutions.value.name",
    "outside.institutions.value.other_names",
    "outside.institutions.value.successors",
    "outside.employments.question",
    "outside.employments.value.employer",
    "seen.official_domains.0",
    "seen.diploma_mills",
}
_FREE_TEXT = {
    "claims.basics.label",
    "claims.work.position",
    "claims.work.summary",
    "claims.references.relation",
    "claims.references.reference",
    "claims.skills.level",
}
_COUNTRY = {
    "claims.basics.location.countryCode",
    "claims.work.countryCode",
    "claims.education.countryCode",
    "claims.addresses.countryCode",
    "claims.shipTo.countryCode",
    "claims.payout.countryCode",
    "outside.companies.value.country_code",
    "outside.institutions.value.country_code",
    "seen.sessions.country_code",
    "seen.work_country",
    "seen.id_address.countryCode",
    "seen.device.country_code",
    "seen.shipment.to.countryCode",
    "seen.bank.country_code",
}
"""Paths, without the places in lists; pairs keep theirs."""

_PAIRS = {"seen.names_seen", "seen.official_domains"}


def _changed(case: Case, paths: set[str], told: Told) -> Case:
    claims = case.claims.model_dump(mode="json", by_alias=True)
    outside = case.outside.model_dump(mode="json", by_alias=True)
    seen = case.seen.model_dump(mode="json", by_alias=True)
    return replace(
        case,
        claims=Claims.model_validate(_walked(claims, "claims", paths, told)),
        outside=Outside.model_validate(_walked(outside, "outside", paths, told)),
        seen=Circumstances.model_validate(_walked(seen, "seen", paths, told)),
    )


def _walked(value: Any, path: str, paths: set[str], told: Told) -> Any:
    if isinstance(value, dict):
        return {k: _walked(v, f"{path}.{k}", paths, told) for k, v in value.items()}
    if isinstance(value, list):
        return [
            [_walked(v, f"{path}.{n}", paths, told) for n, v in enumerate(one)]
            if path in _PAIRS
            else _walked(one, path, paths, told)
            for one in value
        ]
    return told(value) if isinstance(value, str) and path in paths else value
