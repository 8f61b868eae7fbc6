"""What is said beside the series without paid staff, the same on the page and in every file."""

from typing import Final

from app.reports.model import SeriesResult

TITLE: Final = "When paid staff did not help"
WHAT_IT_IS: Final = (
    "Somebody who is paid to support a person can change what the person says without meaning to.",
    "So here are the scores once more, without answers where we were told that paid staff helped or spoke for them.",
    "Answers where nobody said who helped stay in.",
)
HOW_TO_READ_IT: Final = (
    "A difference does not show that anybody did anything wrong: people who get more help may also live differently.",
    "In small groups, small differences mean nothing.",
)
WHY_EMPTY: Final = (
    "A figure is shown only where the answers that are left out could be shown too.",
    "Otherwise they could be worked out from the two figures.",
)
"""Each in whole sentences, in this order."""


def series_sentence(name: str, series: SeriesResult) -> str:
    """Say what a reader has to know of one audience's series before its figures. name: "People", "Families"."""
    if series.withheld == "too_few":
        return f"{name}: not shown. Too few answered."
    if series.withheld is not None:
        return (
            f"{name}: not shown. Either too few answers are left, or so few are left out that they could be worked out."
        )
    if series.is_all:
        return f"{name}: nobody told us that paid staff helped, so the figures are the same."
    if all(standard.score is None for standard in series.standards.values()):
        return f"{name}: some answers are left out here, and no score can be shown without giving single answers away."
    return f"{name}: some answers are left out here."
