"""All ways of writing a thing come to one form, and what is shown of it does not give it away."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contact_claims import PostalAddress
from models.history import Claims
from models.link import Holder, LinkKind
from models.surroundings import Surroundings
from verifiers.linkage import canonical
from verifiers.linkage.book import Book
from verifiers.linkage.graph import links_of
from verifiers.linkage.identifiers import identifiers_of
from verifiers.linkage.places import place, places
from verifiers.linkage.resume_text import similarity, text_bands

K = LinkKind
HOME = {"address": "12 Oak Lane, Apt 4", "postalCode": "78701", "city": "Austin",
        "countryCode": "US"}  # fmt: skip
EVERYTHING: dict[str, Any] = {
    "basics": {
        "name": "Anna Example",
        "email": "anna@gmail.com",
        "phone": "(212) 555-0101",
        "url": "https://annabuilds.dev",
        "location": HOME,
        "profiles": [{"network": "GitHub", "username": "annaexample"}],
    },
    "shipTo": [HOME],
    "payout": [{"iban": "DE89 3704 0044 0532 0130 00"}],
    "references": [{"email": "maria@northwind.com", "phone": "+1 212 555 0199"}],
}
SEEN: dict[str, Any] = {
    "visits": [{"at": "2026-03-01T09:00:00Z", "ip": "81.2.69.142", "device": "cookie-7f3a9b21"}],
    "inventories": [
        {
            "source": "osquery",
            "reported_at": "2026-03-01T09:00:00Z",
            "serial": "PF3XK91T",
            "uuid": "4c4c4544-0042-3510-8051-b7c04f4d3732",
            "mac_addresses": ["A4:83:E7:12:34:56"],
            "ip": "2a02:8109:9a40:1234::17",
        }
    ],
    "payroll": {"account": "021000021 1234567890", "country_code": "US"},
}


def _found(claims: Any = None, seen: Any = None, **more: Any) -> dict[LinkKind, set[str]]:
    said = Claims.model_validate(claims) if claims else None
    found: dict[LinkKind, set[str]] = {}
    for one in identifiers_of(said, Surroundings.model_validate(seen or {}), **more):
        found.setdefault(one.kind, set()).add(one.canonical)
    return found


def _everything() -> Any:
    return identifiers_of(
        Claims.model_validate(EVERYTHING),
        Surroundings.model_validate(SEEN),
        document_numbers=[("UTO", "L898902C3")],
        files=["9f" * 32],
        rooms=["0:9f02aa10"],
        email="Anna.Example+jobs@gmail.com",
    )


def test_everything_that_can_be_shared_is_found_once() -> None:
    found = _everything()
    assert len({(one.kind, one.canonical) for one in found}) == len(found)
    missing = set(K) - {one.kind for one in found}
    assert missing == {K.DOCUMENT_PICTURE, K.FACE, K.RESUME_TEXT}, "found by others, or too short"


def test_of_somebody_who_tells_nothing_there_is_nothing() -> None:
    assert identifiers_of(None, Surroundings()) == ()
    assert identifiers_of(Claims(), Surroundings()) == ()


def test_nothing_that_is_masked_holds_what_it_stands_for() -> None:
    for one in _everything():
        if one.kind is not K.RESUME_TEXT:
            assert one.canonical not in one.masked
            plain = one.canonical.partition(":")[2] or one.canonical
            assert plain not in one.masked.replace(" ", "")


@pytest.mark.parametrize(
    "written",
    ["+1 212 555 0101", "(212) 555-0101", "212.555.0101 ext. 44", "001 212 555 0101"],
)
def test_a_telephone_number_is_one_however_it_is_written(written: str) -> None:
    # 00 is dialled from Europe, so a home in the United States does not read it.
    claims = {"basics": {"phone": written, "location": HOME}}
    told = _found(claims).get(K.PHONE, set())
    assert told == ({"+12125550101"} if not written.startswith("00") else set())


@pytest.mark.parametrize(
    "written",
    ["anna.example@gmail.com", "Anna.Example+jobs@GoogleMail.com", " annaexample@gmail.com "],
)
def test_spellings_of_one_mailbox_are_one(written: str) -> None:
    assert canonical.email(written) == ("annaexample@gmail.com", "a•••@gmail.com")


def test_elsewhere_dots_tell_mailboxes_apart() -> None:
    one, other = (canonical.email(f"{name}@example.com") for name in ("a.nna", "anna"))
    assert one
    assert other
    assert one[0] != other[0]


@pytest.mark.parametrize(
    ("street", "postal_code"),
    [
        ("12 Oak Ln Apt 4", "78701-1234"),
        ("Apt. 4, 12 OAK LANE", "78701"),
        ("12 Oak Lane #4", "78701"),
        ("12 oak lane\nflat 4", "78701"),
        ("c/o Maria Lopez, 12 Oak Lane, Unit No. 4", "78701"),
    ],
)
def test_an_address_is_one_place_however_it_is_written(street: str, postal_code: str) -> None:
    home, other = (
        place(PostalAddress.model_validate(said))
        for said in (HOME, {"address": street, "postalCode": postal_code, "countryCode": "US"})
    )
    assert home
    assert other
    assert home[0] == other[0]


@pytest.mark.parametrize(
    "other",
    [
        {"address": "12 Oak Lane, Apt 5"},
        {"address": "12 Oak Lane"},
        {"address": "4 Oak Lane, Apt 12"},
        {"address": "12 Oak Street, Apt 4"},
        {"postalCode": "78702"},
    ],
)
def test_another_flat_house_or_street_is_another_place(other: dict[str, str]) -> None:
    home, there = (place(PostalAddress.model_validate(said)) for said in (HOME, {**HOME, **other}))
    assert home
    assert there
    assert home[0] != there[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hauptstraße 5", "Hauptstr. 5"),
        ("ул. Ленина 5", "Ulica Lenina 5"),
        ("5 North 3rd Street", "5 N 3rd St."),
        ("27 Saint John Road", "27 St John Rd"),
    ],
)
def test_streets_in_short_and_in_full_are_one(one: str, other: str) -> None:
    first, second = (place(PostalAddress(address=said, city="X")) for said in (one, other))
    assert first
    assert second
    assert first[0] == second[0]


@pytest.mark.parametrize(
    "said",
    [
        {"city": "Austin"},
        {"address": "Oak Lane", "city": "Austin"},
        {"address": "12 Oak Lane"},
        {"address": "5th Avenue", "city": "New York"},
        {"address": "Apt 5", "city": "Austin"},
        {"address": "#5", "city": "Austin"},
        {"address": "Oak Lane, 5th floor", "city": "Austin"},
    ],
)
def test_what_names_no_single_house_is_no_place(said: dict[str, str]) -> None:
    assert place(PostalAddress.model_validate(said)) is None


@pytest.mark.parametrize("street", ["12 5th Avenue", "Box 5", "W156N8327 Pilgrim Road", "Q5 Apt 2"])
def test_an_unusual_number_of_a_house_is_one(street: str) -> None:
    assert place(PostalAddress(address=street, city="Austin")) is not None


def test_a_masked_address_is_known_again_and_cannot_be_written_to() -> None:
    told = place(PostalAddress(address="418 Example Street, Flat 7", city="Exampleton"))
    assert told
    assert told[1] == "4•• Example Street, Flat ••, Ex•••"


def test_where_equipment_goes_is_found_at_the_home_of_another() -> None:
    sent, lives = _found({"shipTo": [HOME]}), _found({"addresses": [HOME]})
    assert sent[K.SHIP_TO] == sent[K.ADDRESS] == lives[K.ADDRESS]
    assert K.SHIP_TO not in lives


@pytest.mark.parametrize(
    "address", ["10.0.0.7", "192.168.1.2", "100.64.3.4", "127.0.0.1", "fe80::1", "fd00::2"]
)
def test_a_private_address_is_nobodys(address: str) -> None:
    assert canonical.ip(address) is None


def test_of_ipv6_the_network_of_a_home_counts() -> None:
    one, other = (canonical.ip(f"2a02:8109:9a40:1234:{end}") for end in (":1", "aaaa::2"))
    assert one == other == ("2a02:8109:9a40:1234::/64", "2a02:8109:•••")


@pytest.mark.parametrize("prefix", ["::ffff:", "64:ff9b::"])
def test_an_ipv4_address_written_as_ipv6_is_that_address(prefix: str) -> None:
    assert canonical.ip(f"{prefix}8.8.8.8") == canonical.ip("8.8.8.8")
    assert canonical.ip(f"{prefix}8.8.8.8") != canonical.ip(f"{prefix}8.8.4.4")
    assert canonical.ip(f"{prefix}10.0.0.7") is None
    for own in ("8.8.8.0/24", f"{prefix}8.8.8.0/120"):
        assert canonical.is_within(f"{prefix}8.8.8.8", canonical.networks([own]))
        assert canonical.is_within("8.8.8.8", canonical.networks([own]))
        assert not canonical.is_within("8.8.4.4", canonical.networks([own]))


def test_addresses_and_accounts_that_were_replaced_are_found_too() -> None:
    elsewhere = {"address": "9 Farm Road", "city": "Dayton", "countryCode": "US"}
    before = {"dispatches": [{"to": HOME, "serial": "PF3XK91T"}],
              "payroll": {"iban": "DE89370400440532013000"}}  # fmt: skip
    after = {"dispatches": [{"to": elsewhere, "serial": "PF3XK91T"}],
             "payroll": {"iban": "GB29NWBK60161331926819"}}  # fmt: skip
    known = Surroundings.model_validate(before).and_also(Surroundings.model_validate(after))
    found = _found(None, known.model_dump(mode="json"))
    for step in (before, after):
        for kind in (K.SHIP_TO, K.BANK_ACCOUNT):
            assert _found(None, step)[kind] < found[kind]


@pytest.mark.parametrize(
    "url", ["https://www.annabuilds.dev/?ref=cv", "annabuilds.dev", "http://AnnaBuilds.dev/"]
)
def test_a_portfolio_is_one_however_its_address_is_written(url: str) -> None:
    assert _found({"basics": {"url": url}})[K.PORTFOLIO] == {"annabuilds.dev"}


def test_the_front_page_of_a_site_for_everybody_is_nobodys_portfolio() -> None:
    assert canonical.portfolio("https://www.linkedin.com/") is None


def test_an_address_without_its_postal_code_is_found_by_the_town() -> None:
    full, short = (
        {one for one, _ in places(PostalAddress.model_validate(said))}
        for said in (HOME, {key: HOME[key] for key in ("address", "city", "countryCode")})
    )
    assert len(full) == 2
    assert short < full


def test_a_number_is_read_by_where_the_work_is_if_no_home_is_told() -> None:
    claims = {"basics": {"phone": "(212) 555-0101"}}
    assert _found(claims, {"work_country": "US"})[K.PHONE] == {"+12125550101"}
    assert K.PHONE not in _found(claims)


def test_the_companys_offices_and_networks_are_nobodys() -> None:
    to = {"address": "12 Oak Ln, Apt. 4", "postalCode": "78701"}
    seen = {
        "visits": [{"at": "2026-03-01T09:00:00Z", "ip": "8.8.4.4"}],
        "inventories": [
            {"source": "osquery", "reported_at": "2026-03-01T09:00:00Z", "ip": "8.8.8.8"}
        ],
        "dispatches": [{"to": to}],
    }
    assert {K.IP, K.SHIP_TO, K.ADDRESS} <= _found({"shipTo": [HOME]}, seen).keys()
    own = {"own_places": [HOME], "own_networks": ["8.8.4.0/24", "8.8.8.8", "the office"]}
    assert _found({"shipTo": [HOME]}, seen | own) == {}
    # Whoever lives at an office's address says so.
    assert K.ADDRESS in _found({"addresses": [HOME]}, own)


def test_thirty_new_people_of_one_office_are_not_linked_where_the_company_tells_its_own() -> None:
    office = {"address": "1 Corporate Plaza", "postalCode": "94105", "city": "San Francisco"}
    told = {"own_places": [office], "own_networks": ["8.8.4.0/24"]}
    for own, links in ((told, 0), ({}, 29)):
        book = Book()
        for n in range(30):
            serial = f"SNOFF{n:02d}AB"
            seen = Surroundings.model_validate(
                {
                    "dispatches": [{"serial": serial, "to": office}],
                    "inventories": [
                        {"source": "osquery", "reported_at": "2026-03-01T09:00:00Z",
                         "ip": "8.8.4.4", "serial": serial}
                    ],
                    **own,
                }
            )  # fmt: skip
            found = identifiers_of(None, seen)
            book.add(Holder(person=f"p{n}", case=f"p{n}"), found)
        assert len(links_of(book.held("p29", found), book.people)) == links


# The text of a résumé.

_WORDS = [
    f"{a}{b}{c}" for a in ("lo", "mi", "ra", "ten") for b in ("vor", "sul") for c in "aeiouxyz"
]


def _resume(words: list[str], name: str = "Anna Example") -> Claims:
    return Claims.model_validate(
        {"basics": {"name": name}, "work": [{"name": "Northwind", "summary": " ".join(words)}]}
    )


def _alike(one: Claims, other: Claims) -> float:
    first, second = set(text_bands(one)), set(text_bands(other))
    return similarity(len(first & second), 20)


def test_one_text_under_two_names_is_nearly_the_same() -> None:
    told = ["Northwind", *_WORDS, "in March 2019", "anna@example.com"]
    again = [*_WORDS[:40], "changed", *_WORDS[41:], "since May 2021", "ben@example.com"]
    assert _alike(_resume(told), _resume(again, "Ben Sample")) > 0.7


def test_two_texts_in_one_template_are_not_alike() -> None:
    template = ["Responsible for", "Proven track record of", "Team player with attention to detail"]
    one, other = ([*template, *words] for words in (_WORDS, _WORDS[::-1]))
    assert _alike(_resume(one), _resume(other)) < 0.5


def test_a_short_text_has_no_print() -> None:
    assert text_bands(_resume(_WORDS[:20])) == ()


def test_kept_digests_of_texts_stay_valid() -> None:
    """These are in the stores of those who run it: a change loses all links by text."""
    bands = text_bands(_resume(_WORDS))
    assert (len(bands), bands[0], bands[19]) == (20, "b00:803e29ec05296ddb", "b19:408ade9611a0343e")


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=50)
@given(_TEXT, _TEXT, _TEXT)
def test_nothing_that_anybody_writes_fails_or_is_shown_whole(
    street: str, town: str, other: str
) -> None:
    claims = Claims.model_validate(
        {
            "basics": {"url": other, "phone": street},
            "addresses": [{"address": street, "city": town, "postalCode": other}],
            "accounts": [{"network": town, "username": other}],
            "references": [{"phone": town, "email": street}],
        }
    )
    seen = Surroundings.model_validate(
        {
            "visits": [{"at": "2026-03-01T09:00:00Z", "ip": "81.2.69.142", "device": f"x{other}"}],
            "payroll": {"account": f"x{street}"},
            "dispatches": [{"serial": f"x{town}"}],
        }
    )
    found = identifiers_of(claims, seen, document_numbers=[(town, other)])
    for one in found:
        assert one.canonical.strip() not in one.masked


@settings(max_examples=25)
@given(st.permutations(["phone", "email", "url"]))
def test_the_order_in_which_things_are_told_changes_nothing(order: list[str]) -> None:
    basics = EVERYTHING["basics"]
    told = {name: basics[name] for name in order} | {"location": HOME}
    assert _found({"basics": told}) == _found(
        {"basics": {key: basics[key] for key in ("phone", "email", "url", "location")}}
    )
