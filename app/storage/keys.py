"""Ids that say nothing: not who, not when, not in which order."""

import secrets


def new_id() -> str:
    """Return 16 random hexadecimal characters."""
    return secrets.token_hex(8)
