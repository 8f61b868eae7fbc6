"""Text made safe for files, and the marks for what is withheld."""

import re
from datetime import date

from app.reports.model import Withholding

CONFIDENTIAL = "[c]"
NOT_APPLICABLE = "[z]"
NOT_AVAILABLE = "[x]"

LEGEND = (
    (CONFIDENTIAL, "Confidential: not shown, so that nobody's own answers can be worked out. It is not a zero."),
    (
        NOT_APPLICABLE,
        "Not applicable: this figure does not exist here, such as a margin for an agreed self-assessment.",
    ),
    (NOT_AVAILABLE, "Not available: there are no answers to make this figure from."),
)

HELPED_BY = {
    "family": "Family",
    "friend": "A friend",
    "advocate": "An advocate",
    "paid-staff": "Paid staff",
    "interpreter": "An interpreter",
    "someone-else": "Somebody else",
}
HELP = {
    "read": "Read the questions out",
    "explained": "Explained them",
    "interpreted": "Put them into another language or signs",
    "recorded": "Wrote the answers down",
}

_LONGEST_CELL = 32_767
_READ_AS_CHARACTER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA_START = ("=", "+", "-", "@", "\t")
MADE_UP = "Made-up data"
MADE_UP_SENTENCE = f"{MADE_UP}: these figures describe no real person, family or provider."


def printable(text: str) -> str:
    """Return text without the characters that XML, and so SVG and workbooks, cannot hold; line ends become "\\n"."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cell_text(text: str) -> str:
    """Return text that fits one workbook cell: printable, at most 32,767 UTF-16 units, which is how Excel counts.

    Excel reads `_x0041_` in a cell as "A"; such a text gets its own first character written that way, and stays.
    """
    encoded = _READ_AS_CHARACTER.sub("_x005F_", printable(text)).encode("utf-16-le")
    return encoded[: 2 * _LONGEST_CELL].decode("utf-16-le", "ignore")


def looks_like_formula(text: str) -> bool:
    """Say whether a spreadsheet might run the text instead of showing it."""
    return text.startswith(_FORMULA_START)


def mark(withheld: Withholding | None) -> str:
    """Return the mark for a withheld figure, "" for a shown one."""
    if withheld is None:
        return ""
    return NOT_AVAILABLE if withheld == "no_answers" else CONFIDENTIAL


def mark_of_share(share: float | None, withheld: Withholding | None) -> str:
    """Return the mark of a share that has no reason of its own: the score's reason, else not available."""
    if share is not None:
        return ""
    return mark(withheld) or NOT_AVAILABLE


def mark_of_margin(margin: int | None, withheld: Withholding | None, *, is_agreed: bool) -> str:
    """Return the mark of a margin: an agreed self-assessment has none, so there it is not applicable."""
    if margin is not None:
        return ""
    return mark(withheld) or (NOT_APPLICABLE if is_agreed else NOT_AVAILABLE)


def mark_of_breakdown(withheld: Withholding | None, *, is_agreed: bool) -> str:
    """Return the mark of a breakdown by edition or help, which an agreed self-assessment does not have."""
    return NOT_APPLICABLE if is_agreed and withheld else mark(withheld)


def spoken_day(day: str) -> str:
    """Return "2026-11-03" as "3 November 2026"."""
    parsed = date.fromisoformat(day)
    return f"{parsed.day} {parsed:%B %Y}"
