"""The rows of a responses file: each becomes a response, or faults with their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from app.errors import Fault
from app.library.responses_columns import (
    ANSWERED_HOW,
    ANSWERED_ON,
    AUDIENCE,
    CONSENT,
    EDITION,
    HELP,
    HELPED_BY,
    KNOWN,
    LANGUAGE,
    ONE,
    ONLY_WHERE,
    OPTIONAL,
    PAPER,
    RESPONSE_ID,
    SEVERAL,
    WHY,
    WITNESS,
    columns,
    printed_numbers,
)
from app.library.responses_table import Table, has_unprintable, shown
from app.responses import AnsweredHow, Consent, ConsentGiven, Help, Support, Supporter, ViewsKnown, WhyOnBehalf
from app.standards import Audience
from app.surveys import Edition, Length, Survey

LONGEST_ID: Final = 200
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One row. answers: option by indicator, of those that were answered. place: of its response_id, for faults.

    answered_how, support, consent: None when it is not said.
    """

    response_id: str
    audience: Audience
    edition: Edition
    language: str
    answered_how: AnsweredHow | None
    answers: Mapping[str, str]
    place: str
    support: Support | None = None
    consent: Consent | None = None


class RowReading:
    """One pass over the rows of a table, which collects what is wrong instead of stopping at it."""

    def __init__(self, table: Table, survey: Survey, length: Length) -> None:
        self.faults: list[Fault] = []
        self._table = table
        expected = columns(survey, length)
        self._is_complete = set(expected) <= set(table.header)
        self._column = {name: place for place, name in reversed([*enumerate(table.header)])}
        asked = [question.id for question in survey.questions_in(length) if question.id in self._column]
        self._questions = [(name, self._column[name]) for name in asked]
        self._may_be_empty = {*asked, *ONE}
        words_of = {name: words for name, words in {**expected, **OPTIONAL}.items() if words and name in self._column}
        self._one = [(name, self._column[name], words) for name, words in words_of.items() if name not in SEVERAL]
        self._several = [(name, self._column[name], words) for name, words in words_of.items() if name in SEVERAL]
        self._numbers = {self._column[name]: printed_numbers(name, words) for name, words in words_of.items()}
        self._seen: dict[str, ResponseRow] = {}

    def row(self, number: int, cells: Sequence[str]) -> ResponseRow | None:
        """Return the row, or None after noting what is wrong with it."""
        before = len(self.faults)
        if self._has_width(number, cells):
            self._check_id(number, cells)
            cells = self._in_words(cells)
            self._check_one(number, cells)
            self._check_several(number, cells)
            self._check_together(number, cells)
        if len(self.faults) > before or not self._is_complete:
            return None
        row = self._made(number, cells)
        self._compare(row)
        return row

    def _has_width(self, number: int, cells: Sequence[str]) -> bool:
        width = len(self._table.header)
        if len(cells) < width:
            self._note(number, len(cells), f"the row ends here, after {len(cells)} of {width} cells")
            return False
        if any(cells[width:]):
            self._note(number, width, f"the row has {len(cells)} cells and the first row names {width}")
        return True

    def _check_id(self, number: int, cells: Sequence[str]) -> None:
        column = self._column.get(RESPONSE_ID)
        if column is None:
            return
        text = cells[column]
        if not text:
            self._note(number, column, "the response_id is empty; any text will do that no other response has")
        elif len(text) > LONGEST_ID:
            self._note(number, column, f"the response_id is longer than {LONGEST_ID} characters")
        elif has_unprintable(text):
            self._note(number, column, f"the response_id “{shown(text)}” has characters that cannot be seen")

    def _check_one(self, number: int, cells: Sequence[str]) -> None:
        for name, column, words in self._one:
            text = cells[column]
            if text in words or (not text and self._may_stay_empty(name, cells)):
                continue
            said = f"cannot be “{shown(text)}”" if text else "is empty"
            or_empty = " or empty" if self._may_stay_empty(name, cells) else ""
            self._note(number, column, f"“{name}” {said}; it is one of {self._choice(column, cells, words)}{or_empty}")

    def _may_stay_empty(self, name: str, cells: Sequence[str]) -> bool:
        """On paper how somebody answered need not be ticked; that they agreed has to be, where the file tells it."""
        if name == ANSWERED_HOW:
            return self._is_paper(cells)
        if name == CONSENT:
            return not self._is_paper(cells)
        return name in self._may_be_empty

    def _check_several(self, number: int, cells: Sequence[str]) -> None:
        for name, column, words in self._several:
            for word in (word for word in cells[column].split() if word not in words):
                choice = self._choice(column, cells, words)
                message = f"“{name}” cannot hold “{shown(word)}”; it holds any of {choice}, with spaces between"
                self._note(number, column, message)

    def _check_together(self, number: int, cells: Sequence[str]) -> None:
        """Note what is filled in beside a word that leaves no room for it."""
        for name in (HELPED_BY, HELP):
            if self._said(cells, name) and self._said(cells, ANSWERED_HOW) == AnsweredHow.SELF:
                message = f"“{name}” is filled in, and “answered_how” says self: nobody helped"
                self._note(number, self._column[name], message)
        if self._said(cells, CONSENT) == ConsentGiven.ON_BEHALF != self._said(cells, ANSWERED_HOW):
            message = f"“{ANSWERED_HOW}” does not say on-behalf, and “{CONSENT}” does"
            self._note(number, self._column[ANSWERED_HOW], message)
        for name, other, word in ONLY_WHERE:
            if self._said(cells, name) and self._said(cells, other) != word:
                self._note(number, self._column[name], f"“{name}” is filled in, and “{other}” does not say {word}")

    def _said(self, cells: Sequence[str], name: str) -> str:
        """Return what stands in a column, "" where the column is not there."""
        return cells[self._column[name]] if name in self._column else ""

    def _is_paper(self, cells: Sequence[str]) -> bool:
        return self._said(cells, ANSWERED_ON) == PAPER

    def _in_words(self, cells: Sequence[str]) -> Sequence[str]:
        """Return the cells with each number that stands for a box as that box's word, in a row typed from paper."""
        if not self._is_paper(cells):
            return cells
        words = [self._numbers.get(column, {}).get(cell, cell) for column, cell in enumerate(cells)]
        for _, column, _ in self._several:
            words[column] = " ".join(self._numbers[column].get(each, each) for each in cells[column].split())
        return words

    def _made(self, number: int, cells: Sequence[str]) -> ResponseRow:
        column = self._column
        return ResponseRow(
            response_id=cells[column[RESPONSE_ID]],
            audience=Audience(cells[column[AUDIENCE]]),
            edition=Edition(cells[column[EDITION]]),
            language=cells[column[LANGUAGE]],
            answered_how=_word(AnsweredHow, cells[column[ANSWERED_HOW]]),
            answers={name: cells[place] for name, place in self._questions if cells[place]},
            place=self._table.place(number, column[RESPONSE_ID]),
            support=self._support(cells),
            consent=self._consent(cells),
        )

    def _support(self, cells: Sequence[str]) -> Support | None:
        support = Support(
            who=frozenset(Supporter(word) for word in self._said(cells, HELPED_BY).split()),
            ways=frozenset(Help(word) for word in self._said(cells, HELP).split()),
            why=_word(WhyOnBehalf, self._said(cells, WHY)),
            known=frozenset(ViewsKnown(word) for word in self._said(cells, KNOWN).split()),
        )
        return support if support != Support() else None

    def _consent(self, cells: Sequence[str]) -> Consent | None:
        given = _word(ConsentGiven, self._said(cells, CONSENT))
        return Consent(given, _word(Supporter, self._said(cells, WITNESS))) if given else None

    def _compare(self, row: ResponseRow) -> None:
        earlier = self._seen.setdefault(row.response_id, row)
        if earlier is not row and replace(row, place=earlier.place) != earlier:
            message = f"the response_id “{shown(row.response_id)}” is already at {earlier.place}, with other content"
            self.faults.append(Fault(row.place, message))

    def _note(self, row: int, column: int, message: str) -> None:
        self.faults.append(Fault(self._table.place(row, column), message))

    def _choice(self, column: int, cells: Sequence[str], words: Sequence[str]) -> str:
        """Return the words of a column, each with its number in a row from paper."""
        numbers = {word: number for number, word in self._numbers[column].items()} if self._is_paper(cells) else {}
        return ", ".join(f"{word} ({numbers[word]})" if word in numbers else word for word in words)


def _word(kind: type[Word], text: str) -> Word | None:
    return kind(text) if text else None
