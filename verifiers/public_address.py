"""Which addresses are public: anybody's, reached over the Internet, and nothing nearer.

By the IANA special-purpose address registries (RFC 6890) as of 2025. Our own table, because
`ipaddress` answers differently from one Python to the next, and takes no side on clouds.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NOT_PUBLIC = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # This host; Linux connects it to itself.
        "10.0.0.0/8",  # Private, RFC 1918.
        "100.64.0.0/10",  # Shared by carriers (CGNAT), RFC 6598; Alibaba's metadata.
        "127.0.0.0/8",  # Loopback.
        "168.63.129.16/32",  # Azure's host agent: a public address that is answered locally.
        "169.254.0.0/16",  # Link-local; the metadata of most clouds.
        "172.16.0.0/12",  # Private.
        "192.0.0.0/24",  # Protocol assignments; Oracle's metadata.
        "192.0.2.0/24",  # Documentation.
        "192.88.99.0/24",  # 6to4 relays, withdrawn.
        "192.168.0.0/16",  # Private.
        "198.18.0.0/15",  # Benchmarks.
        "198.51.100.0/24",  # Documentation.
        "203.0.113.0/24",  # Documentation.
        "224.0.0.0/4",  # Multicast.
        "240.0.0.0/4",  # Reserved; broadcast.
    )
)
# IPv6 the other way round: only what is handed out for global use may be called. That leaves out
# loopback, link-local, unique local (Amazon's metadata), multicast, and IPv4 in other clothes.
_HANDED_OUT = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # Protocol assignments; Teredo, which carries an IPv4 address.
        "2001:db8::/32",  # Documentation.
        "2002::/16",  # 6to4, which carries an IPv4 address.
        "3fff::/20",  # Documentation.
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether `address` (as text, of either version) belongs to the open Internet."""
    ip = as_called(address)
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _NOT_PUBLIC)
    return ip in _HANDED_OUT and not any(ip in network for network in _NOT_PUBLIC_6)


def is_loopback(address: str) -> bool:
    """Whether `address` is this machine, calling itself."""
    return as_called(address).is_loopback


def as_called(address: str) -> IPv4Address | IPv6Address:
    """The address, or the IPv4 address within it that would be called in its place.

    That is one mapped into IPv6 (RFC 4291 §2.5.5.2) or behind NAT64 (RFC 6052).

    Raises:
        ValueError: it is no address.
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip in _NAT64:  # A network without IPv4 reaches every public IPv4 receiver so.
            return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip
