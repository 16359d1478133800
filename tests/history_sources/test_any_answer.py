"""Whatever JSON a host says, there is an answer: no source ever raises."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.outside import Outcome
from tests.history_sources.asking_one import Asking
from tests.history_sources.local_server import LocalServer, local_server, says

CLAIMS = {
    "basics": {"name": "Anna Example", "phone": "+44 20 7946 0018"},
    "work": [{"name": "Example Ltd", "url": "https://www.example.com"}],
    "education": [{"institution": "University of Oxford"}],
    "accounts": [{"network": "GitHub", "username": "anna-example"}],
}
FIELDS = st.sampled_from(
    (
        "objectClassName", "ldhName", "events", "eventAction", "eventDate", "status", "items",
        "company_number", "title", "data", "attributes", "lei", "entity", "legalName", "name",
        "creationDate", "expiration", "date", "names", "value", "types", "login", "id",
        "created_at", "number_of_results", "valid", "line_type_intelligence", "type",
        "confirmation", "cik_str",
    )
)  # fmt: skip
TEXTS = st.sampled_from(
    ["domain", "example.com", "registration", "2019-13-01", "2019-01-01T00:00:00Z", "pending", "\0"]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=6),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def anything() -> Iterator[LocalServer]:
    """Says the same to whatever it is asked."""
    with local_server() as server:
        yield server


@pytest.mark.parametrize(
    "name",
    [
        "rdap", "github", "companies-house", "edgar", "gleif", "ror", "line-type",
        "background-check",
    ],
)  # fmt: skip
@settings(max_examples=25)
@given(said=JSON)
def test_any_json_is_an_answer_and_never_an_error(
    anything: LocalServer, name: str, said: Any
) -> None:
    anything.otherwise = says(said)
    answer = Asking(name, anything.url).one(CLAIMS, proof="a-proof")
    assert (answer.why is not None) == (answer.outcome is Outcome.UNKNOWN)
