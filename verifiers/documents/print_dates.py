"""Dates as documents print them, in any order, language and length of year (ICAO 9303-3 §3.8).

`12 AUG/AOUT 1974`, `31 DES/DEC 66`, `01.01.1911`, `2014-12-31`, `23 11 1959`, `08/06/84`. What is
printed may mean several days (which number is the month, which century, LIP is July in Polish and
June in Croatian): all of them are given, so that it differs from a date only where none fits.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from verifiers.documents.print_words import folded

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
"""Calendars of other eras give other years; what they mean is not guessed at."""


@dataclass(frozen=True)
class PrintedDate:
    """One date in a text, and every day it can mean."""

    days: frozenset[date]
    start: int
    """The text's characters that it takes."""
    end: int


def printed_dates(text: str) -> tuple[PrintedDate, ...]:
    """Every date that stands in this text, from left to right; what only resembles one is none."""
    found: list[PrintedDate] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            taken = any(d.start < match.end() and match.start() < d.end for d in found)
            days = frozenset() if taken else frozenset(read(match))
            if days:
                found.append(PrintedDate(days, match.start(), match.end()))
    return tuple(sorted(found, key=lambda d: d.start))


def _with_month_word(match: re.Match[str]) -> Iterator[date]:
    months: frozenset[int] | None = None
    for word in re.split(r"[^\w]+", match["words"]):
        known = _months(word)
        if known:
            months = known if months is None else (months & known or months | known)
    for month in months or ():
        for year in _years(match["year"]):
            yield from _day(year, month, match["day"])


def _day_first(match: re.Match[str]) -> Iterator[date]:
    """Points stand after the day; the other marks leave open which of two numbers it is."""
    one, other = match["one"], match["other"]
    for year in _years(match["year"]):
        yield from _day(year, other, one)
        if "." not in match["mark"]:
            yield from _day(year, one, other)


def _year_first(match: re.Match[str]) -> Iterator[date]:
    for year in _years(match["year"]):
        yield from _day(year, match["month"], match["day"])


def _day(year: int, month: str | int, day: str) -> Iterator[date]:
    number, in_month = int(month), int(_digits(day))
    if 1 <= number <= 12 and 1 <= in_month <= calendar.monthrange(year, number)[1]:
        yield date(year, number, in_month)


def _years(text: str) -> tuple[int, ...]:
    year = int(_digits(text))
    if len(text) == 2:
        return 1900 + year, 2000 + year
    return (year,) if _FIRST_YEAR <= year <= _LAST_YEAR else ()


def _digits(text: str) -> str:
    """Print has one shape for O and 0."""
    return text.upper().replace("O", "0")


def _months(word: str) -> frozenset[int]:
    """The months that this word may name: it begins as one of them, or is one's beginning."""
    word = folded(word)
    if len(word) < 3:
        return frozenset()
    return frozenset(
        month
        for month, names in _MONTHS.items()
        for name in names
        if word.startswith(name) or (len(word) >= 3 and name.startswith(word))
    )


_DAY, _YEAR = r"[0-3O]?[0-9O]", r"(?:[12][09O][0-9O]{2}|[0-9O]{2})"
_ALONE, _ENDS = r"(?<![\w.])", r"(?![0-9A-Za-z])"
_FORMS = (
    (
        re.compile(
            # A number before the day may be the day, and this one what is left of `3월`.
            rf"(?<!\d)(?<!\d\s)(?P<day>{_DAY})(?:ST|ND|RD|TH|º|ER)?[\s.,/-]{{0,3}}(?:de\s)?"
            rf"(?P<words>[^\W\d_]{{3,}}\.?(?:[\s./-]{{0,3}}[^\W\d_]{{3,}}\.?)?)"
            rf"[\s.,/-]{{0,3}}(?:del?\s)?(?P<year>{_YEAR}){_ENDS}",
            re.IGNORECASE,
        ),
        _with_month_word,
    ),
    (
        re.compile(
            rf"(?<![^\W\d_])(?P<words>[^\W\d_]{{3,}})[\s.]{{1,2}}(?P<day>{_DAY})[\s,.]{{1,2}}"
            rf"(?P<year>[12][09]\d\d){_ENDS}"
        ),
        _with_month_word,
    ),
    (
        re.compile(
            rf"{_ALONE}(?P<year>[12][09]\d\d)[\s./-]{{1,2}}(?P<words>[^\W\d_]{{3,}})[\s./-]{{1,2}}"
            rf"(?P<day>{_DAY}){_ENDS}"
        ),
        _with_month_word,
    ),
    (
        re.compile(
            rf"{_ALONE}(?P<year>[12][09]\d\d)[ .年/-]{{1,2}}(?P<month>\d\d?)[ .月/-]{{1,2}}"
            rf"(?P<day>\d\d?){_ENDS}"
        ),
        _year_first,
    ),
    (
        re.compile(
            rf"{_ALONE}(?P<one>\d\d?)(?P<mark> ?[ ./-] ?)(?P<other>\d\d?)[ ./-]{{1,2}}"
            rf"(?P<year>[12][09]\d\d|\d\d){_ENDS}"
        ),
        _day_first,
    ),
    (
        re.compile(r"(?<!\w)(?P<one>\d\d)(?P<mark>)(?P<other>\d\d)(?P<year>[12][09]\d\d)(?!\w)"),
        _day_first,
    ),
)

_MONTHS: dict[int, tuple[str, ...]] = {
    number: tuple(folded(name) for name in names.split())
    for number, names in {
        1: "JAN ENE GEN IAN JAAN SIJ SIE STY LED SAU TAMMI OCA EAN ION YAN ЯНВ СІЧ СТУ ЈАН ΙΑΝ",
        2: "FEB FEV FÉV VEEBR LUT UNO ÚNO VELJ VAS HELMI ŞUB PEB FEA CHW SHK FRA ФЕВ ЛЮТ ΦΕΒ",
        3: "MAR MÄR MRZ MRT MAA MÁR BŘE OŽU KOV MAALIS MAC MAW MARS MÄRTS МАР БЕР САК ΜΑΡ",
        4: "APR AVR ABR ÁPR KWI DUB TRA BAL HUHTI NIS NİS AIB EBR PRI APRILL АПР КВІ КРА ΑΠΡ",
        5: "MAY MAI MAJ MEI MAG MÁJ KVE KVĚ SVI GEG TOUKO BEA MEJ MAÍ МАЙ МАЈ ТРА ΜΑΙ ΜΑΪ",
        6: "JUN JUIN GIU IUN JUUNI CZE ČER ČVN LIP BIR KESA KESÄ HAZ MEI MEH QER JÚN ĠUN ИЮН "
        "ЧЕР ЈУН ЮНИ ΙΟΥΝ",
        7: "JUL JUIL LUG IUL JUULI LIP ČVC ČERVENEC SRP LIE HEINA HEINÄ TEM IUI GOR KOR LUL JÚL "
        "ИЮЛ ЛИП ЈУЛ ЮЛИ ΙΟΥΛ",
        8: "AUG AOUT AOÛ AGO AVG SIE SRP KOL RGP RUGP ELO AGU AĞU AGT OGO LUN LÚN AWS AWW GUS "
        "ÁGÚ АВГ СЕР ЖНІ ΑΥΓ",
        9: "SEP SET SZEPT WRZ ZAR ZÁŘ RUJ RGS RUGS SYYS EYL MEF MED SHT СЕН СЕП ВЕР ΣΕΠ",
        10: "OCT OKT OUT OTT PAZ PAŹ RIJ ŘÍJ LIS SPA LOKA EKI EKİ DFO HYD TET ОКТ ЖОВ ΟΚΤ",
        11: "NOV NOI NOP LIS STU LAP MARRAS KAS SAM TACH NEN NËN НОЯ НОЕ ЛИС ΝΟΕ ΝΟΒ",
        12: "DEC DÉC DEZ DES DIC DIS DETS GRU PRO JOULU ARA NOL RHAG DHJ ДЕК ДЕЦ ГРУ СНЕ ΔΕΚ",
    }.items()
}
"""How months begin in the languages of passports, folded: national words stand beside English or
French ones (9303-3 §3.8), and alone on cards."""
