"""Which addresses are of the world."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis.strategies import ip_addresses, sampled_from

from app.outgoing.addresses import is_of_a_network, is_of_the_world

PRIVATE = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1",
        "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:7f00:1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
        "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1",
        "ff02::1",
    ],
)  # fmt: skip
def test_what_is_not_of_the_world(address: str):
    assert not is_of_the_world(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_what_is_of_the_world(address: str):
    assert is_of_the_world(ip_address(address))


@given(ip_addresses(v=4))
def test_no_private_ipv4_address_is_of_the_world_however_it_is_hidden(plain: IPv4Address):
    number = int(plain)
    hidden = [plain, *(IPv6Address(start | number) for start in (0, 0xFFFF << 32, 0xFFFF << 48, 0x64FF9B << 96))]
    hidden.append(IPv6Address(0x2002 << 112 | number << 80))
    if any(plain in each for each in PRIVATE):
        assert [each for each in hidden if is_of_the_world(each)] == []
    else:
        assert is_of_the_world(plain)


@given(sampled_from(PRIVATE).flatmap(lambda network: ip_addresses(v=4, network=network)))
def test_no_address_of_a_private_network_is_of_the_world(address: IPv4Address):
    assert not is_of_the_world(address)
    assert not is_of_the_world(IPv6Address(0xFFFF << 32 | int(address)))


@given(ip_addresses())
def test_what_is_not_global_is_not_of_the_world(address: IPv4Address | IPv6Address):
    if not address.is_global or address.is_multicast:
        embedded = getattr(address, "ipv4_mapped", None) or (
            IPv4Address(int(address) & 0xFFFFFFFF) if str(address).startswith("64:ff9b::") else None
        )
        assert not is_of_the_world(address) or (embedded is not None and is_of_the_world(embedded))


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        ("127.0.0.1", True), ("10.1.2.3", True), ("192.168.1.1", True), ("100.64.0.1", True), ("::1", True),
        ("fd00::1", True), ("::ffff:10.0.0.1", True), ("169.254.169.254", False), ("fe80::1", False),
        ("224.0.0.1", False), ("0.0.0.0", False), ("::", False), ("1.1.1.1", False),
    ],
)  # fmt: skip
def test_what_is_of_a_network_of_our_own(address: str, is_it: bool):
    assert is_of_a_network(ip_address(address)) is is_it
