"""What one printed text says of one field of the zone: the same, something else, or nothing.

Each kind of field has its own way to be the same: names by transliteration (9303-3 §6), dates by
any day that they can mean, numbers without spaces. A text that is not of the field's kind at all (a
word where a date should be) says nothing: the label then belongs to something else.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from models.document import Mrz, MrzFormat
from verifiers.documents.issuers import STATES
from verifiers.documents.print_dates import printed_dates
from verifiers.documents.print_nationalities import same_state, states_named
from verifiers.documents.print_words import folded
from verifiers.names import Agreement, Compared, compare_printed_name
from verifiers.transliteration import transliterate

Span = tuple[int, int]
"""First character, and the one after the last."""

_SHAPES = str.maketrans("OI", "01")
"""Print need not tell these apart."""
_LOOK_ALIKE = str.maketrans("OQDIZSBG", "00012586")
"""Letters that OCR takes for digits, and back."""
_SHORT_NUMBER = 5
_DIGITS_OF_NUMBER = 3
_WINDOW = 5
"""Words of one number at most."""
_NUMBER_WORDS = {"NR", "NO", "N"}
"""Some print `SERIA HD NR 198025` for HD198025."""

_TITLE = 3
"""Letters: MR, DR, or the number of a field read as a word."""

_BORN = {"GEB", "NEE", "NE", "BORN", "EV", "GEBOREN", "EP", "EPOUSE", "VVE", "VEUVE", "DIT", "ROZ"}
"""What stands between a name and another one that the zone leaves out."""

_SEXES: dict[str, str] = {
    "F": "F", "FEMALE": "F", "FEMME": "F", "FEMININ": "F", "FEMENINO": "F", "FEMININO": "F",
    "FEMMINA": "F", "W": "F", "WEIBLICH": "F", "VROUW": "F", "K": "F", "KVINDE": "F", "KVINNE": "F",
    "KVK": "F", "KOBIETA": "F", "KADIN": "F", "KVINNA": "F", "Z": "F", "ZENSKY": "F", "ZENSKI": "F",
    "ZENA": "F", "NO": "F", "N": "F", "NAINE": "F", "NAINEN": "F", "SIEVIETE": "F", "MOTERIS": "F",
    "KVENKYN": "F", "M": "M", "MALE": "M", "HOMME": "M", "MASCULIN": "M", "MASCULINO": "M",
    "MASCHIO": "M", "MANNLICH": "M", "MAN": "M", "MAND": "M", "MANN": "M", "MEZCZYZNA": "M",
    "ERKEK": "M", "MUZ": "M", "MUSKI": "M", "MOSKI": "M", "FERFI": "M", "MEES": "M", "MIES": "M",
    "VIRIETIS": "M", "VYRAS": "M", "H": "M", "HOMBRE": "M", "X": "X",
}  # fmt: skip
"""Words and letters for a sex, folded. A lone M is a woman in some cards (mujer, moteris), and V a
woman in Dutch, a man in Lithuanian: such a letter agrees where it can, and never differs."""
_DOUBTFUL = {"M", "V", "S", "H", "N", "Z", "B"}


@dataclass(frozen=True)
class Kind:
    """One kind of field: how a text is held against it and looked for."""

    compare: Callable[[Mrz, str, str], Compared | None]
    """The zone, what it says of the field, a printed text; `None`: a text of another kind."""
    spans: Callable[[Mrz, str, str], Iterator[Span]] | None
    """Where in a text the zone's value stands; `None` where that would prove nothing."""
    nearly: Callable[[str, str], bool]
    """Whether a text may be the zone's value, misread."""
    alike: Callable[[str, str], bool]
    """Whether two readings of one place say the same."""


def agrees(what: str) -> Compared:
    return Compared(Agreement.AGREES, f"The printed {what} is that of the zone.")


def unclear(what: str) -> Compared:
    return Compared(Agreement.UNKNOWN, f"The printed {what} was not read clearly.")


def differs(what: str) -> Compared:
    return Compared(Agreement.DIFFERS, f"The printed {what} is another than that of the zone.")


def _date(_: Mrz, said: str, text: str) -> Compared | None:
    dates = printed_dates(text)
    if not dates:
        return None
    same = any(day.isoformat().startswith(said) for found in dates for day in found.days)
    return agrees("date") if same else differs("date")


def _date_spans(_: Mrz, said: str, text: str) -> Iterator[Span]:
    for found in printed_dates(text):
        if any(day.isoformat() == said for day in found.days):
            yield found.start, found.end


def _nearly_date(said: str, text: str) -> bool:
    """One character wrong of eight or ten."""
    year, month, day = [*said.split("-"), "", ""][:3]
    written = folded(text)
    forms = (day + month + year, year + month + day, month + day + year)
    return any(fuzz.partial_ratio(form, written) >= 85 for form in forms if len(written) >= 6)


def _same_date(one: str, other: str) -> bool:
    ones, others = ({day for d in printed_dates(t) for day in d.days} for t in (one, other))
    return bool(ones & others)


def _number(mrz: Mrz, said: str, text: str) -> Compared | None:
    wanted, whole = folded(said), folded(text)
    if any(True for _ in _number_spans(mrz, said, text)):
        return agrees("number")
    if mrz.format in (MrzFormat.MRV_A, MrzFormat.MRV_B):
        return None  # 9303-7 §4.2.2: the passport's number or the visa's, and print may have both.
    if len(whole) < _SHORT_NUMBER or sum(c.isdigit() for c in whole) < _DIGITS_OF_NUMBER:
        return None
    if printed_dates(text):
        return None
    one, two = wanted.translate(_LOOK_ALIKE), whole.translate(_LOOK_ALIKE)
    wrong = OSA.distance(one, two)
    # A letter too many or too few is OCR's; another letter is not, look-alikes apart.
    if wrong == 0 or (wrong == 1 and len(one) != len(two)) or one in two:
        return unclear("number")
    return differs("number")


def _number_spans(_: Mrz, said: str, text: str) -> Iterator[Span]:
    wanted = folded(said).translate(_SHAPES)
    words = list(re.finditer(r"\S+", text))
    for first, word in enumerate(words):
        written = ""
        for last in words[first : first + _WINDOW]:
            written += "" if folded(last.group()) in _NUMBER_WORDS else folded(last.group())
            if written.translate(_SHAPES) == wanted:
                yield word.start(), last.end()
    inside = folded(text).translate(_SHAPES)
    if len(wanted) > _SHORT_NUMBER and wanted in inside and len(inside) <= len(wanted) + 4:
        yield 0, len(text)


def _nearly_number(said: str, text: str) -> bool:
    wanted, written = (folded(t).translate(_LOOK_ALIKE) for t in (said, text))
    return len(written) >= _SHORT_NUMBER and fuzz.partial_ratio(wanted, written) >= 85


def _same_number(one: str, other: str) -> bool:
    return folded(one).translate(_LOOK_ALIKE) == folded(other).translate(_LOOK_ALIKE)


def _name(mrz: Mrz, said: str, text: str) -> Compared | None:
    words = _name_words(text)
    latin = [word for word in words if transliterate(word).replace(" ", "").isascii()]
    if len("".join(latin)) < 2 or sum(len(w) for w in words) < 0.7 * len(folded(text)):
        return None
    read = compare_printed_name(said, " ".join(latin), truncated=mrz.name_truncated)
    if read.agreement is not Agreement.DIFFERS:
        return read
    text = " ".join(latin)
    for start, end in _name_spans(mrz, said, text):
        further = text[end:].split()
        born = start == 0 and bool(further) and folded(further[0]) in _BORN
        rest = compare_printed_name(_other_part(mrz, said), text[:start] + text[end:])
        return agrees("name") if born or rest.agreement is Agreement.AGREES else unclear("name")
    parts = {folded(word) for word in transliterate(said).split()}
    return unclear("name") if {folded(w) for w in latin} <= parts else read


def _other_part(mrz: Mrz, said: str) -> str:
    """The given names for a family name, and the other way round."""
    primary, secondary = mrz.primary_identifier or "", mrz.secondary_identifier or ""
    return secondary if said == primary else primary


def _name_spans(mrz: Mrz, said: str, text: str) -> Iterator[Span]:
    words = list(_NAME_WORD.finditer(text))
    most = len(said.split()) + 2
    for first, word in enumerate(words):
        for last in words[first : first + most]:
            piece = text[word.start() : last.end()]
            compared = compare_printed_name(said, piece, truncated=mrz.name_truncated)
            if compared.agreement is Agreement.AGREES:
                yield word.start(), last.end()


def is_signature(mrz: Mrz, text: str) -> bool:
    """Both parts of the name on one line in small letters: what a holder writes, not an issuer."""
    parts = [part for part in (mrz.primary_identifier, mrz.secondary_identifier) if part]
    if text.isupper() or len(parts) < 2:
        return False
    return all(any(True for _ in _name_spans(mrz, part, text)) for part in parts)


def stands_alone(mrz: Mrz, before: str, after: str) -> bool:
    """Whether no word stands beside a name on its line but the other part of it, or a title."""
    parts = (mrz.primary_identifier or "", mrz.secondary_identifier or "")
    own = {folded(word) for part in parts for word in transliterate(part).split()}
    words = [folded(transliterate(word)) for word in _name_words(f"{before} {after}")]
    return all(word in own or len(word) <= _TITLE for word in words)


def _whole_name(mrz: Mrz, said: str, text: str) -> Compared | None:
    """A name in one piece, or one part of it: what is left beside the other part is this one."""
    words = _name_words(text)
    if not words or sum(len(w) for w in words) < 0.7 * len(folded(text)):
        return None
    text = " ".join(words)
    if any(True for _ in _name_spans(mrz, said, text)):
        return agrees("name")
    for start, end in _name_spans(mrz, _other_part(mrz, said), text):
        return _name(mrz, said, text[:start] + text[end:])
    return _name(mrz, said, text) if said == mrz.primary_identifier else None


def _name_words(text: str) -> list[str]:
    return [match.group() for match in _NAME_WORD.finditer(text)]


_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’`´‘ʻʼ·-][^\W\d_]+)*")


def _nearly_name(said: str, text: str) -> bool:
    wanted, written = folded(transliterate(said)), folded(transliterate(text))
    return len(written) >= 0.7 * len(wanted) and fuzz.partial_ratio(wanted, written) >= 75


def _same_name(one: str, other: str) -> bool:
    first, second = (folded(transliterate(t)) for t in (one, other))
    return OSA.distance(first, second) <= max(1, len(first) // 6)


def _sex(_: Mrz, said: str, text: str) -> Compared | None:
    words = [folded(word) for word in re.findall(r"[^\W\d_]+", text)]
    known = [word for word in words if word in _SEXES or word in _DOUBTFUL]
    if not known or len(known) < len(words):
        return None
    sure = {_SEXES[word] for word in known if word not in _DOUBTFUL}
    if said in sure or said in {_SEXES.get(word) for word in known}:
        return agrees("sex")
    # A letter that can mean either beside F leaves open which language says what: Irish F is male.
    clear = len(sure) == 1 and not _DOUBTFUL.intersection(known) and said != "X"
    return differs("sex") if clear else unclear("sex")


def _nationality(_: Mrz, said: str, text: str) -> Compared | None:
    named = states_named(text)
    if any(same_state(said, code) for code in named):
        return agrees("nationality")
    code = text.strip().upper()
    if code in STATES and len(said) == len(code) and _wrong(said, code) >= 2:
        return differs("nationality")
    return unclear("nationality") if named or text.strip().isalpha() else None


def _wrong(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=False))


def _never(_: str, __: str) -> bool:
    return False


def _same_words(one: str, other: str) -> bool:
    return folded(one) == folded(other)


DATE = Kind(_date, _date_spans, _nearly_date, _same_date)
NUMBER = Kind(_number, _number_spans, _nearly_number, _same_number)
NAME_PART = Kind(_name, _name_spans, _nearly_name, _same_name)
WHOLE_NAME = Kind(_whole_name, _name_spans, _nearly_name, _same_name)
SEX = Kind(_sex, None, _never, _same_words)
NATIONALITY = Kind(_nationality, None, _never, _same_words)
