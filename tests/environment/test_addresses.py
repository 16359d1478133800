"""One place in many spellings is one place; a box is known by its words, a street never is one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contact_claims import PostalAddress
from verifiers.addresses import Places, compare_addresses, is_mail_drop


def _at(address: str | None, code: str | None = None, city: str | None = None,
        country: str | None = None) -> PostalAddress:  # fmt: skip
    return PostalAddress(address=address, postal_code=code, city=city, country_code=country)


SAME = [
    (_at("12 High Street", "SW1A 1AA", "London"), _at("12 HIGH ST.", "sw1a1aa", "london")),
    (_at("Apt 4B, 350 Fifth Avenue", "10118"), _at("350 5th Ave #4-B", "10118-0110")),
    (_at("Hauptstraße 5", "10115", "Berlin"), _at("Hauptstr. 5", "10115", "BERLIN")),
    (_at("Jägerstr. 7a", "80331", "München"), _at("Jaegerstrasse 7 A", "80331", "Munich")),
    (_at("14/2 Leith Walk", "EH6 5DX"), _at("Flat 2, 14 Leith Walk", "EH6 5DX")),
    (_at("ul. Długa 8 m. 3", "31-146"), _at("Dluga 8/3", "31146", "Kraków")),
    (_at("Тверская улица, 7", "125009"), _at("Tverskaya ulitsa 7", "125009")),
    (_at("東京都千代田区丸の内1-2-3", "100-0005"), _at("1-2-3 Marunouchi", "1000005")),
    (_at("Rue de la Gare 5", "1000", "Bruxelles"), _at("5, rue de la Gare", "B-1000")),
    (_at("Ten Elm Court", "90210"), _at("10 Elm Ct", "90210")),
    (_at("12 Oak Lane", "78701", country="US"), _at("12 Oak Ln", "78710", "Austin", "US")),
    (_at("5 Calle Luna", "00901", country="PR"), _at("Calle Luna 5", "00901", country="US")),
]

DIFFERENT = [
    (_at("12 High Street", "SW1A 1AA"), _at("48 High Street", "SW1A 1AA")),
    (_at("12 Oak Lane", "78701", "Austin"), _at("12 Elm Street", "37201", "Nashville")),
    (_at(None, None, "Berlin", "DE"), _at("5 Marina Road", None, "Lagos", "NG")),
]

NOT_KNOWN = [
    (_at(None, None, "Austin"), _at("904 Elm Street", "37201", "Nashville")),
    (_at("Rue de la Gare 5", "1000"), _at("Stationsstraat 5", "1000")),
    (_at("The Old Mill"), _at("12 Oak Lane")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_order_script_and_units_make_no_other_place(
    one: PostalAddress, other: PostalAddress
) -> None:
    assert compare_addresses(one, other) is Places.SAME
    assert compare_addresses(other, one) is Places.SAME


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_house_or_another_town_is_another_place(
    one: PostalAddress, other: PostalAddress
) -> None:
    assert compare_addresses(one, other) is Places.DIFFERENT
    assert compare_addresses(other, one) is Places.DIFFERENT


@pytest.mark.parametrize(("one", "other"), NOT_KNOWN)
def test_too_little_to_tell_is_not_known(one: PostalAddress, other: PostalAddress) -> None:
    assert compare_addresses(one, other) is Places.UNKNOWN


STREETS = ["Oak Lane", "Saint John's Road", "Hauptstraße", "Avenida de la Paz", "Łąkowa", "Ringweg"]
SHORTER = {"Lane": "Ln", "Road": "Rd.", "straße": "str.", "Avenida": "Avda", "Saint": "St."}


@st.composite
def _an_address(draw: st.DrawFn) -> tuple[PostalAddress, PostalAddress]:
    """An address, and the same one as somebody else writes it."""
    street, number = draw(st.sampled_from(STREETS)), draw(st.integers(1, 400))
    unit = draw(st.none() | st.integers(1, 60))
    code = draw(st.none() | st.integers(10000, 99999).map(str))
    written = street
    for word, short in SHORTER.items():
        written = written.replace(word, short) if draw(st.booleans()) else written
    line = draw(st.sampled_from([f"{number} {written}", f"{written} {number}"]))
    if unit is not None:
        line = draw(
            st.sampled_from([f"Flat {unit}, {line}", f"{line} #{unit}", f"{line}\nApt {unit}"])
        )
    line = draw(st.sampled_from([line, line.upper(), line.lower(), line.title()]))
    city = draw(st.sampled_from([None, "Köln", "Cologne", "KOELN"]))
    one = _at(f"{number} {street}", code, "Köln", "DE")
    return one, _at(line, draw(st.sampled_from([code, None])), city, "DE")


@settings(max_examples=50, deadline=None)
@given(_an_address())
def test_no_way_of_writing_an_address_makes_it_another(
    written: tuple[PostalAddress, PostalAddress],
) -> None:
    assert compare_addresses(*written) is Places.SAME


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_written_both_ways_round_say_the_same(one: str, other: str) -> None:
    there, back = (_at(one), _at(other)), (_at(other), _at(one))
    assert compare_addresses(*there) is compare_addresses(*back)
    assert compare_addresses(_at(one), _at(one)) is not Places.DIFFERENT


@pytest.mark.parametrize(
    "address",
    [
        "PO Box 12",
        "P.O. Box 1200",
        "Post Office Box 7",
        "123 Main Street, PMB 214",
        "123 Main Street\nc/o The UPS Store #4",
        "Mail Boxes Etc., Via Roma 3",
        "Postfach 10 02 03",
        "Packstation 145",
        "Boîte postale 33",
        "BP 33",
        "Apartado de Correos 91",
        "Casella postale 8",
        "Postbus 500",
        "Skrytka pocztowa 12",
        "а/я 15",
        "Acme Freight Forwarding, 8 Dock Road",
        "8 Dock Road, Acme Package Forwarding",
        "350 5th Ave, Anytime Mailbox 12",
        "c/o Shipito, 444 Example Street",
        "DHL ServicePoint, Hauptstr. 5",
        "Amazon Hub Locker, 12 Oak Lane",
    ],
)
def test_a_box_an_agency_or_a_forwarder_is_known_by_its_words(address: str) -> None:
    assert is_mail_drop(_at(address))


@pytest.mark.parametrize(
    "address",
    [
        "14 Box Hill Road",
        "3 Boxwood Close",
        "Rural Route 3 Box 55",
        "12 Post Office Lane",
        "Postgasse 4",
        "5 BP Avenue",
        "Villa 12, Palm Street, PO Box 1234",
        "40 Packard Station Road",
        "8 Shipton Forward Lane",
        "The Old Mail House, 3 Parcel Road",
        "12 Locker Street",
        "",
    ],
)
def test_a_street_that_sounds_like_a_box_is_a_street(address: str) -> None:
    assert not is_mail_drop(_at(address))
