"""A network's report of one closed campaign."""

from collections.abc import Mapping
from typing import Final

from app.disclosure import MINIMUM_PROVIDERS, Figure, NetworkAudience, NetworkRelease, Reason, Spread
from app.reports.model import AudienceName, NetworkAudienceResult, NetworkReport, ReleaseMark, SpreadResult
from app.reports.provider import whole_points, withholding
from app.reports.sentences import FAMILIES, PEOPLE, PROVIDERS, Voice, network_sentence
from app.reports.texts import (
    NAMES,
    domain_texts,
    refuse_other_versions,
    standard_titles,
    standards_mark,
    survey_mark,
)
from app.standards import StandardsSet
from app.surveys import Survey

_VOICES: Final[Mapping[AudienceName, Voice]] = {"person": PEOPLE, "family": FAMILIES, "provider": PROVIDERS}
_NO_SPREAD: Final = Spread(Figure(None, Reason.TOO_FEW), None)


def network_report(
    release: NetworkRelease,
    standards: StandardsSet,
    survey: Survey,
    network_name: str,
    looking: tuple[str, str] | None,
) -> NetworkReport:
    """Return the report that a network reads, from its campaign's release alone.

    looking: (id, name) of the provider that looks, which is left out of every figure; None for the coordinator.
    Raises NotFound when that provider is not in the release, Conflict unless standards and survey are the pinned ones.
    """
    subject = release.subject
    refuse_other_versions(standards, survey, subject.standards, subject.survey)
    domains = domain_texts(standards, survey, subject.length)
    titles = standard_titles(domains)
    view = release.view(None if looking is None else looking[0])
    audiences = {name: _audience(view.audiences[audience], titles) for audience, name in NAMES.items()}
    return NetworkReport(
        network=network_name,
        campaign=subject.campaign_id,
        release=ReleaseMark(id=release.id, sha256=release.sha256),
        made_up=release.made_up,
        looking=None if looking is None else looking[1],
        providers=view.providers,
        closed_on=subject.closed_on.isoformat(),
        standards=standards_mark(subject.standards),
        survey=survey_mark(subject.survey, subject.length),
        minimum_providers=MINIMUM_PROVIDERS,
        headline=tuple(network_sentence(_VOICES[name], result.standards, titles) for name, result in audiences.items()),
        audiences=audiences,
        domains=domains,
        wording_note=standards.wording_note,
    )


def _audience(shown: NetworkAudience, titles: Mapping[str, str]) -> NetworkAudienceResult:
    return NetworkAudienceResult(
        providers=shown.providers,
        standards={id_: _spread(shown.standards.get(id_, _NO_SPREAD)) for id_ in titles},
    )


def _spread(spread: Spread) -> SpreadResult:
    lower, median, upper = spread.quartiles.value or (None, None, None)
    return SpreadResult(
        median=whole_points(median),
        lower_quartile=whole_points(lower),
        upper_quartile=whole_points(upper),
        own=whole_points(spread.own),
        withheld=withholding(spread.quartiles.withheld),
    )
