"""Reading and closing 10,000 responses, and the workbook of their report."""

import io
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from app.exports import provider_workbook
from app.library.responses_file import read_responses
from app.responses import AnsweredHow, Response, ResponseState
from app.services.closing import close_round
from app.services.publishing import survey_of
from app.services.reporting import provider_report_of
from app.standards import Audience
from app.storage import responses
from app.surveys import Edition
from tests.benchmarks.figure import Figure
from tests.benchmarks.installation import Measured, installed
from tests.days import TODAY
from tests.responses_files import row, write_csv

RESPONSES = 10_000
READ_LIMIT_S = 1.0
CLOSE_LIMIT_S = 3.0
WORKBOOK_LIMIT_S = 1.0
OPTIONS = ("yes", "yes", "yes", "sometimes", "sometimes", "no", "dont_know")


def closing_and_reporting(folder: Path) -> Iterator[Figure]:
    """CPU seconds of reading a file, of the close, and of a second workbook."""
    measured = installed(folder)
    chance = Random(1)
    yield _reading(measured, folder)
    questions = [f"S{standard:02}.{letter}" for standard in range(1, 11) for letter in "abc"]
    rows = [(f"{number:064x}", _response(chance, number, questions)) for number in range(RESPONSES)]
    with measured.database.writing() as connection:
        responses.add_submitted(connection, measured.round, rows, TODAY)
    before = time.process_time()
    close_round(measured.database, measured.round.id, TODAY)
    yield Figure("round_close_10k_cpu", time.process_time() - before, "s", CLOSE_LIMIT_S)

    report = provider_report_of(measured.database, measured.round.id)
    provider_workbook(report, io.BytesIO())
    before = time.process_time()
    provider_workbook(report, io.BytesIO())
    yield Figure("report_xlsx_cpu", time.process_time() - before, "s", WORKBOOK_LIMIT_S)


def _reading(measured: Measured, folder: Path) -> Figure:
    rows = [row(str(number), answer=OPTIONS[number % len(OPTIONS)]) for number in range(RESPONSES)]
    path = write_csv(folder / "responses.csv", rows)
    survey = survey_of(measured.database, measured.round)
    before = time.process_time()
    read_responses(path, survey, measured.round.length)
    return Figure("responses_read_10k_cpu", time.process_time() - before, "s", READ_LIMIT_S)


def _response(chance: Random, number: int, questions: list[str]) -> Response:
    return Response(
        audience=Audience.PERSON if number % 2 else Audience.FAMILY,
        edition=chance.choice(list(Edition)),
        language="en",
        answered_how=chance.choice(list(AnsweredHow)),
        state=ResponseState.SUBMITTED,
        answers={question: chance.choice(OPTIONS) for question in questions},
    )
