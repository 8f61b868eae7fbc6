"""What stands in a cell of a result's table: always words or a figure, never a blank and never a false zero."""

from dataclasses import dataclass

from app.reports.model import DomainResult, GapResult, StandardResult, Withholding

TOO_FEW = "Not shown: too few answered"
NO_ANSWERS = "Not shown: no answers that count"
PROTECTED = "Not shown, to protect single answers"
NOT_SHOWN = "Not shown"


@dataclass(frozen=True, slots=True)
class Cell:
    """text: a figure or words. note: said small behind it. is_figure: False for words about a withheld figure."""

    text: str
    note: str = ""
    is_figure: bool = True
    talk_about_this: bool = False


def withheld_words(reason: Withholding | None) -> str:
    """Return why a figure is not shown, in words that tell no more than the reason's name does."""
    match reason:
        case "too_few":
            return TOO_FEW
        case "no_answers":
            return NO_ANSWERS
        case None:
            return NOT_SHOWN
        case _:
            return PROTECTED


def withheld_cell(reason: Withholding | None) -> Cell:
    return Cell(withheld_words(reason), is_figure=False)


def score_cell(result: StandardResult | DomainResult) -> Cell:
    if result.score is None:
        return withheld_cell(result.withheld)
    margin = result.margin if isinstance(result, StandardResult) else None
    return Cell(str(result.score), "" if margin is None else f"± {margin}")


def gap_cell(gap: GapResult) -> Cell:
    """Return how far the first view lies from the second: "22 higher", "5 lower", "the same"."""
    if gap.points is None:
        return withheld_cell(gap.withheld)
    if gap.points == 0:
        return Cell("the same", talk_about_this=gap.talk_about_this)
    direction = "higher" if gap.points > 0 else "lower"
    return Cell(f"{abs(gap.points)} {direction}", talk_about_this=gap.talk_about_this)


def percent(share: float) -> str:
    """Return a share in [0, 1] with two decimals as "31%"."""
    return f"{round(share * 100)}%"
