"""A respondent's own answers as a workbook, in the language that they read."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from app.exports.sheet import Book, Sheet
from app.reports import PersonalReport


@dataclass(frozen=True, slots=True)
class PersonalWords:
    """The words of the sheet. made_up: said above everything where the answers are invented; else empty."""

    sheet: str
    title: str
    whose: str
    made_up: str
    standard: str
    question: str
    answer: str
    score: str
    not_answered: str
    about_score: str


def personal_workbook(report: PersonalReport, words: PersonalWords, on: date, out: BinaryIO) -> None:
    """Write what a respondent answered to `out`: a row a question. on: the day that the file says it was made."""
    book = Book(words.title, report.about, made_up=False, closed_on=on)
    sheet = Sheet(book, words.sheet, words.title, (36, 60, 34, 14), heading_rows=0)
    for sentence in filter(None, (words.made_up, words.whose, words.about_score)):
        sheet.row([sentence, None, None, None], "plain")
    sheet.space()
    sheet.row([words.standard, words.question, words.answer, words.score], ["header"] * 3 + ["figure header"])
    for standard in report.standards:
        for place, answer in enumerate(standard.answers):
            title, score = (standard.title, standard.score) if place == 0 else ("", None)
            sheet.row(
                [title, answer.stem, answer.label or words.not_answered, score], ["strong", "text", "text", "score"]
            )
    book.save(out)
