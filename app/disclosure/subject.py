"""What a release is about: the pins that make it possible to say later how every figure came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from app.errors import Conflict
from app.responses import ProviderView, Round
from app.surveys import Length, Thresholds


@dataclass(frozen=True, slots=True)
class Pin:
    """One version of a standards set or a survey. sha256: of its meaning."""

    id: str
    version: str
    sha256: str

    def to_document(self) -> dict[str, str]:
        return {"id": self.id, "version": self.version, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Subject:
    """A closed round, as its release keeps it. site_id: None for the whole provider, and then not in the document."""

    provider_id: str
    round_id: str
    standards: Pin
    survey: Pin
    length: Length
    provider_view: ProviderView
    thresholds: Thresholds
    closed_on: date
    made_up: bool
    site_id: str | None = None

    @classmethod
    def of(cls, round: Round) -> Self:
        """Return the subject of a closed round. Raises Conflict while it is open: an open round has no figures."""
        if round.closed_on is None:
            raise Conflict("This round is still open; its results are made when it closes.")
        return cls(
            provider_id=round.provider_id,
            round_id=round.id,
            standards=Pin(round.standards_id, round.standards_version, round.standards_sha256),
            survey=Pin(round.survey_id, round.survey_version, round.survey_sha256),
            length=round.length,
            provider_view=round.provider_view,
            thresholds=round.thresholds,
            closed_on=round.closed_on,
            made_up=round.made_up,
            site_id=round.site_id,
        )

    def to_document(self) -> dict[str, Any]:
        return {
            "provider_id": self.provider_id,
            "round_id": self.round_id,
            "standards": self.standards.to_document(),
            "survey": self.survey.to_document(),
            "length": self.length.value,
            "provider_view": self.provider_view.value,
            "thresholds": {"standard": self.thresholds.standard, "indicator": self.thresholds.indicator},
            "closed_on": self.closed_on.isoformat(),
            "made_up": self.made_up,
            **({"site_id": self.site_id} if self.site_id else {}),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        return cls(
            provider_id=document["provider_id"],
            round_id=document["round_id"],
            standards=Pin(**document["standards"]),
            survey=Pin(**document["survey"]),
            length=Length(document["length"]),
            provider_view=ProviderView(document["provider_view"]),
            thresholds=Thresholds(**document["thresholds"]),
            closed_on=date.fromisoformat(document["closed_on"]),
            made_up=document["made_up"],
            site_id=document.get("site_id"),
        )


@dataclass(frozen=True, slots=True)
class NetworkSubject:
    """A closed campaign, as its release keeps it."""

    network_id: str
    campaign_id: str
    standards: Pin
    survey: Pin
    length: Length
    closed_on: date

    def to_document(self) -> dict[str, Any]:
        return {
            "network_id": self.network_id,
            "campaign_id": self.campaign_id,
            "standards": self.standards.to_document(),
            "survey": self.survey.to_document(),
            "length": self.length.value,
            "closed_on": self.closed_on.isoformat(),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        return cls(
            network_id=document["network_id"],
            campaign_id=document["campaign_id"],
            standards=Pin(**document["standards"]),
            survey=Pin(**document["survey"]),
            length=Length(document["length"]),
            closed_on=date.fromisoformat(document["closed_on"]),
        )
