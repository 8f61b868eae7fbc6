"""A release's figures as a JSON-able document, and back. Scores stand in it with twelve decimals, shares with two."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from app.disclosure.content import (
    ReleasedAudience,
    ReleasedGap,
    ReleasedSeries,
    ReleasedStandard,
    Shares,
    Shown,
)
from app.disclosure.figure import Figure, Reason, decimal_text, exact
from app.scoring import GAPS, gap_name
from app.standards import Audience

T = TypeVar("T")

_SHARES = ("coverage", "dont_know_share", "prefer_not_share", "not_applicable_share")


def shown_document(shown: Shown) -> dict[str, Any]:
    """Return what a release shows, in the words of the report.

    What an earlier release did not hold stays out, so that it is written again as it was frozen.
    """
    series = {
        name: {audience.value: _series(each) for audience, each in by_audience.items()}
        for name, by_audience in shown.series.items()
    }
    return {
        "audiences": {audience.value: _audience(released) for audience, released in shown.audiences.items()},
        "gaps": {gap_name(pair): {id_: _gap(gap) for id_, gap in gaps.items()} for pair, gaps in shown.gaps.items()},
        **({"series": series} if series else {}),
    }


def shown_from(document: Mapping[str, Any]) -> Shown:
    """Return what a document of shown_document shows."""
    return Shown(
        audiences={audience: _audience_from(document["audiences"][audience.value]) for audience in Audience},
        gaps={pair: {id_: _gap_from(gap) for id_, gap in document["gaps"][gap_name(pair)].items()} for pair in GAPS},
        series={
            name: {Audience(audience): _series_from(each) for audience, each in by_audience.items()}
            for name, by_audience in document.get("series", {}).items()
        },
    )


def figure_document(figure: Figure[T], write: Callable[[T], Any]) -> dict[str, Any]:
    return {
        "value": None if figure.value is None else write(figure.value),
        "withheld": None if figure.withheld is None else figure.withheld.value,
    }


def figure_from(document: Mapping[str, Any], read: Callable[[Any], T]) -> Figure[T]:
    if document["withheld"] is not None:
        return Figure(None, Reason(document["withheld"]))
    return Figure(read(document["value"]), None)


def _audience(released: ReleasedAudience) -> dict[str, Any]:
    return {
        "respondents": released.respondents,
        "invited": released.invited,
        **_figures(released),
        "editions": figure_document(released.editions, _shares),
        "answered_how": figure_document(released.answered_how, _shares),
        **({"helped_by": figure_document(released.helped_by, _shares)} if released.helped_by else {}),
        **({"help": figure_document(released.help, _shares)} if released.help else {}),
    }


def _audience_from(document: Mapping[str, Any]) -> ReleasedAudience:
    return ReleasedAudience(
        respondents=document["respondents"],
        invited=document["invited"],
        **_figures_from(document),
        editions=figure_from(document["editions"], _shares_from),
        answered_how=figure_from(document["answered_how"], _shares_from),
        helped_by=_added_from(document.get("helped_by")),
        help=_added_from(document.get("help")),
    )


def _added_from(document: Mapping[str, Any] | None) -> Figure[Shares] | None:
    return None if document is None else figure_from(document, _shares_from)


def _series(released: ReleasedSeries) -> dict[str, Any]:
    return {
        "withheld": None if released.withheld is None else released.withheld.value,
        "is_all": released.is_all,
        **_figures(released),
    }


def _series_from(document: Mapping[str, Any]) -> ReleasedSeries:
    withheld = document["withheld"]
    return ReleasedSeries(
        withheld=None if withheld is None else Reason(withheld), is_all=document["is_all"], **_figures_from(document)
    )


def _figures(released: ReleasedAudience | ReleasedSeries) -> dict[str, Any]:
    return {
        "standards": {id_: _standard(standard) for id_, standard in released.standards.items()},
        "domains": {id_: figure_document(score, decimal_text) for id_, score in released.domains.items()},
        "indicators": {id_: figure_document(spread, _shares) for id_, spread in released.indicators.items()},
    }


def _figures_from(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "standards": {id_: _standard_from(standard) for id_, standard in document["standards"].items()},
        "domains": {id_: figure_from(score, exact) for id_, score in document["domains"].items()},
        "indicators": {id_: figure_from(spread, _shares_from) for id_, spread in document["indicators"].items()},
    }


def _standard(released: ReleasedStandard) -> dict[str, Any]:
    return {
        "score": figure_document(released.score, decimal_text),
        "margin": released.margin,
        **{name: _share(getattr(released, name)) for name in _SHARES},
    }


def _standard_from(document: Mapping[str, Any]) -> ReleasedStandard:
    return ReleasedStandard(
        score=figure_from(document["score"], exact),
        margin=document["margin"],
        **{name: _share_from(document[name]) for name in _SHARES},
    )


def _gap(released: ReleasedGap) -> dict[str, Any]:
    return {
        **figure_document(released.value, decimal_text),
        "talk_about_this": released.talk_about_this,
        "margin": released.margin,
    }


def _gap_from(document: Mapping[str, Any]) -> ReleasedGap:
    value: Figure[Fraction] = figure_from(document, exact)
    return ReleasedGap(value, document["talk_about_this"], document["margin"])


def _shares(shares: Shares) -> dict[str, str | None]:
    return {name: _share(value) for name, value in shares.items()}


def _shares_from(document: Mapping[str, str]) -> Shares:
    return MappingProxyType({name: float(text) for name, text in document.items()})


def _share(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _share_from(text: str | None) -> float | None:
    return None if text is None else float(text)
