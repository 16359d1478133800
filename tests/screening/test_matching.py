"""A name alone surfaces nobody; a name and a hard identifier does."""

from datetime import date
from typing import Any

import pytest

from models.circumstances import ListedKind
from models.contact_claims import Email, Payout, Reference
from models.history import Basics, Claims, Identity, Work
from models.sanctions import ListedDocument, Party
from tests.screening.building import WALLET, born, by_hand, company, entry, person
from verifiers.screening.matching import listed_of, parties_of


@pytest.mark.parametrize("name", ["Kim Se Un", "KIM, Se Un", "김세운", "Jo Kyong Hun"])
def test_a_name_alone_surfaces_nobody(name: str) -> None:
    """Not even the very name of the list."""
    assert by_hand().search(person(name)) == ()


def test_a_companys_name_alone_surfaces_none() -> None:
    """Nor with a domain where anybody has a page, or mail from where anybody gets it."""
    index = by_hand()
    assert index.search(company("Korea Sobaeksu Trading Company")) == ()
    shared = {"domains": ("https://www.linkedin.com/company/sobaeksu",), "emails": ("a@gmail.com",)}
    assert index.search(company("Korea Sobaeksu Trading Company", **shared)) == ()


@pytest.mark.parametrize(
    ("name", "more", "agrees_in"),
    [
        ("Se-un Kim", {"birth_date": date(1977, 12, 30)}, "birth date"),
        ("김세운", {"birth_date": date(1976, 6, 1)}, "birth date"),
        ("Cho Kyung-hoon", {"birth_date": date(1985, 6, 1)}, "birth date"),
        ("Jo Kyong Hun", {"document_numbers": ("ps654321098",)}, "document number"),
        ("Myong Chol-min", {"emails": ("M.Chol@example.org",)}, "e-mail address"),
        ("Kim Seun", {"wallets": (WALLET.upper().replace("0X", "0x"),)}, "crypto address"),
    ],
)
def test_a_name_and_a_hard_identifier_surface(
    name: str, more: dict[str, Any], agrees_in: str
) -> None:
    """In another script, order or romanisation; the hit says in what it agrees and why."""
    (hit,) = by_hand().search(person(name, **more))
    assert hit.agrees_in == (agrees_in,)
    assert hit.explanation
    assert hit.matched_name in {listed.text for listed in hit.entry.names}


@pytest.mark.parametrize(
    ("more", "agrees_in"),
    [
        ({"domains": ("https://www.sobaeksu-trading.example.org/jobs",)}, ()),
        ({"registration_numbers": ("RK77812",)}, ("registration number",)),
    ],
)
def test_a_company_surfaces_by_what_is_its_own(
    more: dict[str, Any], agrees_in: tuple[str, ...]
) -> None:
    """Its number; a domain is looked at by what was registered."""
    hits = by_hand().search(company("Sobaeksu Trading Corp.", **more))
    assert [hit.agrees_in for hit in hits] == ([agrees_in] if agrees_in else [("web domain",)])


@pytest.mark.parametrize(
    "benign",
    [
        person("Kim Se Un", birth_date=date(1991, 4, 2)),
        person("Jo Kyong Hun", birth_date=date(1986, 3, 1)),
        person("Myong Chol Min", emails=("chol.min@example.com",)),
        person("Park Jin Young", birth_date=date(1977, 4, 2)),
        person("Kim Se Un", document_numbers=("X7654321",)),
    ],
)
def test_somebody_else_does_not_surface(benign: Party) -> None:
    """The same name and another birth date or number, or the birth date and another name."""
    assert by_hand().search(benign) == ()


def test_a_company_of_the_same_name_in_the_same_country_does_not_surface() -> None:
    """A country is shared by all its companies."""
    same_name = entry(
        "Northwind Trading Ltd", kind=ListedKind.ENTITY, country_codes=("LV",), domains=("nw.lv",)
    )
    assert by_hand(same_name).search(company("Northwind Trading SIA", domains=("nwt.lv",))) == ()


def test_a_weak_alias_and_a_birth_date_do_not_surface_but_with_a_number_they_do() -> None:
    """Broad aliases are many people's, and so are birth dates; a passport's number is not."""
    index = by_hand()
    assert index.search(person("Hunter", birth_date=date(1984, 5, 5))) == ()
    assert index.search(person("Hunter", document_numbers=("PS654321098",)))


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(1969, 11, 9), True),
        (date(1967, 11, 10), True),
        (date(1969, 11, 12), False),
        (date(1967, 11, 1), False),
    ],
)
def test_a_birth_date_agrees_within_a_year(day: date, found: bool) -> None:
    """Lists have dates as people gave them."""
    assert bool(by_hand().search(person("Myong Chol Min", birth_date=day))) is found


def test_where_several_names_agree_the_surest_is_told() -> None:
    """A main name before a broad alias."""
    index = by_hand(entry("Anna Example", weak=("Annie Example",), births=born(1980)))
    (hit,) = index.search(
        Party(
            kind=ListedKind.PERSON,
            role="candidate",
            names=("Annie Example", "Anna Example"),
            birth_date=date(1980, 1, 1),
        )
    )
    assert hit.matched_name == "Anna Example"


def test_a_number_of_few_characters_is_no_identifier() -> None:
    """Many have it."""
    index = by_hand(entry("Anna Example", documents=(ListedDocument(number="1234"),)))
    assert index.search(person("Anna Example", document_numbers=("1234",))) == ()


CLAIMS = Claims(
    basics=Basics(name="Anna Example", email="anna@example.com"),
    identity=Identity(full_name="Anna Maria Example", birth_date=date(1990, 6, 1)),
    work=(Work(name="Northwind Ltd", url="https://northwind.example"), Work(position="Own work")),
    references=(
        Reference(name="Jo Sample", employer="Northwind Ltd", email="jo@northwind.example"),
    ),
    emails=(Email(address="anna@example.net"),),
    payout=(Payout(holder="Example, Anna"), Payout(holder="Sam Other", iban="DE00123")),
)


def test_employers_references_and_payees_are_looked_for_beside_the_candidate() -> None:
    """Each with what the claims tell of it; a payee who is the candidate is not asked for twice."""
    parties = parties_of(
        CLAIMS,
        name="Anna Example",
        document_names=("EXAMPLE ANNA",),
        document_numbers=("X1234567",),
    )
    told = [(party.role, party.kind.value, party.names[0]) for party in parties]
    assert told == [
        ("candidate", "person", "Anna Example"),
        ("employer", "entity", "Northwind Ltd"),
        ("reference", "entity", "Northwind Ltd"),
        ("reference", "person", "Jo Sample"),
        ("payout", "person", "Sam Other"),
    ]
    candidate = parties[0]
    assert candidate.birth_date == date(1990, 6, 1)
    assert candidate.document_numbers == ("X1234567",)
    assert set(candidate.emails) == {"anna@example.com", "anna@example.net"}


def test_nothing_claimed_is_nobody_looked_for() -> None:
    """No name, no party."""
    assert parties_of(None, name=None) == ()
    assert [party.role for party in parties_of(None, name="Anna Example")] == ["candidate"]


def test_a_hit_becomes_what_the_rules_read() -> None:
    """Kind, role, list, entry, and in what it agrees beside the name."""
    hits = by_hand().search(person("Kim Se Un", birth_date=date(1977, 4, 2)))
    (listed,) = listed_of(hits)
    assert (listed.kind, listed.role, listed.agrees_in) == (
        ListedKind.PERSON,
        "candidate",
        ("birth date",),
    )
    assert "KIM, Se Un" in listed.entry


def test_a_crypto_address_for_the_pay_is_the_candidates_or_the_payees() -> None:
    said = Claims.model_validate(
        {"payout": [{"wallet": "0xaa"}, {"holder": "Somebody Else", "wallet": "0xbb"}]}
    )
    by_role = {party.role: party.wallets for party in parties_of(said, name="Anna Example")}
    assert by_role == {"candidate": ("0xaa",), "payout": ("0xbb",)}


def test_an_account_is_the_candidates_own_or_the_payees_whoever_told_it() -> None:
    """Payroll's beside the claimed one; it is a number like others where a list has it."""
    said = Claims.model_validate({"payout": [{"iban": "GB33BUKB20201555555555"}]})
    own, payee = parties_of(
        said, name="Anna Example", payout_holder="Sam Other", payout_account="DE89 3704 0044"
    )
    assert (own.role, own.accounts) == ("candidate", ("GB33BUKB20201555555555",))
    assert (payee.role, payee.accounts) == ("payout", ("DE89 3704 0044",))
    number = ListedDocument(number="DE8937040044")
    assert by_hand(entry("OTHER, Sam", documents=(number,))).search(payee)
    assert by_hand(entry("OTHER, Sam")).search(payee) == ()


def test_of_a_common_name_those_are_found_whose_every_word_is_like_one() -> None:
    """However many others there are of two of the words."""
    crowd = [
        entry(f"Ali Ahmed {chr(97 + n)}{chr(98 + n % 7)}orin", births=born(1980)) for n in range(24)
    ]
    crowd += [entry(f"Ahmed Ali {chr(97 + n)}arzo", births=born(1980)) for n in range(24)]
    index = by_hand(*crowd, entry("MUHAMMAD, Ahmad Ali", births=born(1980)))
    hits = index.search(person("Mohammed Ahmed Ali", birth_date=date(1980, 1, 1)))
    assert [hit.entry.id for hit in hits] == ["MUHAMMAD, Ahmad Ali"]
