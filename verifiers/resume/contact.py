"""The person: name, e-mail addresses, telephone numbers, links, and a birth date where labelled."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from phonenumbers import Leniency, PhoneNumberMatcher

from models.claimed_date import Precision
from verifiers.resume.dates import is_all_date, periods
from verifiers.resume.lines import Line
from verifiers.resume.sections import heading_of, is_document_title
from verifiers.resume.words import Kind, course_kind, work_kind

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w@])")
_LABELLED_PHONE = re.compile(
    r"\b(?:tel(?:ephone|efon|éfono|efono|éphone)?|phone|mobile?|mob|cell|handy|fon|móvil|portable"
    r"|telefone|celular|cellulare|telefoon|puhelin|тел(?:ефон)?)\.?\s*[:.]?\s*"
    r"(?P<number>[+(\d][\d\s()/.+-]{6,22}\d)",
    re.IGNORECASE,
)
_AMERICAN_PHONE = re.compile(r"(?<![\d(])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s,;|·•<>()]{3,200}"
    r"|(?<![@\w./-])(?:[a-z]{2,3}\.)?(?:linkedin\.com/(?:in|pub)|github\.com|gitlab\.com"
    r"|stackoverflow\.com/users|xing\.com/profile|upwork\.com/freelancers|behance\.net"
    r"|dribbble\.com|medium\.com|bitbucket\.org|kaggle\.com)/[^\s,;|·•<>()]{2,120}",
    re.IGNORECASE,
)
_NETWORKS = {
    "linkedin.com": "LinkedIn",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "stackoverflow.com": "Stack Overflow",
    "xing.com": "Xing",
    "upwork.com": "Upwork",
    "behance.net": "Behance",
    "dribbble.com": "Dribbble",
    "medium.com": "Medium",
    "bitbucket.org": "Bitbucket",
    "kaggle.com": "Kaggle",
}
_BEFORE_USERNAME = frozenset(("in", "pub", "users", "profile", "freelancers", "u"))
_BIRTH = re.compile(
    r"\b(?:date of birth|birth ?date|d\.?o\.?b\b\.?|born(?: on)?|geburtsdatum|geboren(?: am)?|geb\."
    r"|date de naissance|née? le|fecha de nacimiento|data de nascimento|data di nascita"
    r"|nat[oa] il|geboortedatum|data urodzenia|født|född|syntymäaika|datum narození|doğum tarihi"
    r"|дата рождения|дата народження|születési (?:dátum|idő)|出生日期|生年月日)\s*[:：]?\s*",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"^(?:(?:full |last |first )?name|nom(?: et prénom)?|nombre(?: y apellidos)?|vor- und nachname"
    r"|nome(?: completo)?|naam|imię i nazwisko|имя|фио|姓名|氏名)"
    r"(?:\s*[:：]\s*|\s{2,})(?P<name>.+)$",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"^[^\W\d_](?:[\w.'’-]*[^\W\d_.])?\.?$")
_LOOKED_AT = 12
"""Lines at the top among which the name stands."""


@dataclass(frozen=True)
class Said:
    """One value and the line it stands on."""

    value: str
    line: Line


@dataclass(frozen=True)
class Profile:
    """A link to somebody's profile."""

    network: str
    username: str | None
    url: str
    line: Line


def emails(lines: Sequence[Line]) -> list[Said]:
    """E-mail addresses, each once."""
    found = []
    for place, line in enumerate(lines):
        # "jean-" above "luc@mail.example": what is on this line may be half of the address.
        broken = place > 0 and lines[place - 1].text.endswith(("-", "_", "."))
        for match in _EMAIL.finditer(line.text):
            if match[0].isascii() and not (broken and match.start() == 0):
                found.append(Said(match[0], line))
    return _once(found)


def phones(lines: Sequence[Line]) -> list[Said]:
    """Numbers written with their country code, labelled, or as North America writes them."""
    return _once(said for line in lines for said in _phones(line))


def _phones(line: Line) -> Iterator[Said]:
    text = _LINK.sub(" ", _EMAIL.sub(" ", line.text))
    if not any(c.isdigit() for c in text):
        return
    taken: list[tuple[int, int]] = []
    for match in PhoneNumberMatcher(text, None, leniency=Leniency.POSSIBLE):
        taken.append((match.start, match.end))
        yield Said(match.raw_string.strip(), line)
    for pattern, group in ((_LABELLED_PHONE, "number"), (_AMERICAN_PHONE, 0)):
        for found in pattern.finditer(text):
            begin, end = found.span(group)
            digits = sum(c.isdigit() for c in found[group])
            again = any(begin < e and end > b for b, e in taken)
            if 6 <= digits <= 15 and not again and not is_all_date(found[group]):
                taken.append((begin, end))
                yield Said(found[group].strip(), line)


def links(lines: Sequence[Line]) -> tuple[list[Profile], list[Said]]:
    """Profiles at networks that we know, and other addresses of pages, each once."""
    profiles: dict[str, Profile] = {}
    others = []
    for line in lines:
        for match in _LINK.finditer(line.text):
            url = match[0].rstrip(".:/'’\"")
            profile = _profile(url, line)
            if profile is not None:
                profiles.setdefault(url.casefold(), profile)
            else:
                others.append(Said(url, line))
    return list(profiles.values()), _once(others)


def _profile(url: str, line: Line) -> Profile | None:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    network = next(
        (name for site, name in _NETWORKS.items() if host == site or host.endswith("." + site)),
        None,
    )
    if network is None:
        return None
    steps = [step for step in parts.path.split("/") if step and step not in _BEFORE_USERNAME]
    username = steps[0].lstrip("@~") if steps else None
    return Profile(network, username[:100] if username else None, url, line)


def birth_date(lines: Sequence[Line]) -> tuple[Said | None, Line | None]:
    """The birth date, where it is labelled and sure to the day; or the line that is not sure."""
    for place, line in enumerate(lines):
        label = _BIRTH.search(line.text)
        if label is None:
            continue
        text, where = line.text[label.end() :], line
        if not text.strip() and place + 1 < len(lines):
            where = lines[place + 1]
            text = where.text
        found = periods(text)
        if not found or found[0].begins > 40:
            continue
        date = found[0].start
        if found[0].alone and date is not None and date.precision is Precision.DAY:
            return Said(str(date), where), None
        return None, where
    return None, None


def full_name(head: Sequence[Line], lines: Sequence[Line]) -> Said | None:
    """The name: labelled, or in the largest letters of the first page, or the first line.

    `head` is what stands before the sections; in a page of columns the name may be in none of it.
    """
    for line in head[:40]:
        if (match := _NAMED.match(line.text)) and _is_name(match["name"]):
            return Said(match["name"], line)
    first_page = [line for line in lines if line.page == 1]
    largest = max((line.size for line in first_page), default=0.0)
    outstanding = [line for line in first_page if line.size == largest]
    if largest > 0 and len(outstanding) <= 2:
        whole = " ".join(line.cells[0] for line in outstanding)  # One name a line is a fashion.
        if _is_name(whole) and not outstanding[0].bullet:
            return Said(whole, outstanding[0])
    for line in head[:_LOOKED_AT]:
        if not is_document_title(line.text):
            named = _is_name(line.cells[0]) and not line.bullet
            return Said(line.cells[0], line) if named else None
    return None


def _is_name(text: str) -> bool:
    """Two to five words of letters that say nothing else that we know."""
    words = text.replace(",", " ").split()
    if heading_of(text) is not None or is_document_title(text):
        return False
    if len(words) == 1:
        # Without spaces between words, as in Chinese.
        return 2 <= len(text) <= 5 and all("\u3040" <= c <= "\ud7ff" for c in text)
    return (
        len(words) <= 6
        and all(_NAME_WORD.match(word) for word in words)
        and not words[0][0].islower()
        and work_kind(text) is Kind.UNKNOWN
        and course_kind(text) is Kind.UNKNOWN
    )


def _once(said: "Iterator[Said] | list[Said]") -> list[Said]:
    found: dict[str, Said] = {}
    for one in said:
        found.setdefault(one.value.casefold(), one)
    return list(found.values())
