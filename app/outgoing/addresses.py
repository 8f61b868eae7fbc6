"""Addresses of machines."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Say whether a host name or address is of this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
