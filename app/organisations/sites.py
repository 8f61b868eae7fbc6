"""Sites: the places where a provider supports people."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Site:
    """One place of a provider. archived_on: since when no round is opened for it."""

    id: str
    provider_id: str
    name: str
    archived_on: date | None = None


def asked_about(provider_name: str, site_name: str | None) -> str:
    """Return whom a round is about, as staff read it: "Maple House, of Alder Support", or the provider alone."""
    return f"{site_name}, of {provider_name}" if site_name else provider_name
