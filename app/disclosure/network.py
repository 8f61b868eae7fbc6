"""The network's release: how providers' released scores spread, for the coordinator and for each provider."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from fractions import Fraction
from typing import Any, Final, Self

from app.disclosure.counts import provider_band
from app.disclosure.document import figure_document, figure_from
from app.disclosure.figure import Figure, Reason, decimal_text, exact, kept
from app.disclosure.release import Release, new_id, new_nonce, refuse_changed, refuse_unsealed
from app.disclosure.subject import NetworkSubject
from app.errors import Conflict, NotFound
from app.scoring import quartiles_in_order
from app.standards import Audience, fingerprint

MINIMUM_PROVIDERS: Final = 5
WHOLE_PROVIDERS_ALONE: Final = (
    "A campaign compares whole providers, each of which counts once. A round for one site cannot be part of it."
)
_SEAL = object()

Quartiles = tuple[Fraction, Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Spread:
    """How providers' scores of one standard spread: (lower quartile, median, upper quartile), each in [0, 1].

    own: the score of the provider that looks, which is not among them; None when it is withheld or nobody looks.
    """

    quartiles: Figure[Quartiles]
    own: Fraction | None


@dataclass(frozen=True, slots=True)
class NetworkAudience:
    """providers: in a band, those with a released score for this audience, without the one that looks."""

    providers: str
    standards: Mapping[str, Spread] = field(hash=False)


@dataclass(frozen=True, slots=True)
class NetworkView:
    """What one onlooker sees. providers: in a band, those in the release, without the one that looks."""

    providers: str
    audiences: Mapping[Audience, NetworkAudience] = field(hash=False)


@dataclass(frozen=True, slots=True)
class NetworkRelease:
    """What may be shown of one closed campaign: `coordinator`'s view, and each provider's, which leaves it out.

    It is made by release_network, or read back with from_document; making one directly raises TypeError.
    made_up: whether any of its rounds is. Source: docs/method.md, "Network".
    """

    id: str
    nonce: str
    subject: NetworkSubject
    made_up: bool
    coordinator: NetworkView
    providers: Mapping[str, NetworkView] = field(hash=False)
    sha256: str = field(init=False)
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        refuse_unsealed(seal, _SEAL, "release_network")
        object.__setattr__(self, "sha256", fingerprint(self.to_document()))

    def view(self, looking: str | None = None) -> NetworkView:
        """Return what a provider sees, by its id, or the coordinator (None). Raises NotFound for any other provider."""
        if looking is None:
            return self.coordinator
        try:
            return self.providers[looking]
        except KeyError:
            raise NotFound("This provider has no results in this campaign.") from None

    def to_document(self) -> dict[str, Any]:
        """Return the release as JSON: only what may be shown, its pins and the nonce."""
        return {
            "id": self.id,
            "nonce": self.nonce,
            "subject": self.subject.to_document(),
            "made_up": self.made_up,
            "coordinator": _view_document(self.coordinator),
            "providers": {id_: _view_document(view) for id_, view in self.providers.items()},
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any], sha256: str) -> Self:
        """Return the release of a stored document. Raises Conflict when it is not the one that was frozen."""
        refuse_changed(document, sha256)
        return cls(
            id=document["id"],
            nonce=document["nonce"],
            subject=NetworkSubject.from_document(document["subject"]),
            made_up=document["made_up"],
            coordinator=_view_from(document["coordinator"]),
            providers={id_: _view_from(view) for id_, view in document["providers"].items()},
            seal=_SEAL,
        )


def release_network(releases: Sequence[Release], subject: NetworkSubject) -> NetworkRelease:
    """Build a closed campaign's release from its rounds' releases, one a provider, each of equal weight.

    Every figure needs 5 providers with a released score, without the one that looks.
    A provider is one, however many sites it has: rounds for one site have no place here.
    Raises Conflict when a round asked another version or length, is about one site, or a provider comes twice.
    """
    _refuse_mixed(releases, subject)
    provider_ids = [release.subject.provider_id for release in releases]
    scores = _scores(releases)
    return NetworkRelease(
        id=new_id(),
        nonce=new_nonce(),
        subject=subject,
        made_up=any(release.subject.made_up for release in releases),
        coordinator=_view(scores, provider_ids, None),
        providers={provider_id: _view(scores, provider_ids, provider_id) for provider_id in provider_ids},
        seal=_SEAL,
    )


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Providers' scores in ascending order, and where each provider's stands."""

    values: tuple[Fraction, ...]
    places: Mapping[str, int] = field(hash=False)

    def seen_by(self, looking: str | None) -> Spread:
        place = None if looking is None else self.places.get(looking)
        if place is None:
            return Spread(_quartiles(self.values), None)
        return Spread(_quartiles(self.values[:place] + self.values[place + 1 :]), self.values[place])


_Scores = Mapping[Audience, Mapping[str, _Ordered]]


def _refuse_mixed(releases: Iterable[Release], subject: NetworkSubject) -> None:
    seen: set[str] = set()
    for release in releases:
        of = release.subject
        if (of.standards, of.survey, of.length) != (subject.standards, subject.survey, subject.length):
            raise Conflict("A campaign compares rounds that asked the same version of the same survey.")
        if of.site_id is not None:
            raise Conflict(WHOLE_PROVIDERS_ALONE)
        if of.provider_id in seen:
            raise Conflict("A provider has one round in a campaign.")
        seen.add(of.provider_id)


def _scores(releases: Sequence[Release]) -> _Scores:
    return {
        audience: {
            standard_id: _ordered(releases, audience, standard_id)
            for standard_id in (releases[0].audiences[audience].standards if releases else ())
        }
        for audience in Audience
    }


def _ordered(releases: Iterable[Release], audience: Audience, standard_id: str) -> _Ordered:
    shown = sorted(
        (score.value, release.subject.provider_id)
        for release in releases
        if (score := release.standard(audience, standard_id)).value is not None
    )
    return _Ordered(
        values=tuple(value for value, _ in shown),
        places={provider_id: place for place, (_, provider_id) in enumerate(shown)},
    )


def _view(scores: _Scores, provider_ids: Sequence[str], looking: str | None) -> NetworkView:
    return NetworkView(
        providers=provider_band(len([id_ for id_ in provider_ids if id_ != looking])),
        audiences={audience: _audience(standards, looking) for audience, standards in scores.items()},
    )


def _audience(standards: Mapping[str, _Ordered], looking: str | None) -> NetworkAudience:
    with_score = {provider_id for ordered in standards.values() for provider_id in ordered.places} - {looking}
    return NetworkAudience(
        providers=provider_band(len(with_score)),
        standards={id_: ordered.seen_by(looking) for id_, ordered in standards.items()},
    )


def _quartiles(ordered: Sequence[Fraction]) -> Figure[Quartiles]:
    if len(ordered) < MINIMUM_PROVIDERS:
        return Figure(None, Reason.TOO_FEW)
    lower, median, upper = quartiles_in_order(ordered)
    return Figure((kept(lower), kept(median), kept(upper)), None)


def _view_document(view: NetworkView) -> dict[str, Any]:
    return {
        "providers": view.providers,
        "audiences": {
            audience.value: {
                "providers": shown.providers,
                "standards": {id_: _spread_document(spread) for id_, spread in shown.standards.items()},
            }
            for audience, shown in view.audiences.items()
        },
    }


def _view_from(document: Mapping[str, Any]) -> NetworkView:
    audiences = {}
    for audience in Audience:
        shown = document["audiences"][audience.value]
        standards = {id_: _spread_from(spread) for id_, spread in shown["standards"].items()}
        audiences[audience] = NetworkAudience(shown["providers"], standards)
    return NetworkView(document["providers"], audiences)


def _spread_document(spread: Spread) -> dict[str, Any]:
    return {
        **figure_document(spread.quartiles, lambda values: [decimal_text(value) for value in values]),
        "own": None if spread.own is None else decimal_text(spread.own),
    }


def _spread_from(document: Mapping[str, Any]) -> Spread:
    return Spread(
        quartiles=figure_from(document, _three),
        own=None if document["own"] is None else exact(document["own"]),
    )


def _three(texts: Sequence[str]) -> Quartiles:
    lower, median, upper = texts
    return exact(lower), exact(median), exact(upper)
