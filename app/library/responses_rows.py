"""The rows of a responses file: each becomes a response, or faults with their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.errors import Fault
from app.library.responses_columns import (
    ANSWERED_HOW,
    ANSWERED_ON,
    AUDIENCE,
    EDITION,
    HELP,
    HELPED_BY,
    LANGUAGE,
    PAPER,
    RESPONSE_ID,
    SEVERAL,
    columns,
    numbered_options,
)
from app.library.responses_table import Table, has_unprintable, shown
from app.responses import AnsweredHow, Help, Support, Supporter
from app.standards import Audience
from app.surveys import Edition, Length, Survey

LONGEST_ID: Final = 200


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One row. answers: option by indicator, of those that were answered. place: of its response_id, for faults.

    support: who helped and what they did; None when neither is said.
    """

    response_id: str
    audience: Audience
    edition: Edition
    language: str
    answered_how: AnsweredHow
    answers: Mapping[str, str]
    place: str
    support: Support | None = None


class RowReading:
    """One pass over the rows of a table, which collects what is wrong instead of stopping at it."""

    def __init__(self, table: Table, survey: Survey, length: Length) -> None:
        self.faults: list[Fault] = []
        self._table = table
        expected = columns(survey, length)
        self._is_complete = set(expected) <= set(table.header)
        self._column = {name: place for place, name in reversed([*enumerate(table.header)])}
        questions = [question for question in survey.questions_in(length) if question.id in self._column]
        asked = {question.id for question in questions}
        self._questions = [(question.id, self._column[question.id]) for question in questions]
        self._numbered = {self._column[each.id]: numbered_options(survey, each) for each in questions}
        self._choices = [
            (name, self._column[name], (*words, "") if name == ANSWERED_ON or name in asked else words)
            for name, words in {**expected, ANSWERED_ON: (PAPER,)}.items()
            if words and name in self._column
        ]
        self._several = [(name, self._column[name], words) for name, words in SEVERAL.items() if name in self._column]
        self._seen: dict[str, ResponseRow] = {}

    def row(self, number: int, cells: Sequence[str]) -> ResponseRow | None:
        """Return the row, or None after noting what is wrong with it."""
        before = len(self.faults)
        if self._has_width(number, cells):
            self._check_id(number, cells)
            cells = self._in_words(cells)
            for name, column, words in self._choices:
                if cells[column] not in words:
                    self._note(number, column, self._refusal(name, column, cells, words))
            self._check_help(number, cells)
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

    def _check_help(self, number: int, cells: Sequence[str]) -> None:
        alone = self._said(cells, ANSWERED_HOW) == AnsweredHow.SELF
        for name, column, words in self._several:
            given = cells[column].split()
            for word in (word for word in given if word not in words):
                choice = ", ".join(words)
                message = f"“{name}” cannot hold “{shown(word)}”; it holds any of {choice}, with spaces between"
                self._note(number, column, message)
            if given and alone:
                self._note(number, column, f"“{name}” is filled in, and “answered_how” says self: nobody helped")

    def _said(self, cells: Sequence[str], name: str) -> str:
        """Return what stands in a column, "" where the column is not there."""
        return cells[self._column[name]] if name in self._column else ""

    def _in_words(self, cells: Sequence[str]) -> Sequence[str]:
        """Return the cells with each number that stands for an answer as that answer, in a row typed from paper."""
        if self._said(cells, ANSWERED_ON) != PAPER:
            return cells
        return [self._numbered.get(column, {}).get(cell, cell) for column, cell in enumerate(cells)]

    def _made(self, number: int, cells: Sequence[str]) -> ResponseRow:
        column = self._column
        who = frozenset(Supporter(word) for word in self._said(cells, HELPED_BY).split())
        ways = frozenset(Help(word) for word in self._said(cells, HELP).split())
        return ResponseRow(
            response_id=cells[column[RESPONSE_ID]],
            audience=Audience(cells[column[AUDIENCE]]),
            edition=Edition(cells[column[EDITION]]),
            language=cells[column[LANGUAGE]],
            answered_how=AnsweredHow(cells[column[ANSWERED_HOW]]),
            answers={name: cells[place] for name, place in self._questions if cells[place]},
            place=self._table.place(number, column[RESPONSE_ID]),
            support=Support(who, ways) if who or ways else None,
        )

    def _compare(self, row: ResponseRow) -> None:
        earlier = self._seen.setdefault(row.response_id, row)
        if earlier is not row and replace(row, place=earlier.place) != earlier:
            message = f"the response_id “{shown(row.response_id)}” is already at {earlier.place}, with other content"
            self.faults.append(Fault(row.place, message))

    def _note(self, row: int, column: int, message: str) -> None:
        self.faults.append(Fault(self._table.place(row, column), message))

    def _refusal(self, name: str, column: int, cells: Sequence[str], words: Sequence[str]) -> str:
        text = cells[column]
        numbers = {option: number for number, option in self._numbered.get(column, {}).items()}
        if self._said(cells, ANSWERED_ON) != PAPER:
            numbers = {}
        said = f"cannot be “{shown(text)}”" if text else "is empty"
        choice = ", ".join(f"{word} ({numbers[word]})" if word in numbers else word for word in words if word)
        return f"“{name}” {said}; it is one of {choice}{' or empty' if '' in words else ''}"
