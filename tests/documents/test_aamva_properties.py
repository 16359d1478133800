"""What is built is understood as it was built, and nothing breaks the grammar."""

import string
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.barcode import AnomalyKind
from models.document import FieldStatus
from samples.licence_payload import ANNA_DRIVES, Cardholder, payload
from verifiers.documents.aamva import understand_licence
from verifiers.documents.aamva_elements import ELEMENTS
from verifiers.documents.aamva_names import not_given
from verifiers.documents.barcode_payload import as_printed

LETTERS = st.text(string.ascii_uppercase + "ÉÑÜ'-", min_size=1, max_size=12)
WORDS = st.lists(LETTERS, min_size=1, max_size=3).map(" ".join).filter(lambda t: not not_given(t))
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
HOLDERS = st.builds(
    Cardholder,
    family=WORDS,
    first=WORDS,
    middle=st.just("") | WORDS,
    number=st.text(string.ascii_uppercase + string.digits + "-*", min_size=1, max_size=25).filter(
        lambda t: not not_given(t)
    ),
    birth_date=DAYS,
    sex=st.sampled_from(("F", "M", "X")),
    issue_date=DAYS,
    expiry=DAYS.filter(lambda day: day.year < 2099),
    country=st.sampled_from(("USA", "CAN")),
)
VERSIONS = st.integers(1, 10)
PIECES = st.sampled_from(
    ("@", "\n", "\x1e", "\r", "ANSI ", "AAMVA", "636012", "10", "01", "DL0041", "0278", "ZV", "|")
)


_SUFFIXES = ("JR", "SR", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def _ambiguous(holder: Cardholder, version: int) -> bool:
    """In one element for the whole name, a word such as JR at its end is a suffix."""
    return version == 1 and holder.middle.strip(".") in _SUFFIXES


@given(HOLDERS, VERSIONS)
def test_what_is_built_is_understood_as_it_was_built(holder: Cardholder, version: int) -> None:
    if _ambiguous(holder, version):
        holder = replace(holder, middle="")
    licence = understand_licence(payload(holder, version))
    assert licence.problem is None
    # Version 1 has no country, so that of a Canadian is not known; its dates are the same.
    assert licence.anomalies == ()
    assert licence.value("family_name") == holder.family
    assert licence.value("given_names") == f"{holder.first} {holder.middle}".strip()
    assert licence.value("number") == holder.number
    assert licence.value("sex") == holder.sex
    assert licence.birth_date == holder.birth_date
    assert licence.issue_date == holder.issue_date
    assert licence.expiry_date == holder.expiry


@given(HOLDERS, VERSIONS, st.sampled_from(("\r\n", "\r", "\x1e\n", "\n\n", " \n", "\x90\n")))
def test_other_line_ends_change_no_value(holder: Cardholder, version: int, ends: str) -> None:
    if _ambiguous(holder, version):
        holder = replace(holder, middle="")
    built = payload(holder, version)
    licence = understand_licence(built.replace("\n", ends))
    known = understand_licence(built)
    assert {n: f.value for n, f in licence.fields.items()} == {
        n: f.value for n, f in known.fields.items()
    }


@given(st.integers(0, 9999), st.integers(0, 9999), VERSIONS)
def test_any_offset_and_length_but_the_right_ones_are_told(
    offset: int, length: int, version: int
) -> None:
    built = payload(ANNA_DRIVES, version)
    at = built.index("DL")
    right = int(built[at + 2 : at + 6]), int(built[at + 6 : at + 10])
    licence = understand_licence(f"{built[: at + 2]}{offset:04d}{length:04d}{built[at + 10 :]}")
    assert licence.value("family_name") == "ERIKSSON"
    told = {anomaly.kind for anomaly in licence.anomalies}
    assert (AnomalyKind.OFFSET in told) == (offset != right[0])
    if abs(length - right[1]) > 2:
        assert AnomalyKind.LENGTH in told


@given(
    st.lists(
        PIECES
        | st.sampled_from(sorted(ELEMENTS))
        | st.text(max_size=12)
        | st.text(string.digits, min_size=8, max_size=8),
        max_size=40,
    ).map("".join)
)
def test_any_text_is_answered_with_places_within_it(text: str) -> None:
    licence = understand_licence(text)
    for element in licence.elements:
        assert text[element.start : element.end] == element.raw
    for anomaly in licence.anomalies:
        assert 0 <= anomaly.start <= len(text)
    for field in licence.fields.values():
        assert field.reason or field.status is not FieldStatus.INVALID
    needed = [licence.value(n) for n in ("family_name", "birth_date", "number")]
    assert (licence.problem is None) == all(needed)


@given(HOLDERS, VERSIONS)
def test_a_payload_as_it_was_printed_is_never_taken_for_one_spelled_out(
    holder: Cardholder, version: int
) -> None:
    assert as_printed(payload(holder, version)) == payload(holder, version)


@given(
    st.lists(PIECES | st.sampled_from(("<LF>", "\\n", "%0A", "^J", "&#10;", "\\x1e"))).map("".join)
)
def test_any_text_is_taken_as_printed_or_as_spelled_out(text: str) -> None:
    assert understand_licence(as_printed(text)).problem


@given(st.lists(st.integers(0, 250), max_size=12), st.text(max_size=4))
def test_a_damaged_payload_is_still_answered(places: list[int], piece: str) -> None:
    text = payload(ANNA_DRIVES)
    for place in places:
        text = text[:place] + piece + text[place + 1 :]
    licence = understand_licence(text)
    for element in licence.elements:
        assert text[element.start : element.end] == element.raw
