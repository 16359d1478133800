"""Dates and periods as résumés write them, in several languages, never finer than written.

"03/2018 - 11/2020", "Jan. 2019 – present", "2015–17", "seit Mai 2020", "2019年3月 – 至今". Names of
months are dateparser's, asked in each language: where two languages disagree about a word
("listopad" is November in Polish and October in Croatian), the year alone is kept. So it is with
"03/04/2019", a day in March or in April.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateparser.date import DateDataParser  # type: ignore[import-untyped]

from models.claimed_date import ClaimedDate

_LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk", "ro"),
    *("tr", "ru", "uk", "hu", "el", "hr", "sl", "bg", "lt", "lv", "et", "ca", "id"),
)
_EARLIEST, _LATEST = 1930, 2099
_CENTURY = 70
"""'98 is 1998 and '12 is 2012; nobody's résumé reaches from '70 to 2069."""

_WORD = r"[^\W\d_]{3,12}"
_YEAR = r"(?:19[3-9]\d|20\d\d)"
_DATE = re.compile(
    rf"""(?<![\d/])(?:
      (?P<iso>{_YEAR})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?!\d)
    | (?P<dot_d>\d{{1,2}})\.\ ?(?P<dot_m>\d{{1,2}})\.\ ?(?P<dot_y>{_YEAR})(?!\d)
    | (?P<sl_a>\d{{1,2}})/(?P<sl_b>\d{{1,2}})/(?P<sl_y>{_YEAR})(?!\d)
    | (?P<my_m>\d{{1,2}})\ ?[/.-]\ ?(?P<my_y>{_YEAR})(?!\d)
    | (?P<cjk_y>{_YEAR})\ ?[年년]\ ?(?:(?P<cjk_m>\d{{1,2}})\ ?[月월])?
    | (?P<ym_y>{_YEAR})(?P<ym_s>[/.-])(?P<ym_m>\d\d)(?![\d/])
    | (?:(?P<w_d>\d{{1,2}})(?:st|nd|rd|th|er|[.º°])?\ (?:de\ |of\ )?)?
      (?P<word>{_WORD})(?:\.|\b),?\ ?(?:(?P<w_d2>\d{{1,2}})(?:st|nd|rd|th)?,\ )?(?:de\ |del\ )?
      (?:(?P<w_y>{_YEAR})(?!\d)|['’](?P<w_yy>\d\d)(?!\d))
    | (?P<yw_y>{_YEAR})[.,]?\ (?P<yw>{_WORD})\b\.?
    | (?P<y>{_YEAR})(?!\d)
    | (?P<short_m>0[1-9]|1[0-2])/(?P<short_y>\d\d)(?![\d/])
    )""",
    re.VERBOSE,
)
_TO = re.compile(
    r"\s*(?:[-–—‒−~→➔]|to|until|till|til|through|thru|bis|à|au|jusqu['’]\w+|al?|hasta|até|ao|"
    r"tot|do|tem|по|до|-\s*bis)\s*(?:\b(?:Spring|Summer|Fall|Autumn|Winter|Q[1-4])\b\s*)?",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"(?:\(?(?:the )?(?:present|current(?:ly)?|now|today|to date|till date|date|ongoing|heute|jetzt"
    r"|aktuell|laufend|gegenwärtig|dato|présent|aujourd['’]hui|actuel(?:lement)?|ce jour"
    r"|(?:la )?actualidad|actual(?:mente)?|(?:la )?fecha|presente|(?:o )?momento|atual(?:mente)?"
    r"|oggi|in corso|attuale|heden|nu|obecnie|teraz|chwili obecnej|dziś|pågående|nuvarande|idag"
    r"|i dag|d\.d\.|dags dato|nå|nykyinen|nyt|současnost|dosud|súčasnosť|prezent|günümüz|halen"
    r"|devam ediyor|настоящее время|настоящий момент|н\.\s?в\.|теперішній час|jelenleg|jelen"
    r"|σήμερα|danas|sedaj|сега|sekarang)\b|至今|现在|現在|今|현재)",
    re.IGNORECASE,
)
_SEASON = re.compile(
    r"spring|summer|fall|autumn|winter|sommer|herbst|fr[üu]hjahr|printemps|[ée]t[ée]|automne"
    r"|verano|otoño|primavera|invierno",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:since|seit|ab|depuis|desde|dal|sinds|od|sedan|siden|от|с|от|з|从|自)\s*$", re.IGNORECASE
)
_MONTH_ALONE = re.compile(rf"({_WORD})\.?\s*(?:[-–—]|to|bis|à|a)\s*$", re.IGNORECASE)
_SHORT_END = re.compile(r"\s?([-–—/])\s?(\d\d)(?![\d/.])")
_OPEN = re.compile(r"\s*[-–—]\s*(?=[\s)|,·•]*$|\s{2,})")
_AROUND = re.compile(r"^[\s()\[\],;:|·•–—-]*$")
_DURATION = re.compile(
    r"[·•,(]?\s*\(?\b\d{1,2}\+?\s*(?:years?|yrs?|jahre?|ans?|años?|anos?|months?|mos?|monate?|mois"
    r"|mes(?:es)?)\b\.?(?:,?\s*(?:and\s|und\s|et\s)?\d{1,2}\s*(?:months?|mos?|monate?|mois|mes(?:es)?)"
    r"\b\.?)?\s*\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stated:
    """One date in a text."""

    date: ClaimedDate
    begin: int
    end: int
    doubt: str = ""
    short: bool = False
    """Written as 03/18, which is a date only beside another one."""


@dataclass(frozen=True)
class StatedPeriod:
    """A period in a text, or one date alone."""

    start: ClaimedDate | None
    end: ClaimedDate | None
    begins: int
    """Where it begins in the text."""
    ends: int
    ongoing: bool = False
    """The text says that it goes on."""
    alone: bool = False
    """One date, which may be its beginning or its end."""
    doubts: tuple[str, ...] = ()


def periods(text: str) -> list[StatedPeriod]:
    """Every period and lone date, in order; they do not overlap."""
    found: list[StatedPeriod] = []
    dates = list(_dates(text))
    at = 0
    while at < len(dates):
        period, used = _period(text, dates, at)
        if period is not None:
            found.append(period)
        at += used
    return found


def without_duration(text: str) -> str:
    """The text without "3 yrs 2 mos", which only says again what dates say."""
    return _DURATION.sub(" ", text)


def is_all_date(text: str) -> bool:
    """Whether there is nothing but dates in it, such as in a column of dates."""
    rest, last = "", 0
    for period in periods(text):
        rest += text[last : period.begins]
        last = period.ends
    rest = without_duration(rest + text[last:])
    if last == 0:
        return bool(_PRESENT.fullmatch(text.strip(" -–—()")))
    return bool(_AROUND.match(_SINCE.sub("", rest.strip())))


def ends_open(text: str) -> bool:
    """Whether it ends in a dash after a date, so that the rest may stand in the next line."""
    return bool(re.search(r"\d\s*[-–—]$", text.strip())) and bool(periods(text))


def _period(text: str, dates: list[Stated], at: int) -> tuple[StatedPeriod | None, int]:
    first = dates[at]
    doubts: tuple[str, ...] = (first.doubt,) if first.doubt else ()
    if at + 1 < len(dates):
        second = dates[at + 1]
        if _TO.fullmatch(text, first.end, second.begin) and first.short == second.short:
            doubts += (second.doubt,) if second.doubt else ()
            if first.date.earliest > second.date.latest:
                doubts += ("The end is written before the start.",)
            return StatedPeriod(first.date, second.date, first.begin, second.end, doubts=doubts), 2
    if (to := _TO.match(text, first.end)) and (now := _PRESENT.match(text, to.end())):
        end = now.end() + text[now.end() : now.end() + 1].count(")")
        return StatedPeriod(first.date, None, first.begin, end, ongoing=True, doubts=doubts), 1
    if first.short:
        return None, 1
    if short := _short_end(text, first):
        return short, 1
    before = text[: first.begin]
    if month := _start_of_shared_year(before, first):
        start, begin = month
        return StatedPeriod(start, first.date, begin, first.end, doubts=doubts), 1
    if since := _SINCE.search(before):
        begin = since.start()
        return StatedPeriod(first.date, None, begin, first.end, ongoing=True, doubts=doubts), 1
    if opened := _OPEN.match(text, first.end):
        doubts += ("It ends in a dash: whether it goes on is not written.",)
        return StatedPeriod(first.date, None, first.begin, opened.end(), doubts=doubts), 1
    return StatedPeriod(
        first.date, first.date, first.begin, first.end, alone=True, doubts=doubts
    ), 1


def _short_end(text: str, first: Stated) -> StatedPeriod | None:
    """As "2015–17", and "2010-12", of which only its year is sure."""
    match = _SHORT_END.match(text, first.end)
    if match is None or len(str(first.date)) != 4:
        return None
    start = first.date.earliest.year
    end = start - start % 100 + int(match[2])
    if not start < end <= start + 60:
        return None
    if match[1] in "-/" and int(match[2]) <= 12:
        doubt = f"{text[first.begin : match.end()]} may be a month or two years."
        return StatedPeriod(first.date, None, first.begin, match.end(), doubts=(doubt,))
    return StatedPeriod(first.date, ClaimedDate.parse(str(end)), first.begin, match.end())


def _start_of_shared_year(before: str, second: Stated) -> tuple[ClaimedDate, int] | None:
    """As "Jan – Mar 2020": the year is said once."""
    match = _MONTH_ALONE.search(before)
    if match is None or len(str(second.date)) < 7 or len(months := months_called(match[1])) != 1:
        return None
    (month,) = months
    if month > second.date.earliest.month:
        return None
    start = ClaimedDate.parse(f"{second.date.earliest.year}-{month:02d}")
    return start, match.start()


def _dates(text: str) -> Iterator[Stated]:
    at = 0
    while match := _DATE.search(text, at):
        stated = _understood(match)
        if stated is not None:
            yield stated
            at = max(stated.end, at + 1)
        else:
            at = match.start() + 1


def _understood(match: re.Match[str]) -> Stated | None:
    said = match.groupdict()
    begin, end = match.span()
    if year := said["iso"]:
        return _stated(f"{year}-{said['iso_m']}-{said['iso_d']}", begin, end)
    if year := said["dot_y"]:
        return _stated(f"{year}-{int(said['dot_m']):02d}-{int(said['dot_d']):02d}", begin, end)
    if year := said["sl_y"]:
        return _slashed(int(said["sl_a"]), int(said["sl_b"]), year, begin, end)
    if year := said["my_y"]:
        return _stated(f"{year}-{int(said['my_m']):02d}", begin, end) or _stated(
            year, match.start("my_y"), end
        )
    if year := said["cjk_y"]:
        month = said["cjk_m"]
        return _stated(f"{year}-{int(month):02d}" if month else year, begin, end)
    if year := said["ym_y"]:
        return _year_month(match)
    if said["word"]:
        return _worded(match)
    if said["yw"]:
        months = months_called(said["yw"])
        if len(months) == 1:
            return _stated(f"{said['yw_y']}-{next(iter(months)):02d}", begin, end)
        return _stated(said["yw_y"], begin, match.end("yw_y"))
    if said["short_m"]:
        date = ClaimedDate.parse(f"{_century(said['short_y'])}-{said['short_m']}")
        return Stated(date, begin, end, short=True)
    return _stated(said["y"], begin, end)


def _stated(iso: str, begin: int, end: int, doubt: str = "") -> Stated | None:
    try:
        date = ClaimedDate.parse(iso)
    except ValueError:
        return None
    if not _EARLIEST <= date.earliest.year <= _LATEST:
        return None
    return Stated(date, begin, end, doubt)


def _slashed(a: int, b: int, year: str, begin: int, end: int) -> Stated | None:
    """Day and month in either order; where both could be, the year alone."""
    orders = {
        f"{year}-{month:02d}-{day:02d}" for day, month in ((a, b), (b, a)) if 1 <= month <= 12
    }
    if len(orders) == 1:
        return _stated(orders.pop(), begin, end)
    doubt = f"{a:02d}/{b:02d}/{year} may be a day in either of two months." if orders else ""
    return _stated(year, begin, end, doubt)


def _year_month(match: re.Match[str]) -> Stated | None:
    """As "2018-03"; a dash and two digits without a month in them are a range of years."""
    year, month, mark = match["ym_y"], match["ym_m"], match["ym_s"]
    begin, end = match.span()
    rest = match.string[end : end + 12]
    alone = not re.match(r"\s*(?:[-–—~→]|to\b|bis\b|至)", rest)
    before = match.string[max(0, begin - 4) : begin]
    alone = alone and not re.search(r"(?:[-–—~→]|to|bis)\s*$", before)
    if alone and (mark == "/" or (mark == "-" and int(month) > int(year[2:]))):
        # `_short_end` says whether it is a range of years, and what is doubtful.
        return _stated(year, begin, match.end("ym_y"))
    return _stated(f"{year}-{month}", begin, end) or _stated(year, begin, match.end("ym_y"))


def _worded(match: re.Match[str]) -> Stated | None:
    word, day = match["word"], match["w_d"] or match["w_d2"]
    year = match["w_y"] or _century(match["w_yy"])
    months = months_called(word)
    begin, end = match.span()
    if len(months) == 1:
        month = f"{year}-{next(iter(months)):02d}"
        if day:
            return _stated(f"{month}-{int(day):02d}", begin, end) or _stated(month, begin, end)
        return _stated(month, begin, end)
    if match["w_y"] is None:
        return None
    if months:
        doubt = f"{word} is another month in another language."
        return _stated(year, begin, end, doubt)
    season = _SEASON.fullmatch(word)
    return _stated(year, begin if season else match.start("w_y"), match.end("w_y"))


def _century(two_digits: str) -> str:
    return f"{'19' if int(two_digits) >= _CENTURY else '20'}{two_digits}"


def months_called(word: str) -> frozenset[int]:
    """The months that this word names in any language; none where it names none."""
    return _months(word.casefold().strip("."))


@lru_cache(maxsize=4096)
def _months(word: str) -> frozenset[int]:
    found = set()
    for parser in _parsers():
        data = parser.get_date_data(f"{word} 2001")
        if data and data.date_obj and data.period == "month" and data.date_obj.year == 2001:
            found.add(data.date_obj.month)
    return frozenset(found)


@lru_cache(maxsize=1)
def _parsers() -> tuple[DateDataParser, ...]:
    settings = {"REQUIRE_PARTS": ["month", "year"], "PARSERS": ["absolute-time"]}
    return tuple(DateDataParser(languages=[one], settings=settings) for one in _LANGUAGES)
