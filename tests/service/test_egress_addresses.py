"""Which addresses the guard calls, however they are written or named."""

import ipaddress
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.notify.egress import Egress, Refused
from tests.service.guards import AUTHORITIES, here, knows, literal_or
from verifiers.public_address import is_public

PUBLIC = "93.184.215.14"
HEADERS = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/in",
        "ftp://hooks.example/in",
        "file:///etc/passwd",
        "//hooks.example/in",
        "hooks.example",
        "https://",
        "https:///in",
        "",
        "https://user:password@hooks.example/",
        "https://user@hooks.example/",
        "https://hooks.example:22/",
        "https://hooks.example:25/",
        "https://hooks.example:80/",
        "https://hooks.example:0/",
        "https://hooks.example:99999/",
        "https://hooks.example:x/",
        "https://hooks%2eexample/",
        "https://hooks.example\\@10.0.0.1/",
        "https://[fe80::1%25eth0]/",
        "https://[::1/",
        "https://hooks.example/\r\nHost: other",
        "https://hooks.example/" + "a" * 3_000,
    ],
)
def test_an_address_that_is_no_public_https_address_is_refused(url: str) -> None:
    guard = Egress(resolve=knows(hooks_example=PUBLIC), tls=AUTHORITIES)
    with pytest.raises(Refused):
        guard.check(url)
    with pytest.raises(Refused):
        guard.post(url, b"{}", HEADERS)


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example/in?token=1",
        "https://HOOKS.example:443/",
        "https://hooks.example:8443/",
        "https://bücher.example/",
        f"https://{PUBLIC}/",
        "https://[2606:4700:4700::1111]/",
        "https://name-that-does-not-resolve-today.example/",
    ],
)
def test_a_public_https_address_is_accepted(url: str) -> None:
    names = {"hooks_example": PUBLIC, "xn--bcher-kva_example": f"{PUBLIC} 2606:4700:4700::1111"}
    Egress(resolve=literal_or(knows(**names))).check(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.8.9.1",
        "localhost",
        "0.0.0.0",
        "0",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "10.1.2.3",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::a00:1]",
    ],
)
def test_this_machine_and_its_network_are_refused_however_they_are_written(host: str) -> None:
    """Through the real resolver, which reads the old short and octal notations."""
    with pytest.raises(Refused):
        Egress(tls=AUTHORITIES).post(f"https://{host}/", b"{}", HEADERS)


NOT_PUBLIC = [
    *("0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.0.1"),
    *("172.16.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.19.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b::127.0.0.1"),
    *("64:ff9b:1::10.0.0.1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1"),
    *("fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1"),
]
ARE_PUBLIC = [
    *("1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255"),
    *("172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255", "168.63.129.17"),
    *("2606:4700::1111", "2a00:1450:4001:80f::200e", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"),
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ARE_PUBLIC)
def test_their_neighbours_are_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if address.is_private or address.is_multicast or address.is_reserved:
        mapped = getattr(address, "ipv4_mapped", None)
        in_nat64 = address in ipaddress.ip_network("64:ff9b::/96")
        assert mapped or in_nat64 or not is_public(str(address))


@pytest.mark.parametrize("near", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "fd00::1"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_name_with_one_near_address_among_public_ones_is_refused(near: str, order: int) -> None:
    guard = Egress(resolve=knows(hooks_example=" ".join([PUBLIC, near][::order])))
    with pytest.raises(Refused):
        guard.check("https://hooks.example/")
    with pytest.raises(Refused):
        guard.post("https://hooks.example/", b"{}", HEADERS)


def test_in_development_this_machine_may_be_called_but_its_network_may_not() -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        here().check(f"http://{host}:8000/")
    for host in ("10.0.0.1", "169.254.169.254", "[fd00::1]", "0.0.0.0"):
        with pytest.raises(Refused):
            here().check(f"http://{host}:8000/")


@given(st.text(max_size=60) | st.text(max_size=40).map("https://{}".format))
def test_an_address_of_any_kind_is_refused_or_accepted_and_breaks_nothing(url: str) -> None:
    guard = Egress(resolve=knows(), tls=AUTHORITIES)
    with suppress(Refused):
        guard.check(url)
