"""Addresses of machines: which are this machine's own, which are a network's own, and which are the world's."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

IPAddress = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")
_IPV6_OF_THE_WORLD = IPv6Network("2000::/3")
_NOT_OF_THE_WORLD: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(each)
    for each in (
        "192.0.0.0/24",  # for protocols
        "192.88.99.0/24",  # 6to4's relays
        "2001::/23",  # for protocols, Teredo among them
        "2001:db8::/32",  # for examples
        "2002::/16",  # 6to4: another address is hidden in it
        "3fff::/20",  # for examples
    )
)

_OF_A_NETWORK: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7")
)


def is_loopback(host: str) -> bool:
    """Say whether a host name or address is of this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_of_the_world(address: IPAddress) -> bool:
    """Say whether an address means the same machine everywhere: nobody's own network, no group, no special use.

    An IPv6 address in which an IPv4 address is hidden is judged by that one.
    """
    plain = plain_address(address)
    if any(plain in each for each in _NOT_OF_THE_WORLD):
        return False
    if isinstance(plain, IPv6Address) and plain not in _IPV6_OF_THE_WORLD:
        return False
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def is_of_a_network(address: IPAddress) -> bool:
    """Say whether an address is of this machine, or of the private network that it stands in.

    Not a link's own addresses: at one of them the machines of hosting companies tell their secrets.
    """
    plain = plain_address(address)
    return any(plain in each for each in _OF_A_NETWORK)


def plain_address(address: IPAddress) -> IPAddress:
    """Return the IPv4 address that machines take an IPv6 address for, or the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address
