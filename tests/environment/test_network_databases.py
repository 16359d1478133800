"""An operator's network databases answer what they hold, and nothing else; damage is told."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_network
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import maxminddb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.surroundings import Visit
from tests.environment.network_folder import AT, LONDON, a_folder, database, published, seen
from tests.environment.network_folder import source_rows as rows
from verifiers.environment import databases as database_files
from verifiers.environment.address_lists import AddressList, ListKind
from verifiers.environment.databases import Database
from verifiers.environment.places import Place, place_in
from verifiers.environment.visits import NetworkDatabases, UnreadableDatabase
from verifiers.public_address import is_public

BUILT_FROM_JSON = [
    "GeoIP-Anonymous-Plus",
    "GeoIP-Residential-Proxy",
    "GeoIP2-Anonymous-IP",
    "GeoIP2-City",
    "GeoIP2-IP-Risk",
    "GeoIP2-ISP",
    "GeoLite2-ASN",
    "GeoLite2-City",
]


@pytest.mark.parametrize("name", BUILT_FROM_JSON)
def test_the_ends_of_every_network_answer_what_the_source_says(name: str) -> None:
    opened = Database.open(database(name))
    told = list(rows(name))
    for network, _ in told:
        for address in (network[0], network[-1]):
            # Of networks that lie in each other the last row counts.
            last = next(record for other, record in reversed(told) if address in other)
            assert opened.get(address) == last, (network, address)


@pytest.mark.parametrize("name", ["GeoIP2-City", "GeoLite2-City"])
def test_a_visit_is_in_the_country_that_the_source_says(name: str, tmp_path: Path) -> None:
    databases = a_folder(tmp_path, name)
    told = list(rows(name))
    assert len(told) > 200
    for network, record in told:
        inside = [r for n, r in told if n != network and n.version == network.version
                  and network.overlaps(n)]  # fmt: skip
        if inside:
            continue
        session = seen(databases, str(network[0]))
        country = record.get("country", {}).get("iso_code")
        moving = record.get("traits", {}).get("is_anycast")
        assert session.country_code == (None if moving else country), network
        where = record.get("location", {})
        if session.latitude is not None:
            assert (session.latitude, session.longitude) == (where["latitude"], where["longitude"])
            assert where["accuracy_radius"] <= 200
        assert session.anonymous is None
        assert session.hidden_by is None


_SERVICES = {
    "is_tor_exit_node": "Tor",
    "is_residential_proxy": "residential proxy",
    "is_anonymous_vpn": "VPN",
    "is_public_proxy": "public proxy",
    "is_hosting_provider": "hosting provider",
}


@pytest.mark.parametrize("name", ["GeoIP-Anonymous-Plus", "GeoIP2-Anonymous-IP"])
def test_a_visit_is_hidden_by_what_the_source_says(name: str, tmp_path: Path) -> None:
    databases = a_folder(tmp_path, name)
    for network, record in rows(name):
        if not is_public(str(network[0])):
            continue
        session = seen(databases, str(network[0]))
        if record.get("anonymizer_confidence", 99) < 50:
            assert session.anonymous is None
            continue
        assert session.anonymous is record["is_anonymous"]
        first = next(service for field, service in _SERVICES.items() if record.get(field))
        provider = f" ({record['provider_name']})" if "provider_name" in record else ""
        assert session.hidden_by == first + provider
    assert seen(databases, "8.8.8.8").anonymous is False


def test_the_databases_without_a_published_source_are_read_as_well(tmp_path: Path) -> None:
    databases = a_folder(
        tmp_path, "GeoIP2-Country", "GeoLite2-Country", "GeoIP2-Enterprise",
        "GeoIP2-Connection-Type", "GeoIP2-Domain", "GeoIP2-User-Count", "GeoIP2-Static-IP-Score",
    )  # fmt: skip
    assert seen(databases, LONDON).country_code == "GB"
    used = dict(databases.files)
    assert used["GeoIP2-Enterprise.mmdb"] == "places"
    assert used["GeoIP2-Domain.mmdb"] == "not used"


def test_nothing_supplied_is_nothing_known(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "not there"):
        session = seen(NetworkDatabases(folder), LONDON)
        assert (session.country_code, session.anonymous, session.watched) == (None, None, None)


@pytest.mark.parametrize(
    "ip",
    ["10.0.0.7", "127.0.0.1", "100.64.3.4", "192.168.1.1", "fe80::1", "fd00::1", "2001:db8::1"],
)
def test_an_address_that_is_nobodys_on_the_internet_tells_nothing(tmp_path: Path, ip: str) -> None:
    databases = a_folder(tmp_path, "GeoIP2-Anonymous-IP", lists={"watched.txt": f"{ip}\n"})
    session = seen(databases, ip)
    assert (session.country_code, session.anonymous, session.watched) == (None, None, None)


def test_an_ipv4_address_written_as_ipv6_is_that_address(tmp_path: Path) -> None:
    databases = a_folder(tmp_path, "GeoIP2-City", "GeoIP2-Anonymous-IP")
    for prefix in ("::ffff:", "64:ff9b::"):
        assert seen(databases, f"{prefix}{LONDON}") == seen(databases, LONDON)


def test_the_browsers_clock_stays_with_the_visit(tmp_path: Path) -> None:
    asked = Visit(at=AT, ip=LONDON, time_zone="Europe/London")
    session = a_folder(tmp_path, "GeoIP2-City").session(asked)
    assert (session.at, session.time_zone) == (AT, "Europe/London")


# How far a place can be relied on.


@pytest.mark.parametrize(
    ("ip", "what"),
    [
        ("67.43.156.1", "a database that knows the country only, within 534 km"),
        ("1.124.213.1", "a mobile network's gateway"),
    ],
)
def test_a_vague_place_is_a_country_and_no_point(tmp_path: Path, ip: str, what: str) -> None:
    session = seen(a_folder(tmp_path, "GeoIP2-Enterprise"), ip)
    assert session.country_code, what
    assert (session.latitude, session.longitude) == (None, None)


_BERLIN = {"country": {"iso_code": "DE"}, "city": {"names": {"en": "Berlin"}},
           "location": {"latitude": 52.5, "longitude": 13.4, "accuracy_radius": 20}}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "connection", "known"),
    [
        ({}, {}, Place("DE", 52.5, 13.4)),
        ({}, {"connection_type": "Cellular"}, Place("DE")),
        ({"traits": {"mobile_country_code": "262"}}, {}, Place("DE")),
        ({"traits": {"is_anycast": True}}, {}, Place()),
        # Databases of other makers do not tell a radius.
        ({"location": {"latitude": 52.5, "longitude": 13.4}}, {}, Place("DE", 52.5, 13.4)),
        ({"location": {"latitude": 52.5, "longitude": 13.4}, "city": {}}, {}, Place("DE")),
        ({"country": {"iso_code": "DE", "confidence": 30}}, {}, Place(None, 52.5, 13.4)),
        # What cannot be is not known.
        ({"location": {"latitude": 152.5, "longitude": 13.4, "accuracy_radius": 5}}, {},
         Place("DE")),
        ({"location": ["52.5"], "country": "DE"}, {}, Place()),
    ],
)  # fmt: skip
def test_a_place_is_told_as_far_as_it_can_be_relied_on(
    changed: dict[str, Any], connection: dict[str, Any], known: Place
) -> None:
    assert place_in({**_BERLIN, **changed}, connection) == known


def test_a_satellites_dish_is_nowhere(tmp_path: Path) -> None:
    session = seen(a_folder(tmp_path, "GeoIP2-Enterprise"), "214.78.120.1")
    assert (session.country_code, session.latitude) == (None, None)


# Lists, beside databases and alone.


@pytest.mark.parametrize(
    ("name", "hidden_by"),
    [
        ("tor-exit-nodes.lst", "Tor"),
        ("vpn.txt", "VPN"),
        ("proxies.csv", "public proxy"),
        ("hosting-networks.txt", "hosting provider"),
    ],
)
def test_a_list_says_by_its_name_what_hides_an_address(
    tmp_path: Path, name: str, hidden_by: str
) -> None:
    lines = "# fetched on 2 March\n\n185.220.100.0/24\n2001:67c::/32 # and more\n"
    databases = a_folder(tmp_path, lists={name: lines})
    for ip in ("185.220.100.1", "185.220.100.255", "2001:67c::5"):
        assert (seen(databases, ip).anonymous, seen(databases, ip).hidden_by) == (True, hidden_by)
    # A list of some says nothing of the others.
    for ip in ("185.220.101.1", "2001:67d::5"):
        assert seen(databases, ip).anonymous is None


def test_a_network_of_a_listed_system_is_a_hosting_providers(tmp_path: Path) -> None:
    lines = 'ASN,Entity\n51447, "RootLayer, NL"\nAS15169,"A big one"\n'
    databases = a_folder(tmp_path, "GeoLite2-ASN", lists={"hosting.csv": lines})
    assert seen(databases, "1.0.0.1").hidden_by == "hosting provider"
    assert seen(databases, "1.128.0.1").hidden_by is None


def test_published_lists_are_read_as_they_are(tmp_path: Path) -> None:
    lists = published().parent
    tor = lists / "SecOps-Institute__Tor-IP-Addresses" / "tor-exit-nodes.lst"
    (tmp_path / tor.name).symlink_to(tor)
    bad = lists / "brianhama__bad-asn-list" / "bad-asn-list.csv"
    (tmp_path / "hosting.csv").symlink_to(bad)
    databases = NetworkDatabases(tmp_path)
    exits = tor.read_text(encoding="utf-8").split()
    assert len(exits) > 1000
    assert all(seen(databases, ip).hidden_by == "Tor" for ip in exits)


def test_what_hides_most_tellingly_is_shown(tmp_path: Path) -> None:
    databases = a_folder(tmp_path, "GeoIP2-Anonymous-IP")
    assert seen(databases, LONDON).hidden_by == "Tor"
    assert seen(databases, "71.160.223.5").hidden_by == "hosting provider"


def test_a_private_relay_is_neither_hidden_nor_placed(tmp_path: Path) -> None:
    relays = "network,country,region,city\n81.2.69.0/24,GB,GB-EN,London\n"
    databases = a_folder(
        tmp_path, "GeoIP2-City", "GeoIP2-Anonymous-IP",
        lists={"relays-apple.csv": relays, "watched.txt": LONDON},
    )  # fmt: skip
    session = seen(databases, LONDON)
    assert session.relay
    assert (session.country_code, session.anonymous, session.hidden_by) == (None, None, None)
    # Millions of people share its addresses: one of them on a list says nothing.
    assert session.watched is False


def test_a_companys_gateway_is_neither_as_well(tmp_path: Path) -> None:
    session = seen(a_folder(tmp_path, "GeoIP2-Enterprise"), "74.209.16.1")
    assert (session.relay, session.country_code, session.anonymous) == (True, None, None)


def test_a_watched_network_is_told_where_there_is_a_list(tmp_path: Path) -> None:
    databases = a_folder(tmp_path, lists={"watched-by-security.txt": "8.8.8.0/24\n"})
    assert seen(databases, "8.8.8.8").watched is True
    assert seen(databases, "9.9.9.9").watched is False


def test_files_of_other_names_are_left_alone_and_told(tmp_path: Path) -> None:
    databases = a_folder(
        tmp_path,
        lists={"toronto.txt": "our office", "README.md": "see there", "tor.txt": "8.8.8.8"},
    )
    assert databases.files == (
        ("README.md", "not used"),
        ("tor.txt", "list: tor"),
        ("toronto.txt", "not used"),
    )


# Damage.


def _damaged() -> dict[str, Any]:
    return {
        "test-data/MaxMind-DB-test-broken-pointers-24.mmdb": "damaged",
        "test-data/MaxMind-DB-test-broken-search-tree-24.mmdb": "damaged",
        "bad-data/maxminddb-golang/invalid-data-record-offset.mmdb": "damaged",
        "bad-data/libmaxminddb/libmaxminddb-corrupt-search-tree.mmdb": "of the kind 'Test'",
    }


@pytest.mark.parametrize("path", _damaged())
def test_a_damaged_database_is_refused_by_its_name(tmp_path: Path, path: str) -> None:
    file = published(*path.split("/"))
    (tmp_path / file.name).symlink_to(file)
    with pytest.raises(UnreadableDatabase, match=_damaged()[path]) as refused:
        NetworkDatabases(tmp_path)
    assert file.name in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("city.mmdb", b"", "damaged"),
        ("city.mmdb", b"<html>please log in</html>", "damaged"),
        ("tor.txt", b"1.2.3.4\n1.2.3.5\nexit\n", "line 3"),
        ("tor.txt", b"\xff\xfe1\x00", "no text"),
        ("watched.csv", b"network\n1.2.3.4/33\n", "line 2"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_by_its_name(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableDatabase, match=says) as refused:
        NetworkDatabases(tmp_path)
    assert name in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


def test_a_file_that_is_overwritten_or_cut_short_changes_no_answer(tmp_path: Path) -> None:
    file = tmp_path / "anonymous.mmdb"
    shutil.copy(database("GeoIP2-Anonymous-IP"), file)
    databases = NetworkDatabases(tmp_path)
    with file.open("r+b") as open_file:
        open_file.write(b"\xff" * 4096)
        open_file.truncate(4096)
    assert seen(databases, LONDON).anonymous is True
    assert databases.problems == ()


def test_damage_that_shows_later_makes_that_answer_unknown_in_that_case_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As of a large file, a part alone is looked through as it is opened.
    monkeypatch.setattr(database_files, "_SAMPLES", 1)
    monkeypatch.setattr(database_files, "_LOOKED_THROUGH", 0)
    whole = bytearray(database("GeoIP2-Anonymous-IP").read_bytes())
    with maxminddb.open_database(database("GeoIP2-Anonymous-IP")) as reader:
        tree = reader.metadata()
    first = tree.node_count * tree.record_size // 4 + 16
    metadata = whole.rindex(b"\xab\xcd\xefMaxMind.com")
    whole[first:metadata] = b"\xff" * (metadata - first)
    (tmp_path / "anonymous.mmdb").write_bytes(whole)
    databases = NetworkDatabases(tmp_path)
    asked, another = databases.for_a_case(), databases.for_a_case()
    assert seen(asked, LONDON).anonymous is None
    assert asked.problems == (
        "anonymous.mmdb is damaged in a part that was asked for. Fetch it again.",
    )
    assert (another.problems, databases.problems) == ((), ())


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.dictionaries(st.integers(0, 4000), st.binary(min_size=1, max_size=40), min_size=1))
def test_whatever_is_overwritten_it_is_refused_or_answers(
    tmp_path: Path, overwritten: dict[int, bytes]
) -> None:
    damaged = bytearray(database("GeoIP2-Anonymous-IP").read_bytes())
    for place, written in overwritten.items():
        damaged[place : place + len(written)] = written
    (tmp_path / "anonymous.mmdb").write_bytes(damaged)
    try:
        databases = NetworkDatabases(tmp_path)
    except UnreadableDatabase:
        return
    for ip in (LONDON, "8.8.8.8", "2001:480:3a::1"):
        assert seen(databases, ip).at == AT


@pytest.mark.parametrize("step", range(8))
def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path, step: int) -> None:
    whole = database("GeoIP2-Country").read_bytes()
    (tmp_path / "country.mmdb").write_bytes(whole[: len(whole) * step // 8])
    with pytest.raises(UnreadableDatabase):
        NetworkDatabases(tmp_path)


def test_many_threads_get_the_answers_of_one(tmp_path: Path) -> None:
    databases = a_folder(tmp_path, "GeoIP2-City", "GeoIP2-Anonymous-IP")
    addresses = [str(network[0]) for network, _ in rows("GeoIP2-City")][:100]
    alone = [seen(databases, ip) for ip in addresses]
    with ThreadPoolExecutor(8) as threads:
        for _ in range(2):
            assert list(threads.map(lambda ip: seen(databases, ip), addresses)) == alone


@settings(max_examples=50, deadline=None)
@given(st.ip_addresses(), st.integers(0, 128), st.ip_addresses())
def test_a_listed_network_holds_its_addresses_and_no_others(
    first: IPv4Address | IPv6Address, prefix: int, other: IPv4Address | IPv6Address
) -> None:
    network = ip_network(f"{first}/{prefix % (first.max_prefixlen + 1)}", strict=False)
    with TemporaryDirectory() as folder:
        file = Path(folder, "vpn.txt")
        file.write_text(f"{first}/{network.prefixlen}\n", encoding="utf-8")
        listed = AddressList.read(file, ListKind.VPN)
    for ip in (network[0], network[-1], other):
        assert listed.holds(ip, frozenset()) is (ip in network)
