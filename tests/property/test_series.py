"""What nobody can work out from a release that shows a part of an audience beside all of it."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.responses import Supporter
from app.standards import Audience
from app.surveys import Thresholds
from tests.factories import make_helped, make_release, make_response, make_standards, make_survey
from tests.property.rounds import STANDARDS, SURVEY
from tests.property.slowly import WORTH, stands_alone, value_of

GROUPS = (Audience.PERSON, Audience.FAMILY)
SIDES = ("part", "rest")
thresholds = st.builds(Thresholds, st.integers(5, 6), st.integers(10, 11))
counts = st.sampled_from([0, 0, 1, 2, 4, 5, 6, 9, 10, 11])
answers_to_all = st.lists(
    st.sampled_from(["yes", "yes", "sometimes", "no", "dont_know"]),
    min_size=len(SURVEY.questions),
    max_size=len(SURVEY.questions),
)


def people_of(kinds_by_side, ids):
    """Make people who answered these kinds of answers, on each side as many as are counted."""
    made = []
    for side, kinds in kinds_by_side.items():
        for options, number in kinds:
            given_ = dict(zip(ids, options, strict=True))
            one = (
                make_response(given_) if side == "part" else make_helped(given_, Audience.PERSON, Supporter.PAID_STAFF)
            )
            made += [one] * number
    return made


@st.composite
def divided_rounds(draw):
    """Make people of few kinds, in numbers around the thresholds: so that either side is often small or alike."""
    kinds = draw(st.lists(answers_to_all, min_size=1, max_size=3))
    by_side = {side: [(kind, draw(counts)) for kind in kinds] for side in SIDES}
    return people_of(by_side, [question.id for question in SURVEY.questions])


def divided(responses, audience):
    """Return (those in the series, those left out)."""
    asked = [response for response in responses if response.audience is audience]
    rest = [each for each in asked if each.support is not None and Supporter.PAID_STAFF in each.support.who]
    return [each for each in asked if each not in rest], rest


def release_of(responses, limits):
    return make_release(responses, SURVEY, STANDARDS, thresholds=limits)


@given(divided_rounds(), thresholds)
def test_no_score_of_the_series_leaves_a_rest_that_could_not_be_shown_alone(responses, limits):
    release = release_of(responses, limits)

    for audience in GROUPS:
        series = release.series["without_paid_staff"][audience]
        for standard_id, standard in series.standards.items():
            if standard.score.value is None:
                continue
            for part in filter(None, divided(responses, audience)):
                values = [value for each in part if (value := value_of(SURVEY, standard_id, each)) is not None]
                assert len(part) >= limits.standard
                assert not values or stands_alone(values, limits.standard)


@given(divided_rounds(), thresholds)
def test_no_spread_of_the_series_leaves_a_rest_that_could_not_be_shown_alone(responses, limits):
    release = release_of(responses, limits)

    for audience in GROUPS:
        series = release.series["without_paid_staff"][audience]
        for question in SURVEY.questions:
            if series.indicators[question.id].value is None:
                continue
            for part in filter(None, divided(responses, audience)):
                chosen = [each.answers[question.id] for each in part if each.answers.get(question.id) in WORTH]
                assert len(part) >= limits.indicator
                assert not chosen or stands_alone(chosen, limits.indicator)


@given(divided_rounds(), thresholds)
def test_no_share_of_the_series_leaves_a_rest_between_none_and_the_threshold(responses, limits):
    release = release_of(responses, limits)

    for audience in GROUPS:
        part, rest = divided(responses, audience)
        series = release.series["without_paid_staff"][audience]
        if any(standard.not_applicable_share is not None for standard in series.standards.values()):
            assert len(part) >= limits.standard
            assert len(rest) == 0 or len(rest) >= limits.standard


@given(divided_rounds())
def test_the_series_does_not_tell_what_the_answers_of_a_small_rest_were(responses):
    """Whatever up to four people said with paid staff, the series is the same."""
    for audience in GROUPS:
        part, rest = divided(responses, audience)
        if not 0 < len(rest) < 5:
            continue
        told_otherwise = [replace(each, answers=dict.fromkeys(each.answers, "no")) for each in rest]

        first, second = (
            make_release([*part, *each], SURVEY, STANDARDS).series["without_paid_staff"][audience]
            for each in (rest, told_otherwise)
        )

        assert first == second


@given(divided_rounds())
def test_the_series_hides_whether_the_part_or_the_rest_is_too_small(responses):
    """A reader learns neither which side is small nor how small."""
    k = 5
    withheld = make_release(responses, SURVEY, STANDARDS).series["without_paid_staff"]
    for audience in GROUPS:
        part, rest = divided(responses, audience)
        if len(part) + len(rest) >= k and (len(part) < k or 0 < len(rest) < k):
            assert withheld[audience].withheld == "remainder"
            assert not withheld[audience].is_all


# --- everything that is shown, as equations -------------------------------------------------------------------------

ONE_STANDARD = make_standards((1,))
COMPLETE = make_survey(ONE_STANDARD)
PATTERNS = tuple(product(("yes", "sometimes", "no"), repeat=3))
UNKNOWN = [(side, pattern) for side in SIDES for pattern in PATTERNS]


@st.composite
def complete_rounds(draw):
    """Make people who answered everything: then a reader who knows their number knows every base exactly."""
    kinds = draw(st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=3))
    by_side = {side: [(kind, draw(counts)) for kind in kinds] for side in SIDES}
    patterns = {side: [kind for kind, number in each for _ in range(number)] for side, each in by_side.items()}
    return people_of(by_side, [question.id for question in COMPLETE.questions]), patterns


def sums(side_names, of_pattern):
    """Return an equation's left side: how much each unknown number of respondents counts."""
    return [of_pattern(pattern) if side in side_names else Fraction(0) for side, pattern in UNKNOWN]


def mean_of(pattern):
    return sum(WORTH[option] for option in pattern) / len(pattern)


def chose(place, option):
    return lambda pattern: Fraction(pattern[place] == option)


def equations_of(release):
    """Return the left sides of all that a reader knows: the exact numbers of both sides, and every shown figure."""
    whole = release.audiences[Audience.PERSON]
    series = release.series["without_paid_staff"][Audience.PERSON]
    known = [sums([side], lambda _: Fraction(1)) for side in SIDES]
    for sides, shown in ((SIDES, whole), (SIDES[:1], series)):
        if shown.standards["S01"].score.value is not None:
            known.append(sums(sides, mean_of))
        for place, question in enumerate(COMPLETE.questions):
            if shown.indicators[question.id].value is not None:
                known += [sums(sides, chose(place, option)) for option in WORTH]
    return known


def is_known(wanted, known):
    """Say whether the wanted sum is a combination of the known ones: Gauss, exactly."""
    rows = [list(row) for row in known]
    wanted = list(wanted)
    while rows:
        row = rows.pop()
        place = next((place for place, value in enumerate(row) if value), None)
        if place is None:
            continue
        for other in (*rows, wanted):
            if other[place]:
                factor = other[place] / row[place]
                other[:] = [value - factor * less for value, less in zip(other, row, strict=True)]
    return not any(wanted)


def may_be_known(patterns, limits):
    """Return, for one side, whether its score and whether its spreads could be shown alone."""
    score = stands_alone([mean_of(each) for each in patterns], limits.standard)
    spreads = [stands_alone([each[place] for each in patterns], limits.indicator) for place in range(3)]
    return score, spreads


@given(complete_rounds(), thresholds)
def test_no_combination_of_figures_gives_one_that_could_not_be_shown_alone(made, limits):
    responses, given_ = made
    release = make_release(responses, COMPLETE, ONE_STANDARD, thresholds=limits)
    if release.series["without_paid_staff"][Audience.PERSON].is_all:
        return
    known = equations_of(release)

    for side in SIDES:
        if not given_[side]:
            continue
        score, spreads = may_be_known(given_[side], limits)
        assert score or not is_known(sums([side], mean_of), known)
        for place, may_be in enumerate(spreads):
            for option in WORTH:
                assert may_be or not is_known(sums([side], chose(place, option)), known)
