"""Reports built by hand, complete and small to change, for the exports' tests."""

from typing import Any

from app.reports.model import (
    AudienceName,
    AudienceResult,
    BreakdownResult,
    DomainResult,
    DomainText,
    GapResult,
    IndicatorResult,
    IndicatorText,
    NetworkAudienceResult,
    NetworkReport,
    OptionText,
    ProviderReport,
    ReleaseMark,
    SeriesResult,
    SpreadResult,
    StandardResult,
    StandardsMark,
    StandardText,
    SurveyMark,
    ThresholdsMark,
    Withholding,
)

AUDIENCES: tuple[AudienceName, ...] = ("person", "family", "provider")
SCORES: dict[AudienceName, tuple[int, ...]] = {
    "person": (73, 64, 58, 81, 47, 66, 31, 70, 52, 60),
    "family": (61, 58, 49, 74, 40, 71, 28, 63, 55, 60),
    "provider": (95, 83, 67, 83, 67, 50, 50, 92, 75, 58),
}
_DOMAINS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Individual service design, planning and policies",
        (
            ("Individual design", "slotting people into a placement"),
            ("Creative planning", "another person-centred plan"),
            ("Individualised policies", "organisational health & safety rules"),
        ),
    ),
    (
        "Managed personal assistants and shared management",
        (
            ("Matching staff to people", "generic support roles"),
            ("People and families recruit staff", "“staffing is our business”"),
            ("Direct management possible", "“they’re our staff, not yours”"),
        ),
    ),
    ("Individualised funding", (("Individual budget protected", "money is a mystery"),)),
    (
        "Supported decision-making and family leadership",
        (("People and families make decisions", "“it’s the organisation’s way or the highway”"),),
    ),
    ("Access to ordinary housing", (("Full housing options", "“we’ve got a lovely group home for you”"),)),
    ("Quality checking by people and families", (("Quality checking", "professional knows best"),)),
)
_STATEMENTS: dict[AudienceName, str] = {
    "person": "My support was made for me.",
    "family": "Support was designed around our relative.",
    "provider": "We design each person's support from scratch.",
}


def domains() -> tuple[DomainText, ...]:
    made: list[DomainText] = []
    number = 0
    for place, (title, pairs) in enumerate(_DOMAINS, 1):
        standards = []
        for standard_title, is_not in pairs:
            number += 1
            standards.append(_standard(f"S{number:02}", standard_title, is_not))
        made.append(DomainText(id=f"D{place}", title=title, standards=tuple(standards)))
    return tuple(made)


def _standard(standard_id: str, title: str, is_not: str) -> StandardText:
    indicators = tuple(IndicatorText(id=f"{standard_id}.{letter}", statements=_STATEMENTS) for letter in "abc")
    slug = title.lower().replace(" ", "-")
    return StandardText(id=standard_id, slug=slug, title=title, is_not=is_not, indicators=indicators)


STANDARD_IDS = tuple(f"S{number:02}" for number in range(1, 11))


def standard_result(score: int | None = 73, withheld: Withholding | None = None, **changes: Any) -> StandardResult:
    released = {
        "coverage": 0.98,
        "dont_know_share": 0.03,
        "prefer_not_share": 0.01,
        "not_applicable_share": 0.0,
        "margin": 19,
    }
    hidden: dict[str, Any] = dict.fromkeys(released)
    return StandardResult(score=score, withheld=withheld, **({**(hidden if withheld else released), **changes}))


def audience_result(audience: AudienceName, **changes: Any) -> AudienceResult:
    own: dict[str, Any] = {"margin": None} if audience == "provider" else {}
    scores = zip(STANDARD_IDS, SCORES[audience], strict=True)
    shares = BreakdownResult(shares={"standard": 0.58, "easy-read": 0.42}, withheld=None)
    helped = BreakdownResult(shares={"self": 0.5, "helped": 0.33, "on-behalf": 0.17}, withheld=None)
    none = BreakdownResult(shares=None, withheld="no_answers")
    fields: dict[str, Any] = {
        "respondents": "fewer than 5" if audience == "provider" else "10 to 14",
        "invited": None if audience == "provider" else 20,
        "standards": {standard_id: standard_result(score, **own) for standard_id, score in scores},
        "domains": {f"D{n}": DomainResult(score=60 + n, withheld=None) for n in range(1, 7)},
        "indicators": {
            f"{standard_id}.{letter}": IndicatorResult(shares={"yes": 0.5, "sometimes": 0.3, "no": 0.2}, withheld=None)
            for standard_id in STANDARD_IDS
            for letter in "abc"
        },
        "editions": none if audience == "provider" else shares,
        "answered_how": none if audience == "provider" else helped,
        "helped_by": none if audience == "provider" else BreakdownResult(shares={"paid-staff": 0.33}, withheld=None),
        "help": none if audience == "provider" else BreakdownResult(shares={}, withheld=None),
    }
    return AudienceResult(**{**fields, **changes})


def series_result(audience: AudienceName = "person", less: int = 4, **changes: Any) -> SeriesResult:
    """Make a part of an audience whose scores are so many points less than those of all."""
    whole = audience_result(audience)
    fields: dict[str, Any] = {
        "withheld": None,
        "is_all": False,
        "standards": {
            id_: standard_result((each.score or 0) - less, margin=None, coverage=0.91)
            for id_, each in whole.standards.items()
        },
        "domains": {
            id_: DomainResult(score=(each.score or 0) - less, withheld=None) for id_, each in whole.domains.items()
        },
        "indicators": {
            id_: IndicatorResult(shares={"yes": 0.4, "sometimes": 0.4, "no": 0.2}, withheld=None)
            for id_ in whole.indicators
        },
    }
    return SeriesResult(**{**fields, **changes})


def withheld_series(reason: Withholding = "remainder") -> SeriesResult:
    """Make a part of an audience of which nothing is shown."""
    part = series_result()
    return SeriesResult(
        withheld=reason,
        is_all=False,
        standards={id_: standard_result(None, reason) for id_ in part.standards},
        domains={id_: DomainResult(score=None, withheld=reason) for id_ in part.domains},
        indicators={id_: IndicatorResult(shares=None, withheld=reason) for id_ in part.indicators},
    )


def provider_report(**changes: Any) -> ProviderReport:
    def gaps(first: AudienceName, second: AudienceName) -> dict[str, GapResult]:
        pairs = zip(STANDARD_IDS, SCORES[first], SCORES[second], strict=True)
        return {
            standard_id: GapResult(points=a - b, withheld=None, talk_about_this=a - b >= 20, margin=19)
            for standard_id, a, b in pairs
        }

    fields: dict[str, Any] = {
        "provider": "Oak House Support",
        "round": "a3f2-81",
        "release": ReleaseMark(id="rel-1", sha256="ab" * 32),
        "made_up": False,
        "provider_view": "agreed",
        "closed_on": "2026-11-03",
        "standards": StandardsMark(set="personalised-support", version="1.0.0", sha256="cd" * 32),
        "survey": SurveyMark(id="personalised-support", version="1.0.0", length="full"),
        "thresholds": ThresholdsMark(standard=5, indicator=10),
        "headline": (
            "People say matching staff to people is going best. Individual budget protected is the one to talk about.",
            "Families say the same.",
        ),
        "audiences": {audience: audience_result(audience) for audience in AUDIENCES},
        "gaps": {
            "provider-person": gaps("provider", "person"),
            "provider-family": gaps("provider", "family"),
            "family-person": gaps("family", "person"),
        },
        "series": {"without_paid_staff": {"person": series_result(), "family": withheld_series()}},
        "domains": domains(),
        "options": (
            OptionText(id="yes", labels={"person": "Yes", "family": "Yes", "provider": "For everyone"}),
            OptionText(
                id="sometimes", labels={"person": "Sometimes", "family": "Sometimes", "provider": "For some people"}
            ),
            OptionText(id="no", labels={"person": "No", "family": "No", "provider": "For no one yet"}),
        ),
        "wording_note": "Draft wording, to be co-produced before it is relied on.",
    }
    return ProviderReport(**{**fields, **changes})


def with_standard(
    report: ProviderReport, audience: AudienceName, standard_id: str, result: StandardResult
) -> ProviderReport:
    """Return the report with one audience's result of one standard replaced."""
    before = report.audiences[audience]
    changed = before.model_copy(update={"standards": {**before.standards, standard_id: result}})
    return report.model_copy(update={"audiences": {**report.audiences, audience: changed}})


def spread(median: int | None = 61, withheld: Withholding | None = None, own: int | None = None) -> SpreadResult:
    if withheld:
        return SpreadResult(median=None, lower_quartile=None, upper_quartile=None, own=own, withheld=withheld)
    assert median is not None
    return SpreadResult(median=median, lower_quartile=median - 11, upper_quartile=median + 9, own=own, withheld=None)


def with_spread(report: NetworkReport, audience: AudienceName, standard_id: str, result: SpreadResult) -> NetworkReport:
    """Return the report with one audience's spread of one standard replaced."""
    before = report.audiences[audience]
    changed = before.model_copy(update={"standards": {**before.standards, standard_id: result}})
    return report.model_copy(update={"audiences": {**report.audiences, audience: changed}})


def network_report(looking: str | None = "Oak House Support", **changes: Any) -> NetworkReport:
    def results(audience: AudienceName) -> dict[str, SpreadResult]:
        return {
            standard_id: spread(50 + place * 3, own=SCORES[audience][place] if looking else None)
            for place, standard_id in enumerate(STANDARD_IDS)
        }

    fields: dict[str, Any] = {
        "network": "Small Supports North",
        "campaign": "c-7",
        "release": ReleaseMark(id="rel-9", sha256="ef" * 32),
        "made_up": False,
        "looking": looking,
        "providers": "150 to 199",
        "closed_on": "2026-11-03",
        "standards": StandardsMark(set="personalised-support", version="1.0.0", sha256="cd" * 32),
        "survey": SurveyMark(id="personalised-support", version="1.0.0", length="full"),
        "minimum_providers": 5,
        "headline": ("People say matching staff to people is going best across the network.",),
        "audiences": {
            audience: NetworkAudienceResult(providers="150 to 199", standards=results(audience))
            for audience in AUDIENCES
        },
        "domains": domains(),
        "wording_note": "Draft wording, to be co-produced before it is relied on.",
    }
    return NetworkReport(**{**fields, **changes})
