"""The rules that decide figure by figure. Each says why it is there. Source: docs/method.md, "What may be shown"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from app.disclosure.figure import Reason
from app.responses import ProviderView, Round
from app.scoring import AudienceFigures, IndicatorFigures, SeriesFigures, StandardFigures
from app.standards import Audience


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds of one round. standard, indicator: how many respondents must stand behind a figure at least."""

    standard: int
    indicator: int
    provider_view: ProviderView

    @classmethod
    def of(cls, round: Round) -> Self:
        """Return the rules that were promised when the round opened."""
        return cls(round.thresholds.standard, round.thresholds.indicator, round.provider_view)

    def is_agreed(self, audience: Audience) -> bool:
        """Return whether this view is one agreed self-assessment, which the rules for groups do not touch.

        Reason: an organisation says openly how it sees itself; there is nobody in it to protect.
        """
        return self.provider_view.is_agreed(audience)


def why_score_withheld(figures: StandardFigures, rules: Rules, audience: Audience) -> Reason | None:
    """Return why an audience's score of a standard may not be shown, None when it may."""
    if rules.is_agreed(audience):
        return Reason.NO_ANSWERS if figures.score is None else None
    return (
        too_few(figures.asked_count, rules.standard)
        or no_answers(figures.answered_count)
        or too_few(figures.valid_count, rules.standard)
        or unanimous(figures.valid_count, rules.standard, same=figures.is_unanimous)
    )


def why_spread_withheld(figures: IndicatorFigures, rules: Rules, audience: Audience) -> Reason | None:
    """Return why the spread of an audience's answers to an indicator may not be shown, None when it may."""
    if rules.is_agreed(audience):
        return no_answers(figures.answered_count)
    return (
        too_few(figures.asked_count, rules.indicator)
        or no_answers(figures.answered_count)
        or too_few(figures.answered_count, rules.indicator)
        or unanimous(figures.answered_count, rules.indicator, same=figures.is_unanimous)
    )


def why_breakdown_withheld(
    counts: Mapping[str, int], respondent_count: int, rules: Rules, audience: Audience
) -> Reason | None:
    """Return why it may not be shown how an audience divides into groups (editions, who helped), None when it may."""
    if rules.is_agreed(audience):
        return Reason.NO_ANSWERS
    return too_few(respondent_count, rules.standard) or remainder(counts, respondent_count, rules.standard)


def why_choices_withheld(counts: Mapping[str, int], figures: AudienceFigures, rules: Rules) -> Reason | None:
    """Return why it may not be shown what an audience said of its help, where somebody can choose several.

    Every choice has to leave none or enough both of all and of those who had help.
    Reason: how many had help is shown beside it, so that the others of either can be counted.
    """
    hows, everybody, threshold = figures.answered_how_counts, figures.respondent_count, rules.standard
    return (
        why_breakdown_withheld(hows, everybody, rules, figures.audience)
        or remainder(counts, everybody, threshold)
        or remainder(counts, figures.with_help_count, threshold)
    )


def why_series_withheld(series: SeriesFigures, rules: Rules) -> Reason | None:
    """Return why nothing may be shown of a part of an audience, None when its figures are looked at one by one.

    As in a breakdown: too few are the audience's; of a part that is too small, or none, the reason is the remainder.
    Reason: whoever sees the part beside the whole sees the rest, and must not learn which of the two is small.
    """
    part = series.part.respondent_count
    whole = part + series.rest.respondent_count
    return (
        too_few(whole, rules.standard)
        or remainder({"the part": part}, whole, rules.standard)
        or (None if part else Reason.REMAINDER)
    )


def may_divide_score(part: StandardFigures, rest: StandardFigures, rules: Rules, audience: Audience) -> bool:
    """Return whether a score may be shown for a part of an audience where the whole's is shown.

    Reason: the rest's score is the whole's less the part's. So the rest's has to be one that may be shown, or no one's.
    """
    is_nobodys = rest.score is None
    may_be_seen = is_nobodys or why_score_withheld(rest, rules, audience) is None
    return may_be_seen and why_score_withheld(part, rules, audience) is None


def may_divide_spread(part: IndicatorFigures, rest: IndicatorFigures, rules: Rules, audience: Audience) -> bool:
    """Return whether a spread may be shown for a part of an audience where the whole's is; as may_divide_score."""
    may_be_seen = (None, Reason.NO_ANSWERS)
    return (
        why_spread_withheld(part, rules, audience) is None and why_spread_withheld(rest, rules, audience) in may_be_seen
    )


def may_show_coverage(figures: StandardFigures, rules: Rules, audience: Audience) -> bool:
    """Return whether coverage and the shares of answers that do not score may be shown.

    Reason: "nobody knows" is a finding of its own, so these have their own base, all who were asked, and stay when
    the score goes.
    """
    return figures.asked_count >= (1 if rules.is_agreed(audience) else rules.standard)


def too_few(count: int, threshold: int) -> Reason | None:
    """Withhold what fewer than the threshold stand behind; none is not told apart from a few.

    Reason: in a small group people recognise each other, and whoever knows all answers but one can work out the last.
    """
    return Reason.TOO_FEW if count < threshold else None


def no_answers(count: int) -> Reason | None:
    """Say that enough were asked and not one answer scores.

    Reason: there is no figure, and its absence is a finding; the shares of other answers tell what they said instead.
    """
    return None if count else Reason.NO_ANSWERS


def unanimous(count: int, threshold: int, *, same: bool) -> Reason | None:
    """Withhold a figure of fewer than twice the threshold who all said the same.

    Reason: a mean of 0 or 100, or a share of 100 %, tells what every single one of them answered.
    """
    return Reason.UNANIMOUS if same and count < 2 * threshold else None


def remainder(counts: Mapping[str, int], whole: int, threshold: int) -> Reason | None:
    """Withhold the whole breakdown unless every group, and the rest without it, is none or reaches the threshold.

    Reason: a small rest is found by taking the shown groups from the whole.
    """
    for count in counts.values():
        rest = whole - count
        if 0 < count < threshold or 0 < rest < threshold:
            return Reason.REMAINDER
    return None
