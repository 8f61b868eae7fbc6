"""Disclosure: what may be shown of a closed round, decided once and frozen in a release. Pure."""

from app.disclosure.content import (
    Audit,
    Draft,
    ReleasedAudience,
    ReleasedGap,
    ReleasedSeries,
    ReleasedStandard,
    Shares,
    Shown,
    no_audit,
)
from app.disclosure.counts import band_floor, count_band, provider_band
from app.disclosure.figure import Figure, Reason
from app.disclosure.network import (
    MINIMUM_PROVIDERS,
    WHOLE_PROVIDERS_ALONE,
    NetworkAudience,
    NetworkRelease,
    NetworkView,
    Spread,
    release_network,
)
from app.disclosure.release import Release, release_round
from app.disclosure.rules import Rules
from app.disclosure.subject import NetworkSubject, Pin, Subject

__all__ = [
    "MINIMUM_PROVIDERS",
    "WHOLE_PROVIDERS_ALONE",
    "Audit",
    "Draft",
    "Figure",
    "NetworkAudience",
    "NetworkRelease",
    "NetworkSubject",
    "NetworkView",
    "Pin",
    "Reason",
    "Release",
    "ReleasedAudience",
    "ReleasedGap",
    "ReleasedSeries",
    "ReleasedStandard",
    "Rules",
    "Shares",
    "Shown",
    "Spread",
    "Subject",
    "band_floor",
    "count_band",
    "no_audit",
    "provider_band",
    "release_network",
    "release_round",
]
