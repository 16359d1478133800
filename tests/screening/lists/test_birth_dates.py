"""Birth dates as lists write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.circumstances import ListedKind
from models.sanctions import NameQuality
from verifiers.screening.lists.birth_dates import births_in
from verifiers.screening.lists.drafts import Draft
from verifiers.screening.lists.ofac_remarks import read_remarks


def _spans(text: str) -> list[tuple[str, str]]:
    return [(str(span.earliest), str(span.latest)) for span in births_in(text)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("07 Jan 1930", [("1930-01-07", "1930-01-07")]),
        ("13.10.1944", [("1944-10-13", "1944-10-13")]),
        ("1944-10-13", [("1944-10-13", "1944-10-13")]),
        ("Feb 1972", [("1972-02-01", "1972-02-29")]),
        ("1938", [("1938-01-01", "1938-12-31")]),
        ("circa 1951", [("1950-01-01", "1952-12-31")]),
        ("circa 09 Mar 1951", [("1950-01-01", "1952-12-31")]),
        ("circa 1850", [("1850-01-01", "1851-12-31")]),
        ("circa 2100", [("2099-01-01", "2100-12-31")]),
        ("circa 1951-1953", [("1950-01-01", "1954-12-31")]),
        ("1970 to 1973", [("1970-01-01", "1973-12-31")]),
        ("01 Jan 1970 to 31 Dec 1971", [("1970-01-01", "1971-12-31")]),
        ("Between 1968 and 1970", [("1968-01-01", "1970-12-31")]),
        ("1967-1969.", [("1967-01-01", "1969-12-31")]),
        ("1955 or 1956", [("1955-01-01", "1955-12-31"), ("1956-01-01", "1956-12-31")]),
        ("a) 1964 b) 28.8.1962", [("1964-01-01", "1964-12-31"), ("1962-08-28", "1962-08-28")]),
        ("7.8.1965 / 20.2.1972", [("1965-08-07", "1965-08-07"), ("1972-02-20", "1972-02-20")]),
        ("31 Feb 1970", []),
        ("1970-13-01", []),
        ("1973 to 1970", []),
        ("0000", []),
        ("unknown", []),
    ],
)
def test_a_birth_date_is_read_as_far_as_it_is_known(
    text: str, spans: list[tuple[str, str]]
) -> None:
    assert _spans(text) == spans


@settings(max_examples=50)
@given(st.dates(date(1850, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d %b %Y", "%Y-%m-%d"]))
def test_any_day_is_read_as_itself(born: date, how: str) -> None:
    assert _spans(born.strftime(how)) == [(str(born), str(born))]


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(
            ["DOB ", "alt. ", "Passport ", "circa ", "a.k.a. '", "31 Feb 1970", "; ", "("]
        )
        | st.text(max_size=6),
        max_size=8,
    )
)
def test_no_remark_stops_the_reading_of_a_list(parts: list[str]) -> None:
    draft = Draft("1", ListedKind.PERSON)
    draft.add_name("DOE, Jane", NameQuality.PRIMARY)
    read_remarks("".join(parts), draft)
    entry = draft.entry("OFAC SDN")
    assert entry
    assert all(span.earliest <= span.latest for span in entry.births)
