"""Domains as people register them: whose an address is, and what it is made to look like.

The registrable domain is the public suffix and one label (publicsuffix.org), by the list that comes
with `tldextract`; nothing is fetched. Domains are compared in Unicode and lower case, so an
`xn--` form and what a browser shows for it are one.
"""

import unicodedata

import tldextract
from rapidfuzz.distance import DamerauLevenshtein

_EXTRACT = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)

FREEMAIL = frozenset(
    {
        "126.com", "139.com", "163.com", "aol.com", "bk.ru", "bol.com.br", "daum.net",
        "fastmail.com", "fastmail.fm", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch",
        "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hanmail.net", "hey.com", "hotmail.co.uk",
        "hotmail.com", "hotmail.de", "hotmail.es", "hotmail.fr", "hotmail.it", "hush.com",
        "hushmail.com", "icloud.com", "inbox.lv", "inbox.ru", "interia.pl", "laposte.net",
        "libero.it", "list.ru", "live.co.uk", "live.com", "live.fr", "live.nl", "mac.com",
        "mail.com", "mail.ru", "mailbox.org", "me.com", "msn.com", "nate.com", "naver.com", "o2.pl",
        "onet.pl", "op.pl", "orange.fr", "outlook.com", "outlook.de", "outlook.es", "outlook.fr",
        "pm.me", "posteo.de", "posteo.net", "proton.me", "protonmail.ch", "protonmail.com",
        "qq.com", "rambler.ru", "rediffmail.com", "rocketmail.com", "runbox.com", "seznam.cz",
        "sina.com", "sohu.com", "t-online.de", "tiscali.it", "tuta.com", "tuta.io", "tutamail.com",
        "tutanota.com", "ukr.net", "uol.com.br", "virgilio.it", "wanadoo.fr", "web.de", "wp.pl",
        "ya.ru", "yahoo.ca", "yahoo.co.in", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com",
        "yahoo.com.br", "yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.in", "yahoo.it", "yandex.com",
        "yandex.ru", "yeah.net", "ymail.com", "zoho.com", "zohomail.com",
    }
)  # fmt: skip
"""Where anybody gets an address. One there says nothing for or against whoever uses it."""

SHARED_SITES = frozenset(
    {
        "about.me", "behance.net", "bit.ly", "crunchbase.com", "dribbble.com", "facebook.com",
        "fiverr.com", "freelancer.com", "github.com", "gitlab.com", "glassdoor.com", "goo.gl",
        "indeed.com", "instagram.com", "linkedin.com", "linktr.ee", "medium.com", "notion.site",
        "stackoverflow.com", "substack.com", "tinyurl.com", "toptal.com", "twitter.com",
        "upwork.com", "wellfound.com", "wikipedia.org", "x.com", "xing.com", "youtube.com",
    }
)  # fmt: skip
"""Sites where anybody has a page: their registration says nothing of whoever has one there."""

_ONE_SLIP_FROM = 5
"""Letters of a name from which one letter more, less, other or swapped is made to be overlooked;
shorter ones ("abb", "abc") are different companies."""
_TWO_SLIPS_FROM = 9

_LOOKS_LATIN = str.maketrans(
    {
        "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "к": "k",
        "ӏ": "l", "м": "m", "н": "h", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t",
        "у": "y", "ԝ": "w", "х": "x", "α": "a", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
        "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ı": "i", "ł": "l", "ø": "o", "đ": "d",
        "0": "o", "1": "l", "3": "e", "5": "s",
    }
)  # fmt: skip
"""Letters of other alphabets, and figures, that are taken for Latin letters at a glance."""
_TWO_LOOK_LIKE_ONE = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def registrable_domain(text: str) -> str | None:
    """The domain that somebody registered, of a domain, a URL or an e-mail address.

    `None` where there is none: an IP address, a host without a public suffix, or no address at all.
    """
    host = "".join(text.split()).rstrip(".>")
    if "/" not in host:
        host = host.rsplit("@", 1)[-1]
    found = _EXTRACT(unicodedata.normalize("NFKC", host).lower())
    if not found.domain or not found.suffix:
        return None
    return _shown(f"{found.domain}.{found.suffix}")


def is_freemail(domain: str) -> bool:
    """Whether anybody gets a mailbox at this domain."""
    return (registrable_domain(domain) or domain.lower()) in FREEMAIL


def own_domain(address: str | None) -> str | None:
    """The registrable domain of an address, where it is of the claimed firm or school itself."""
    domain = registrable_domain(address or "")
    return None if domain is None or domain in FREEMAIL | SHARED_SITES else domain


def looks_like(domain: str, official: str) -> str | None:
    """Why a domain may be taken for another one, in words; `None` where it is that one, or is not.

    The same name under another ending is told as well: whether it is the same company's under
    another country's ending is the caller's to know (`differs_in_ending_only`).
    """
    one, other = registrable_domain(domain), registrable_domain(official)
    if one is None or other is None or one == other:
        return None
    if differs_in_ending_only(one, other):
        return f"{one} is the name of {other} under another ending"
    name, real = _name(one), _name(other)
    if min(len(name), len(real)) > 2 and _skeleton(name) == _skeleton(real):
        return f"{one} reads like {other}, with letters that look alike"
    if name.replace("-", "") == real.replace("-", ""):
        return f"{one} is {other} with a hyphen more or less"
    return _slips(one, other)


def differs_in_ending_only(domain: str, official: str) -> bool:
    """Whether two domains have the same name under two endings: example.com, example.co.uk."""
    one, other = registrable_domain(domain), registrable_domain(official)
    return one is not None and other is not None and one != other and _name(one) == _name(other)


def _slips(domain: str, official: str) -> str | None:
    name, real = _name(domain), _name(official)
    length = min(len(name), len(real))
    slips = DamerauLevenshtein.distance(name, real, score_cutoff=2)
    if slips == 1 and length >= _ONE_SLIP_FROM:
        return f"{domain} is one letter away from {official}"
    if slips == 2 and length >= _TWO_SLIPS_FROM:
        return f"{domain} is two letters away from {official}"
    return None


def _name(domain: str) -> str:
    """The label before the public suffix."""
    return _EXTRACT(domain).domain


def _skeleton(name: str) -> str:
    """What a name looks like at a glance."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_LOOKS_LATIN))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    letters = letters.translate(_LOOKS_LATIN)
    for two, one in _TWO_LOOK_LIKE_ONE:
        letters = letters.replace(two, one)
    return letters


def _shown(domain: str) -> str:
    """In Unicode, as a browser shows it."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain
