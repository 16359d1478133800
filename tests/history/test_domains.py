"""Domains: whose an address is, what anybody gets, and what is made to look like another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifiers.domains import (
    differs_in_ending_only,
    is_freemail,
    looks_like,
    own_domain,
    registrable_domain,
)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("Maria Lopez <maria@mail.northwind.co.uk>", "northwind.co.uk"),
        ("https://www.northwind.com:8443/team/@maria", "northwind.com"),
        ("mailto:maria@northwind.com", "northwind.com"),
        ("NORTHWIND.COM.", "northwind.com"),
        ("registry@exams.bg.ac.rs", "bg.ac.rs"),
        ("maria.github.io", "maria.github.io"),
        ("xn--mller-kva.de", "müller.de"),
    ],
)
def test_the_registrable_domain_is_the_public_suffix_and_one_label(
    address: str, domain: str
) -> None:
    assert registrable_domain(address) == domain


@pytest.mark.parametrize("text", ["", "Northwind", "10.0.0.1", "http://[::1]/", "co.uk", "a@"])
def test_what_nobody_registered_is_no_domain(text: str) -> None:
    assert registrable_domain(text) is None


@settings(max_examples=50)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_answered_and_nothing_looks_like_itself(text: str, other: str) -> None:
    registrable_domain(text)
    looks_like(text, other)
    assert looks_like(text, text) is None


@pytest.mark.parametrize(
    ("domain", "why"),
    [
        ("nortwhind.com", "one letter"),
        ("n0rthwind.com", "look alike"),
        ("northvvind.com", "look alike"),
        ("nоrthwind.com", "look alike"),
        ("north-wind.com", "hyphen"),
        ("northwind.careers", "another ending"),
        ("nortwhimd.com", "two letters"),
    ],
)
def test_an_imitation_is_told_with_its_reason(domain: str, why: str) -> None:
    said = looks_like(domain, "northwind.com")
    assert said is not None
    assert why in said


@pytest.mark.parametrize(
    ("domain", "official"),
    [
        ("careers.northwind.com", "northwind.com"),
        ("westwind.com", "northwind.com"),
        ("abb.com", "abc.com"),
        ("northwindtraders.com", "northwind.com"),
        ("Northwind", "northwind.com"),
    ],
)
def test_its_own_subdomain_and_another_name_are_no_imitation(domain: str, official: str) -> None:
    assert looks_like(domain, official) is None


def test_the_same_name_under_another_ending_is_told_apart() -> None:
    assert differs_in_ending_only("northwind.co.uk", "northwind.com")
    assert not differs_in_ending_only("northwind.com", "mail.northwind.com")
    assert not differs_in_ending_only("north-wind.com", "northwind.com")


def test_a_mailbox_or_page_that_anybody_gets_is_nobodys_own_domain() -> None:
    assert is_freemail("gmail.com")
    assert is_freemail("smtp.Gmail.com")
    assert not is_freemail("northwind.com")
    assert own_domain("maria@gmail.com") is None
    assert own_domain("https://www.linkedin.com/company/northwind") is None
    assert own_domain("maria@northwind.com") == "northwind.com"
