"""What is said beside the series without paid staff."""

import pytest

from app.reports.model import SeriesResult, StandardResult
from app.reports.without_paid_staff import series_sentence


def series(withheld=None, *, is_all=False, scores=(50, None)):
    standards = {
        f"S{number}": StandardResult(
            score=score, withheld=None if score is not None else "remainder", coverage=None, dont_know_share=None
        )
        for number, score in enumerate(scores)
    }
    return SeriesResult(withheld=withheld, is_all=is_all, standards=standards, domains={}, indicators={})


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (series("too_few"), "People: not shown. Too few answered."),
        (
            series("remainder"),
            "People: not shown. Either too few answers are left, or so few are left out that they could be worked out.",
        ),
        (series(is_all=True), "People: nobody told us that paid staff helped, so the figures are the same."),
        (
            series(scores=(None, None)),
            "People: some answers are left out here, and no score can be shown without giving single answers away.",
        ),
        (series(), "People: some answers are left out here."),
    ],
)
def test_a_reader_is_told_what_the_figures_are_or_why_there_are_none(result, said):
    assert series_sentence("People", result) == said
