"""Mail servers, asked of a real name server: what is not said is never taken for absence."""

import dns.rcode
import pytest

from models.outside import Outcome
from tests.history_sources.asking_one import Asking
from tests.history_sources.name_server import Zone, name_server
from verifiers.history.sources import dns as source

ZONE: Zone = {
    ("example.com", "MX"): ["20 backup.example.com.", "10 mail.example.com."],
    ("no-mail.example", "MX"): ["0 ."],
    ("old.example", "A"): ["192.0.2.1"],
    ("six.example", "AAAA"): ["2001:db8::1"],
    ("text.example", "TXT"): ['"nothing else"'],
    ("fails.example", "MX"): dns.rcode.SERVFAIL,
    ("refuses.example", "MX"): dns.rcode.REFUSED,
    ("half.example", "MX"): [],
    ("half.example", "A"): dns.rcode.SERVFAIL,
    ("silent.example", "MX"): None,
    ("xn--bcher-kva.example", "MX"): ["10 mail.example.com."],
}


@pytest.mark.parametrize(
    ("domain", "outcome", "hosts"),
    [
        ("example.com", Outcome.FOUND, ("mail.example.com", "backup.example.com")),
        ("old.example", Outcome.FOUND, ("old.example",)),  # RFC 5321 §5.1
        ("six.example", Outcome.FOUND, ("six.example",)),
        ("bücher.example", Outcome.FOUND, ("mail.example.com",)),
        ("no-mail.example", Outcome.ABSENT, None),  # RFC 7505
        ("text.example", Outcome.ABSENT, None),
        ("is-not.example", Outcome.ABSENT, None),
        ("fails.example", Outcome.UNKNOWN, None),
        ("refuses.example", Outcome.UNKNOWN, None),
        ("half.example", Outcome.UNKNOWN, None),
    ],
)
def test_where_the_mail_of_a_domain_goes(
    domain: str, outcome: Outcome, hosts: tuple[str, ...] | None
) -> None:
    with name_server(ZONE) as url:
        answer = Asking("dns", url).one({"basics": {"email": f"anna@{domain}"}})
    assert (answer.question, answer.outcome) == (domain, outcome)
    assert (answer.value.hosts if answer.value else None) == hosts


def test_a_name_server_that_says_nothing_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_SECONDS_EACH", 0.1)
    monkeypatch.setattr(source, "_SECONDS", 0.2)
    with name_server(ZONE) as url:
        answer = Asking("dns", url).one({"basics": {"email": "anna@silent.example"}})
    assert answer.why == "did not answer in time"


def test_a_domain_that_no_name_can_be_made_of_is_unknown() -> None:
    with name_server(ZONE) as url:
        answer = Asking("dns", url).one({"basics": {"email": "anna@☃.example"}})
    assert answer.why == "cannot look for a domain that is written so"


def test_no_name_server_at_all_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_SECONDS", 0.5)
    nobody = Asking("dns", "dns://127.0.0.1:1")
    answer = nobody.one({"basics": {"email": "anna@example.com"}})
    assert answer.outcome is Outcome.UNKNOWN


def test_domains_are_those_of_candidate_references_schools_and_employers_once_each() -> None:
    claims = {
        "work": [{"name": "Employer", "url": "https://www.firm.co.uk/about"}],
        "basics": {"email": "anna@Example.com"},
        "emails": [{"address": "a@mail.example.com"}, {"address": "b@example.com"}],
        "references": [{"email": "bo@employer.example"}, {"email": "not an address"}],
        "education": [{"institution": "U", "contactEmail": "office@school.example"}],
    }
    with name_server({}) as url:
        answers = Asking("dns", url).all(claims)
    assert [answer.question for answer in answers] == [
        "example.com", "mail.example.com", "employer.example", "school.example", "firm.co.uk",
    ]  # fmt: skip
